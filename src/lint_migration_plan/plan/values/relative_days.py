"""Read dates that count from an event: "Week 3", "Days 3 to 5", "T+2d", "30 days after cutover"."""

from __future__ import annotations

import re
from typing import NamedTuple

from lint_migration_plan.plan.values.amounts import calendar_days
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

_WORDS = {
    "week": "week weeks wk wks w kw cw woche wochen semaine semaines semana semanas settimana uke vecka неделя недели",
    "day": "day days d tag tage jour jours día días dia dias giorno dag день дни",
    "month": "month months monat monate mois mes meses mês mese месяц месяцы",
    "sprint": "sprint sprints iteration iterations",
    "hour": "hour hours stunde heure hora час",
    "quarter": "quarter quarters",
    "year": "year years jahr année año",
}
_SCALES = {word: scale for scale, words in _WORDS.items() for word in words.split()}
_COUNTED = {"周": "week", "週": "week", "週目": "week", "天": "day", "日": "day", "日目": "day", "个月": "month"}

_NUMBERED = LazyPattern(
    r"第\s?(?P<ordinal>\d{1,4})\s?(?P<counted>个月|[周週天日])"
    r"|(?P<word>[^\W\d_]{1,12})(?:-|\s?[#.]?\s*(?P<sign>(?<=\s)-)?)(?P<number>\d{1,4})(?![\d:]|\s?[ap]m\b)"
    r"|(?P<counting>\d{1,4})\s?(?P<count>週目|日目)"
)
_ANCHOR = r"(?P<anchor>t|d|l|c|g|go-?\s?live|cut-?over|launch|release|kick-?off|start|d-day|t-zero|t0)"
_OFFSET = LazyPattern(rf"{_ANCHOR}\s?(?P<sign>[+-])\s?(?=[\d½]|an?\s)|(?P<zero>t-?zero|t0|d-day)(?!\w)")
_BARE_OFFSET = LazyPattern(r"\d{1,4}(?![\w:.])")
_EVENT = LazyPattern(
    r"\s+(?P<side>after|post|following|past|before|prior to|ahead of)\s+(?:the\s+)?"
    r"(?P<event>[^\W\d_][^,;.()\n—–]{0,60})"
)
_BEFORE = frozenset(("before", "prior to", "ahead of"))


class RelativeDay(NamedTuple):
    """A date on a scale of its own, from its first to its last day there, and where it stands in its string."""

    scale: str
    first: float
    last: float
    start: int
    end: int


def relative_at(string: str, start: int) -> RelativeDay | None:
    """Read the relative date that stands at an index of a folded string; None for none."""
    return _numbered(string, start) or _offset(string, start) or _by_event(string, start)


def same_scale(string: str, start: int, day: RelativeDay) -> RelativeDay | None:
    """Read a number that ends a range which a relative date began: the 5 of "Days 3 to 5"."""
    number = _BARE_OFFSET.match(string, start)
    if number is None:
        return None
    value = float(number[0])
    return RelativeDay(day.scale, value, value, start, number.end())


def _numbered(string: str, start: int) -> RelativeDay | None:
    found = _NUMBERED.match(string, start)
    if found is None or (found["word"] and found["word"] not in _SCALES):
        return None
    number = float(found["number"] or found["ordinal"] or found["counting"])
    word = found["word"]
    scale = _SCALES[word] if word else _COUNTED[found["counted"] or found["count"]]
    value = -number if found["sign"] else number
    return RelativeDay(scale, value, value, start, found.end())


def _offset(string: str, start: int) -> RelativeDay | None:
    found = _OFFSET.match(string, start)
    if found is None:
        return None
    if found["zero"]:
        return RelativeDay(f"from {found['zero'][0]}", 0, 0, start, found.end())
    scale = "from " + re.sub(r"[^\w]", "", found["anchor"])
    amount = calendar_days(string, found.end())
    bare = _BARE_OFFSET.match(string, found.end())
    if amount is not None:
        low, high, end = amount.low, amount.high, amount.end
    elif bare is not None:
        low, high, end = float(bare[0]), float(bare[0]), bare.end()
    else:
        return None
    if found["sign"] == "-":
        low, high = -high, -low
    return RelativeDay(scale, low, high, start, end)


def _by_event(string: str, start: int) -> RelativeDay | None:
    amount = calendar_days(string, start)
    event = _EVENT.match(string, amount.end) if amount else None
    if amount is None or event is None:
        return None
    low, high = (-amount.high, -amount.low) if event["side"] in _BEFORE else (amount.low, amount.high)
    return RelativeDay("from " + re.sub(r"\W", "", event["event"]), low, high, start, event.end())
