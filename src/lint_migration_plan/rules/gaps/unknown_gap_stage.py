"""Gap assigned to a stage that is not there.

## Why
All gaps must be assigned, says the guide, section Gap-to-stage mapping. A gap that names a stage the plan does not
have is closed by nobody, and looks as if it were: most often the stages were renumbered and the table was not.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 4 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import gap_rows
from lint_migration_plan.rules._stage_cells import stage_cell_violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

_HINT = "write one such as 'Stage 1', or a reason: accepted risk, deferred or not applicable, and why"


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage that the plan does not have, once for the same words."""
    del options
    # A reason in the notes is enough, whatever else the cell says of it ("backlog").
    rows = [row for row in gap_rows(plan) if row.exemption is None or not row.exemption.status]
    readings = [row.stages for row in rows if row.stages is not None]
    yield from stage_cell_violations(plan, readings, _HINT)


RULE = Rule(id="unknown-gap-stage", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
