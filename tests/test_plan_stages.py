"""Stages and their fields, in the forms in which people write them."""

from __future__ import annotations

import mdformat
import pytest

from lint_migration_plan import parse_plan
from lint_migration_plan.markdown.document import Paragraph
from lint_migration_plan.plan.nodes import Plan, Spelling, Stage, StageForm
from lint_migration_plan.plan.terms import FieldName, Risk, State

TITLE = "# Database migration plan\n\n"


def plan_of(text: str) -> Plan:
    (plan,) = parse_plan(text)
    return plan


def stages(text: str) -> list[tuple[str, str]]:
    return [(stage.label, stage.name) for stage in plan_of(TITLE + text).stages]


def stage_with(fields: str) -> Stage:
    (stage,) = plan_of(f"{TITLE}### Stage 1 — Move\n\n{fields}\n").stages
    return stage


@pytest.mark.parametrize(
    ("heading", "word", "number", "separator", "name"),
    [
        ("### Stage 2 — Move the data", "Stage", "2", "—", "Move the data"),
        ("## Phase 2: Move the data", "Phase", "2", ":", "Move the data"),
        ("#### PHASE 0 - Prepare", "PHASE", "0", "-", "Prepare"),
        ("### ✅ Phase 1: Done", "Phase", "1", ":", "Done"),
        ("## 🎯 PHASE 1", "PHASE", "1", "", ""),
        ("## 3. Phase 1: Set up", "Phase", "1", ":", "Set up"),
        ("### Stage 1 – Name", "Stage", "1", "–", "Name"),
        ("### Stage 1. Name", "Stage", "1", ".", "Name"),
        ("### Stage 1 Move the data", "Stage", "1", "", "Move the data"),
        ("### Stage 2.1 — Name", "Stage", "2.1", "—", "Name"),
        ("### Phase 2a: Name", "Phase", "2a", ":", "Name"),
        ("### Phase A: Name", "Phase", "A", ":", "Name"),
        ("### Stage **3** — *Name*", "Stage", "3", "—", "Name"),
        ("### Stage #4 — Name", "Stage", "4", "—", "Name"),
        ("### フェーズ1：準備", "フェーズ", "1", "：", "準備"),
        ("### 阶段 0：基础设施", "阶段", "0", "：", "基础设施"),
        ("### Этап 3: Перенос", "Этап", "3", ":", "Перенос"),
        ("### Fase 2 — Migrar", "Fase", "2", "—", "Migrar"),
        ("### Étape 4 : Bascule", "Étape", "4", ":", "Bascule"),
        ("Stage 5 — Setext\n---", "Stage", "5", "—", "Setext"),
    ],
)
def test_a_stage_is_recognised_however_it_is_headed(
    heading: str, word: str, number: str, separator: str, name: str
) -> None:
    (stage,) = plan_of(f"{TITLE}{heading}\n\n**Risk**: low\n").stages
    parts = stage.heading
    assert (parts.word.plain, parts.number.plain, parts.separator.plain, parts.name.plain) == (
        word,
        number,
        separator,
        name,
    )


@pytest.mark.parametrize(
    "heading",
    [
        *("### 2. Stage definitions", "## Stages", "## Stage overview", "### 1. Name", "### Stage of the migration"),
        *("### Stage 1-3: Summary", "### Step 1/4", "### Phase 1 complete when", "### Phase 1 success criteria"),
        *(
            "### Stage 1 Rollback",
            "### Stage a new server",
            "### Prestage 1: X",
            "### Stagecoach 1",
            "### Backstage 2: X",
        ),
        *("```\n### Stage 1 — In code\n```", "> ### Stage 1 — Quoted", "<!--\n### Stage 1 — Hidden\n-->"),
    ],
)
def test_what_only_looks_like_a_stage_is_none(heading: str) -> None:
    assert stages(f"## Stage 7 — The only one\n\n**Risk**: low\n\n{heading}\n") == [("7", "The only one")]


def test_the_guide_s_words_for_a_stage_without_any_is_no_plan() -> None:
    assert parse_plan("# Guide\n\n## Stage definitions\n\n### 1. Name\n\n```markdown\n### Stage 1 — Name\n```\n") == ()


def test_bold_lines_are_stages_where_they_hold_fields() -> None:
    text = "**Stage 1 - Copy**\n\n- Risk: low\n- Rollback: drop it\n\n**Stage 2 - Switch**\n\n- Risk: high\n"
    plan = plan_of(TITLE + text)
    assert [stage.heading.form for stage in plan.stages] == [StageForm.BOLD_LINE] * 2
    assert [stage.risk.value for stage in plan.stages if stage.risk] == [Risk.LOW, Risk.HIGH]


