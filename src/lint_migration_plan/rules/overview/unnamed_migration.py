"""Migration without a name.

## Why
The name says what moves, and people use it where the plan itself is not at hand: in tickets, in announcements, on the
day of the cutover. The guide, section Migration overview, has it in the title: `## Migration: {name}`.

## Bad
```markdown
## Migration:

### Motivation
PostgreSQL 12 no longer gets security fixes.
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Motivation
PostgreSQL 12 no longer gets security fixes.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report a title in the guide's form with nothing that is a name behind it."""
    title = plan.title
    if title is None or not title.canonical or is_placeholder(title.name):
        return
    # A name in another script, in code or as an emoji is still a name.
    if not any(not char.isspace() and char not in "-–—:*_." for char in title.name.plain):
        yield Violation(title.span, f"{quote(title.text.plain)} has no name; write 'Migration: {{what moves where}}'")


RULE = Rule(id="unnamed-migration", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
