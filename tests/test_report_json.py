"""The JSON form: true text, plain ASCII, and as its schema says."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Replacement, Suggestion
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.report import json_format, link
from lint_migration_plan.report.contents import Report

SCHEMA = json.loads(files("lint_migration_plan.report").joinpath("diagnostics.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def render(outcome: Outcome) -> str:
    return json_format.render(Report(outcome))


def diagnostic(message: str = "late", path: str = "plan.md") -> Diagnostic:
    place = Related(Location("gaps.md", 3, 1, 3, 9), "the gap")
    fix = Suggestion("delete the row", (Replacement(Location(path, 41, 1, 42, 1), "\r\n"),), safe=False)
    return Diagnostic("gap-order", Severity.ERROR, message, Location(path, 41, 19, 42, 1), (place,), fix)


def test_the_object_whole() -> None:
    text = render(
        Outcome(
            (diagnostic(),), files=3, plans=2, skipped=1, suppressed=4, excluded=5, fixed=6, baselined=7, unchanged=8
        )
    )
    assert json.loads(text) == {
        "version": 1,
        "diagnostics": [
            {
                "rule": "gap-order",
                "severity": "error",
                "message": "late",
                "path": "plan.md",
                "line": 41,
                "column": 19,
                "end_line": 42,
                "end_column": 1,
                "related": [{"path": "gaps.md", "line": 3, "column": 1, "message": "the gap"}],
                "fixable": True,
                "fix": {
                    "title": "delete the row",
                    "safe": False,
                    "edits": [{"line": 41, "column": 1, "end_line": 42, "end_column": 1, "text": "\r\n"}],
                },
                "url": None,
            }
        ],
        "summary": {
            "files": 3,
            "plans": 2,
            "skipped": 1,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "suppressed": 4,
            "excluded": 5,
            "fixed": 6,
            "baselined": 7,
            "unchanged": 8,
        },
    }


def test_a_diagnostic_a_line() -> None:
    lines = render(Outcome((diagnostic(), diagnostic()), files=1, plans=1)).splitlines()
    assert len(lines) == 4
    assert all(json.loads(line.rstrip(","))["rule"] == "gap-order" for line in lines[1:3])


def test_nothing_to_tell_is_one_line() -> None:
    text = render(Outcome((), files=0, plans=0))
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert json.loads(text)["diagnostics"] == []


@pytest.mark.parametrize("command", ["##[error]", "##vso[task.complete]", "##VSO[x]", "##teamcity[x]", "###[x]"])
def test_a_build_service_reads_no_command(command: str) -> None:
    text = render(Outcome((diagnostic(f"{command} \\{command}"),), files=1, plans=1))
    assert not re.search(r"##(vso|teamcity)?\[", text, re.IGNORECASE)
    assert json.loads(text)["diagnostics"][0]["message"] == f"{command} \\{command}"


def test_a_published_page_has_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert link.rule_url("gap-order") is None
    monkeypatch.setattr(link, "PAGES", "https://plans.example/rules#")
    text = render(Outcome((diagnostic(),), files=1, plans=1))
    assert json.loads(text)["diagnostics"][0]["url"] == "https://plans.example/rules#gap-order"
    VALIDATOR.validate(json.loads(text))


ANY = st.lists(
    st.one_of(
        # Two surrogates may make one character; a path that is not UTF-8 has only second halves.
        st.characters(codec="utf-8"),
        st.sampled_from(["\n", "\x00", "\x1b", "\x7f", "\u2028", "\udc80", "\udcff", "##[", '"', "\\"]),
    )
).map("".join)
NUMBER = st.integers(1, 10**9)
LOCATION = st.builds(Location, ANY, NUMBER, NUMBER, NUMBER, NUMBER)
RULE = st.sampled_from(["gap-order", "stage-heading", "acme/house-rule"])
FIX = st.builds(
    Suggestion,
    ANY.filter(bool),
    st.lists(st.builds(Replacement, LOCATION, ANY), min_size=1, max_size=2).map(tuple),
    st.booleans(),
)
DIAGNOSTIC = st.builds(
    Diagnostic,
    RULE,
    st.sampled_from(Severity),
    ANY,
    LOCATION,
    st.lists(st.builds(Related, LOCATION, ANY), max_size=2).map(tuple),
    st.none() | FIX,
)
COUNT = st.integers(0, 10**9)
OUTCOME = st.builds(Outcome, st.lists(DIAGNOSTIC, max_size=3).map(tuple), *[COUNT] * 8)


@given(OUTCOME)
def test_any_outcome_is_valid_true_and_safe(outcome: Outcome) -> None:
    text = render(outcome)
    assert text.isascii()
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.count("\n") == (len(outcome.diagnostics) + 2 if outcome.diagnostics else 1)
    value = json.loads(text)
    VALIDATOR.validate(value)
    for row, each in zip(value["diagnostics"], outcome.diagnostics, strict=True):
        assert row["message"] == each.message
        assert row["path"] == each.path
        assert [edit["text"] for edit in (row["fix"] or {"edits": ()})["edits"]] == [
            replacement.text for replacement in (each.fix.replacements if each.fix else ())
        ]
        assert [place["message"] for place in row["related"]] == [place.message for place in each.related]


def test_the_schema_is_one_and_is_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for schema in objects(SCHEMA):
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) == set(schema["properties"])


def test_every_part_of_the_schema_is_described() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    for schema in objects(SCHEMA):
        parts += schema["properties"].values()
    assert [part for part in parts if "description" not in part and "$ref" not in part] == []


MISSING = object()


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ((), "version", 2),
        ((), "more", 1),
        ((), "summary", MISSING),
        (("diagnostics", 0), "line", 0),
        (("diagnostics", 0), "severity", "fatal"),
        (("diagnostics", 0), "rule", "Gap Order"),
        (("diagnostics", 0), "fixable", MISSING),
        (("diagnostics", 0, "related", 0), "rule", "gap-order"),
        (("summary",), "errors", -1),
    ],
)
def test_the_schema_refuses_what_is_not_the_form(where: tuple[str | int, ...], key: str, value: object) -> None:
    output = json.loads(render(Outcome((diagnostic(),), files=1, plans=1)))
    VALIDATOR.validate(output)
    part = output
    for step in where:
        part = part[step]
    part[key] = value
    if value is MISSING:
        del part[key]
    with pytest.raises(ValidationError):
        VALIDATOR.validate(output)


def objects(schema: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON is anything
    """Find all schemas of objects in a schema."""
    found = []
    if isinstance(schema, dict):
        found = [schema] if schema.get("type") == "object" else []
        schema = list(schema.values())
    if isinstance(schema, list):
        found += [each for part in schema for each in objects(part)]
    return found
