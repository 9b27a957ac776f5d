"""Places as an editor counts them: lines and characters from 0, the characters in units of an encoding.

The protocol counts UTF-16 units unless both sides agree on another encoding. Its lines end where those of a `Source`
do. A byte order mark belongs to no line of a `Source`; for an editor that sends one, it is the first character.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.source import Position, Span
from lint_migration_plan.report.columns import BYTE, CODEPOINT, UTF16, length_in

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Location
    from lint_migration_plan.markdown.source import Source


class Encoding(Enum):
    """What the characters of a line are counted in; the value is the protocol's name for it."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


_UNITS = {Encoding.UTF8: BYTE, Encoding.UTF16: UTF16, Encoding.UTF32: CODEPOINT}


class Point(NamedTuple):
    """A place as the protocol has it: a line and a character in it, both from 0."""

    line: int
    character: int


class Stretch(NamedTuple):
    """From one place to another, the end exclusive."""

    start: Point
    end: Point


class Converter:
    """Leads from offsets of one text to places, and back."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding

    def point(self, offset: int) -> Point:
        """Say where an offset stands; one behind the end of a line stands at the line's end."""
        source = self._source
        line = max(bisect_right(source.starts, offset) - 1, 0)
        start, end = self._line(line)
        return Point(line, self._units(source.text[start : min(offset, end)]))

    def stretch(self, span: Span) -> Stretch:
        """Say where a span stands."""
        return Stretch(self.point(span.start), self.point(max(span.end, span.start)))

    def stretch_of(self, location: Location) -> Stretch:
        """Say where a location stands, which counts from 1 and in code points."""
        source = self._source
        start = source.offset(Position(location.line, location.column))
        end = source.offset(Position(location.end_line, location.end_column))
        return self.stretch(Span(start, end))

    def offset(self, line: int, character: int) -> int:
        """Give the offset of a place, or of the nearest one before it that there is."""
        source = self._source
        if line < 0:
            return 0
        if line >= len(source.lines):
            return len(source.text)
        start, end = self._line(line)
        text = source.text[start:end]
        if self._encoding is Encoding.UTF32 or text.isascii():
            return start + min(max(character, 0), len(text))
        passed = 0
        for index, char in enumerate(text):
            passed += self._units(char)
            if passed > character:
                return start + index
        return end

    def _units(self, text: str) -> int:
        return length_in(_UNITS[self._encoding], text)

    def _line(self, line: int) -> tuple[int, int]:
        """Give the offsets of a line's start and end; a byte order mark is part of the first one."""
        start, end = self._source.line_span(line)
        return (0 if line == 0 else start), end
