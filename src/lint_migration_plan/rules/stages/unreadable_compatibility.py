"""Compatibility that names no pair of layers or no stage of the plan.

## Why
The guide, section Planning principles, wants old and new to work side by side while a migration runs. The field
`Compatibility` says for which two layers they do, and until which stage: `data/code until Stage 6`. The pairs are
code/data, code/consumers and code/config. A window that names another pair, or a stage that the plan does not have,
cannot be followed through the plan.

## Bad
```markdown
### Stage 2 — Write both columns

**Risk**: low
**Compatibility**: everything, for a while
```

## Good
```markdown
### Stage 2 — Write both columns

**Risk**: low
**Compatibility**: data/code until Stage 3

### Stage 3 — Drop the old column

**Risk**: medium
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.compatibility import Compatibility


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each window that cannot be read, and for each that ends at a stage that is not there."""
    del options
    yield from unreadable((stage.compatibility for stage in plan.stages), _message)
    labels = {stage.label for stage in plan.stages}
    for stage in plan.stages:
        if stage.compatibility is None or stage.compatibility.state is not State.READ:
            continue
        for window in stage.compatibility.value or ():
            if window.until is not None and window.until.label not in labels:
                until = window.until.text
                yield Violation(
                    until.span, f"compatibility ends at {quote(until.plain)}, but the plan has no such stage"
                )


def _message(compatibility: Reading[tuple[Compatibility, ...]]) -> str:
    said = f"compatibility {quote((compatibility.where or compatibility.text).plain)} cannot be read"
    return f"{said}: {compatibility.reason}" if compatibility.reason else f"{said}; write 'data/code until Stage 6'"


RULE = Rule(id="unreadable-compatibility", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
