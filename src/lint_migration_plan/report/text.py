"""Diagnostics as text: one line each and, where the source is shown, what belongs to it.

That is the line it is about, the related places and what would mend it.

Tools read the first line, ``path:line:column: severity: message [rule]``. All that follows it is indented. Columns are
printed in the unit that the reader counts in, `report.columns`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.report.color import painter
from lint_migration_plan.report.columns import CODEPOINT, column_in
from lint_migration_plan.report.frame import frame
from lint_migration_plan.report.safe import safe_line_start, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lint_migration_plan.lint.diagnostic import Diagnostic, Location

    Paint = Callable[[str, str], str]
    LineOf = Callable[[str, int], str | None]

#: The columns that a source line may take, its number included.
WIDTH = 120

# A habit may have a related place in each stage; the first ones show what is meant, and JSON has them all.
_RELATED_SHOWN = 10

# Below this, a cut line would show nothing but what was cut.
_LEAST_ROOM = 30


def render(  # noqa: PLR0913 - each is a choice of its own
    diagnostics: Iterable[Diagnostic],
    *,
    show_source: bool,
    color: bool,
    source_line: LineOf,
    width: int = WIDTH,
    column_unit: str = CODEPOINT,
) -> Iterator[str]:
    """Yield the lines to print, each with its end.

    ``source_line`` gives a line of a file by the path in the diagnostic and a number from 1, or None where it cannot.
    """
    paint = painter(color=color)

    def place(at: Location) -> str:
        return f"{at.line}:{_column(at, column_unit, source_line)}"

    for diagnostic in diagnostics:
        yield _headline(diagnostic, place, paint)
        if show_source:
            line = source_line(diagnostic.path, diagnostic.location.line)
            if line is not None:
                yield from _source(diagnostic, line, paint, width)
            yield from _related(diagnostic, place, paint)
            yield from _fix(diagnostic, paint)


def _column(at: Location, unit: str, source_line: LineOf) -> int:
    line = None if unit == CODEPOINT else source_line(at.path, at.line)
    return at.column if line is None else column_in(unit, line, at.column)


def _headline(diagnostic: Diagnostic, place: Callable[[Location], str], paint: Paint) -> str:
    severity = diagnostic.severity.value
    return (
        f"{paint('path', safe_line_start(diagnostic.path))}:{place(diagnostic.location)}: {paint(severity, severity)}: "
        f"{safe_text(diagnostic.message)} [{safe_text(diagnostic.rule)}]\n"
    )


def _source(diagnostic: Diagnostic, line: str, paint: Paint, width: int) -> Iterator[str]:
    """Yield the source line and its underline; nothing for a blank line, which shows nothing."""
    if not line.strip():
        return
    at = diagnostic.location
    start = at.column - 1
    # The rest of a longer span is not shown; the spaces at the end of a line belong to no word of it.
    end = at.end_column - 1 if at.end_line == at.line else len(line.rstrip())
    number = f"{at.line:>4}"
    shown = frame(line, start, end, max(width - len(f" {number} | "), _LEAST_ROOM))
    caret = paint(diagnostic.severity.value, "^" * shown.length)
    yield f" {paint('dim', number + ' |')} {shown.text}\n"
    yield f" {paint('dim', ' ' * len(number) + ' |')} {' ' * shown.offset}{caret}\n"


def _related(diagnostic: Diagnostic, place: Callable[[Location], str], paint: Paint) -> Iterator[str]:
    for location, message in diagnostic.related[:_RELATED_SHOWN]:
        where = f"{safe_text(location.path)}:{place(location)}"
        yield f"    {paint('dim', 'related:')} {where}: {safe_text(message)}\n"
    more = len(diagnostic.related) - _RELATED_SHOWN
    if more > 0:
        yield f"    {paint('dim', 'related:')} {more} more {'place' if more == 1 else 'places'}\n"


def _fix(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    """Say how the diagnostic is mended, or why it is not where others of its rule are."""
    if diagnostic.fix is not None:
        options = "--fix" if diagnostic.fix.safe else "--fix --unsafe-fixes"
        yield f"    {paint('dim', f'{options}:')} {safe_text(diagnostic.fix.title)}\n"
    elif diagnostic.no_fix:
        yield f"    {paint('dim', 'no fix:')} {safe_text(diagnostic.no_fix)}\n"
