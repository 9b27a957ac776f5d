"""The Code Quality report of GitLab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lint_migration_plan.lint.diagnostic import Severity
from program import BAD, ROOT, git, lint
from reports import FINGERPRINT, diagnostic, render

VALIDATOR = Draft202012Validator(
    json.loads((ROOT / "tests/schemas/gitlab-code-quality.schema.json").read_text("utf-8"))
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_object_for_each_diagnostic() -> None:
    rows = json.loads(render("gitlab", diagnostic()))
    VALIDATOR.validate(rows)
    (row,) = rows
    assert row == {
        "description": "risk 'Meduim' is not one of: low, medium, high",
        "check_name": "unknown-risk",
        "fingerprint": row["fingerprint"],
        "severity": "major",
        "location": {"path": "docs/plan.md", "lines": {"begin": 3}},
    }


def test_nothing_to_tell_is_an_empty_array() -> None:
    assert json.loads(render("gitlab")) == []


def test_severities() -> None:
    rows = json.loads(render("gitlab", *(diagnostic(severity=each) for each in Severity)))
    assert [row["severity"] for row in rows] == ["info", "minor", "major"]


def test_a_fingerprint_is_that_of_the_baseline_and_one_of_the_path() -> None:
    told = (diagnostic(), diagnostic(path="./docs/plan.md"), diagnostic(path="docs/other.md"))
    first, same, other = (row["fingerprint"] for row in json.loads(render("gitlab", *told)))
    assert first == same
    assert first.startswith(FINGERPRINT)
    assert other.startswith(FINGERPRINT)
    assert other != first


def test_what_has_no_fingerprint_gets_one() -> None:
    failed = diagnostic("rule x failed", rule="internal-error")._replace(fingerprint="")
    rows = json.loads(render("gitlab", failed, failed._replace(message="rule y failed")))
    VALIDATOR.validate(rows)
    assert len({row["fingerprint"] for row in rows}) == 2


def test_two_copies_of_a_plan_are_told_apart_and_lines_make_no_difference(place: Path) -> None:
    git(place, "init", "--quiet")
    Path("a.md").write_bytes(BAD)
    Path("b.md").write_bytes(b"Words before it.\n\n" + BAD)
    rows = json.loads(lint("--format=gitlab", "a.md", "b.md").out)
    VALIDATOR.validate(rows)
    prints = [row["fingerprint"] for row in rows]
    assert len(set(prints)) == len(prints) == 6
    assert [each[:16] for each in prints[:3]] == [each[:16] for each in prints[3:]]
    lint("--write-baseline=known.txt", "a.md")
    known = Path("known.txt").read_text("utf-8")
    assert all(each[:16] in known for each in prints)
