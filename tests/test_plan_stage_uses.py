"""What names the stages of a plan: found wherever it stands, and carried along when a stage is called otherwise."""

from __future__ import annotations

import time

import pytest

from lint_migration_plan import parse_plan
from lint_migration_plan.plan.rename import rename
from lint_migration_plan.plan.stage_uses import stage_uses

PLAN = """\
## Migration: Orders

{before}

### Stage 1 — Prepare

**Dependencies**: none
**Changes**:
- {one}

### Stage 2 — Copy the rows

**Dependencies**: {needs}

### Stage 3 — Switch

**Dependencies**: none
**Compatibility**: {window}

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| a   | low  | 1d     | {cell}   | {notes} |

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| {row} | a | b | c |
"""
BLANK = dict.fromkeys(("before", "one", "needs", "window", "cell", "notes", "row"), "")


def uses(**parts: str) -> list[tuple[str, str]]:
    """Give the label and the words of each use."""
    text = PLAN.format(**{**BLANK, **parts})
    (plan,) = parse_plan(text)
    found = [(use.label, use.text.plain) for use in stage_uses(plan)]
    assert [text[slice(*use.text.span)] for use in stage_uses(plan)] == [words for _, words in found]
    return found


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        ({"needs": "Stage 1"}, [("1", "Stage 1")]),
        ({"needs": "1"}, [("1", "1")]),
        ({"needs": "Prepare"}, [("1", "Prepare")]),
        ({"needs": "Stages 1-3"}, [("1", "Stages 1-3"), ("2", "Stages 1-3"), ("3", "Stages 1-3")]),
        ({"needs": "Stage 9"}, []),
        ({"needs": "Stage 1 of the billing migration"}, []),
        ({"window": "data/code until Stage 3"}, [("3", "Stage 3")]),
        ({"cell": "Stage 2"}, [("2", "Stage 2")]),
        ({"cell": "2", "row": "3"}, [("2", "2"), ("3", "3")]),
        ({"notes": "after Stage 2"}, [("2", "Stage 2")]),
        ({"before": "First Stage 1, then stages 2 and 3."}, [("1", "Stage 1"), ("2", "stages 2"), ("3", "3")]),
        ({"one": "Wait for Stage 3 and **Stage 2**"}, [("3", "Stage 3"), ("2", "Stage 2")]),
        ({"one": "See [Stage 3](#stage-3--switch)"}, [("3", "Stage 3")]),
        ({"one": "Run `stage 2` and `x stage 3`"}, []),
        ({"one": "As in Stage 2 of the billing migration"}, []),
        ({"before": "The stage is set for 3 of us."}, []),
    ],
)
def test_what_names_a_stage_is_found_where_it_stands(parts: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert uses(**parts) == expected


def test_a_thousand_stages_that_name_each_other_take_no_time() -> None:
    stages = "\n".join(
        f"### Stage {number} — Part {number}\n\n**Dependencies**: Stage {number - 1}\n**Changes**:\n- After Stage {number - 1}\n"
        for number in range(1, 1001)
    )
    (plan,) = parse_plan(f"## Migration: Orders\n\n{stages}")
    start = time.perf_counter()
    assert len(stage_uses(plan)) == 2 * 999
    assert time.perf_counter() - start < 10


def renamed(name: str, *, old: str = "Copy the rows", **parts: str) -> tuple[str, str]:
    """Call stage 2 otherwise; give the text before and after."""
    text = PLAN.format(**{**BLANK, **parts}).replace("Copy the rows", old, 1)
    (plan,) = parse_plan(text)
    stage = plan.stage("2")
    assert stage is not None
    new = text
    for (start, end), words in reversed(rename(plan, stage, stage.heading.name.span, name)):
        new = new[:start] + words + new[end:]
    return text, new


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"needs": "Copy the rows"},
        {"cell": "Stage 2 — Copy the rows"},
        {"row": "2: Copy the rows"},
        {"before": "In Stage 2 (Copy the rows) and stage 2: Copy the rows all is copied."},
    ],
)
def test_what_names_a_stage_by_its_name_goes_along(parts: dict[str, str]) -> None:
    old, new = renamed("Move the data", **parts)
    assert new == old.replace("Copy the rows", "Move the data")


def test_links_to_its_heading_go_along() -> None:
    old, new = renamed("Move the data", before="See [there](#stage-2--copy-the-rows).")
    assert "(#stage-2--move-the-data)" in new
    assert old.count("Copy the rows") == 1


def test_words_that_only_happen_to_be_its_name_stay() -> None:
    _, new = renamed("Move the data", one="Copy the rows by hand", before="Stage 3 — Copy the rows again")
    assert new.count("Copy the rows") == 2


def test_in_a_cell_a_pipe_is_escaped() -> None:
    _, new = renamed("Move a|b", cell="Stage 2 — Copy the rows")
    assert "### Stage 2 — Move a|b\n" in new
    assert "| Stage 2 — Move a\\|b   |" in new


def test_of_two_stages_with_one_name_only_the_heading_changes() -> None:
    old, new = renamed("Move the data", old="Switch", needs="Switch")
    assert new == old.replace("Stage 2 — Switch", "Stage 2 — Move the data")
