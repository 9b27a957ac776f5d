"""What a stage's Rollback tells somebody to do, line by line, as its author wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Code, Heading, Html, List, Paragraph, ThematicBreak
from lint_migration_plan.plan.spelling import normal_heading
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import OTHER_FIELD_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.plan.nodes import Field, Plan, Stage


class Line(NamedTuple):
    """A line of a Rollback.

    ``kind`` is "step" for an item of a list, "text" for a paragraph, "verbatim" for a line of code, of a table, or of
    anything else that is not read. ``depth`` counts the lists around it, without its own. ``text`` is Markdown, except
    in verbatim lines.
    """

    kind: str
    depth: int
    text: str


_TASK_BOX = LazyPattern(r"\A\[[ xX]\]\s+")
_TAG_FOR_LINE_END = LazyPattern(r"<br\s*/?>", re.IGNORECASE)
_LINE_END = LazyPattern(r"\r\n|\r|\n")


def rollback_fields(stage: Stage) -> Sequence[Field]:
    """Give the fields that say how a stage is undone: its own, else those of its parts, the last part first."""
    fields = [field for field in stage.fields if field.name is FieldName.ROLLBACK]
    return [field for field in fields if not field.nested] or fields[::-1]


def rollback_lines(stage: Stage, source: Source) -> tuple[Line, ...]:
    """Give the lines of a stage's Rollback in the order in which somebody does them."""
    return tuple(line for field in rollback_fields(stage) for line in _lines_of(field, source))


def rollback_headings(plan: Plan) -> tuple[Heading, ...]:
    """Give the headings outside the stages that say how the whole plan is undone: "Rollback Plan"."""
    known = {label for label, name in plan.vocabulary.labels.items() if name is FieldName.ROLLBACK}
    known |= set(OTHER_FIELD_LABELS[FieldName.ROLLBACK])
    within = [stage.span for stage in plan.stages]
    return tuple(
        block
        for block in plan.blocks
        if isinstance(block, Heading)
        and normal_heading(block.text.plain) in known
        and not any(span.start <= block.span.start < span.end for span in within)
    )


def _lines_of(field: Field, source: Source) -> Iterator[Line]:
    if field.value:
        yield from _texts("text", 0, field.value)
    yield from _blocks(field.blocks, 0, source)


def _blocks(blocks: Sequence[Block], depth: int, source: Source) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from _texts("text", depth, block.text)
            case List():
                for item in block.items:
                    if item.text is not None:
                        yield from _texts("step", depth, item.text)
                    yield from _blocks(item.blocks[item.text is not None :], depth + 1, source)
            case Code():
                yield from _verbatim(block.content, depth)
            case ThematicBreak():
                pass
            case Html():
                yield from _verbatim(_without_comments(block.content), depth)
            case _:
                yield from _verbatim(source.text[block.span.start : block.span.end], depth)


def _texts(kind: str, depth: int, text: Text) -> Iterator[Line]:
    """Give the lines of a text: a line end of its source is none, a tag for one is."""
    raw = _TASK_BOX.sub("", _without_comments(text.raw).strip())
    joined = " ".join(line.strip().removesuffix("\\").rstrip() for line in _LINE_END.split(raw))
    for part in _TAG_FOR_LINE_END.split(joined):
        if line := part.strip():
            yield Line(kind, depth, line)


def _verbatim(content: str, depth: int) -> Iterator[Line]:
    for line in _LINE_END.split(content):
        if line.strip():
            yield Line("verbatim", depth, line.rstrip())


def _without_comments(string: str) -> str:
    kept, rest = [], string
    while (start := rest.find("<!--")) >= 0 and (end := rest.find("-->", start)) >= 0:
        kept.append(rest[:start])
        rest = rest[end + len("-->") :]
    return "".join((*kept, rest))
