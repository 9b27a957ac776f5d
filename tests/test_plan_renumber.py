"""Renumbering stages: every reference goes along, nothing else changes, and what is unclear is left alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_migration_plan import parse_plan
from lint_migration_plan.plan.renumber import Renumbering, Unclear, renumber

PLAN = """\
## Migration: Orders

{before}

### Stage 1 — Prepare

**Dependencies**: none
**Changes**:
- {one}

### Stage 2 — Copy

**Dependencies**: {needs}

### Stage 4 — Switch

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


def renumbered(text: str, *numbers: int) -> str:
    """Renumber the only plan of a text; what is unclear is an error."""
    (plan,) = parse_plan(text)
    outcome = renumber(plan, numbers)
    assert isinstance(outcome, Renumbering), outcome
    for (start, end), new in reversed(outcome.edits):
        assert text[start:end] != new
        text = text[:start] + new + text[end:]
    return text


def unclear(text: str, *numbers: int) -> tuple[int, str]:
    """Give the line and the reason where a text is not clear."""
    (plan,) = parse_plan(text)
    outcome = renumber(plan, numbers)
    assert isinstance(outcome, Unclear)
    return plan.document.source.position(outcome.span.start).line, outcome.why


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("needs", "Stage 1, Stage 4", "Stage 1, Stage 3"),
        ("needs", "1, 4", "1, 3"),
        ("needs", "Stages 1 and 4 (held for a week)", "Stages 1 and 3 (held for a week)"),
        ("needs", "Stages 2–4", "Stages 2–3"),
        ("needs", "1-4", "1-3"),
        ("needs", "**Stage 4**", "**Stage 3**"),
        ("needs", "Stage 04", "Stage 03"),
        ("needs", "Switch", "Switch"),
        ("needs", "all previous stages", "all previous stages"),
        ("needs", "[Stage 4](#stage-4--switch)", "[Stage 3](#stage-3--switch)"),
        ("needs", "Phase 4", "Phase 3"),
        ("window", "data/code until Stage 4", "data/code until Stage 3"),
        ("window", "data/code until 4, code/config until Stage 2", "data/code until 3, code/config until Stage 2"),
        ("cell", "4", "3"),
        ("cell", "Stage 4 — Switch", "Stage 3 — Switch"),
        ("cell", "deferred to 2026", "deferred to 2026"),
        ("notes", "after stage 4, 4 of 4 hosts", "after stage 3, 4 of 4 hosts"),
        ("row", "4", "3"),
        ("row", "Stages 1, 2 and 4", "Stages 1, 2 and 3"),
        ("one", "STAGE 4 needs it, stages 2/4 too", "STAGE 3 needs it, stages 2/3 too"),
        ("one", "within 4 days of Stage 4's end", "within 4 days of Stage 3's end"),
        ("one", "`make stage-4 --stage 4`", "`make stage-4 --stage 4`"),
        ("one", "step 4 of the runbook", "step 4 of the runbook"),
        ("one", "phase4.sh and phase 4.5 GB", "phase4.sh and phase 4.5 GB"),
        ("before", "See [the switch](#stage-4--switch).", "See [the switch](#stage-3--switch)."),
        ("before", "See [it](#stage-4-switch) or [that][s].\n\n[s]: #stage-4--switch", None),
        ("before", "| Stage | When |\n|---|---|\n| Stage 4 | May |", "| Stage | When |\n|---|---|\n| Stage 3 | May |"),
        ("before", "See [other](other.md#stage-4--switch)", "See [other](other.md#stage-4--switch)"),
        ("before", "```\nStage 4\n```\n\n> Stage 4", "```\nStage 4\n```\n\n> Stage 4"),
        ("before", "Stage 7 of another plan", "Stage 7 of another plan"),
        # What is to be filled in names no stage, whatever number it has for an example.
        ("needs", 'Stage N-1 (or "none")', 'Stage N-1 (or "none")'),
        ("needs", "Phase N – 1", "Phase N – 1"),
        ("needs", "{Stage 3}", "{Stage 3}"),
        ("needs", "Stage N-1 and Stage 4", "Stage N-1 and Stage 3"),
        ("one", "as Stage N-1, Stage N+1 and Stage 4", "as Stage N-1, Stage N+1 and Stage 3"),
        ("one", "{what Stage 3 needs}", "{what Stage 3 needs}"),
        ("cell", "{Stage 4}", "{Stage 4}"),
    ],
)
def test_what_names_a_stage_goes_along(place: str, old: str, new: str | None) -> None:
    new = old.replace("-4-", "-3-") if new is None else new
    text = PLAN.format(**{**BLANK, place: old})
    expected = PLAN.format(**{**BLANK, place: new}).replace("### Stage 4", "### Stage 3")
    assert renumbered(text, 1, 2, 3) == expected


