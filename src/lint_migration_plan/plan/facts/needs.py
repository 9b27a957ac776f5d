"""Find where a stage's text says that it needs another one done first, or that a later one needs it.

Only what changes, the changes and the verification count: a rollback speaks of the other stages in the reverse order.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import List, walk_blocks
from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts import need_phrases
from lint_migration_plan.plan.facts.concreteness import field_texts, is_unfilled
from lint_migration_plan.plan.facts.marked_text import END, SENTENCE, STAGE, STAGES, START, mark_stages
from lint_migration_plan.plan.facts.stage_order import comes_after
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.stage_notes import is_elsewhere
from lint_migration_plan.plan.vocabulary import TUTORIAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.marked_text import MarkedText
    from lint_migration_plan.plan.nodes import Field, Plan, Stage

_FIELDS = frozenset((FieldName.WHAT_CHANGES, FieldName.CHANGES, FieldName.VERIFICATION))


class Need(NamedTuple):
    """What a text says of two stages: the label of the one that needs the other, that of the other, and the words.

    ``teller`` is the stage whose text it is: the one that needs, or the one that is needed.
    """

    label: str
    needed: str
    text: Text
    teller: Stage


def needs(plan: Plan) -> Iterator[Need]:
    """Find what the stages of a plan say of their needs, in the order of the stages; what is needed comes first."""
    words = frozenset(stage.heading.word.plain.lower() for stage in plan.stages)
    names = frozenset(normal(stage.name) for stage in plan.stages)
    for stage in plan.stages:
        for field in stage.fields:
            if field.name in _FIELDS and not (words & TUTORIAL_WORDS and _counts_steps(field)):
                for text in field_texts([field]):
                    marked = mark_stages(text, plan.vocabulary, words)
                    yield from _needs(plan, stage, marked, words, names)


def _counts_steps(field: Field) -> bool:
    """Say whether a field is a numbered list: where stages are called steps, "step 2" may be its second item."""
    return any(isinstance(block, List) and block.ordered for block in walk_blocks(field.blocks))


def _needs(plan: Plan, stage: Stage, text: MarkedText, words: frozenset[str], names: frozenset[str]) -> Iterator[Need]:
    if not text.mentions or is_unfilled(text.text):
        return
    for found in _phrases_of(text):
        mentions = text.mentions_in(*found.span())
        behind = text.string[text.string.rindex(STAGE, *found.span()) + 1 :]
        words_of_it = text.original(*found.span())
        # Another word than the plan's may number other things, and so may another plan; code and links are no prose.
        if not text.text.plain[mentions[0].start :].lower().startswith(tuple(words)):
            continue
        if is_elsewhere(behind, names) or words_of_it.prose.startswith(NO_PROSE):
            continue
        for label in (label for mention in mentions for label in mention.labels):
            pair = (label, stage.label) if found.lastgroup == "needed_by" else (stage.label, label)
            if comes_after(plan, *pair):
                yield Need(*pair, words_of_it, stage)


def _phrases_of(text: MarkedText) -> Iterator[re.Match[str]]:
    """Find the phrases of a text that surely say it; the last group of each is its kind."""
    patterns = _patterns()
    for sentence in SENTENCE.finditer(text.string):
        start, end = sentence.span()
        while found := patterns.phrase.search(text.string, start, end):
            before, behind = text.string[start : found.start()], text.string[found.end() : end]
            # With another stage before it, that one is maybe what the phrase speaks of.
            if STAGE in before:
                break
            is_list = len(patterns.stages.findall(found[0])) == 1
            is_whole = found.lastgroup != "must" or STAGE not in behind
            rest = sentence[0] if found.lastgroup != "denial" else f"{before} {behind}"
            if is_list and is_whole and not patterns.loose.search(rest):
                yield found
            start = found.end()


class _Patterns(NamedTuple):
    """The phrases, compiled; the groups of ``phrase`` are their kinds."""

    phrase: re.Pattern[str]
    loose: re.Pattern[str]
    stages: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    kinds = {
        "denial": need_phrases.NEEDS_BY_DENIAL,
        "needed_by": need_phrases.NEEDED_BY,
        "must": need_phrases.MUST_BE_DONE,
        "needs": need_phrases.NEEDS,
    }
    return _Patterns(
        phrase=re.compile("|".join(f"(?P<{kind}>{_any_of(alternatives)})" for kind, alternatives in kinds.items())),
        loose=re.compile(rf"\b(?:{need_phrases.NO_NEED})\b|n't\b"),
        stages=re.compile(STAGES),
    )


def _any_of(alternatives: Iterable[str]) -> str:
    pattern = rf"(?<![\w-])(?:{'|'.join(alternatives)})"
    return pattern.replace("START", START).replace(" END", END).replace("STAGE", STAGES)
