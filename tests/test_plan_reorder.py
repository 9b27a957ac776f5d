"""Lowest risk first: what is out of order, and the smallest reordering that would be right."""

from __future__ import annotations

import random
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.precedence import Precedence, precedence
from lint_migration_plan.plan.reorder import FIXED, reorder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Orders = tuple[list[int], list[frozenset[int]]]


@st.composite
def orders(draw: st.DrawFn) -> Orders:
    """Draw up to seven stages, their risks and what they need; a fixed one needs all before it."""
    ranks = draw(st.lists(st.integers(FIXED, 3), max_size=7))
    needs = [
        frozenset(range(place))
        if rank == FIXED
        else frozenset(draw(st.sets(st.integers(0, place - 1), max_size=3)))
        if place
        else frozenset[int]()
        for place, rank in enumerate(ranks)
    ]
    return ranks, needs


def runs(order: Sequence[int], needs: Sequence[Collection[int]]) -> bool:
    """Say whether each stage comes behind all that it needs."""
    at = {place: index for index, place in enumerate(order)}
    return all(at[other] < at[place] for place in order for other in needs[place])


def is_right(order: Sequence[int], ranks: Sequence[int], needs: Sequence[Collection[int]]) -> bool:
    """Say whether no stage has a later and less risky one that could run in its place."""
    return all(
        ranks[later] >= ranks[place] or not set(needs[later]) <= set(order[:index])
        for index, place in enumerate(order)
        for later in order[index + 1 :]
    )


def fewest_moves(order: Sequence[int]) -> int:
    for count in range(len(order) + 1):
        for moved in combinations(order, count):
            kept = [place for place in order if place not in moved]
            if kept == sorted(kept):
                return count
    raise AssertionError(order)


@given(orders())
def test_a_reordering_is_right_and_no_other_right_one_moves_fewer_stages(case: Orders) -> None:
    ranks, needs = case
    found = reorder(ranks, needs)
    possible = [order for order in permutations(range(len(ranks))) if runs(order, needs)]
    right = [order for order in possible if is_right(order, ranks, needs)]
    assert right
    if found is None:
        assert is_right(range(len(ranks)), ranks, needs)
        return
    assert not is_right(range(len(ranks)), ranks, needs)
    assert found.order in right
    assert len(found.moved) == min(map(fewest_moves, right))
    kept = [place for place in found.order if place not in found.moved]
    assert kept == sorted(kept)
    assert ranks[found.instead] < ranks[found.early]
    assert found.early < found.instead
    assert set(needs[found.instead]) <= set(range(found.early))
    before = range(found.early)
    assert all(
        ranks[other] >= ranks[place] or not set(needs[other]) <= set(range(place))
        for place in before
        for other in range(place + 1, len(ranks))
    )


@given(orders())
def test_a_fixed_stage_stays_behind_all_before_it_and_is_never_to_blame(case: Orders) -> None:
    found = reorder(*case)
    if found is not None:
        assert FIXED not in {case[0][found.early], case[0][found.instead]}


@pytest.mark.parametrize(
    ("ranks", "needs", "order", "moved"),
    [
        ([1, 1, 1, 3, 2, 3], [[], [], [], [], [3], [4]], None, []),  # the guide's own example
        ([1, 1, 1, 3, 2, 3], [[], [], [], [], [], []], [0, 1, 2, 4, 3, 5], [4]),
        ([3, 1, 1, 1], [[], [], [], []], [1, 2, 3, 0], [0]),
        ([3, 3, 1], [[], [], []], [2, 0, 1], [2]),
        ([3, 1, 2], [[], [0], []], [2, 0, 1], [2]),  # what needs a risky stage is not asked to come before another
        ([2, 2, 2, 2, 1, 1], [[], [], [], [], [0], [0]], [1, 2, 3, 0, 4, 5], [0]),  # one moves down rather than two up
        ([3, 3, 1, 2], [[], [], [0], []], [3, 0, 2, 1], [3, 2]),
        ([3, 2, 3, 3, 1], [[], [], [1], [1], [0, 1, 2]], [1, 2, 3, 0, 4], [0]),  # the last one waits for three
    ],
)
def test_the_smallest_reordering(
    ranks: list[int], needs: list[list[int]], order: list[int] | None, moved: list[int]
) -> None:
    found = reorder(ranks, needs)
    assert (list(found.order) if found else None) == order
    assert sorted(found.moved if found else []) == sorted(moved)