FIELDS = "**Risk**: low\n**Estimated effort**: 1d\n**Dependencies**: none\n\n"


@pytest.mark.parametrize("line", ["###Stage 2 — Switch", "Stage 2 — Switch", "##Stage 2: Switch"])
def test_a_line_among_stages_may_lack_the_mark_of_a_heading(line: str) -> None:
    text = f"### Stage 1 — Copy\n\n{FIELDS}{line}\n\n{FIELDS}### Stage 3 — Clean\n\n{FIELDS}"
    assert stages(text) == [("1", "Copy"), ("2", "Switch"), ("3", "Clean")]
    plan = plan_of(TITLE + text)
    assert [len(stage.fields) for stage in plan.stages] == [3, 3, 3]
    assert plan.stages[1].heading.form is StageForm.PLAIN_LINE
    assert plan.stages[1].heading.text.plain == line


@pytest.mark.parametrize(
    "line",
    [
        "Stage 2 — the switch — follows on Monday.\n\n### Stage 3 — Clean",
        "Stage 3: only if nobody has complained",
        "Stage 2 — Switch\nand wait",
        "Stage 2",
        "Phase 2 — Switch",
        "(Stage 2 — Switch)",
        "**Stage 2** — Switch",
        "###**Stage 2** — Switch",
        "[Stage 2](#a) — Switch",
        "`Stage 2` — Switch",
        "- Stage 2 — Switch",
    ],
)
def test_a_sentence_among_stages_is_no_stage(line: str) -> None:
    text = f"### Stage 1 — Copy\n\n{FIELDS}{line}\n\n{FIELDS}### Stage 3 — Clean\n\n{FIELDS}"
    assert {label for label, _ in stages(text)} == {"1", "3"}


def test_lines_alone_are_no_stages() -> None:
    assert list(parse_plan(f"{TITLE}Stage 1 — Copy\n\n{FIELDS}Stage 2 — Switch\n\n{FIELDS}")) == []


def test_a_sentence_does_not_take_the_fields_of_its_stage() -> None:
    text = f"### Stage 1 — Copy\n\n{FIELDS}### Stage 3 — Clean\n\nStage 2: see there\n\n{FIELDS}"
    assert stages(text) == [("1", "Copy"), ("3", "Clean")]
    assert [len(stage.fields) for stage in plan_of(TITLE + text).stages] == [3, 3]


def test_a_sentence_with_few_labels_below_it_is_no_stage() -> None:
    labels = "**Risk**: low means nobody is woken.\n\n**Rollback**: is said for each stage.\n\n"
    text = f"## Stages\n\nStage 0: the tools were set up.\n\n{labels}### Stage 1 — Copy\n\n{FIELDS}"
    assert stages(text) == [("1", "Copy")]
    text = f"### Stage 1 — Copy\n\n{FIELDS}Stage 5: later, with:\n\n**Risk**: low\n**Estimated effort**: 2h\n"
    assert stages(text) == [("1", "Copy")]


def test_bold_lines_without_fields_are_a_list_of_what_is_to_come() -> None:
    text = (
        "## Timeline\n\n**Phase 1: Copy**\n\n**Phase 2: Switch**\n\n## Phase 1: Copy\n\nx\n\n## Phase 2: Switch\n\ny\n"
    )
    assert [stage.heading.form for stage in plan_of(TITLE + text).stages] == [StageForm.HEADING] * 2


def test_parts_of_a_stage_are_no_stages() -> None:
    text = "## Phase 1: A\n\n### Step 1.1: x\n\n### Step 1.2: y\n\n## Phase 2: B\n\n### Step 2.1: z\n"
    assert stages(text) == [("1", "A"), ("2", "B")]
    assert stages("## Phase 2: A\n\n### Phase 2.1: x\n\n### Phase 2.2: y\n") == [("2", "A")]


def test_an_overview_of_all_stages_does_not_double_them() -> None:
    text = (
        "## Phases\n\n### Phase 1: Copy\n\n**Risk**: low\n\n### Phase 2: Switch\n\n**Risk**: high\n\n"
        "## Phase 1: Copy\n\n**Goal**: all rows are there\n\n- a\n- b\n\n## Phase 2: Switch\n\n**Goal**: done\n\n- c\n"
    )
    plan = plan_of(TITLE + text)
    assert [stage.label for stage in plan.stages] == ["1", "2"]
    assert [stage.risk.value for stage in plan.stages if stage.risk] == [Risk.LOW, Risk.HIGH]


