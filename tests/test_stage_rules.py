"""The rules on the numbers, levels and labels of stages, over more forms than whole plans can show."""

from __future__ import annotations

import pytest

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.fixer import fix_text
from lint_migration_plan.lint.runner import lint_text

NUMBERS = "duplicate-stage-number", "skipped-stage-number", "unordered-stage"


def reported(text: str, *rules: str) -> list[tuple[int, str]]:
    """Lint a text by some rules and give each diagnostic's line and rule."""
    diagnostics = lint_text(text, config=Config().with_command_line(select=rules))
    return [(diagnostic.location.line, diagnostic.rule) for diagnostic in diagnostics]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3", []),
        ("0 1 2", []),
        ("01 02 03", []),
        ("1 3 2", [(7, "unordered-stage")]),
        ("3 2 1", [(5, "unordered-stage")]),
        ("1 2 2", [(7, "duplicate-stage-number")]),
        # A number mistyped as its neighbour: what is missing for it is not said a second time.
        ("1 2 2 4", [(7, "duplicate-stage-number")]),
        ("1 2 1 2", [(7, "duplicate-stage-number")]),
        ("1 1 2 2", [(5, "duplicate-stage-number"), (9, "duplicate-stage-number")]),
        ("1 3 4", [(5, "skipped-stage-number")]),
        ("2 3", [(3, "skipped-stage-number")]),
        ("1 2 9", [(7, "skipped-stage-number")]),
        # One number that is off leaves a gap and runs backwards, and is one slip.
        ("1 2 5 4", [(7, "skipped-stage-number")]),
        ("0 1 5 3", [(7, "skipped-stage-number")]),
        ("1 2 4 6 5", [(7, "skipped-stage-number"), (11, "unordered-stage")]),
        # Numbers that are not whole are another rule's, and hide what the others add up to.
        ("1 2.5 4", []),
        ("A B D", []),
    ],
)
def test_a_row_of_numbers_is_judged_once(numbers: str, expected: list[tuple[int, str]]) -> None:
    headings = "\n\n".join(f"### Stage {number} — Part {index}" for index, number in enumerate(numbers.split()))
    assert reported(f"## Migration: Numbers\n\n{headings}\n", *NUMBERS) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## Migration: A\n\n### Stage 1 — B\n", []),
        ("# Migration: A\n\n## Stage 1 — B\n", []),
        ("# Migration: A\n\n### Stage 1 — B\n", []),
        ("# The migration plan of A\n\n## Stage 1 — B\n", []),
        ("# A\n\n## Migration: A\n\n## Stages\n\n### Stage 1 — B\n", []),
        ("# A\n\n## Migration: A\n\n### Stages\n\n#### Stage 1 — B\n", []),
        ("# Migration: A\n\n## Plan\n\n### Stages\n\n#### Stage 1 — B\n", []),
        # A heading that speaks of a migration and does not hold the stages is no title of theirs.
        ("# A\n\n## Migration strategy\n\nSlowly.\n\n## Stage 1 — B\n\n**Risk**: low\n", []),
        ("## Migration: A\n\n## Stage 1 — B\n", [3]),
        ("# A\n\n## Migration: A\n\n## Stage 1 — B\n", [5]),
        ("## Migration: A\n\n#### Stage 1 — B\n", [3]),
        ("## Migration: A\n\n## Stages\n\n#### Stage 1 — B\n", [5]),
        ("## Migration: A\n\n### To\n\n- Data: B\n\n#### Stage 1 — B\n", [7]),
        ("# Migration: A\n\n# Stage 1 — B\n", [3]),
        ("# Migration: A\n\n## Stage 1 — B\n\n### Stage 2 — C\n", [5]),
        ("## Migration: A\n\n### Stage 1 — B\n\n#### Stage 2 — C\n\n### Stage 3 — D\n", [5]),
        ("## Migration: A\n\nStage 1 — B\n---\n", [3]),
    ],
)
def test_the_level_of_a_stage_follows_its_title(text: str, lines: list[int]) -> None:
    assert [line for line, _ in reported(text, "stage-heading")] == lines


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("### Phase 2: Move", "stage heading '### Phase 2: Move' should read '### Stage 2 — Move'"),
        ("### STAGE 2 – Move", "stage heading '### STAGE 2 – Move' should read '### STAGE 2 — Move'"),
        ("## ✅ Фаза 2 - Move", "stage heading '## ✅ Фаза 2 - Move' should read '### ✅ Stage 2 — Move'"),
        (
            "### (Stage 2) Move",
            "stage heading '### (Stage 2) Move' should begin with '### Stage 2', without '(' before it",
        ),
        ("### Stage 2b — Move", "stage heading '### Stage 2b — Move' should have a whole number for '2b'"),
        (
            "### Phase 2b: Move",
            "stage heading '### Phase 2b: Move' should read '### Stage N — Move', N a whole number",
        ),
        ("### Phase 2", "stage heading '### Phase 2' should read '### Stage 2'"),
        ("**Stage 2 — Move**", "stage heading '**Stage 2 — Move**' should read '### Stage 2 — Move'"),
    ],
)
def test_a_heading_is_shown_as_it_should_read(heading: str, message: str) -> None:
    text = f"## Migration: A\n\n{heading}\n\n**Risk**: low\n"
    diagnostics = lint_text(text, config=Config().with_command_line(select=["stage-heading"]))
    assert [diagnostic.message for diagnostic in diagnostics] == [message]


def test_a_deviation_that_comes_later_is_said_where_it_comes_first() -> None:
    text = "## Migration: A\n\n### Stage 1: B\n\n### Phase 2: C\n\n### Phase 3 — D\n"
    first, second = lint_text(text, config=Config().with_command_line(select=["stage-heading"]))
    assert (first.location.line, [place.location.line for place in first.related]) == (3, [5])
    assert (second.location.line, [place.location.line for place in second.related]) == (5, [7])


