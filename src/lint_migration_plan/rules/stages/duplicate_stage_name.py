"""Stage name that another stage has too.

## Why
Two stages of one name are taken for each other in the calendar and in the release channel, and one of the two is
often a copy that nobody finished. The guide gives each stage a name that says what it does.

## Bad
```markdown
### Stage 1 — Move the tenants

**Risk**: low

### Stage 2 — Move the tenants

**Risk**: medium
```

## Good
```markdown
### Stage 1 — Move the internal tenants

**Risk**: low

### Stage 2 — Move the paying tenants

**Risk**: medium
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._habit import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each name that several stages have, at the second of them."""
    del options
    named = [stage for stage in plan.stages if normal(stage.name) and not is_placeholder(stage.heading.name)]
    for first, *alike in grouped((normal(stage.name), stage) for stage in named).values():
        # A stage that stands twice with its number is a doubled number, and said there.
        others = [stage for stage in alike if stage.label != first.label]
        if others:
            second = others[0]
            message = f"{second.title} has the name of {first.title}, {quote(second.name)}; say what tells them apart"
            related = [Place(first.heading.span, f"{first.title} has the name")]
            related += [Place(stage.heading.span, f"{stage.title} has it too") for stage in others[1:]]
            yield Violation(second.heading.name.span, message, tuple(related))


RULE = Rule(id="duplicate-stage-name", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
