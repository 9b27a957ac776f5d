"""Stage without a name.

## Why
People speak of a stage by its name: in the release channel, in the calendar, when it fails at night. A bare number
says nothing, and changes when a stage is put in before it. The guide, section Stage definitions, writes `### Stage N
— {Name}`.

## Bad
```markdown
### Stage 1

**What changes**: The pipeline builds with Java 21 as well.
**Risk**: low
```

## Good
```markdown
### Stage 1 — Build with Java 21 as well

**What changes**: The pipeline builds with Java 21 as well.
**Risk**: low
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.rules._habit import habit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, Stage


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage without a name; one for all where no stage has one."""
    del options
    unnamed = [stage for stage in plan.stages if not is_named(stage)]
    if len(unnamed) > 1 and len(unnamed) == len(plan.stages):
        yield habit("no stage has a name; say behind each number what the stage does", _spans(unnamed), "nor this one")
        return
    for stage in unnamed:
        yield Violation(stage.heading.span, f"{stage.title} has no name; say behind its number what it does")


def is_named(stage: Stage) -> bool:
    """Say whether a stage has a name; a tick or a dash is none."""
    return any(char.isalnum() for char in stage.name)


def _spans(stages: list[Stage]) -> list[Span]:
    return [stage.heading.span for stage in stages]


RULE = Rule(id="unnamed-stage", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