@pytest.mark.parametrize(
    ("labels", "rules"),
    [
        ("**Goal**: x\n**What changes**: y", []),
        ("**Goal**: x\n**Objective**: y", ["misspelled-stage-field"]),
        ("**Duration**: week 3", ["unreadable-effort"]),
        ("**Duration**: 3h", ["misspelled-stage-field"]),
        ("**Rollback**: x\n**Rolback**: y", []),
        ("**Verification**: x\n**Verfication**: y", ["misspelled-stage-field"]),
        ("**Risk**: low\n**RISK:** high", ["duplicate-stage-field"]),
        # Three times and more: the tasks of a stage have fields of their own.
        ("**Risk**: low\n**Risk**: low\n**Risk**: low", []),
        ("#### Changes\n\n**Risk**: low\n\n- Copy\n\n**Risk**: high\n\n- Switch", []),
        ("**Time**: Monday\n**Estimated effort**: 4h", []),
        ("**Risk**:\n**Risk**: low", ["duplicate-stage-field"]),
        ("**Risk**:", ["empty-stage-field"]),
        ("**Risk**: {low}", []),
    ],
)
def test_a_label_is_judged_by_one_rule(labels: str, rules: list[str]) -> None:
    text = f"## Migration: A\n\n### Stage 1 — B\n\n{labels}\n"
    judges = (
        "misspelled-stage-field",
        "duplicate-stage-field",
        "empty-stage-field",
        "unreadable-effort",
        "unknown-risk",
    )
    assert [rule for _, rule in reported(text, *judges)] == rules


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Medium–High", "it names two risks"),
        ("low to medium", "a stage has one of them"),
        ("moderate", "did you mean 'medium'?"),
        ("something may break", "low, medium, high"),
    ],
)
def test_an_unknown_risk_says_what_would_be_right(value: str, expected: str) -> None:
    text = f"### Stage 1 — B\n\n**Risk**: {value}\n"
    (diagnostic,) = lint_text(text, config=Config().with_command_line(select=["unknown-risk"]))
    assert expected in diagnostic.message


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("Stop the job `copy`, then drop the table `orders_new`.", ["unlisted-steps"]),
        ("`git revert 4f2c`", []),
        ("undo it", ["vague-rollback"]),
        ("not possible", ["irreversible-stage"]),
        ("see [the runbook](runbook.md), steps 1 to 4", []),
        ("—", ["empty-stage-field"]),
        ("{Exact steps to undo this stage}", []),
    ],
)
def test_a_rollback_without_a_list_is_judged_by_one_rule(value: str, rules: list[str]) -> None:
    text = f"### Stage 1 — B\n\n**Rollback**: {value}\n"
    judges = "unlisted-steps", "vague-rollback", "irreversible-stage", "empty-stage-field"
    assert [rule for _, rule in reported(text, *judges)] == rules


def test_fields_behind_a_heading_that_cuts_a_stage_in_two_are_not_missed() -> None:
    rest = "".join(f"**{name}**: x\n\n" for name in ("What changes", "Layers affected", "Risk", "Estimated effort"))
    rest += "".join(f"**{name}**: x\n\n" for name in ("Dependencies", "Rollback tested")) + "**Changes**:\n- x\n\n"
    steps = "#### Verification\n\n- x\n\n#### Rollback\n\n- x\n\n"
    whole = f"## Migration: X\n\n### Stage 1 — A\n\n{rest}{steps}### Stage 2 — B\n\n{rest}"
    select = Config().with_command_line(select=["missing-stage-field"])
    assert lint_text(f"{whole}## A heading that leaked out of a fence\n\n{steps}", config=select) == ()
    (missed,) = lint_text(f"{whole}## Rollback of the whole migration\n\n- x\n", config=select)
    assert missed.message == "stage 2 lacks 'Verification' and 'Rollback'"


def test_efforts_in_the_headings_of_stages_are_one_habit() -> None:
    text = "## Migration: X\n\n### Stage 1 — Copy (2 hours)\n\n**Risk**: low\n\n### Stage 2 — Switch (3 days)\n\n**Risk**: low\n"
    assert reported(text, "misspelled-stage-field") == [(3, "misspelled-stage-field")]


def test_a_label_is_named_without_its_colon() -> None:
    text = "## Migration: X\n\n### Stage 1 — Copy\n\n#### Success criteria:\n\n- x\n"
    (told,) = lint_text(text, config=Config().with_command_line(select=["misspelled-stage-field"]))
    assert told.message == "label 'Success criteria' is called 'Verification' in the guide"


def test_the_number_of_a_label_stays() -> None:
    text = "## Migration: X\n\n### Stage 1 — Copy\n\n#### 3. Success criteria\n\n- x\n"
    mended = fix_text(text, config=Config().with_command_line(select=["misspelled-stage-field"]))
    assert mended == text.replace("Success criteria", "Verification")


def test_a_dash_names_no_layer() -> None:
    text = "## Migration: X\n\n### Stage 1 — Copy\n\n**Layers affected**: —\n"
    (told,) = lint_text(text, config=Config().with_command_line(select=["unknown-layer"]))
    assert told.message.partition(";")[0] == "'—' names no layer"


def test_a_label_within_a_task_does_not_name_the_field_of_its_stage() -> None:
    text = "## Migration: X\n\n### Stage 1 — Copy\n\n**Goal**: x\n\n#### Task 1\n\n**What changes**: y\n"
    assert reported(text, "misspelled-stage-field") == [(5, "misspelled-stage-field")]
