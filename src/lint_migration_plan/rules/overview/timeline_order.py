"""Timeline whose steps do not follow one another.

## Why
A migration is planned, executed, cut over and cleaned up, in this order. A cutover that comes before the execution
starts is a slip in a date, and the people who were told that date will act on it. Steps may overlap: to start the
cleanup while the execution still goes on is fine.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-03-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 54 days
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 54 days
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules.overview._timeline import early_steps, steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each date that comes before the start of the step that it should follow."""
    for step, before in early_steps(steps(plan)):
        early, start = step.dates.start.text, before.dates.start.text
        yield Violation(
            early.span,
            f"{step.name} {quote(early.plain)} is before the start of {before.name}, {quote(start.plain)}; "
            f"{step.name} follows {before.name}",
            (Place(start.span, f"{before.name} starts here"),),
        )


RULE = Rule(id="timeline-order", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
