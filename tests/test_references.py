"""References to stages are read from lists, ranges, names and prose; tickets, packages and sentences are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.references import read_dependencies, read_stage_cell, reference_at, stage_mentions
from lint_migration_plan.plan.values.stage_words import stage_label
from lint_migration_plan.plan.vocabulary import DEFAULT

NAMES = {"move the data": "2", "prepare, build and ship": "1", "switch traffic": "3"}
LABELS = ("1", "2", "2a", "3", "4")

NONE = (
    *("none", "None.", "**none**", "-", "—", "–", "n/a", "N/A", "nothing", "no", "no dependencies", "No prior stages"),
    *(
        "none (first stage)",
        "None — it comes first",
        "none, it comes first",
        "none: first",
        "none (parallel to Stage 2)",
    ),
    *(
        "None; can run beside Stage 2",
        "— (first stage)",
        "keine",
        "aucune",
        "нет",
        "なし",
        "无",
        "not applicable",
        "none yet",
    ),
)

DEPENDENCIES = {
    ("2",): (
        *(
            "Stage 2",
            "stage 2",
            "**Stage 2**",
            "`Stage 2`",
            "[Stage 2](#stage-2)",
            "Stage #2",
            "Stage 02",
            "2",
            "2.",
            "Stage2",
        ),
        *(
            "Stage 2 — Move the data",
            "Stage 2: Move the data, users and carts",
            "Stage 2 - 3 tables moved",
            "Stage 2 (complete)",
        ),
        *(
            "Stage 2 complete",
            "Phase 2 sign-off",
            "after Stage 2 is live",
            "Requires Phase 2 (removal) complete",
            "✅ Stage 2",
        ),
        *(
            "completion of Stage 2",
            "Stage 2 complete and signed off",
            "Stage 2 — schema first, Stage 4 needs it",
            "Step 2",
        ),
        *(
            "Move the data",
            '"Move the data"',
            "move the data (done)",
            "Stage 2-Redis",
            "~~Stage 1~~ Stage 2",
            "阶段2",
            "第2阶段",
        ),
        *(
            "фаза 2",
            "2 - Redis",
            "2（可与 4 并行）",
            "Depends on Stage 2",
            "Stage 2, ",
            "Stage 2 — it must run for 7 days, 24 hours a day",
        ),
    ),
    ("1", "2"): (
        *(
            "Stage 1 and Stage 2",
            "1, 2",
            "Stages 1 and 2",
            "Stage 1, Stage 2",
            "Stage 1; Stage 2",
            "Stage 1 & 2",
            "Stage 1/2",
        ),
        *(
            "Stage 1 + 2",
            "Stage 1<br>Stage 2",
            "Stage 1. Stage 2.",
            "1、2",
            "Stage 1 (soft), 2",
            "Stage 1 — Prepare<br>Stage 2 — Move",
        ),
        *(
            "Stage 1 done and Stage 2",
            "Prepare, build and ship, Move the data",
            "both Stage 1 and Stage 2",
            "Stage 1 — x; Stage 2 — done",
        ),
        *("Stages 1, and 2", "Stage 1 or Stage 2", "[Stage 1](#a), [Stage 2](#b)", "Stage 1 then Stage 2"),
    ),
    ("1", "2", "4"): ("Stages 1, 2 and 4", "1, 2, 4", "Stage 1, 2 (data), and 4"),
    # Between two stages of this plan stand those that stand there.
    ("1", "2", "2a", "3"): (
        "Stages 1-3",
        "1-3",
        "Stage 1 – Stage 3",
        "Stages 1 to 3",
        "1..3",
        "Stages 1–3 complete",
        "Stage 1 → Stage 3",
    ),
    ("1", "2", "2a"): (
        "all previous stages",
        "All prior phases",
        "all earlier stages",
        "all stages",
        "everything before",
        "All.",
    ),
    ("2a",): ("previous stage", "the previous stage", "Stage 2a", "Preceding stage (2a)", "Stage 2a - 2a"),
    ("5", "6", "7"): ("Stages 5-7", "5–7"),
    ("2.1",): ("Stage 2.1", "2.1", "Phase 2.1 complete"),
    ("2.1", "2.2", "2.3"): ("Stages 2.1-2.3",),
    ("a",): ("Stage A", "Phase A complete"),
    ("a", "b", "c"): ("Stages A-C",),
    ("2a", "2b"): ("Stages 2a-2b", "2a to 2b"),
}

NO_DEPENDENCIES = {
    None: (
        *(
            "US-2.1",
            "Task 1.1 ✅",
            "Redis client only",
            "#12",
            "2 weeks",
            "stage a server",
            "S2",
            "P1",
            "3 engineers",
            "50%",
        ),
        *("needs the schema from Stage 2", "1-2-3", "0..6 livrables existants", "Python 3.10+", "Services"),
        *("Stage", "stages", "see above", "the vendor", "TokenService (old, new), Redis", "mcp[cli], Python 3.10+"),
    ),
    "Redis client": ("Stage 2, Redis client", "1, Redis client", "Stage 2; Redis client"),
    "*3": ("Stage 2*3",),
    "the vendor's approval": ("Stage 2 and the vendor's approval",),
    "Stage 2": ("none, Stage 2", "none; Stage 2."),
}


@pytest.mark.parametrize("value", NONE)
def test_none_is_read(value: str) -> None:
    reading = read_dependencies(literal(value), DEFAULT, NAMES, labels=LABELS, own="3")
    assert reading.value is not None
    assert (reading.value.references, reading.value.none) == ((), True)


@pytest.mark.parametrize(
    ("value", "labels"), [(value, labels) for labels, values in DEPENDENCIES.items() for value in values]
)
def test_stages_are_read(value: str, labels: tuple[str, ...]) -> None:
    reading = read_dependencies(literal(value), DEFAULT, NAMES, labels=LABELS, own="3")
    assert reading.value is not None, reading.where
    assert tuple(reference.label for reference in reading.value.references) == labels
    assert not reading.value.none


@pytest.mark.parametrize(
    ("value", "where"), [(value, where) for where, values in NO_DEPENDENCIES.items() for value in values]
)
def test_what_is_no_stage_is_unreadable_and_pointed_at(value: str, where: str | None) -> None:
    reading = read_dependencies(literal(value), DEFAULT, NAMES, labels=LABELS, own="3")
    assert reading.state is State.UNREADABLE
    assert (reading.where and reading.where.plain) == where


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Stage 3 - 1", "the range runs backwards"),
        ("Stages C-A", "the range runs backwards"),
        ("Stages 1-2000", "it names more than 100 stages"),
        ("1-99, 1-99", "it names more than 100 stages"),
        ("none, Stage 2", "it says none and names a stage"),
    ],
)
def test_a_list_that_cannot_be_says_why(value: str, reason: str) -> None:
    assert read_dependencies(literal(value), DEFAULT).reason == reason


@pytest.mark.parametrize("value", ["Stage N-1", 'Stage N-1 (or "none")', "TBD", "{stages}", "Stage 2, TBD"])
def test_dependencies_not_given_are_a_placeholder(value: str) -> None:
    assert read_dependencies(literal(value), DEFAULT).state is State.PLACEHOLDER


def test_before_the_first_stage_there_is_none() -> None:
    reading = read_dependencies(literal("all previous stages"), DEFAULT, labels=LABELS, own="1")
    assert reading.value is not None
    assert reading.value.none


@pytest.mark.parametrize(
    ("value", "own", "elsewhere"),
    [
        ("Stage 3 of the billing project", (), ("3",)),
        ("Stage 2, Stage 3 of plan B", ("2",), ("3",)),
        ("Stages 1, 2 and 4 of the storage programme", (), ("1", "2", "4")),
        ("Stage 2 (storage programme), Stage 1", ("1",), ("2",)),
        ("Stage 2 in network/plan.md", (), ("2",)),
        ("Stage 2 of this plan", ("2",), ()),
        ("Stage 2 of the migration", ("2",), ()),
        ("Stage 2 (the plan)", ("2",), ()),
        ("Stage 2 (written plan)", (), ("2",)),
        ("Stage 2 (data migration)", ("2",), ()),
        ("Stage 2 of the upgrade of the doors", ("2",), ()),
    ],
)
def test_stages_of_another_plan_are_told_apart(value: str, own: tuple[str, ...], elsewhere: tuple[str, ...]) -> None:
    found = read_dependencies(literal(value), DEFAULT, NAMES, labels=LABELS, own="2a").value
    assert found is not None
    assert tuple(reference.label for reference in found.references) == own
    assert tuple(reference.label for reference in found.elsewhere) == elsewhere
    assert not found.none


@pytest.mark.parametrize(
    ("value", "sure"),
    [
        ("Stage 1, Stage 2", (True, True)),
        ("Stage 1 complete and Stage 2 signed off", (True, True)),
        ("Stage 1 (for the index), Stage 2", (True, True)),
        ("Stage 1, Stage 2 (optional)", (True, False)),
        ("Stage 1 (if time allows), Stage 2", (False, True)),
        ("Stage 1 or Stage 2", (False, False)),
        ("Stage 1, Stage 2 or Stage 3", (False, False, False)),
        ("Stage 1 or Stage 2, Stage 3", (False, False, True)),
        ("Stage 1; Stage 2 or Stage 3", (True, False, False)),
        ("Stage 1, Stage 2 (A or B)", (True, False)),
        ("Stage 1, Stage 2 — can run in parallel", (True, False)),
        ("Stage 1, and Stage 2 waits for this one", (True, False)),
    ],
)
def test_what_must_not_be_done_first_is_not_sure(value: str, sure: tuple[bool, ...]) -> None:
    found = read_dependencies(literal(value), DEFAULT, NAMES, labels=LABELS, own="3").value
    assert found is not None
    assert tuple(reference.sure for reference in found.references) == sure


def test_a_reference_stands_where_its_author_wrote_it() -> None:
    value = "[Stage 1](#one) and **Move the data**, Stages 3–4"
    found = read_dependencies(literal(value), DEFAULT, NAMES).value
    assert found is not None
    assert [value[slice(*reference.text.span)] for reference in found.references] == [
        *("Stage 1", "Move the data", "Stages 3–4", "Stages 3–4")
    ]


def test_a_word_of_the_team_names_a_stage() -> None:
    team = replace(DEFAULT, stage_words=frozenset(("milestone",)))
    assert read_dependencies(literal("Milestone 2"), team).state is State.READ
    assert read_dependencies(literal("Milestone 2"), DEFAULT).state is State.UNREADABLE


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        *[("1", ("1",)), ("Stage 1", ("1",)), ("Stage 1 — Name", ("1",)), ("1 — Name", ("1",)), ("1. Name", ("1",))],
        *[
            ("**Phase 1: Setup**", ("1",)),
            ("1-3", ("1", "2", "2a", "3")),
            ("1, 2", ("1", "2")),
            ("Phase 2, 3", ("2", "3")),
        ],
        *[
            ("2 (partly), 3", ("2", "3")),
            ("7（可选）", ("7",)),
            ("Stage 3 (deferred)", ("3",)),
            ("Move the data", ("2",)),
        ],
        *[("all", LABELS), ("All stages", LABELS), ("every stage", LABELS)],
        *[(none, ()) for none in ("none", "—", "-", "N/A", "deferred", "Deferred to Q3", "accepted risk: read-only")],
        *[(none, ()) for none in ("deferred to Stage 7", "Risk accepted", "not applicable (empty)")],
    ],
)
def test_the_stages_of_a_cell_are_read(cell: str, labels: tuple[str, ...]) -> None:
    reading = read_stage_cell(literal(cell), DEFAULT, NAMES, labels=LABELS)
    assert reading.value is not None
    assert tuple(reference.label for reference in reading.value.references) == labels
    assert reading.value.none == (not labels)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *[("", State.EMPTY), ("TBD", State.PLACEHOLDER), ("Stage N", State.PLACEHOLDER), ("Total", State.UNREADABLE)],
        *[("Setup", State.UNREADABLE), ("0 Today", State.UNREADABLE), ("backlog", State.UNREADABLE)],
    ],
)
def test_a_cell_without_stages_is_told_apart(cell: str, state: State) -> None:
    assert read_stage_cell(literal(cell), DEFAULT, NAMES, labels=LABELS).state is state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("runs after Stage 2 is live", [("2", "Stage 2")]),
        ("stages 2 and 3 are done", [("2", "stages 2"), ("3", "3")]),
        ("Stages 2, 3, and 5.", [("2", "Stages 2"), ("3", "3"), ("5", "5")]),
        ("Stages 1-3", [("1", "Stages 1-3"), ("2", "Stages 1-3"), ("3", "Stages 1-3")]),
        ("Stage 2/3", [("2", "Stage 2"), ("3", "3")]),
        ("Stage 2, 3 hosts of it", [("2", "Stage 2")]),
        ("see [Stage 4](#four), stage 4's data", [("4", "Stage 4"), ("4", "stage 4")]),
        ("Stage B starts", [("b", "Stage B")]),
        ("Stage\n2.", [("2", "Stage 2")]),
        ("Stage 2.1", [("2.1", "Stage 2.1")]),
        ("Stages 1-99999", [("1", "Stages 1")]),
        ("stage a server, then stage I", []),
        ("run with --stage 2, phase2.sh, backstage 3, /stage 4", []),
        ("step 3 of the runbook, phase 2", []),
    ],
)
def test_stages_are_found_in_prose(text: str, found: list[tuple[str, str]]) -> None:
    mentions = [(mention.label, mention.text.plain) for mention in stage_mentions(literal(text), DEFAULT)]
    assert mentions == found


def test_the_words_of_a_plan_are_found_too() -> None:
    mentions = stage_mentions(literal("Phase 2 and step 3"), DEFAULT, ("phase",))
    assert [mention.label for mention in mentions] == ["2"]


def test_one_reference_is_read_at_an_index() -> None:
    text = literal("until Stage 06, then")
    found = reference_at(text, 6, DEFAULT)
    assert found is not None
    assert (found[0].label, found[0].text.plain, found[1]) == ("6", "Stage 06", 14)
    assert reference_at(text, 0, DEFAULT) is None
    assert reference_at(literal("stage a server"), 0, DEFAULT) is None


@pytest.mark.parametrize(
    ("number", "label"),
    [("2", "2"), ("02", "2"), ("0", "0"), ("2.10", "2.10"), ("02.1", "2.1"), ("A", "a"), ("２", "2"), (" 2B ", "2b")],
)
def test_numbers_are_compared_in_one_form(number: str, label: str) -> None:
    assert stage_label(number) == label
