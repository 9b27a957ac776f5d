"""The table of formats: each has a module, none of which is imported before it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lint_migration_plan.report
from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.report.formats import FORMATS, load
from lint_migration_plan.report.json_text import json_text
from reports import diagnostic, fix, render, report

FOLDER = Path(lint_migration_plan.report.__file__).parent


def test_the_modules_that_write_a_report_are_those_of_the_table() -> None:
    writers = {
        path.stem
        for path in FOLDER.glob("*.py")
        if re.search(r"^def render\(report: Report\) -> str:", path.read_text("utf-8"), re.MULTILINE)
    }
    assert writers == {each.module for each in FORMATS.values()}


def test_a_format_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load("yaml")


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_ends_with_the_end_of_a_line(name: str) -> None:
    assert render(name, diagnostic(), diagnostic(severity=Severity.INFO)).endswith("\n")
    assert render(name).endswith("\n") or render(name) == ""


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_the_same_each_time_and_what_it_needs_is_in_the_table(name: str) -> None:
    told = (diagnostic(fix=fix(((3, 12, 3, 18), "medium"))), diagnostic(severity=Severity.INFO))
    whole = report(*told)._replace(show_source=True)
    assert load(name)(whole) == load(name)(whole)
    without_sources = load(name)(whole._replace(sources={}))
    assert (without_sources != load(name)(whole)) is FORMATS[name].needs_sources
    bare = tuple(each._replace(fingerprint="") for each in told)
    without_fingerprints = load(name)(whole._replace(outcome=whole.outcome._replace(diagnostics=bare)))
    assert (without_fingerprints != load(name)(whole)) is FORMATS[name].needs_fingerprints


def test_the_table_imports_no_format() -> None:
    code = "import sys; import lint_migration_plan.arguments; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    imported = set(done.stdout.split())
    assert not imported & {f"lint_migration_plan.report.{each.module}" for each in FORMATS.values()}
    assert not imported & {"json", "xml.etree", "urllib.parse", "hashlib"}


def test_text_in_a_file_is_what_a_terminal_shows_without_colors() -> None:
    line = "docs/plan.md:3:12: error: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n"
    assert render("text", diagnostic()) == line
    shown = load("text")(report(diagnostic())._replace(show_source=True))
    assert shown == f"{line}    3 | **Ri🚀sk**: Meduim\n      |             ^^^^^^\n"


@pytest.mark.parametrize("command", ["##[error]", "##vso[task.complete]", "##TeamCity[x]", "###[x]"])
def test_json_holds_true_text_that_no_build_service_takes_for_a_command(command: str) -> None:
    text = json_text({command: f"{command}\n::error::x"})
    assert not re.search(r"##(vso|teamcity)?\[", text, re.IGNORECASE)
    assert "\n" not in text
