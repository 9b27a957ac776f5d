"""Fields of a stage in another order than the guide's.

## Why
Where every stage has its fields in the same order, a reader finds the rollback without reading, and a missing field
leaves a hole that is seen. The guide, section Stage definitions, goes from what changes to whether the way back was
tested.

## Bad
```markdown
### Stage 1 — Raise the file limits

**Risk**: low
**Dependencies**: none
**Estimated effort**: 1h
```

## Good
```markdown
### Stage 1 — Raise the file limits

**Risk**: low
**Estimated effort**: 1h
**Dependencies**: none
```

## Fix
Moves each field whole, with the list or the text below it. It needs `--unsafe-fixes`: a list may speak of what stands
above it. Fields stay where they are when something else stands between them that may belong to one of them, and a line
does not go below a sub-heading of another field, to which it would belong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import REQUIRED_FIELDS
from lint_migration_plan.rules._habit import habit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Field, Plan, Stage
    from lint_migration_plan.plan.terms import FieldName


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for a plan, at the first field that comes too late."""
    del options
    found = [(stage, pair) for stage in plan.stages for pair in _out_of_order(stage)]
    if found:
        messages = [
            f"{quote(late.label.plain)} stands behind {quote(before.label.plain)}; the guide has it before"
            for _, (before, late) in found
        ]
        from lint_migration_plan.rules.stages._field_order import order_fix

        fixes = [order_fix(plan, stage) for stage, _ in found]
        yield habit(messages, [late.label.span for _, (_, late) in found], fixes=fixes)


def _out_of_order(stage: Stage) -> Iterator[tuple[Field, Field]]:
    """Find the first field of a stage that stands behind one that should follow it, and the first such one."""
    firsts: dict[FieldName, Field] = {}
    for field in stage.fields:
        # Compatibility is no field of the guide's list, and may stand anywhere.
        if field.name in REQUIRED_FIELDS and not field.nested:
            firsts.setdefault(field.name, field)
    for place, field in enumerate(firsts.values()):
        earlier = list(firsts.values())[:place]
        order = REQUIRED_FIELDS.index(field.name)
        before = next((other for other in earlier if REQUIRED_FIELDS.index(other.name) > order), None)
        if before is not None:
            yield before, field
            return


RULE = Rule(id="unordered-stage-fields", doc=__doc__ or "", severity=Severity.INFO, options=NoOptions, check=check)
