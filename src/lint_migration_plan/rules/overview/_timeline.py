"""The dates of a timeline as far as they can be compared."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.timeline import dates_of

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.values.dates import DateRange

#: The entries with dates, in the order in which they follow one another.
STEPS = ("planning", "execution", "cutover", "cleanup")


class Step(NamedTuple):
    """An entry with its dates."""

    name: str
    dates: DateRange


def steps(plan: Plan) -> list[Step]:
    """Give the entries whose dates were read, in the guide's order; one that stands twice has no dates to rely on."""
    read = ((name, dates_of(plan, name)) for name in STEPS)
    return [Step(name, dates) for name, dates in read if dates is not None]


def early_steps(found: list[Step]) -> list[tuple[Step, Step]]:
    """Pair each step that starts before the one that it follows with that one.

    Only dates on one scale are compared, and a coarse date ("March 2026") only where none of its days would do.
    """
    early = []
    for before, step in pairwise(found):
        if step.dates.scale == before.dates.scale and step.dates.start.last < before.dates.start.first:
            early.append((step, before))
    return early
