"""Suppression that gives no reason.

## Why
A suppression is a decision: this one time the plan may do what the guide says it should not. Who reads the plan a year
later needs to know why, and whether the reason still holds. A reason that is still to be filled in, such as `{why}`, is
none. This rule is off by default; teams that want it select it.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

<!-- lint-migration-plan: ignore[empty-overview-section] -->
### Motivation
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

<!-- lint-migration-plan: ignore[empty-overview-section] -- the board announces the reason on 1 March -->
### Motivation
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.suppress import Suppressions


def check(suppressions: Suppressions, options: NoOptions) -> Iterator[Violation]:
    """Report suppressions without a reason; what names no rule belongs to unused-suppression."""
    for suppression in suppressions.all:
        if suppression.rules and not _says_why(suppression.reason):
            names = ", ".join(name for name, _ in suppression.rules)
            yield Violation(suppression.span, f"the suppression of {names} gives no reason; add ' -- ' and why")


def _says_why(reason: str) -> bool:
    return any(char.isalnum() for char in reason) and not is_placeholder(literal(reason.strip()))


RULE = Rule(
    id="unexplained-suppression",
    doc=__doc__ or "",
    severity=Severity.INFO,
    options=NoOptions,
    check=check,
    scope=Scope.SUPPRESSIONS,
    enabled=False,
)
