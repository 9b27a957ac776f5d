"""What becomes of a plan without a stage, or where one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.way_back import Mark
from lint_migration_plan.plan.what_if import failing, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.what_if import WhatIf

HEAD = "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"


def plan_of(stages: Sequence[tuple[str, str, str]], gaps: Sequence[tuple[str, str, str]] = ()) -> Plan:
    """Build a plan of stages (name, layer, dependencies; more fields may follow these) and gaps (gap, stage, notes)."""
    text = "".join(
        f"### Stage {number} — {name}\n\n**Layers affected**: {layer}\n**Dependencies**: {needs}\n"
        "**Rollback**: Deploy version 3.8\n**Rollback tested**: yes\n\n"
        for number, (name, layer, needs) in enumerate(stages, 1)
    )
    rows = "".join(f"| {gap} | low | 1h | {stage} | {notes} |\n" for gap, stage, notes in gaps)
    (plan,) = parse_plan(f"## Migration: Orders\n\n{text}{HEAD + rows if gaps else ''}")
    return plan


def labels(stages: Sequence[Stage]) -> list[str]:
    return [stage.label for stage in stages]


def layers(told: WhatIf) -> Mapping[str, tuple[list[str], list[str], bool]]:
    return {left.layer: (labels(left.moved_by), labels(left.not_moved_by), left.begun) for left in told.layers}


# --- stages -----------------------------------------------------------------------------------------------------------

NEEDS = st.integers(1, 7).flatmap(
    lambda count: st.lists(st.sets(st.integers(1, count)), min_size=count, max_size=count).map(
        lambda needed: [sorted(others - {one}) for one, others in enumerate(needed, 1)]
    )
)


@given(NEEDS, st.data())
def test_a_lost_stage_blocks_those_that_need_it_and_no_others(needs: list[list[int]], data: st.DataObject) -> None:
    named = [", ".join(f"Stage {other}" for other in others) or "none" for others in needs]
    plan = plan_of([("Move", "code", name) for name in named])
    lost = data.draw(st.integers(1, len(needs)))
    # By hand: whoever needs one that cannot run cannot run.
    blocked = {lost}
    for _ in needs:
        blocked |= {one for one, others in enumerate(needs, 1) if blocked & set(others)}
    for told in (without(plan, plan.stages[lost - 1]), failing(plan, plan.stages[lost - 1])):
        assert labels([other for other, _ in told.blocked]) == [str(one) for one in sorted(blocked - {lost})]
        for other, lost_needs in told.blocked:
            assert set(labels(lost_needs)) == {str(one) for one in blocked & set(needs[int(other.label) - 1])}
        assert told.unsure == ()


def test_stages_whose_dependencies_cannot_be_read_are_told_apart() -> None:
    (plan,) = parse_plan(
        "### Stage 1 — A\n\n**Dependencies**: none\n\n"
        "### Stage 2 — B\n\n**Dependencies**: Stage 1\n\n"
        "### Stage 3 — C\n\n**Dependencies**: somebody\n\n"
        "### Stage 4 — D\n\n**Risk**: low\n\n"
        "### Stage 5 — E\n\n**Dependencies**: none\n\n### Stage 5 — F\n\n**Dependencies**: none\n"
    )
    told = without(plan, plan.stages[0])
    assert labels([other for other, _ in told.blocked]) == ["2"]
    assert labels(told.unsure) == ["3", "4", "5", "5"]


# --- gaps -------------------------------------------------------------------------------------------------------------


def test_a_gap_stays_open_where_a_stage_that_closes_it_does_not_run() -> None:
    plan = plan_of(
        [("Move", "code", "none"), ("Move", "code", "Stage 1"), ("Move", "code", "none")],
        [
            ("The driver is old", "Stage 1", ""),
            ("The queries are slow", "Stages 2 and 3", "Depends on gap 2"),
            ("The cache is cold", "Stage 3", ""),
            ("The reports are late", "—", "Deferred: the team moves in May"),
            ("The page is ugly", "Stage 3", "Depends on gap 2"),
            ("The logo is small", "Stage 3", "Depends on gap 5"),
            ("The font is thin", "Stage 3", "Depends on gap 3"),
        ],
    )
    told = without(plan, plan.stages[0])
    assert [(row.number, labels(stages), [gap.number for gap in gaps]) for row, stages, gaps in told.gaps] == [
        (1, ["1"], []),
        (2, ["2"], []),
        (5, [], [2]),
        (6, [], [5]),
    ]
    assert [gap.row.number for gap in without(plan, plan.stages[2]).gaps] == [2, 3, 5, 6, 7]


# --- layers -----------------------------------------------------------------------------------------------------------

SPREAD = [
    ("Move the schema", "data", "none"),
    ("Move the readers", "code", "Stage 1"),
    ("Move the writers", "code", "Stage 2"),
    ("Move the settings", "config", "none"),
]


@pytest.mark.parametrize(
    ("lost", "fails", "expected"),
    [
        ("3", False, {"code": (["2"], ["3"], True)}),
        ("3", True, {"code": (["2"], ["3"], True)}),
        ("2", False, {"code": ([], ["2", "3"], False)}),
        ("2", True, {"code": ([], ["2", "3"], True)}),
        ("1", False, {"data": ([], ["1"], False), "code": ([], ["2", "3"], False)}),
        ("1", True, {"data": ([], ["1"], True), "code": ([], ["2", "3"], False)}),
        ("4", False, {"config": ([], ["4"], False)}),
    ],
)
def test_a_layer_is_half_moved_where_it_is_begun_and_not_ended(
    lost: str,
    fails: bool,  # noqa: FBT001 - a row of the table
    expected: Mapping[str, tuple[list[str], list[str], bool]],
) -> None:
    plan = plan_of(SPREAD)
    stage = plan.stage(lost)
    assert stage is not None
    assert layers(failing(plan, stage) if fails else without(plan, stage)) == expected


def pairs(told: WhatIf) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            "/".join(half.pair),
            half.first.label,
            half.until.label if half.until else None,
            half.exposed.label if half.exposed else None,
        )
        for half in told.pairs
    ]


SHIMMED = [
    ("Add a shim for the old schema", "code", "none"),
    ("Move the schema", "data", "none"),
    ("Move the readers", "code", "Stage 2"),
    ("Remove the shim", "code", "Stage 3"),
]


@pytest.mark.parametrize(
    ("lost", "fails", "expected"),
    [
        # Without the shim the pair is bare for a while.
        ("1", False, [("code/data", "2", "3", "2")]),
        # Data is new for good, and the shim keeps the old code working.
        ("3", False, [("code/data", "2", None, None)]),
        ("3", True, [("code/data", "2", None, None)]),
        # Nothing is moved then.
        ("2", False, []),
        ("2", True, [("code/data", "2", None, None)]),
        ("4", False, []),
    ],
)
def test_pairs_are_half_moved_for_good_or_lose_what_covered_them(
    lost: str,
    fails: bool,  # noqa: FBT001 - likewise
    expected: list[tuple[str, str, str | None, str | None]],
) -> None:
    plan = plan_of(SHIMMED)
    stage = plan.stage(lost)
    assert stage is not None
    told = failing(plan, stage) if fails else without(plan, stage)
    assert told.certain
    assert pairs(told) == expected


@pytest.mark.parametrize(
    ("third", "lost", "fails", "exposed"),
    [
        # The shim goes, though the code that needs it never moves.
        ("Remove the shim", "4", False, "3"),
        # Who fails to remove it may have done so all the same.
        ("Remove the shim", "3", True, "3"),
        ("Remove the shim", "3", False, None),
        ("Drop the old columns", "4", False, "3"),
        ("Drop the old columns", "3", True, "3"),
        ("Drop the old columns", "3", False, None),
    ],
)
def test_what_is_taken_away_by_a_stage_that_runs_covers_no_more(
    third: str,
    lost: str,
    fails: bool,  # noqa: FBT001 - likewise
    exposed: str | None,
) -> None:
    plan = plan_of([*SHIMMED[:2], (third, "data", "none"), ("Move the readers", "code", "Stage 3")])
    stage = plan.stage(lost)
    assert stage is not None
    told = failing(plan, stage) if fails else without(plan, stage)
    assert pairs(told) == [("code/data", "2", None, exposed)]


def test_a_pair_that_is_half_moved_for_good_needs_its_window_for_good() -> None:
    plan = plan_of([*SHIMMED[:3], ("Remove the shim", "code", "none")])
    assert pairs(without(plan, plan.stages[2])) == [("code/data", "2", None, "4")]


WORDS = "so that the old and the new schema both work"


@pytest.mark.parametrize(
    ("names", "lost", "expected"),
    [
        # What another stage says holds as long as it must: here for good.
        ((f"Prepare the readers, {WORDS}", "Move the schema", "Move the readers"), "3", [("2", None, None)]),
        ((f"Prepare the readers, {WORDS}", "Move the schema", "Move the readers"), "1", [("2", "3", "2")]),
        # One of two stages that say so is enough.
        ((f"Prepare the readers, {WORDS}", f"Move the schema, {WORDS}", "Move the readers"), "1", []),
    ],
)
def test_what_a_stage_says_holds_while_that_stage_runs(
    names: tuple[str, str, str], lost: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    layered = zip(names, ("code", "data", "code"), strict=True)
    plan = plan_of([(name, layer, "none") for name, layer in layered])
    stage = plan.stage(lost)
    assert stage is not None
    told = without(plan, stage)
    assert pairs(told) == [("code/data", *half) for half in expected]
    assert told.standing == ()


def test_what_a_stage_says_after_the_span_comes_too_late() -> None:
    plan = plan_of([*SHIMMED[:3], (f"Move the settings, {WORDS}", "code", "none")])
    assert pairs(without(plan, plan.stages[0])) == []
    plan = plan_of([*SHIMMED[:3], (f"Watch the schema, {WORDS}", "code", "none")])
    assert pairs(without(plan, plan.stages[0])) == [("code/data", "2", "3", "2")]


def test_a_plan_that_states_its_windows_is_judged_by_these_alone() -> None:
    stated = "none\n**Compatibility**: data/code until Stage 3"
    plan = plan_of(
        [
            ("Prepare the readers", "code", stated),
            (f"Move the schema, {WORDS}", "data", "none"),
            ("Move the readers", "code", "none"),
        ]
    )
    assert pairs(without(plan, plan.stages[0])) == [("code/data", "2", "3", "2")]
    assert pairs(without(plan, plan.stages[2])) == [("code/data", "2", None, None)]


def test_a_pair_that_was_bare_before_is_no_news() -> None:
    plan = plan_of(
        [("Move the schema", "data", "none"), ("Move the readers", "code", "none"), ("Tune it", "config", "none")]
    )
    assert pairs(without(plan, plan.stages[2])) == [("code/config", "2", None, "2")]


def test_what_nobody_takes_away_any_more_is_told() -> None:
    plan = plan_of(SHIMMED)
    for lost, expected in (("4", ["1"]), ("3", ["1"]), ("1", [])):
        stage = plan.stage(lost)
        assert stage is not None
        told = without(plan, stage)
        assert [plan.stages[window.opened].label for window in told.standing] == expected


def test_only_a_stage_that_fails_has_to_be_undone() -> None:
    plan = plan_of(SPREAD)
    assert without(plan, plan.stages[0]).way_back is None
    way = failing(plan, plan.stages[0]).way_back
    assert way is not None
    assert (way.stage, way.mark) == (plan.stages[0], Mark.TESTED)


def test_layers_that_cannot_be_read_make_it_uncertain() -> None:
    plan = plan_of([("Move", "cellar", "none"), ("Move", "code", "none")])
    assert not without(plan, plan.stages[1]).certain
