"""The graph of dependencies: what needs what, the rings, the longest chain."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.graph import MOST_RINGS, DependencyGraph, dependency_graph


def graph(text: str) -> DependencyGraph:
    """Read a graph written as "1: 2 3, 2: 3, 3:"."""
    pairs = (part.split(":") for part in text.split(","))
    return DependencyGraph({label.strip(): needed.split() for label, needed in pairs})


GRAPHS = st.integers(1, 7).flatmap(
    lambda count: st.lists(st.sets(st.integers(0, count - 1)), min_size=count, max_size=count).map(
        lambda needed: DependencyGraph(
            {str(one): [str(other) for other in sorted(others) if other != one] for one, others in enumerate(needed)}
        )
    )
)


def naive_reach(built: DependencyGraph, label: str) -> set[str]:
    found: set[str] = set()
    waiting = list(built.direct[label])
    while waiting:
        needed = waiting.pop()
        if needed not in found:
            found.add(needed)
            waiting += built.direct[needed]
    return found


def test_what_a_stage_needs_is_followed_through() -> None:
    built = graph("1:, 2: 1, 3: 2, 4:")
    assert built.needs("3") == ("1", "2")
    assert built.needed_by("1") == ("2", "3")
    assert built.needs("4") == built.needed_by("4") == ()


@given(GRAPHS)
def test_what_a_stage_needs_is_what_a_walk_finds(built: DependencyGraph) -> None:
    for label in built.labels:
        assert set(built.needs(label)) == naive_reach(built, label) - {label}
        assert built.depends_on(label, label) is (label in naive_reach(built, label))


def test_a_ring_begins_at_its_earliest_stage() -> None:
    assert graph("1: 3, 2: 1, 3: 2").rings == (("1", "3", "2"),)


def test_rings_that_share_a_stage_are_both_found() -> None:
    assert graph("1: 2 3, 2: 1, 3: 1").rings == (("1", "2"), ("1", "3"))


@given(GRAPHS)
def test_every_stage_in_a_ring_is_in_one_that_is_found_and_no_other(built: DependencyGraph) -> None:
    inside = {label for label in built.labels if label in naive_reach(built, label)}
    assert {label for ring in built.rings for label in ring} == inside
    for ring in built.rings:
        assert ring[0] == min(ring)
        assert len(set(ring)) == len(ring)
        for label, needed in zip(ring, (*ring[1:], ring[0]), strict=True):
            assert needed in built.direct[label]


@given(GRAPHS)
def test_two_stages_are_in_one_ring_when_each_needs_the_other(built: DependencyGraph) -> None:
    for label in built.labels:
        for other in built.labels:
            both = label in naive_reach(built, other) and other in naive_reach(built, label)
            assert built.in_one_ring(label, other) is (both and label != other)


def test_who_names_a_stage_is_known() -> None:
    assert graph("1: 3, 2: 1, 3: 1 2").named_by == {"1": ("2", "3"), "2": ("3",), "3": ("1",)}


def test_of_very_many_rings_only_the_first_are_looked_for() -> None:
    pairs = 3 * MOST_RINGS
    built = DependencyGraph({str(one): [str(one ^ 1)] for one in range(2 * pairs)})
    assert len(built.rings) == MOST_RINGS
    assert built.rings[0] == ("0", "1")


def test_the_longest_chain_is_by_weight_and_not_by_length() -> None:
    built = graph("1:, 2: 1, 3: 2, 4:, 5: 3 4")
    chain = built.longest_chain({"1": 1, "2": 1, "3": 1, "4": 10, "5": 2})
    assert chain is not None
    assert (chain.labels, chain.total) == (("4", "5"), 12)


@given(GRAPHS, st.lists(st.integers(0, 5), min_size=7, max_size=7))
def test_no_chain_is_longer_than_the_longest(built: DependencyGraph, numbers: list[int]) -> None:
    weights = dict(zip(built.labels, map(float, numbers), strict=False))
    chain = built.longest_chain(weights)
    if built.rings:
        assert chain is None
        return
    assert chain is not None
    assert chain.total == sum(weights[label] for label in chain.labels)
    assert all(one in built.direct[other] for one, other in zip(chain.labels, chain.labels[1:], strict=False))

    def longest_to(label: str) -> float:
        return weights[label] + max((longest_to(needed) for needed in built.direct[label]), default=0)

    assert chain.total == max(map(longest_to, built.labels))


def test_a_chain_of_many_stages_needs_no_recursion() -> None:
    count = 5000
    built = DependencyGraph({str(one): [str(one - 1)] if one else [] for one in range(count)})
    assert built.rings == ()
    chain = built.longest_chain(dict.fromkeys(built.labels, 1.0))
    assert chain is not None
    assert chain.total == count
    assert built.depends_on(str(count - 1), "0")


def test_a_plan_gives_only_what_is_sure() -> None:
    [plan] = parse_plan(
        "## Migration: Orders\n\n"
        "### Stage 1 — A\n\n**Dependencies**: none\n\n"
        "### Stage 2 — B\n\n**Dependencies**: Stage 1, Stage 2, Stage 9\n\n"
        "### Stage 3 — C\n\n**Dependencies**: somebody\n\n"
        "### Stage 4 — D\n\n**Dependencies**: Stage 5\n\n"
        "### Stage 5 — E\n\n### Stage 5 — F\n"
    )
    built = dependency_graph(plan)
    assert built.direct == {"1": (), "2": ("1",), "3": (), "4": ()}
    assert dependency_graph(plan) is built
