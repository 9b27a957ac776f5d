"""What becomes of a plan without one of its stages, or where one fails: what cannot run, what stays open or half moved.

A stage cannot run if it needs the lost one, directly or through others; all others run. A gap stays open if one of the
stages that close it does not run, or if its notes say that it depends on a gap that stays open. A stage that fails has
begun to move its layers and not ended, until it is rolled back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gap_references import gap_references
from lint_migration_plan.plan.facts.gaps import assigned, gap_rows
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.walk import walk
from lint_migration_plan.plan.way_back import step_back
from lint_migration_plan.plan.windows import HalfMoved, Window, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.compatibility import Pair
    from lint_migration_plan.plan.nodes import GapRow, Plan, Stage
    from lint_migration_plan.plan.walk import Exposed
    from lint_migration_plan.plan.way_back import StepBack


class Blocked(NamedTuple):
    """A stage that cannot run, and those that do not run of the ones that it names under Dependencies."""

    stage: Stage
    needs: tuple[Stage, ...]


class OpenGap(NamedTuple):
    """A gap that stays open: the stages that would close it and do not run, and the open gaps that its notes name."""

    row: GapRow
    stages: tuple[Stage, ...]
    gaps: tuple[GapRow, ...]


class UnfinishedLayer(NamedTuple):
    """A layer that does not become new: the stages that move it and run, and those that do not run.

    ``begun`` is True where it is half moved, False where it stays old.
    """

    layer: str
    moved_by: tuple[Stage, ...]
    not_moved_by: tuple[Stage, ...]
    begun: bool


class HalfMovedPair(NamedTuple):
    """A coupled pair of layers that is half moved from a stage on, until another or, where that is None, for good.

    ``exposed`` is the stage from which on nothing keeps old and new working together, None where something does.
    """

    pair: Pair
    first: Stage
    until: Stage | None
    exposed: Stage | None


class WhatIf(NamedTuple):
    """What becomes of a plan. Stages and rows stand in the order of the plan.

    ``unsure`` are stages that run as far as is known, but whose dependencies are not. ``pairs`` are those that are half
    moved for good, and those that lose what kept old and new working together. ``standing`` are the windows that nobody
    closes any more. ``certain`` is False where layers or order could not be read well enough for these three.
    ``way_back`` is how a stage that fails is undone, None for one that is left out.
    """

    stage: Stage
    blocked: tuple[Blocked, ...]
    unsure: tuple[Stage, ...]
    gaps: tuple[OpenGap, ...]
    layers: tuple[UnfinishedLayer, ...]
    pairs: tuple[HalfMovedPair, ...]
    standing: tuple[Window, ...]
    certain: bool
    way_back: StepBack | None


def without(plan: Plan, stage: Stage) -> WhatIf:
    """Say what becomes of a plan without a stage, whose number no other stage has."""
    return _what_if(plan, stage, fails=False)


def failing(plan: Plan, stage: Stage) -> WhatIf:
    """Say what becomes of a plan where a stage fails midway, whose number no other stage has."""
    return _what_if(plan, stage, fails=True)


def _what_if(plan: Plan, stage: Stage, *, fails: bool) -> WhatIf:
    graph = dependency_graph(plan)
    lost = {stage.label, *graph.needed_by(stage.label)}
    by_label = {other.label: other for other in plan.stages}
    blocked = tuple(
        Blocked(other, tuple(by_label[label] for label in graph.direct[other.label] if label in lost))
        for other in plan.stages
        if other.label in lost and other is not stage
    )
    unsure = tuple(other for other in plan.stages if other.label not in lost and not _is_known(plan, other))
    rest = _Rest(plan, stage, lost, fails=fails)
    return WhatIf(
        stage,
        blocked,
        unsure,
        tuple(_open_gaps(plan, lost)),
        tuple(rest.layers()),
        tuple(rest.pairs()),
        tuple(rest.standing()),
        rest.certain,
        step_back(plan, stage) if fails else None,
    )


def _is_known(plan: Plan, stage: Stage) -> bool:
    """Say whether it is known what a stage needs."""
    read = stage.dependencies is not None and stage.dependencies.state is State.READ
    return read and stage.label in dependency_graph(plan).direct


def _open_gaps(plan: Plan, lost: set[str]) -> Iterator[OpenGap]:
    stages = {stage.label: stage for stage in plan.stages}
    rows = gap_rows(plan)
    missing = {
        row.number: tuple(
            stages[label] for label in dict.fromkeys(reference.label for reference in assigned(row)) if label in lost
        )
        for row in rows
    }
    needed: dict[int, list[GapRow]] = {}
    needed_by: dict[int, list[int]] = {}
    for row, reference in gap_references(plan):
        if reference.row is not None and reference.row.number != row.number:
            needed.setdefault(row.number, []).append(reference.row)
            needed_by.setdefault(reference.row.number, []).append(row.number)
    still_open = {number for number, losses in missing.items() if losses}
    waiting = list(still_open)
    while waiting:
        for number in needed_by.get(waiting.pop(), ()):
            if number not in still_open:
                still_open.add(number)
                waiting.append(number)
    for row in rows:
        if row.number in still_open:
            gaps = {gap.number: gap for gap in needed.get(row.number, ()) if gap.number in still_open}
            yield OpenGap(row, missing[row.number], tuple(gaps.values()))


class _Rest:
    """The walk of the stages that are left."""

    def __init__(self, plan: Plan, stage: Stage, lost: set[str], *, fails: bool) -> None:
        self._plan, self._walk, self._lost = plan, walk(plan), lost
        self._failed = next(at for at, other in enumerate(plan.stages) if other is stage) if fails else None
        self.certain = self._walk.certain
        self._movers: dict[str, list[int]] = {}
        for place, step in enumerate(self._walk.steps):
            for layer in step.moves:
                self._movers.setdefault(layer, []).append(place)

    def layers(self) -> Iterator[UnfinishedLayer]:
        """Give the layers that do not become new."""
        for layer in self._walk.layers:
            movers = self._movers[layer]
            run = tuple(self._plan.stages[place] for place in movers if self._runs(place))
            left = tuple(self._plan.stages[place] for place in movers if not self._runs(place))
            if left:
                yield UnfinishedLayer(layer, run, left, bool(run) or self._failed in movers)

    def pairs(self) -> Iterator[HalfMovedPair]:
        """Give the coupled pairs that are half moved for good, or lose what covered them."""
        stages, end = self._plan.stages, len(self._plan.stages)
        for half in self._walk.half_moved:
            movers = sorted({place for layer in half.pair for place in self._movers[layer]})
            begun = [place for place in movers if self._acts(place)]
            finished = all(map(self._runs, movers))
            if not begun:
                continue
            exposed = self._exposed(half, HalfMoved(half.pair, begun[0], half.last if finished else end))
            if not finished or (exposed and not self._walk.exposed(half)):
                until = stages[half.last] if finished else None
                yield HalfMovedPair(half.pair, stages[begun[0]], until, stages[exposed.place] if exposed else None)

    def standing(self) -> Iterator[Window]:
        """Give the windows that are opened and that nobody closes any more."""
        for window in self._walk.windows:
            # The end of what a sentence says is assumed, and has no words.
            closed = window.closed if window.closing is not None else None
            if closed is not None and self._runs(window.opened) and not self._runs(closed):
                yield window

    def _runs(self, place: int) -> bool:
        return place < 0 or self._plan.stages[place].label not in self._lost

    def _acts(self, place: int) -> bool:
        """Say whether what a stage does may be done: it runs, or it fails and did some of it."""
        return self._runs(place) or place == self._failed

    def _exposed(self, planned: HalfMoved, half: HalfMoved) -> Exposed | None:
        """Find the first step of a half-moved span that nothing covers of what the stages that are left say and do.

        ``planned`` is the span as the plan would have it.
        """
        windows = [
            window if window.closed is None or self._acts(window.closed) else window._replace(closed=None, closing=None)
            for window in self._walk.windows
            if self._runs(window.opened)
        ]
        # As in the walk, what a sentence says holds for as long as it must.
        windows += [
            Window(said.pairs, said.words, min(said.place, half.first))
            for said in (() if self._walk.stated else said_of(self._plan, planned))
            if self._runs(said.place)
        ]
        ends = tuple(end for end in self._walk.ends if self._acts(end.place))
        return self._walk._replace(windows=tuple(windows), ends=ends).exposed(half)
