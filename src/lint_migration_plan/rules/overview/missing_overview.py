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

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._overview import KINDS, is_begun
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report a plan without a title, or with so little else of an overview that another title makes none of it."""
    if is_begun(plan):
        if plan.title is None:
            first = quote(plan.overview.sections[0].text.plain)
            yield Violation(
                plan.overview.sections[0].span,
                f"the overview begins with {first}; the guide opens it with '## Migration: {{name}}'",
            )
        return
    parts = listed([kind.value for kind in KINDS])
    others = plan.overview.sections[:1]
    but = "".join(f" but {quote(section.text.plain)}" for section in others)
    message = f"the plan has no overview{but}; open it with '## Migration: {{name}}', {parts}"
    yield Violation(plan.head, message, tuple(Place(section.span, "this is a part of one") for section in others))


RULE = Rule(id="missing-overview", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
