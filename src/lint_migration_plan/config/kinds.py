"""The kinds of plain values and lists that keys hold: each reads a value, and writes the JSON Schema of what it reads.

The two say the same, so that an editor complains of what the linter would complain of. Where a kind needs a regular
expression it is one that both can use: what must not stand in a text, without anchors at its end.
"""

from __future__ import annotations

import re
from math import inf, isfinite, nan
from typing import NamedTuple, Protocol

from lint_migration_plan.config.faults import Fault, Keys, suggestion, wrong
from lint_migration_plan.config.words import WEEKDAYS

_UNPRINTABLE = r"[\u0000-\u001f\u007f]"
_NO_GLOB = rf"^\s*!|\\|(?:^|/)\.\.(?:/|$)|\{{[^{{}}]*,[^{{}}]*\}}|{_UNPRINTABLE}"
_NO_RELATIVE_PATH = rf"^\s*[/~]|^\s*[A-Za-z][A-Za-z0-9+.-]*:|\\|{_UNPRINTABLE}"
_SIZE = r"^([1-9][0-9]{0,11}(?:\.[0-9]{1,3})?) ?(?:([kKmMgG])(i?))?[bB]?$"
_LONGEST_WORD = 200
_LONGEST_PATH = 1000
_LARGEST = 1e300

Schema = dict[str, object]


class Kind(Protocol):
    """A kind of value."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> object:
        """Give the value as the settings hold it; where it is another kind of value, add to the faults instead."""
        ...  # pragma: no cover - a protocol has no body

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        ...  # pragma: no cover - a protocol has no body


class Flag:
    """True or false."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> bool:
        """Read a flag."""
        if not isinstance(value, bool):
            faults.append(wrong(keys, value, "true or false"))
        return value is True

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"type": "boolean"}


class Choice(NamedTuple):
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> str:
        """Read one of the words."""
        if value not in self.words:
            near = suggestion(value, self.words) if isinstance(value, str) else ""
            faults.append(wrong(keys, value, f"one of: {', '.join(self.words)}{near}"))
        return str(value)

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"enum": list(self.words)}


class Number(NamedTuple):
    """A number; with bounds, one above the first and up to the second."""

    above: float = -inf
    at_most: float = inf

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> float:
        """Read a number."""
        number = nan
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # A whole number may be too large for a float, and "not a number" is neither above nor below.
            number = float(value) if abs(value) < _LARGEST else inf
        if not (isfinite(number) and self.above < number <= self.at_most):
            bounds = f" above {self.above:g}" if isfinite(self.above) else ""
            bounds += f" and up to {self.at_most:g}" if isfinite(self.at_most) else ""
            faults.append(wrong(keys, value, f"a number{bounds}"))
        return number

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        bounds = {"exclusiveMinimum": self.above, "maximum": self.at_most}
        return {"type": "number", **{key: bound for key, bound in bounds.items() if isfinite(bound)}}


class Whole(NamedTuple):
    """A whole number; with bounds, one from the first up to the second."""

    least: int | None = None
    most: int | None = None

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> int:
        """Read a whole number."""
        number = _whole(value)
        if (
            number is None
            or (self.least is not None and number < self.least)
            or (self.most is not None and number > self.most)
        ):
            bounds = f" from {self.least}" if self.least is not None else ""
            bounds += f" up to {self.most}" if self.most is not None else ""
            faults.append(wrong(keys, value, f"a whole number{bounds}"))
        return number or 0

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        bounds = {"minimum": self.least, "maximum": self.most}
        return {"type": "integer", **{key: bound for key, bound in bounds.items() if bound is not None}}


