"""Inline text that knows where each of its characters stands.

markdown-it-py gives inline tokens no positions. But it takes its text from the source in order, so a cursor that goes
along finds every token again: text stands there as it is, an escape or entity tells its own source, a code span ends at
the next run of as many backticks, and `commonmark` notes the ends of links and images.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.markdown.commonmark import parse_inline
from lint_migration_plan.markdown.html_tags import is_known
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it.token import Token

#: What stands in `Text.prose` for each character that is no prose: code, links and images.
NO_PROSE = "\N{OBJECT REPLACEMENT CHARACTER}"

#: What any inline markup has in it; all other text stands for itself. A test holds the parser to it.
_MARK = re.compile(r"[\n\\`*_\[\]<&]")
#: In characters: longer texts are seldom the same.
_OFTEN_SAID = 500
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


class Anchor(NamedTuple):
    """A place where a line of inline content begins: ``at`` in the content, ``offset`` in the source."""

    at: int
    offset: int


class Link(NamedTuple):
    """A link in a text: what is seen of it, where it leads as its address is written in HTML, and all that it takes."""

    text: Text
    destination: str
    span: Span


class Text:
    """A stretch of inline text: what a reader sees, and where it stands.

    ``plain`` is what is seen: labels of links, code, decoded entities, tags that HTML does not know; a line break is a
    space. ``prose`` has the same length, with `NO_PROSE` for each character of code, links and images. ``raw`` is the
    Markdown that it was written in. ``span`` is where the stretch stands in the source. ``kept`` is what was worked out
    about the stretch and holds wherever it stands, by what did: all texts that read alike share it, and `plan.once`
    alone puts something there. ``here`` is for what was worked out about this very text, which stands in one place.
    """

    __slots__ = ("_end", "_inline", "_start", "here", "kept", "plain", "prose", "span")

    plain: str
    prose: str
    span: Span
    kept: dict[object, Any]
    here: dict[object, Any]

    def __init__(self, inline: Inline, start: int = 0, end: int | None = None) -> None:
        self._inline = inline
        self._start = start
        self._end = end

    def __getattr__(self, name: str) -> object:
        """Work out what was not asked for yet; from then on the slot has it, and this is not called."""
        value: Any
        if name == "plain":
            value = self._inline.parsed.plain[self._start : self._end]
        elif name == "prose":
            value = self._inline.parsed.prose[self._start : self._end]
        elif name == "span":
            start, end = self._indices()
            begin = self._inline.offset(start)
            value = Span(begin, max(begin, self._inline.offset(end, end=True)))
        elif name == "here":
            value = {}
        elif name == "kept":
            value = self._inline.parsed.kept
            if self._start or self._end is not None:
                value = value.setdefault((self._start, self._end), {})
        else:
            raise AttributeError(f"a text has no {name}")
        setattr(self, name, value)
        return value

    @property
    def raw(self) -> str:
        """The Markdown source of the stretch."""
        if self._start == 0 and self._end is None:
            return self._inline.content
        start, end = self._indices()
        return self._inline.content[start:end]

    @property
    def whole(self) -> str:
        """The Markdown source of the stretch, with the marks of code and links that it begins or ends with."""
        start, end = self._whole_indices()
        return self._inline.content[start:end]

    @property
    def whole_span(self) -> Span:
        """Where the stretch stands with these marks."""
        start, end = self._whole_indices()
        return Span(self._inline.offset(start), self._inline.offset(end, end=True))

    @property
    def strongs(self) -> Iterator[Text]:
        """The stretches in bold, outermost ones only."""
        for start, end in self._inline.parsed.strongs:
            if start >= self._start and (self._end is None or end <= self._end):
                yield Text(self._inline, start, end)

    @property
    def links(self) -> Iterator[Link]:
        """The links within the stretch, autolinks left out."""
        for start, end, source, destination in self._inline.parsed.links:
            if start >= self._start and (self._end is None or end <= self._end):
                span = Span(self._inline.offset(source[0]), self._inline.offset(source[1], end=True))
                yield Link(Text(self._inline, start, end), destination, span)

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

    def start_in(self, text: Text) -> int:
        """Give the index in another stretch of the same inline text at which this one begins."""
        return self._start - text._start

    def place_in(self, text: Text) -> tuple[int, int]:
        """Give the indices in another stretch of the same inline text between which this one stands."""
        start = self.start_in(text)
        return start, start + len(self)

    def moved(self, by: int, references: MutableMapping[str, Any]) -> Text:
        """Give the whole text as it reads with other link references, where it stands behind so many more characters.

        Its Markdown is the same.
        """
        anchors = [Anchor(at, offset + by) for at, offset in self._inline.anchors]
        return Text(Inline(self._inline.content, anchors, references))

    def slice(self, start: int, end: int | None = None) -> Text:
        """Take the stretch between two indices of ``plain``."""
        length = len(self.plain)
        start = min(start, length)
        stop = length if end is None else min(end, length)
        return Text(self._inline, self._start + start, self._start + max(start, stop))

    def strip(self) -> Text:
        """Leave the outer spaces out."""
        plain = self.plain
        stripped = plain.strip()
        if stripped and len(stripped) == len(plain):
            return self
        if not stripped:
            return self.slice(0, 0)
        start = len(plain) - len(plain.lstrip())
        return self.slice(start, start + len(stripped))

    def __len__(self) -> int:
        return len(self.plain)

    def __bool__(self) -> bool:
        plain = self.plain
        return plain != "" and not plain.isspace()

    def __str__(self) -> str:
        return self.plain

    def __repr__(self) -> str:
        return f"Text({self.plain!r})"

    def _indices(self) -> tuple[int, int]:
        end = self._start + len(self)
        return self._inline.parsed.index(self._start), self._inline.parsed.index(end, end=True, start=self._start)

    def _whole_indices(self) -> tuple[int, int]:
        start, end = self._indices()
        content, prose, stop = self._inline.content, self.prose, self._start + len(self)
        if prose[:1] == NO_PROSE:
            start = len(content[:start].rstrip("`<"))
        if prose[-1:] == NO_PROSE:
            end = len(content) - len(content[end:].lstrip("`>"))
        for first, last, source, _ in self._inline.parsed.links:
            if self._start <= first and last <= stop:
                start, end = min(start, source[0]), max(end, source[1])
        return start, end


class Inline:
    """Inline content, parsed when somebody reads it. ``anchors`` place each of its lines in the source.

    ``parsed`` is the visible text and its pieces.
    """

    __slots__ = ("_references", "anchors", "content", "parsed")

    parsed: _Parsed

    def __init__(self, content: str, anchors: Sequence[Anchor], references: MutableMapping[str, Any]) -> None:
        self.content = content
        self.anchors = anchors
        self._references = references

    def __getattr__(self, name: str) -> _Parsed:
        """Parse the content when somebody asks for that first; from then on the slot has it."""
        if name != "parsed":
            raise AttributeError(f"an inline text has no {name}")
        self.parsed = _parse(self.content, self._references)
        return self.parsed

    def offset(self, index: int, *, end: bool = False) -> int:
        """Give the source offset of an index in the content; as an ``end`` it belongs to the character before it."""
        anchors = self.anchors
        line = bisect_right(anchors, index - end, key=_at) - 1 if len(anchors) > 1 else 0
        anchor = anchors[max(line, 0)]
        return anchor.offset + max(index - anchor.at, 0)


_at = attrgetter("at")


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


class _LinkAt(NamedTuple):
    """A link: the stretch of the visible text, the stretch of the content that it was written in, its address."""

    start: int
    end: int
    source: tuple[int, int]
    destination: str


class _Parsed:
    """The visible text of some inline content, with the way back to the content.

    ``kept`` is for `Text.kept`: that of the whole, and in it those of stretches by their indices.
    """

    __slots__ = (
        "_pieces",
        "_starts",
        "breaks",
        "comments",
        "kept",
        "links",
        "plain",
        "prose",
        "strongs",
    )

    def __init__(self, layout: _Layout) -> None:
        self.plain = "".join(layout.plain)
        self.prose = "".join(layout.prose)
        self.strongs = tuple(layout.strongs)
        self.comments = tuple(layout.comments)
        self.breaks = tuple(layout.breaks)
        self.links = tuple(layout.links)
        self.kept: dict[object, Any] = {}
        self._pieces = tuple(layout.pieces)
        self._starts = tuple([piece.plain for piece in layout.pieces])

    def index(self, plain: int, *, end: bool = False, start: int = -1) -> int:
        """Give the content index of an index in the visible text; as an ``end`` it closes what began at ``start``."""
        if not self._pieces:
            return 0
        if end and plain > max(start, 0):
            piece = self._pieces[bisect_right(self._starts, plain - 1) - 1]
            return piece.start + plain - piece.plain if piece.literal else piece.end
        piece = self._pieces[max(bisect_right(self._starts, plain) - 1, 0)]
        if plain >= len(self.plain):
            return piece.end
        return piece.start + plain - piece.plain if piece.literal else piece.start


class _Layout:
    """Goes along the tokens with a cursor in the content, and notes where each shown character stands."""

    def __init__(self, content: str) -> None:
        self._content = content
        # Where the cursor stands in the content, and how much has been shown.
        self._position = 0
        self._length = 0
        # The links that are open, as they will be when nothing is in them, and the starts of the bold stretches.
        self._open: list[_LinkAt] = []
        self._bold: list[int] = []
        self.pieces: list[_Piece] = []
        self.plain: list[str] = []
        self.prose: list[str] = []
        self.strongs: list[tuple[int, int]] = []
        self.comments: list[tuple[int, int]] = []
        self.breaks: list[int] = []
        self.links: list[_LinkAt] = []

    def lay_all(self) -> None:
        """Take the content as it stands for one text."""
        self._show_literally(self._content, 0, len(self._content))

    def lay(self, token: Token) -> None:
        """Find a token in the content and go behind it."""
        kind = token.type
        if kind == "text":
            self._text(token.content)
        elif kind == "text_special":
            self._show(token.content, self._position + len(token.markup))
        elif kind in {"softbreak", "hardbreak"}:
            self.breaks.append(self._length)
            self._show(" ", _after_break(self._content, self._position))
        elif kind == "code_inline":
            self._code(token)
        elif kind in {"strong_open", "em_open"}:
            self._position += len(token.markup)
            if kind == "strong_open":
                self._bold.append(self._length)
        elif kind in {"strong_close", "em_close"}:
            self._position += len(token.markup)
            if kind == "strong_close":
                self._close_bold()
        elif kind == "link_open":
            self._open_link(token)
        elif kind == "link_close":
            self._close_link()
        elif kind == "image":
            self._show(token.content, int(token.meta["end"]), is_prose=False)
        elif kind == "html_inline":
            self._html(token.content)

    def _text(self, text: str) -> None:
        if self._content.startswith(text, self._position):
            self._show_literally(text, self._position, self._position + len(text))
        else:
            # The address of an autolink is shown as people read it, not as it was written: it is one place.
            self._show(text, self._open[-1].source[1] - 1 if self._open else self._position)

    def _code(self, token: Token) -> None:
        inner = self._position + len(token.markup)
        end = _closing_run(self._content, inner, len(token.markup))
        # One space on each side is padding and not shown.
        padded = end - inner - len(token.content) > 1
        self._show_literally(token.content, inner + padded, end + len(token.markup), is_prose=False)

    def _close_bold(self) -> None:
        start = self._bold.pop()
        if not self._bold and not self._open:
            self.strongs.append((start, self._length))

    def _open_link(self, token: Token) -> None:
        own_text = token.markup != "autolink"
        end = int(token.meta["end"]) if own_text else self._content.index(">", self._position) + 1
        destination = str(token.attrs["href"]) if own_text else ""
        self._open.append(_LinkAt(self._length, self._length, (self._position, end), destination))
        self._position += 1

    def _close_link(self) -> None:
        link = self._open.pop()
        self._position = link.source[1]
        if link.destination:
            self.links.append(link._replace(end=self._length))

    def _html(self, tag: str) -> None:
        end = self._position + len(tag)
        if tag.startswith("<!--"):
            self.comments.append((self._position, end))
        if _LINE_BREAK_TAG.fullmatch(tag):
            self._show(" ", end)
        elif not is_known(tag):
            self._show_literally(tag, self._position, end)
        self._position = end

    def _show(self, text: str, end: int, *, is_prose: bool = True) -> None:
        """Show a text that stands for the content from the cursor to an index, as one place."""
        self._add(text, _Piece(self._length, self._position, end, literal=False), is_prose=is_prose)
        self._position = end

    def _show_literally(self, text: str, start: int, end: int, *, is_prose: bool = True) -> None:
        """Show a text that stands in the content from an index on, and go on to another."""
        self._add(text, _Piece(self._length, start, start + len(text), literal=True), is_prose=is_prose)
        self._position = end

    def _add(self, text: str, piece: _Piece, *, is_prose: bool) -> None:
        if text:
            self.pieces.append(piece)
            self._length += len(text)
            self.plain.append(text)
            self.prose.append(text if is_prose and not self._open else NO_PROSE * len(text))


def _parse(content: str, references: MutableMapping[str, Any]) -> _Parsed:
    """Parse some content; without a bracket it names no reference, so that its text alone says what comes of it."""
    if "[" in content or len(content) > _OFTEN_SAID:
        return _parse_with(content, references)
    return _parse_alone(content)


# Plans say many things more than once, and a text that is changed in an editor says most of them again. A plan of 1 MB
# has some 12,000 different texts.
@lru_cache(maxsize=16384)
def _parse_alone(content: str) -> _Parsed:
    return _parse_with(content, {})


def _parse_with(content: str, references: MutableMapping[str, Any]) -> _Parsed:
    """Lay out the tokens of some content; what holds no mark of Markdown is one text, without asking the parser."""
    layout = _Layout(content)
    if not _MARK.search(content):
        layout.lay_all()
    else:
        for token in parse_inline(content, references):
            layout.lay(token)
    return _Parsed(layout)


def _after_break(content: str, position: int) -> int:
    """Go behind the next line break and the spaces that the next line begins with."""
    position = content.index("\n", position) + 1
    while position < len(content) and content[position] in " \t":
        position += 1
    return position


def _closing_run(content: str, position: int, length: int) -> int:
    """Find the next run of exactly so many backticks."""
    while (start := content.find("`", position)) >= 0:
        position = start
        while position < len(content) and content[position] == "`":
            position += 1
        if position - start == length:
            return start
    return len(content)
