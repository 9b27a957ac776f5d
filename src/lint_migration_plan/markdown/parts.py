"""Parse a document that is parsed again and again, as one in an editor is: what did not change is only moved.

The document is cut before each heading that begins with number signs at the beginning of its line. Such a line ends
whatever stands before it, but for a fence or HTML that is still open; from a part that may end in one, the rest of the
document is parsed as a whole. So each part is parsed as if it stood alone, and the link references of all parts are put
together afterwards. `parse_document` gives the same for each text, and a property test holds both to it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.commonmark import MAX_NESTING, joined_references
from lint_migration_plan.markdown.document import (
    Cell,
    Document,
    Heading,
    Item,
    List,
    Paragraph,
    Row,
    Table,
)
from lint_migration_plan.markdown.parser import document_of, front_matter_of, parse_part, worse
from lint_migration_plan.markdown.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from typing import Any

    from lint_migration_plan.markdown.document import Block, Loss
    from lint_migration_plan.markdown.parser import Part

_CUT = re.compile(r"(?<=\n)#{1,6}[ \t]")

#: How many characters of Markdown are kept at most, which take some thirty times as many bytes; a part takes as much as
#: so many characters by itself.
_MOST = 3_000_000
_OF_ITSELF = 250


class _Kept(NamedTuple):
    """A part as it was used last: where it began, and the link references of the whole document."""

    part: Part
    at: int
    references: MutableMapping[str, Any]


#: The Markdown of a part, and the most levels that are read.
_Key = tuple[str, int]


class Parts:
    """Parses documents, and keeps the parts that were used last."""

    def __init__(self) -> None:
        self._kept: dict[_Key, _Kept] = {}
        self._size = 0
        self._references: MutableMapping[str, Any] = {}

    def parse(self, text: str, max_nesting: int = MAX_NESTING) -> Document:
        """Parse a Markdown text as `parse_document` does."""
        source = Source(text)
        front_matter = front_matter_of(source)
        found = list(self._parts(text, front_matter.span.end if front_matter else 0, max_nesting))
        references = joined_references([kept.part.references for _, kept, _ in found])
        if references == self._references:
            # To compare them for each part would take long.
            references = self._references
        self._references = references
        blocks: list[Block] = []
        loss: Loss | None = None
        for at, (part, was_at, old_references), key in found:
            if at != was_at or references is not old_references:
                part = _moved(part, at - was_at, references)  # noqa: PLW2901 - the same part
            if key in self._kept:
                self._kept[key] = _Kept(part, at, references)
            blocks += part.blocks
            loss = worse(loss, part.loss)
        return document_of(source, front_matter, tuple(blocks), loss)

    def _parts(self, text: str, behind: int, max_nesting: int) -> Iterator[tuple[int, _Kept, _Key]]:
        """Give where each part begins, the part, and its key; the first takes in what stands before an offset."""
        cuts = [0, *(cut.start() for cut in _CUT.finditer(text, behind)), len(text)]
        for start, end in pairwise(cuts):
            key = text[start:end], max_nesting
            kept = self._part(key)
            if end < len(text) and kept.part.takes_more:
                # To join it with the next part, and so on, would take the square of their number.
                rest = text[start:], max_nesting
                yield start, _parsed(rest), rest
                return
            yield start, kept, key

    def _part(self, key: _Key) -> _Kept:
        kept = self._kept.pop(key, None)
        if kept is None:
            kept = _parsed(key)
            self._size += len(key[0]) + _OF_ITSELF
        # What was used last stands last.
        self._kept[key] = kept
        while self._size > _MOST and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._size -= len(oldest[0]) + _OF_ITSELF
        return kept


def _parsed(key: _Key) -> _Kept:
    text, max_nesting = key
    part = parse_part(Source(text), max_nesting)
    return _Kept(part, 0, part.references)


def _moved(part: Part, by: int, references: MutableMapping[str, Any]) -> Part:
    loss = part.loss._replace(span=_span(part.loss.span, by)) if part.loss else None
    return part._replace(blocks=tuple(_block(block, by, references) for block in part.blocks), loss=loss)


def _block(block: Block, by: int, references: MutableMapping[str, Any]) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.text.moved(by, references), _span(block.span, by))
    if isinstance(block, Heading):
        return Heading(block.level, block.text.moved(by, references), _span(block.span, by))
    if isinstance(block, List):
        items = tuple(
            Item(tuple(_block(inner, by, references) for inner in item.blocks), _span(item.span, by))
            for item in block.items
        )
        return List(block.ordered, items, _span(block.span, by))
    if isinstance(block, Table):
        header, *rows = (_row(row, by, references) for row in (block.header, *block.rows))
        return Table(header, tuple(rows), _span(block.span, by))
    return block._replace(span=_span(block.span, by))


def _row(row: Row, by: int, references: MutableMapping[str, Any]) -> Row:
    cells = tuple(Cell(cell.text.moved(by, references), _span(cell.span, by)) for cell in row.cells)
    return Row(cells, _span(row.span, by))


def _span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
