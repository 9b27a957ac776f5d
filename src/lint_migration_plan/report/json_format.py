"""Diagnostics as one JSON object, described by ``diagnostics.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.report.json_text import json_text
from lint_migration_plan.report.link import rule_url

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic, Related
    from lint_migration_plan.lint.fix import Suggestion
    from lint_migration_plan.lint.outcome import Outcome
    from lint_migration_plan.report.contents import Report

#: Grows when a reader of the older form would go wrong.
VERSION = 1


def render(report: Report) -> str:
    """Write the object, a diagnostic a line, with the end of the last line."""
    rows = ",".join(f"\n  {json_text(row(diagnostic))}" for diagnostic in report.outcome.diagnostics)
    rows += "\n" if rows else ""
    summary = json_text(_summary(report.outcome))
    return f'{{"version": {VERSION}, "diagnostics": [{rows}], "summary": {summary}}}\n'


def row(diagnostic: Diagnostic) -> dict[str, Any]:
    """Give the object of one diagnostic."""
    path, line, column, end_line, end_column = diagnostic.location
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "related": [_place(related) for related in diagnostic.related],
        "fixable": diagnostic.fix is not None,
        "fix": diagnostic.fix and _fix(diagnostic.fix),
        "url": rule_url(diagnostic.rule),
    }


def _fix(fix: Suggestion) -> dict[str, Any]:
    edits = [
        {"line": at.line, "column": at.column, "end_line": at.end_line, "end_column": at.end_column, "text": text}
        for at, text in fix.replacements
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(related: Related) -> dict[str, Any]:
    location, message = related
    return {"path": location.path, "line": location.line, "column": location.column, "message": message}


def _summary(outcome: Outcome) -> dict[str, int]:
    return {
        "files": outcome.files,
        "plans": outcome.plans,
        "skipped": outcome.skipped,
        **outcome.counts._asdict(),
        "suppressed": outcome.suppressed,
        "excluded": outcome.excluded,
        "fixed": outcome.fixed,
        "baselined": outcome.baselined,
        "unchanged": outcome.unchanged,
    }
