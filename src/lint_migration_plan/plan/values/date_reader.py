"""Read the date or range that a string begins with, or holds.

A date may be written in many ways, and a range may be shortened ("March 3-7, 2026"). Behind the first date that is
complete an explanation may follow; only a word such as "to" promises a second one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from lint_migration_plan.plan.values.amounts import calendar_days
from lint_migration_plan.plan.values.date_words import (
    ALSO,
    BEFORE,
    CANDIDATE,
    CLEAN_END,
    FIRST_DAY,
    LAST_DAY,
    LAST_MONTH_DAY,
    LAST_WEEK,
    LENGTH,
    OPENS,
    PROMISE,
    SINCE_BEHIND,
    TIME,
    TO,
    UNTIL_BEHIND,
    WEEKDAY_BEHIND,
    YEAR_BEHIND,
)
from lint_migration_plan.plan.values.days import CALENDAR, MONTHS, NO_YEAR, Ambiguous, Parts, parts_at
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.relative_days import RelativeDay, relative_at, same_scale

_NOTE = LazyPattern(r"\s*\([^()]{0,60}\)", needs=("(",))
#: A range without years that seems to run backwards goes on into the next year, but for no more than half a year.
_HALF_A_YEAR = 183
_NO_SUCH_DATE = "no calendar has this date"
_BACKWARDS = "it ends before it starts"
#: How far "around" may be off, in days.
_ROUGHLY = 3


class Place(NamedTuple):
    """One end of a range with its place in the string."""

    first: float
    last: float
    start: int
    end: int


class Found(NamedTuple):
    """A date or range; a single date is both of its ends."""

    scale: str
    start: Place
    end: Place


class Fault(NamedTuple):
    """A date that does not exist, or may be two: where it stands, and why."""

    start: int
    end: int
    reason: str


#: A date on the calendar, or on a scale of its own.
Date = Parts | RelativeDay


class Point(NamedTuple):
    """A date, and which kinds of words stand before it: until, since, week, rough."""

    date: Parts | RelativeDay
    opened: frozenset[str]

    @property
    def until(self) -> bool:
        """It is the end of something that has no beginning: "until 2026-03-14"."""
        return "until" in self.opened


class DateReader(NamedTuple):
    """Reads the dates of a folded string."""

    string: str
    order: str | None

    def inner_date(self) -> int | None:
        """Find the index of the first date that is no doubt one, where the value begins with something else."""
        for candidate in CANDIDATE.finditer(self.string):
            start = candidate.start()
            date = self._date(start)
            sure = isinstance(date, RelativeDay) or (date is not None and not date.weak)
            if sure or (isinstance(date, Parts) and date.is_part):
                opens = OPENS.search(self.string, max(start - 20, 0), start)
                return opens.start() if opens else start
        return None

    def range(self, start: int) -> Found | Fault | None:
        """Read the date or range that begins at an index."""
        point = self._point(start)
        if point is None or isinstance(point, Fault):
            return point
        first, end = point.date, self._behind_time(point.date.end)
        second = self._second(first, end)
        if second is None and (note := _NOTE.match(self.string, end)):
            second = self._second(first, note.end())
        if isinstance(second, Fault):
            return second
        if second is None:
            if isinstance(first, Parts) and (first.is_part or (first.weak and not CLEAN_END.match(self.string, end))):
                return None
            promise = PROMISE.match(self.string, end)
            if promise is not None and not point.until:
                return Fault(promise.end(), len(self.string), "the end of the range is no date")
            found = self._single(point, end)
            return self._with_more(found) if isinstance(found, Found) else found
        first, second = self._alike(first, second)
        if isinstance(first, Parts) and isinstance(second, Parts):
            found = _calendar_range(first, second)
        elif isinstance(first, RelativeDay) and isinstance(second, RelativeDay):
            found = _in_order(Found(first.scale, _place(first), _place(second)))
        else:
            return None
        return self._with_more(found) if isinstance(found, Found) else found

    def _point(self, start: int) -> Point | Fault | None:
        """Read one date with the words before it."""
        opened: set[str] = set()
        start += len(self.string[start:]) - len(self.string[start:].lstrip())
        while (date := self._date(start)) is None and (before := BEFORE.match(self.string, start)):
            opened |= {name for name, words in before.groupdict().items() if words}
            start = before.end()
        if isinstance(date, Ambiguous):
            sure = not date.weak or CLEAN_END.match(self.string, date.end)
            return Fault(date.start, date.end, date.reason) if sure else None
        return None if date is None else Point(date, frozenset(opened))

    def _date(self, start: int) -> Parts | Ambiguous | RelativeDay | None:
        first_day = FIRST_DAY.match(self.string, start) if self.string[start : start + 1].isdecimal() else None
        if first_day and (first_day["name"] is None or first_day["name"] in MONTHS):
            return Parts(None, None, int(first_day["day"]), "", 0, start, first_day.end("whole"), weak=True)
        return parts_at(self.string, start, self.order) or relative_at(self.string, start)

    def _behind_time(self, end: int) -> int:
        """Give the index behind a time and a weekday that stand behind a date."""
        if not self.string[end:].strip():
            return end
        for pattern in (WEEKDAY_BEHIND, TIME, WEEKDAY_BEHIND):
            if found := pattern.match(self.string, end):
                end = found.end()
        return end

    def _second(self, first: Parts | RelativeDay, end: int) -> Parts | RelativeDay | Fault | None:
        """Read the other end of a range, which may leave out what it has in common with the first."""
        to = TO.match(self.string, end)
        if to is None:
            return None
        start = to.end()
        point = self._point(start)
        if isinstance(point, Fault):
            return point
        second = point.date if point is not None else self._shortened(first, start)
        if isinstance(first, RelativeDay) and isinstance(second, Parts) and second.weak and second.year:
            # "KW 12–14/2026": not the fourteenth month.
            second = same_scale(self.string, start, first) if second.month else second
        if second is None:
            return None
        one, other = self._alike(first, second)
        if type(one) is not type(other):
            return None
        close = to[0] == to[0].strip()
        unsure = second.weak if isinstance(second, Parts) else False
        clean = CLEAN_END.match(self.string, second.end) or YEAR_BEHIND.match(self.string, second.end)
        if (unsure or point is None) and not close and not clean:
            return None
        if isinstance(second, RelativeDay) and isinstance(first, RelativeDay) and second.scale != first.scale:
            return None
        return second

    def _shortened(self, first: Parts | RelativeDay, start: int) -> Parts | RelativeDay | None:
        if isinstance(first, RelativeDay):
            return same_scale(self.string, start, first)
        if first.part == "week" and first.day is None and (number := LAST_WEEK.match(self.string, start)):
            return first._replace(number=int(number["week"]), start=start, end=number.end())
        if first.day is None or first.month is None:
            return None
        found = LAST_MONTH_DAY.match(self.string, start) or LAST_DAY.match(self.string, start)
        if found is None:
            return None
        given = found.groupdict()
        year = int(given["year"]) if given.get("year") else None
        month = int(given["month"]) if given.get("month") else first.month
        return Parts(year, month, int(found["day"]), "", 0, start, found.end(), weak=False)

    def _alike(self, first: Date, second: Date) -> tuple[Date, Date]:
        """Take numbered weeks for weeks of the calendar where the year stands with one of them, or behind both."""
        match first, second:
            case RelativeDay(scale="week"), Parts(part="week", year=year):
                return _week(first, year), second
            case Parts(part="week", year=year), RelativeDay(scale="week"):
                return first, _week(second, year)
            case RelativeDay(scale="week"), RelativeDay(scale="week"):
                if behind := YEAR_BEHIND.match(self.string, second.end):
                    return _week(first, int(behind["year"])), _week(second, int(behind["year"]))
        return first, second

    def _single(self, point: Point, end: int) -> Found | Fault:
        date, opened = point
        if isinstance(date, RelativeDay):
            scale, first, last = date.scale, date.first, date.last
        else:
            span = date.span()
            if span is None:
                return Fault(date.start, date.end, _NO_SUCH_DATE)
            scale, first, last = date.scale, *span
        if "week" in opened:
            last = first + 6
        if opened & {"rough", "about"} and first == last:
            first, last = first - _ROUGHLY, last + _ROUGHLY
        if "until" in opened or UNTIL_BEHIND.match(self.string, end):
            place = Place(-math.inf, last, date.start, date.end)
            return Found(scale, place, place)
        start = Place(first, last, date.start, date.end)
        if "since" in opened or SINCE_BEHIND.match(self.string, end):
            return Found(scale, start, start._replace(last=math.inf))
        if scale in {CALENDAR, NO_YEAR} and first == last:
            last += self._length(end)
        return Found(scale, start, start._replace(last=last))

    def _length(self, end: int) -> int:
        """Read how many days a date goes on for: "2026-01-05 (2 weeks)"."""
        lead = LENGTH.match(self.string, end)
        amount = calendar_days(self.string, lead.end() if lead else end)
        return math.ceil(amount.high) if amount and amount.low >= 1 and math.isfinite(amount.high) else 0

    def _with_more(self, found: Found) -> Found | Fault:
        """Go on to the last date of a list: "2026-03-14, 2026-03-21 and 2026-03-28"."""
        while found.scale in {CALENDAR, NO_YEAR}:
            end = self._behind_time(found.end.end)
            also = ALSO.match(self.string, end) or TO.match(self.string, end)
            date = parts_at(self.string, also.end(), self.order) if also else None
            if not isinstance(date, Parts) or date.weak or date.scale != found.scale:
                break
            span = date.span()
            if span is None:
                return Fault(date.start, date.end, _NO_SUCH_DATE)
            if span[1] < found.end.last:
                break
            found = found._replace(end=Place(*span, date.start, date.end))
        return found


def _calendar_range(first: Parts, second: Parts) -> Found | Fault:
    """Make a range of two dates, each of which may take its month and year from the other."""
    if first.is_part:
        first = first._replace(month=second.month)
    start, end = first, second
    if first.year is None and second.year is not None:
        start = first._replace(year=second.year)
        if _days_between(start, end) < 0 and _days_between(start._replace(year=second.year - 1), end) <= _HALF_A_YEAR:
            start = start._replace(year=second.year - 1)
    elif second.year is None and first.year is not None:
        end = second._replace(year=first.year)
        if _days_between(start, end) < 0 and _days_between(start, end._replace(year=first.year + 1)) <= _HALF_A_YEAR:
            end = end._replace(year=first.year + 1)
    start_span, end_span = start.span(), end.span()
    if start_span is None or end_span is None:
        wrong = start if start_span is None else end
        return Fault(wrong.start, wrong.end, _NO_SUCH_DATE)
    if start.year is None and end_span[1] < start_span[0] and end_span[1] + 366 - start_span[0] <= _HALF_A_YEAR:
        end_span = end_span[0] + 366, end_span[1] + 366
    return _in_order(
        Found(start.scale, Place(*start_span, first.start, first.end), Place(*end_span, second.start, second.end))
    )


def _week(day: RelativeDay, year: int | None) -> Parts:
    """Take a numbered week for one of the calendar."""
    return Parts(year, None, None, "week", int(day.first), day.start, day.end, weak=False)


def _days_between(start: Parts, end: Parts) -> int:
    """Count the days from the first of one date to the last of another, 0 where one of them does not exist."""
    start_span, end_span = start.span(), end.span()
    return end_span[1] - start_span[0] if start_span and end_span else 0


def _in_order(found: Found) -> Found | Fault:
    if found.end.last < found.start.first:
        return Fault(found.start.start, found.end.end, _BACKWARDS)
    return found


def _place(day: RelativeDay) -> Place:
    return Place(day.first, day.last, day.start, day.end)
