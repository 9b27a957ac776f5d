"""Gap → Stage table whose columns are not the guide's.

## Why
The guide, section Gap-to-stage mapping, has five columns: Gap, Risk, Effort, Stage and Notes. Without one of them a
gap cannot be weighed, planned or traced, and nothing that rests on that column can be checked. A column more is fine,
and so is another order. Two columns are exchanged where all risks stand below "Effort" and all efforts below "Risk",
and so are three whose names go round, and "Gap" and "Stage" where all that stands below "Gap" are stages. A team that
writes another word for "Stage" can name it in its configuration, as `vocabulary.stage-words`.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Efort | Stage |
|-----|------|-------|-------|
| The driver is too old | low | 4h | Stage 1 |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```

## Fix
A column under another name is given the guide's, unless the plan is in another language. A column that is missing,
doubled or exchanged is left to the author: no tool knows what its cells should hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.exchanged_columns import exchanged_columns
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.tables import GAP_COLUMNS
from lint_migration_plan.rules._tables import column_violations
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Column, Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for what is missing, one for what is exchanged, and one for each doubled or misspelled."""
    del options
    mapping = plan.mapping
    if mapping is not None and mapping.table is not None:
        exchanged = exchanged_columns(plan)
        if exchanged:
            yield _exchange(exchanged)
        yield from column_violations(mapping.table, mapping.columns, GAP_COLUMNS, plan)


def _exchange(columns: Sequence[Column]) -> Violation:
    names = listed([quote(column.text.plain) for column in columns])
    first, *others = columns
    other = "the other" if len(others) == 1 else "another"
    message = f"columns {names} are exchanged: the cells of each are those of {other}; exchange their names"
    places = tuple(Place(column.text.span, f"{other} one") for column in others)
    return Violation(first.text.span, message, places)


RULE = Rule(id="gap-table-columns", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
