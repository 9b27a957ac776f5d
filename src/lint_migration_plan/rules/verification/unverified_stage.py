"""Stage without a row in the verification table.

## Why
"Each stage must have a verification", says the guide, section Verification strategy. A stage without a row is declared
done when its steps are, and the next one builds on it. A row may be about several stages ("1-3").

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

### Stage 2 — Switch the connections

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

### Stage 2 — Switch the connections

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
| 2 | Connection tests are green | Connections read on the server | Old string deployed in staging |
```

## Fix
Adds a row behind that of the stage before, which names its stage as that one does. It needs `--unsafe-fixes`, and what
the row holds is reported as `placeholder-text` until somebody fills it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import is_whole
from lint_migration_plan.plan.facts.verification import covered_labels, is_about_whole, verification_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, VerificationTable


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage that no row is about; one for all of them where there is no row."""
    del options
    part = plan.verification
    if part is None or part.table is None or not plan.stages or not is_whole(plan, part):
        return
    if all(column.name != "Stage" for column in part.columns):
        return
    if not part.rows:
        from lint_migration_plan.rules._skeletons.tables import row_fixes

        _, fix = next(row_fixes(plan, part, part.table, plan.stages))
        yield Violation(part.table.header.span, "the table has no row; give each stage one", fix=fix)
        return
    covered = {label for row in verification_rows(plan) for label in covered_labels(row)}
    missing = [stage for stage in plan.stages if stage.label not in covered]
    # A row that is about no stage, or about one that has a row, is most likely meant for one of these.
    if len(missing) <= _strays(plan, part):
        return
    from lint_migration_plan.rules._skeletons.tables import row_fixes

    for stage, fix in row_fixes(plan, part, part.table, missing):
        message = f"{stage.title} has no row in the verification table; say how it is tested, checked and undone"
        yield Violation(stage.heading.span, message, (Place(part.section.span, "the verification table"),), fix=fix)


def _strays(plan: Plan, part: VerificationTable) -> int:
    """Count the rows that may be meant for another stage than they say."""
    known = {stage.label for stage in plan.stages}
    strays = 0
    taken: set[str] = set()
    for row in part.rows:
        labels = set(covered_labels(row))
        if not is_about_whole(row) and (not labels or labels <= taken or not labels <= known):
            strays += 1
        taken |= labels
    return strays


RULE = Rule(id="unverified-stage", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
