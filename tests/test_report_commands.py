"""Commands of build services: GitHub Actions and Azure Pipelines read what they are to, and place it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.lint.diagnostic import Severity
from program import git
from reports import Command, azure_command, diagnostic, github_command, render

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_github_gets_an_annotation() -> None:
    assert render("github", diagnostic()) == (
        "::error title=lint-migration-plan (unknown-risk),file=docs/plan.md,line=3,col=12,endLine=3,endColumn=18"
        "::docs/plan.md:3:12: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n"
    )


def test_azure_gets_an_issue() -> None:
    assert render("azure", diagnostic()) == (
        "##vso[task.logissue type=error;sourcepath=docs/plan.md;linenumber=3;columnnumber=12;code=unknown-risk;]"
        "docs/plan.md:3:12: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n"
    )


SEVERITIES = tuple(diagnostic(severity=each) for each in (Severity.INFO, Severity.WARNING, Severity.ERROR))


def test_github_shows_ten_of_each_severity_so_that_the_weightiest_come_first() -> None:
    commands = [github_command(line) for line in render("github", *SEVERITIES).splitlines()]
    assert [command and command.name for command in commands] == ["error", "warning", "notice"]


def test_azure_knows_nothing_below_a_warning() -> None:
    *issues, told = render("azure", *SEVERITIES).splitlines()
    commands = [azure_command(line) for line in issues]
    assert [command and command.properties["type"] for command in commands] == ["error", "warning"]
    assert azure_command(told) is None
    assert told == "docs/plan.md:3:12: info: risk 'Meduim' is not one of: low, medium, high [unknown-risk]"


def test_what_spans_lines_is_told_where_it_begins() -> None:
    command = github_command(render("github", diagnostic(span=(3, 12, 9, 1))))
    assert command is not None
    assert command.properties == {
        "title": "lint-migration-plan (unknown-risk)",
        "file": "docs/plan.md",
        "line": "3",
        "col": "12",
    }


@pytest.mark.parametrize(
    "odd", ["100%", "%0A", "%25", "%3A%AZP25", "a:b,c;d=e", "a]b[c", "::", "é 🚀 日本語", "a\\b", "##", "%"]
)
def test_what_is_escaped_comes_out_as_it_was(odd: str) -> None:
    told = diagnostic(odd, path=f"{odd}.md", rule=odd)
    said = f"{odd}.md:3:12: {odd} [{odd}]"
    place = {"line": "3", "col": "12", "endLine": "3", "endColumn": "18"}
    assert github_command(render("github", told)) == Command(
        "error", {"title": f"lint-migration-plan ({odd})", "file": f"{odd}.md", **place}, said + "\n"
    )
    assert azure_command(render("azure", told)) == Command(
        "task.logissue",
        {"type": "error", "sourcepath": f"{odd}.md", "linenumber": "3", "columnnumber": "12", "code": odd},
        said + "\n",
    )


@pytest.mark.parametrize("name", ["github", "azure"])
def test_files_are_named_from_the_top_of_the_repository(
    name: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(place, "init", "--quiet")
    (place / "docs").mkdir()
    monkeypatch.chdir("docs")
    key, read = {"github": ("file", github_command), "azure": ("sourcepath", azure_command)}[name]
    elsewhere = place.parent / "plan.md"
    for path, named in (
        ("plan.md", "docs/plan.md"),
        ("./plan.md", "docs/plan.md"),
        ("../plan.md", "plan.md"),
        (str(place / "docs" / "plan.md"), "docs/plan.md"),
        ("../../plan.md", str(elsewhere)),
    ):
        command = read(render(name, diagnostic(path=path)))
        assert command is not None
        assert command.properties[key] == named
        assert command.data.startswith(f"{path}:3:12: ")
