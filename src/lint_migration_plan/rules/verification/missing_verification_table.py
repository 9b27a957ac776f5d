"""Plan without a table "Verification per stage".

## Why
Each stage must have a verification that confirms three things, says the guide, section Verification strategy: the
change was applied correctly, the system still works, and rollback is possible. The table says for each stage how,
before the stage is run.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
```

## Fix
Puts in the section, or the table, with a row for each stage. It needs `--unsafe-fixes`, and what the rows hold is
reported as `placeholder-text` until somebody fills it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._tables import place_without_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation where the plan has stages and no such section, or no table in it."""
    del options
    place = place_without_table(plan, plan.verification)
    if place is None:
        return
    if plan.verification is None:
        message = "there is no section 'Verification per stage'; add one with a row for each stage"
    else:
        columns = "Stage, Automated test, Manual check and Rollback test"
        message = f"the section has no table; give each stage a row in one: {columns}"
    from lint_migration_plan.rules._skeletons.tables import table_fix

    yield Violation(place, message, fix=table_fix(plan, SectionKind.VERIFICATION))


RULE = Rule(id="missing-verification-table", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
