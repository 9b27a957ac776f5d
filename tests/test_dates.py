"""Dates and ranges are read in the forms that people write; what no calendar has or may be two is not."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.dates import read_dates

#: Values by their first and last day.
CALENDAR = {
    ("2026-03-14", "2026-03-14"): (
        *("2026-03-14", "**2026-03-14**", "`2026-03-14`", "2026/03/14", "2026.03.14", "2026-3-14", "20260314"),
        *("14 March 2026", "14 Mar 2026", "March 14, 2026", "Mar 14 2026", "Mar. 14th, 2026", "14th of March 2026"),
        *(
            "14-Mar-2026",
            "14-Mar-26",
            "14 Mär 2026",
            "14/Mar/2026",
            "2026 March 14",
            "14.3.2026",
            "14.03.26",
            "14. März 2026",
            "14 mars 2026",
        ),
        *("14 de marzo de 2026", "14 марта 2026", "2026年3月14日", "14/03/2026", "03/14/2026", "3-14-26", "2026-W11-6"),
        *("Sat 2026-03-14 02:00 UTC", "2026-03-14T02:00Z", "2026-03-14T02:00:30.5+01:00", "Saturday, 14 March 2026"),
        *("14 March 2026, 02:00-04:00 UTC", "2026-03-14 02:00 – 06:00", "2026-03-14 at 2 am", "2026-03-14 2am-4am PST"),
        *("2026-03-14 (Saturday, low traffic)", "2026-03-14 — maybe later", "2026-03-14 - night", "2026-03-14, night"),
        *(
            "2026-03-14: go",
            "2026-03-14.",
            "2026-03-14; see ticket 12",
            "2026-03-14 night",
            "2026-03-14, 2026-03-07",
            "2026-03-14 – 2 nodes",
        ),
        *("on 2026-03-14", "planned for 2026-03-14", "🗓 2026-03-14", "Night of 2026-03-14", "done (2026-03-14)"),
        *("window: 2026-03-14 02:00", "2026-03-14, week 11", "(2026-03-14)", "2026-03-14<br>02:00"),
    ),
    ("2026-01-05", "2026-01-16"): (
        *(
            f"2026-01-05{to}2026-01-16"
            for to in (" to ", " until ", " through ", " - ", "-", " – ", "–", " — ", " → ", "..", "/")
        ),
        *(
            "2026-01-05 -> 2026-01-16",
            "2026-01-05 bis 2026-01-16",
            "from 2026-01-05 to 2026-01-16",
            "5-16 January 2026",
        ),
        *("between 2026-01-05 and 2026-01-16", "January 5-16, 2026", "Jan 5 – 16, 2026", "5 to 16 January 2026"),
        *("5 January – 16 January 2026", "Jan 5 to Jan 16, 2026", "January 5, 2026 – January 16", "2026-01-05 – 01-16"),
        *("2026-01-05 to 16", "5.1.–16.1.2026", "05.01. - 16.01.2026", "5. – 16. Januar 2026", "5.–16. Januar 2026"),
        *("2026-01-05 – 2026-01-16, two weeks", "2 weeks (2026-01-05 – 2026-01-16)", "Mon 2026-01-05 – Fri 2026-01-16"),
        *("2026-01-05 (Mon) – 2026-01-16 (Fri)", "2026-01-05 08:00 – 2026-01-16 18:00", "05/01/2026 – 16/01/2026"),
        *(
            "01/05/2026 - 01/16/2026",
            "du 5 au 16 janvier 2026",
            "del 5 al 16 de enero de 2026",
            "2026-01-05 & 2026-01-16",
        ),
        *("2026-01-05, 2026-01-09 and 2026-01-16", "2026-01-05 – 2026-01-06, 2026-01-15 – 2026-01-16"),
        *("1st week: 5–16 January 2026", "5th–16th January 2026", "2026-01-05 ~ 2026-01-16"),
    ),
    ("2025-12-20", "2026-01-05"): ("Dec 20 – Jan 5, 2026", "December 20, 2025 – January 5", "20.12. – 5.1.2026"),
    ("2026-03-30", "2026-04-03"): ("2026-03-30 to 04-03", "2026-03-30 – 04-03"),
    ("2026-03-01", "2026-03-31"): (
        *(
            "March 2026",
            "Mar 2026",
            "2026-03",
            "2026年3月",
            "März 2026",
            "early March 2026",
            "mid-March 2026",
            "Mars 2026",
            "03/2026",
        ),
        *(
            "end of March 2026",
            "March 2026 (after the freeze)",
            "in March, 2026",
            "March '26",
            "2026 March",
            "late March 2026",
        ),
    ),
    ("2026-03-01", "2026-05-31"): (
        "March – May 2026",
        "March to May 2026",
        "2026-03 – 2026-05",
        "Mar 2026 - May 2026",
        "Mar/May 2026",
        "03/2026 – 05/2026",
    ),
    ("2026-04-01", "2026-06-30"): ("Q2 2026", "2026 Q2", "2026-Q2", "Q2/2026", "Q2'26", "second half: Q2 2026"),
    ("2025-10-01", "2026-03-31"): ("Q4 2025 – Q1 2026", "Q4 2025 to Q1 2026"),
    ("2026-01-01", "2026-06-30"): ("H1 2026", "2026 H1", "Q1–Q2 2026"),
    ("2026-03-16", "2026-03-22"): (
        "2026-W12",
        "2026W12",
        "week 12 of 2026",
        "week 12, 2026",
        "2026, week 12",
        "2026 week 12",
        "2026 KW 12",
        "KW 12/2026",
        "CW12 2026",
        "week of 2026-03-16",
    ),
    ("2026-03-16", "2026-04-05"): (
        *("2026-W12 – 2026-W14", "2026-W12–W14", "2026-W12 to W14", "2026-W12-14", "2026-W12–14", "week 12-14, 2026"),
        *(
            "weeks 12 to 14 of 2026",
            "Weeks 12–14 2026",
            "KW 12–14/2026",
            "Week 12 – Week 14, 2026",
            "2026-W12 to week 14",
        ),
    ),
    ("2026-01-01", "2026-12-31"): ("2026", "end of 2026", "2026 (all of it)"),
    ("2026-01-01", "2027-12-31"): ("2026-2027", "2026 – 2027"),
    ("2026-01-05", "2026-01-19"): (
        "2026-01-05 (2 weeks)",
        "2026-01-05, 2 weeks",
        "2026-01-05 + 2 weeks",
        "2026-01-05 for 2 weeks",
    ),
    ("2026-03-11", "2026-03-17"): ("~2026-03-14", "around 14 March 2026"),
    ("2024-02-29", "2024-02-29"): ("29 February 2024",),
}

#: Values on a scale of their own, with their first and last number there.
RELATIVE = {
    ("week", 3, 3): (
        "Week 3",
        "week 3",
        "W3",
        "Wk 3",
        "Semaine 3",
        "KW 3",
        "第3周",
        "3週目",
        "Week 3 (2026-03-14)",
        "in week 3",
    ),
    ("week", 1, 2): (
        "Weeks 1-2",
        "Week 1–2",
        "Week 1 to Week 2",
        "Weeks 1 and 2",
        "Week 1-2 testing",
        "2 weeks (Week 1-2)",
    ),
    ("day", 10, 10): ("Day 10", "Tag 10", "Day-10", "D10", "Day 10 (Friday)"),
    ("day", 3, 5): ("Days 3 to 5", "Day 3-5", "Day 3 – Day 5", "Days 3–5, at night"),
    ("day", 1, 1): ("Day 1, 9:00 AM - 11:00 AM",),
    ("month", 2, 2): ("Month 2", "Mois 2"),
    ("sprint", 2, 3): ("Sprints 2-3", "Sprint 2 to 3"),
    ("from t", 0, 0): ("T0", "T-zero"),
    ("from d", 0, 0): ("D-Day",),
    ("from t", 2, 2): ("T+2d", "T + 2 days", "T+2", "t+48h"),
    ("from t", -7, -7): ("T-1 week", "T-7", "T-7d"),
    ("from t", -2, 1): ("T-2d to T+1d", "T-2 – T+1"),
    ("from d", 3, 3): ("D+3",),
    ("from cutover", 30, 30): ("30 days after cutover", "cutover + 30 days", "30 days after the cutover, or later"),
    ("from golive", -14, -14): ("2 weeks before go-live", "Go-live - 2 weeks"),
    ("from cutover", 14, 28): ("2-4 weeks after cutover",),
}

#: Dates without a year, as days of a leap year.
NO_YEAR = {
    ("03-14", "03-14"): ("14 March", "March 14", "14.3.", "3/14", "3月14日", "Sat, 14 March"),
    ("03-03", "03-07"): ("March 3-7", "3–7 March", "March 3 to March 7"),
    ("03-01", "03-31"): ("March", "in March", "March (after the freeze)"),
    ("04-01", "06-30"): ("Q2", "April – June"),
    ("02-29", "02-29"): ("Feb 29",),
}

UNREADABLE = {
    "no calendar has this date": (
        *("2026-02-30", "31 April 2026", "2026-13-01", "2026-00-10", "2026-W54", "Q5 2026", "30.02.2026", "2026-01-00"),
        *("29 February 2026", "February 29, 2026", "Feb 30", "2026-01-05 – 2026-02-30", "2026-02-30 to 2026-03-02"),
        *("done (2026-02-30)", "2026-01-05 – 01-32", "January 5-32, 2026", "32/01/2026", "2026年13月", "H3 2026"),
    ),
    "it ends before it starts": (
        *("2026-03-14 – 2026-03-01", "2026-03-14 – 03-01", "March 7-3, 2026", "Q2 2026 – Q1 2026", "Week 3 - Week 1"),
        *("2026-W14 – W12", "Weeks 14-12, 2026"),
        *("Days 5-3", "2026-03-14 to 2025-03-20", "March 7-3", "T+2d to T-1d", "March 2026 – January 2026"),
    ),
    "the end of the range is no date": ("2026-03-14 to whenever", "2026-03-14 → done", "Week 3 until the audit"),
    "a length of time is no date": ("2 weeks", "5 days", "~3 months", "2-3 weeks", "a week", "in 2 weeks"),
    "": (
        *("done", "ongoing", "N/A", "none", "—", "after Stage 5", "soon", "Monday", "next week", "weekend", "may slip"),
        *(
            "no date yet",
            "3/4 done",
            "1.2.3",
            "v2026.1",
            "Stage 2",
            "2026x",
            "#2026",
            "12:30",
            "5",
            "step 3",
            "march on",
        ),
    ),
}


def _days(first: float, last: float) -> tuple[str, str]:
    return date.fromordinal(int(first)).isoformat(), date.fromordinal(int(last)).isoformat()


@pytest.mark.parametrize(("value", "days"), [(value, days) for days, values in CALENDAR.items() for value in values])
def test_dates_of_the_calendar_are_read(value: str, days: tuple[str, str]) -> None:
    reading = read_dates(literal(value))
    assert reading.value is not None, reading.reason
    assert reading.value.scale == "calendar"
    assert _days(reading.value.start.first, reading.value.end.last) == days


@pytest.mark.parametrize(("value", "days"), [(value, days) for days, values in NO_YEAR.items() for value in values])
def test_dates_without_a_year_have_a_scale_of_their_own(value: str, days: tuple[str, str]) -> None:
    reading = read_dates(literal(value))
    assert reading.value is not None, reading.reason
    assert reading.value.scale == "calendar without year"
    first, last = _days(reading.value.start.first, reading.value.end.last)
    assert (first[5:], last[5:]) == days


def test_a_range_without_years_may_run_over_new_year() -> None:
    reading = read_dates(literal("Dec 20 – Jan 5"))
    assert reading.value is not None
    assert reading.value.end.last - reading.value.start.first == 16


@pytest.mark.parametrize(
    ("value", "scale", "first", "last"), [(value, *scale) for scale, values in RELATIVE.items() for value in values]
)
def test_relative_dates_have_a_scale_of_their_own(value: str, scale: str, first: float, last: float) -> None:
    reading = read_dates(literal(value))
    assert reading.value is not None, reading.reason
    assert (reading.value.scale, reading.value.start.first, reading.value.end.last) == (scale, first, last)


@pytest.mark.parametrize(
    ("value", "reason"), [(value, reason) for reason, values in UNREADABLE.items() for value in values]
)
def test_what_is_no_date_is_unreadable_and_says_why(value: str, reason: str) -> None:
    reading = read_dates(literal(value))
    assert (reading.state, reading.reason) == (State.UNREADABLE, reason)


@pytest.mark.parametrize(
    "value",
    [
        "TBD",
        "{dates}",
        "{date}",
        "<date>",
        "YYYY-MM-DD",
        "[date]",
        "2026-03-14 to TBD",
        "2026-03-14 – TBD",
        "after TBD",
    ],
)
def test_a_date_not_given_is_a_placeholder(value: str) -> None:
    assert read_dates(literal(value)).state is State.PLACEHOLDER


@pytest.mark.parametrize("value", ["2026-02-30", "2026-01-05 – 2026-02-30", "2026-01-05, 2026-02-30"])
def test_a_date_of_no_calendar_is_called_that(value: str) -> None:
    assert read_dates(literal(value)).reason == "no calendar has this date"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("2026-01-05 – 2026-02-30", "2026-02-30"),
        ("2026-02-30 – 2026-03-05", "2026-02-30"),
        ("Sat 2026-03-14 – 2026-03-01 (Sun)", "2026-03-14 – 2026-03-01"),
        ("2026-03-14 to whenever", "whenever"),
        ("2026-02-30", None),
    ],
)
def test_the_stretch_at_fault_is_pointed_at(value: str, where: str | None) -> None:
    found = read_dates(literal(value)).where
    assert (found and found.plain) == where


def test_the_ends_stand_where_their_author_wrote_them() -> None:
    value = "from **March 3** to April 2, 2026 (a Thursday)"
    found = read_dates(literal(value)).value
    assert found is not None
    assert [value[slice(*day.text.span)] for day in (found.start, found.end)] == ["March 3", "April 2, 2026"]


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("03/04/2026", "day-month", "2026-04-03"),
        ("03/04/2026", "month-day", "2026-03-04"),
        ("13/04/2026", "month-day", "2026-04-13"),
        ("04/13/2026", "day-month", "2026-04-13"),
        ("03/03/2026", None, "2026-03-03"),
        ("03-04-26", "day-month", "2026-04-03"),
        # Dots part day and month, whatever the order elsewhere.
        ("03.04.2026", "month-day", "2026-04-03"),
        # The other end of the range leaves no choice.
        ("03/04/2026 – 17/04/2026", None, "2026-04-03"),
        ("03/04/2026 – 04/17/2026", None, "2026-03-04"),
    ],
)
def test_a_date_in_figures_is_read_in_the_order_of_the_team(value: str, order: str | None, day: str) -> None:
    found = read_dates(literal(value), order).value
    assert found is not None
    assert date.fromordinal(int(found.start.first)).isoformat() == day


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        ("03/04/2026", "write '2026-04-03' or '2026-03-04'"),
        ("3/4", "write '3 April' or '4 March'"),
        ("2026-03-01 – 03/04/2026", "write '2026-04-03' or '2026-03-04'"),
        ("cutover on 03/04/2026", "write '2026-04-03' or '2026-03-04'"),
    ],
)
def test_an_ambiguous_date_is_unreadable_and_says_the_way_out(value: str, way_out: str) -> None:
    reading = read_dates(literal(value))
    assert reading.state is State.UNREADABLE
    assert reading.reason == f"it may be day and month or month and day; {way_out}"


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("by 2026-03-14", (-inf, 14), (-inf, 14)),
        ("no later than 2026-03-14", (-inf, 14), (-inf, 14)),
        ("2026-03-14 at the latest", (-inf, 14), (-inf, 14)),
        ("from 2026-03-14", (14, 14), (14, inf)),
        ("after 2026-03-14", (14, 14), (14, inf)),
        ("2026-03-14 onwards", (14, 14), (14, inf)),
        ("30 days after 14 March 2026", (14, 14), (14, inf)),
        ("2 weeks, starting 2026-03-14", (14, 14), (14, inf)),
        ("March 2026", (1, 31), (1, 31)),
        ("2026-03-14 – March 2026", (14, 14), (1, 31)),
        ("2026-03-14 – 2026-03-20", (14, 14), (20, 20)),
    ],
)
def test_an_open_or_coarse_end_is_not_precise(value: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    found = read_dates(literal(value)).value
    assert found is not None
    zero = date(2026, 2, 28).toordinal()
    for day, wanted in ((found.start, start), (found.end, end)):
        assert (day.first - zero, day.last - zero) == wanted
        assert day.precise == (wanted[0] == wanted[1])
