"""Hold the efforts of the stages against the dates of the timeline.

What must fit between the start of the execution and the cutover is the longest chain of stages that need one another;
stages without a way from one to the other may run side by side. Every doubt is the plan's: of an effort its low end
counts, and nothing where it is missing, where several people share it, or where it is spent on waiting.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.stage_kinds import StageKind, stage_kind
from lint_migration_plan.plan.facts.timeline import reading_of
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import FieldName, State
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.working_time import working_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.values.dates import Day
    from lint_migration_plan.plan.values.working_time import WorkingTime

#: Stages of these kinds come after the switch, where a plan has no stage that surely is the switch.
AFTER_THE_SWITCH = frozenset(
    (StageKind.MONITOR, StageKind.REMOVE_COMPATIBILITY, StageKind.CLEAN_UP, StageKind.DECOMMISSION)
)
#: How the stage is called on whose day the timeline has its cutover.
CUTOVER = ("cut-over", "cutover", "go live", "go-live", "going live")

#: Who says so gives the work of several people, who may do it in less time.
SHARED = (
    *("people", "persons", "engineers", "developers", "devs", "dbas", "admins", "team", "teams", "pairs"),
    *("fte", "ftes", "pd", "md", "person", "man", "manday", "mandays", "manhour", "manhours"),
)
#: Who says so counts hours that pass by themselves, at night and at the weekend too.
WAITING = (
    *("soak", "wait", "bake", "unattended", "background", "elapsed", "calendar", "overnight", "replicat", "sync"),
    *("monitor", "observ", "running", "runs"),
)
#: Labels for an effort that speak of time that passes, not of work.
PASSING = (
    "duration",
    "time",
    "dauer",
    "durée",
    "duración",
    "duração",
    "длительность",
    "срок",
    "工期",
    "期間",
    "所要時間",
)

_SHARED = LazyPattern(
    rf"(?<![^\W_])(?:{'|'.join(SHARED)})(?![^\W_])|[x×*]\s*\d|\d\s*[x×*]", needs=(*SHARED, "x", "×", "*")
)
_WAITING = LazyPattern(rf"(?<![^\W_])(?:{'|'.join(WAITING)})", needs=WAITING)
_CUTOVER = LazyPattern(
    rf"{'|'.join(CUTOVER)}|(?<!\w)cut(?:ting)? (?:[\w'-]+ ){{0,5}}?over(?!\w)", needs=(*CUTOVER, "cut")
)
_HOURS_A_DAY = 24
_DAYS_A_WEEK = 7


class Work(NamedTuple):
    """Stages that must follow one another, first one first, each with its least effort, and their sum, in hours.

    ``by_the_hour`` is True where all efforts are given in hours or minutes.
    """

    stages: tuple[Stage, ...]
    hours: tuple[float, ...]
    total: float
    by_the_hour: bool


class Window(NamedTuple):
    """The time between the start of the execution and the cutover; ``begin`` and ``until`` are their whole values."""

    start: Day
    end: Day
    begin: Text
    until: Text
    time: WorkingTime


class Shortfall(NamedTuple):
    """Work that does not fit into its window of so many hours."""

    work: Work
    window: Window
    hours: float


def shortfall(plan: Plan) -> Shortfall | None:
    """Find out whether the longest chain of work is longer than its window; None where it may fit."""
    work, window = longest_work(plan), execution_window(plan)
    if work is None or window is None:
        return None
    hours = window.time.days * plan.vocabulary.hours_per_day
    if work.by_the_hour:
        hours = max(hours, window.time.nonstop)
    # Sums of fractions of an hour are not exact.
    return Shortfall(work, window, hours) if work.total > hours and not math.isclose(work.total, hours) else None


@once_a_plan
def longest_work(plan: Plan) -> Work | None:
    """Find the longest chain of stages that need one another and come before the cutover or in it."""
    efforts = _efforts(plan)
    longest = dependency_graph(plan).longest_chain(efforts)
    if longest is None:
        return None
    places = {stage.label: place for place, stage in enumerate(plan.stages)}
    way = [places[label] for label in longest.labels]
    if way != sorted(way):
        # A stage that needs a later one is another matter, and may be a slip.
        return None
    stages = tuple(plan.stages[places[label]] for label in longest.labels if efforts.get(label))
    units = {stage.effort.value.unit for stage in stages if stage.effort is not None and stage.effort.value is not None}
    hours = tuple(efforts[stage.label] for stage in stages)
    return Work(stages, hours, longest.total, by_the_hour=units <= {"minute", "hour"}) if stages else None


def execution_window(plan: Plan) -> Window | None:
    """Measure the time from the start of the execution to the end of the cutover, if both dates are on one scale."""
    first, last = reading_of(plan, "execution"), reading_of(plan, "cutover")
    if first is None or last is None:
        return None
    execution, cutover = first.value, last.value
    if execution is None or cutover is None or execution.scale != cutover.scale:
        return None
    time = working_time(execution.start, cutover.end, cutover.scale, plan.vocabulary.working_days)
    return Window(execution.start, cutover.end, first.text, last.text, time) if time is not None else None


def _efforts(plan: Plan) -> Mapping[str, float]:
    """Give the least effort, in hours, of each stage that surely comes before the cutover or in it."""
    kinds = [stage_kind(stage, plan.vocabulary).kind for stage in plan.stages]
    switch = _switch(plan.stages, kinds)
    if switch is None:
        # Where one stage comes after the switch, so may all that follow it.
        after = next((place for place, kind in enumerate(kinds) if kind in AFTER_THE_SWITCH), len(kinds))
        return {stage.label: _least(stage, plan) for stage in plan.stages[:after]}
    before = zip(plan.stages[: switch + 1], kinds, strict=False)
    return {stage.label: _least(stage, plan) for stage, kind in before if kind is not StageKind.MONITOR}


def _switch(stages: Sequence[Stage], kinds: Sequence[StageKind]) -> int | None:
    """Find the place of the stage that the cutover is: one called so, else the first that switches something."""
    called = (place for place, kind in enumerate(kinds) if kind.moves and _CUTOVER.search(fold(stages[place].name)))
    switches = (place for place, kind in enumerate(kinds) if kind is StageKind.SWITCH)
    return next(chain(called, switches), None)


def is_one_persons_work(effort: Text) -> bool:
    """Say whether an effort is nobody else's: neither shared by several people nor time that passes by itself."""
    string = folded(effort)
    return not (_SHARED.search(string) or _WAITING.search(string))


def _least(stage: Stage, plan: Plan) -> float:
    """Give the hours of work that a stage takes at least for one person, as far as its effort is sure."""
    effort, field = stage.effort, stage.field(FieldName.EFFORT)
    if effort is None or effort.state is not State.READ or effort.value is None or field is None:
        return 0
    if not is_one_persons_work(effort.text):
        return 0
    vocabulary = plan.vocabulary
    label = fold(field.label.plain)
    if any(word in label for word in PASSING):
        if effort.value.unit in {"minute", "hour"}:
            return effort.value.low * vocabulary.hours_per_day / _HOURS_A_DAY
        if effort.value.unit == "day":
            return effort.value.low * len(vocabulary.working_days) / _DAYS_A_WEEK
    return effort.value.low
