"""The graph of a plan's dependencies: what needs what, directly and in the end, its rings, and its longest chain.

Stages are known by their labels. A label that two stages bear is in no graph, for nobody knows which of the two is
meant; neither are references to a stage that is not there, or to the stage itself. Nothing here recurses: a plan may
be a chain of ten thousand stages.
"""

from __future__ import annotations

from collections import Counter, deque
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.plan.nodes import Plan, Stage


#: Who has so many rings mends these first.
MOST_RINGS = 100


class Chain(NamedTuple):
    """Stages that must follow one another, first one first, and the sum of their weights."""

    labels: tuple[str, ...]
    total: float


class DependencyGraph:
    """Who needs whom. ``labels`` are all stages in the order of the plan, ``direct`` those that each names itself."""

    def __init__(self, direct: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(direct)
        self.direct = {label: tuple(needed) for label, needed in direct.items()}
        self._place = {label: place for place, label in enumerate(self.labels)}

    def depends_on(self, label: str, other: str) -> bool:
        """Say whether a stage needs another one, directly or through others; in a ring each needs itself."""
        return bool(self._reach[label] >> self._place[other] & 1)

    def in_one_ring(self, label: str, other: str) -> bool:
        """Say whether two stages need each other, directly or through others."""
        return label != other and self._component[label] == self._component[other]

    def needs(self, label: str) -> tuple[str, ...]:
        """Give all that a stage needs, directly or through others, in the order of the plan."""
        bits = self._reach[label] & ~(1 << self._place[label])
        return tuple(self.labels[place] for place in _places(bits))

    def needed_by(self, label: str) -> tuple[str, ...]:
        """Give all stages that need a stage, directly or through others, in the order of the plan."""
        return tuple(other for other in self.labels if other != label and self.depends_on(other, label))

    @cached_property
    def named_by(self) -> dict[str, tuple[str, ...]]:
        """The stages that name each stage themselves, in the order of the plan."""
        found: dict[str, list[str]] = {label: [] for label in self.labels}
        for label, needed in self.direct.items():
            for other in needed:
                found[other].append(label)
        return {label: tuple(others) for label, others in found.items()}

    @cached_property
    def rings(self) -> tuple[tuple[str, ...], ...]:
        """The rings, each from its earliest stage, each stage needing the next and the last one the first.

        Every stage that is in a ring is in one of these; of the rings through it, it is in a shortest. Of very many
        rings only the first `MOST_RINGS` are looked for.
        """
        rings: list[tuple[str, ...]] = []
        seen: set[str] = set()
        for label in self.labels:
            if label not in seen and len(rings) < MOST_RINGS and self._is_in_a_ring(label):
                ring = self._shortest_ring(label)
                seen.update(ring)
                start = ring.index(min(ring, key=self._place.__getitem__))
                rings.append((*ring[start:], *ring[:start]))
        return tuple(sorted(rings, key=self._places_of))

    def longest_chain(self, weights: Mapping[str, float]) -> Chain | None:
        """Find the chain with the largest sum of weights; None in a graph with rings, or without stages.

        A stage without a weight weighs nothing. Of two chains with one sum the one that ends earlier is given.
        """
        if not self.labels or any(map(self._is_in_a_ring, self.labels)):
            return None
        best: dict[str, float] = {}
        before: dict[str, str | None] = {}
        for (label,) in self._components:
            last = max(self.direct[label], key=lambda needed: (best[needed], -self._place[needed]), default=None)
            before[label] = last
            best[label] = weights.get(label, 0) + (best[last] if last is not None else 0)
        end: str | None = max(self.labels, key=lambda label: (best[label], -self._place[label]))
        total = best[end] if end is not None else 0
        chain = []
        while end is not None:
            chain.append(end)
            end = before[end]
        return Chain(tuple(reversed(chain)), total)

    @cached_property
    def _reach(self) -> dict[str, int]:
        """What each stage needs in the end, as a set of bits: the places of the stages."""
        reach: dict[str, int] = {}
        for component in self._components:
            # The components that this one needs are done already.
            bits = sum(1 << self._place[label] for label in component) if len(component) > 1 else 0
            for label in component:
                for needed in self.direct[label]:
                    bits |= 1 << self._place[needed] | reach.get(needed, 0)
            reach.update(dict.fromkeys(component, bits))
        return reach

    @cached_property
    def _components(self) -> tuple[tuple[str, ...], ...]:
        """The strongly connected components by Tarjan's algorithm, each behind those that it needs."""
        return tuple(_components(self.labels, self.direct))

    @cached_property
    def _component(self) -> dict[str, int]:
        """The place of each stage's component among the components."""
        return {label: place for place, component in enumerate(self._components) for label in component}

    def _is_in_a_ring(self, label: str) -> bool:
        return len(self._components[self._component[label]]) > 1

    def _shortest_ring(self, start: str) -> list[str]:
        """Find a shortest way from a stage to itself in its component; from the start on, each needs the next."""
        came_from: dict[str, str] = {}
        waiting = deque([start])
        while waiting:
            label = waiting.popleft()
            for needed in self.direct[label]:
                if needed == start:
                    ring = [label]
                    while ring[-1] != start:
                        ring.append(came_from[ring[-1]])
                    return ring[::-1]
                if needed not in came_from and self._component[needed] == self._component[start]:
                    came_from[needed] = label
                    waiting.append(needed)
        raise AssertionError(start)  # a component of more than one stage has a ring through each

    def _places_of(self, labels: Sequence[str]) -> list[int]:
        return [self._place[label] for label in labels]


@once_a_plan
def dependency_graph(plan: Plan) -> DependencyGraph:
    """Build the graph of a plan from the Dependencies fields that could be read."""
    counts = Counter(stage.label for stage in plan.stages)
    known = {label for label, count in counts.items() if count == 1}
    return DependencyGraph(
        {
            stage.label: [label for label in named_dependencies(stage) if label in known and label != stage.label]
            for stage in plan.stages
            if stage.label in known
        }
    )


def named_dependencies(stage: Stage) -> tuple[str, ...]:
    """Give the labels that a stage's Dependencies name, each once; none where the field is missing or unreadable."""
    reading = stage.dependencies
    if reading is None or reading.state is not State.READ or reading.value is None:
        return ()
    return tuple(dict.fromkeys(reference.label for reference in reading.value.references))


def _places(bits: int) -> Iterator[int]:
    """Give the places of the bits that are set."""
    for place, bit in enumerate(reversed(f"{bits:b}")):
        if bit == "1":
            yield place


def _components(labels: Sequence[str], direct: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in labels:
        if root in index:
            continue
        work = [(root, iter(direct[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            label, left = work[-1]
            needed = next(left, None)
            if needed is None:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[label])
                if low[label] == index[label]:
                    component: list[str] = []
                    while not component or component[-1] != label:
                        component.append(path.pop())
                    on_path.difference_update(component)
                    yield tuple(component)
            elif needed not in index:
                index[needed] = low[needed] = len(index)
                path.append(needed)
                on_path.add(needed)
                work.append((needed, iter(direct[needed])))
            elif needed in on_path:
                low[label] = min(low[label], index[needed])
