"""The two forms of XML: JUnit's, by the schema of Jenkins, and Checkstyle's."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import xmlschema

from lint_migration_plan.lint.diagnostic import Location, Related, Severity
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.report.contents import Report
from lint_migration_plan.report.formats import load
from program import ROOT
from reports import diagnostic, fix, render, report

JENKINS = xmlschema.XMLSchema(ROOT / "tests" / "schemas" / "junit-10.xsd")


def junit(text: str) -> ET.Element:
    JENKINS.validate(text)
    return ET.fromstring(text)


def test_a_suite_for_each_file_and_a_case_for_each_diagnostic() -> None:
    root = junit(render("junit", diagnostic(), diagnostic("late", severity=Severity.WARNING), diagnostic(path="b.md")))
    assert root.attrib == {"name": "lint-migration-plan", "tests": "3", "failures": "3", "errors": "0"}
    first, second = root
    assert first.attrib == {"name": "docs/plan.md", "tests": "2", "failures": "2", "errors": "0", "skipped": "0"}
    assert second.attrib["name"] == "b.md"
    case = first[0]
    assert case.attrib == {"name": "unknown-risk (3:12)", "classname": "docs/plan"}
    assert case[0].tag == "failure"
    assert case[0].attrib == {"type": "error", "message": "risk 'Meduim' is not one of: low, medium, high"}
    assert case[0].text == ("docs/plan.md:3:12: error: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n")


def test_a_failure_says_what_belongs_to_it() -> None:
    place = Related(Location("gaps.md", 3, 1, 3, 9), "the gap")
    (case,) = junit(render("junit", diagnostic(related=(place,), fix=fix(((3, 12, 3, 18), "medium"))))).iter("failure")
    assert (case.text or "").splitlines()[1:] == [
        "    related: gaps.md:3:1: the gap",
        "    --fix: write 'medium'",
    ]


def test_what_only_informs_passes_and_says_so() -> None:
    root = junit(render("junit", diagnostic(severity=Severity.INFO)))
    assert root.attrib["failures"] == "0"
    (case,) = root.iter("testcase")
    assert [part.tag for part in case] == ["system-out"]
    assert "info: risk" in (case[0].text or "")


def test_a_clean_file_is_a_case_that_passes() -> None:
    root = junit(load("junit")(Report(Outcome((), 2, 2, judged=("a.md", "b.md")))))
    assert [(case.attrib["classname"], list(case)) for case in root.iter("testcase")] == [("a", []), ("b", [])]
    assert root.attrib["tests"] == "2"


def test_where_nothing_was_judged_a_case_is_skipped() -> None:
    root = junit(render("junit"))
    (case,) = root.iter("testcase")
    assert [part.tag for part in case] == ["skipped"]


def test_a_run_that_failed_never_looks_like_one_that_passed() -> None:
    root = junit(render("junit", diagnostic(), failures=("missing.md: no such file or directory", "a: b")))
    assert root.attrib == {"name": "lint-migration-plan", "tests": "3", "failures": "1", "errors": "2"}
    assert [error.attrib["message"] for error in root.iter("error")] == [
        "missing.md: no such file or directory",
        "a: b",
    ]


def test_checkstyle_groups_by_file() -> None:
    root = ET.fromstring(
        render("checkstyle", diagnostic(), diagnostic("late", severity=Severity.INFO), diagnostic(path="b.md"))
    )
    assert root.tag == "checkstyle"
    assert set(root.attrib) == {"version"}
    assert [(file.tag, file.attrib, len(file)) for file in root] == [
        ("file", {"name": "docs/plan.md"}, 2),
        ("file", {"name": "b.md"}, 1),
    ]
    assert [(error.tag, error.attrib) for error in root[0]] == [
        (
            "error",
            {
                "line": "3",
                "column": "12",
                "severity": "error",
                "message": "risk 'Meduim' is not one of: low, medium, high",
                "source": "lint-migration-plan.unknown-risk",
            },
        ),
        (
            "error",
            {
                "line": "3",
                "column": "12",
                "severity": "info",
                "message": "late",
                "source": "lint-migration-plan.unknown-risk",
            },
        ),
    ]


def test_checkstyle_of_nothing_is_a_document_too() -> None:
    assert list(ET.fromstring(render("checkstyle"))) == []


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_is_plain_ascii_whatever_it_says(name: str) -> None:
    told = diagnostic("<a b=\"c\"> & 'd' ]]> — 🚀 \x00\ufffe\uffff\ud800", path='<&">é.md')
    text = load(name)(report(told))
    assert text.isascii()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ET.fromstring(text)
    (message,) = (part.attrib["message"] for part in root.iter() if "message" in part.attrib)
    assert message == "<a b=\"c\"> & 'd' ]]> — 🚀 \\x00\\ufffe\\uffff\\ud800"
