"""What can be completed: the options of the parser, and what may stand behind each."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.arguments import TYPES
from lint_migration_plan.config.selection import ALL
from lint_migration_plan.config.words import FAIL_ON, SEVERITIES
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES
from lint_migration_plan.report.formats import FORMATS

if TYPE_CHECKING:
    import argparse


class Kind(Enum):
    """How a value is completed."""

    WORD = auto()
    WORDS = auto()
    """Several words, parted by commas."""
    PAIR = auto()
    """A word, an equals sign, and one of the words ``behind``; a file where there are none."""
    FILE = auto()
    """A file or a folder."""
    OTHER = auto()
    """Not at all: it may be anything."""


class Value(NamedTuple):
    """What may stand behind an option."""

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    required: bool = True


class Option(NamedTuple):
    """An option: how it is spelled, short forms first; what it is for; its value, None where it takes none."""

    spellings: tuple[str, ...]
    purpose: str
    value: Value | None


# By what the help calls a value. Names that are not here are completed by nothing.
_VALUES = {
    value.name: value
    for value in (
        Value("RULE", Kind.WORD, tuple(ENTRIES)),
        Value("RULE,...", Kind.WORDS, (ALL, *CATEGORIES, *ENTRIES)),
        Value("RULE=LEVEL", Kind.PAIR, tuple(ENTRIES), SEVERITIES),
        Value("LEVEL", Kind.WORD, FAIL_ON),
        Value("TYPE", Kind.WORD, TYPES),
        Value("FORMAT=FILE", Kind.PAIR, tuple(FORMATS)),
        Value("FILE", Kind.FILE),
        Value("PATH", Kind.FILE),
        Value("DIR", Kind.FILE),
    )
}


def options_of(parser: argparse.ArgumentParser) -> list[Option]:
    """Read the options of a parser, in the order of its help."""
    return [
        Option(tuple(sorted(action.option_strings, key=len)), action.help or "", _value_of(action))
        for action in parser._actions  # noqa: SLF001 - there is no other way to ask
        if action.option_strings
    ]


def _value_of(action: argparse.Action) -> Value | None:
    if action.nargs == 0:
        return None
    name = str(action.metavar or action.dest.upper())
    if name.startswith("{"):
        return Value(action.dest.upper(), Kind.WORD, tuple(name.strip("{}").split(",")))
    return _VALUES.get(name, Value(name, Kind.OTHER))._replace(required=action.nargs != "?")
