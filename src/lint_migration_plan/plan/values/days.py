"""Read one date, or one span of the calendar that has a name: a day, a month, a quarter, a week, a year.

Nothing here knows what day it is or what language the machine speaks.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re

#: The scale of dates with a year, and of those without.
CALENDAR = "calendar"
NO_YEAR = "calendar without year"

#: A leap year, in which every day of the calendar exists.
_ANY_YEAR = 2000

_MONTHS = (
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari januára января январь stycznia",
    "february feb februar février fevrier févr fevr febrero fevereiro fev febbraio februari февраля февраль lutego",
    "march mar märz maerz mrz mär mars marzo março maart марта март marca",
    "april apr avril avr abril abr aprile апреля апрель kwietnia",
    "may mai mayo maio maggio mei maj мая май maja",
    "june jun juni juin junio junho giugno июня июнь czerwca",
    "july jul juli juillet juil julio julho luglio июля июль lipca",
    "august aug août aout agosto augustus augusti августа август sierpnia",
    "september sep sept septembre septiembre setiembre setembro settembre сентября сентябрь września",
    "october oct oktober okt octobre octubre outubro ottobre октября октябрь października",
    "november nov novembre noviembre novembro ноября ноябрь listopada",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre desember декабря декабрь grudnia",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}


class Parts(NamedTuple):
    """What a date is made of: the numbers that it gives, and where it stands in its string.

    ``part`` is what else it names ("quarter", "half", "week", "" for none) with its ``number``. ``weak`` is True for a
    form that is a date only where nothing but a mark follows: "May", "2026", "3/14".
    """

    year: int | None
    month: int | None
    day: int | None
    part: str
    number: int
    start: int
    end: int
    weak: bool

    @property
    def scale(self) -> str:
        """The scale that it can be compared on."""
        return NO_YEAR if self.year is None else CALENDAR

    @property
    def is_part(self) -> bool:
        """It is the day of a month that stands elsewhere."""
        return self.day is not None and self.month is None and not self.part

    def span(self) -> tuple[int, int] | None:
        """Give its first and last day as ordinals; None where no calendar has it."""
        year = self.year or _ANY_YEAR
        try:
            if self.part == "week":
                first = date.fromisocalendar(year, self.number, self.day or 1).toordinal()
                return first, first + (0 if self.day else 6)
            if self.day is not None and self.month is not None:
                only = date(year, self.month, self.day).toordinal()
                return only, only
            first_month, months = _months(self)
            first = date(year, first_month, 1).toordinal()
            after = first_month + months
            return first, date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1).toordinal() - 1
        except ValueError:
            return None


class Ambiguous(NamedTuple):
    """A date in figures that may be day and month or month and day; ``weak`` as in `Parts`."""

    start: int
    end: int
    reason: str
    weak: bool


def parts_at(string: str, start: int, order: str | None) -> Parts | Ambiguous | None:
    """Read the date that stands at an index of a folded string; None for none.

    ``order`` is how dates in figures are read, "day-month" or "month-day"; with None they may be ambiguous.
    """
    for form, weak in _forms(string[start : start + 1]):
        found = form.match(string, start)
        if found is not None and ("name" not in form.compiled.groupindex or found["name"] in MONTHS):
            return _parts(found, order, weak=weak)
    return None


def figures_order(string: str, order: str | None) -> str | None:
    """Say in which order the dates in figures of a string stand, where one of them leaves no choice."""
    orders = set()
    for one, other in _FIGURES.findall(string):
        if int(one) > _MONTHS_A_YEAR >= int(other):
            orders.add("day-month")
        if int(other) > _MONTHS_A_YEAR >= int(one):
            orders.add("month-day")
    return orders.pop() if len(orders) == 1 else order


_MONTHS_A_YEAR = 12


def _months(parts: Parts) -> tuple[int, int]:
    """Give the first month of a span, and how many it has; a ValueError where the year has no such part."""
    if parts.part:
        length = {"quarter": 3, "half": 6}[parts.part]
        if not 1 <= parts.number <= _MONTHS_A_YEAR // length:
            raise ValueError(parts.number)
        return length * (parts.number - 1) + 1, length
    return (parts.month, 1) if parts.month is not None else (1, _MONTHS_A_YEAR)


def _parts(found: re.Match[str], order: str | None, *, weak: bool) -> Parts | Ambiguous:
    given = found.groupdict()
    year = int(given["year"]) if given.get("year") else None
    if year is None and given.get("short_year"):
        year = _ANY_YEAR + int(given["short_year"])
    month = MONTHS[given["name"]] if given.get("name") else int(given["month"]) if given.get("month") else None
    day = int(given["day"]) if given.get("day") else None
    if given.get("one"):
        one, other = int(given["one"]), int(given["other"])
        if one <= _MONTHS_A_YEAR and other <= _MONTHS_A_YEAR and one != other and order is None:
            return _ambiguous(found, one, other, year, weak=weak)
        day_first = one > _MONTHS_A_YEAR or (other <= _MONTHS_A_YEAR and order == "day-month")
        day, month = (one, other) if day_first else (other, one)
    part = next((name for name in ("quarter", "half", "week") if given.get(name)), "")
    return Parts(year, month, day, part, int(given[part]) if part else 0, found.start(), found.end(), weak)


def _ambiguous(found: re.Match[str], one: int, other: int, year: int | None, *, weak: bool) -> Ambiguous:
    if year:
        forms = f"'{year}-{other:02}-{one:02}' or '{year}-{one:02}-{other:02}'"
    else:
        names = [names.split()[0].capitalize() for names in _MONTHS]
        forms = f"'{one} {names[other - 1]}' or '{other} {names[one - 1]}'"
    return Ambiguous(*found.span(), f"it may be day and month or month and day; write {forms}", weak)


_NAME = r"(?P<name>[^\W\d_]{3,12})(?![^\W\d_])\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d{2})(?!\d)"
_SHORT_YEAR = r"(?P<short_year>\d{2})(?!\d)"
_OF = r"(?:of\s+|de\s+|del\s+|d'\s*)?"
_NTH = r"(?:st|nd|rd|th|er|º|ª|-go)?"

#: The forms of dates by what they begin with, each with whether it is weak.
_Forms = tuple[tuple[LazyPattern, bool], ...]
_WITH_FIGURE: _Forms = (
    (LazyPattern(rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)"), False),
    (LazyPattern(rf"{_YEAR}-?w(?P<week>\d{{1,2}})(?:-?(?P<day>[1-7]))?(?!\w)"), False),
    (LazyPattern(rf"{_YEAR}[\s,/-]{{1,3}}(?:calendar\s)?(?:week|wk|cw|kw)\s?(?P<week>\d{{1,2}})(?!\w)"), False),
    (LazyPattern(rf"{_YEAR}\s?[-/]?\s?q(?P<quarter>\d)(?!\w)"), False),
    (LazyPattern(rf"{_YEAR}\s?[-/]?\s?h(?P<half>\d)(?!\w)"), False),
    (LazyPattern(rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日?)?"), False),
    (LazyPattern(r"(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"), False),
    (
        LazyPattern(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?:{_YEAR}|{_SHORT_YEAR}(?![.:]\d))"),
        False,
    ),
    (LazyPattern(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\d)"), False),
    (
        LazyPattern(
            r"(?P<one>\d{1,2})(?P<mark>[/-])(?P<other>\d{1,2})(?P=mark)"
            rf"(?:{_YEAR}|{_SHORT_YEAR})(?![/-]?\d)"
        ),
        False,
    ),
    (LazyPattern(rf"{_YEAR}[-/](?P<month>\d{{1,2}})(?![-/]?\d)"), False),
    (LazyPattern(rf"(?P<day>\d{{1,2}})-{_NAME}-{_SHORT_YEAR}(?![-/]?\d)"), False),
    (
        LazyPattern(
            rf"(?P<day>\d{{1,2}}){_NTH}\.?[\s/-]*{_OF}{_NAME}"
            rf"(?:(?:\s*,\s*|\s+{_OF}|-|\s*/\s*){_YEAR}|\s*'{_SHORT_YEAR})?"
        ),
        False,
    ),
    (LazyPattern(rf"{_YEAR}[\s/-]{_NAME}(?:[\s-](?P<day>\d{{1,2}})(?!\d))?"), False),
    (LazyPattern(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"), False),
    (LazyPattern(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?![/\d])"), True),
    (LazyPattern(rf"(?P<month>\d{{1,2}})/{_YEAR}(?![-/]?\d)"), True),
    (LazyPattern(_YEAR + r"(?![\w%])"), True),
)
_WITH_NAME: _Forms = (
    (
        LazyPattern(
            rf"{_NAME}\s*(?P<day>\d{{1,2}})(?!\d|:\d|%){_NTH}(?![^\W\d_])"
            rf"(?:(?:\s*,)?\s+{_YEAR}|,?\s*'{_SHORT_YEAR})?"
        ),
        False,
    ),
    (LazyPattern(rf"{_NAME}(?:\s*,\s*|\s+{_OF}|-|/|\s*'(?=\d{{4}}))?{_YEAR}"), False),
    (LazyPattern(rf"{_NAME}\s*'{_SHORT_YEAR}"), False),
    (LazyPattern(_NAME), True),
)
_WITH_WEEK: _Forms = (
    (LazyPattern(rf"(?:cw|kw|week|w)\s?(?P<week>\d{{1,2}})(?:\s?[,/]\s?|\s+(?:of\s+)?|-){_YEAR}(?!-)"), False),
)
_WITH_PART: _Forms = (
    (
        LazyPattern(
            r"(?:q(?P<quarter>\d)|h(?P<half>\d))\s?"
            rf"(?:(?:[-/,]\s?|of\s+)?{_YEAR}(?!-)|(?:[-/,]\s?|of\s+)?'{_SHORT_YEAR})"
        ),
        False,
    ),
    (LazyPattern(r"(?:q(?P<quarter>[1-4])|h(?P<half>[12]))(?!\w)"), True),
)


def _forms(first: str) -> _Forms:
    """Choose the forms that may begin with a character."""
    if first.isdecimal():
        return _WITH_FIGURE
    if first in "qh":
        return _WITH_PART
    return _WITH_WEEK + _WITH_NAME if first in "ckw" else _WITH_NAME


#: Dates in figures whose order of day and month is not given.
_FIGURES = LazyPattern(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/-])")
