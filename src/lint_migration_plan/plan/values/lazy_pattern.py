"""Regular expressions that are compiled when they are first asked: a plan needs few of the many that values have."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class LazyPattern:
    """A regular expression with the methods of `re.Pattern` that are used here."""

    __slots__ = ("_compiled", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self.flags)
        return self._compiled

    def match(self, string: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at an index."""
        return self.compiled.match(string, start, end)

    def fullmatch(self, string: str) -> re.Match[str] | None:
        """Match the whole string."""
        return self.compiled.fullmatch(string)

    def search(self, string: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match from an index on."""
        return self.compiled.search(string, start, end)

    def finditer(self, string: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all matches from an index on."""
        return self.compiled.finditer(string, start, end)

    def findall(self, string: str) -> list[Any]:
        """List what all matches, or their groups, hold."""
        return self.compiled.findall(string)

    def sub(self, to: str | Callable[[re.Match[str]], str], string: str) -> str:
        """Put something else in the place of all matches."""
        return self.compiled.sub(to, string)

    def split(self, string: str, most: int = 0) -> list[Any]:
        """Cut a string at all matches."""
        return self.compiled.split(string, maxsplit=most)
