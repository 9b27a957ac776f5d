r"""The text of a file, and the way between offsets and lines.

Lines end where CommonMark ends them: at ``\\r\\n``, ``\\r`` or ``\\n``, and nowhere else. A byte order mark belongs to
no line: the first column stands behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

BYTE_ORDER_MARK = "\ufeff"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Span(NamedTuple):
    """A stretch of the text, as two character offsets; the end is exclusive."""

    start: int
    end: int


class Position(NamedTuple):
    """A place in the text: line and column, both from 1, the column in code points."""

    line: int
    column: int


class Source:
    """A text cut into lines.

    ``lines`` are the lines without their ends, ``starts`` the offset of each line's first character in ``text``.
    """

    __slots__ = ("lines", "starts", "text")

    lines: list[str]
    starts: list[int]

    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, name: str) -> object:
        # Of most documents nobody asks for a line.
        if name not in {"lines", "starts"}:
            raise AttributeError(name)
        self._cut()
        return getattr(self, name)

    def _cut(self) -> None:
        text = self.text
        self.lines = []
        self.starts = []
        start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
        if "\r" not in text:
            self.lines = text[start:].split("\n")
            self.starts = list(accumulate((len(line) + 1 for line in self.lines[:-1]), initial=start))
            return
        while True:
            match = _LINE.match(text, start)
            # The pattern matches the empty string too, so it always matches.
            end = match.end() if match else len(text)
            line = text[start:end].rstrip("\r\n")
            self.lines.append(line)
            self.starts.append(start)
            if end == start + len(line):
                break
            start = end

    def position(self, offset: int) -> Position:
        """Say where an offset stands; one behind the end of a line stands at the line's end."""
        line = max(bisect_right(self.starts, offset) - 1, 0)
        column = min(max(offset - self.starts[line], 0), len(self.lines[line]))
        return Position(line + 1, column + 1)

    def offset(self, position: Position) -> int:
        """Say which offset a position is at: the inverse of `position`."""
        return self.starts[position.line - 1] + position.column - 1

    @property
    def newline(self) -> str:
        r"""How lines end here: as the first one does, and ``\n`` where there is but one."""
        return self.text[self.line_span(0).end : self.starts[1]] if len(self.starts) > 1 else "\n"

    def line_span(self, line: int) -> Span:
        """Span a line, counted from 0, without its end."""
        start = self.starts[line]
        return Span(start, start + len(self.lines[line]))

    def lines_span(self, first: int, last: int) -> Span:
        """Span the lines from ``first`` to ``last``, both counted from 0 and included."""
        return Span(self.starts[first], self.line_span(last).end)
