"""Row of the verification table for a stage that is not there.

## Why
A row about a stage that the plan does not have verifies nothing. Most often the stages were renumbered and the table
was not, so that its other rows may belong to other stages as well.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
| 2 | Connection tests are green | Connections read on the server | Old string deployed in staging |
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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.verification import verification_rows
from lint_migration_plan.rules._stage_cells import stage_cell_violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage that the plan does not have, once for the same words."""
    del options
    readings = [row.stages for row in verification_rows(plan) if row.stages is not None]
    yield from stage_cell_violations(plan, readings, "write its number, such as '2' or 'Stage 2'")


RULE = Rule(id="unknown-verification-stage", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
