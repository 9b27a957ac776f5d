"""A Markdown document as a tree of blocks, each with its span in the source.

Blocks come from markdown-it-py; `parser` builds them. Their text is an `inline.Text`, which knows where each of its
characters stands. Block quotes, code and HTML are kept as blocks, but nothing looks into a quote: its text belongs to
somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Source


class Heading(NamedTuple):
    """A heading of level 1 to 6; ``span`` covers its whole line or, for a setext heading, its lines."""

    level: int
    text: Text
    span: Span


class Paragraph(NamedTuple):
    """A paragraph; also the text of a tight list item."""

    text: Text
    span: Span


class Code(NamedTuple):
    """A fence or an indented code block; ``content`` is the code alone."""

    content: str
    info: str
    span: Span


class Html(NamedTuple):
    """A block of raw HTML, comments included."""

    content: str
    span: Span


class Quote(NamedTuple):
    """A block quote, unread."""

    span: Span


class ThematicBreak(NamedTuple):
    """A line drawn across."""

    span: Span


class Item(NamedTuple):
    """An item of a list; ``span`` ends with its last line that is not blank."""

    blocks: tuple[Block, ...]
    span: Span

    @property
    def text(self) -> Text | None:
        """The item's first paragraph, or None where it starts with something else."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Paragraph) else None


class List(NamedTuple):
    """A list, ordered or not."""

    ordered: bool
    items: tuple[Item, ...]
    span: Span


class Cell(NamedTuple):
    """A table cell; ``span`` is what stands between its pipes, without the outer spaces."""

    text: Text
    span: Span


class Row(NamedTuple):
    """A table row with the cells that the author wrote: they may be more or fewer than the columns."""

    cells: tuple[Cell, ...]
    span: Span


class Table(NamedTuple):
    """A table: its header and its rows, without the line of dashes between them."""

    header: Row
    rows: tuple[Row, ...]
    span: Span


Block = Heading | Paragraph | Code | Html | Quote | ThematicBreak | List | Table


class Section(NamedTuple):
    """A heading with what stands under it, down to the next heading of its level or above.

    ``blocks`` are those before the first deeper heading, ``children`` the deeper sections. The root section of a
    document has no heading.
    """

    heading: Heading | None
    blocks: tuple[Block, ...]
    children: tuple[Section, ...]
    span: Span

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_blocks(self) -> Iterator[Block]:
        """Yield the blocks of this section and of all below it, headings left out."""
        for section in self.walk():
            yield from section.blocks


class Comment(NamedTuple):
    """An HTML comment, without its marks.

    ``block`` is the block that it stands in as inline text, or None where it stands alone as a block of its own.
    """

    text: str
    span: Span
    block: Block | None


class FrontMatter(NamedTuple):
    """The YAML between the two lines of dashes at the top; ``span`` covers it with these lines."""

    content: str
    line: int
    span: Span

    def span_of(self, source: Source, line: int, column: int | None, end_column: int | None) -> Span:
        """Span a stretch of the content by its line and columns from 0; without columns it is the whole line."""
        whole = source.line_span(min(self.line + line, len(source.lines) - 1))
        if column is None:
            return whole
        start = min(whole.start + column, whole.end)
        end = whole.end if end_column is None else min(whole.start + end_column, whole.end)
        return Span(start, max(start, end))


class Loss(NamedTuple):
    """A place that could not be read, and why; ``with_rest`` says that all that comes behind it may be lost too."""

    span: Span
    reason: str
    with_rest: bool = False


class Document(NamedTuple):
    """A Markdown file.

    ``blocks`` are the top-level blocks in order, ``root`` the same ones as nested sections. ``loss`` is the first
    place that could not be read, or the first with which the rest may be lost.
    """

    source: Source
    front_matter: FrontMatter | None
    blocks: tuple[Block, ...]
    root: Section
    loss: Loss | None


def walk_blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield blocks and, behind each list, the blocks of its items, however deep."""
    for block in blocks:
        yield block
        if isinstance(block, List):
            for item in block.items:
                yield from walk_blocks(item.blocks)
