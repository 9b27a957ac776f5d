"""Facts about the verification table that several rules need: a row's stages, what a cell confirms or names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.table_rows import says_nothing
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.fold import LIMIT, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage, VerificationRow
    from lint_migration_plan.plan.values.choices import Answer

#: Rows about the migration as a whole, which are no stage's.
WHOLE = frozenset(
    (
        *("overall", "whole migration", "entire migration", "the whole migration", "whole plan", "end to end"),
        *("end-to-end", "e2e", "final", "final check", "final acceptance", "after the migration", "after migration"),
    )
)

#: What says that nothing is there to confirm, maybe with a reason behind it.
_NOT_APPLICABLE = LazyPattern(r"\s*(?:n ?/ ?a|n\.a\.?|na|not applicable)(?!\w)", re.IGNORECASE)
_NOTHING = LazyPattern(
    r"\s*(?:n ?/ ?a|n\.a\.?|na|not applicable|none|nothing|nil|no)\s*\.?\s*", needs=("na", "no", "nil", "/", "n.a")
)
#: What says that nobody tried.
_UNTESTED = LazyPattern(
    r"\s*(?:none|no|no (?:rollback )?test|untested|never(?: tested)?|not yet|not done|skipped|nobody tried"
    r"|not (?:yet )?(?:been )?(?:tested|rehearsed|tried|run|performed|verified))(?: yet)?"
    r"\s*(?:\Z|[,;:.(—–]|\s-\s)",
    needs=("no", "untested", "never", "skipped"),
)
#: What is done to undo something, as the beginnings of words.
_TEST = LazyPattern(
    r"\b(?:re-?vert|restor|re-?deploy|deploy|roll(?:ed|ing)?[ -]?back|drop|remov|delet|switch|re-?run|re-?appl"
    r"|appl(?:y|ied)|test|rehears|downgrad|undo|undid|undone|stop|start|power|reset|replay|re-?install|disabl|enabl"
    r"|toggl|destroy|down\b|snapshot|backup|back-?out|git\b)"
)
_NO_TEST = LazyPattern(
    r"\s*(?:no|not|none|nothing|n ?/ ?a|na|never|skip\w*|without|unneeded|unnecessary|untested|irrelevant|see"
    r"|same as|as in|covered)(?!\w)"
    r"|\b(?:not|no) (?:rollback )?(?:need(?:ed)?|required|necessary|applicable|relevant|possible|tested)\b"
    r"|\bnothing to\b|\bnever\b"
)


def verification_rows(plan: Plan) -> list[VerificationRow]:
    """Give the rows of the table, without those about the migration as a whole."""
    return [row for row in plan.verification.rows if not is_about_whole(row)] if plan.verification else []


def is_about_whole(row: VerificationRow) -> bool:
    """Say whether a row is about the migration as a whole."""
    return row.stage is not None and normal(row.stage.plain) in WHOLE


def covered_labels(row: VerificationRow) -> tuple[str, ...]:
    """Give the labels of the stages that a row is about, each once."""
    if row.stages is None or row.stages.state is not State.READ or row.stages.value is None:
        return ()
    return tuple(dict.fromkeys(reference.label for reference in row.stages.value.references))


def rollback_answer(plan: Plan, row: VerificationRow) -> Answer | None:
    """Say what all stages of a row say under "Rollback tested"; None where they differ or one cannot be read."""
    stages = [plan.stage(label) for label in covered_labels(row)]
    answers = {_answer(stage) for stage in stages}
    return answers.pop() if len(answers) == 1 else None


def confirms_nothing(text: Text | None) -> bool:
    """Say whether a cell is missing, empty, a dash, or a bare word for nothing."""
    return text is None or says_nothing(text) or _NOTHING.fullmatch(folded(text)) is not None


def says_not_applicable(text: Text) -> bool:
    """Say whether a cell begins with "N/A"."""
    return _NOT_APPLICABLE.match(text.plain[:LIMIT]) is not None


def says_untested(text: Text) -> bool:
    """Say whether a cell says that a rollback is not tested: "none", "no", "not tested", maybe with a reason."""
    return _UNTESTED.match(folded(text)) is not None


def names_test(text: Text) -> bool:
    """Say whether a cell surely names a rollback test: it has a command, or says what is done to undo something."""
    string = folded(text)
    if is_placeholder(text) or _NO_TEST.search(string):
        return False
    return NO_PROSE in text.prose[:LIMIT] or _TEST.search(string) is not None


def _answer(stage: Stage | None) -> Answer | None:
    tested = stage.rollback_tested if stage is not None else None
    if tested is None or tested.state is not State.READ or tested.value is None:
        return None
    return tested.value.answer
