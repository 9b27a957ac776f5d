"""How much work there is before the cutover, and how much time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.schedule import execution_window, longest_work, shortfall
from lint_migration_plan.plan.values.working_time import last_working_day
from lint_migration_plan.plan.vocabulary import DEFAULT, Vocabulary

WEEK = frozenset(range(5))


def plan_of(*stages: str, execution: str = "", cutover: str = "") -> str:
    text = f"## Migration: Orders\n\n### Timeline\n\n- Execution: {execution}\n- Cutover: {cutover}\n\n"
    for number, stage in enumerate(stages, 1):
        name, effort, needs = (part.strip() for part in stage.split("|"))
        text += f"### Stage {number} — {name}\n\n**Estimated effort**: {effort}\n**Dependencies**: {needs}\n\n"
    return text


def work_of(*stages: str) -> tuple[list[str], float] | None:
    [plan] = parse_plan(plan_of(*stages))
    work = longest_work(plan)
    return ([stage.label for stage in work.stages], work.total) if work else None


def days_of(execution: str, cutover: str, vocabulary: Vocabulary = DEFAULT) -> tuple[int, float] | None:
    [plan] = parse_plan(plan_of(execution=execution, cutover=cutover), vocabulary)
    window = execution_window(plan)
    return (window.time.days, window.time.nonstop) if window else None


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["Move A | 2h | none", "Move B | 3h | Stage 1", "Move C | 4h | none"], (["1", "2"], 5)),
        (["Move A | 2h | none", "Move B | 1h | Stage 1", "Move C | 4h | none"], (["3"], 4)),
        (["Move A | 2-9h | none", "Move B | ~1d | Stage 1"], (["1", "2"], 10)),
        (["Move A | 2h | none", "Move B | | Stage 1", "Move C | 2h | Stage 2"], (["1", "3"], 4)),
        (["Move A | 2h | none", "Move B | 2h | Stage 1", "Move C | 9h (3 people) | Stage 2"], (["1", "2"], 4)),
        (["Move A | 2h | none", "Move B | 48h of soaking | Stage 1"], (["1"], 2)),
        (["Move A | 2h | none", "Watch it | 9h | Stage 1", "Switch DNS | 1h | Stage 2"], (["1", "3"], 3)),
        (["Move A | 2h | none", "Switch DNS | 1h | Stage 1", "Move B | 9h | Stage 2"], (["1", "2"], 3)),
        (["Move A | 2h | none", "Cut the lines over | 1h | Stage 1", "Move B | 9h | Stage 2"], (["1", "2"], 3)),
        (["Switch DNS | 1h | none", "Cutover | 2h | Stage 1", "Move B | 9h | Stage 2"], (["1", "2"], 3)),
        (["Move A | 2h | none", "Monitor | 9h | Stage 1", "Move B | 9h | Stage 2"], (["1"], 2)),
        (["Move A | 2h | Stage 2", "Move B | 3h | Stage 1"], None),  # a ring
        (["Move A | 2h | Stage 2", "Move B | 3h | none"], None),  # a stage that needs a later one
        (["Move A | soon | none"], None),
    ],
)
def test_the_longest_work_before_the_cutover(stages: list[str], expected: tuple[list[str], float] | None) -> None:
    assert work_of(*stages) == expected


@pytest.mark.parametrize("effort", ["3 days", "72h"])
def test_a_duration_passes_at_night_and_at_the_weekend_too(effort: str) -> None:
    [plan] = parse_plan(
        f"## Migration: Orders\n\n### Stage 1 — Move\n\n**Duration**: {effort}\n**Dependencies**: none\n"
    )
    work = longest_work(plan)
    assert work is not None
    assert work.total == pytest.approx(24 * 5 / 7 if effort == "3 days" else 24)


@pytest.mark.parametrize(
    ("execution", "cutover", "expected"),
    [
        ("2026-03-02 to 2026-03-06", "2026-03-06", (5, 0)),
        ("2026-03-02 to 2026-03-06", "2026-03-13", (10, 0)),
        ("2 Mar 2026 – 6 Mar 2026", "9 Mar 2026", (6, 0)),
        ("March 2-6, 2026", "March 6, 2026", (5, 0)),
        ("2026-03-02", "2026-03-02", (1, 24)),
        ("2026-03-06", "2026-03-09", (2, 96)),  # from Friday to Monday by day and by night
        ("2026-03-02 to 2026-03-06", "2026-03-07", (6, 0)),  # the Saturday that is named is worked on
        ("2026-02-28 to 2026-03-06", "2026-03-06", (7, 0)),  # and so is the Sunday behind one on which work begins
        ("2026-03-07", "2026-03-08", (2, 48)),
        ("2026-03-02 to 2026-03-04", "2026-03-05", (4, 0)),
        ("Q2 2026", "Q2 2026", (65, 0)),
        ("October 2026", "31 October 2026", (23, 0)),
        ("2026-W12", "2026-W13", (10, 0)),
        ("March 2-6", "March 6", (5, 0)),  # without a year the weekdays are not known
        ("Weeks 2-3", "Week 3", (10, 0)),
        ("Week 2", "Week 2", (5, 0)),
        ("Month 1", "Month 2", (46, 0)),
        ("Day 3", "Day 12", (10, 0)),
        ("Day 3", "Day 4", (2, 48)),
        ("Week 2", "2026-03-06", None),
        ("2026-03-06", "2026-03-02", None),
        ("03/04/2026", "05/04/2026", None),  # may be in March or in April
        ("soon", "2026-03-06", None),
    ],
)
def test_the_time_from_the_start_to_the_cutover(
    execution: str, cutover: str, expected: tuple[int, float] | None
) -> None:
    assert days_of(execution, cutover) == expected


def test_a_team_says_which_days_it_works() -> None:
    four = replace(DEFAULT, working_days=frozenset(range(4)))
    seven = replace(DEFAULT, working_days=frozenset(range(7)))
    assert days_of("2026-03-02", "2026-03-12", four) == (8, 0)
    assert days_of("2026-03-02", "2026-03-12", seven) == (11, 0)
    assert days_of("Weeks 1-2", "Week 2", seven) == (14, 0)


@pytest.mark.parametrize(
    ("days", "hours_per_day", "short"),
    [(5, 8, False), (5.1, 8, True), (5, 6, False), (6, 6, True)],
)
def test_work_is_measured_by_the_hours_of_a_day(days: float, hours_per_day: float, *, short: bool) -> None:
    vocabulary = replace(DEFAULT, hours_per_day=hours_per_day)
    text = plan_of(f"Move A | {days}d | none", execution="2026-03-02 to 2026-03-06", cutover="2026-03-06")
    [plan] = parse_plan(text, vocabulary)
    assert (shortfall(plan) is not None) is short


@pytest.mark.parametrize(("effort", "short"), [("40h", False), ("50h", True), ("3d", True)])
def test_hours_may_be_worked_through_a_weekend_and_days_not(effort: str, *, short: bool) -> None:
    text = plan_of(f"Move A | {effort} | none", execution="2026-03-07", cutover="2026-03-08")
    [plan] = parse_plan(text)
    assert (shortfall(plan) is not None) is short


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-03-02", 1, "2026-03-02"),
        ("2026-03-02", 5, "2026-03-06"),
        ("2026-03-02", 6, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-07"),
        ("2026-03-07", 2, "2026-03-08"),
        ("2026-03-07", 3, "2026-03-09"),
        ("2026-03-02", 5000, ""),
    ],
)
def test_the_day_on_which_so_many_working_days_are_over(start: str, days: int, expected: str) -> None:
    [plan] = parse_plan(plan_of(execution=start, cutover=start))
    window = execution_window(plan)
    assert window is not None
    assert last_working_day(window.start, days, WEEK) == expected
