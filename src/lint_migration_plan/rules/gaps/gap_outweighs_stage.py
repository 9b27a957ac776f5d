"""Gap that is riskier than the stage that closes it.

## Why
The guide runs the stages with the lowest risk first. A stage that closes a high-risk gap is a high-risk stage: with a
lower risk it comes too early, is verified too lightly, and its rollback may go untested. Of several stages that close
a gap, one must have its risk.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | high | 4h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: high

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | high | 4h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import closers, gap_rows, gap_title
from lint_migration_plan.plan.terms import State
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import GapRow, Plan, Stage
    from lint_migration_plan.plan.terms import Reading, Risk


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each gap whose risk is above that of all its stages."""
    del options
    for row in gap_rows(plan):
        stages = closers(plan, row)
        risks = [stage.risk for stage in stages if stage.risk is not None and stage.risk.state is State.READ]
        # Where the risk of one stage cannot be read, that may be the one.
        if row.risk is not None and stages and len(risks) == len(stages) and _outweighs(row.risk, risks):
            yield _violation(row, row.risk, stages, risks)


def _outweighs(gap: Reading[Risk], stages: Sequence[Reading[Risk]]) -> bool:
    highest = max(risk.value for risk in stages if risk.value is not None)
    return gap.state is State.READ and gap.value is not None and gap.value > highest


def _violation(row: GapRow, gap: Reading[Risk], stages: Sequence[Stage], risks: Sequence[Reading[Risk]]) -> Violation:
    said = listed([f"{stage.title} is {risk.value}" for stage, risk in zip(stages, risks, strict=True)])
    places = (Place(risk.text.span, f"the risk of {stage.title}") for stage, risk in zip(stages, risks, strict=True))
    message = f"{gap_title(row)} is {gap.value} risk, and {said}; a stage has at least the risk of its gaps"
    return Violation(gap.text.span, message, tuple(places))


RULE = Rule(id="gap-outweighs-stage", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
