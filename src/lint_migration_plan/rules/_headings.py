"""Write headings: their level, whatever form they are in, and the name of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.markdown.document import Heading
    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.plan.nodes import StageHeading

_CLOSING = LazyPattern(r"[ \t](#+)[ \t]*\Z")
#: The levels that a line below the heading can give.
_UNDERLINES = {1: "=", 2: "-"}


def at_level(heading: Heading, level: int, source: Source) -> tuple[Edit, ...] | None:
    """Give the edits that put a heading on another level; None for one of several lines that must lose its underline.

    Number signs behind the words go along where they are as many as before them.
    """
    start = heading.span.start
    if source.text[start] == "#":
        line = source.line_span(source.position(start).line - 1)
        edits = [Edit(Span(start, start + heading.level), "#" * level)]
        closing = _CLOSING.search(source.text, heading.text.span.end, line.end)
        if closing is not None and len(closing[1]) == heading.level:
            edits.append(Edit(Span(*closing.span(1)), "#" * level))
        return tuple(edits)
    last = source.line_span(source.position(heading.span.end).line - 1)
    if level in _UNDERLINES:
        under = source.text[last.start : heading.span.end]
        marks = under.lstrip()
        return (Edit(Span(heading.span.end - len(marks), heading.span.end), _UNDERLINES[level] * len(marks)),)
    words = source.line_span(source.position(start).line - 1)
    if "\n" in heading.text.raw or heading.text.raw.endswith("#"):
        return None
    return Edit(Span(start, start), f"{'#' * level} "), Edit(Span(words.end, heading.span.end), "")


def written_name(heading: StageHeading) -> str:
    """Give the name of a stage with its code and links; of bold words only one of the two marks may stand in it."""
    whole = heading.name.whole
    return heading.name.plain if "*" in whole or "__" in whole else whole
