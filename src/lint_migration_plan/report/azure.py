"""Errors and warnings of Azure Pipelines: a logging command for each diagnostic.

Azure knows nothing below a warning: what only informs is a line of the log. The message names the place, because the
log shows nothing else of a command. What is quoted is made safe first, as for any log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.report import text
from lint_migration_plan.report.checkout import Checkout
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.report.contents import Report


def render(report: Report) -> str:
    """Write a line for each diagnostic, errors first; empty where there are none."""
    checkout = Checkout()
    diagnostics = sorted(report.outcome.diagnostics, key=lambda diagnostic: -diagnostic.severity.rank)
    return "".join(_line(diagnostic, checkout) for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, checkout: Checkout) -> str:
    if diagnostic.severity is Severity.INFO:
        return "".join(text.render([diagnostic], show_source=False, color=False, source_line=lambda *_: None))
    path, line, column, *_ = diagnostic.location
    rule = safe_text(diagnostic.rule)
    properties = {
        "type": diagnostic.severity.value,
        "sourcepath": safe_text(checkout.path(path)),
        "linenumber": line,
        "columnnumber": column,
        "code": rule,
    }
    written = "".join(f"{name}={_property(str(value))};" for name, value in properties.items())
    message = f"{safe_text(path)}:{line}:{column}: {safe_text(diagnostic.message)} [{rule}]"
    return f"##vso[task.logissue {written}]{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
