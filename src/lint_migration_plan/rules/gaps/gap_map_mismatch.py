"""Gap whose risk or effort differs between the gap map and the table.

## Why
The table takes risk and effort of a gap over from the gap map. Where the two differ, one was corrected and the other
was not: the stages are ordered by the risks and timed by the efforts of the table, and nobody knows whether these are
the right ones. Efforts differ where they have no amount of time in common: "2-4h" in the map and "3h" in the table are
fine, and so are "2d" and "16h". The work of several people is not compared with that of one.

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
| GAP-02: Reports read the old tables | low | 1d | Stage 2 | |
```

The map is this file, `gaps.md`:

```markdown gaps.md
# Gap map

| ID | Gap | Risk | Effort |
|----|-----|------|--------|
| GAP-01 | The driver is too old | low | 2-4h |
| GAP-02 | Reports read the old tables | high | 8h |
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
| GAP-02: Reports read the old tables | high | 1d | Stage 2 | |
```
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Scope, Severity, Violation
from lint_migration_plan.plan.facts.gaps import gap_title
from lint_migration_plan.plan.facts.schedule import is_one_persons_work
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.fold import folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.rule import OtherFile
    from lint_migration_plan.lint.subject import GapMapUse
    from lint_migration_plan.plan.facts.gap_matching import Pair
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.amounts import Effort

#: What says of an amount that it may as well be another one, and how many times as much or as little it may be.
_ABOUT = LazyPattern(r"[~≈±]|\b(?:about|approx\w*|around|ca|circa|roughly|some|etwa|environ|примерно)\b")
_BLUR = 2
#: Sums of fractions of an hour are not exact.
_NOTHING = 1e-6


def check(use: GapMapUse, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each risk and each effort that the map gives otherwise."""
    del options
    if isinstance(use.read, str):
        return
    pairs = use.read.matching.pairs
    # A row for several gaps has the risk and the effort of all of them.
    gaps = Counter(id(pair.row) for pair in pairs)
    for pair in pairs:
        if gaps[id(pair.row)] == 1 and not pair.gap.closed:
            yield from _violations(pair, use.read.file)


def _violations(pair: Pair, file: OtherFile) -> Iterator[Violation]:
    row, gap = pair.row.row, pair.gap
    if row.risk and gap.risk and _are_read(row.risk, gap.risk) and row.risk.value != gap.risk.value:
        yield _violation(pair, "risk", row.risk, gap.risk, file)
    if row.effort and gap.effort and _are_read(row.effort, gap.effort) and _are_apart(row.effort, gap.effort):
        yield _violation(pair, "effort", row.effort, gap.effort, file)


def _are_read(here: Reading[Any], there: Reading[Any]) -> bool:
    return here.state is State.READ and there.state is State.READ


def _are_apart(here: Reading[Effort], there: Reading[Effort]) -> bool:
    """Say whether two efforts have no amount of time in common, and are of one kind."""
    if is_one_persons_work(here.text) != is_one_persons_work(there.text):
        return False
    (low, high), (least, most) = _bounds(here), _bounds(there)
    return high < least - _NOTHING or most < low - _NOTHING


def _bounds(effort: Reading[Effort]) -> tuple[float, float]:
    low, high = (effort.value.low, effort.value.high) if effort.value else (0, 0)
    return (low / _BLUR, high * _BLUR) if _ABOUT.search(folded(effort.text)) else (low, high)


def _violation(pair: Pair, what: str, here: Reading[Any], there: Reading[Any], file: OtherFile) -> Violation:
    said, other = quote(here.text.plain), quote(there.text.plain)
    message = f"{gap_title(pair.row.row)} has {what} {said} here and {other} in the gap map; let both say the same"
    return Violation(here.text.span, message, (Place(there.text.span, f"its {what} in the gap map", file=file),))


RULE = Rule(
    id="gap-map-mismatch",
    doc=__doc__ or "",
    severity=Severity.WARNING,
    options=NoOptions,
    check=check,
    scope=Scope.GAP_MAP,
)
