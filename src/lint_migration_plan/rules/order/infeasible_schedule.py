"""Stages that do not fit between the start of the execution and the cutover.

## Why
Dates are promised to people who do not read the efforts. Stages that need one another run one after the other, so the
longest chain of them must fit into the working days between the start of the execution and the cutover, both counted.
Where it does not, the cutover slips, or something is left out on the last night. Every doubt is the plan's: of a range
of efforts the low end counts and of coarse dates the outermost days, stages that can run side by side are not added up,
and neither is what comes after the switch, what only watches, and what several people share. `hours-per-day` and
`working-days` in the configuration say how a team works.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Execution: 2026-03-16 to 2026-03-20
- Cutover: 2026-03-20

### Stage 1 — Set up the instance

**Estimated effort**: 2d
**Dependencies**: none

### Stage 2 — Copy the orders

**Estimated effort**: 6-8d
**Dependencies**: Stage 1
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Execution: 2026-03-16 to 2026-03-27
- Cutover: 2026-03-27

### Stage 1 — Set up the instance

**Estimated effort**: 2d
**Dependencies**: none

### Stage 2 — Copy the orders

**Estimated effort**: 6-8d
**Dependencies**: Stage 1
```
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.schedule import shortfall
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.working_time import last_working_day
from lint_migration_plan.rules._wording import counted
from lint_migration_plan.rules.order._chain import MOST_SHOWN, chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.schedule import Shortfall, Work
    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report the cutover that comes before the longest chain of efforts can be over."""
    del options
    short = shortfall(plan)
    if short is not None:
        related = [Place(short.window.start.text.span, "the execution starts here")]
        related += _efforts(short.work)
        message = f"{_needed(plan, short.work)}, and {_given(short)}; {_way_out(plan, short)}"
        yield Violation(short.window.end.text.span, message, tuple(related))


def _needed(plan: Plan, work: Work) -> str:
    vocabulary = plan.vocabulary
    days = math.ceil(work.total / vocabulary.hours_per_day * 10 - 1e-6) / 10
    verb = "needs" if len(work.stages) == 1 else "need"
    a_day = _hours(vocabulary.hours_per_day)
    return f"{chain(work.stages)} {verb} at least {_sum(work)} ({_days(days)} of {a_day})"


def _sum(work: Work) -> str:
    total = _hours(work.total)
    if not 1 < len(work.hours) <= MOST_SHOWN:
        return total
    return f"{' + '.join(map(_hours, work.hours))} = {total}"


def _given(short: Shortfall) -> str:
    window, hours = short.window, _hours(short.hours)
    if window.time.exact:
        return f"from {quote(window.start.text.plain)} to {quote(window.end.text.plain)} there are {hours}"
    begin, until = quote(window.begin.plain), quote(window.until.plain)
    span = f"from the start of {begin} to the end of {until}" if begin != until else f"in {begin}"
    return f"{span} there are at most {hours}"


def _way_out(plan: Plan, short: Shortfall) -> str:
    day = ""
    if short.window.time.exact:
        days = math.ceil(short.work.total / plan.vocabulary.hours_per_day - 1e-6)
        day = last_working_day(short.window.start, days, plan.vocabulary.working_days)
    later = f"move the cutover to {day}" if day else "move the cutover"
    less = "let stages run side by side" if len(short.work.stages) > 1 else "make the stage smaller"
    return f"{later}, start earlier, or {less}"


def _efforts(work: Work) -> Iterator[Place]:
    for stage, hours in zip(work.stages, work.hours, strict=True):
        if stage.effort is not None:
            yield Place(stage.effort.text.span, f"{_hours(hours)} of {_hours(work.total)}")


def _days(days: float) -> str:
    return counted(1, "working day") if days == 1 else f"{days:g} working days"


def _hours(hours: float) -> str:
    return f"{round(hours, 1):g}h"


RULE = Rule(id="infeasible-schedule", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
