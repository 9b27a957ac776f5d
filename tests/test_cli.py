"""The command line from outside: each option, each exit status, and what stands on which stream."""

from __future__ import annotations

import json
import os
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan import __version__
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES
from program import BAD, BAD_RULES, GOOD, PROSE, ROOT, lint

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"\S+:\d+:\d+: (?:error|warning|info): .+ \[[a-z-]+\]")
RISK = "bad.md:70:11: error: risk 'Meduim' is not one of: low, medium, high; did you mean 'medium'? [unknown-risk]\n"


@pytest.fixture(autouse=True)
def _plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, content in (("good.md", GOOD), ("bad.md", BAD), ("prose.md", PROSE)):
        (tmp_path / name).write_bytes(content)


def test_a_good_plan_is_silent_but_for_the_summary() -> None:
    assert lint("good.md") == (0, "", "no complaints in 1 plan\n")


def test_a_bad_plan_has_a_line_for_each_defect_and_nothing_else_on_stdout() -> None:
    run = lint("bad.md")
    assert run.status == 1
    assert run.rules == BAD_RULES
    assert all(LINE.fullmatch(line) for line in run.out.splitlines())
    assert run.err == "3 errors in 1 file (1 can be mended with --fix)\n"


def test_below_the_first_line_of_a_diagnostic_all_is_indented() -> None:
    plans = sorted(map(str, ROOT.glob("fixtures/*/invalid.md")))
    run = lint("--isolated", "--select=all", "--show-source", "--color=never", *plans)
    first = [line.removeprefix(f"{ROOT}/") for line in run.out.splitlines() if not line.startswith(" ")]
    assert [line for line in first if not LINE.fullmatch(line)] == []
    assert {line.split(": ")[1] for line in first} == {"error", "warning", "info"}
    # Each of the plans is told of, and the summary does not stand among them.
    assert {line.partition(":")[0] for line in first} == {plan.removeprefix(f"{ROOT}/") for plan in plans}
    assert run.err.splitlines()[-1].startswith(f"{sum(': error: ' in line for line in first)} errors, ")


def test_the_line_whole() -> None:
    assert lint("--select", "unknown-risk", "bad.md") == (1, RISK, "1 error in 1 file (1 can be mended with --fix)\n")


# What each argument does on its own; the exit status of several is the worst of them.
OUTCOMES = {"good.md": 0, "bad.md": 1, "prose.md": 1, "missing.md": 2, "-": 0, "empty": 2}


@pytest.mark.parametrize("files", list(product(OUTCOMES, repeat=2)), ids="+".join)
def test_the_exit_status_is_the_worst_and_nothing_hides_anything(files: tuple[str, str]) -> None:
    os.mkdir("empty")
    run = lint(*files, stdin=GOOD)
    assert run.status == max(OUTCOMES[name] for name in files)
    expected = [
        rule
        for name, rules in (("bad.md", BAD_RULES), ("prose.md", ["not-a-plan"]))
        for rule in rules * (name in files)
    ]
    assert sorted(run.rules) == sorted(expected)
    for name, message in (("missing.md", "no such file or directory"), ("empty", "the folder holds no migration plan")):
        assert run.err.count(f"lint-migration-plan: {name}: {message}\n") == (name in files)


@pytest.mark.parametrize(
    ("level", "fail_on"), list(product(("info", "warning", "error"), ("info", "warning", "error", "never", None)))
)
def test_fail_on_decides_from_which_severity_up_the_status_is_1(level: str, fail_on: str | None) -> None:
    options = () if fail_on is None else ("--fail-on", fail_on)
    run = lint("--select=unknown-risk", f"--severity=unknown-risk={level}", *options, "bad.md")
    ranks = ["info", "warning", "error", "never"]
    assert run.status == (ranks.index(level) >= ranks.index(fail_on or "warning"))
    assert run.out == RISK.replace("error", level)
    assert run.err == f"1 {level} in 1 file (1 can be mended with --fix)\n"


def test_fail_on_does_not_hide_what_could_not_be_done() -> None:
    assert lint("--fail-on=never", "bad.md", "missing.md").status == 2


def test_rules_are_chosen_by_id_by_category_or_all() -> None:
    assert lint("--select", "unknown-risk", "bad.md").rules == ["unknown-risk"]
    assert lint("--select", "stages, gaps", "bad.md").rules == BAD_RULES
    assert lint("--select", "gaps", "--select=unknown-risk", "bad.md").rules == ["unknown-risk", "unassigned-gap"]
    assert lint("--select", "all", "--ignore", "stages", "bad.md").rules == ["unassigned-gap"]
    assert lint("--ignore", "unknown-risk,gaps", "bad.md").rules == ["untested-rollback"]
    assert lint("--select=gaps", "--extend-select=unknown-risk", "bad.md").rules == ["unknown-risk", "unassigned-gap"]


