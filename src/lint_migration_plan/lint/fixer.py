"""Mend a text: apply the fixes of its diagnostics until none is left.

One rule at a time, and then the text is judged anew: what another rule would mend was worked out for the text as it
was, and its stage 3 may be stage 2 by now. Each fix is applied whole or not at all, and one that meets another in the
text waits for the next round. Unsafe fixes wait until no safe one is left, so that who asks for the safe ones first and
for all of them later gets the same text as who asks for all at once.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.runner import INTERNAL_ERROR, Judgement, judge_text
from lint_migration_plan.markdown.source import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lint_migration_plan.lint.fix import Suggestion
    from lint_migration_plan.markdown.source import Source

#: Rules whose turn comes before all others, in this order: stages get the numbers that they keep, and fields their
#: places, before anything is put in among them.
_FIRST = (
    *("duplicate-stage-number", "skipped-stage-number", "unordered-stage", "risky-start"),
    "unordered-stage-fields",
)
#: Where a rule's turn is among those that mend; rules of plugins come last.
_TURNS = {rule_id: turn for turn, rule_id in enumerate(dict.fromkeys((*_FIRST, *ENTRIES)))}

#: More rounds than any plan needs.
_MOST_ROUNDS = 100


class Fixed(NamedTuple):
    """What mending a text came to: the judgement of the text as it is now, and how many fixes were applied."""

    judgement: Judgement
    applied: int

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.judgement.source.text


def fix_text(text: str, path: str = "<text>", config: Config | None = None, *, unsafe: bool = False) -> str:
    """Mend a Markdown text by the fixes that are safe, or by all; ``path`` is as for `lint_text`."""
    config = (config or Config()).for_file(path)

    def judge(text: str) -> Judgement:
        return judge_text(text, path, config)

    return mend(judge(text), judge, unsafe=unsafe).text


def mend(judgement: Judgement, judge: Callable[[str], Judgement], *, unsafe: bool) -> Fixed:
    """Mend a text that was judged; ``judge`` judges it anew as it changes."""
    seen = {judgement.source.text}
    applied = 0
    while True:
        chosen = _choose(judgement, unsafe=unsafe)
        if not chosen:
            return Fixed(judgement, applied)
        text = _apply([diagnostic.fix for diagnostic in chosen if diagnostic.fix], judgement.source)
        # A fix that does not mend what it is offered for might add to the text for ever.
        if text in seen or len(seen) > _MOST_ROUNDS:
            return Fixed(went_round(judgement, chosen[0]), applied)
        seen.add(text)
        applied += len(chosen)
        judgement = judge(text)


def went_round(judgement: Judgement, diagnostic: Diagnostic) -> Judgement:
    """Say that fixes undo one another; the tests put a function here that raises instead."""
    message = f"fixes of rule {diagnostic.rule} and others undo one another; mend by hand what is left"
    said = Diagnostic(INTERNAL_ERROR, Severity.ERROR, message, Location(diagnostic.path, 1, 1, 1, 1))
    return judgement._replace(diagnostics=(said, *judgement.diagnostics))


def _choose(judgement: Judgement, *, unsafe: bool) -> list[Diagnostic]:
    """Choose the fixes of the first rule that has some, of all rules safe ones first, but none that meets another."""
    fixable = [each for each in judgement.diagnostics if each.fix is not None and each.fix.safe]
    if unsafe and not fixable:
        fixable = [each for each in judgement.diagnostics if each.fix is not None]
    fixable.sort(key=lambda diagnostic: (_TURNS.get(diagnostic.rule, len(_TURNS)), diagnostic.rule))
    _, first = next(groupby(fixable, key=lambda diagnostic: diagnostic.rule), ("", ()))
    chosen: list[Diagnostic] = []
    taken: list[Span] = []
    for diagnostic in first:
        spans = [span for span, _ in _edits(diagnostic.fix, judgement.source)] if diagnostic.fix else []
        if not any(_meet(span, other) for span in spans for other in taken):
            chosen.append(diagnostic)
            taken += spans
    return chosen


def _edits(fix: Suggestion, source: Source) -> Iterator[tuple[Span, str]]:
    for at, text in fix.replacements:
        start = source.offset(Position(at.line, at.column))
        yield Span(start, source.offset(Position(at.end_line, at.end_column))), text


def _meet(one: Span, other: Span) -> bool:
    """Tell whether two spans overlap, or touch where one of them is empty: which comes first is then not known."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _apply(fixes: Sequence[Suggestion], source: Source) -> str:
    edits = sorted(edit for fix in fixes for edit in _edits(fix, source))
    parts = []
    behind = 0
    for (start, end), text in edits:
        parts += [source.text[behind:start], text]
        behind = end
    return "".join((*parts, source.text[behind:]))
