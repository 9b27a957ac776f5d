"""Gap that stands twice in the table.

## Why
Each gap is closed once. Where it stands in two rows, its effort counts twice, and the two rows may name different
stages, of which each leaves it to the other. A gap that needs two stages names both in one row.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| The **driver** is too old | low | 2h | Stage 2 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 6h | Stage 1, Stage 2 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import gap_key, gap_rows
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for each gap that has more than one row, at the second."""
    del options
    rows: dict[str, list[Text]] = {}
    for row in gap_rows(plan):
        key = gap_key(row.gap)
        if row.gap is not None and key:
            rows.setdefault(key, []).append(row.gap)
    for first, *others in rows.values():
        if others:
            times = f"{len(others) + 1} times" if others[1:] else "twice"
            message = f"gap {quote(first.plain)} stands {times}; give it one row that names all its stages"
            places = [Place(first.span, "the first row"), *(Place(gap.span, "and here") for gap in others[1:])]
            yield Violation(others[0].span, message, tuple(places))


RULE = Rule(id="duplicate-gap", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