def test_extend_select_adds_rules_that_are_off() -> None:
    text = GOOD + b"\n<!-- lint-migration-plan: ignore-file[unknown-risk] -->\n"
    assert lint("-", stdin=text).rules == ["unused-suppression"]
    assert lint("--extend-select", "unexplained-suppression", "-", stdin=text).rules == [
        "unexplained-suppression",
        "unused-suppression",
    ]


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore", "--severity", "--explain"])
def test_an_unknown_rule_is_told_with_the_nearest_one(option: str) -> None:
    value = "unknwon-risk=error" if option == "--severity" else "unknwon-risk"
    assert lint(option, value, "bad.md") == (
        2,
        "",
        f"lint-migration-plan: {option}: unknown rule 'unknwon-risk'; did you mean 'unknown-risk'?\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--fail-on", "eror"), "--fail-on: 'eror' is not one of: error, warning, info, never; did you mean 'error'?"),
        (("--severity", "unknown-risk=eror"), "--severity: unknown-risk 'eror' is not one of: error, warning, info"),
        (("--severity", "stages=error"), "--severity: 'stages' names no single rule"),
        (("--severity", "unknown-risk"), "argument --severity: 'unknown-risk' is not of the form RULE=LEVEL"),
        (
            ("--column-unit", "bytes"),
            "argument --column-unit: 'bytes' is not one of: codepoint, utf16, byte; did you mean",
        ),
        (
            ("--column-unit=byte", "--format=json"),
            "--column-unit counts in --format text only; each other format has a unit of its own",
        ),
        (
            ("--format", "jsn"),
            "argument --format: 'jsn' is not one of: text, json, jsonl, sarif, github, gitlab, junit, ",
        ),
        (("--format", "jsn"), "did you mean 'json'?"),
        (("--color", "alwas"), "argument --color: 'alwas' is not one of: auto, always, never; did you mean 'always'?"),
        (("--explain", "stages"), "--explain: 'stages' names no single rule"),
        (("--select", "stgaes"), "--select: unknown rule 'stgaes'; did you mean 'stages'?"),
        (("--select", ""), "--select: is empty, and not a list of rules and categories"),
        (("--config", "missing.yaml"), "missing.yaml: cannot be read: no such file or directory"),
        (("--config", "c.yaml", "--isolated"), "--config and --isolated exclude each other"),
        (("--statistics", "--format=json"), "--statistics counts in --format text only"),
        (("--stdin-filename", "a.md"), "--stdin-filename goes with - for standard input"),
        (("--sellect", "gaps"), "unrecognized arguments: --sellect"),
        (("--sel", "gaps"), "unrecognized arguments: --sel"),
    ],
)
def test_a_wrong_option_is_said_and_nothing_is_linted(arguments: tuple[str, ...], message: str) -> None:
    run = lint(*arguments, "bad.md")
    assert (run.status, run.out) == (2, "")
    assert message in run.err
    assert "Traceback" not in run.err
    assert len(run.err.splitlines()) <= 2


def test_no_file_is_no_run() -> None:
    run = lint()
    assert (run.status, run.out) == (2, "")
    assert "name a file or a folder, or - for standard input" in run.err


def test_all_that_is_wrong_with_the_options_is_said_at_once() -> None:
    run = lint("--select=foo", "--ignore=unknwon-risk", "--extend-select=bar", "--severity=xx=error", "bad.md")
    assert run.status == 2
    assert [line.split(": ")[1] for line in run.err.splitlines()] == [
        "--select",
        "--extend-select",
        "--ignore",
        "--severity",
    ]


def test_plans_only_passes_over_other_documents_without_a_word() -> None:
    assert lint("prose.md").rules == ["not-a-plan"]
    assert lint("--plans-only", "-q", "prose.md") == (0, "", "")
    run = lint("--plans-only", "prose.md", "bad.md")
    assert run.rules == BAD_RULES
    assert run.err == "3 errors in 1 file (1 file without a plan skipped, 1 can be mended with --fix)\n"


