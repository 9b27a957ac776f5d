"""Order stages by their risk, lowest first, as far as what they need allows.

The guide, section Lowest risk first. An order is *right* when no stage runs while a less risky one could run in its
place, with all done that this one needs. A right order always exists: take at each step one of the least risky stages
that can run. Of the right orders the one that leaves the most stages in their old sequence is the smallest reordering.
A stage is known by its place in the old order, in which each comes behind what it needs.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

#: A stage with this rank stays where it is: it is never too early, and it runs as soon as it can.
FIXED = 0
#: Among so many stages the smallest reordering is looked for, in so many steps; else any right order is given.
_MOST_STAGES, _MOST_STEPS = 40, 2000


class Reordering(NamedTuple):
    """A right order and why the old one is not.

    ``early`` is the first stage that runs too early and ``instead`` the least risky one that could run then. ``order``
    has all stages, and ``moved`` those that leave the sequence of the others, in the new order.
    """

    early: int
    instead: int
    order: tuple[int, ...]
    moved: tuple[int, ...]


def reorder(ranks: Sequence[int], needs: Sequence[Collection[int]]) -> Reordering | None:
    """Find the smallest reordering; None where the order is right as it is.

    ``ranks`` are the risks, `FIXED` for a stage that needs all before it and is not judged. ``needs`` are the earlier
    stages that each needs directly.
    """
    early = _first_early(ranks, needs)
    if early is None:
        return None
    order = _by_rank(ranks, needs)
    if len(ranks) <= _MOST_STAGES:
        order = _Search(ranks, needs, order).best
    kept = set(longest_rising(order))
    return Reordering(*early, tuple(order), tuple(place for place in order if place not in kept))


def _first_early(ranks: Sequence[int], needs: Sequence[Collection[int]]) -> tuple[int, int] | None:
    """Find the first stage in the old order in whose place a less risky one could run, and that one."""
    ready = _Ready(ranks, needs)
    for place, rank in enumerate(ranks):
        least = ready.least(done=place)
        if least is not None and ranks[least] < rank:
            return place, least
        ready.finish(place)
    return None


def _by_rank(ranks: Sequence[int], needs: Sequence[Collection[int]]) -> list[int]:
    """Take at each step the least risky stage that can run, of equals the earliest."""
    ready = _Ready(ranks, needs)
    order: list[int] = []
    while (place := ready.take()) is not None:
        order.append(place)
        ready.finish(place)
    return order


class _Ready:
    """The stages whose needs are done, the least risky first."""

    def __init__(self, ranks: Sequence[int], needs: Sequence[Collection[int]]) -> None:
        self._ranks = ranks
        self._missing = [len(needed) for needed in needs]
        self._waiting = _needed_by(needs)
        self._heap = [(rank, place) for place, rank in enumerate(ranks) if not needs[place]]
        heapify(self._heap)

    def least(self, done: int) -> int | None:
        """Give the least risky stage that can run, where all before the place ``done`` have run."""
        while self._heap and self._heap[0][1] < done:
            heappop(self._heap)
        return self._heap[0][1] if self._heap else None

    def take(self) -> int | None:
        """Take the least risky stage that can run."""
        return heappop(self._heap)[1] if self._heap else None

    def finish(self, place: int) -> None:
        """Let those run that needed a stage last."""
        for other in self._waiting[place]:
            self._missing[other] -= 1
            if not self._missing[other]:
                heappush(self._heap, (self._ranks[other], other))


class _Search:
    """Tries the right orders that differ in the choice among equals, and keeps the one that moves the fewest stages."""

    def __init__(self, ranks: Sequence[int], needs: Sequence[Collection[int]], known: list[int]) -> None:
        self.best = known
        self._fewest = len(known) - len(longest_rising(known))
        self._ranks = ranks
        self._missing = [len(needed) for needed in needs]
        self._waiting = _needed_by(needs)
        self._steps = _MOST_STEPS
        self._order: list[int] = []
        self._go_on({place for place, needed in enumerate(needs) if not needed}, [])

    def _go_on(self, ready: set[int], tails: list[int]) -> None:
        """Try all ways to end an order; ``tails`` are as in `longest_rising`: one for each stage that stays."""
        self._steps -= 1
        if self._steps < 0 or len(self._order) - len(tails) >= self._fewest:
            return
        if not ready:
            self.best, self._fewest = list(self._order), len(self._order) - len(tails)
            return
        least = min(self._ranks[place] for place in ready)
        for place in sorted(place for place in ready if self._ranks[place] == least):
            self._order.append(place)
            self._go_on((ready - {place}).union(self._finished(place)), _with(tails, place))
            self._order.pop()
            for other in self._waiting[place]:
                self._missing[other] += 1

    def _finished(self, place: int) -> Iterator[int]:
        for other in self._waiting[place]:
            self._missing[other] -= 1
            if not self._missing[other]:
                yield other


def _needed_by(needs: Sequence[Collection[int]]) -> list[list[int]]:
    waiting: list[list[int]] = [[] for _ in needs]
    for place, needed in enumerate(needs):
        for other in needed:
            waiting[other].append(place)
    return waiting


def _with(tails: Sequence[int], place: int) -> list[int]:
    """Give the least last element of a rising sequence of each length, after one more element."""
    length = bisect_left(tails, place)
    return [*tails[:length], place, *tails[length + 1 :]]


def longest_rising(order: Sequence[int]) -> list[int]:
    """Find a longest sequence of elements, not necessarily side by side, that rise."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in order:
        length = bisect_left(tails, place)
        before[place] = tails[length - 1] if length else None
        tails[length : length + 1] = [place]
    rising: list[int] = []
    last = tails[-1] if tails else None
    while last is not None:
        rising.append(last)
        last = before[last]
    return rising[::-1]
