"""Annotations by GitHub Actions: a workflow command for each diagnostic.

GitHub shows ten annotations of each severity for a step, so that the weightiest come first; its log has all of them,
and shows of a command only the message, which for that names the place too. What is quoted is made safe first, so that
the message that GitHub unescapes has no line end and no control character either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.report.checkout import Checkout
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.report.contents import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """Write a line for each diagnostic, errors first; empty where there are none."""
    checkout = Checkout()
    diagnostics = sorted(report.outcome.diagnostics, key=lambda diagnostic: -diagnostic.severity.rank)
    return "".join(_command(diagnostic, checkout) for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, checkout: Checkout) -> str:
    path, line, column, end_line, end_column = diagnostic.location
    place = {"line": line, "col": column}
    # An annotation stands below its last line. What spans lines, such as a stage, is told where it begins.
    if end_line == line:
        place |= {"endLine": end_line, "endColumn": end_column}
    rule = safe_text(diagnostic.rule)
    properties = {
        "title": f"lint-migration-plan ({rule})",
        "file": safe_text(checkout.path(path)),
        **place,
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = f"{safe_text(path)}:{line}:{column}: {safe_text(diagnostic.message)} [{rule}]"
    return f"::{_COMMANDS[diagnostic.severity.value]} {written}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
