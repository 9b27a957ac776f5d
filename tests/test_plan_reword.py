"""Calling stages by the guide's word: what is sure to name them goes along, and nothing else."""

from __future__ import annotations

import pytest

from lint_migration_plan import parse_plan
from lint_migration_plan.plan.renumber import Unclear
from lint_migration_plan.plan.reword import reword

PLAN = """\
{before}

## Migration: Orders

### Abort criteria

- {criterion}

### Phase 1: Copy the rows

**Dependencies**: none
**Changes**:
- {one}

### Phase 2: Switch the readers

**Dependencies**: {needs}

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| a   | low  | 1d     | {cell}   | {notes} |

## Who is on call

{after}
"""
PLACES = dict.fromkeys(("before", "criterion", "one", "needs", "cell", "notes", "after"), "x")


def reworded(text: str) -> str:
    """Call all stages of the only plan of a text by the guide's word, but for their headings."""
    (plan,) = parse_plan(text)
    outcome = reword(plan, plan.stages)
    assert not isinstance(outcome, Unclear), outcome
    edits = {edit for found in outcome.values() for edit in found}
    own = {stage.heading.word.span for stage in plan.stages}
    for (start, end), new in sorted(edits, reverse=True):
        if (start, end) not in own:
            text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("needs", "Phase 1", "Stage 1"),
        ("needs", "phases 1-2", "stages 1-2"),
        ("needs", "[Phase 1](#phase-1-copy-the-rows)", "[Stage 1](#phase-1-copy-the-rows)"),
        ("cell", "Phase 2 — Switch", "Stage 2 — Switch"),
        ("notes", "see phase 2", "see stage 2"),
        ("criterion", "PHASE 1 fails twice", "STAGE 1 fails twice"),
        ("criterion", "Phases 1 and 2 take a week", "Stages 1 and 2 take a week"),
        ("one", "what **phase 2** needs, not this phase", "what **stage 2** needs, not this phase"),
        ("one", "Phase 1.1: the index", "Stage 1.1: the index"),
        ("one", "mcp-common Phase 1 is done", "mcp-common Phase 1 is done"),
        ("one", "as in Atlas Phase 2", "as in Atlas Phase 2"),
        ("one", "phase 2 of the payments programme", "phase 2 of the payments programme"),
        ("one", "phase 2 of this migration", "stage 2 of this migration"),
        ("one", "Phase 1: Payments roadmap", "Phase 1: Payments roadmap"),
        ("one", "Phase 7 is not ours", "Phase 7 is not ours"),
        ("one", "`make phase 1` and [phase 1](runbook.md)", "`make phase 1` and [phase 1](runbook.md)"),
        ("before", "Phase 1 of the other plan", "Phase 1 of the other plan"),
        ("before", "Nothing after Phase 2", "Nothing after Phase 2"),
        ("before", "Phase 2 (switching the readers), Phase 1", "Stage 2 (switching the readers), Stage 1"),
        ("before", "1. Phase 1: Copy\n2. Phase 2: Readers", "1. Stage 1: Copy\n2. Stage 2: Readers"),
        ("before", "1. Phase 1: Copy\n2. Phase 2: Hardware", "1. Phase 1: Copy\n2. Phase 2: Hardware"),
        (
            "after",
            "See [Phase 1](#phase-1-copy-the-rows), not Phase 2",
            "See [Stage 1](#phase-1-copy-the-rows), not Phase 2",
        ),
        ("after", "```\nPhase 1\n```\n\n> Phase 1: Copy the rows", "```\nPhase 1\n```\n\n> Phase 1: Copy the rows"),
        ("after", "### Results of Phase 1 (copy of rows)", "### Results of Stage 1 (copy of rows)"),
    ],
)
def test_what_is_sure_to_name_a_stage_goes_along(place: str, old: str, new: str) -> None:
    assert reworded(PLAN.format(**{**PLACES, place: old})) == PLAN.format(**{**PLACES, place: new})


@pytest.mark.parametrize(
    ("place", "said", "why"),
    [
        ("after", "### Stage 1: Who to call", "this is called so already, and is none of the stages"),
        ("after", "**Stage 2 is for Ada**", None),
        ("after", "**Stage 2: Ada**", "this is called so already, and is none of the stages"),
        ("after", "### Phase 1: Another project", "this is called so too, and may be another's"),
    ],
)
def test_another_line_that_looks_like_a_stage_keeps_the_words(place: str, said: str, why: str | None) -> None:
    (plan,) = parse_plan(PLAN.format(**{**PLACES, place: said}))
    outcome = reword(plan, plan.stages)
    assert (outcome.why if isinstance(outcome, Unclear) else None) == why
    if isinstance(outcome, Unclear):
        assert plan.document.source.text[slice(*outcome.span)] == said.strip("#* ")


def test_a_step_within_a_stage_may_be_a_part_of_it() -> None:
    text = PLAN.replace("Phase", "Step").format(**{**PLACES, "one": "repeat step 2"})
    (plan,) = parse_plan(text)
    outcome = reword(plan, plan.stages)
    assert isinstance(outcome, Unclear)
    assert outcome.why == "this may be a stage or a part of one"
    assert reworded(text.replace("repeat step 2", "x").replace("fails", "Step 1 fails")).count("Step 1") == 1
