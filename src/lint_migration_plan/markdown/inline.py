"""Inline text that knows where each of its characters stands.

markdown-it-py gives inline tokens no positions. But it takes its text from the source in order, so a cursor that goes
along finds every token again: text stands there as it is, an escape or entity tells its own source, a code span ends at
the next run of as many backticks, and `commonmark` notes the ends of links and images.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.markdown.commonmark import parse_inline
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it.token import Token

#: What stands in `Text.prose` for each character that is no prose: code, links and images.
NO_PROSE = "\N{OBJECT REPLACEMENT CHARACTER}"

_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class Anchor(NamedTuple):
    """A place where a line of inline content begins: its index in the content, its offset in the source."""

    index: int
    offset: int


class Text:
    """A stretch of inline text: what a reader sees, and where it stands.

    ``plain`` is what is seen: labels of links, code, decoded entities; a line break is a space. ``prose`` has the same
    length, with `NO_PROSE` for each character of code, links and images. ``raw`` is the Markdown that it was written in.
    """

    __slots__ = ("_end", "_inline", "_start")

    def __init__(self, inline: Inline, start: int = 0, end: int | None = None) -> None:
        self._inline = inline
        self._start = start
        self._end = end

    @property
    def plain(self) -> str:
        """The visible text."""
        return self._inline.parsed.plain[self._start : self._end]

    @property
    def prose(self) -> str:
        """The visible text with code, links and images blotted out."""
        return self._inline.parsed.prose[self._start : self._end]

    @property
    def raw(self) -> str:
        """The Markdown source of the stretch."""
        if self._start == 0 and self._end is None:
            return self._inline.content
        start, end = self._indices()
        return self._inline.content[start:end]

    @property
    def span(self) -> Span:
        """Where the stretch stands in the source."""
        start, end = self._indices()
        return Span(self._inline.offset(start), max(self._inline.offset(start), self._inline.offset(end, end=True)))

    @property
    def strongs(self) -> Iterator[Text]:
        """The stretches in bold, outermost ones only."""
        for start, end in self._inline.parsed.strongs:
            if start >= self._start and (self._end is None or end <= self._end):
                yield Text(self._inline, start, end)

    @property
    def breaks(self) -> Iterator[int]:
        """The indices in ``plain`` at which a line of the source ends."""
        stop = self._start + len(self)
        for index in self._inline.parsed.breaks:
            if self._start <= index < stop:
                yield index - self._start

    @property
    def comments(self) -> Iterator[tuple[str, Span]]:
        """The HTML comments in the whole inline text, marks included, with their spans."""
        inline = self._inline
        for start, end in inline.parsed.comments:
            yield inline.content[start:end], Span(inline.offset(start), inline.offset(end, end=True))

    def slice(self, start: int, end: int | None = None) -> Text:
        """Take the stretch between two indices of ``plain``."""
        length = len(self)
        stop = length if end is None else min(end, length)
        return Text(self._inline, self._start + min(start, length), self._start + max(stop, min(start, length)))

    def strip(self) -> Text:
        """Leave the outer spaces out."""
        plain = self.plain
        stripped = plain.strip()
        if not stripped:
            return self.slice(0, 0)
        start = len(plain) - len(plain.lstrip())
        return self.slice(start, start + len(stripped))

    def __len__(self) -> int:
        return len(self.plain)

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    def __str__(self) -> str:
        return self.plain

    def __repr__(self) -> str:
        return f"Text({self.plain!r})"

    def _indices(self) -> tuple[int, int]:
        end = self._start + len(self)
        return self._inline.parsed.index(self._start), self._inline.parsed.index(end, end=True, start=self._start)


class Inline:
    """Inline content, parsed when somebody reads it. ``anchors`` place each of its lines in the source."""

    __slots__ = ("_anchors", "_parsed", "_references", "content")

    def __init__(self, content: str, anchors: Sequence[Anchor], references: MutableMapping[str, Any]) -> None:
        self.content = content
        self._anchors = anchors
        self._references = references
        self._parsed: _Parsed | None = None

    @property
    def parsed(self) -> _Parsed:
        """The visible text and its pieces."""
        if self._parsed is None:
            # Blank content is common (empty cells) and would start the parser for nothing.
            tokens = parse_inline(self.content, self._references) if self.content.strip() else ()
            self._parsed = _Parsed(tokens, self.content)
        return self._parsed

    def offset(self, index: int, *, end: bool = False) -> int:
        """Give the source offset of an index in the content; as an ``end`` it belongs to the character before it."""
        line = bisect_right(self._anchors, index - end, key=lambda anchor: anchor.index) - 1
        anchor = self._anchors[max(line, 0)]
        return anchor.offset + max(index - anchor.index, 0)


def literal(string: str) -> Text:
    """Read a string as inline Markdown that stands at the beginning of a source."""
    return Text(Inline(string, (Anchor(0, 0),), {}))


class _Piece(NamedTuple):
    """A stretch of the visible text: its first index there, and the content that it came from.

    The characters of a ``literal`` piece stand in the content one by one; any other piece is one place.
    """

    plain: int
    start: int
    end: int
    literal: bool


class _Parsed:
    """The visible text of some inline content, with the way back to the content."""

    __slots__ = ("_pieces", "_starts", "breaks", "comments", "plain", "prose", "strongs")

    def __init__(self, tokens: Sequence[Token], content: str) -> None:
        self._pieces: list[_Piece] = []
        self.strongs: list[tuple[int, int]] = []
        self.comments: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        plain: list[str] = []
        prose: list[str] = []
        length = position = link_depth = 0
        link_ends: list[int] = []
        strong_starts: list[int] = []

        for token in tokens:
            shown, start, literal_piece = "", position, True
            kind = token.type
            if kind == "text":
                if link_ends and link_ends[-1] < 0:
                    # The text of an autolink is its address, made readable: one place.
                    shown, position, literal_piece = token.content, -link_ends[-1] - 1, False
                elif token.content:
                    start = _find(content, token.content, position)
                    shown, position = token.content, start + len(token.content)
            elif kind == "text_special":
                shown, position, literal_piece = token.content, position + len(token.markup), False
            elif kind in {"softbreak", "hardbreak"}:
                self.breaks.append(length)
                position = _after_break(content, position)
                shown, literal_piece = " ", False
            elif kind == "code_inline":
                position, inner = _code_span(content, position, token)
                shown, start = token.content, inner
            elif kind in {"strong_open", "em_open"}:
                position += len(token.markup)
                if kind == "strong_open":
                    strong_starts.append(length)
            elif kind in {"strong_close", "em_close"}:
                position += len(token.markup)
                if kind == "strong_close" and strong_starts:
                    begun = strong_starts.pop()
                    if not strong_starts and not link_depth:
                        self.strongs.append((begun, length))
            elif kind == "link_open":
                link_depth += 1
                if token.markup == "autolink":
                    link_ends.append(-_find(content, ">", position) - 1)
                else:
                    link_ends.append(int(token.meta.get("end", position + 1)))
                position += 1
            elif kind == "link_close":
                link_depth -= 1
                end = link_ends.pop() if link_ends else position
                position = -end if end < 0 else end
            elif kind == "image":
                position = int(token.meta.get("end", position))
                shown, literal_piece = token.content, False
            elif kind == "html_inline":
                position += len(token.content)
                if token.content.startswith("<!--"):
                    self.comments.append((start, position))
                elif _LINE_BREAK_TAG.fullmatch(token.content):
                    shown, literal_piece = " ", False
            if shown:
                # A code span's end lies behind its backticks, but its characters end before them.
                end = start + len(shown) if literal_piece else position
                self._pieces.append(_Piece(length, start, end, literal_piece))
                length += len(shown)
                plain.append(shown)
                is_prose = not link_depth and kind not in {"code_inline", "image"}
                prose.append(shown if is_prose else NO_PROSE * len(shown))
        self.plain = "".join(plain)
        self.prose = "".join(prose)
        self._starts = [piece.plain for piece in self._pieces]

    def index(self, plain: int, *, end: bool = False, start: int = -1) -> int:
        """Give the content index of an index in the visible text; as an ``end`` it closes what began at ``start``."""
        if not self._pieces:
            return 0
        if end and plain > max(start, 0):
            piece = self._pieces[bisect_right(self._starts, plain - 1) - 1]
            return piece.start + plain - piece.plain if piece.literal else piece.end
        number = bisect_right(self._starts, plain) - 1
        piece = self._pieces[max(number, 0)]
        if plain >= len(self.plain):
            return piece.end
        return piece.start + plain - piece.plain if piece.literal else piece.start


def _find(content: str, what: str, position: int) -> int:
    """Find a piece from a position on; the position itself where it is not there, which no known input shows."""
    if content.startswith(what, position):
        return position
    found = content.find(what, position)
    return found if found >= 0 else position


def _after_break(content: str, position: int) -> int:
    """Go behind the next line break and the spaces that the next line begins with."""
    position = _find(content, "\n", position) + 1
    while position < len(content) and content[position] in " \t":
        position += 1
    return position


def _code_span(content: str, position: int, token: Token) -> tuple[int, int]:
    """Give the index behind a code span, and the index of the first character that it shows."""
    inner = position + len(token.markup)
    end = _closing_run(content, inner, len(token.markup))
    padding = end - inner - len(token.content)
    return end + len(token.markup), inner + (1 if padding == 2 else 0)  # noqa: PLR2004 - one space on each side


def _closing_run(content: str, position: int, length: int) -> int:
    """Find the next run of exactly so many backticks."""
    while (start := content.find("`", position)) >= 0:
        position = start
        while position < len(content) and content[position] == "`":
            position += 1
        if position - start == length:
            return start
    return len(content)
