"""The way back from a stage: what is undone, in which order, how far it can be relied on, and where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.rollback_limits import rollback_limits
from lint_migration_plan.plan.facts.rollback_steps import Line, rollback_lines
from lint_migration_plan.plan.facts.rollback_tests import rollback_test
from lint_migration_plan.plan.walk import LayerState
from lint_migration_plan.plan.way_back import Mark, point_of_no_return, step_back, way_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.plan.nodes import Plan

STEP = "- Deploy version 3.8"
DENIED = "- Not possible, the rows are gone"


def plan_of(rollbacks: Sequence[str], *, tested: str = "yes", table: Sequence[str] = ()) -> Plan:
    """Build a plan with a stage for each Rollback, and maybe a verification table with these rollback tests."""
    stages = [
        f"### Stage {number} — Move part {number} of the service\n\n**Layers affected**: code\n**Dependencies**: none\n\n"
        f"**Rollback**:\n\n{rollback}\n\n**Rollback tested**: {tested}\n"
        for number, rollback in enumerate(rollbacks, 1)
    ]
    rows = [f"| {number} | green | seen | {test} |" for number, test in enumerate(table, 1)]
    head = "## Verification per stage\n\n| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|"
    (plan,) = parse_plan("\n".join(["## Migration: Orders\n", *stages, *((head, *rows) if rows else ())]) + "\n")
    return plan


def lines_of(rollback: str) -> tuple[Line, ...]:
    plan = plan_of([rollback])
    return rollback_lines(plan.stages[0], plan.document.source)


# --- the order, and the end -------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([STEP, DENIED, "", "- N/A: read-only", "- TBD"]), min_size=1, max_size=7), st.data())
def test_the_way_back_visits_the_stages_done_so_far_in_reverse(rollbacks: list[str], data: st.DataObject) -> None:
    plan = plan_of(rollbacks)
    at = data.draw(st.integers(0, len(rollbacks) - 1))
    way = way_back(plan, plan.stages[at])
    assert [step.stage for step in way.steps] == list(reversed(plan.stages[: at + 1]))
    ends = [stage for stage, rollback in zip(plan.stages, rollbacks, strict=True) if rollback == DENIED]
    before = [stage for stage in ends if stage in plan.stages[: at + 1]]
    assert way.ends_at is (before[-1] if before else None)
    for step in way.steps:
        assert step.in_reach is (not before or plan.stages.index(step.stage) >= plan.stages.index(before[-1]))
        assert (step.after is None) is (step.mark is Mark.IRREVERSIBLE or not step.in_reach)
    point = way.point_of_no_return
    assert (point.stage if point else None) is (ends[0] if ends else None)
    assert point is None or point.passed is bool(before)


def test_the_states_are_those_before_the_stage() -> None:
    plan = plan_of([STEP, STEP, STEP])
    states = [step.after for step in way_back(plan, plan.stages[2]).steps]
    assert states == [{"code": LayerState.BOTH}, {"code": LayerState.BOTH}, {"code": LayerState.OLD}]


def test_states_that_are_not_certain_are_not_told() -> None:
    (plan,) = parse_plan("### Stage 1 — Move\n\n**Layers affected**: cellar\n**Rollback**: Deploy version 3.8\n")
    assert step_back(plan, plan.stages[0]).after is None


def test_a_way_back_goes_by_how_the_stages_stand() -> None:
    (plan,) = parse_plan(
        "".join(f"### Stage {label} — Move\n\n**Rollback**: Deploy 3.{label}\n\n" for label in (1, 3, 2))
    )
    way = way_back(plan, plan.stages[2])
    assert [step.stage.label for step in way.steps] == ["2", "3", "1"]
    assert not way.in_order


# --- marks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rollback", "mark", "words"),
    [
        (STEP, Mark.TESTED, "yes"),
        (DENIED, Mark.IRREVERSIBLE, "Not possible, the rows are gone"),
        ("- N/A", Mark.IRREVERSIBLE, "N/A"),
        ("- Nothing to undo: the stage only reads", Mark.NOTHING_TO_UNDO, "Nothing to undo: the stage only reads"),
        ("- Revert the changes", Mark.UNWRITTEN, "Revert the changes"),
        ("- {Exact steps to undo this stage}", Mark.UNWRITTEN, "{Exact steps to undo this stage}"),
        ("-", Mark.UNWRITTEN, None),
        ("", Mark.UNWRITTEN, None),
        ("```sh\nmake undo\n```", Mark.TESTED, "yes"),
        ("<!-- nobody knows -->", Mark.UNWRITTEN, None),
    ],
)
def test_a_step_back_is_marked(rollback: str, mark: Mark, words: str | None) -> None:
    plan = plan_of([rollback])
    step = step_back(plan, plan.stages[0])
    assert (step.mark, step.words.plain if step.words else None) == (mark, words)


@pytest.mark.parametrize(
    ("field", "table", "tested", "words"),
    [
        ("yes", "Version 3.8 deployed in staging", True, "Version 3.8 deployed in staging"),
        ("yes", "", True, "yes"),
        ("yes", "—", True, "yes"),
        ("yes", "not tested yet", False, "not tested yet"),
        ("no", "Version 3.8 deployed in staging", False, "no"),
        ("N/A", "N/A", False, "N/A"),
        ("maybe", "Version 3.8 deployed in staging", False, "maybe"),
        ("", "Version 3.8 deployed in staging", False, None),
    ],
)
def test_a_rollback_is_tested_where_the_field_says_so_and_the_table_does_not_deny_it(
    field: str,
    table: str,
    tested: bool,  # noqa: FBT001 - a row of the table
    words: str | None,
) -> None:
    plan = plan_of([STEP], tested=field, table=[table])
    found = rollback_test(plan, plan.stages[0])
    assert (found.tested, found.words.plain if found.words else None) == (tested, words)


def test_a_row_whose_cells_have_slipped_is_not_asked() -> None:
    plan = plan_of([STEP], table=["not tested | in staging"])
    assert rollback_test(plan, plan.stages[0]).tested


def test_a_row_for_a_number_that_two_stages_have_is_about_neither() -> None:
    stage = "### Stage 1 — Move\n\n**Rollback**: Deploy 3.8\n**Rollback tested**: yes\n\n"
    head = "## Verification per stage\n\n| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n"
    (plan,) = parse_plan(f"{stage}{stage}{head}| 1 | green | seen | not tested |\n")
    assert all(rollback_test(plan, stage).tested for stage in plan.stages)


# --- ways back that end later -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rollback", "until"),
    [
        ("- Not possible after Stage 3; before that drop the table", "3"),
        ("- No longer possible once Stage 2 has run; until then restore the dump", "2"),
        ("- Drop the table. Only possible until Stage 3", "3"),
        ("- Drop the table (this works only until stage 2)", "2"),
        ("- The table can only be rolled back before Stage 3: drop it", "3"),
        ("- Drop the table\n- After Stage 2 is done, there is no way back", "2"),
        ("- Drop the table. From Stage 3 on: irreversible", "3"),
        ("- Not possible after Stage 3, impossible after Stage 2 in the archive; drop it", "2"),
        ("- Drop the table, which no longer works after Stage 2", "2"),
        ("- Not possible after Stage 1; drop the table", None),
        ("- Not possible after Stage 9; drop the table", None),
        ("- Not possible before Stage 3; drop the table then", None),
        ("- Possible even after Stage 3: drop the table", None),
        ("- Not possible until Stage 3, which brings the dump", None),
        ("- Undo Stage 3 first, then drop the table", None),
        ("- After Stage 3 drop the table twice", None),
        ("- Rollback is possible until the cutover", None),
    ],
)
def test_the_end_of_a_way_back_is_read_where_it_names_a_stage(rollback: str, until: str | None) -> None:
    plan = plan_of([rollback, STEP, STEP])
    limit = rollback_limits(plan).get(0)
    assert (plan.stages[limit.place].label if limit else None) == until


@pytest.mark.parametrize(
    ("rollback", "words"),
    [
        ("- After Stage 2 is done, there is no way back, says Ann", "After Stage 2 is done, there is no way back"),
        ("- Not possible after Stage 3; before that drop the table", "Not possible after Stage 3"),
    ],
)
def test_the_words_for_the_end_of_a_way_back_are_whole(rollback: str, words: str) -> None:
    assert rollback_limits(plan_of([rollback, STEP, STEP]))[0].words.plain == words


def test_a_stage_is_irreversible_once_the_end_of_its_way_back_is_done() -> None:
    plan = plan_of(["- Drop the table; not possible after Stage 2", STEP, STEP])
    first, second, third = plan.stages
    before = way_back(plan, first)
    assert (before.ends_at, before.steps[0].mark) == (None, Mark.TESTED)
    point = before.point_of_no_return
    assert point is not None
    assert (point.stage, point.undoes, point.passed) == (second, first, False)
    for stage in (second, third):
        way = way_back(plan, stage)
        assert (way.ends_at, way.steps[-1].mark) == (first, Mark.IRREVERSIBLE)
        assert way.point_of_no_return == point._replace(passed=True)


def test_the_point_of_no_return_is_the_first_that_is_reached() -> None:
    plan = plan_of(["- Drop it; not possible after Stage 3", DENIED, STEP])
    point = point_of_no_return(plan, 0)
    assert point is not None
    assert (point.stage.label, point.undoes.label) == ("2", "2")
    # A stage that cannot be undone itself is the plainer reason.
    plan = plan_of(["- Drop it; not possible after Stage 2", DENIED])
    point = point_of_no_return(plan, 0)
    assert point is not None
    assert (point.stage.label, point.undoes.label) == ("2", "2")
    plan = plan_of(["- Drop it; not possible after Stage 2", STEP, DENIED])
    point = point_of_no_return(plan, 0)
    assert point is not None
    assert (point.stage.label, point.undoes.label) == ("2", "1")


# --- the lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rollback", "expected"),
    [
        ("- Stop `a`\n- Start `b`", [("step", 0, "Stop `a`"), ("step", 0, "Start `b`")]),
        ("1. [x] Stop the\n   writers", [("step", 0, "Stop the writers")]),
        (
            "- In the shop:\n  - Stop\n  - Start",
            [("step", 0, "In the shop:"), ("step", 1, "Stop"), ("step", 1, "Start")],
        ),
        (
            "- Run:\n\n  ```sh\n  make undo\n\n    --now\n  ```",
            [
                ("step", 0, "Run:"),
                ("verbatim", 1, "make undo"),
                ("verbatim", 1, "  --now"),
            ],
        ),
        ("First this:\n\n- Stop", [("text", 0, "First this:"), ("step", 0, "Stop")]),
        ("- Stop <!-- now -->the writers", [("step", 0, "Stop the writers")]),
        ("- Stop<br>Start\\\n  again", [("step", 0, "Stop"), ("step", 0, "Start again")]),
        ("- See [the page](undo.md)", [("step", 0, "See [the page](undo.md)")]),
        ("- Ask:\n\n  > Call Ann first", [("step", 0, "Ask:"), ("verbatim", 1, "> Call Ann first")]),
        ("- ```\n  make undo\n  ```", [("verbatim", 1, "make undo")]),
        ("- Stop\n\n  <p>Unplug it</p> <!-- all -->", [("step", 0, "Stop"), ("verbatim", 1, "<p>Unplug it</p>")]),
    ],
)
def test_the_lines_of_a_rollback_are_the_authors(rollback: str, expected: list[tuple[str, int, str]]) -> None:
    assert [tuple(line) for line in lines_of(rollback)] == expected


def test_windows_line_ends_make_no_lines_of_their_own() -> None:
    text = "### Stage 1 — Move\r\n\r\n**Rollback**:\r\n\r\n- Stop the\r\n  writers\r\n\r\n```sh\r\nmake a\r\nmake b\r\n```\r\n"
    (plan,) = parse_plan(text)
    lines = rollback_lines(plan.stages[0], plan.document.source)
    assert [line.text for line in lines] == ["Stop the writers", "make a", "make b"]


def test_the_parts_of_a_stage_are_undone_last_first_where_the_stage_says_nothing_itself() -> None:
    parts = "".join(f"#### Task 1.{part}\n\n**Rollback**: Undo part {part} with `make`\n\n" for part in (1, 2))
    (plan,) = parse_plan(f"### Stage 1 — Move\n\n**Risk**: low\n\n{parts}")
    lines = rollback_lines(plan.stages[0], plan.document.source)
    assert [line.text.split(" with")[0] for line in lines] == ["Undo part 2", "Undo part 1"]
    (plan,) = parse_plan(f"### Stage 1 — Move\n\n**Rollback**: Deploy 3.8\n\n{parts}")
    assert [line.text for line in rollback_lines(plan.stages[0], plan.document.source)] == ["Deploy 3.8"]


def test_comments_without_an_end_are_read_in_linear_time() -> None:
    assert lines_of("- Stop " + "<!-- " * 3000)
