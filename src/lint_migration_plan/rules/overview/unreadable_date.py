"""Date in the timeline that is none.

## Why
A date is what people book rooms and cancel holidays by. One that no calendar has, a range that ends before it starts,
or "soon" is a date that nobody agreed on. Dates are read in many forms, `2026-04-11`, "11 April 2026", "April 2026",
"Q2 2026", "Week 3"; where 03/04/2026 may be either of two days, `date-order` in the configuration says which.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-02-16 to 2026-02-30
- Execution: 2026-03-16 to 2026-04-10
- Cutover: as soon as possible
- Cleanup: 2026-04-24 to 2026-04-13
- Total: 54 days
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 54 days
```
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

#: A step that this migration does not have, with the reason why.
_EXPLAINED = LazyPattern(r"\W*(?:n\s?/\s?a|not applicable|none)\b\W+\w.*", re.IGNORECASE | re.DOTALL)


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report the dates of planning, execution, cutover and cleanup that could not be read."""
    for entry in plan.overview.timeline:
        reading = entry.dates
        if reading is None or reading.state is not State.UNREADABLE or _EXPLAINED.fullmatch(reading.text.plain):
            continue
        where = reading.where or reading.text
        way_out = f": {reading.reason}" if reading.reason else "; write it as in 2026-03-14 or 2026-03-14 to 2026-03-20"
        yield Violation(where.span, f"{quote(where.plain)} cannot be read as a date{way_out}")


RULE = Rule(id="unreadable-date", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
