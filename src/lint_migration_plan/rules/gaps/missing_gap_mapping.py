"""Plan without a Gap → Stage table.

## Why
A migration plan translates the gap map into stages. The guide, section Gap-to-stage mapping, has a table with a row
for each gap: how risky it is, what it takes, and which stage closes it. Without the table nobody can see which gaps
the stages leave open.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```

## Fix
Puts in the section, the table or a row as the guide's template has them. It needs `--unsafe-fixes`, and what they hold
is reported as `placeholder-text` until somebody fills it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._tables import place_without_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation where the plan has stages and no such section, no table in it, or no row in the table."""
    del options
    mapping = plan.mapping
    place = place_without_table(plan, mapping)
    if place is not None and mapping is None:
        message = "there is no section 'Gap → Stage Mapping'; add one that lists each gap with its stage"
        from lint_migration_plan.rules._skeletons.tables import table_fix

        yield Violation(place, message, fix=table_fix(plan, SectionKind.MAPPING))
    elif place is not None:
        message = "the section has no table; list the gaps in one, with Gap, Risk, Effort, Stage and Notes"
        from lint_migration_plan.rules._skeletons.tables import table_fix

        yield Violation(place, message, fix=table_fix(plan, SectionKind.MAPPING))
    elif plan.stages and mapping is not None and mapping.table is not None and not mapping.rows:
        message = "the table has no row; list each gap with the stage that closes it"
        from lint_migration_plan.rules._skeletons.tables import gap_row_fix

        yield Violation(mapping.table.header.span, message, fix=gap_row_fix(plan, mapping, mapping.table))


RULE = Rule(id="missing-gap-mapping", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
