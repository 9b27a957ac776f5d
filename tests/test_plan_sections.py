"""The overview and the two tables, in the forms in which people write them; and what is no plan at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan import parse_plan
from lint_migration_plan.plan.terms import SectionKind, State

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


def plan_of(text: str) -> Plan:
    (plan,) = parse_plan(text)
    return plan


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("## Migration: Orders to PostgreSQL 16", "Orders to PostgreSQL 16"),
        ("# migration : Orders", "Orders"),
        ("## Migration：订单", "订单"),
        ("## 1. Migration: Orders", "Orders"),
        ("## **Migration**: Orders", "Orders"),
        ("## Migration:", ""),
        ("## Migration", ""),
        ("Migration: Orders\n---", "Orders"),
    ],
)
def test_the_title_is_read(heading: str, name: str) -> None:
    title = plan_of(f"{heading}\n\n### From\n\n- Data: x\n").title
    assert title is not None
    assert (title.name.plain, title.canonical) == (name, True)


def test_a_heading_that_speaks_of_a_migration_is_taken_for_the_title() -> None:
    title = plan_of("# Cutover plan for the shop\n\n## Phase 1: A\n\n**Risk**: low\n\n## Phase 2: B\n").title
    assert title is not None
    assert (title.name.plain, title.canonical) == ("Cutover plan for the shop", False)


@pytest.mark.parametrize(
    ("heading", "kind", "canonical", "synonym"),
    [
        ("### From", SectionKind.FROM, True, False),
        ("### FROM:", SectionKind.FROM, True, False),
        ("## Current State Analysis", SectionKind.FROM, False, True),
        ("## 2. Target architecture", SectionKind.TO, False, True),
        ("### Target Schema Structure", SectionKind.TO, False, True),
        ("### Current Billing Architecture", SectionKind.FROM, False, True),
        ("## Target State: CT303", SectionKind.TO, False, True),
        ("## Current Architecture (Single Container)", SectionKind.FROM, False, True),
        ("## Appendix C: Migration Timeline", SectionKind.TIMELINE, False, True),
        ("### 🎯 Motivation", SectionKind.MOTIVATION, True, False),
        ("## Why This Migration?", SectionKind.MOTIVATION, False, True),
        ("### Abort critera", SectionKind.ABORT, False, False),
        ("### Timline", SectionKind.TIMELINE, False, False),
        ("## Gap → Stage Mapping", SectionKind.MAPPING, True, False),
        ("## Gap -> Stage Mapping", SectionKind.MAPPING, True, False),
        ("## Gap to Stage Mapping", SectionKind.MAPPING, False, True),
        ("## Verfication per stage", SectionKind.VERIFICATION, False, False),
    ],
)
def test_a_section_is_recognised(heading: str, kind: SectionKind, canonical: bool, synonym: bool) -> None:  # noqa: FBT001
    (section,) = plan_of(f"## Migration: X\n\n{heading}\n\ntext\n").sections
    assert (section.kind, section.canonical, section.synonym) == (kind, canonical, synonym)


@pytest.mark.parametrize(
    "heading", ["## Current vs Target Architecture", "## Purpose", "## New schema rollout", "## To do"]
)
def test_other_sections_are_none_of_the_guide_s(heading: str) -> None:
    assert plan_of(f"## Migration: X\n\n{heading}\n\ntext\n").sections == ()


def test_the_guide_s_own_name_wins_over_another_name() -> None:
    plan = plan_of("## Migration: X\n\n### Background\n\nold\n\n### Motivation\n\nwhy\n")
    assert [(section.text.plain, section.canonical) for section in plan.sections] == [("Motivation", True)]


def test_a_section_twice_is_two_sections() -> None:
    plan = plan_of("## Migration: X\n\n### From\n\n- Data: a\n\n### From\n\n- Code: b\n")
    assert [section.kind for section in plan.sections] == [SectionKind.FROM, SectionKind.FROM]
    assert [line.layers for line in plan.overview.from_lines] == [("data",)]


def test_a_goal_below_a_stage_is_the_stage_s_own() -> None:
    plan = plan_of("# Migration plan\n\n## Phase 1: A\n\n### Goals\n\nx\n\n### Timeline\n\ny\n\n## Phase 2: B\n")
    assert plan.sections == ()


def test_lines_of_a_state_may_be_items_lines_or_rows() -> None:
    forms = [
        "- Data: PostgreSQL 12\n- **Code**: Java 8\n  with Spring 4",
        "Data: PostgreSQL 12\nCode: Java 8\nwith Spring 4",
        "| Layer | Now |\n|---|---|\n| Data | PostgreSQL 12 |\n| Code | Java 8 |",
        "- Database: PostgreSQL 12\n- Application code: Java 8",
    ]
    for form in forms:
        lines = plan_of(f"## Migration: X\n\n### From\n\n{form}\n").overview.from_lines
        assert [line.layers for line in lines] == [("data",), ("code",)], form


def test_lists_under_a_heading_that_names_no_layer_explain_the_state() -> None:
    text = "## Migration: X\n\n### From\n\n#### Impact\n\n- Files to move: 12\n\n#### 1. Data\n\n- Tables: 31\n"
    assert [line.layers for line in plan_of(text).overview.from_lines] == [("data",)]


def test_a_table_of_lengths_is_no_timeline() -> None:
    table = "| Phase | Duration |\n|---|---|\n| Cleanup | 30 min |\n"
    assert plan_of(f"## Migration: X\n\n### Timeline\n\n{table}").overview.timeline == ()


def test_the_timeline_is_read() -> None:
    text = "- Planning: 2026-03-02 to 2026-03-13\n- **Cut-over**: 11 April 2026\n- Freeze: none\n- Total: 6 weeks\n"
    entries = plan_of(f"## Migration: X\n\n### Timeline\n\n{text}").overview.timeline
    assert [entry.name for entry in entries] == ["planning", "cutover", None, "total"]
    readings = [entry.dates or entry.duration for entry in entries if entry.name]
    assert [reading.state for reading in readings if reading] == [State.READ] * 3


def test_abort_conditions_are_the_items() -> None:
    text = "Stop if:\n\n- three stages fail\n\n  in a row\n- data is lost\n"
    plan = plan_of(f"## Migration: X\n\n### Abort criteria\n\n{text}")
    assert [condition.plain for condition in plan.overview.abort_conditions] == ["three stages fail", "data is lost"]


GAPS = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n| GAP-03: old driver | low | 1h | Stage 1 — A | x |\n"


@pytest.mark.parametrize("heading", ["## Gap → Stage Mapping", "## What closes what", "### Gaps and stages"])
def test_the_gap_table_is_found_under_any_heading(heading: str) -> None:
    plan = plan_of(f"## Migration: X\n\n### Stage 1 — A\n\n**Risk**: low\n\n{heading}\n\n{GAPS}")
    assert plan.mapping is not None
    (row,) = plan.mapping.rows
    assert row.id == "gap-03"
    assert row.stages is not None
    assert row.stages.value is not None
    assert [reference.label for reference in row.stages.value.references] == ["1"]


def test_columns_may_stand_in_any_order_and_under_other_names() -> None:
    table = "| Stage | Estimate | Owner | Gap | Riks |\n|--|--|--|--|--|\n| 2 | 3d | Kim | x | high |\n"
    mapping = plan_of(f"## Migration: X\n\n## Gap → Stage Mapping\n\n{table}").mapping
    assert mapping is not None
    assert [column.name for column in mapping.columns] == ["Stage", "Effort", None, "Gap", None]
    assert mapping.rows[0].gap is not None
    assert mapping.rows[0].gap.plain == "x"


def test_short_and_long_rows_keep_their_cells() -> None:
    table = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n| a \\| b | low |\n| c | low | 1h | 1 | n | more |\n"
    mapping = plan_of(f"## Migration: X\n\n## Gap → Stage Mapping\n\n{table}").mapping
    assert mapping is not None
    first, second = mapping.rows
    assert (first.gap and first.gap.plain, first.effort, first.stage) == ("a | b", None, None)
    assert len(second.row.cells) == 6


def test_the_verification_table_is_read() -> None:
    table = (
        "| Stage | Automated test | Manual check | Rollback test |\n|--|--|--|--|\n| 1-2 | `pytest` | starts | done |\n"
    )
    plan = plan_of(f"## Migration: X\n\n## Verification per stage\n\n{table}")
    assert plan.verification is not None
    (row,) = plan.verification.rows
    assert row.stages is not None
    assert row.stages.value is not None
    assert [reference.label for reference in row.stages.value.references] == ["1", "2"]
    assert row.automated_test is not None
    assert row.automated_test.plain == "pytest"


def test_a_file_may_hold_several_plans() -> None:
    one = "## Migration: {}\n\n### From\n\n- Data: x\n\n### Stage 1 — A\n\n**Risk**: low\n\n"
    plans = parse_plan(one.format("Orders") + one.format("Users"))
    assert [plan.title and plan.title.name.plain for plan in plans] == ["Orders", "Users"]
    assert [len(plan.stages) for plan in plans] == [1, 1]
    assert plans[0].span.end == plans[1].span.start
    (same,) = parse_plan(one.format("Orders") + one.format("Orders"))
    assert len(same.titles) == 2


NO_PLANS = {
    "empty": "",
    "prose": "# Title\n\nSome text about a migration.\n",
    "changelog": "# Changelog\n\n### Migration: rename the option\n\ntext\n",
    "tutorial": "# Install\n\n## Step 1: Download\n\n**Time**: 5 minutes\n",
    "front matter": "---\ntitle: Migration\n---\n\ntext\n",
    "a guide": "# Migration plan guide\n\n## Planning principles\n\n### 1. Migration overview\n\n```\n### Stage 1 — X\n```\n",
    "a readme": "# Tool\n\n## Motivation\n\nx\n\n## Usage\n\n~~~markdown\n## Migration: X\n~~~\n",
    "strategy": "# Quality\n\n## Verification strategy\n\n| Level | Tool |\n|--|--|\n| unit | pytest |\n",
}


@pytest.mark.parametrize("text", NO_PLANS.values(), ids=NO_PLANS)
def test_other_documents_are_no_plans(text: str) -> None:
    assert parse_plan(text) == ()


UNSURE = {
    "tutorial": "# Upgrade to version 2\n\n## Step 1: Back up\n\ntext\n\n## Step 2: Install\n\ntext\n",
    "product": "# Roadmap\n\n## Phase 1: Core\n\n**Goal**: x\n\n## Phase 2: More\n\n**Goal**: y\n",
    "pipeline": "# Build\n\n## Stage 1: Compile\n\ntext\n\n## Stage 2: Test\n\ntext\n",
}


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_documents_with_steps_are_plans_only_if_somebody_says_so(text: str) -> None:
    assert [plan.evident for plan in parse_plan(text)] == [False]


SURE = {
    "title": "## Migration: X\n",
    "fields": "# Shop\n\n## Phase 1: A\n\n- Risk: low\n- Rollback: undo it\n",
    "title and stages": "# Kubernetes migration plan\n\n## Phase 1: A\n\n## Phase 2: B\n",
    "table": f"# Shop\n\n## Gaps\n\n{GAPS}",
    "front matter": "---\nmigration-plan:\n  type: platform\n---\n\n# Shop\n\n## Phase 1: A\n",
    "guide's stage": "# Shop\n\n### Stage 1 — A\n\ntext\n",
}


@pytest.mark.parametrize("text", SURE.values(), ids=SURE)
def test_what_is_plainly_a_plan_is_known_for_one(text: str) -> None:
    assert [plan.evident for plan in parse_plan(text)] == [True]


@pytest.mark.parametrize(("level", "title"), [("##", None), ("#", "Notes on the migration")])
def test_a_section_beside_the_stages_is_no_title(level: str, title: str | None) -> None:
    notes = f"# Handbook\n\n## Who to ask\n\nMara.\n\n{level} Notes on the migration\n\nNone.\n\n"
    (plan,) = parse_plan(f"{notes}## Stage 1 — Copy\n\n**Risk**: low\n")
    assert (plan.title.text.plain if plan.title else None) == title


@pytest.mark.parametrize(("heading", "kind"), [("Target schema", SectionKind.TO), ("Old setup", SectionKind.FROM)])
def test_two_words_may_name_a_state(heading: str, kind: SectionKind) -> None:
    plan = plan_of(f"## Migration: Orders\n\n### {heading}\n\n- Data: x\n")
    assert [section.kind for section in plan.sections] == [kind]
