"""Diagnostics as JSON lines: one object a line, as ``--format json`` has it among its diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.report.json_format import row
from lint_migration_plan.report.json_text import json_text

if TYPE_CHECKING:
    from lint_migration_plan.report.contents import Report


def render(report: Report) -> str:
    """Write a line for each diagnostic; empty where there are none."""
    return "".join(f"{json_text(row(diagnostic))}\n" for diagnostic in report.outcome.diagnostics)
