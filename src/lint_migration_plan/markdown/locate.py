"""Where inline content stands: the columns that markdown-it-py does not give.

It takes the marks of lists and headings off the front of a line and spaces off both ends, so what remains of each line
is the end of a source line. That, with the lines that a block covers, is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.inline import Anchor
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from lint_migration_plan.markdown.source import Source


def paragraph_anchors(content: str, source: Source, first: int, last: int) -> list[Anchor]:
    """Place the lines of a paragraph's content that stands somewhere in the source lines ``first`` to ``last``.

    Lines of nothing but exotic spaces at its ends are not in the content, so it may cover fewer lines than the block.
    """
    lines = content.split("\n")
    spare = max(last - first + 1 - len(lines), 0)
    for skipped in range(spare + 1):
        columns = [_column(line, source, first + skipped + number) for number, line in enumerate(lines)]
        if None not in columns:
            break
    anchors = []
    index = 0
    for number, line in enumerate(lines):
        where = min(first + skipped + number, last)
        column = columns[number] or 0
        lead = len(line) - len(line.lstrip(" \t")) if line.strip() else 0
        if _line(source, where)[max(column - lead, 0) : column] == line[:lead]:
            # The indentation can be seen inside a code span; where a tab was cut in two it stands nowhere.
            column, lead = column - lead, 0
        anchors.append(Anchor(index + lead, source.starts[where] + column))
        index += len(line) + 1
    return anchors


def heading_anchors(content: str, source: Source, line: int) -> list[Anchor]:
    """Place the content of a heading that begins with number signs."""
    text = _line(source, line).rstrip(" \t")
    without_marks = text.rstrip("#")
    if without_marks != text and without_marks[-1:] in {" ", "\t"}:
        text = without_marks
    text = text.rstrip()
    column = len(text) - len(content) if text.endswith(content) else max(text.rfind(content), 0)
    return [Anchor(0, source.starts[line] + column)]


def cell_spans(source: Source, line: int) -> list[tuple[str, Span]]:
    """Cut a table row at its pipes: each cell's content, with escaped pipes bare, and its span without outer spaces.

    The first cell of a row that begins without a pipe in a list holds the list's mark; `first_cell` takes it off.
    """
    text = _line(source, line)
    begin = len(text) - len(text.lstrip())
    text = text.rstrip()
    bounds = [index for index in range(begin, len(text)) if text[index] == "|" and text[index - 1 : index] != "\\"]
    starts = [begin, *(bound + 1 for bound in bounds)]
    ends = [*bounds, len(text)]
    cells = list(zip(starts, ends, strict=True))
    if cells and not text[slice(*cells[0])]:
        cells.pop(0)
    if cells and not text[slice(*cells[-1])]:
        cells.pop()
    return [_cell(text, start, end, source.starts[line]) for start, end in cells]


def first_cell(cell: tuple[str, Span], content: str) -> tuple[str, Span]:
    """Take the mark of a list off a row's first cell, whose true content is known."""
    text, span = cell
    if text.endswith(content):
        return content, Span(span.end - len(content) - content.count("|"), span.end)
    return cell


def cell_anchors(content: str, span: Span) -> list[Anchor]:
    """Place the content of a cell; every bare pipe in it was escaped, which took a character more."""
    anchors = [Anchor(0, span.start)]
    shift = 0
    index = content.find("|")
    while index >= 0:
        shift += 1
        anchors.append(Anchor(index, span.start + index + shift))
        index = content.find("|", index + 1)
    return anchors


def _cell(text: str, start: int, end: int, offset: int) -> tuple[str, Span]:
    cell = text[start:end]
    stripped = cell.strip()
    start += len(cell) - len(cell.lstrip()) if stripped else 0
    return stripped.replace("\\|", "|"), Span(offset + start, offset + start + len(stripped))


def _column(line: str, source: Source, number: int) -> int | None:
    """Find the column at which a line of content begins in a source line, None where it is not that line's end."""
    if number >= len(source.lines):
        return None
    text = _line(source, number)
    core = line.rstrip().lstrip(" \t")
    if not core:
        return len(text) - len(line) if text.endswith(line) else None
    stripped = text.rstrip()
    return len(stripped) - len(core) if stripped.endswith(core) else None


def _line(source: Source, number: int) -> str:
    # The parser reads NUL as U+FFFD, which is as long.
    return source.lines[number].replace("\0", "\ufffd")
