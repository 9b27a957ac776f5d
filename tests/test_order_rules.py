"""The rules on what depends on what, over more plans than the fixtures can show."""

from __future__ import annotations

import pytest

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.runner import lint_text

RULES = "unknown-dependency", "forward-dependency", "dependency-cycle", "undeclared-dependency"


def plan_of(*stages: str) -> str:
    """Write a plan of stages given as "2: Stage 1 | Open the port": number, Dependencies (none), an item of Changes."""
    text = "## Migration: Doors\n\n"
    for stage in stages:
        number, _, rest = stage.partition(":")
        value, _, item = rest.partition("|")
        text += (
            f"### Stage {number} — Turn {number} times\n\n**Risk**: low\n**Dependencies**: {value.strip() or 'none'}\n\n"
            f"**Changes**:\n\n- {item.strip() or 'Turn `a`'}\n\n"
        )
    return text


def reported(*stages: str) -> list[str]:
    """Lint a plan by the four rules and give what they say."""
    diagnostics = lint_text(plan_of(*stages), config=Config().with_command_line(select=RULES))
    return [f"{diagnostic.rule}: {diagnostic.message}" for diagnostic in diagnostics]


@pytest.mark.parametrize(
    ("stages", "message"),
    [
        (("1", "2: Stage 9"), "dependency 'Stage 9' is no stage of the plan, which has the stages 1 and 2"),
        (
            ("1", "2: Stages 1-9"),
            "dependency 'Stages 1-9' goes beyond the plan, which has the stages 1 and 2",
        ),
        (
            ("1", "2: Stage 9 (Turn 1 times)"),
            "dependency 'Stage 9' is no stage of the plan, which has the stages 1 and 2; did you mean 'Stage 1'?",
        ),
        (("1", "2: 2"), "stage 2 depends on itself; name the stages that must be done before it, or 'none'"),
        (
            ("1", "2: Stages 1-2"),
            "stage 2 depends on itself, for 'Stages 1-2' includes it; write 'Stage 1'",
        ),
        (
            ("1", "2: Stages 2-3", "3"),
            "stage 2 depends on itself, for 'Stages 2-3' includes it; name only stages that come before it, or 'none'",
        ),
    ],
)
def test_a_dependency_that_leads_nowhere(stages: tuple[str, ...], message: str) -> None:
    assert reported(*stages) == [f"unknown-dependency: {message}"]


@pytest.mark.parametrize(
    ("stages", "way_out"),
    [
        (("1: Stage 2", "2", "3"), "stage 1 depends on 'Stage 2', which comes later; swap them"),
        (
            ("1: Stage 3", "2", "3", "4: Stage 1"),
            "stage 1 depends on 'Stage 3', which comes later; move stage 1 behind stage 3",
        ),
        (
            ("1: Stage 3", "2: Stage 1", "3"),
            "stage 1 depends on 'Stage 3', which comes later; move stage 3 before stage 1",
        ),
        (
            ("1: Stage 4", "2: Stage 1", "3", "4: Stage 3"),
            "stage 1 depends on 'Stage 4', which comes later; move stage 4 before stage 1, and what it needs as well",
        ),
    ],
)
def test_a_dependency_that_points_forward(stages: tuple[str, ...], way_out: str) -> None:
    assert reported(*stages) == [f"forward-dependency: {way_out}"]


def test_a_stage_before_the_first_of_a_plan_that_goes_on_with_another_is_that_ones() -> None:
    assert reported("2: Stage 0", "3: Stage 2") == []


@pytest.mark.parametrize(("stages", "left"), [(8, None), (9, 4)])
def test_a_ring_of_eight_is_told_whole(stages: int, left: int | None) -> None:
    ring = [f"{number}: Stage {number - 1}" for number in range(2, stages + 1)]
    (told,) = reported(f"1: Stage {stages}", *ring)
    assert (f"so on through {left} more" in told) == (left is not None)
    assert ("so on" in told) == (left is not None)


