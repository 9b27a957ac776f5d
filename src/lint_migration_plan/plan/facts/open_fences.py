"""Find the code fence that takes in a later part of a plan because nothing closes it where its code ends.

To Markdown all below such a fence is code, up to the line that closes a later fence or to the end of the file. A person
reads stages and fields there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Code, walk_blocks
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.builder import build_plans
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.plan.nodes import Plan

#: Languages in which a fence may show stages on purpose.
_SHOWS_MARKDOWN = ("markdown", "md", "mdx", "text", "txt")
#: Makes a plan of what may be but a part of one.
_HEADING = "### Stage 1 — Before\n\n"
_FENCE = LazyPattern(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})")
_MARK = LazyPattern(r"(?m)^ {0,3}(?P<mark>`{3,}|~{3,})(?P<named>[ \t]*\w)?")


class OpenFence(NamedTuple):
    """A fence that takes in a part of a plan: its first line, its mark, and the line with which that part begins.

    ``stray`` is the line between them that looks as if it closed the fence and does not, if there is one.
    """

    opening: Span
    mark: str
    taken_in: Span
    stray: Span | None


def is_open(code: Code, source: Source) -> bool:
    """Say whether code is a fence without a line that closes it."""
    mark = _mark(code, source)
    if not mark:
        return False
    first, end = (source.position(offset).line - 1 for offset in code.span)
    last = source.lines[end].strip(" \t")
    return first == end or len(last) < len(mark) or bool(last.strip(mark[0]))


def _mark(code: Code, source: Source) -> str:
    """Give the mark that opens a fence, empty for indented code."""
    found = _FENCE.match(source.text, source.line_span(_line(code, source)).start)
    return found["mark"] if found else ""


def _line(code: Code, source: Source) -> int:
    """Count the lines above code."""
    return source.position(code.span.start).line - 1


@once_a_plan
def open_fence(plan: Plan) -> OpenFence | None:
    """Find the first fence that takes in a part of a plan."""
    return next(_open_fences(plan), None)


def _open_fences(plan: Plan) -> Iterator[OpenFence]:
    source = plan.document.source
    for block in walk_blocks(plan.blocks):
        if isinstance(block, Code):
            end = _end_of_open(block, source)
            found = _taken_in(block.content, end, _mark(block, source), plan) if end else None
            if found is not None:
                line = _line(block, source)
                # The content of a fence begins on the line below it.
                stray, taken_in = (_words(line + 1 + at, source) if at is not None else None for at in found)
                assert taken_in is not None  # noqa: S101 - it was found
                yield OpenFence(_words(line, source), _mark(block, source), taken_in, stray)


def _end_of_open(code: Code, source: Source) -> int:
    """Say how far in its content a fence was left open; 0 where it is closed, or shows Markdown."""
    if code.info.split(" ")[0].casefold() in _SHOWS_MARKDOWN:
        return 0
    mark = _mark(code, source)
    if not mark:
        return 0
    # A fence within a fence is the next one, unless its mark is shorter.
    others = (each.start() for each in _MARK.finditer(code.content) if each["named"] and each["mark"].startswith(mark))
    end = next(others, None)
    return len(code.content) if end is None and is_open(code, source) else end or 0


def _taken_in(content: str, end: int, mark: str, plan: Plan) -> tuple[int | None, int] | None:
    """Find the lines of a content, counted from 0, of what seems to close it and of what is part of a plan."""
    marks = list(_MARK.finditer(content))
    place = _part_of_plan(content[: marks[0].start() if marks else end], plan)
    if place is not None or not marks:
        return (None, place) if place is not None else None
    # Marks of another kind in pairs are a fence within the fence.
    of_a_kind = [each for each in marks if each["mark"][0] == marks[0]["mark"][0]]
    below = content.find("\n", marks[0].start()) + 1
    if below and (marks[0]["mark"].startswith(mark) or len(of_a_kind) % 2):
        above = content.count("\n", 0, below)
        place = _part_of_plan(content[below:], plan)
        return (above - 1, above + place) if place is not None else None
    place = _part_of_plan(content[:end], plan)
    return (None, place) if place is not None else None


def _part_of_plan(content: str, plan: Plan) -> int | None:
    """Find the line of a content, counted from 0, with which a part of a plan begins; None where it holds none."""
    document = parse_document(_HEADING + content)
    starts = []
    for built in build_plans(document, plan.vocabulary):
        starts += [stage.span.start for stage in built.stages]
        starts += [section.span.start for section in built.sections]
        starts += [title.span.start for title in built.titles]
        fields = (field.span.start for stage in built.stages for field in stage.fields)
        starts += [start for start in fields if _is_marked(start, document.source)]
    first = min((start for start in starts if start >= len(_HEADING)), default=None)
    return document.source.position(first).line - 1 - _HEADING.count("\n") if first is not None else None


def _is_marked(offset: int, source: Source) -> bool:
    """Say whether the line at an offset is marked as that of a field, as no code is."""
    line = source.lines[source.position(offset).line - 1]
    return "**" in line or line.startswith("#")


def _words(line: int, source: Source) -> Span:
    """Span a line without its indentation."""
    span = source.line_span(line)
    text = source.text[slice(*span)]
    return Span(span.start + len(text) - len(text.lstrip()), span.start + len(text.rstrip()))
