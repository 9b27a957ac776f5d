"""Row of the Gap → Stage table with empty cells, too few or too many.

## Why
A gap without a risk or an effort cannot be put into a stage that fits it. A row with a cell too few or too many says
something else than its author meant: what stands behind the last column is not shown at all. Most often a pipe in a
command did that, which Markdown wants written as `\\|`, in code too. A gap that no stage closes, with its reason, needs
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
| Dumps by `pg_dump \\| gzip` break | low | 2h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.gaps import empty_cells, gap_title, is_cut_short
from lint_migration_plan.plan.table_rows import extra_cells, is_aligned
from lint_migration_plan.rules._cells import cells_said, list_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.plan.nodes import GapRow, Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each row that lacks something or has too much."""
    del options
    mapping = plan.mapping
    if mapping is None or mapping.table is None:
        return
    for row in mapping.rows:
        violation = _violation(row, mapping.table)
        if violation is not None:
            yield violation


def _violation(row: GapRow, table: Table) -> Violation | None:
    cells = row.row.cells
    extra = extra_cells(row.row, table)
    if not any(cell.text for cell in cells):
        return Violation(row.row.span, f"row {row.number} is empty; fill it in, or take it out")
    if any(cell.text for cell in extra):
        said = f"{gap_title(row)} has {cells_said(len(cells), len(table.header.cells))}"
        message = f"{said}, and the last is not shown; write a '|' inside a cell as '\\|'"
        return Violation(Span(extra[0].span.start, extra[-1].span.end), message)
    empty = empty_cells(row)
    span = row.gap.span if row.gap else row.row.span
    if not is_aligned(row.row, table):
        said = f"{gap_title(row)} has {cells_said(len(cells), len(table.header.cells))}"
        hint = "; leave a blank line above what is no row" if len(cells) == 1 else "; leave a cell empty where it says nothing"
        return Violation(span, said + hint)
    if empty:
        return Violation(span, f"{gap_title(row)} has no {list_of(empty)}; fill {'it' if len(empty) == 1 else 'them'} in")
    return None


RULE = Rule(id="incomplete-gap-row", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
