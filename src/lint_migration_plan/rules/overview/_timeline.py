"""The dates of a timeline as far as they can be compared."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan, TimelineEntry
    from lint_migration_plan.plan.values.dates import DateRange

#: The entries with dates, in the order in which they follow one another.
STEPS = ("planning", "execution", "cutover", "cleanup")


class Step(NamedTuple):
    """An entry with its dates."""

    name: str
    dates: DateRange


def steps(plan: Plan) -> list[Step]:
    """Give the entries whose dates were read, in the guide's order; one that stands twice has no dates to rely on."""
    found = []
    for name in STEPS:
        entry = only_entry(plan, name)
        if entry is not None and entry.dates is not None and entry.dates.value is not None:
            found.append(Step(name, entry.dates.value))
    return found


def only_entry(plan: Plan, name: str) -> TimelineEntry | None:
    """Find an entry that stands once in the timeline."""
    entries = [entry for entry in plan.overview.timeline if entry.name == name]
    return entries[0] if len(entries) == 1 else None


def early_steps(found: list[Step]) -> list[tuple[Step, Step]]:
    """Pair each step that starts before the one that it follows with that one.

    Only dates on one scale are compared, and a coarse date ("March 2026") only where none of its days would do.
    """
    early = []
    for before, step in pairwise(found):
        if step.dates.scale == before.dates.scale and step.dates.start.last < before.dates.start.first:
            early.append((step, before))
    return early
