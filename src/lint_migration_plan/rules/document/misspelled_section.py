"""Section or title under another name than the guide's.

## Why
Plans are compared, searched and read in a hurry, and a section that is always called the same is found at once. A
heading with a slip of the pen or with another name ("Current state" for From) is read as the section that it means, so
that nothing else about it is reported, and this rule says once how the guide would write it.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Abort critera
- the replication lag stays above 30 seconds for an hour

## Gap to Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 2h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Abort criteria
- the replication lag stays above 30 seconds for an hour

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 2h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._overview import is_begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, PlanSection


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report headings that were taken for one of the guide's and are written otherwise."""
    title = plan.title
    # Where no overview follows, missing-overview speaks of the title.
    if title is not None and not title.canonical and is_begun(plan):
        yield Violation(title.span, f"the title {quote(title.text.plain)} should read '## Migration: {{name}}'")
    for section in plan.sections:
        if not section.canonical:
            yield Violation(section.span, _message(section))


def _message(section: PlanSection) -> str:
    heading = quote(section.text.plain)
    if section.synonym:
        return f"{heading} is what the guide calls '{section.kind.value}'; give it that name"
    return f"{heading} is no section of the guide; did you mean '{section.kind.value}'?"


RULE = Rule(id="misspelled-section", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
