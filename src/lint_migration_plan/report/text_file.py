"""Diagnostics as the text that a terminal shows, in a file: without colors, and with source lines where asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.report import text

if TYPE_CHECKING:
    from lint_migration_plan.report.contents import Report


def render(report: Report) -> str:
    """Write the lines of all diagnostics; empty where there are none."""

    def source_line(path: str, line: int) -> str | None:
        source = report.sources.get(path)
        return None if source is None else source.lines[line - 1]

    lines = text.render(
        report.outcome.diagnostics, show_source=report.show_source, color=False, source_line=source_line
    )
    return "".join(lines)
