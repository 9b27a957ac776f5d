"""Read amounts of time: the effort of a stage in hours of work, the length of a plan in days of the calendar.

An amount has two ends. Months have no fixed length, so that the low end counts their shortest and the high end their
longest; "up to" leaves the low end open (0), "at least" and ``2h+`` the high end (infinite). What is judged by an
amount is then reported only where it cannot fit at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.fold import BREAK, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.readings import unread, unreadable
from lint_migration_plan.plan.values.units import LEAD, ORDER, number_at, unit_at

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: The least and the most that one of each unit holds.
Scale = Mapping[str, tuple[float, float]]

_DAYS_A_WEEK = 7
_WORKDAYS_A_WEEK = 5
#: A month has four weeks, and at most this many days more.
_WEEKS_A_MONTH, _MORE_DAYS = 4, 3
_DAYS: Scale = {
    "minute": (1 / 1440, 1 / 1440),
    "hour": (1 / 24, 1 / 24),
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (90, 92),
    "year": (365, 366),
}

NOTHING = "it is no time at all"
BACKWARDS = "the range runs backwards"


class Effort(NamedTuple):
    """Hours of work; ``unit`` is the one that the author wrote: minute, hour, day, week, month, quarter or year."""

    low: float
    high: float
    unit: str


class Duration(NamedTuple):
    """Days of the calendar; ``unit`` as in `Effort`. ``working`` is True where the author counts working days."""

    low: float
    high: float
    unit: str
    working: bool


class Amount(NamedTuple):
    """An amount of time in some scale, and where it ends in its string."""

    low: float
    high: float
    unit: str
    working: bool
    end: int


def read_effort(text: Text, vocabulary: Vocabulary) -> Reading[Effort]:
    """Read an effort in hours: a number alone is hours, a day ``hours_per_day``, a week the working days."""
    if reading := unread(text):
        return reading
    effort = _effort(text, vocabulary)
    return unreadable(text, effort) if isinstance(effort, str) else Reading(text, State.READ, effort)


@once_a_text
def _effort(text: Text, vocabulary: Vocabulary) -> Effort | str:
    """Read an effort, or say why it is none."""
    string = folded(text)
    people = _PEOPLE.match(string)
    found = _find(string, people.end() if people else 0, _hours(vocabulary), "hour")
    if isinstance(found, str):
        return found
    behind = _TIMES.match(string, found.end)
    times = (int(people[1]) if people else 1) * (int(behind[1]) if behind else 1)
    if reason := _impossible(found.low, found.high * times):
        return reason
    return Effort(found.low * times, found.high * times, found.unit)


def read_duration(text: Text, workdays: int = _WORKDAYS_A_WEEK) -> Reading[Duration]:
    """Read a length of time in days of the calendar; ``workdays`` are the working days of a week."""
    if reading := unread(text):
        return reading
    found = _find(folded(text), 0, _DAYS, "")
    if isinstance(found, str):
        return unreadable(text, found)
    low, high = found.low, found.high
    if found.working and found.unit == "day":
        # Between these days lie weekends: as few or as many as the first day leaves.
        off = _DAYS_A_WEEK - workdays
        low += off * math.floor(max(low - 1, 0) / workdays)
        high += off * math.ceil(max(high - 1, 0) / workdays) if math.isfinite(high) else 0
    if reason := _impossible(low, high):
        return unreadable(text, reason)
    return Reading(text, State.READ, Duration(low, high, found.unit, found.working))


def calendar_days(string: str, start: int = 0) -> Amount | None:
    """Read the amount in days of the calendar that stands at an index of a folded string, whatever follows it."""
    found = _range(string, start, _DAYS, "")
    return found if isinstance(found, Amount) else None


# --- where an amount stands -------------------------------------------------------------------------------------------

_PEOPLE = LazyPattern(
    r"\s*(\d{1,3})\s*(?:(?:people|persons?|engineers?|dev(?:eloper)?s?|dbas?|admins?|ftes?)\s*(?:[x×*]|for(?=\s))|[x×*])"
    r"\s*(?=[~≈]?\d)",
    needs=("x", "×", "*", "for"),
)
_TIMES = LazyPattern(r"\s*[x×*]\s*(\d{1,3})(?![\d%]|[.,]\d)", needs=("x", "×", "*"))
_NEGATIVE = LazyPattern(r"\s*-\s?\d", needs=("-",))
#: An amount that does not begin a value stands behind one of these: "Medium (2-3 days)", "Development: 4h".
_BEHIND_MARK = LazyPattern(r"(?:[(,;—–=\n]|(?<!\d):)\s*|\s-\s+")
_TOTAL = LazyPattern(r"(?:total|sum|overall|gesamt|insgesamt|итого)\W{0,4}\Z")
_SIZE = LazyPattern(r"\W*(?:xx?s|s|m|l|xx?l|tiny|small|medium|large|huge|low|high|easy|hard|complex|simple)\b")
_POINTS = LazyPattern(r".{0,20}\b(?:points?|sp)\b", needs=("point", "sp"))
_BARE_NUMBER = LazyPattern(r"\s*[~≈]?\s*\d[\d.,]*(?:\s*[–-]\s*\d[\d.,]*)?\s*\Z")


def _find(string: str, start: int, scale: Scale, bare: str) -> Amount | str:
    """Find the one amount of a value, or say why there is none; ``bare`` is the unit of a number without one."""
    if _NEGATIVE.match(string, start):
        return NOTHING
    found = _amount(string, start, scale, bare)
    if found is not None:
        return found
    inner = list(_inner_amounts(string, scale))
    totals = [amount for begin, amount in inner if _TOTAL.search(string, max(begin - 20, 0), begin)]
    if len(totals) == 1:
        return totals[0]
    if len(inner) == 1:
        return inner[0][1]
    if inner:
        return "it names several amounts of time and no total"
    if _POINTS.match(string):
        return "points are no amount of time"
    if _BARE_NUMBER.match(string):
        return "it has no unit of time"
    return "a size is no amount of time" if _SIZE.match(string) else ""


def _inner_amounts(string: str, scale: Scale) -> Iterator[tuple[int, Amount]]:
    end = 0
    for mark in _BEHIND_MARK.finditer(string):
        if mark.end() >= end:
            amount = _amount(string, mark.end(), scale, "")
            if isinstance(amount, Amount):
                end = amount.end
                yield mark.end(), amount


# --- what an amount is made of ----------------------------------------------------------------------------------------

_TO = LazyPattern(
    r"(?P<dash>\s*(?:-{1,2}|–|—|~)\s*)|\s*(?:\.\.|…)\s*|\s+(?:to|until|bis|à|al?|ate|até|до|or|ou|oder|and|und|и|y)\s+"
)
_JOINT = LazyPattern(r"\s*(?P<comma>,\s*)?(?:(?:and|und|et|y|e|и)\s+|&\s*)?")
_CLOCK_MINUTES = LazyPattern(r"[0-5]\d(?!\w)")
#: A number without a unit ends here; "4:30", "4.x", "4 people" and "40%" are no hours.
_BARE_END = LazyPattern(r"\s*\Z|\s*[,;.!:](?=\s|\Z)|\s*[(\[—–=\n|]|\s+-|-\s|\s*\+\s*(?:\Z|[(,;])")
_CLEAN_END = LazyPattern(BREAK)
_MORE = LazyPattern(r"\s?\+(?!\s*\d|\s?/|-)", needs=("+",))
#: What follows may be missing or come on top: "4h ± 1h".
_GIVE_OR_TAKE = LazyPattern(r"\s*\(?\s*(?:±|\+\s?/\s?-|\+-)\s*", needs=("±", "+"))
_OR_LESS = LazyPattern(
    r"\s*,?\s*(?:max(?:imum)?|at (?:the )?most|or (?:less|fewer)|tops)(?!\w)",
    needs=("max", "most", "less", "fewer", "tops"),
)
_OR_MORE = LazyPattern(
    r"\s*,?\s*(?:min(?:imum)?|at (?:the )?least|or (?:more|longer)|and more)(?!\w)",
    needs=("min", "least", "more", "longer"),
)
_PLUS = LazyPattern(r"\s*,?\s*(?:\+|plus(?=\s)|and(?=\s))\s*", needs=("+", "plus", "and"))
_RATE = LazyPattern(
    r"\s*(?:/\s?(?=[^\W\d_])|(?:per|each|every|daily|weekly|monthly|pro|par|por)(?!\w)|a\s+(?:day|week|month|year|sprint)\b)",
    needs=("/", "per", "each", "every", "daily", "week", "month", "pro", "par", "por", "day", "year", "sprint"),
)
_POINT_IN_TIME = LazyPattern(
    r"\s+(?:before|after|ago|later|from now|prior to|ahead of|behind)(?!\w)",
    needs=("before", "after", "ago", "later", "from now", "prior", "ahead", "behind"),
)
#: How much of each unit is less than one of the next: "1 day, 4 hours" is a sum, "1 day, 8 hours" says it twice.
_LESS_THAN_NEXT = {"minute": 60, "hour": 8, "day": 5, "week": 4, "month": 12}


class _Term(NamedTuple):
    """Numbers with their units, one after the other ("2h 30m"), or one number without a unit; where they end.

    ``spelled`` is True for a number in words, which means nothing without a unit.
    """

    parts: tuple[tuple[float, str], ...]
    working: bool
    more: bool
    spelled: bool
    end: int

    @property
    def unit(self) -> str:
        return self.parts[-1][1]

    def amount(self, scale: Scale, unit: str) -> tuple[float, float]:
        sizes = [(value, scale[own or unit]) for value, own in self.parts]
        return sum(value * size[0] for value, size in sizes), sum(value * size[1] for value, size in sizes)


def _amount(string: str, start: int, scale: Scale, bare: str) -> Amount | str | None:
    """Read the amount that stands at an index; a string says why what stands there is none."""
    found = _range(string, start, scale, bare)
    if isinstance(found, Amount):
        if _RATE.match(string, found.end):
            return "it is a rate, no amount of time"
        if _POINT_IN_TIME.match(string, found.end):
            return "it is a point in time, no amount"
    return found


def _range(string: str, start: int, scale: Scale, bare: str) -> Amount | str | None:
    """Read one amount or a range of two."""
    no_low = no_high = False
    while lead := LEAD.match(string, start):
        no_low, no_high, start = no_low or bool(lead["up_to"]), no_high or bool(lead["at_least"]), lead.end()
    first = _term(string, start)
    if first is None:
        return None
    second, dashed = _second_term(string, first)
    # Behind a dash with spaces may stand an explanation that begins with an amount: "2 days - 4 hours of copying".
    explains = second is not None and dashed and bool(first.unit) and not _CLEAN_END.match(string, second.end)
    last = second or first
    unit = first.unit if explains else last.unit or first.unit or bare
    if not unit or (not first.unit and not last.unit and (first.spelled or not _BARE_END.match(string, last.end))):
        return None
    low, high = first.amount(scale, first.unit or unit)
    if second is not None:
        low_end, high_end = second.amount(scale, unit)
        if not explains and low > low_end:
            return BACKWARDS
        high = max(high, high_end) if explains else high_end
    blur = _give_or_take(string, last.end, scale)
    more, end = _added(string, last.end, scale)
    no_low = no_low or _OR_LESS.match(string, last.end) is not None
    no_high = no_high or first.more or last.more or any(more.match(string, last.end) for more in (_MORE, _OR_MORE))
    low = 0 if no_low else max(low - blur, 0) + more[0]
    return Amount(low, math.inf if no_high else high + blur + more[1], unit, first.working or last.working, end)


def _second_term(string: str, first: _Term) -> tuple[_Term | None, bool]:
    """Read the other end of a range, and say whether it stands behind a dash with spaces."""
    to = _TO.match(string, first.end)
    if to is None:
        return None, False
    blur = LEAD.match(string, to.end())
    second = _term(string, blur.end() if blur else to.end())
    if second and not second.unit and (second.spelled or not _BARE_END.match(string, second.end)):
        second = None
    return second, to[0] != to[0].strip() and bool(to["dash"])


def _term(string: str, start: int) -> _Term | None:
    parts: list[tuple[float, str]] = []
    working = more = spelled = comma = False
    position = end = start + len(string[start:]) - len(string[start:].lstrip())
    while number := number_at(string, position):
        unit = unit_at(string, number.end)
        if unit is None:
            if not parts:
                parts.append((number.value, ""))
                spelled, end = number.spelled, number.end
            elif parts[-1][1] == "hour" and position == end and _CLOCK_MINUTES.match(string, position):
                parts.append((number.value, "minute"))
                end = number.end
            break
        if parts and ORDER.index(unit.name) >= ORDER.index(parts[-1][1]):
            break
        if comma and number.value >= _LESS_THAN_NEXT.get(unit.name, 0):
            break
        parts.append((number.value, unit.name))
        end = unit.end
        working, more = working or unit.working, more or unit.more
        joint = _JOINT.match(string, end)
        position, comma = (joint.end(), bool(joint["comma"])) if joint else (end, False)
    return _Term(tuple(parts), working, more, spelled, end) if parts else None


def _give_or_take(string: str, end: int, scale: Scale) -> float:
    """Read by how much an amount may be off: the hour of "4h ± 1h"."""
    mark = _GIVE_OR_TAKE.match(string, end)
    term = _term(string, mark.end()) if mark else None
    return term.amount(scale, term.unit)[1] if term and term.unit else 0


def _added(string: str, end: int, scale: Scale) -> tuple[tuple[float, float], int]:
    """Read what is added: "+ 1 day" counts, "plus 24h soak" may count, and so only in the high end."""
    low = high = 0.0
    while (plus := _PLUS.match(string, end)) and (term := _term(string, plus.end())) and term.unit:
        least, most = term.amount(scale, term.unit)
        clean = _CLEAN_END.match(string, term.end) or _PLUS.match(string, term.end)
        low, high, end = low + (least if clean else 0), high + most, term.end
        if not clean:
            break
    return (low, high), end


def _hours(vocabulary: Vocabulary) -> Scale:
    day, days = vocabulary.hours_per_day, len(vocabulary.working_days)
    week, short = day * days, days * _WEEKS_A_MONTH
    long = short + min(days, _MORE_DAYS)
    return {
        "minute": (1 / 60, 1 / 60),
        "hour": (1, 1),
        "day": (day, day),
        "week": (week, week),
        "month": (day * short, day * long),
        "quarter": (3 * day * short, 3 * day * long),
        "year": (12 * day * short, 12 * day * long),
    }


def _impossible(low: float, high: float) -> str:
    if high <= 0:
        return NOTHING
    return BACKWARDS if low > high else ""
