"""Layer that stands in From and not in To, or the reverse.

## Why
A layer that has a start and no end was forgotten, or goes away without anybody saying so; one that has an end and no
start has stages that nobody can check for completeness. A layer that stays as it is may stand on both sides alike, and
one that is new may start as "none".

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12
- Config: connection strings in a file

### To
- Data: PostgreSQL 16
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12
- Config: connection strings in a file

### To
- Data: PostgreSQL 16
- Config: connection strings in the secret store
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._overview import only_section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Plan, PlanSection, StateLine


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report layers of one side only; where a line has no layer, that layer may be the one that is missed."""
    start, end = only_section(plan, SectionKind.FROM), only_section(plan, SectionKind.TO)
    old, new = plan.overview.from_lines, plan.overview.to_lines
    if start is None or end is None or not old or not new or not all(line.layers for line in (*old, *new)):
        return
    yield from _unmatched(start, old, end, new)
    yield from _unmatched(end, new, start, old)


def _unmatched(
    here: PlanSection, lines: Sequence[StateLine], there: PlanSection, others: Sequence[StateLine]
) -> Iterator[Violation]:
    known = {layer for line in others for layer in line.layers}
    for line in lines:
        for layer in line.layers:
            if layer not in known:
                known.add(layer)
                yield Violation(
                    (line.label or line.text).span,
                    f"layer {layer} stands in {here.kind.value} and not in {there.kind.value}; add a line for it there",
                    (Place(there.span, "it is missing here"),),
                )


RULE = Rule(id="unmatched-state", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
