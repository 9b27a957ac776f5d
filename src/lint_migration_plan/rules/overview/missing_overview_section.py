"""Part of the overview that is missing.

## Why
The overview has five parts, and each answers a question that somebody will ask: where are we (From), where do we go
(To), why now (Motivation), when (Timeline), and when do we stop (Abort criteria). The guide, section Migration
overview, lists them. A plan without abort criteria goes on for as long as nobody dares to stop it.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12

### To
- Data: PostgreSQL 16

### Motivation
PostgreSQL 12 no longer gets security fixes.

### Timeline
- Total: 54 days
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12

### To
- Data: PostgreSQL 16

### Motivation
PostgreSQL 12 no longer gets security fixes.

### Timeline
- Total: 54 days

### Abort criteria
- the replication lag stays above 30 seconds for an hour
```

## Fix
Puts in the part as the guide's template has it, where it belongs among the others. It needs `--unsafe-fixes`, and what
it holds is reported as `placeholder-text` until somebody fills it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._overview import KINDS, is_begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

_HOLDS = {
    SectionKind.FROM: "the current state, one line per layer",
    SectionKind.TO: "the target state, one line per layer",
    SectionKind.MOTIVATION: "why the migration is needed, and why now",
    SectionKind.TIMELINE: "the dates of planning, execution, cutover and cleanup, and the total",
    SectionKind.ABORT: "a list of conditions that stop the migration",
}


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each missing part; a plan without any of them is left to missing-overview."""
    if not is_begun(plan):
        return
    for kind in KINDS:
        if plan.overview.section(kind) is None:
            from lint_migration_plan.rules._skeletons.parts import part_fix

            yield Violation(
                plan.head,
                f"the overview has no section '{kind.value}'; add '### {kind.value}' with {_HOLDS[kind]}",
                fix=part_fix(plan, kind),
            )


RULE = Rule(id="missing-overview-section", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