def test_a_stage_under_another_word_is_still_a_stage() -> None:
    assert stages("### Stage 1 — A\n\n### Phase 2 — B\n\n### Stage 3 — C\n") == [("1", "A"), ("2", "B"), ("3", "C")]


def test_a_stage_twice_is_two_stages() -> None:
    assert stages("### Stage 1 — A\n\n### Stage 1 — B\n") == [("1", "A"), ("1", "B")]


FORMS = [
    "**Risk**: Medium",
    "**Risk:** Medium",
    "**Risk Level:** Medium",
    "- **Risk Level:** Medium",
    "* __Risk__: Medium",
    "- Risk: Medium",
    "Risk: Medium",
    "**Risk: Medium**",
    "**Risk** — Medium",
    "**Risk**: **Medium**",
    "**Risk**:\nMedium",
    "**Risk**:\n\n- Medium",
    "#### Risk\n\nMedium",
    "##### Risk level\n\nMedium",
    "**Goal**: copy **Risk**: Medium **Effort**: 2h",
    "| Field | Value |\n|---|---|\n| Risk | Medium |\n| Effort | 2h |",
    "🟡 **Risk**: Medium",
    "**Risk**：Medium",
    "[**Risk**](#risk): Medium\n**Risk**: Medium",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_field_is_read_in_every_form(form: str) -> None:
    stage = stage_with(form)
    assert stage.risk is not None
    assert stage.risk.value is Risk.MEDIUM
    assert stage.risk.text.plain == "Medium"


@pytest.mark.parametrize("wrap", ["keep", "no", 20, 60])
def test_fields_survive_a_formatter(wrap: str | int) -> None:
    text = (
        f"{TITLE}### Stage 2 — Move the data\n\n**What changes**: Everything that was on the old machine is moved\n"
        "**Layers affected**: data\n**Risk**: medium\n**Estimated effort**: 4 hours\n**Dependencies**: Stage 1\n\n"
        "**Changes**:\n- Copy\n- Check\n\n**Rollback**:\n\n- Drop the copy\n\n**Rollback tested**: yes\n"
    )
    formatted = mdformat.text(text, options={"wrap": wrap}, extensions={"gfm"})
    before, after = plan_of(text).stages[0], plan_of(formatted).stages[0]
    assert [field.name for field in after.fields] == [field.name for field in before.fields]
    assert [field.value.plain for field in after.fields] == [field.value.plain for field in before.fields]
    assert [len(field.items) for field in after.fields] == [0, 0, 0, 0, 0, 2, 1, 0]


def test_all_nine_fields_and_compatibility_are_read() -> None:
    labels = [name.value for name in FieldName]
    stage = stage_with("\n\n".join(f"**{label}**: x" for label in labels))
    assert [field.name.value for field in stage.fields] == labels
    assert {field.spelling for field in stage.fields} == {Spelling.CANONICAL}


@pytest.mark.parametrize(
    ("label", "name", "spelling"),
    [
        ("Rolback", FieldName.ROLLBACK, Spelling.MISSPELLED),
        ("Dependancies", FieldName.DEPENDENCIES, Spelling.MISSPELLED),
        ("Estimted effort", FieldName.EFFORT, Spelling.MISSPELLED),
        ("Effort", FieldName.EFFORT, Spelling.SYNONYM),
        ("Depends on", FieldName.DEPENDENCIES, Spelling.SYNONYM),
        ("Success criteria", FieldName.VERIFICATION, Spelling.SYNONYM),
        ("RISK", FieldName.RISK, Spelling.CANONICAL),
    ],
)
def test_a_label_is_read_as_what_it_means(label: str, name: FieldName, spelling: Spelling) -> None:
    (field,) = stage_with(f"**{label}**: x").fields
    assert (field.name, field.spelling, field.label.plain) == (name, spelling, label)


@pytest.mark.parametrize(
    "label", ["Risks", "Disk", "Status", "Owner", "Note", "Scrollback", "Rollback trigger", "Impact"]
)
def test_other_labels_are_no_fields(label: str) -> None:
    assert stage_with(f"**{label}**: x").fields == ()


def test_a_value_ends_where_the_next_label_begins() -> None:
    stage = stage_with("**Risk**: low **Owner**: Kim **Estimated effort**: 2h")
    assert [field.value.plain for field in stage.fields] == ["low", "2h"]


def test_items_under_a_label_are_steps_and_not_fields() -> None:
    stage = stage_with("**Changes**:\n- **Risk**: is written into the ticket\n- **Config**: moved\n\n**Risk**: low")
    assert [field.name for field in stage.fields] == [FieldName.CHANGES, FieldName.RISK]
    assert len(stage.fields[0].items) == 2


def test_a_field_may_be_an_item_right_below_the_last_step() -> None:
    # To Markdown it is one list.
    stage = stage_with(
        "**Risk**: low\n\n**Rollback**:\n\n- Stop\n- **Risk**: none\n\n- **Rollback tested**: yes\n- **Owner**: Kim"
    )
    assert [(field.name, len(field.items)) for field in stage.fields] == [(FieldName.RISK, 0), (FieldName.ROLLBACK, 4)]
    stage = stage_with("**Risk**: low\n\n**Rollback**:\n\n- Stop\n- **Risk**: none\n\n- **Rollback tested**: yes")
    assert [(field.name, field.value.plain, len(field.items)) for field in stage.fields] == [
        (FieldName.RISK, "low", 0),
        (FieldName.ROLLBACK, "", 2),
        (FieldName.ROLLBACK_TESTED, "yes", 0),
    ]
    stage = stage_with("**Rollback**:\n- **Rollback tested**: yes")
    assert [(field.name, field.is_empty) for field in stage.fields] == [
        (FieldName.ROLLBACK, True),
        (FieldName.ROLLBACK_TESTED, False),
    ]


@pytest.mark.parametrize(
    ("label", "item"),
    [
        ("Verification", "**Rollback tested**: weight 0 set once in staging"),
        ("Changes", "**Dependencies**: bump `lb-client` to 4.2"),
        ("Rollback", "**Risk**: a few payments may fail"),
        ("Rollback", "**Estimated effort**: 5 minutes for the way back"),
    ],
)
def test_the_last_step_may_begin_with_a_bold_label(label: str, item: str) -> None:
    (field,) = stage_with(f"**{label}**:\n\n- Stop\n- {item}").fields
    assert (field.name.value, len(field.items)) == (label, 2)


def test_what_stands_below_a_label_belongs_to_it() -> None:
    stage = stage_with(
        "**Rollback**:\n\n1. Stop\n2. Restore\n\n```sh\nrestore\n```\n\nThen wait.\n\n**Owner**: Kim\n\nx"
    )
    (field,) = stage.fields
    assert [type(block).__name__ for block in field.blocks] == ["List", "Code", "Paragraph"]
    assert not field.is_empty


def test_a_label_with_nothing_behind_it_is_empty() -> None:
    stage = stage_with("**Rollback**:\n\n**Risk**:\n")
    assert [field.is_empty for field in stage.fields] == [True, True]
    assert stage.risk is not None
    assert stage.risk.state is State.EMPTY


def test_fields_of_a_part_speak_for_the_stage_only_where_it_is_silent() -> None:
    stage = stage_with(
        "**Risk**: low\n\n#### Task A\n\n**Risk**: high\n\n**Verification**:\n- x\n\n#### Rollback\n\n- y"
    )
    assert [(field.name, field.nested) for field in stage.fields] == [
        (FieldName.RISK, False),
        (FieldName.RISK, True),
        (FieldName.VERIFICATION, True),
        (FieldName.ROLLBACK, False),
    ]
    assert stage.risk is not None
    assert stage.risk.value is Risk.LOW
    assert stage.field(FieldName.VERIFICATION) is not None


def test_quotes_and_code_hold_no_fields() -> None:
    assert stage_with("> **Risk**: low\n\n    **Risk**: low\n\n```\n**Risk**: low\n```").fields == ()


def test_a_list_below_a_label_is_its_value() -> None:
    stage = stage_with("**Layers affected**:\n- data\n- code\n\n**Dependencies**:\n- Stage 3\n- Stage 4\n")
    assert stage.layers is not None
    assert stage.layers.value is not None
    assert [layer.name for layer in stage.layers.value] == ["data", "code"]
    assert stage.dependencies is not None
    assert stage.dependencies.value is not None
    assert [reference.label for reference in stage.dependencies.value.references] == ["3", "4"]


def test_a_stage_ends_where_the_tables_begin() -> None:
    text = "### Stage 1 — A\n\n**Risk**: low\n\n#### Gap → Stage Mapping\n\n| Gap | Stage |\n|---|---|\n| x | 1 |\n"
    plan = plan_of(TITLE + text)
    assert plan.mapping is not None
    assert len(plan.mapping.rows) == 1
    assert plan.stages[0].span.end < plan.mapping.section.span.start


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("#### Success Criteria (go to phase 2)\n\n- x", FieldName.VERIFICATION),
        ("#### Validation signals\n\n- x", FieldName.VERIFICATION),
        ("#### Testing Tasks\n\n- x", FieldName.CHANGES),
        ("#### Deployment steps\n\n- x", FieldName.CHANGES),
        ("#### Rollback steps\n\n- x", FieldName.ROLLBACK),
        ("**Exit criteria** (for one week):\n- x", FieldName.VERIFICATION),
    ],
)
def test_a_label_may_say_more_than_the_field(form: str, name: FieldName) -> None:
    assert [field.name for field in stage_with(form).fields] == [name]


