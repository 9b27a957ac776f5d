"""Moving stages: each whole, nothing lost, and what hangs together by its place is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan import parse_plan
from lint_migration_plan.plan.move_stages import move_stages
from lint_migration_plan.plan.renumber import Renumbering, Unclear, renumber

PLAN = """\
## Migration: Orders

Before.

### Stage 1 — One

**Dependencies**: none

- a{one}

---

### Stage 2 — Two ###

**Dependencies**: Stage 1

```
### Stage 9
```

---

### Stage 3 — Three

    code


{three}

## Verification per stage

| Stage | Test |
|-------|------|
| 2 | b |
"""


def edited(text: str, outcome: Renumbering | Unclear) -> str:
    assert isinstance(outcome, Renumbering), outcome
    for (start, end), new in reversed(outcome.edits):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_stages_move_whole_and_what_parts_them_stays(newline: str) -> None:
    text = PLAN.format(one="", three="").replace("\n", newline)
    (plan,) = parse_plan(text)
    moved = edited(text, move_stages(plan, [2, 0, 1]))
    first, second, third = (
        "### Stage 1 — One\n\n**Dependencies**: none\n\n- a",
        "### Stage 2 — Two ###\n\n**Dependencies**: Stage 1\n\n```\n### Stage 9\n```",
        "### Stage 3 — Three\n\n    code",
    )
    expected = PLAN.format(one="", three="")
    for old, mark in ((first, "{A}"), (second, "{B}"), (third, "{C}")):
        assert old in expected
        expected = expected.replace(old, mark)
    expected = expected.replace("{A}", third).replace("{B}", first).replace("{C}", second)
    assert moved == expected.replace("\n", newline)


def test_numbers_go_along_within_and_without() -> None:
    text = PLAN.format(one="", three="after stage 2")
    (plan,) = parse_plan(text)
    numbers = renumber(plan, [2, 3, 1])
    assert isinstance(numbers, Renumbering)
    moved = edited(text, move_stages(plan, [2, 0, 1], numbers))
    (again,) = parse_plan(moved)
    assert [(stage.number, stage.name) for stage in again.stages] == [(1, "Three"), (2, "One"), (3, "Two")]
    assert "after stage 3\n\n---\n\n### Stage 2 — One" in moved
    assert "**Dependencies**: Stage 2\n" in moved
    assert "| 3 | b |" in moved


@pytest.mark.parametrize(
    ("one", "three", "said", "why"),
    [
        (", as the next stage needs it", "", "next stage", "it names a stage by where that stands"),
        ("", "Undo the Previous Stages.", "Previous Stages", "it names a stage by where that stands"),
        ("\n\n<!-- ignore -->", "", "<!-- ignore -->", "it cannot be told to which stage this belongs"),
        ("\n\n### Notes\n\nAsk Mara.", "", "Stage 2 — Two", "something else stands between it and the stage before"),
        ("\n\n## Part two", "", "Stage 2 — Two", "something else stands between it and the stage before"),
    ],
)
def test_what_is_in_the_way_is_named(one: str, three: str, said: str, why: str) -> None:
    text = PLAN.format(one=one, three=three).replace("---\n\n### Stage 2", "### Stage 2")
    (plan,) = parse_plan(text)
    outcome = move_stages(plan, [2, 0, 1])
    assert isinstance(outcome, Unclear)
    assert (text[slice(*outcome.span)], outcome.why) == (said, why)


def test_stages_without_headings_of_one_kind_are_left_alone() -> None:
    text = PLAN.format(one="", three="").replace("### Stage 2 — Two ###", "#### Stage 2 — Two")
    outcomes = [move_stages(plan, range(len(plan.stages))[::-1]) for plan in parse_plan(text)]
    assert all(isinstance(outcome, Unclear) for outcome in outcomes)


@given(st.permutations(range(3)), st.sampled_from(["", "\n\nMore.", "\n  - b\n"]))
def test_there_and_back_again(order: list[int], one: str) -> None:
    text = PLAN.format(one=one, three="End.")
    (plan,) = parse_plan(text)
    there = edited(text, move_stages(plan, order))
    (plan,) = parse_plan(there)
    assert [stage.number for stage in plan.stages] == [place + 1 for place in order]
    back = edited(there, move_stages(plan, [order.index(place) for place in range(3)]))
    assert back == text
