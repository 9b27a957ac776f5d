"""Row for a gap that the gap map does not have.

## Why
The table assigns the gaps of the gap map to stages. A row whose gap is not in the map is one that was dropped or
renamed there, or one that came up later and that nobody put into the map: whoever counts what is left to close by the
map counts wrong.

Gaps are told by their identifiers ("GAP-03"), else by their words. Where the map has a gap without a row that this one
may be meant for, it is named, and `unmapped-gap` stays silent about it. A row that is struck out, or whose gap is not
applicable, is none of these. Where the map has not one of the table's gaps, that is said once.

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
| The driver is too old for the new protocol | low | 4h | Stage 1 | |
| Nightly reports read the old tables | medium | 1d | Stage 2 | |
```

The map is this file, `gaps.md`:

```markdown gaps.md
# Gap map

- The driver is too old for the new protocol
- Reports read the old tables
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
| The driver is too old for the new protocol | low | 4h | Stage 1 | |
| Reports read the old tables | medium | 1d | Stage 2 | the nightly ones |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Scope, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.gap_titles import is_struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.subject import GapMapUse, ReadGapMap
    from lint_migration_plan.plan.facts.gap_matching import Stale


def check(use: GapMapUse, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each row with a gap that the map surely has not; one for all where it has none of them."""
    del options
    read = use.read
    if isinstance(read, str):
        return
    stale = [each for each in read.matching.stale if _is_stale(each, read)]
    if read.matching.is_apart and len(stale) > 1:
        yield _apart(stale, use.name, read)
    else:
        yield from (_violation(each, use.name, read) for each in stale)


def _is_stale(stale: Stale, read: ReadGapMap) -> bool:
    if stale.near is not None:
        return True
    exemption = stale.row.row.exemption
    not_applicable = exemption is not None and exemption.kind == "not applicable"
    # A row of the map that cannot be read may have this gap.
    return read.gap_map.complete and not (stale.named or not_applicable or is_struck(stale.row.gap))


def _violation(stale: Stale, name: str, read: ReadGapMap) -> Violation:
    said = f"gap {quote(stale.text.plain)} is not in the gap map"
    if stale.near is not None:
        place = Place(stale.near.text.span, "this gap has no row", file=read.file)
        return Violation(stale.text.span, f"{said}; did you mean {quote(stale.near.name)}?", (place,))
    place = Place(Span(0, 0), "the gap map", file=read.file)
    return Violation(stale.text.span, f"{said} {quote(name)}; add it there, or drop it here", (place,))


def _apart(stale: Sequence[Stale], name: str, read: ReadGapMap) -> Violation:
    message = (
        f"none of the {len(stale)} gaps of the table is in the gap map {quote(name)}; name the map that they are from, "
        "or let both say the same"
    )
    others = (Place(each.text.span, "nor is this one") for each in stale[1:])
    return Violation(stale[0].text.span, message, (Place(Span(0, 0), "the gap map", file=read.file), *others))


RULE = Rule(
    id="stale-gap", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check, scope=Scope.GAP_MAP
)
