"""Amounts of time are read in the units, ranges and languages that people write them in."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.amounts import read_duration, read_effort
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Values with their hours, where both ends are the same.
HOURS = {
    0.25: ("15 min", "15 minutes", "¼ hour", "0.25h"),
    0.5: ("30 min", "½ h", "half an hour", "0,5 Stunden", "30分"),
    1: ("1", "1h", "1 hour", "an hour", "one hour", "1:00h", "1 hr.", "60 m", "1 час", "1時間"),
    2: ("2 hours (actual)", "2h.", "**2h**", "2 hours, 3 people", "2h<br>on Sunday", "~2 hrs", "≈2h", "about 2 hours"),
    2.5: (
        "2:30h",
        "2:30 hours",
        "2h 30m",
        "2h30",
        "2h30m",
        "2.5 hours",
        "2½ h",
        "2 hours and 30 minutes",
        "2h + 30m",
        "2,5 heures",
    ),
    4: (
        "4",
        "4 (est.)",
        "4, maybe more",
        "half a day",
        "½ day",
        "0.5 d",
        "1/2 day",
        "½j",
        "半天",
        "approx. 4h",
        "~~8h~~ 4h",
    ),
    6: ("Day 2, 9:00 AM - 3:00 PM (6 hours)", "Small: 6h", "Dev: 4h, QA: 2h, total: 6h", "6 - with reviews"),
    8: ("1d", "1 day", "a day", "1 Tag", "1 día", "1 jour", "1 день", "1天", "1日", "1-day", "1 PD"),
    12: ("1d 4h", "1.5d", "one and a half days", "1,5 days", "1 day, 4 hours", "1 1/2 days", "1½ days"),
    14: ("14 hours = 1.75 work days",),
    16: ("2 days", "2 days including soak", "2 days - 4 hours of it soaking", "2 days — 3 people", "2 person-days"),
    17: ("17 hours over 7 days", "~17h (2h + 15h)"),
    24: (
        "3-day",
        "3 working days",
        "3 man-days",
        "3 mandays",
        "3 Tage",
        "3 días",
        "3 dias",
        "3 дня",
        "3日間",
        "3人日",
        "3 full days",
    ),
    40: ("1 week", "a week", "1w", "1 wk", "1 Woche", "1 semaine", "1 неделя", "1周", "1週間", "5 дней", "5 jours"),
    48: ("3 days x 2 people", "2 engineers for 3 days", "2 people × 3 days", "2 x 3 days"),
    1000: ("1,000 hours",),
}

#: Values with the hours of both ends.
HOUR_RANGES = {
    (2, 4): (
        "2-4h",
        "2–4 hours",
        "2 — 4 hours",
        "2 to 4 hours",
        "2h-4h",
        "2h - 4h",
        "between 2 and 4 hours",
        "2~4 小时",
        "2-4",
    ),
    (4, 8): ("0.5-1 day", "½-1 day", "half a day to a day", "4h - 1d", "4h to 1 day"),
    (8, 16): ("1~2 天", "1-2 jours.", "1 à 2 jours", "1 a 2 días", "1 bis 2 Tage", "1 or 2 days", "one to two days"),
    (12, 16): ("1.5-2 work days for complete migration",),
    (24, 40): ("3-5 days (8-12 hours of development)", "от 3 до 5 дней", "~3 - 5 days", "Medium (3-5 days)"),
    (120, 160): ("3-4 周", "3-4 weeks", "3 to 4 working weeks", "3–4 semanas"),
    (0, 2): ("0-2h",),
    (3, 5): ("4h ± 1h", "4h±1h", "4h +/- 1h", "4h (± 1 hour)", "~4h +-60m"),
    (0, 16): (
        "2 days max",
        "2 days at most",
        "2 days or less",
        "up to 2 days",
        "< 2 days",
        "max. 2 days",
        "under 2 days",
        "within 2 days",
    ),
    (16, inf): ("2 days or more", "2 days minimum", "2+ days", "2d+", "at least 2 days", "> 2 days", "min. 2 days"),
    (4, 28): ("4h, plus 24h soak", "4h + 24h soaking"),
    (160, 184): ("1 month", "one month", "1 mois", "1 个月"),
    (480, 552): ("1 quarter",),
    (1920, 2208): ("1 year", "a year"),
    (16, 24): ("2 days - 3 days depending on the load",),
}

NO_EFFORT = {
    "it is no time at all": ("0", "0h", "0 days", "-2h", "−3 days", "- 4"),
    "the range runs backwards": ("5-2 days", "2 days - 4 hours", "3 to 1 weeks"),
    "a size is no amount of time": ("S", "M", "XL", "Large", "medium", "low"),
    "points are no amount of time": ("3 points", "5 story points", "8 SP"),
    "it is a rate, no amount of time": ("2 h/week", "2-3 weeks per application", "5 hours each", "an hour a day"),
    "it is a point in time, no amount": ("2 days after Stage 1", "1 week before cutover"),
    "it names several amounts of time and no total": ("Dev: 4h, QA: 2h",),
    "": (
        *(
            "not estimated",
            "Week 1-2",
            "Day 1, 9:00 AM - 11:00 AM",
            "2026-03-14",
            "40%",
            "4:30",
            "4:300h",
            "3 people",
            "5 LOC",
        ),
        *("~67K lines", "1e9", "99999999 hours", "9 AM", "3 MB", "-", "n/a", "none", "a few hours", "soon", "1 sprint"),
        *("$500", "#12", "4.x", "v2", "Stage 2", "minutes", "h", "½x", "1/7 day", "a", "one"),
    ),
}


@pytest.mark.parametrize(("value", "hours"), [(value, hours) for hours, values in HOURS.items() for value in values])
def test_an_effort_is_read_in_hours(value: str, hours: float) -> None:
    reading = read_effort(literal(value), DEFAULT)
    assert reading.value is not None, reading.reason
    assert (reading.value.low, reading.value.high) == (hours, hours)


@pytest.mark.parametrize(
    ("value", "low", "high"), [(value, *ends) for ends, values in HOUR_RANGES.items() for value in values]
)
def test_a_range_of_efforts_has_two_ends(value: str, low: float, high: float) -> None:
    reading = read_effort(literal(value), DEFAULT)
    assert reading.value is not None, reading.reason
    assert (reading.value.low, reading.value.high) == (low, high)


@pytest.mark.parametrize(
    ("value", "reason"), [(value, reason) for reason, values in NO_EFFORT.items() for value in values]
)
def test_what_is_no_effort_is_unreadable_and_says_why(value: str, reason: str) -> None:
    reading = read_effort(literal(value), DEFAULT)
    assert (reading.state, reading.reason) == (State.UNREADABLE, reason)


@pytest.mark.parametrize("value", ["TBD", "TBD hours", "{hours}", "{hours} hours", "[X hours]", "???", "<n>"])
def test_an_effort_not_given_is_a_placeholder(value: str) -> None:
    assert read_effort(literal(value), DEFAULT).state is State.PLACEHOLDER


def test_a_day_has_the_hours_of_the_team() -> None:
    reading = read_effort(literal("1 week"), replace(DEFAULT, hours_per_day=6))
    assert reading.value == (30, 30, "week")


@pytest.mark.parametrize(
    ("days", "week", "month"),
    [({0, 1, 2, 3}, (32, 32), (128, 152)), (range(6), (48, 48), (192, 216)), (range(7), (56, 56), (224, 248))],
)
def test_a_week_has_the_working_days_of_the_team(
    days: Iterable[int], week: tuple[float, float], month: tuple[float, float]
) -> None:
    vocabulary = replace(DEFAULT, working_days=frozenset(days))
    assert read_effort(literal("1 week"), vocabulary).value == (*week, "week")
    assert read_effort(literal("1 month"), vocabulary).value == (*month, "month")


@pytest.mark.parametrize(
    ("value", "low", "high", "unit"),
    [
        *[("6 weeks", 42, 42, "week"), ("5 weeks (35 days)", 35, 35, "week"), ("15 days (3 weeks)", 15, 15, "day")],
        *[("~2.5 weeks", 17.5, 17.5, "week"), ("6-8 weeks", 42, 56, "week"), ("48 hours", 2, 2, "hour")],
        *[("3 months", 84, 93, "month"), ("2 quarters", 180, 184, "quarter"), ("1 year", 365, 366, "year")],
        *[
            ("4 weeks + 1 week", 35, 35, "week"),
            ("4 weeks + 1 week buffer", 28, 35, "week"),
            ("about 12 Tage", 12, 12, "day"),
        ],
        *[("at least 3 weeks", 21, inf, "week"), ("up to 3 weeks", 0, 21, "week"), ("3か月", 84, 93, "month")],
    ],
)
def test_a_duration_is_read_in_days_of_the_calendar(value: str, low: float, high: float, unit: str) -> None:
    reading = read_duration(literal(value))
    assert reading.value is not None
    assert reading.value == (low, high, unit, False)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        # One day is one day; the second may be a Monday after a Friday.
        *[("1 working day", 1, 1), ("2 working days", 2, 4), ("5 business days", 5, 7), ("6 work days", 8, 8)],
        *[
            ("10 working days", 12, 14),
            ("10 Arbeitstage", 12, 14),
            ("10 jours ouvrés", 12, 14),
            ("10 рабочих дней", 12, 14),
        ],
    ],
)
def test_working_days_have_weekends_between_them(value: str, low: float, high: float) -> None:
    reading = read_duration(literal(value))
    assert reading.value is not None
    assert reading.value == (low, high, "day", True)


def test_working_days_of_a_team_without_weekends_are_days_of_the_calendar() -> None:
    assert read_duration(literal("10 working days"), 7).value == (10, 10, "day", True)
    assert read_duration(literal("10 working days"), 4).value == (16, 19, "day", True)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("6", "it has no unit of time"),
        ("6-8", "it has no unit of time"),
        ("0 weeks", "it is no time at all"),
        ("8-6 weeks", "the range runs backwards"),
        ("2026-01-05 to 2026-03-01", ""),
        ("Week 1-8", ""),
        ("until March", ""),
    ],
)
def test_what_is_no_duration_is_unreadable(value: str, reason: str) -> None:
    reading = read_duration(literal(value))
    assert (reading.state, reading.reason) == (State.UNREADABLE, reason)
