"""What the Dependencies of a plan's stages name, which of it is sure, and which stage comes after which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.dependencies import has_fault, is_followable, named_stages
from lint_migration_plan.plan.facts.missing_stages import is_surely_missing, stage_called
from lint_migration_plan.plan.facts.stage_order import comes_after

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


def plan_of(*stages: str, word: str = "Stage") -> Plan:
    """Make a plan of stages written as "2: Stage 1": a number and its Dependencies, none where nothing follows."""
    parts = (stage.partition(":") for stage in stages)
    (plan,) = parse_plan(
        "## Migration: Doors\n\n"
        + "\n".join(
            f"### {word} {number} — Turn {number} times\n\n**Risk**: low\n**Dependencies**: {value.strip() or 'none'}\n"
            for number, _, value in parts
        )
    )
    return plan


def named(value: str) -> list[tuple[str, tuple[str, ...], bool]]:
    plan = plan_of("1", "2", "3", "4", f"5: {value}")
    return [(one.text.plain, one.labels, one.sure) for one in named_stages(plan)["5"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Stage 2", [("Stage 2", ("2",), True)]),
        ("Stages 1-3, 4", [("Stages 1-3", ("1", "2", "3"), True), ("4", ("4",), True)]),
        ("Turn 2 times", [("Turn 2 times", ("2",), True)]),
        ("Stage 2 (optional)", [("Stage 2", ("2",), False)]),
        ("Stage 1, Stage 2 (nice to have)", [("Stage 1", ("1",), True), ("Stage 2", ("2",), False)]),
        ("Stage 2 or Stage 3", [("Stage 2", ("2",), False), ("Stage 3", ("3",), False)]),
        ("Stage 1, and Stage 3 needs this one", [("Stage 1", ("1",), True), ("Stage 3", ("3",), False)]),
        ("Step 9", [("Step 9", ("9",), False)]),
        ("Stage 3 of the billing project", []),
        ("Stage 3 of this plan", [("Stage 3", ("3",), True)]),
        ("none", []),
    ],
)
def test_what_is_named_and_whether_it_is_sure(value: str, expected: list[tuple[str, tuple[str, ...], bool]]) -> None:
    assert named(value) == expected


@pytest.mark.parametrize("value", ["Stage 9", "Stage 3 of the billing project", "the weather", "TBD"])
def test_what_leads_out_of_the_plan_cannot_be_followed(value: str) -> None:
    plan = plan_of("1", f"2: {value}")
    assert [is_followable(plan, stage) for stage in plan.stages] == [True, False]


def test_doubled_stages_are_neither_named_nor_followed() -> None:
    plan = plan_of("1", "2: Stage 1", "2: Stage 1", "3: Stage 2")
    assert sorted(named_stages(plan)) == ["1", "3"]
    assert [is_followable(plan, stage) for stage in plan.stages] == [True, False, False, False]


def test_the_stage_itself_and_one_that_is_not_there_are_faults() -> None:
    plan = plan_of("1", "2: Stage 1, Stage 2, Stage 9")
    assert [has_fault(plan, "2", one) for one in named_stages(plan)["2"]] == [False, True, True]


@pytest.mark.parametrize(
    ("numbers", "label", "expected"),
    [
        ("1 2 3", "9", True),
        ("1 2 3", "0", True),
        ("1 2 3", "2", False),
        ("1 2 3", "2.1", False),
        ("1 2 3", "b", False),
        # Counting leads to 3: the stages are misnumbered.
        ("1 2 4", "3", False),
        ("14 15 16", "13", False),
        ("14 15 16", "17", True),
        ("a b c", "k", True),
        ("1.1 1.2 2.1", "1.9", True),
        ("1.1 1.2 2.1", "3.1", False),
        ("1 2 b", "9", False),
        ("1 2 N", "9", False),
    ],
)
def test_a_stage_is_surely_missing_only_beside_others_of_its_kind(numbers: str, label: str, *, expected: bool) -> None:
    assert is_surely_missing(plan_of(*numbers.split()), label) is expected


def test_a_stage_that_some_heading_names_is_not_surely_missing() -> None:
    (plan,) = parse_plan("### Stage 1 — A\n\n### Stage 2 — B\n\n**Risk**: low\n\n#### What stage 9 was\n\nNothing.\n")
    assert not is_surely_missing(plan, "9")
    assert is_surely_missing(plan, "8")


def test_a_stage_is_found_by_its_name_or_a_slip_of_it() -> None:
    (plan,) = parse_plan("### Stage 1 — Copy the index\n\n**Risk**: low\n\n### Stage 2 — Switch\n\n**Risk**: low\n")
    for words in ("Copy the index", "copy the **index**", "Copy the indxe"):
        stage = stage_called(plan, words)
        assert stage is not None
        assert stage.label == "1"
    assert stage_called(plan, "Paint the doors") is None


@pytest.mark.parametrize(
    ("numbers", "label", "other", "expected"),
    [
        ("1 2", "2", "1", True),
        ("1 2", "1", "2", False),
        ("1 2", "1", "1", False),
        ("1 3 2", "2", "3", False),
        ("1 3 2", "3", "2", False),
        ("2.9 2.10", "2.10", "2.9", True),
        ("2 2b", "2b", "2", True),
        ("a b", "b", "a", True),
        ("1 b", "b", "1", False),
        ("1 2 2 3", "2", "1", False),
        ("1 2", "9", "1", False),
    ],
)
def test_what_comes_after_does_so_by_place_and_number(numbers: str, label: str, other: str, *, expected: bool) -> None:
    assert comes_after(plan_of(*numbers.split()), label, other) is expected
