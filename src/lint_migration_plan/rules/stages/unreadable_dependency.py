"""Dependencies that name neither stages nor "none".

## Why
Whoever starts a stage looks at its dependencies for what must be done before it. The guide, section Stage definitions,
writes stages or "none". People, packages and approvals are no stages: say in a stage's changes that they are needed, or
make getting them a stage.

## Bad
```markdown
### Stage 3 — Send the traffic through the gateway

**Risk**: medium
**Dependencies**: the new cluster
```

## Good
```markdown
### Stage 3 — Send the traffic through the gateway

**Risk**: medium
**Dependencies**: Stage 1, Stage 2
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.missing_stages import stage_called
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.references import Dependencies


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each value of Dependencies that cannot be read."""
    del options
    yield from unreadable(
        (stage.dependencies for stage in plan.stages), lambda dependencies: _message(plan, dependencies)
    )


def _message(plan: Plan, dependencies: Reading[Dependencies]) -> str:
    words = (dependencies.where or dependencies.text).plain
    said = f"dependency {quote(words)}"
    if dependencies.reason:
        return f"{said} cannot be followed: {dependencies.reason}"
    meant = stage_called(plan, words)
    if meant is not None:
        return f"{said} is no stage; did you mean {quote(meant.name)}?"
    return f"{said} is no stage; write stages such as 'Stage 1, Stage 2', or 'none'"


RULE = Rule(id="unreadable-dependency", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
