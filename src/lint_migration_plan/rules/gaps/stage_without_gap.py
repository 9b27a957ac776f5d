"""Stage that changes something and closes no gap.

## Why
The stages are made from the gaps: a stage that closes none either does what nobody asked for, or the gap that it
closes was never written down, and with it its risk and effort. Stages that prepare, verify, monitor, clean up or
decommission, and those that add or remove what keeps old and new working together, need no gap.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

### Stage 2 — Rewrite the invoice module

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

### Stage 2 — Rewrite the invoice module

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| The invoice module reads a removed table | low | 6h | Stage 2 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import assigned, gap_rows, is_exempt, is_unassigned, is_whole, unknown_labels
from lint_migration_plan.plan.facts.stage_kinds import changes_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import GapRow, Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage that no row names; none where a row may be meant for any stage."""
    del options
    mapping = plan.mapping
    rows = gap_rows(plan)
    if mapping is None or not is_whole(plan, mapping) or not rows or len(rows) < len(mapping.rows):
        return
    if not all(_is_settled(plan, row) for row in rows):
        return
    closed = {reference.label for row in rows for reference in assigned(row)}
    for stage in plan.stages:
        if stage.label in closed or plan.stage(stage.label) is None:
            continue
        if changes_something(stage, plan.vocabulary):
            message = f"{stage.title} changes something and closes no gap; add the gap that it is there for"
            yield Violation(stage.heading.span, message, (Place(mapping.section.span, "the gaps and their stages"),))


def _is_settled(plan: Plan, row: GapRow) -> bool:
    """Say whether it is sure which stages close a gap."""
    if assigned(row):
        return not unknown_labels(plan, assigned(row))
    return is_exempt(row) and not is_unassigned(row)


RULE = Rule(id="stage-without-gap", doc=__doc__ or "", severity=Severity.INFO, options=NoOptions, check=check)
