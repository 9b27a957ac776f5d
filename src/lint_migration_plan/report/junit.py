"""The XML of JUnit as Jenkins' schema has it: a suite for each file, and in it a case for each diagnostic.

Errors and warnings are failures; what only informs passes and says so in its output. A file without any has one case,
which passes. What could not be done is an error, so that a run that failed never looks like one that passed.
"""

from __future__ import annotations

from os.path import splitext
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.report import text
from lint_migration_plan.report.safe import safe_text
from lint_migration_plan.report.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.report.contents import Report

_PROGRAM = "lint-migration-plan"


def render(report: Report) -> str:
    """Write the document: the files that were judged in order, then what could not be done."""
    outcome = report.outcome
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in outcome.judged}
    for diagnostic in outcome.diagnostics:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    suites = [_suite(path, diagnostics) for path, diagnostics in by_path.items()]
    if outcome.failures or not suites:
        suites.append(_suite_of_the_run(outcome.failures))
    root = ET.Element("testsuites", name=_PROGRAM)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.extend(suites)
    return xml_text(root)


def _suite(path: str, diagnostics: Sequence[Diagnostic]) -> ET.Element:
    failures = [diagnostic for diagnostic in diagnostics if diagnostic.severity is not Severity.INFO]
    suite = _empty_suite(path, max(len(diagnostics), 1), failures=len(failures))
    # A dot divides packages.
    class_name = safe_text(splitext(path)[0])
    if not diagnostics:
        ET.SubElement(suite, "testcase", name=_PROGRAM, classname=class_name)
    for diagnostic in diagnostics:
        at = diagnostic.location
        name = f"{safe_text(diagnostic.rule)} ({at.line}:{at.column})"
        case = ET.SubElement(suite, "testcase", name=name, classname=class_name)
        if diagnostic.severity is Severity.INFO:
            told = ET.SubElement(case, "system-out")
        else:
            message = safe_text(diagnostic.message)
            told = ET.SubElement(case, "failure", type=diagnostic.severity.value, message=message)
        # With the related places and what would mend it.
        told.text = "".join(text.render([diagnostic], show_source=True, color=False, source_line=lambda *_: None))
    return suite


def _suite_of_the_run(failures: Sequence[str]) -> ET.Element:
    suite = _empty_suite(_PROGRAM, max(len(failures), 1), errors=len(failures), skipped=0 if failures else 1)
    for number, failure in enumerate(failures, 1):
        case = ET.SubElement(suite, "testcase", name=f"failure {number}", classname=_PROGRAM)
        ET.SubElement(case, "error", type="failure", message=safe_text(failure))
    if not failures:
        # Jenkins takes a report without any case for a mistake.
        case = ET.SubElement(suite, "testcase", name=_PROGRAM, classname=_PROGRAM)
        ET.SubElement(case, "skipped", message="no file was judged")
    return suite


def _empty_suite(name: str, tests: int, *, failures: int = 0, errors: int = 0, skipped: int = 0) -> ET.Element:
    counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}
    return ET.Element("testsuite", {"name": safe_text(name), **{key: str(count) for key, count in counts.items()}})
