"""Gap with a stage that closes it and a reason why none does.

## Why
A gap is closed by a stage, or it is not, because its risk is accepted, it is deferred or does not apply. A row that
says both leaves the choice to whoever reads it: the stage is run without it, or time is spent on what was put off.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| Reports read the old tables | low | 2h | Stage 2 | Deferred: the reports move to the warehouse in May |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| Reports read the old tables | low | 2h | — | Deferred: the reports move to the warehouse in May |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import assigned, gap_rows, gap_title
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import GapRow, Plan
    from lint_migration_plan.plan.values.choices import Exemption

#: "Not applicable to the test system" excepts a part of the gap, not the gap.
_PART = LazyPattern(r"(?:to|for|on|in|at|under|outside|before|after|until|if|when|once|where|unless)\b")


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each gap that is assigned and has a reason as its status."""
    del options
    for row in gap_rows(plan):
        exemption = row.exemption
        if exemption is not None and exemption.status and assigned(row) and not _is_of_a_part(exemption, plan):
            yield _violation(row, exemption)


def _violation(row: GapRow, exemption: Exemption) -> Violation:
    references = assigned(row)
    stages = quote(row.stage.plain) if row.stage is not None else ""
    message = f"{gap_title(row)} is assigned to {stages} and '{exemption.kind}' at once; leave one of them"
    places = () if exemption.why is None else (Place(exemption.why.span, f"why it is said to be '{exemption.kind}'"),)
    return Violation(references[0].text.span, message, places)


def _is_of_a_part(exemption: Exemption, plan: Plan) -> bool:
    """Say whether the reason may hold for a time or a part only: it names a stage, or where it does not apply."""
    if exemption.why is None:
        return False
    if next(stage_mentions(exemption.why, plan.vocabulary), None) is not None:
        return True
    return exemption.kind == "not applicable" and _PART.match(fold(exemption.why.plain).strip()) is not None


RULE = Rule(id="contradictory-gap", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
