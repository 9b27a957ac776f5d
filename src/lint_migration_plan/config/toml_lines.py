"""The lines of a TOML file on which its keys and list items stand, which ``tomllib`` does not tell.

``guard`` looks at any text, before it is parsed. ``key_lines`` takes a text that ``tomllib`` has read: what it meets is
well-formed, so that it only has to find its way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.config.faults import Keys

_TOKEN = re.compile(
    r"""
    (?P<skip>    [ \t\r]+ | \#[^\n]* )
  | (?P<newline> \n )
  | (?P<text>    \"\"\" (?: [^"\\] | \\. | "{1,2}(?!") )* "{3,5}
               | ''' (?: [^'] | '{1,2}(?!') )* '{3,5}
               | " (?: [^"\\\n] | \\. )* "
               | ' [^'\n]* ' )
  | (?P<mark>    [][{},=.] )
  | (?P<bare>    [^][\s{},=.\#"']+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

#: tomllib 's time grows with the square of a key's parts, and its stack with the nesting.
_MOST_PARTS = 20
_DEEPEST = 100


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def guard(text: str) -> tuple[int, str] | None:
    """Find what would take tomllib too long or too deep: the line, and what is wrong there."""
    dots = depth = 0
    for kind, written, line in _tokens(text):
        if written == ".":
            dots += 1
        elif kind in {"mark", "newline"}:
            dots = 0
            depth += (written in "[{") - (written in "]}")
        if dots >= _MOST_PARTS:
            return line, f"a key has more than {_MOST_PARTS} parts"
        if depth > _DEEPEST:
            return line, f"nested deeper than {_DEEPEST} levels"
    return None


def key_lines(text: str) -> dict[Keys, int]:
    """Map the way to each key and list item to its line, from 1."""
    return _Walk(text).lines


class _Walk:
    """A walk over the statements of a well-formed file."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Keys, int] = {}
        self._rest = [*_tokens(text), _Token("end", "", 0)]
        self._rest.reverse()
        self._tables: dict[Keys, int] = {}
        header: Keys = ()
        while self._next.kind != "end":
            if self._next.kind == "newline":
                self._take()
            elif self._next.text == "[":
                header = self._header()
            else:
                self._pair(header)

    @property
    def _next(self) -> _Token:
        return self._rest[-1]

    def _take(self) -> _Token:
        return self._rest.pop()

    def _header(self) -> Keys:
        """Read ``[a.b]`` or ``[[a.b]]``; the latter opens one more item of a list."""
        line = self._take().line
        listed = self._next.text == "["
        if listed:
            self._take()
        names = self._names()
        for _ in range(1 + listed):
            self._take()
        keys: Keys = ()
        for name in names[:-1]:
            keys = self._into((*keys, name), line)
        keys = (*keys, names[-1])
        if not listed:
            self.lines.setdefault(keys, line)
            return keys
        self.lines.setdefault(keys, line)
        self._tables[keys] = self._tables.get(keys, -1) + 1
        keys = (*keys, self._tables[keys])
        self.lines[keys] = line
        return keys

    def _into(self, keys: Keys, line: int) -> Keys:
        """Go on in a table, or in the newest one of a list of tables."""
        self.lines.setdefault(keys, line)
        return (*keys, self._tables[keys]) if keys in self._tables else keys

    def _names(self) -> list[str]:
        """Read the parts of a key."""
        names = [self._name()]
        while self._next.text == ".":
            self._take()
            names.append(self._name())
        return names

    def _name(self) -> str:
        kind, written, _ = self._take()
        if kind != "text":
            return written
        import tomllib

        name: str = tomllib.loads(f"name = {written}")["name"]
        return name

    def _pair(self, table: Keys) -> None:
        """Read ``a.b = value``."""
        line = self._next.line
        keys = table
        for name in self._names():
            keys = (*keys, name)
            self.lines.setdefault(keys, line)
        self._take()
        self._value(keys)

    def _value(self, keys: Keys) -> None:
        if self._next.text == "[":
            self._list(keys)
        elif self._next.text == "{":
            self._take()
            while self._next.text != "}":
                if self._next.text == "," or self._next.kind == "newline":
                    self._take()
                else:
                    self._pair(keys)
            self._take()
        else:
            # A number or a date may be several tokens.
            while self._next.kind in {"text", "bare"} or self._next.text == ".":
                self._take()

    def _list(self, keys: Keys) -> None:
        self._take()
        index = 0
        while self._next.text != "]":
            if self._next.text == "," or self._next.kind == "newline":
                self._take()
            else:
                self.lines[*keys, index] = self._next.line
                self._value((*keys, index))
                index += 1
        self._take()


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind != "skip":
            yield _Token(kind, found[0], line)
        line += found[0].count("\n")
