"""Field that a stage has twice.

## Why
A stage with two risks has none that anybody can rely on, and of two rollbacks the wrong one is run. Mostly the second
is left over from the stage that this one was copied from. The guide, section Stage definitions, has each field once.

## Bad
```markdown
### Stage 3 — Move the search index

**Risk**: low
**Rollback tested**: yes
**Risk**: high
```

## Good
```markdown
### Stage 3 — Move the search index

**Risk**: high
**Rollback tested**: yes
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.rules._habit import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each label that stands twice in a stage, at the second."""
    del options
    for stage in plan.stages:
        own = [field for field in stage.fields if not field.nested]
        # Two labels of which one is only another name for the field ("Goal", "What changes") may mean two things.
        for first, *others in grouped(((field.name, normal(field.label.plain)), field) for field in own).values():
            # What stands three times and more belongs to parts of the stage that are not marked as such.
            if len(others) == 1:
                message = f"{quote(others[0].label.plain)} stands twice in {stage.title}; keep the one that is right"
                yield Violation(others[0].label.span, message, (Place(first.label.span, "the first one"),))


RULE = Rule(id="duplicate-stage-field", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
