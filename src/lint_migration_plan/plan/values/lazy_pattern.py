"""Regular expressions that are compiled when they are first needed: a plan needs few of the many that values have.

To compile one takes longer than to ask a whole plan of 10 KB what it would find. So one that most plans have nothing
for names the words that its matches cannot do without, and is not compiled for a text that has none of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: One that is asked more often is worth compiling, whatever it finds: that is faster than to look for words each time.
_OFTEN = 256


class LazyPattern:
    """A regular expression with the methods of `re.Pattern` that are used here.

    Of ``needs``, where it is given, each match holds at least one; `tests/test_lazy_pattern.py` proves it of each
    pattern. The first call that needs it compiles the expression, and puts the methods of the compiled one in their
    places.
    """

    __slots__ = (
        *("_compiled", "findall", "finditer", "flags", "fullmatch", "match", "needs", "pattern", "search", "split"),
        "sub",
    )

    if TYPE_CHECKING:
        match: Callable[..., re.Match[str] | None]
        fullmatch: Callable[..., re.Match[str] | None]
        search: Callable[..., re.Match[str] | None]
        finditer: Callable[..., Iterator[re.Match[str]]]
        findall: Callable[..., list[Any]]
        sub: Callable[..., str]
        split: Callable[..., list[Any]]

    def __init__(self, pattern: str, flags: int = 0, needs: tuple[str, ...] = ()) -> None:
        self.pattern = pattern
        self.flags = flags
        self.needs = needs

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        compiled: re.Pattern[str] = self._compiled
        return compiled

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - one of the methods, which are declared above
        """Fill the slots, which are empty before the first call."""
        if name not in LazyPattern.__slots__:
            raise AttributeError(name)
        if self.needs and name in _ONLY_WHERE_NEEDED:
            setattr(self, name, self._asking_first(name))
        else:
            self._compile()
        return getattr(self, name)

    def _asking_first(self, name: str) -> Callable[..., Any]:
        """Give a method that answers at once where a match is out of the question."""
        needs = self.needs
        text = 1 if name == "sub" else 0
        left = _OFTEN

        def method(*arguments: Any) -> Any:  # noqa: ANN401 - what the method takes and gives
            nonlocal left
            left -= 1
            string = arguments[text]
            if left:
                for need in needs:
                    if need in string:
                        break
                else:
                    return string if name == "sub" else iter(()) if name == "finditer" else None
            self._compile()
            return getattr(self, name)(*arguments)

        return method

    def _compile(self) -> None:
        self._compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(self._compiled, method))


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
#: Those that look for words first.
_ONLY_WHERE_NEEDED = frozenset(("match", "fullmatch", "search", "finditer", "sub"))
