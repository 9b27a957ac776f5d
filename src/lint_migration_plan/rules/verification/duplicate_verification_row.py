"""Stage with two rows in the verification table.

## Why
Whoever runs a stage looks for its row and takes the first: what the second asks for is not done. A row may hold
several tests; a row about several stages ("1-3") may stand beside those of each.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests are green | An order placed by hand | Old driver deployed in staging |
| Stage 1 | Load test is green | Log read for warnings | Old driver deployed in staging |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| 1 | Driver tests and load test are green | Log read for warnings | Old driver deployed in staging |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.verification import covered_labels, verification_rows
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each stage that has more rows than the plan has stages of its number."""
    del options
    cells: dict[frozenset[str], list[Text]] = {}
    for row in verification_rows(plan):
        labels = frozenset(covered_labels(row))
        if labels and row.stage is not None:
            cells.setdefault(labels, []).append(row.stage)
    for labels, (first, *others) in cells.items():
        # Two stages of one number are another rule's; each of them has its row.
        stages = [len(plan.stages_by_label.get(label, ())) for label in labels]
        if len(others) >= (max(1, *stages) if len(labels) == 1 else 1):
            times = f"{len(others) + 1} rows" if others[1:] else "two rows"
            places = [Place(first.span, "the first row"), *(Place(cell.span, "and here") for cell in others[1:])]
            message = f"{quote(others[0].plain)} has {times}; join them, or give each stage its own"
            yield Violation(others[0].span, message, tuple(places))


RULE = Rule(id="duplicate-verification-row", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
