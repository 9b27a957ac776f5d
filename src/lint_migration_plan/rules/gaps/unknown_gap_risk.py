"""Risk of a gap that is not low, medium or high.

## Why
A gap's risk is compared with that of the stage that closes it, and the guide has three risks to compare: low, medium
and high. A team that has other words for the three can name them in its configuration, as `vocabulary.risks`.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | Meduim | 4h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | Medium | 4h | Stage 1 | |
```

## Fix
An abbreviation, a sign or a slip of the pen becomes the word that it stands for: "med", 🟡, "meduim". What a word of
another scale such as "moderate" comes to is for the author to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import gap_rows, needs
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.choices import suggest_risk
from lint_migration_plan.rules.stages._unreadable import unreadable
from lint_migration_plan.rules.stages.unknown_risk import fix_risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading, Risk


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each risk that cannot be read, once for the same words."""
    del options
    risks = (row.risk for row in gap_rows(plan) if row.risk and needs(row, row.risk.text))
    yield from unreadable(risks, _message, fix_risk)


def _message(risk: Reading[Risk]) -> str:
    said = f"risk {quote(risk.text.plain)} is not one of: low, medium, high"
    if risk.reason:
        return f"{said}; {risk.reason}"
    meant = suggest_risk(risk.text.plain)
    return f"{said}; did you mean '{meant}'?" if meant else said


RULE = Rule(id="unknown-gap-risk", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
