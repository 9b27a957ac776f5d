"""How a plan is laid out: its lines and blocks, and how it writes headings, labels, lists and rows.

What is put into a plan is written as its author would have: all that is known here is read from the source.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.fix import Edit
from lint_migration_plan.markdown.document import Code, Heading, Html, List, ThematicBreak
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.open_fences import is_open
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.document import Block, Item, Table
    from lint_migration_plan.plan.nodes import Plan

#: What stands behind a label, up to its value.
_TAIL = LazyPattern(
    r"(?P<close>\*{1,3}|_{1,3}|`|)(?P<before>[ \t]{0,4})(?P<mark>[:：]|[—–-](?=\s)|)(?P<close2>\*{1,3}|_{1,3}|)"
    r"(?P<space>[ \t]{0,4})"
)
_MARKER = LazyPattern(r"([-+*]|(\d{1,9})([.)]))([ \t]+|\Z)(\[[ xX]\][ \t]+)?")
_PIPE = LazyPattern(r"(?<!\\)\|")
_MARKUP = "*_`"
_DEEPEST = 6


class LabelForm(NamedTuple):
    """How a label is written: what stands before it, between it and its value, and behind the value."""

    open: str = "**"
    tail: str = "**: "
    end: str = ""

    def render(self, name: str, value: str = "") -> str:
        """Write a label with its value, or alone."""
        return f"{self.open}{name}{self.tail}{value}{self.end}" if value else f"{self.open}{name}{self.tail}".rstrip()


class Marker(NamedTuple):
    """What an item begins with: ``- ``, ``1. ``, ``* [ ] ``, with the spaces before it in ``indent``."""

    indent: str = ""
    mark: str = "- "

    @property
    def inner(self) -> str:
        """The spaces that what belongs to the item begins with."""
        bare = self.mark.partition("[")[0]
        return self.indent + ("\t" if bare.endswith("\t") else " " * len(bare))

    def following(self) -> Marker:
        """Give the marker of the next item: the next number, where items are numbered."""
        found = _MARKER.match(self.mark)
        if found is None or not found[2]:
            return self
        return self._replace(mark=f"{int(found[2]) + 1}{self.mark[found.end(2) :]}")


class RowForm(NamedTuple):
    """How the rows of a table are written: with outer pipes or without, and how wide, 0 where each is as it comes."""

    indent: str
    first: str
    last: str
    pad: str
    widths: tuple[int, ...]

    def write(self, cells: Sequence[str]) -> str:
        """Write a row."""
        padded = [f"{self.pad}{cell}{self.pad}" for cell in cells]
        row = "|".join(cell.ljust(width) for cell, width in zip(padded, self.widths, strict=False))
        # Without its last pipe an empty cell would be none.
        last = self.last or ("" if cells[-1] else "|")
        return f"{self.indent}{self.first}{row if self.first else row.lstrip()}{last}".rstrip()


class Layout:
    """The lines and top-level blocks of a plan's file."""

    def __init__(self, plan: Plan) -> None:
        self.source = plan.document.source
        self.text = plan.document.source.text
        self.blocks: Sequence[Block] = plan.document.blocks
        self.end = plan.span.end

    def line_start(self, offset: int) -> int:
        """Give where the line of an offset begins."""
        return self.source.starts[self._line(offset)]

    def line_end(self, offset: int) -> int:
        """Give where the line of an offset ends, spaces at its end included."""
        return self.source.line_span(self._line(offset)).end

    def is_blank_below(self, offset: int) -> bool:
        """Say whether the line below that of an offset is blank or not there."""
        below = self._line(offset) + 1
        return below >= len(self.source.lines) or not self.source.lines[below].strip()

    def is_indented_below(self, offset: int) -> bool:
        """Say whether what follows below a line stands so far to the right that an item before it would take it in."""
        start = self.next_text(offset)
        return start - self.line_start(start) > 1

    def index(self, offset: int) -> int:
        """Give the index of the top-level block that an offset stands in."""
        return max(bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1, 0)

    def before(self, index: int) -> int:
        """Give the index of the block that ends before another one; what leads to that, a comment, goes with it."""
        index -= 1
        while index > 0 and _leads_on(self.blocks[index]):
            index -= 1
        return index

    def end_of(self, index: int, level: int = _DEEPEST) -> int:
        """Give the index of the first heading behind a block that is not deeper than a level, or of the plan's end."""
        index += 1
        while index < len(self.blocks) and self.blocks[index].span.start < self.end:
            block = self.blocks[index]
            if isinstance(block, Heading) and block.level <= level:
                break
            index += 1
        return index

    def below(self, index: int, text: str, lead: str = "\n\n") -> Edit | None:
        """Put a text below a block; None below an open fence, and where a list in it would take in what follows."""
        block = self.blocks[index]
        if isinstance(block, Code) and is_open(block, self.source):
            return None
        at = self.line_end(block.span.end)
        if _MARKER.match(text.rpartition("\n")[2].lstrip()) and self.is_indented_below(at):
            return None
        return Edit(Span(at, at), f"{lead}{text}" + ("" if self.is_blank_below(at) else "\n"))

    def is_separated(self, offset: int) -> bool:
        """Say whether a line is drawn before the block at an offset."""
        index = self.index(offset)
        return index > 0 and isinstance(self.blocks[index - 1], ThematicBreak)

    def gap_below(self, offset: int) -> str:
        """Give the line ends between the block at an offset and the next one: with a blank line or without."""
        index = self.index(offset)
        if index + 1 >= len(self.blocks):
            return "\n\n"
        return "\n\n" if self.is_blank_below(self.blocks[index].span.end) else "\n"

    def heading(self, name: str, level: int, like: int | None = None) -> str:
        """Write a heading as the one at an offset is written: with marks before it, on both sides, or underlined."""
        marks = "#" * level
        if like is None:
            return f"{marks} {name}"
        block = self.blocks[self.index(like)]
        raw = self.text[slice(*block.span)]
        if not raw.startswith("#"):
            return f"{name}\n{('=' if level == 1 else '-') * len(name)}" if level <= 2 else f"{marks} {name}"  # noqa: PLR2004
        return f"{marks} {name} {marks}" if raw.endswith("#") and len(raw.split()) > 1 else f"{marks} {name}"

    def label(self, span: Span) -> LabelForm | None:
        """Read how a label is written; None where it has marks that are not known."""
        opening = self.text[self.markup_start(span.start) : span.start]
        tail = _TAIL.match(self.text, span.end)
        if tail is None:
            return None
        mark = f"{tail['before']}{tail['mark']}" if tail["mark"] else ":"
        space = tail["space"] or " "
        if not opening:
            return LabelForm("", f"{mark}{space}")
        if tail["close"] == opening:
            return LabelForm(opening, f"{opening}{mark}{space}")
        if not tail["close"] and tail["close2"] == opening:
            return LabelForm(opening, f"{mark}{opening}{space}")
        if not tail["close"] and not tail["close2"]:
            return LabelForm(opening, f"{mark}{space}", opening)
        return None

    def value_start(self, label: Span) -> int:
        """Give where the value of a label goes that has none, without the spaces before it."""
        tail = _TAIL.match(self.text, label.end)
        return tail.end("close2") if tail is not None and tail["mark"] else label.end

    def next_text(self, offset: int) -> int:
        """Give where the text goes on behind an offset, at the end of the file if nowhere."""
        while offset < len(self.text) and self.text[offset] in " \t\r\n\\":
            offset += 1
        return offset

    def markup_start(self, offset: int) -> int:
        """Go before the marks of a bold, slanted or code stretch that begins at an offset."""
        while offset and self.text[offset - 1] in _MARKUP:
            offset -= 1
        return offset

    def marker(self, item: Item) -> Marker:
        """Read what an item begins with."""
        found = _MARKER.match(self.text[item.span.start : self.line_end(item.span.start)])
        indent = self.text[self.line_start(item.span.start) : item.span.start]
        if found is None:
            return Marker(indent if not indent.strip() else "")
        mark = found[0] if not found[5] else found[0].replace("x", " ").replace("X", " ")
        return Marker(indent if not indent.strip() else " " * len(indent), mark if mark[-1].isspace() else f"{mark} ")

    def items_gap(self, block: List) -> str:
        """Give what stands between the items of a list: a line end, and a blank line where it is a loose one."""
        if len(block.items) < 2:  # noqa: PLR2004 - there is nothing between one
            return "\n"
        return "\n\n" if self.is_blank_below(block.items[0].span.end) else "\n"

    def rows(self, table: Table) -> RowForm:
        """Read how the rows of a table are written."""
        lines = [self.text[self.line_start(row.span.start) : row.span.end] for row in (table.header, *table.rows)]
        header = lines[0].strip()
        core = header.removeprefix("|")
        columns = _PIPE.split(core[:-1] if core.endswith("|") and not core.endswith("\\|") else core)
        is_even = len(lines) > 1 and len({len(line) for line in lines}) == 1
        return RowForm(
            indent=lines[0][: len(lines[0]) - len(lines[0].lstrip())],
            first="|" if header.startswith("|") else "",
            last="|" if header.endswith("|") else "",
            pad=" " if not header.startswith("|") or columns[0].startswith((" ", "\t")) else "",
            widths=tuple(len(column) if is_even else 0 for column in columns),
        )

    def below_header(self, table: Table) -> int:
        """Give where a row goes that is to be the first: the end of the line of dashes."""
        return self.source.line_span(self._line(table.header.span.start) + 1).end

    def _line(self, offset: int) -> int:
        return max(bisect_right(self.source.starts, offset) - 1, 0)


@once_a_plan
def layout_of(plan: Plan) -> Layout:
    """Give the layout of a plan."""
    return Layout(plan)


def _leads_on(block: Block) -> bool:
    """Say whether a block belongs to what follows: a line drawn across, and a comment such as a suppression."""
    return isinstance(block, ThematicBreak) or (isinstance(block, Html) and block.content.lstrip().startswith("<!--"))
