"""What can be wrong with a configuration, and how it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The way to a value: the names of tables and the numbers of list items, from the outside in.
Keys = tuple[str | int, ...]

#: A longer word has no near one that is worth the search.
_LONGEST_WORD = 100


class ConfigFault(NamedTuple):
    """One thing that is wrong in a configuration; ``line`` counts from 1, None where no line can be told.

    ``file`` is as the caller named it, or the option of the command line that the value came from.
    """

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used; ``errors`` holds all that is wrong with it, in the order of its lines."""

    def __init__(self, errors: Iterable[ConfigFault]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class Fault(NamedTuple):
    """Something wrong at a key, or at the value that it holds, of a table whose place is not known yet."""

    keys: Keys
    message: str
    at_key: bool = False


class EnoughFaultsError(Exception):
    """So much is wrong that nobody would read on; to find a near word for each takes its time, too."""


class Faults(list[Fault]):
    """Faults up to a number; raises EnoughFaultsError with the one that reaches it."""

    MOST = 100

    def append(self, fault: Fault) -> None:
        """Add a fault."""
        super().append(fault)
        if len(self) >= self.MOST:
            raise EnoughFaultsError


def wrong(keys: Keys, value: object, right: str) -> Fault:
    """Say that a value is not what its key would hold."""
    match value:
        case None | []:
            return Fault(keys, f"{dotted(keys)} is empty, and not {right}".lstrip())
        case list():
            return Fault(keys, f"{dotted(keys)} is a list, and not {right}")
        case dict():
            return Fault(keys, f"{dotted(keys)} is a table, and not {right}")
        case _:
            return Fault(keys, f"{dotted(keys)} {shown(value)} is not {right}".lstrip())


def dotted(keys: Keys) -> str:
    """Name a value as a reader would: ``overrides[0].vocabulary.stage-words``."""
    name = ""
    for key in keys:
        if isinstance(key, int):
            name += f"[{key}]"
        else:
            bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
            name += ("." if name else "") + (key if bare else quoted(key))
    return name


def shown(value: object) -> str:
    """Show a value that is neither list nor table in a message."""
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value) if isinstance(value, str) else quoted(str(value))[1:-1]


def quoted(text: str) -> str:
    """Quote an author's text for a message: on one line, and not longer than a message bears."""
    return repr(text if len(text) <= _LONGEST_WORD else f"{text[:_LONGEST_WORD]}…")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Ask for the nearest of the known words, or give the empty text where none is near."""
    if len(word) > _LONGEST_WORD:
        return ""
    from difflib import get_close_matches

    by_folded = {known_word.casefold(): known_word for known_word in known}
    near = get_close_matches(word.strip().casefold().replace("_", "-"), by_folded, n=1)
    return f"; did you mean {quoted(by_folded[near[0]])}?" if near else ""
