"""Stage whose gaps take longer than the stage itself.

## Why
A stage closes its gaps, so it takes at least as long as they do together. Where their efforts add up to more, one of
the numbers is wrong, and the dates that rest on it are. Of a range the low end is summed and the high end of the stage
must hold it, so that only what cannot fit is reported; gaps that several stages close are not counted.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Estimated effort**: 6h

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| Two queries use a removed type | low | 3-5h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Estimated effort**: 1d

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| Two queries use a removed type | low | 3-5h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import closers, gap_key, gap_rows
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.amounts import Effort

#: Sums of fractions of an hour are not exact.
_NOTHING = 1e-6


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage whose gaps cannot fit into its effort, at that effort."""
    del options
    efforts = _efforts(plan)
    for stage in plan.stages:
        own, parts = stage.effort, efforts.get(stage.label, [])
        if own is None or own.state is not State.READ or own.value is None or plan.stage(stage.label) is None:
            continue
        total = sum(_least(part) for part in parts)
        if total > own.value.high + _NOTHING:
            gaps = "its gap" if len(parts) == 1 else f"its {len(parts)} gaps"
            message = f"{stage.title} is estimated at {quote(own.text.plain)}, and {gaps} at {_hours(total)}"
            places = (Place(part.text.span, f"{_hours(_least(part))} of {_hours(total)}") for part in parts)
            yield Violation(own.text.span, f"{message}; a stage takes at least as long as its gaps", tuple(places))


def _efforts(plan: Plan) -> dict[str, list[Reading[Effort]]]:
    """Collect by stage the efforts of the gaps that it alone closes, each gap once: that one stands twice is told."""
    told: set[tuple[str, str]] = set()
    efforts: dict[str, list[Reading[Effort]]] = {}
    for row in gap_rows(plan):
        stages = closers(plan, row)
        put_off = row.exemption is not None and row.exemption.status
        if len(stages) == 1 and not put_off and row.effort is not None and row.effort.state is State.READ:
            label, gap = stages[0].label, gap_key(row.gap)
            if not gap or (label, gap) not in told:
                told.add((label, gap))
                efforts.setdefault(label, []).append(row.effort)
    return efforts


def _least(effort: Reading[Effort]) -> float:
    return effort.value.low if effort.value is not None else 0


def _hours(hours: float) -> str:
    return f"{round(hours, 2):g}h"


RULE = Rule(id="effort-mismatch", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
