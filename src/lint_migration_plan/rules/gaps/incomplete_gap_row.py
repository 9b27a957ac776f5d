r"""Row of the Gap → Stage table with empty cells, too few or too many.

## Why
A gap without a risk or an effort cannot be put into a stage that fits it. A row with a cell too few or too many says
something else than its author meant: what stands behind the last column is not shown at all. Most often a pipe in a
command did that, which Markdown wants written as `\|`, in code too. A gap that no stage closes, with its reason, needs
neither risk nor effort.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | | 4h | Stage 1 | |
| Dumps by `pg_dump | gzip` break | low | 2h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| Dumps by `pg_dump \| gzip` break | low | 2h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.exchanged_columns import exchanged_columns
from lint_migration_plan.plan.facts.gaps import empty_cells, gap_title, has_lost_cells
from lint_migration_plan.plan.table_rows import extra_cells, is_aligned
from lint_migration_plan.rules._tables import said_once
from lint_migration_plan.rules._wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.plan.nodes import GapMapping, GapRow, Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each row that lacks something or has too much."""
    del options
    mapping = plan.mapping
    if mapping is not None and mapping.table is not None and not exchanged_columns(plan):
        faults = [_fault(row, mapping, mapping.table) for row in mapping.rows]
        yield from said_once(len(mapping.rows), [fault for fault in faults if fault is not None])


def _fault(row: GapRow, mapping: GapMapping, table: Table) -> tuple[str, Violation] | None:
    """Give what a row lacks or has too much, with what is wrong and where."""
    span = row.gap.span if row.gap else row.row.span
    filled = [cell for cell in row.row.cells if cell.text]
    if not filled:
        return "all", Violation(span, f"row {row.number} is empty; fill it in, or take it out")
    cells, columns = len(row.row.cells), len(table.header.cells)
    said = f"{gap_title(row)} has {counted(cells, 'cell')}, the table {counted(columns, 'column')}"
    if has_lost_cells(row, table):
        extra = extra_cells(row.row, table)
        hint = "what is beyond them is not shown; a pipe inside a cell is written '\\|'"
        shown = Span(extra[0].span.start, extra[-1].span.end)
        return "extra", Violation(shown if any(cell.text for cell in extra) else row.row.span, f"{said}; {hint}")
    empty = empty_cells(row, mapping)
    if empty:
        rest = "it" if len(empty) == 1 else "them"
        hint = ", or leave a blank line above it if it is no row" if len(filled) == 1 else ""
        names = listed(empty, "or")
        return names, Violation(span, f"{gap_title(row)} has no {names}; fill {rest} in{hint}")
    if not is_aligned(row.row, table):
        return "short", Violation(span, f"{said}; leave no cell out, empty as it may be")
    return None


RULE = Rule(id="incomplete-gap-row", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