def test_plans_only_looks_at_what_cannot_be_decoded(tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_bytes("# Café\n".encode("latin-1"))
    (tmp_path / "plan.md").write_bytes(b"\xff\xfe" + GOOD.decode().encode("utf-16-le"))
    assert lint("prose.md", "plan.md").rules == ["unreadable-file", "unreadable-file"]
    run = lint("--plans-only", "prose.md", "plan.md")
    assert run.out.startswith("plan.md:1:1: error: ")
    assert run.rules == ["unreadable-file"]


def test_quiet_leaves_out_the_summary_and_no_complaint() -> None:
    assert lint("-q", "good.md") == (0, "", "")
    assert lint("--quiet", "--select=unknown-risk", "bad.md") == (1, RISK, "")
    assert lint("-q", "missing.md").err == "lint-migration-plan: missing.md: no such file or directory\n"


def test_statistics_take_the_place_of_the_diagnostics(tmp_path: Path) -> None:
    (tmp_path / "worse.md").write_bytes(BAD.replace(b"**Risk**: low", b"**Risk**: none"))
    run = lint("--statistics", "--select=unknown-risk,unassigned-gap", "bad.md", "worse.md")
    assert run == (1, "3  unknown-risk\n2  unassigned-gap\n", "5 errors in 2 files (2 can be mended with --fix)\n")
    assert lint("--statistics", "good.md") == (0, "", "no complaints in 1 plan\n")


def test_the_source_is_shown_where_it_is_asked_for() -> None:
    run = lint("--show-source", "--select=unknown-risk", "bad.md")
    assert (
        run.out == RISK + "   70 | **Risk**: Meduim\n      |           ^^^^^^\n    --fix: write 'medium' for 'Meduim'\n"
    )


def test_columns_count_what_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(BAD.replace(b"**Risk**: Meduim", "🚀 **Risk**: Meduim".encode()))
    for options, column in (
        ((), 13),
        (("--column-unit=codepoint",), 13),
        (("--column-unit=utf16",), 14),
        (("--column-unit", "byte"), 16),
    ):
        assert lint("--select=unknown-risk", *options, "bad.md").out == RISK.replace(":11:", f":{column}:")
    report = json.loads(lint("--select=unknown-risk", "--format=json", "--column-unit=codepoint", "bad.md").out)
    assert report["diagnostics"][0]["column"] == 13


@pytest.mark.parametrize(
    ("environment", "mode", "colored"),
    [
        ({}, "auto", False),
        ({}, "always", True),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1"}, "never", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
    ],
)
def test_color(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], mode: str, *, colored: bool) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run = lint(f"--color={mode}", "--select=unknown-risk", "bad.md")
    assert ("\x1b[" in run.out) is colored
    assert re.sub(r"\x1b\[[\d;]*m", "", run.out) == RISK


def test_json_is_one_object_on_stdout() -> None:
    run = lint("--format=json", "--color=always", "bad.md", "good.md", "prose.md", "missing.md")
    assert run.status == 2
    report = json.loads(run.out)
    assert [diagnostic["rule"] for diagnostic in report["diagnostics"]] == [*BAD_RULES, "not-a-plan"]
    assert report["summary"]["errors"] == 4
    assert run.out.isascii()
    assert (
        run.err
        == "lint-migration-plan: missing.md: no such file or directory\n4 errors in 3 files (1 can be mended with --fix)\n"
    )


def test_explain_prints_a_page() -> None:
    run = lint("--explain", "unknown-risk")
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith("# unknown-risk\n")
    assert {"## Why", "## Bad", "## Good"} <= set(run.out.splitlines())


def test_list_rules_lists_all_of_them_by_category() -> None:
    run = lint("--list-rules")
    assert (run.status, run.err) == (0, "")
    assert [word for word in run.out.split() if word in ENTRIES] == list(ENTRIES)
    assert [line for line in run.out.splitlines() if line in CATEGORIES] == [
        category for category in CATEGORIES if any(entry.category == category for entry in ENTRIES.values())
    ]


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "bad.md"), ("-q", "--version")])
def test_version(arguments: tuple[str, ...]) -> None:
    assert lint(*arguments) == (0, f"lint-migration-plan {__version__}\n", "")


def test_help_names_the_exit_status() -> None:
    run = lint("--help")
    assert (run.status, run.err) == (0, "")
    assert "exit status:" in run.out


def test_options_may_stand_between_the_files() -> None:
    run = lint("good.md", "--select=unknown-risk", "bad.md", "-q", "prose.md")
    assert run == (1, RISK, "")


def test_two_dashes_end_the_options(tmp_path: Path) -> None:
    (tmp_path / "-q.md").write_bytes(BAD)
    run = lint("--select=unknown-risk", "--", "-q.md")
    assert run.out == RISK.replace("bad.md", "-q.md")
