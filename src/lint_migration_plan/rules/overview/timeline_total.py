"""Total that is not the span of the dates.

## Why
The total is what is told to those who do not read the dates. If it says eight weeks where the dates say twelve, one of
the two was not moved along when the plan slipped. It is the span from the first day to the last, both counted, and may
be off by one of the unit that it is written in. Hours are taken for work and not for days of the calendar.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 5 weeks
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 8 weeks
```
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.timeline import only_entry
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State
from lint_migration_plan.rules._wording import counted
from lint_migration_plan.rules.overview._timeline import STEPS, Step, early_steps, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.values.amounts import Duration

#: What one of each unit may be off, in days; shorter units are work and no span.
_TOLERANCE = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
#: Public holidays make working days longer than weekends do, by this part.
_HOLIDAYS = 0.25

#: The days that one step on a scale of the dates is.
_DAYS = {"calendar": 1, "calendar without year": 1, "day": 1, "week": 7}


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report a total that is no length of time, or not that of the dates where all of them are there and in order."""
    entry = only_entry(plan, "total")
    if entry is None or entry.duration is None:
        return
    total = entry.duration
    if total.state is State.UNREADABLE:
        where = total.where or total.text
        way_out = f": {total.reason}" if total.reason else "; write it as in '54 days' or '8 weeks'"
        yield Violation(where.span, f"total {quote(where.plain)} is no length of time{way_out}")
    found = steps(plan)
    if total.value is not None and len(found) == len(STEPS) and not early_steps(found):
        message = _difference(total.value, found)
        if message:
            first, last = _ends(found)
            places = (
                Place(first.dates.start.text.span, "the first day"),
                Place(last.dates.end.text.span, "the last day"),
            )
            yield Violation(total.text.span, f"total {quote(total.text.plain)} is {message}", places)


def _difference(total: Duration, found: Sequence[Step]) -> str:
    """Say how the total differs from the span of the dates, nothing where it may be that."""
    scales = {step.dates.scale for step in found}
    scale = scales.pop()
    if scales or scale not in _DAYS or total.unit not in _TOLERANCE:
        return ""
    one = _DAYS[scale]
    first, last = _ends(found)
    least = (max(step.dates.end.first for step in found) - min(step.dates.start.last for step in found) + 1) * one
    most = (max(step.dates.end.last for step in found) - min(step.dates.start.first for step in found) + 1) * one
    tolerance = _TOLERANCE[total.unit]
    longest = total.high + tolerance + (_HOLIDAYS * total.high if total.working else 0)
    if longest < least:
        comparison, days = "shorter than", least
    elif total.low - tolerance > most:
        comparison, days = "longer than", most
    else:
        return ""
    span = counted(math.ceil(days / one), "week" if scale == "week" else "day")
    return f"{comparison} the {span} from {quote(first.dates.start.text.plain)} to {quote(last.dates.end.text.plain)}"


def _ends(found: Sequence[Step]) -> tuple[Step, Step]:
    return min(found, key=lambda step: step.dates.start.first), max(found, key=lambda step: step.dates.end.last)


RULE = Rule(id="timeline-total", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
