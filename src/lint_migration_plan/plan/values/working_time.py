"""Count the days that can be worked from one date to another, both counted, with the benefit of every doubt.

Coarse dates are taken at their widest. A first or last day that nobody usually works, such as the Saturday of a
cutover, is worked on where it is named, and so is the rest of that weekend. Public holidays are not known here.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.days import CALENDAR, NO_YEAR

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from lint_migration_plan.plan.values.dates import Day

_WEEK = 7
#: A month has four weeks, and at most this many days more.
_WEEKS_A_MONTH, _MORE_DAYS = 4, 3
#: How many months the longer units of a relative scale have.
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: So few days may be worked through by shifts: a night, or a weekend with the days around it.
_NIGHT, _LONG_WEEKEND = 2, 4
#: No plan is so long; behind it no date is told.
_MOST_DAYS = 3650


class WorkingTime(NamedTuple):
    """The days to work on, at most.

    ``exact`` is True where both ends are days of the calendar. ``nonstop`` are the hours that there are where the time
    is so short that it may be worked through by day and by night, else 0.
    """

    days: int
    exact: bool
    nonstop: float


def working_time(start: Day, end: Day, scale: str, weekdays: AbstractSet[int]) -> WorkingTime | None:
    """Count the working days from a date to another on one scale; ``weekdays`` are those worked on, 0 for Monday.

    None where it cannot be told: an open end, an end before the start, a scale whose unit has no fixed length.
    """
    if not (math.isfinite(start.first) and math.isfinite(end.last)) or end.last < start.first:
        return None
    units = math.floor(end.last) - math.floor(start.first) + 1
    exact = scale == CALENDAR and start.precise and end.precise
    if scale == CALENDAR:
        return _on_calendar(start, end, weekdays)._replace(exact=exact)
    if scale == NO_YEAR:
        # The weekdays are not known: each part of a week may be the best of it, and a weekend may begin and end it.
        weeks, rest = divmod(units, _WEEK)
        most = weeks * len(weekdays) + min(rest, len(weekdays)) + _WEEK - len(weekdays)
        return WorkingTime(min(most, units), exact, _nonstop(units, _LONG_WEEKEND))
    if scale == "week":
        return WorkingTime(units * len(weekdays), exact, 0)
    if scale in _MONTHS:
        most = _WEEKS_A_MONTH * len(weekdays) + min(len(weekdays), _MORE_DAYS)
        return WorkingTime(units * _MONTHS[scale] * most, exact, 0)
    if scale == "day" or scale.startswith("from "):
        # "Day 10" may well be the tenth working day.
        return WorkingTime(units, exact, _nonstop(units, _NIGHT))
    return None


def last_working_day(start: Day, days: int, weekdays: AbstractSet[int]) -> str:
    """Give the day, as in 2026-03-14, on which so many working days from a day of the calendar on are over.

    Empty where that is too far away to tell.
    """
    if days > _MOST_DAYS:
        return ""
    day = int(start.first)
    left = days - _idle(day, 1, weekdays)
    if left <= 0:
        return date.fromordinal(day + days - 1).isoformat()
    while left := left - (_weekday(day) in weekdays):
        day += 1
    return date.fromordinal(day).isoformat()


def _on_calendar(start: Day, end: Day, weekdays: AbstractSet[int]) -> WorkingTime:
    first, last = int(start.first), int(end.last)
    units = last - first + 1
    weeks, rest = divmod(units, _WEEK)
    usual = weeks * len(weekdays) + sum(_weekday(first + day) in weekdays for day in range(rest))
    before = _idle(first, 1, weekdays) if start.precise else 0
    behind = _idle(last, -1, weekdays) if end.precise else 0
    nonstop = _nonstop(units, _LONG_WEEKEND if usual < units else _NIGHT)
    return WorkingTime(min(usual + before + behind, units), exact=False, nonstop=nonstop)


def _idle(day: int, step: int, weekdays: AbstractSet[int]) -> int:
    """Count the days in a row, from one on, that are usually not worked on."""
    return next(count for count in range(_WEEK) if _weekday(day + count * step) in weekdays)


def _weekday(day: int) -> int:
    return (day - 1) % _WEEK


def _nonstop(units: int, most: int) -> float:
    return 24.0 * units if units <= most else 0