def test_many_stages_are_put_in_a_right_order() -> None:
    chance = random.Random(7)  # noqa: S311  # no secret
    ranks = [chance.randint(1, 3) for _ in range(300)]
    needs = [frozenset(chance.sample(range(place), min(place, 2))) for place in range(300)]
    found = reorder(ranks, needs)
    assert found is not None
    assert runs(found.order, needs)
    assert is_right(found.order, ranks, needs)


def test_a_chain_of_many_stages_is_right() -> None:
    assert reorder([3, 1] * 5000, [frozenset({place - 1} if place else ()) for place in range(10000)]) is None


def told(*stages: str, table: str = "") -> Precedence:
    """Read the precedence of stages given as ``name | risk | dependencies`` and, maybe, what changes."""
    text = "## Migration: Orders\n\n"
    for number, stage in enumerate(stages, 1):
        name, risk, needs, *changes = (part.strip() for part in stage.split("|"))
        text += f"### Stage {number} — {name}\n\n**What changes**: {''.join(changes)}\n**Risk**: {risk}\n"
        text += f"**Dependencies**: {needs}\n\n" if needs else "\n"
    [plan] = parse_plan(text + table)
    found = precedence(plan)
    assert found is not None
    return found


def sets(*needs: tuple[int, ...]) -> tuple[frozenset[int], ...]:
    return tuple(map(frozenset, needs))


def test_a_stage_stays_behind_what_it_needs_and_what_its_text_names() -> None:
    found = told(
        "Move the orders | high | none",
        "Move the users | low | none",
        "Move the news | low | 1",
        "Move the ads | low | none | Reads the tables of stage 2.",
    )
    assert found.needs == sets((), (), (0,), (1,))


@pytest.mark.parametrize(
    "name", ["Verify the orders", "Switch DNS", "Monitor", "Update the docs", "Move remaining jobs"]
)
def test_what_concludes_stays_behind_all_before_it(name: str) -> None:
    found = told("Move the orders | high | none", "Move the users | low | none", f"{name} | low | none")
    assert found.needs[2] == {0, 1}


@pytest.mark.parametrize("name", ["Set up the cluster", "Add a shim for the old calls"])
def test_what_follows_groundwork_stays_behind_it(name: str) -> None:
    found = told(f"{name} | high | none", "Move the orders | low | none", "Move the users | low | none")
    assert found.needs == sets((), (0,), (0,))


@pytest.mark.parametrize(
    "stage",
    [
        "Move the users | dangerous | none",
        "Move the users | low | somebody",
        "Move the users | low |",
        "Move the users | low | Stage 3",
        "Move the users | low | Stage 2",
        "Move the users | low | Stage 9",
    ],
)
def test_a_stage_that_is_not_wholly_read_has_no_risk_and_stays_in_place(stage: str) -> None:
    found = told("Move the orders | high | none", stage, "Move the news | low | none")
    assert [risk is None for risk in found.risks] == [False, True, False]
    assert found.needs[1] >= {0}


def test_a_gap_that_depends_on_another_ties_their_stages() -> None:
    table = (
        "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
        "| Old orders | high | 1h | Stage 1 | |\n| Old users | low | 1h | Stage 2 | Depends on gap 1 |\n"
    )
    found = told("Move the orders | high | none", "Move the users | low | none", table=table)
    assert found.needs == sets((), (0,))


def test_of_stages_whose_numbers_run_backwards_nothing_is_known() -> None:
    [plan] = parse_plan(
        "## Migration: Orders\n\n### Stage 2 — A\n\n**Risk**: low\n\n### Stage 1 — B\n\n**Risk**: low\n"
    )
    assert precedence(plan) is None
