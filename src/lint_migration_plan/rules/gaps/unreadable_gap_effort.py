"""Effort of a gap that is no amount of time.

## Why
The efforts of the gaps are added up and must fit into the stage that closes them. The guide, section Gap-to-stage
mapping, writes hours; days, weeks and ranges are fine. A size such as "M" cannot be added to anything.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | small | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 2-4h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import gap_rows, needs
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.amounts import Effort


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each effort that cannot be read, once for the same words."""
    del options
    efforts = (row.effort for row in gap_rows(plan) if row.effort and needs(row, row.effort.text))
    yield from unreadable(efforts, _message)


def _message(effort: Reading[Effort]) -> str:
    said = f"effort {quote(effort.text.plain)}"
    if effort.reason:
        return f"{said} cannot be added up: {effort.reason}"
    return f"{said} is no amount of time; write one such as '4h' or '2-3 days'"


RULE = Rule(id="unreadable-gap-effort", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
