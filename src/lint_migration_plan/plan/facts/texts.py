"""The running texts of a plan: those of a stage's fields, and all that stands outside the stages."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Code, Heading, Paragraph, Table, walk_blocks
from lint_migration_plan.plan.facts.concreteness import field_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, Stage

#: The fields that say what a stage does.
WORK = (FieldName.WHAT_CHANGES, FieldName.CHANGES)


def work_texts(stage: Stage) -> Iterator[Text]:
    """Give what a stage says that it does: its name, its summary, its changes."""
    yield stage.heading.name
    for field in stage.fields:
        if field.name in WORK:
            yield from field.texts


def stage_texts(stage: Stage) -> Iterator[Text]:
    """Give all running texts of a stage: its name and those of all its fields."""
    yield stage.heading.name
    yield from field_texts(stage.fields)


def codes(stage: Stage) -> Iterator[str]:
    """Give the code blocks in the fields of a stage."""
    for field in stage.fields:
        yield from (block.content for block in walk_blocks(field.blocks) if isinstance(block, Code))


@once_a_plan
def other_texts(plan: Plan) -> tuple[tuple[Text, ...], ...]:
    """Give, for each stage, what `stage_texts` leaves out: the lines in none of its fields, and all cells."""
    found: list[list[Text]] = [[] for _ in plan.stages]
    starts = [stage.span.start for stage in plan.stages]
    for block in plan.blocks:
        place = bisect_right(starts, block.span.start) - 1
        if place < 0 or block.span.start >= plan.stages[place].span.end:
            continue
        fields = [field.span for field in plan.stages[place].fields]
        for inner in walk_blocks((block,)):
            if isinstance(inner, Table):
                found[place].extend(texts_of((inner,)))
            elif isinstance(inner, Heading | Paragraph) and not _is_within(inner.text, fields):
                found[place].extend(line for line in _lines(inner.text) if not _touches(line, fields))
    return tuple(map(tuple, found))


def _lines(text: Text) -> Iterator[Text]:
    """Cut a text where its source has line breaks."""
    start = 0
    for end in (*text.breaks, len(text)):
        line = text.slice(start, end).strip()
        if line:
            yield line
        start = end


def _is_within(text: Text, spans: Iterable[Span]) -> bool:
    start, end = text.span
    return any(span.start <= start and end <= span.end for span in spans)


def _touches(text: Text, spans: Iterable[Span]) -> bool:
    here = text.span
    return any(_overlap(here, span) for span in spans)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@once_a_plan
def texts_outside(plan: Plan) -> tuple[Text, ...]:
    """Give the texts that stand outside the stages: headings, paragraphs, items, cells."""
    spans = iter(sorted(stage.span for stage in plan.stages))
    within = next(spans, None)
    blocks = []
    for block in plan.blocks:
        while within is not None and within.end <= block.span.start:
            within = next(spans, None)
        # A stage begins with the words of its heading, behind the marks with which the block begins.
        inside = within is not None and _overlap(within, block.span)
        if not inside:
            blocks.append(block)
    return tuple(texts_of(blocks))


def texts_of(blocks: Iterable[Block]) -> Iterator[Text]:
    """Give the texts of blocks, those of lists and tables included; code, quotes and HTML have none."""
    for block in walk_blocks(tuple(blocks)):
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for row in (block.header, *block.rows) for cell in row.cells)
