"""Plan without an overview.

## Why
Who reads a plan must first learn where the migration starts, where it ends, why, when, and when to stop. The guide,
section Migration overview, opens every plan with the heading `## Migration: {name}`, and these parts stand below it.
Where the whole overview is missing, this rule alone speaks, once.

## Bad
```markdown
### Stage 1 — Set up replication

**Risk**: medium
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Set up replication

**Risk**: medium
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report a plan without a title; one with another title counts as long as parts of an overview are there."""
    title = plan.title
    if title is None and plan.overview.sections:
        first = quote(plan.overview.sections[0].text.plain)
        yield Violation(
            plan.head, f"the overview begins with {first}; the guide opens it with '## Migration: {{name}}'"
        )
    elif title is None:
        yield Violation(plan.head, "the plan has no overview; the guide opens it with '## Migration: {name}'")
    elif not title.canonical and not plan.overview.sections:
        name = quote(title.text.plain)
        yield Violation(
            title.span, f"the plan {name} has no overview; the guide opens it with '## Migration: {{name}}'"
        )


RULE = Rule(id="missing-overview", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
