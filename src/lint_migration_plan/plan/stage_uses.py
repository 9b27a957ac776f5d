"""Find every place of a plan that names one of its stages, apart from the stages' own headings."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts.texts import texts_of
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.references import stage_mentions
from lint_migration_plan.plan.values.stage_notes import is_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.references import Dependencies


class StageUse(NamedTuple):
    """A stretch that names the stage with a label: by number, name or range. ``around`` is all of its text."""

    label: str
    text: Text
    around: Text


@once_a_plan
def stage_uses(plan: Plan) -> tuple[StageUse, ...]:
    """Find what names the stages of a plan, in the order of the text.

    That is what stands in dependencies, in both tables and in compatibility fields, and in any sentence a word for a
    stage with its number. Code is left out, and so are stages of another plan.
    """
    labels = {stage.label for stage in plan.stages}
    values = list(_in_values(plan))
    known = sorted({use.text.span for use in values} | {stage.heading.text.span for stage in plan.stages})
    mentions = [use for use in _mentioned(plan) if not _overlaps(use.text.span, known)]
    uses = (use for use in (*values, *mentions) if use.label in labels)
    return tuple(sorted(uses, key=lambda use: use.text.span))


def _in_values(plan: Plan) -> Iterator[StageUse]:
    readings: list[Reading[Dependencies] | None] = [stage.dependencies for stage in plan.stages]
    readings += [row.stages for row in plan.mapping.rows] if plan.mapping else []
    readings += [row.stages for row in plan.verification.rows] if plan.verification else []
    for reading in readings:
        if reading is not None and reading.value is not None:
            yield from (StageUse(each.label, each.text, reading.text) for each in reading.value.references)
    for stage in plan.stages:
        stated = stage.compatibility
        for window in stated.value if stated is not None and stated.value is not None else ():
            if stated is not None and window.until is not None:
                yield StageUse(window.until.label, window.until.text, stated.text)


def _mentioned(plan: Plan) -> Iterator[StageUse]:
    words = frozenset(stage.heading.word.plain.casefold() for stage in plan.stages if stage.heading.word)
    names = frozenset(normal(stage.name) for stage in plan.stages if stage.name)
    for text in texts_of(plan.blocks):
        for mention in stage_mentions(text, plan.vocabulary, words):
            start = mention.text.start_in(text)
            behind = start + len(mention.text)
            if not _is_code(text, start, behind) and not is_elsewhere(fold(text.plain[behind:]), names):
                yield StageUse(mention.label, mention.text, text)


def _is_code(text: Text, start: int, end: int) -> bool:
    """Say whether a stretch is code rather than prose or the words of a link."""
    if NO_PROSE not in text.prose[start:end]:
        return False
    links = ((link.text.start_in(text), len(link.text)) for link in text.links)
    return not any(at <= start and end <= at + length for at, length in links)


def _overlaps(span: Span, known: Sequence[Span]) -> bool:
    """Say whether a stretch overlaps one of those that are known, of which no two overlap."""
    before = bisect_left(known, (span.end, 0)) - 1
    return before >= 0 and span.start < known[before].end
