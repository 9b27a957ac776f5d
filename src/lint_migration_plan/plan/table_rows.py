"""Tell the rows of a table apart: those that stand for something, totals, headings of groups, and rows cut wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.values.fold import folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.document import Cell, Row, Table
    from lint_migration_plan.markdown.inline import Text

_TOTAL = LazyPattern(
    r"(?:grand[ -]?|sub[ -]?)?(?:totals?|sum|summe|gesamt|somme|suma|всего|итого|合计|总计|合計)"
    r"(?: (?:effort|hours|days|time|gaps))?\W*(?:\([^()]*\))?\W*",
    needs=("total", "sum", "gesamt", "somme", "всего", "итого", "合计", "总计", "合計"),
)
_DASHES = LazyPattern(r"[\s\-—–]*")


def own_rows(table: Table) -> tuple[Row, ...]:
    """Give the rows that stand for something of their own: totals and headings of groups are left out."""
    rows = [row for row in table.rows if not _is_total(row)]
    headings = {id(row) for row in rows if _is_group_heading(row)}
    # A heading has rows below it. Where every row looks like one, they are rows.
    if len(headings) == len(rows):
        return tuple(rows)
    return tuple(
        row
        for row, below in zip(rows, [*rows[1:], None], strict=True)
        if id(row) not in headings or below is None or id(below) in headings
    )


def says_nothing(text: Text | None) -> bool:
    """Say whether a cell is missing, empty or holds only a dash."""
    return text is None or _is_dash(text)


@once_a_text
def _is_dash(text: Text) -> bool:
    return len(text) < _FEW and _DASHES.fullmatch(folded(text)) is not None


def is_aligned(row: Row, table: Table) -> bool:
    """Say whether a row has a cell for each column, or more."""
    missing = len(table.header.cells) - len(row.cells)
    return missing <= 0 or (missing == 1 and _ends_open(row))


def extra_cells(row: Row, table: Table) -> Sequence[Cell]:
    """Give the cells beyond the last column, which no reader gets to see."""
    return row.cells[len(table.header.cells) :]


#: More characters than any dash has.
_FEW = 20


def _ends_open(row: Row) -> bool:
    """Say whether a row without outer pipes ends in a pipe: its author left the last cell empty."""
    cells = row.cells
    return bool(cells) and cells[0].span.start == row.span.start and cells[-1].span.end < row.span.end


def _is_total(row: Row) -> bool:
    return bool(row.cells) and _TOTAL.fullmatch(folded(row.cells[0].text).strip(" *_")) is not None


def _is_group_heading(row: Row) -> bool:
    first, *others = row.cells or (None,)
    if first is None or any(cell.text for cell in others):
        return False
    strongs = list(first.text.strongs)
    return len(strongs) == 1 and strongs[0].plain.strip() == first.text.plain.strip()