def test_a_long_ring_is_told_by_its_beginning_and_its_end() -> None:
    ring = [f"{number}: Stage {number - 1}" for number in range(2, 13)]
    assert reported("1: Stage 12", *ring) == [
        (
            "dependency-cycle: stage 1 needs stage 12, which needs stage 11, which needs stage 10, and so on through 7 more "
            "to stage 2, which needs stage 1: none of them can be the first; take stage 12 out of the Dependencies of stage 1"
        )
    ]


def test_a_ring_without_an_odd_one_out_has_two_ways_out() -> None:
    assert reported("1: Stage 2", "2: Stage 3", "3: Stage 1") == [
        (
            "dependency-cycle: stage 1 needs stage 2, which needs stage 3, which needs stage 1: none of them can be the "
            "first; take one of these dependencies out, or make two stages of one of them"
        )
    ]


@pytest.mark.parametrize(
    "stages",
    [
        # Nobody knows which stage 2 is meant.
        ("1: Stage 2", "2: Stage 1", "2: Stage 1"),
        # Place and number disagree: the stages are misnumbered.
        ("1", "3: Stage 2", "2"),
        # A ring and what points forward in it need not be sure.
        ("1: Stage 2 (optional)", "2: Stage 1"),
        ("1: Stage 3 or Stage 2", "2", "3"),
        ("1", "2: Step 9"),
        # Stages that go live together are another rule's.
        ("1: Stage 2 | Goes live together with Stage 2", "2"),
        ("1: Stage 2", "2: Stage 1 | Goes live together with Stage 1"),
        ("1", "2: none | Requires Stage 1\n- Goes live together with Stage 1"),
    ],
)
def test_what_is_not_sure_is_not_told(stages: tuple[str, ...]) -> None:
    assert reported(*stages) == []


@pytest.mark.parametrize(
    ("stages", "named"),
    [
        (("1", "2", "3 | After Stages 1 and 2 are done, open it"), "stage 1 and stage 2"),
        # Who needs stage 2 needs stage 1 through it.
        (("1", "2: Stage 1", "3 | Requires Stages 1 and 2"), "stage 2"),
        (("1", "2 | Requires Stage 1", "3: Stage 2 | Requires Stage 1"), "stage 1"),
    ],
)
def test_what_only_the_text_says_is_told_once(stages: tuple[str, ...], named: str) -> None:
    (said,) = reported(*(stage.replace(" |", ": none |") if ":" not in stage else stage for stage in stages))
    assert f"depend on {named}, which its Dependencies do not lead to" in said


@pytest.mark.parametrize(
    "second",
    [
        "2: Stage 1 | Requires Stage 1",
        "2: the weather | Requires Stage 1",
        "2: Stage 4 of the storage programme | Requires Stage 1",
    ],
)
def test_what_is_declared_or_cannot_be_followed_is_not_told(second: str) -> None:
    assert reported("1", second) == []


def test_a_need_against_a_declared_dependency_is_left_to_the_rule_on_that() -> None:
    assert [said.partition(":")[0] for said in reported("1: Stage 2", "2: none | Requires Stage 1")] == [
        "forward-dependency"
    ]


@pytest.mark.parametrize(("first", "second", "told"), [(1, 2, 1), (2, 1, 0)])
def test_gaps_are_out_of_order_only_where_places_and_numbers_say_so(first: int, second: int, told: int) -> None:
    text = (
        f"## Migration: Doors\n\n### Stage {first} — A\n\n**Risk**: low\n\n### Stage {second} — B\n\n**Risk**: low\n\n"
        "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
        f"| Old locks | low | 1h | Stage {second} | |\n| New keys | low | 1h | Stage {first} | Depends on gap 1 |\n"
    )
    assert len(lint_text(text, config=Config().with_command_line(select=["gap-order"]))) == told