@pytest.mark.parametrize(
    "form", ["**Rollback** if:\n- errors rise", "**Rollback** when errors rise", "#### Long list of many tasks"]
)
def test_what_only_begins_like_a_label_is_none(form: str) -> None:
    assert stage_with(form).fields == ()


@pytest.mark.parametrize(
    ("name", "risk", "hours"),
    [
        ("Repositories (13 files) - LOW RISK", "LOW", None),
        ("Repositories - MEDIUM-HIGH RISK", "MEDIUM-HIGH", None),
        ("Low risk", "Low", None),
        ("Copy (2-3 hours)", None, 2),
        ("Reduce the risk", None, None),
        ("Manage vendor risk", None, None),
        ("Copy (2)", None, None),
        ("Copy (Week 1-2)", None, None),
        ("Copy (3 files)", None, None),
    ],
)
def test_a_heading_may_tell_risk_and_effort(name: str, risk: str | None, hours: float | None) -> None:
    (stage,) = plan_of(f"{TITLE}### Stage 1 — {name}\n\n**Goal**: x\n").stages
    assert (stage.risk.text.plain if stage.risk else None) == risk
    assert (stage.effort.value.low if stage.effort and stage.effort.value else None) == hours


def test_a_field_of_the_stage_wins_over_its_heading() -> None:
    (stage,) = plan_of(f"{TITLE}### Stage 1 — Copy (2 hours) - HIGH RISK\n\n**Risk**: low\n").stages
    assert stage.risk is not None
    assert stage.risk.value is Risk.LOW


