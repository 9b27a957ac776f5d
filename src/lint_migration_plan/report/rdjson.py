"""The diagnostic format of reviewdog: one JSON object, as its ``DiagnosticResult`` is.

Columns count bytes of UTF-8 in the file as it is, a byte order mark among them; ends are exclusive. A fix is a
suggestion, one text in the place of another: its edits belong together, and what lies between them goes along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.markdown.source import BYTE_ORDER_MARK, Position
from lint_migration_plan.report.columns import BYTE, column_in, length_in
from lint_migration_plan.report.json_text import json_text
from lint_migration_plan.report.link import rule_url
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related
    from lint_migration_plan.lint.fix import Suggestion
    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.report.contents import Report

#: In lines: no reviewer looks through a suggestion that is longer.
LONGEST_SUGGESTION = 100


def render(report: Report) -> str:
    """Write the object, a diagnostic a line."""
    rows = ",\n".join(
        f"  {json_text(_row(diagnostic, report.sources.get(diagnostic.path)))}"
        for diagnostic in report.outcome.diagnostics
    )
    rows = f"\n{rows}\n" if rows else ""
    return f'{{"source": {{"name": "lint-migration-plan"}}, "diagnostics": [{rows}]}}\n'


def _row(diagnostic: Diagnostic, source: Source | None) -> dict[str, Any]:
    url = rule_url(diagnostic.rule)
    row: dict[str, Any] = {
        # Reviewdog writes it to logs and comments, and nobody reads it back.
        "message": safe_text(diagnostic.message),
        "location": _location(diagnostic.location, source),
        "severity": diagnostic.severity.name,
        "code": {"value": diagnostic.rule, **({"url": url} if url else {})},
    }
    if diagnostic.fix is not None and source is not None:
        row["suggestions"] = _suggestions(diagnostic.fix, source)
    if diagnostic.related:
        row["related_locations"] = [_related(related, diagnostic.path, source) for related in diagnostic.related]
    return row


def _related(related: Related, path: str, source: Source | None) -> dict[str, Any]:
    location, message = related
    return {
        "message": safe_text(message),
        "location": _location(location, source if location.path == path else None),
    }


def _location(at: Location, source: Source | None) -> dict[str, Any]:
    return {"path": at.path, "range": _range(at, source)}


def _range(at: Location, source: Source | None) -> dict[str, Any]:
    """Give a range of bytes; of a text that is not here only the line, for no column would be true."""
    if source is None:
        return {"start": {"line": at.line}}
    return {
        "start": {"line": at.line, "column": _byte_column(source, at.line, at.column)},
        "end": {"line": at.end_line, "column": _byte_column(source, at.end_line, at.end_column)},
    }


def _byte_column(source: Source, line: int, column: int) -> int:
    mark = BYTE_ORDER_MARK if line == 1 and source.text.startswith(BYTE_ORDER_MARK) else ""
    return length_in(BYTE, mark) + column_in(BYTE, source.lines[line - 1], column)


def _suggestions(fix: Suggestion, source: Source) -> list[dict[str, Any]]:
    first, last = fix.replacements[0].location, fix.replacements[-1].location
    if last.end_line - first.line >= LONGEST_SUGGESTION:
        return []
    parts = []
    behind = source.offset(Position(first.line, first.column))
    for at, text in fix.replacements:
        parts += [source.text[behind : source.offset(Position(at.line, at.column))], text]
        behind = source.offset(Position(at.end_line, at.end_column))
    whole = first._replace(end_line=last.end_line, end_column=last.end_column)
    return [{"range": _range(whole, source), "text": "".join(parts)}]
