"""Rollback test in the table that disagrees with the stage's own field.

## Why
A stage says under "Rollback tested" whether its way back was tried, and the table says how. Where the stage says "yes"
and the table names no test, nobody tried it. Where the stage says "N/A" and the table names a test, there is something
to undo, and the field should say whether that works.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
**Rollback tested**: yes

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | not tested yet |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low
**Rollback tested**: yes

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.verification import (
    covered_labels,
    names_test,
    rollback_answer,
    says_untested,
    verification_rows,
)
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.choices import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each rollback test that disagrees with the field of its stage."""
    del options
    for row in verification_rows(plan):
        test, answer = row.rollback_test, rollback_answer(plan, row)
        if not test or plan.verification is None or len(row.row.cells) > len(plan.verification.columns):
            continue
        stages = [stage for label in covered_labels(row) if (stage := plan.stage(label)) is not None]
        places = tuple(
            Place(stage.rollback_tested.text.span, f"what {stage.title} says itself")
            for stage in stages
            if stage.rollback_tested is not None
        )
        if answer is Answer.YES and says_untested(test):
            said = f"{stages[0].title} says 'yes' under Rollback tested, and the table {quote(test.plain)}"
            yield Violation(test.span, f"{said}; name the test that was done", places)
        elif answer is Answer.NOT_APPLICABLE and names_test(test):
            said = (
                f"{stages[0].title} says 'N/A' under Rollback tested, and the table names a test: {quote(test.plain)}"
            )
            yield Violation(test.span, f"{said}; answer 'yes' or 'no' there, or write 'N/A' here", places)


RULE = Rule(id="rollback-test-mismatch", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