def test_phases_of_tests_are_not_those_of_the_migration() -> None:
    text = "## Steps\n\n### Step 1: Copy\n\nx\n\n### Step 2: Switch\n\ny\n\n## Test plan\n\n"
    text += "".join(f"### Phase {number}: Try\n\nz\n\n" for number in (1, 2, 3))
    assert stages(text) == [("1", "Copy"), ("2", "Switch")]


def test_a_check_among_the_items_of_a_stage_is_its_verification() -> None:
    stage = stage_with("- Move the files\n- Fix the imports\n- **Verify**: all tests pass\n")
    assert [(field.name, field.value.plain) for field in stage.fields] == [(FieldName.VERIFICATION, "all tests pass")]


def test_what_stands_before_a_label_in_its_paragraph_belongs_to_the_field_above() -> None:
    changes, rollback = stage_with("**Changes**:\n\n- a\n\nThen wait. **Rollback**: b\n").fields
    assert [block.text.plain for block in changes.blocks if isinstance(block, Paragraph)] == ["Then wait."]
    assert rollback.value.plain == "b"


def test_the_purpose_of_a_part_is_not_what_the_stage_changes() -> None:
    assert stage_with("#### 1.1 A tool\n\n**Purpose**: to show things\n").fields == ()


def test_headings_of_a_stage_s_own_level_may_name_its_fields() -> None:
    text = (
        "## Phase 1: A\n\n## Verification\n\n- x\n\n## Phase 2: B\n\n## Verification\n\n- y\n\n## Rollback\n\n- all\n"
    )
    fields = [[field.name for field in stage.fields] for stage in plan_of(TITLE + text).stages]
    assert fields == [[FieldName.VERIFICATION], [FieldName.VERIFICATION]]
    assert stages("## Phase 1: A\n\n## Rollback\n\n- x\n\n## Appendix\n\n## Phase 2: B\n") == [("1", "A"), ("2", "B")]


def test_phases_of_the_tests_are_none_of_a_plan_of_two() -> None:
    ours = "## Phase 1: A\n\n**Risk**: low\n\n## Phase 2: B\n\n**Risk**: low\n\n"
    assert stages(f"{ours}## Test plan\n\n### Phase 3: Smoke\n\nx\n") == [("1", "A"), ("2", "B")]
