"""A new plan: the guide's structure, and nothing in it that is not to be filled in."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan import lint_file, lint_text, parse_plan
from lint_migration_plan.arguments import build_parser
from lint_migration_plan.lint.write_file import CannotWriteError, create_text
from lint_migration_plan.plan.new_plan import LONGEST_NAME, TYPES, heading_text, new_plan
from lint_migration_plan.plan.orderings import GUIDE
from lint_migration_plan.plan.terms import REQUIRED_FIELDS
from program import GOOD, ROOT, lint, lint_process

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("wrap", [None, "keep", "no", 80])
def test_a_new_plan_has_placeholders_and_no_other_defect(kind: str, wrap: str | int | None) -> None:
    text = new_plan(kind)
    if wrap is not None:
        text = mdformat.text(text, options={"wrap": wrap}, extensions={"gfm", "frontmatter"})
    assert {diagnostic.rule for diagnostic in lint_text(text)} == {"placeholder-text"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_new_plan_stays_as_it_is_when_it_is_formatted(kind: str) -> None:
    assert mdformat.text(new_plan(kind, "Orders"), extensions={"gfm", "frontmatter"}) == new_plan(kind, "Orders")


@pytest.mark.parametrize("kind", GUIDE)
def test_the_stages_of_a_type_come_in_the_guides_order(kind: str) -> None:
    text = new_plan(kind, "Orders")
    (plan,) = parse_plan(text)
    assert [stage.name for stage in plan.stages] == [milestone.line for milestone in GUIDE[kind].milestones]
    assert [stage.number for stage in plan.stages] == list(range(1, len(plan.stages) + 1))
    assert all([field.name for field in stage.fields] == list(REQUIRED_FIELDS) for stage in plan.stages)
    assert f"type: {kind}\n" in text


def test_a_blank_plan_has_one_stage_and_no_type() -> None:
    text = new_plan("blank")
    (plan,) = parse_plan(text)
    assert len(plan.stages) == 1
    assert text.startswith("## Migration: {name}\n")


HOSTILE = [
    *("a\n## Migration: b", "a | b", "**bold**", "`code", "<!-- c", "<b>", "[x](y)", "![x](y)", "C #", "# a", "a\\"),
    *(
        "&amp;",
        "_x_",
        "~~x~~",
        "\u202eevil",
        "a\x00b\x1b[31m",
        "\ud800",
        "x\u2028y",
        "$x$",
        "- a",
        "1. a",
        "http://x.y",
    ),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_reads_as_it_was_given_and_does_no_more(name: str) -> None:
    text = new_plan("platform", name)
    assert text.encode("utf-8").count(b"\n") == new_plan("platform").count("\n")
    (plan,) = parse_plan(text)
    assert plan.title is not None
    shown = name.replace("\ud800", "\N{REPLACEMENT CHARACTER}").translate(dict.fromkeys((0, 0x1B, 0x202E), " "))
    assert plan.title.name.plain == " ".join(shown.split())
    assert {diagnostic.rule for diagnostic in lint_text(text)} == {"placeholder-text"}


@given(st.text(max_size=60))
def test_any_name_is_one_line_of_text(name: str) -> None:
    (plan,) = parse_plan(new_plan("blank", name))
    assert plan.title is not None
    assert plan.title.name.plain == ("{name}" if not name else plan.title.name.plain)
    assert len(plan.stages) == 1
    assert "\n" not in heading_text(name)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_program_writes_a_plan_to_standard_output() -> None:
    run = lint_process("--new", "database-upgrade", "--name", "Bücher → neu")
    assert (run.status, run.err) == (0, "")
    assert run.out == new_plan("database-upgrade", "Bücher → neu")


def test_or_to_a_file_and_nothing_else() -> None:
    assert lint("--new", "platform", "-o", "plan.md") == (0, "", "")
    assert Path("plan.md").read_bytes() == new_plan("platform").encode("utf-8")
    assert os.listdir() == ["plan.md"]


def a_plan(path: Path) -> None:
    path.write_bytes(GOOD)


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to("gone")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [a_plan, a_link_to_nowhere, a_folder])
def test_what_is_there_is_not_overwritten(make: Callable[[Path], None]) -> None:
    path = Path("plan.md")
    make(path)
    before = os.lstat(path)
    run = lint("--new", "blank", "-o", "plan.md")
    assert run == (2, "", "lint-migration-plan: plan.md: not written: it is there already, and is not overwritten\n")
    assert os.lstat(path) == before
    assert os.listdir() == ["plan.md"]


def test_a_folder_that_is_not_there_is_said() -> None:
    run = lint("--new", "blank", "-o", "gone/plan.md")
    assert run == (2, "", "lint-migration-plan: gone/plan.md: not written: no such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--new", "platfrom"],
            "'platfrom' is not one of: dependency-upgrade, platform, database-upgrade, blank; did you mean 'platform'?",
        ),
        (["--new", "blank", "--name", " \n"], "--name is empty"),
        (["--new", "blank", "--name", "x" * (LONGEST_NAME + 1)], "--name has more than 200 characters"),
        (["--new", "blank", "plan.md"], "--new lints and mends nothing"),
        (["--new", "blank", "--fix"], "--new lints and mends nothing"),
        (["--name", "x", "plan.md"], "--name goes with --new"),
        (["-o", "x", "plan.md"], "--output: 'x' is not of the form FORMAT=FILE"),
    ],
)
def test_what_makes_no_sense_is_said(arguments: list[str], said: str) -> None:
    run = lint(*arguments)
    assert run.status == 2
    assert said in run.err
    assert os.listdir() == []


def test_help_names_the_types_that_there_are() -> None:
    (action,) = (action for action in build_parser()._actions if "--new" in action.option_strings)  # noqa: SLF001 - as in test_readme
    assert str(action.help).endswith(", ".join(TYPES))
    assert set(TYPES) == {*GUIDE, "blank"}


def test_without_hard_links_a_file_is_renamed_into_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_arguments: object, **_options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    create_text("plan.md", "new\n")
    assert Path("plan.md").read_text(encoding="utf-8") == "new\n"
    with pytest.raises(CannotWriteError, match="came to be"):
        create_text("plan.md", "other\n")
    assert os.listdir() == ["plan.md"]


def test_a_disk_that_is_full_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWriteError, match="no space left on device"):
        create_text("plan.md", "new\n")
    assert os.listdir() == []


def test_the_sample_in_the_readme_works() -> None:
    (command,) = re.findall(r"^lint-migration-plan (--new .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    Path("docs").mkdir()
    assert lint(*shlex.split(command)) == (0, "", "")
    assert {diagnostic.rule for path in Path("docs").iterdir() for diagnostic in lint_file(str(path))} == {
        "placeholder-text"
    }
