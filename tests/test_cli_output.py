"""Reports to files: several at once, whole or not at all, and standard output as without them."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lint_migration_plan.report.formats import FORMATS
from program import BAD, BAD_RULES, GOOD, PROSE, lint


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (("bad.md", BAD), ("good.md", GOOD), ("notes.md", PROSE)):
        Path(name).write_bytes(content)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_standard_output_would(name: str) -> None:
    printed = lint(f"--format={name}", "bad.md", "good.md")
    run = lint("--output", f"{name}=report.out", "bad.md", "good.md")
    assert Path("report.out").read_text("utf-8") == printed.out
    assert printed.status == run.status == 1
    assert run.rules == BAD_RULES
    assert run.err == printed.err


def test_several_are_written_at_once_and_nothing_else() -> None:
    before = set(os.listdir())
    run = lint("-o", "sarif=a.sarif", "--output=junit=b.xml", "-o", "json=c.json", "--format=jsonl", "bad.md")
    assert run.status == 1
    assert [json.loads(line)["rule"] for line in run.out.splitlines()] == BAD_RULES
    assert [result["ruleId"] for result in json.loads(Path("a.sarif").read_text())["runs"][0]["results"]] == BAD_RULES
    assert ET.parse("b.xml").getroot().attrib["failures"] == "3"
    assert json.loads(Path("c.json").read_text())["summary"]["errors"] == 3
    assert set(os.listdir()) - before == {"a.sarif", "b.xml", "c.json"}


def test_the_same_format_may_go_to_two_files() -> None:
    lint("-o", "json=a.json", "-o", "json=b.json", "bad.md")
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_an_older_report_is_replaced_and_keeps_its_mode() -> None:
    path = Path("plans.sarif")
    path.write_text("older, and longer " * 1000)
    path.chmod(0o640)
    assert lint("--output=sarif=plans.sarif", "good.md").status == 0
    assert json.loads(path.read_text())["runs"][0]["results"] == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_text_in_a_file_shows_the_source_where_that_is_asked_for() -> None:
    lint("--output=text=plain.txt", "--color=always", "bad.md")
    lint("--output=text=shown.txt", "--show-source", "bad.md")
    assert len(Path("plain.txt").read_text("utf-8").splitlines()) == 3
    assert "| **Risk**: Meduim" in Path("shown.txt").read_text("utf-8")


@pytest.mark.parametrize("option", ["--statistics", "--quiet", "--diff", "--fix", "--add-suppressions=see ADR 12"])
def test_reports_go_with_what_else_a_run_does(option: str) -> None:
    without = lint(option, "bad.md")
    after = Path("bad.md").read_bytes()
    Path("bad.md").write_bytes(BAD)
    assert lint(option, "--output=json=report.json", "bad.md") == without
    assert Path("bad.md").read_bytes() == after
    left = [row["rule"] for row in json.loads(Path("report.json").read_text())["diagnostics"]]
    assert left == {"--fix": BAD_RULES[1:], "--add-suppressions=see ADR 12": []}.get(option, BAD_RULES)


def test_standard_input_is_reported_under_its_name() -> None:
    lint("--output=gitlab=report.json", "--stdin-filename=docs/plan.md", "-", stdin=BAD)
    assert {row["location"]["path"] for row in json.loads(Path("report.json").read_text())} == {"docs/plan.md"}


def test_a_report_holds_what_could_not_be_done() -> None:
    run = lint("--output=junit=report.xml", "good.md", "missing.md")
    assert run.status == 2
    (error,) = ET.parse("report.xml").getroot().iter("error")
    assert error.attrib["message"] == "missing.md: no such file or directory"


def test_files_without_a_plan_are_no_cases() -> None:
    lint("--output=junit=report.xml", "--plans-only", "good.md", "notes.md")
    assert [suite.attrib["name"] for suite in ET.parse("report.xml").getroot()] == ["good.md"]


def test_a_file_that_cannot_be_written_is_said_and_the_others_are() -> None:
    Path("locked.json").write_text("kept")
    Path("locked.json").chmod(0o444)
    run = lint("-o", "json=gone/a.json", "-o", "json=locked.json", "-o", "sarif=b.sarif", "good.md")
    assert run == (
        2,
        "",
        (
            "lint-migration-plan: gone/a.json: not written: no such file or directory\n"
            "lint-migration-plan: locked.json: not written: it is read-only\n"
            "no complaints in 1 plan\n"
        ),
    )
    assert Path("locked.json").read_text() == "kept"
    assert json.loads(Path("b.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--output=report.sarif"],
            "--output: 'report.sarif' is not of the form FORMAT=FILE, such as sarif=plans.sarif",
        ),
        (["--output=sarif="], "--output: 'sarif=' is not of the form FORMAT=FILE"),
        (["--output=srif=a"], "--output: 'srif' is not one of: text, json, jsonl, sarif,"),
        (["--output=srif=a"], "did you mean 'sarif'?"),
        (["--output=json=-"], "--output writes files; --format is what standard output gets"),
        (["--output=json=bad.md"], "--output: 'bad.md' is a folder or may be a plan"),
        (["--output=json=PLAN.MARKDOWN"], "--output: 'PLAN.MARKDOWN' is a folder or may be a plan"),
        (["--output=json=."], "--output: '.' is a folder or may be a plan"),
        (["-o", "json=a", "-o", "sarif=./a"], "--output: './a' is named twice; a report needs a file of its own"),
        (["--output=json=known.txt", "--baseline=known.txt"], "--output: 'known.txt' is named twice"),
        (["--output=json=known.txt", "--write-baseline=known.txt"], "--output: 'known.txt' is named twice"),
        (["--output=json=plan", "plan"], "--output: 'plan' is named twice"),
        (["--output=json=a", "--explain-plan"], "--output writes what is reported of plans"),
        (["--output=json=a", "--show-config"], "--output writes what is reported of plans"),
        (["--output=json=a", "--list-rules"], "--output writes what is reported of plans"),
        (["--format=sarif", "--explain-plan"], "--explain-plan has the formats text and json"),
        (["--new=blank", "-o", "a", "-o", "b"], "--output names one file for a new plan"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(arguments: list[str], said: str) -> None:
    before = set(os.listdir())
    run = lint(*arguments, *(() if "--new=blank" in arguments else ("bad.md",)))
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert set(os.listdir()) == before
    assert Path("bad.md").read_bytes() == BAD


def test_a_new_plan_may_have_an_equals_sign_in_its_name() -> None:
    assert lint("--new=blank", "-o", "json=plan.md").status == 0
    assert Path("json=plan.md").exists()


def test_json_of_a_view_is_no_command_of_a_build_service() -> None:
    Path("plan.md").write_bytes(GOOD.replace(b"Orders database", b"##vso[task.complete] database"))
    run = lint("--explain-plan", "--format=json", "plan.md")
    assert run.status == 0
    assert "##vso[" not in run.out
    assert json.loads(run.out)["plans"][0]["title"].startswith("##vso[task.complete]")
