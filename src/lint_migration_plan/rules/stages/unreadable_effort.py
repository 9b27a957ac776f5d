"""Effort that is no amount of time.

## Why
Efforts are added up: those of the gaps must fit into their stage, those of the stages between the start and the
cutover. The guide, section Stage definitions, estimates in hours; days and weeks are fine, and so are ranges. A size
such as "M" cannot be added to anything, and neither can a place in the calendar such as "week 3".

## Bad
```markdown
### Stage 3 — Rewrite the import job

**Risk**: low
**Estimated effort**: not much
```

## Good
```markdown
### Stage 3 — Rewrite the import job

**Risk**: low
**Estimated effort**: 6-10h
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.amounts import Effort


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each effort that cannot be read."""
    del options
    labels = {
        id(stage.effort): field.label.plain
        for stage in plan.stages
        if (field := stage.field(FieldName.EFFORT)) is not None
    }

    def message(effort: Reading[Effort]) -> str:
        return _message(effort, labels.get(id(effort), ""))

    yield from unreadable((stage.effort for stage in plan.stages), message)


def _message(effort: Reading[Effort], label: str) -> str:
    # "Timeline" may be meant for something else than an effort.
    said = f"{'effort' if 'effort' in label.lower() else quote(label)} {quote(effort.text.plain)}"
    if effort.reason:
        return f"{said} cannot be added up: {effort.reason}"
    return f"{said} is no amount of time; write one such as '4h' or '2-3 days'"


RULE = Rule(id="unreadable-effort", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
