"""The format of reviewdog: by its schema, with columns in bytes, and suggestions that mend as fixes do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from lint_migration_plan.lint.diagnostic import Location, Related, Severity
from lint_migration_plan.report.formats import load
from lint_migration_plan.report.rdjson import LONGEST_SUGGESTION
from program import BAD, ROOT, lint
from reports import TEXT, diagnostic, fix, render, report

VALIDATOR = Draft7Validator(json.loads((ROOT / "tests" / "schemas" / "rdformat.schema.json").read_text("utf-8")))


def rows(text: str) -> list[dict[str, Any]]:
    value = json.loads(text)
    VALIDATOR.validate(value)
    found: list[dict[str, Any]] = value["diagnostics"]
    return found


def test_the_object_whole() -> None:
    assert json.loads(render("rdjson", diagnostic())) == {
        "source": {"name": "lint-migration-plan"},
        "diagnostics": [
            {
                "message": "risk 'Meduim' is not one of: low, medium, high",
                # The rocket before it is one character, and four bytes.
                "location": {
                    "path": "docs/plan.md",
                    "range": {"start": {"line": 3, "column": 15}, "end": {"line": 3, "column": 21}},
                },
                "severity": "ERROR",
                "code": {"value": "unknown-risk"},
            }
        ],
    }


def test_nothing_to_tell_is_an_empty_list() -> None:
    assert rows(render("rdjson")) == []


def test_severities() -> None:
    told = rows(render("rdjson", *(diagnostic(severity=each) for each in Severity)))
    assert [row["severity"] for row in told] == ["INFO", "WARNING", "ERROR"]


def test_a_byte_order_mark_counts_as_the_bytes_that_it_is() -> None:
    text = "\ufeff" + TEXT
    first, third = rows(render("rdjson", diagnostic(span=(1, 3, 1, 8)), diagnostic(), text=text))
    assert first["location"]["range"] == {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 12}}
    assert third["location"]["range"]["start"]["column"] == 15
    assert text.encode()[5:11].decode() == "Läuft"


def test_related_places_have_columns_where_their_text_is_here() -> None:
    related = (
        Related(Location("docs/plan.md", 1, 9, 1, 10), "here"),
        Related(Location("gaps.md", 7, 9, 7, 10), "the gap"),
    )
    (row,) = rows(render("rdjson", diagnostic(related=related)))
    assert row["related_locations"] == [
        {
            "message": "here",
            "location": {
                "path": "docs/plan.md",
                "range": {"start": {"line": 1, "column": 10}, "end": {"line": 1, "column": 14}},
            },
        },
        {"message": "the gap", "location": {"path": "gaps.md", "range": {"start": {"line": 7}}}},
    ]


def applied(text: str, suggestion: dict[str, Any]) -> str:
    """Apply a suggestion as one does who knows only lines and bytes."""
    lines = text.encode().split(b"\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(at: dict[str, int]) -> int:
        return starts[at["line"] - 1] + at["column"] - 1

    begin, end = (offset(suggestion["range"][key]) for key in ("start", "end"))
    whole, put = text.encode(), str(suggestion["text"])
    return (whole[:begin] + put.encode() + whole[end:]).decode()


def test_a_fix_is_a_suggestion() -> None:
    (row,) = rows(render("rdjson", diagnostic(fix=fix(((3, 12, 3, 18), "medium")))))
    (suggestion,) = row["suggestions"]
    assert applied(TEXT, suggestion) == TEXT.replace("Meduim", "medium")


def test_edits_that_belong_together_are_one_suggestion() -> None:
    edits = fix(((1, 3, 1, 8), "Steht"), ((3, 5, 3, 6), ""), ((5, 10, 6, 1), " c |\n"))
    (row,) = rows(render("rdjson", diagnostic(fix=edits)))
    (suggestion,) = row["suggestions"]
    assert applied(TEXT, suggestion) == "# Steht 🚀\n\n**Risk**: Meduim\n\n| a | b | c |\n"


@pytest.mark.parametrize("lines", [LONGEST_SUGGESTION, LONGEST_SUGGESTION + 1])
def test_a_suggestion_longer_than_anybody_reads_is_left_out(lines: int) -> None:
    edits = fix(((1, 1, 1, 1), "x"), ((lines, 1, lines, 1), "y"))
    (row,) = rows(render("rdjson", diagnostic(span=(1, 1, 1, 1), fix=edits), text="a\n" * 200))
    assert bool(row["suggestions"]) is (lines == LONGEST_SUGGESTION)


def test_without_the_text_there_is_a_line_and_no_suggestion() -> None:
    told = report(diagnostic(fix=fix(((3, 12, 3, 18), "medium"))))
    (row,) = rows(load("rdjson")(told._replace(sources={})))
    assert row["location"]["range"] == {"start": {"line": 3}}
    assert "suggestions" not in row


def test_a_file_that_is_no_text_is_told_of_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("latin.md").write_bytes(b"\xe9")
    Path("bad.md").write_bytes(BAD)
    told = rows(lint("--format=rdjson", "latin.md", "bad.md").out)
    assert [row["code"]["value"] for row in told][:2] == ["unreadable-file", "unknown-risk"]
    (suggestion,) = told[1]["suggestions"]
    assert applied(BAD.decode(), suggestion) == BAD.decode().replace("Meduim", "medium")
