"""Put the stages of a plan into another order, each whole as it was written.

What stands between two stages stays where it is: blank lines, and lines drawn across. Stages whose texts hang together
by their places ("the previous stage"), or between which other things stand, are left alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Html, ThematicBreak
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.texts import texts_of
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.renumber import Renumbering, Unclear
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import fold, fold_whole
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.stage_words import patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.plan.nodes import Plan, Stage

#: Stages that are named by their place, in lower case.
_BY_PLACE = LazyPattern(
    r"\b(?:previous|next|following|preceding|prior|earlier|later|last|first|above|foregoing|subsequent|other|remaining)"
    r"\s+(?:two\s+|three\s+|few\s+)?(?:stage|phase|step|wave|sprint|milestone)s?\b"
    r"|\b(?:stage|phase|step|wave|sprint|milestone)s?\s+(?:above|below|before|after)\b"
)


def move_stages(plan: Plan, order: Sequence[int], numbers: Renumbering | None = None) -> Renumbering | Unclear:
    """Put the stages into an order, given by their places in the old one from 0, or say what is in the way.

    ``numbers`` are edits of the plan as it stands that are to be made as well.
    """
    pieces = _pieces(plan)
    if isinstance(pieces, Unclear):
        return pieces
    moved = [place for place, comes in enumerate(order) if comes != place]
    for place in moved:
        hanging = _hanging(plan, plan.stages[place])
        if hanging is not None:
            return hanging
    inside: dict[int, list[tuple[Span, str]]] = {place: [] for place in moved}
    edits: list[tuple[Span, str]] = []
    for span, new in numbers.edits if numbers else ():
        place = bisect_right(pieces, span.start, key=lambda piece: piece.start) - 1
        own = place >= 0 and span.start < pieces[place].end
        inside.get(place if own else -1, edits).append((span, new))
    edits += [(pieces[place], _edited(plan, pieces[order[place]], inside[order[place]])) for place in moved]
    return Renumbering(tuple(sorted(edits)))


def _pieces(plan: Plan) -> list[Span] | Unclear:
    """Find what each stage consists of, from its heading to its last block."""
    stages = plan.stages
    for one, two in pairwise(stages):
        if two.heading.form is not one.heading.form or two.heading.level != one.heading.level:
            return Unclear(two.heading.span, "it has another kind of heading than the stage before")
        if one.parent is not two.parent:
            return Unclear(two.heading.span, "something else stands between it and the stage before")
    if stages and stages[0].heading.form is not StageForm.HEADING:
        return Unclear(stages[0].heading.span, "it has no heading, and where it ends is not certain")
    blocks = plan.document.blocks
    starts = [block.span.start for block in blocks]
    pieces: list[Span] = []
    for stage in stages:
        # The heading's block begins with its marks, before the stage's own words.
        first = bisect_right(starts, stage.span.start) - 1
        last = bisect_left(starts, stage.span.end) - 1
        before = blocks[first - 1] if first else None
        if isinstance(before, Html):
            return Unclear(before.span, "it cannot be told to which stage this belongs")
        while last > first and isinstance(blocks[last], ThematicBreak):
            last -= 1
        pieces.append(Span(starts[first], max(blocks[last].span.end, stage.heading.span.end)))
    source = plan.document.source.text
    for place, stage in enumerate(stages[:-1]):
        if source[stage.span.end : pieces[place + 1].start].strip():
            return Unclear(stages[place + 1].heading.span, "something else stands between it and the stage before")
    return pieces


def _hanging(plan: Plan, stage: Stage) -> Unclear | None:
    """Find words in a stage that name another one by its place."""
    every = patterns(plan.vocabulary.stage_words).every
    for field in stage.fields:
        if field.name is FieldName.DEPENDENCIES and every.search(fold(field.value.plain)):
            return Unclear(field.value.span, "it names stages by where they stand")
    blocks = plan.document.blocks
    first = bisect_right(blocks, stage.span.start, key=lambda block: block.span.start)
    last = bisect_left(blocks, stage.span.end, key=lambda block: block.span.start)
    for text in texts_of(blocks[first:last]):
        found = _BY_PLACE.search(fold_whole(text.plain))
        if found is not None:
            return Unclear(text.slice(*found.span()).span, "it names a stage by where that stands")
    return None


def _edited(plan: Plan, piece: Span, edits: Sequence[tuple[Span, str]]) -> str:
    text = plan.document.source.text
    parts = []
    behind = piece.start
    for (start, end), new in edits:
        parts += [text[behind:start], new]
        behind = end
    return "".join((*parts, text[behind : piece.end]))
