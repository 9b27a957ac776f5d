"""Regular expressions that are compiled when they are first asked: a plan needs few of the many that values have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class LazyPattern:
    """A regular expression with the methods of `re.Pattern` that are used here.

    The first call of a method compiles it and puts the methods of the compiled one in their places.
    """

    __slots__ = ("_compiled", "findall", "finditer", "flags", "fullmatch", "match", "pattern", "search", "split", "sub")

    if TYPE_CHECKING:
        match: Callable[..., re.Match[str] | None]
        fullmatch: Callable[..., re.Match[str] | None]
        search: Callable[..., re.Match[str] | None]
        finditer: Callable[..., Iterator[re.Match[str]]]
        findall: Callable[..., list[Any]]
        sub: Callable[..., str]
        split: Callable[..., list[Any]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        compiled: re.Pattern[str] = self._compiled
        return compiled

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - one of the methods, which are declared above
        """Fill the slots, which are empty before the first call."""
        if name not in LazyPattern.__slots__:
            raise AttributeError(name)
        self._compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(self._compiled, method))
        return getattr(self, name)


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
