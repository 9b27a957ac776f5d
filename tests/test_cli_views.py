"""Views of a plan from the command line: what is shown, and what is said where there is nothing to show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from program import BAD, GOOD, PROSE, lint


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (("plan.md", GOOD), ("bad.md", BAD), ("notes.md", PROSE), ("latin.md", b"\xe9")):
        Path(name).write_bytes(content)


def test_the_model_is_printed_as_a_table_and_as_json() -> None:
    run = lint("--explain-plan", "plan.md")
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == "Orders database to PostgreSQL 16"
    assert lines[2].split("  ")[0] == "stage"
    assert lines[8].startswith("5      switch        'Switch' ")
    assert any(line.startswith("half moved: code/data from stage 4 until stage 5") for line in lines)
    value = json.loads(lint("--explain-plan", "--format=json", "plan.md").out)
    (plan,) = value["plans"]
    assert (value["version"], plan["title"]) == (1, "Orders database to PostgreSQL 16")
    assert [(stage["stage"], stage["kind"], stage["depends_on"]) for stage in plan["stages"]][4] == (
        "5",
        "switch",
        ["1", "2", "4"],
    )


def test_a_plan_with_defects_is_shown_as_far_as_it_is_read_and_not_reported() -> None:
    run = lint("--explain-plan", "bad.md")
    assert (run.status, run.err) == (0, "")


def test_standard_input_is_shown_too_with_the_configuration_of_its_name() -> None:
    Path("docs").mkdir()
    Path("docs/.lint-migration-plan.yaml").write_text("vocabulary: {stage-kinds: {prepare: [Replicate]}}\n")
    run = lint("--explain-plan", "--stdin-filename=docs/plan.md", "-", stdin=GOOD)
    assert (run.status, run.err) == (0, "")
    other = lint("--explain-plan", "--isolated", "--stdin-filename=docs/plan.md", "-", stdin=GOOD)
    assert (run.out == other.out) is (b"Replicate" not in GOOD)


def test_all_plans_of_a_file_are_shown() -> None:
    Path("two.md").write_bytes(GOOD + b"\n" + GOOD.replace(b"Orders database", b"Stock database"))
    assert len(json.loads(lint("--explain-plan", "--format=json", "two.md").out)["plans"]) == 2
    out = lint("--explain-plan", "two.md").out
    assert "\nStock database to PostgreSQL 16\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("notes.md",), "notes.md: the file holds no migration plan"),
        (("gone.md",), "gone.md: no such file or directory"),
        (("latin.md",), "latin.md: the file is not UTF-8"),
        ((), "--explain-plan goes with one file"),
        (("plan.md", "bad.md"), "--explain-plan goes with one file"),
        (("--fix", "plan.md"), "--explain-plan shows a plan and does nothing else"),
        (("--config=gone.yaml", "plan.md"), "gone.yaml"),
    ],
)
def test_what_cannot_be_shown_is_said(arguments: tuple[str, ...], message: str) -> None:
    run = lint("--explain-plan", *arguments)
    assert (run.status, run.out) == (2, "")
    assert message in run.err


def test_a_hostile_plan_is_shown_safely() -> None:
    Path("plan.md").write_bytes(
        GOOD.replace(b"### Stage 5 \xe2\x80\x94 Switch", "### Stage 5 — Switch \x1b]0;x\x07".encode())
    )
    for arguments in ((), ("--format=json",)):
        out = lint("--explain-plan", *arguments, "plan.md").out
        assert out.replace("\n", "").isprintable()
