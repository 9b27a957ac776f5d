"""The entries of a timeline that can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan, TimelineEntry
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.dates import DateRange


def only_entry(plan: Plan, name: str) -> TimelineEntry | None:
    """Find an entry that stands once in the timeline."""
    entries = [entry for entry in plan.overview.timeline if entry.name == name]
    return entries[0] if len(entries) == 1 else None


def dates_of(plan: Plan, name: str) -> DateRange | None:
    """Give the dates of an entry; None where they could not be read, or where it stands twice."""
    reading = reading_of(plan, name)
    return reading.value if reading is not None else None


def reading_of(plan: Plan, name: str) -> Reading[DateRange] | None:
    """Give what could be read of the dates of an entry; None where it is missing or stands twice."""
    entry = only_entry(plan, name)
    return entry.dates if entry is not None else None
