"""Gap that no stage closes, without a reason.

## Why
"All gaps must be assigned", says the guide, section Gap-to-stage mapping: "If a gap isn't addressed, document why
(accepted risk, deferred, not applicable)". A gap without a stage and without a reason is either forgotten or decided
by somebody who is not there when it bites. The bare word is no reason: say why, in Stage or in Notes.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | — | |
| Reports read the old tables | low | 2h | — | Deferred |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| Reports read the old tables | low | 2h | — | Deferred: the reports move to the warehouse in May |
```
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gaps import empty_cells, gap_rows, gap_title, is_unassigned
from lint_migration_plan.rules._tables import said_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import GapMapping, GapRow, Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each gap without a stage that lacks a reason; one that lacks more is another matter."""
    del options
    mapping = plan.mapping
    if mapping is not None and not _may_be_elsewhere(mapping):
        rows = gap_rows(plan)
        unassigned = [row for row in rows if is_unassigned(row) and not empty_cells(row, mapping)]
        yield from said_once(len(rows), [(row.exemption is None, _violation(row)) for row in unassigned])


def _may_be_elsewhere(mapping: GapMapping) -> bool:
    """Say whether the reasons may stand under another name: no column is Notes, and one stands twice."""
    names = Counter(column.name for column in mapping.columns if column.name)
    return "Notes" not in names and max(names.values(), default=0) > 1


def _violation(row: GapRow) -> Violation:
    place = row.stage or row.gap
    return Violation(place.span if place else row.row.span, _message(row))


def _message(row: GapRow) -> str:
    if row.exemption is not None:
        return f"{gap_title(row)} is '{row.exemption.kind}' and does not say why; add the reason"
    reasons = "accepted risk, deferred or not applicable, and why"
    if row.notes:
        said = f"{gap_title(row)} has no stage, and its note begins with no reason"
        return f"{said}; name the stage that closes it, or begin with {reasons}"
    return f"{gap_title(row)} has no stage and no reason; name the stage that closes it, or say in Notes: {reasons}"


RULE = Rule(id="unassigned-gap", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
