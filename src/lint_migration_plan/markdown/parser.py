"""Build a document from a text: front matter, blocks, sections.

It takes any text and never fails. What could not be read is said in `Document.loss`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.markdown import locate
from lint_migration_plan.markdown.commonmark import MAX_NESTING, parse_blocks
from lint_migration_plan.markdown.document import (
    Block,
    Cell,
    Code,
    Document,
    FrontMatter,
    Heading,
    Html,
    Item,
    List,
    Loss,
    Paragraph,
    Quote,
    Row,
    Section,
    Table,
    ThematicBreak,
)
from lint_migration_plan.markdown.inline import Anchor, Inline, Text
from lint_migration_plan.markdown.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it.token import Token

FENCE_OF_FRONT_MATTER = "---"

#: The most that a paragraph, a heading or a cell may hold, in characters; a picture written into it does not count.
LONGEST_TEXT = 20_000
_DATA = re.compile(r"\bdata:[\w/+.;=-]{0,100},[\w+/=%-]*")


def parse_document(text: str, max_nesting: int = MAX_NESTING) -> Document:
    """Parse a Markdown text; what is nested deeper than so many levels is lost, at most `MAX_NESTING`."""
    source = Source(text)
    part = parse_part(source, max_nesting)
    return document_of(source, front_matter_of(source), part.blocks, part.loss)


class Part(NamedTuple):
    """The blocks of a text that may be a part of another one, with the link references that it defines.

    ``takes_more`` is True where what is put behind the text may belong to its last block, or be lost.
    """

    blocks: tuple[Block, ...]
    references: MutableMapping[str, Any]
    loss: Loss | None
    length: int
    takes_more: bool


def parse_part(source: Source, max_nesting: int) -> Part:
    """Parse the blocks of a text behind its front matter, if it has one."""
    front_matter = front_matter_of(source)
    skipped = source.lines.index(FENCE_OF_FRONT_MATTER, 1) + 1 if front_matter else 0
    tokens, references = parse_blocks("\n" * skipped + "\n".join(source.lines[skipped:]), max_nesting)
    builder = _BlockBuilder(source, tokens, references, max_nesting)
    blocks = builder.blocks("")
    loses_rest = builder.loss is not None and builder.loss.with_rest
    return Part(blocks, references, builder.loss, len(source.text), loses_rest or _is_open(tokens, source))


def _is_open(tokens: Sequence[Token], source: Source) -> bool:
    """Say whether the last block may go on: a fence or HTML of which it is not seen that it ends."""
    last = tokens[-1] if tokens else None
    if last is None or last.type not in {"fence", "html_block"} or last.map is None:
        return False
    # With a line end at its end, the text has one line more, which is empty.
    return last.map[1] >= len(source.lines) - (not source.lines[-1])


def document_of(
    source: Source, front_matter: FrontMatter | None, blocks: tuple[Block, ...], loss: Loss | None
) -> Document:
    """Make a document of its blocks."""
    return Document(source, front_matter, blocks, _root(blocks, len(source.text)), loss)


def worse(one: Loss | None, other: Loss | None) -> Loss | None:
    """Choose of two losses the one to tell of: the first, or the first with which the rest may be lost."""
    return other if one is None or (other is not None and other.with_rest and not one.with_rest) else one


def front_matter_of(source: Source) -> FrontMatter | None:
    """Find the front matter; a line of dashes that no second one closes is none."""
    if source.lines[0] != FENCE_OF_FRONT_MATTER:
        return None
    try:
        end = source.lines.index(FENCE_OF_FRONT_MATTER, 1)
    except ValueError:
        return None
    return FrontMatter("\n".join(source.lines[1:end]), 1, source.lines_span(0, end))


class _BlockBuilder:
    """Goes along the tokens once and builds the blocks."""

    def __init__(
        self, source: Source, tokens: Sequence[Token], references: MutableMapping[str, Any], max_nesting: int
    ) -> None:
        self._source = source
        self._max_nesting = max_nesting
        self._tokens = tokens
        self._references = references
        self._next = 0
        self.loss: Loss | None = None

    def blocks(self, closing: str) -> tuple[Block, ...]:
        """Build the blocks up to a closing token and go behind it."""
        blocks: list[Block] = []
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            block = self._block(token)
            if block is not None:
                blocks.append(block)
        return tuple(blocks)

    def _block(self, token: Token) -> Block | None:
        first, last = self._lines(token)
        span = self._span(first, last)
        self._note_depth(token)
        kind = token.type
        if kind == "heading_open":
            return self._heading(token, first, last, span)
        if kind == "paragraph_open":
            content = self._inline_content("paragraph_close")
            return Paragraph(self._text(content, locate.paragraph_anchors(content, self._source, first, last)), span)
        if kind in {"bullet_list_open", "ordered_list_open"}:
            return self._list(kind, span)
        if kind in {"fence", "code_block"}:
            return Code(token.content, token.info.strip(), span)
        if kind == "html_block":
            return Html(token.content, span)
        if kind == "hr":
            return ThematicBreak(span)
        if kind == "blockquote_open":
            self._skip("blockquote_open", "blockquote_close")
            return Quote(span)
        if kind == "table_open":
            return self._table(first, last, span)
        return None

    def _heading(self, token: Token, first: int, last: int, span: Span) -> Heading:
        content = self._inline_content("heading_close")
        if token.markup.startswith("#"):
            anchors = locate.heading_anchors(content, self._source, first)
        else:
            anchors = locate.paragraph_anchors(content, self._source, first, last - 1)
        return Heading(int(token.tag[1]), self._text(content, anchors), span)

    def _list(self, opening: str, span: Span) -> List:
        items = []
        closing = opening.replace("open", "close")
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            self._note_depth(token)
            item_span = self._span(*self._lines(token))
            items.append(Item(self.blocks("list_item_close"), item_span))
        return List(opening.startswith("ordered"), tuple(items), span)

    def _table(self, first: int, last: int, span: Span) -> Table:
        # The tokens lack the cells beyond the header's and pad the rows with too few: the rows are cut anew.
        rows: dict[int, Row] = {}
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == "table_close":
                break
            if token.type == "tr_open" and token.map:
                line = token.map[0]
                rows[line] = self._row(line, self._tokens[self._next + 1].content)
        header = rows.pop(first, None) or Row((), self._span(first, first))
        return Table(header, tuple(rows[line] for line in sorted(rows) if line <= last), span)

    def _row(self, line: int, first_content: str) -> Row:
        cells = locate.cell_spans(self._source, line)
        if cells:
            cells[0] = locate.first_cell(cells[0], first_content)
        return Row(
            tuple(Cell(self._text(content, locate.cell_anchors(content, span)), span) for content, span in cells),
            self._span(line, line),
        )

    def _inline_content(self, closing: str) -> str:
        content = ""
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            content = token.content
        return content

    def _skip(self, opening: str, closing: str) -> None:
        depth = 1
        while self._next < len(self._tokens) and depth:
            token = self._tokens[self._next]
            self._next += 1
            depth += (token.type == opening) - (token.type == closing)
            self._note_depth(token)

    def _note_depth(self, token: Token) -> None:
        """Note the first quote, list or item so deep that the parser dropped what it holds."""
        if token.level >= self._max_nesting - 1 and token.nesting > 0 and token.type != "paragraph_open":
            way_out = "flatten it, or raise max-nesting" if self._max_nesting < MAX_NESTING else "flatten it"
            reason = f"is nested more than {self._max_nesting} levels deep; {way_out}"
            self._lose(Loss(self._span(*self._lines(token)), reason, with_rest=True))

    def _text(self, content: str, anchors: Sequence[Anchor]) -> Text:
        if len(content) > LONGEST_TEXT and len(_DATA.sub("", content)) > LONGEST_TEXT:
            # Some text takes the parser the square of its length, and nobody writes so much in one place.
            start = anchors[0].offset
            reason = f"holds more than {LONGEST_TEXT:,} characters in one piece; divide it"
            self._lose(Loss(Span(start, start), reason))
            content = ""
        return Text(Inline(content, anchors, self._references))

    def _lose(self, loss: Loss) -> None:
        self.loss = worse(self.loss, loss)

    def _lines(self, token: Token) -> tuple[int, int]:
        """Give the first and last line of a block, blank ones at its end left out."""
        first, end = token.map or (0, 1)
        last = min(end, len(self._source.lines)) - 1
        while last > first and not self._source.lines[last].strip():
            last -= 1
        return first, max(first, last)

    def _span(self, first: int, last: int) -> Span:
        line = self._source.lines[first]
        start = self._source.starts[first] + len(line) - len(line.lstrip(" \t"))
        end = self._source.starts[last] + len(self._source.lines[last].rstrip(" \t"))
        return Span(start, max(start, end))


def _root(blocks: tuple[Block, ...], end: int) -> Section:
    """Nest the blocks under their headings."""
    section, _ = _section(None, 0, blocks, 0, end)
    return section


def _section(
    heading: Heading | None, start: int, blocks: tuple[Block, ...], index: int, end: int
) -> tuple[Section, int]:
    """Build the section of a heading from the blocks behind it; give it and the index of the next section."""
    own: list[Block] = []
    children: list[Section] = []
    level = heading.level if heading else 0
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Heading):
            if block.level <= level:
                end = block.span.start
                break
            child, index = _section(block, block.span.start, blocks, index + 1, end)
            children.append(child)
        else:
            own.append(block)
            index += 1
    return Section(heading, tuple(own), tuple(children), Span(start, end)), index
