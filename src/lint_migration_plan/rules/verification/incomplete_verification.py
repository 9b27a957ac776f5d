"""Row of the verification table that leaves something unconfirmed.

## Why
Each row confirms three things, says the guide, section Verification strategy: the change was applied, the system still
works, rollback is possible. An empty cell, a dash or a bare "N/A" confirms nothing. Only where there is nothing to
undo, and the stage says so with "Rollback tested: N/A", may the table say "N/A" under Rollback test as well.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
**Rollback tested**: yes

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | — | Old driver deployed in staging |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
**Rollback tested**: yes

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.verification import (
    confirms_nothing,
    is_about_whole,
    rollback_answer,
    says_not_applicable,
)
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.table_rows import extra_cells, says_nothing
from lint_migration_plan.plan.values.choices import Answer
from lint_migration_plan.rules._tables import said_once
from lint_migration_plan.rules._wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.plan.nodes import Plan, VerificationRow, VerificationTable


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each row that lacks something or has too much."""
    del options
    part = plan.verification
    if part is not None and part.table is not None:
        faults = [_fault(plan, row, part, part.table) for row in part.rows]
        yield from said_once(len(part.rows), [fault for fault in faults if fault is not None])


def _fault(plan: Plan, row: VerificationRow, part: VerificationTable, table: Table) -> tuple[str, Violation] | None:
    """Give what a row lacks or has too much, with what is wrong and where."""
    span = row.stage.span if row.stage else row.row.span
    if not any(cell.text for cell in row.row.cells):
        return "all", Violation(span, "a row is empty; fill it in, or take it out")
    title = _title(row)
    cells, columns = len(row.row.cells), len(table.header.cells)
    extra = [cell for cell in extra_cells(row.row, table) if cell.text]
    if extra:
        said = f"{title} has {counted(cells, 'cell')}, the table {counted(columns, 'column')}"
        hint = "what is beyond them is not shown; a pipe inside a cell is written '\\|'"
        return "extra", Violation(Span(extra[0].span.start, extra[-1].span.end), f"{said}; {hint}")
    unconfirmed = [] if is_about_whole(row) else _unconfirmed(plan, row, part)
    if not unconfirmed:
        return None
    names = listed(unconfirmed, "or")
    return names, Violation(span, f"{title} has no {names}; say what confirms it")


def _title(row: VerificationRow) -> str:
    if not row.stage:
        return "a row"
    name = row.stage.plain.strip()
    return f"the row of stage {name}" if name.isdecimal() else f"the row of {quote(name)}"


def _unconfirmed(plan: Plan, row: VerificationRow, part: VerificationTable) -> list[str]:
    """Give the columns under which nothing is confirmed, those included whose cell is not there."""
    lacking = {
        "Stage": says_nothing(row.stage),
        "Automated test": confirms_nothing(row.automated_test),
        "Manual check": confirms_nothing(row.manual_check),
        "Rollback test": _lacks_rollback_test(plan, row),
    }
    names = {column.name for column in part.columns}
    return [name for name, lacks in lacking.items() if lacks and name in names]


def _lacks_rollback_test(plan: Plan, row: VerificationRow) -> bool:
    text = row.rollback_test
    if not text:
        return True
    answer = rollback_answer(plan, row)
    if says_nothing(text):
        return answer is not Answer.NOT_APPLICABLE
    if says_not_applicable(text):
        # Where the stage's own answer cannot be read, this one may be right.
        return answer not in {None, Answer.NOT_APPLICABLE}
    # "None" and "not tested" are an answer, which another rule compares with the stage's own.
    return False


RULE = Rule(id="incomplete-verification", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
