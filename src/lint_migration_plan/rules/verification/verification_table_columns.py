"""Verification table whose columns are not the guide's.

## Why
The guide, section Verification strategy, has four columns: Stage, Automated test, Manual check and Rollback test. They
stand for what must be confirmed: the change was applied, the system still works, rollback is possible. A column more
is fine. A team that writes another word for "Stage" can name it in its configuration, as `vocabulary.stage-words`.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Verification per stage

| Stage | Automated test | Manual chek |
|-------|----------------|-------------|
| 1 | Driver tests are green | An order placed by hand |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
```

## Fix
A column under another name is given the guide's, unless the plan is in another language. A column that is missing or
doubled is left to the author: no tool knows what its cells should hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.tables import VERIFICATION_COLUMNS
from lint_migration_plan.rules._tables import column_violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for the missing columns, and one for each that is doubled or misspelled."""
    del options
    part = plan.verification
    if part is not None and part.table is not None:
        yield from column_violations(part.table, part.columns, VERIFICATION_COLUMNS, plan)


RULE = Rule(id="verification-table-columns", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