class Size:
    """A number of bytes: 4096, "4 KiB", "10 MB"."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> int:
        """Read a size; KB and MB are powers of 1000, KiB and MiB of 1024."""
        number = _whole(value)
        if number is not None and number > 0:
            return number
        written = re.search(_SIZE, value) if isinstance(value, str) else None
        if written:
            digits, prefix, binary = written.groups()
            power = "kmg".index(prefix.lower()) + 1 if prefix else 0
            return int(float(digits) * (1024 if binary else 1000) ** power)
        faults.append(wrong(keys, value, 'a size in bytes, such as 4096 or "10 MiB"'))
        return 0

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _SIZE}]}


class Text(NamedTuple):
    """A text: any, or one that says something (``pattern``) and holds nothing of what is ``forbidden``."""

    right: str = "text"
    pattern: str = ""
    forbidden: str = ""
    longest: int | None = None

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> str:
        """Read a text, without the spaces around it where it must say something."""
        if not isinstance(value, str):
            # YAML makes true of yes, a number of 1 and so on; quotes keep the author's word.
            hint = "" if isinstance(value, (list, dict, type(None))) else "; put it in quotes"
            faults.append(wrong(keys, value, self.right + hint))
            return ""
        if (
            (self.pattern and not re.search(self.pattern, value))
            or (self.forbidden and re.search(self.forbidden, value))
            or (self.longest is not None and len(value) > self.longest)
        ):
            faults.append(wrong(keys, value, self.right))
        return value.strip() if self.pattern else value

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        written: Schema = {"type": "string"}
        if self.pattern:
            written["pattern"] = self.pattern
        if self.forbidden:
            written["not"] = {"pattern": self.forbidden}
        if self.longest is not None:
            written["maxLength"] = self.longest
        return written


class Listed(NamedTuple):
    """A list of values of one kind, in the settings a tuple."""

    item: Kind
    right: str
    least: int = 0

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> tuple[object, ...]:
        """Read the list, item by item."""
        if not isinstance(value, list):
            faults.append(wrong(keys, value, f"a list of {self.right}"))
            return ()
        if len(value) < self.least:
            faults.append(wrong(keys, value, f"a list of {self.right}"))
        return tuple(self.item.read(item, (*keys, index), faults) for index, item in enumerate(value))

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"type": "array", "items": self.item.schema(), **({"minItems": self.least} if self.least else {})}


class Word(NamedTuple):
    """A word of a vocabulary that the linter knows: a rule, or a rule, a category or "all"."""

    categories: bool

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> str:
        """Read the word."""
        from lint_migration_plan.config.selection import unknown_word

        if not isinstance(value, str):
            faults.append(wrong(keys, value, "a rule or a category" if self.categories else "a rule"))
            return ""
        message = unknown_word(value, categories=self.categories)
        if message:
            faults.append(Fault(keys, message))
        return value

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"$ref": "#/$defs/selector" if self.categories else "#/$defs/rule"}


class Pair:
    """Two layers with a slash between them, in the settings a tuple of two."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> tuple[str, str]:
        """Read a pair; whether there are such layers is not known here."""
        one, _, other = _PAIR.read(value, keys, faults).partition("/")
        return one.strip(), other.strip()

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return _PAIR.schema()


ANY_TEXT = Text()
NAME = Text(
    f"a word or a few, on one line and of at most {_LONGEST_WORD} characters", r"\S", _UNPRINTABLE, _LONGEST_WORD
)
_PAIR = Text("two layers such as 'code/data'", r"[^/\s]\s*/\s*[^/\s]", rf"/[^/]*/|{_UNPRINTABLE}", _LONGEST_WORD)
GLOB = Text(
    "a pattern such as 'docs/**/*.md', with '/' between names and without '..', '!' at its start and {a,b}",
    r"\S",
    _NO_GLOB,
    _LONGEST_PATH,
)
RELATIVE_PATH = Text("a relative path with '/' between names", r"\S", _NO_RELATIVE_PATH, _LONGEST_PATH)

RULES_AND_CATEGORIES = "rules and categories"
SOME_WEEKDAYS = Listed(Choice(tuple(word for words in WEEKDAYS for word in words)), "weekdays", least=1)
WORDS = Listed(NAME, "words")
GLOBS = Listed(GLOB, "patterns such as 'docs/**/*.md'")
SELECTORS = Listed(Word(categories=True), RULES_AND_CATEGORIES)
SOME_SELECTORS = Listed(Word(categories=True), RULES_AND_CATEGORIES, least=1)


def _whole(value: object) -> int | None:
    """Read 3 and, as JSON Schema does, 3.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
