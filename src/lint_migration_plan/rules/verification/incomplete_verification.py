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
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.table_rows import extra_cells, is_aligned, says_nothing
from lint_migration_plan.plan.values import Answer
from lint_migration_plan.plan.verification import (
    confirms_nothing,
    is_about_whole,
    rollback_answer,
    says_not_applicable,
    says_untested,
)
from lint_migration_plan.rules._wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.plan.nodes import Plan, VerificationRow


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each row that lacks something or has too much."""
    del options
    part = plan.verification
    if part is not None and part.table is not None:
        for row in part.rows:
            violation = _violation(plan, row, part.table)
            if violation is not None:
                yield violation


def _violation(plan: Plan, row: VerificationRow, table: Table) -> Violation | None:
    span = row.stage.span if row.stage else row.row.span
    title = f"the row of {quote(row.stage.plain)}" if row.stage else "a row"
    if not any(cell.text for cell in row.row.cells):
        return Violation(span, "a row is empty; fill it in, or take it out")
    if not is_aligned(row.row, table):
        cells, columns = len(row.row.cells), len(table.header.cells)
        said = f"{title} has {counted(cells, 'cell')}, the table {counted(columns, 'column')}"
        extra = extra_cells(row.row, table)
        if extra:
            hint = "what is beyond them is not shown; a pipe inside a cell is written '\\|'"
            return Violation(Span(extra[0].span.start, extra[-1].span.end), f"{said}; {hint}")
        return Violation(span, f"{said}; say how the stage is tested, checked and undone")
    unconfirmed = [] if is_about_whole(row) else _unconfirmed(plan, row)
    if not unconfirmed:
        return None
    return Violation(span, f"{title} has no {listed(unconfirmed)}; say what confirms it")


def _unconfirmed(plan: Plan, row: VerificationRow) -> list[str]:
    """Give the columns under which nothing is confirmed."""
    empty = ["Stage"] if row.stage is not None and says_nothing(row.stage) else []
    checks = (("Automated test", row.automated_test), ("Manual check", row.manual_check))
    empty += [name for name, text in checks if text is not None and confirms_nothing(text)]
    if row.rollback_test is not None and _lacks_rollback_test(plan, row):
        empty.append("Rollback test")
    return empty


def _lacks_rollback_test(plan: Plan, row: VerificationRow) -> bool:
    text = row.rollback_test
    answer = rollback_answer(plan, row)
    if not text:
        return True
    if says_nothing(text):
        return answer is not Answer.NOT_APPLICABLE
    if says_not_applicable(text):
        # Where the stage's own answer cannot be read, this one may be right.
        return answer not in {None, Answer.NOT_APPLICABLE}
    # "None" and "not tested" are an answer, which another rule compares with the stage's own.
    return not says_untested(text) and confirms_nothing(text)


RULE = Rule(id="incomplete-verification", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
