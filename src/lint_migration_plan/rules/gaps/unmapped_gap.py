"""Gap of the gap map that has no row in the table.

## Why
The guide, section Gap-to-stage mapping: "For each gap in your gap map, assign it to a stage", and "All gaps must be
assigned. If a gap isn't addressed, document why". A gap that stands in the gap map alone is closed by nobody, and
nobody said so. The gap map is the file that front matter or the configuration names as `gap-map`, or the one that a
link in the section leads to.

Gaps are told by their identifiers ("GAP-03"), else by their words. A gap that the map calls closed, or says why it
stays, needs no row, nor does one that the section speaks of beside the table. Where a row may be meant for the gap and
has other words, or no row at all is for a gap of the map, `stale-gap` alone speaks of it.

## Bad
```markdown
---
migration-plan:
  gap-map: gaps.md
---

## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| GAP-01: The driver is too old | low | 4h | Stage 1 | |
```

The map is this file, `gaps.md`:

```markdown gaps.md
# Gap map

| ID | Gap | Risk | Effort |
|----|-----|------|--------|
| GAP-01 | The driver is too old | low | 4h |
| GAP-02 | Reports read the old tables | medium | 1d |
```

## Good
```markdown
---
migration-plan:
  gap-map: gaps.md
---

## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| GAP-01: The driver is too old | low | 4h | Stage 1 | |
| GAP-02: Reports read the old tables | medium | 1d | — | Deferred: the reports move to the warehouse in May |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Scope, Severity, Violation
from lint_migration_plan.plan.facts.gaps import are_all_rows_read
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.subject import GapMapUse
    from lint_migration_plan.plan.facts.gap_matching import Missing
    from lint_migration_plan.plan.gap_map_forms import MapGap

#: So many gaps are named in the message; the related places have them all.
_FEW = 3


def check(use: GapMapUse, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for all gaps of the map that have no row, at the section that should have them."""
    del options
    mappings = [plan.mapping for plan in use.plans if plan.mapping is not None and plan.mapping.rows]
    if isinstance(use.read, str) or not mappings or not all(map(are_all_rows_read, use.plans)):
        return
    if use.read.matching.is_apart:
        # It is the wrong map, or a renamed one: `stale-gap` alone speaks of that.
        return
    gaps = [each.gap for each in use.read.matching.missing if _needs_row(each)]
    if gaps:
        places = tuple(Place(gap.text.span, quote(gap.name), file=use.read.file) for gap in gaps)
        yield Violation(mappings[0].section.span, _message(gaps), places)


def _needs_row(missing: Missing) -> bool:
    gap = missing.gap
    return not (missing.near or missing.named or gap.closed or gap.exemption)


def _message(gaps: Sequence[MapGap]) -> str:
    names = [quote(gap.name) for gap in gaps[:_FEW]]
    if len(gaps) == 1:
        said = f"gap {names[0]} of the gap map has no row in the table; give it one"
    else:
        more = len(gaps) - _FEW
        others = [f"{more} {'other' if more == 1 else 'others'}"] if more > 0 else []
        said = f"{len(gaps)} gaps of the gap map have no row in the table: {listed([*names, *others])}; give each one"
    return f"{said}, with its stage or the reason why there is none"


RULE = Rule(
    id="unmapped-gap", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check, scope=Scope.GAP_MAP
)
