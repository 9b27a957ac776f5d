"""Read dates and ranges of dates, those of the calendar and those on a scale of their own ("Week 3", "T+2d").

Coarse dates and open ends keep all the days that they may be, so that only what cannot be is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.amounts import calendar_days
from lint_migration_plan.plan.values.date_reader import DateReader, Fault
from lint_migration_plan.plan.values.days import figures_order
from lint_migration_plan.plan.values.fold import LIMIT, folded
from lint_migration_plan.plan.values.placeholders import placeholders_in
from lint_migration_plan.plan.values.readings import unread, unreadable

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text


class Day(NamedTuple):
    """One end of a range: the first and the last day that it may be, on the scale of its range.

    On a calendar they are ordinals of days; a coarse date ("March 2026") may be any of its days, "by March" any before.
    """

    first: float
    last: float
    text: Text

    @property
    def precise(self) -> bool:
        """It is one day."""
        return self.first == self.last


class DateRange(NamedTuple):
    """A date or a range of dates; a single date is both its start and its end.

    ``scale`` is "calendar" for dates with a year; two ranges can be compared only where their scales are equal.
    """

    scale: str
    start: Day
    end: Day


def read_dates(text: Text, date_order: str | None = None) -> Reading[DateRange]:
    """Read a date or a range; ``date_order`` is "day-month", "month-day" or None, where 03/04/2026 is ambiguous."""
    if reading := unread(text):
        return reading
    string = folded(text)
    reader = DateReader(string, figures_order(string, date_order))
    found = reader.range(0)
    if found is None and (start := reader.inner_date()) is not None:
        found = reader.range(start)
    if found is None:
        return unreadable(text, "a length of time is no date" if calendar_days(string) else "")
    if isinstance(found, Fault):
        where = text.slice(found.start, found.end).strip()
        return unreadable(text, found.reason, where if where.plain != text.strip().plain else None)
    if found.start == found.end and next(placeholders_in(text.slice(0, LIMIT)), None) is not None:
        # "2026-03-14 – TBD": what is left open may be the end.
        return Reading(text, State.PLACEHOLDER)
    days = [Day(place.first, place.last, text.slice(place.start, place.end)) for place in (found.start, found.end)]
    return Reading(text, State.READ, DateRange(found.scale, *days))