@pytest.mark.parametrize(
    ("place", "said", "why"),
    [
        ("needs", "Stage 3", "no stage has the number 3 now, but one would have it then"),
        ("one", "before stage 3 begins", "no stage has the number 3 now, but one would have it then"),
        ("one", "Stage 4.2 is done", "no stage has the number 4.2 now, but one would have it then"),
        ("needs", "whatever 4 needs", "it cannot be told which stages this names"),
        ("one", "wait for `stage 4`", "this is code, which may need the number that it has"),
        ("needs", "Stages 1-3", "no stage has the number 3 now, but one would have it then"),
    ],
)
def test_what_is_unclear_is_named(place: str, said: str, why: str) -> None:
    text = PLAN.format(**{**BLANK, place: said})
    line = next(number for number, line in enumerate(text.split("\n"), 1) if said in line)
    assert unclear(text, 1, 2, 3) == (line, why)


def test_a_number_that_two_stages_have_is_unclear_where_it_is_named_and_only_there() -> None:
    text = PLAN.format(**BLANK).replace("Stage 4", "Stage 2")
    assert renumbered(text, 1, 2, 3).count("### Stage 3 — Switch") == 1
    why = "more than one stage has the number 2"
    assert unclear(text.replace("- \n", "- after Stage 2\n"), 1, 2, 3) == (9, why)


def test_a_range_whose_stages_part_is_unclear() -> None:
    text = PLAN.format(**{**BLANK, "row": "1-2"})
    assert unclear(text, 1, 3, 2)[1] == "the stages of this range would no longer follow one another"
    assert "| 2-3 |" in renumbered(PLAN.format(**{**BLANK, "row": "1-2"}), 2, 3, 1)


def test_a_step_within_a_stage_may_be_a_part_of_it() -> None:
    text = PLAN.format(**BLANK).replace("Stage", "Step")
    assert renumbered(text, 1, 2, 3).count("### Step 3 — Switch") == 1
    for said in ("as in step 2", "as in steps 2 and 3"):
        assert unclear(text.replace("- \n", f"- {said}\n"), 1, 2, 3)[1] == "this may be a stage or a part of one"
    assert "before step 3" in renumbered(
        text.replace("### Step 1", "Nothing runs before step 4.\n\n### Step 1"), 1, 2, 3
    )


SENTENCES = st.sampled_from(
    [
        *("Stage {}", "stages {} and {}", "see [Stage {}](#top)", "**stage {}**, not {} days", "Stage {}: done"),
        *("nothing", "{} hosts", "`x {}`", "(stage {})", "stage\n{}", "日本 stage {} 🚀", "Stage {}’s end"),
    ]
)
NUMBERS = st.integers(1, 3)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.permutations([1, 2, 3]),
    st.lists(st.tuples(SENTENCES, NUMBERS, NUMBERS), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(NUMBERS, min_size=1, max_size=3),
)
def test_there_and_back_again(
    numbers: list[int], sentences: list[tuple[str, int, int]], newline: str, needs: list[int]
) -> None:
    fields = {
        **BLANK,
        "before": "\n\n".join(sentence.format(*at) for sentence, *at in sentences),
        "needs": ", ".join(map(str, needs)),
        "row": f"Stage {needs[0]}",
    }
    text = PLAN.format(**fields).replace("Stage 4", "Stage 3").replace("\n", newline)
    there = renumbered(text, *numbers)
    (plan,) = parse_plan(there)
    assert [stage.number for stage in plan.stages] == numbers
    assert renumbered(there, 1, 2, 3) == text
    assert (there == text) is (numbers == [1, 2, 3])
