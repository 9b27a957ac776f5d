"""Plan without a single stage.

## Why
A migration is carried out stage by stage, and all else in a plan speaks of its stages. A plan that says from where to
where and no more leaves the way between to chance. The guide, section Stage definitions, opens each stage with a
heading of its own; a numbered list or a table of phases is no stage, for it has no verification and no rollback.

## Bad
```markdown
## Migration: Mail to the new relay

### From

- Infrastructure: Postfix on one machine

### To

- Infrastructure: hosted relay in two regions
```

## Good
```markdown
## Migration: Mail to the new relay

### From

- Infrastructure: Postfix on one machine

### To

- Infrastructure: hosted relay in two regions

### Stage 1 — Send the nightly reports through the relay

**Risk**: low
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for a plan that has an overview and no stage."""
    del options
    if not plan.stages and (plan.titles or plan.overview.sections):
        yield Violation(plan.head, "the plan has no stage; each begins with a heading such as '### Stage 1 — Name'")


RULE = Rule(id="missing-stages", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
