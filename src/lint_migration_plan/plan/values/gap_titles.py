"""Read what a gap is called, so that two documents can be compared: by identifiers ("GAP-03") and by its own words.

Neither letter case nor punctuation nor what strikes a text out makes a difference.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.fold import EMOJI, fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text

#: What speaks of a gap by itself before a number; any other letters do so only where several gaps bear them.
GAP_PREFIXES = frozenset(("gap", "g"))

#: A range of more is none, and no text begins with more identifiers.
_MOST = 100

_IDENTIFIER = (
    r"(?P<prefix>[a-z]{1,8}(?:[-_][a-z]{1,8}){0,2})(?P<joint>[-_ ]?\#?)(?P<number>\d{1,5})"
    r"(?P<rest>(?:[-_.]\d{1,5}){0,2}[a-z]?)(?!\w)"
)
_LEADING = LazyPattern(rf"\W{{0,4}}{_IDENTIFIER}")
_NEXT = LazyPattern(_IDENTIFIER)
_ANYWHERE = LazyPattern(rf"(?<![\w-]){_IDENTIFIER}")
_AND = LazyPattern(r"\s*(?:,\s*(?:and\s)?|/|&|\+|and\s)\s*")
_TO = LazyPattern(r"\s*(?:–|-|\.\.|to\s|through\s)\s*")
#: A bare number goes on with a list or a range where plainly nothing else begins with it: "GAP-1, 2 and 3: …".
_BARE = LazyPattern(r"#?(?P<number>\d{1,5})(?=\s*(?:[,;:.)/&+\]—–]|\Z|and\s))")
_BARE_END = LazyPattern(r"–(?P<number>\d{1,5})(?!\w)")
_BEHIND = LazyPattern(r"[\s:;.,—–)\]|-]*")
_PUNCTUATED = LazyPattern(r"\s*(?:[:.)\]—–|,/&+]|-\s|\Z)")
_NUMBER = LazyPattern(r"\W{0,3}(?:(?:gap|no|nr|number)\W{0,3})?(?P<number>\d{1,5})\W{0,3}")

_TOKEN = LazyPattern(r"[^\W\d_]+|\d+")
_WORD = LazyPattern(r"\w+")
#: What ends a gap's name where an explanation follows: "No rate limit: the gateway lets all through".
_NAME_END = LazyPattern(r"\s*(?:[:;(\[\n—]|\s[–-]\s|[.!?](?:\s|\Z))")

#: What says of a gap that nothing is left to close.
_CLOSED = LazyPattern(
    rf"(?:{EMOJI}|\W)*(?:closed|done|resolved|fixed|complete[d]?|implemented|withdrawn|obsolete|superseded|rejected"
    r"|duplicate|merged|won'?t (?:fix|do)|no longer|not a gap|no gap|out of scope|cancell?ed|erledigt|geschlossen"
    r"|fermé|résolu|cerrad[oa]|resuelt[oa]|закрыт\w*|已关闭|已解决|完了)(?!\w)|\s*(?:[✅✔☑]|\[x\])\W*\Z"
)


class Identifier(NamedTuple):
    """An identifier: ``key`` is what it is compared by, ``start`` and ``end`` are where it stands in its string.

    ``plain`` is True for one that cannot be a word and a number of a sentence ("Java 17 is too old").
    """

    key: str
    prefix: str
    number: int
    plain: bool
    start: int
    end: int


class GapTitle(NamedTuple):
    """What a gap is called: the identifiers that its text begins with, and its words.

    ``words`` are all of them, ``rest`` those behind the identifiers, ``lead`` those of the rest before an explanation;
    empty where there are none.
    """

    identifiers: tuple[Identifier, ...]
    words: str
    rest: str
    lead: str


def read_gap_title(string: str) -> GapTitle:
    """Read the beginning of a gap's cell, item or heading."""
    text = _flat(string)
    identifiers = tuple(islice(_leading(text), _MOST))
    # A word and a number that begin a sentence are words of it: "Table 3 is large".
    begin = identifiers[-1].end if identifiers and all(each.plain for each in identifiers) else 0
    behind = _BEHIND.match(text, begin)
    rest = text[behind.end() if behind else begin :]
    end = _NAME_END.search(rest)
    lead = gap_words(rest[: end.start()]) if end else ""
    return GapTitle(identifiers, gap_words(text), gap_words(rest), lead)


def column_identifiers(string: str) -> tuple[Identifier, ...]:
    """Read what a column of identifiers gives, whatever they look like; a bare number is none."""
    key = identifier_key(string)
    if not key or key.isdecimal():
        return ()
    return read_gap_title(string).identifiers or (Identifier(key, "", 0, plain=True, start=0, end=0),)


def identifier_key(string: str) -> str:
    """Bring an identifier to the form in which it is compared: "GAP-003" and "gap 3" are gap-3."""
    return "-".join(token.lstrip("0") or token[:1] for token in _TOKEN.findall(_flat(string)))


def gap_words(string: str) -> str:
    """Bring a gap's words to the form in which they are compared: lower case, single spaces, nothing but words."""
    return " ".join(_WORD.findall(_flat(string)))


def bare_number(string: str) -> int | None:
    """Read a text that is nothing but the number of a gap: "3", "#3", "gap 3"."""
    found = _NUMBER.fullmatch(_flat(string))
    return int(found["number"]) if found else None


def identifiers_in(string: str) -> Iterator[Identifier]:
    """Find all identifiers of a short text, those of ranges included."""
    text = _flat(string)
    end = 0
    for found in _ANYWHERE.finditer(text):
        if found.start() >= end:
            for identifier in _listed(text, _identifier(found, text)):
                end = identifier.end
                yield identifier


def says_closed(status: Text) -> bool:
    """Say whether a status says that nothing is left to close."""
    return _CLOSED.match(folded(status)) is not None


def is_struck(text: Text) -> bool:
    """Say whether all of a gap's words are struck out, or all but a word such as "done"."""
    if "~~" not in text.plain:
        return False
    # Folding leaves spaces where something is struck out.
    rest = read_gap_title(fold(text.plain)).rest
    return not rest or _CLOSED.match(rest) is not None


def series(titles: Iterable[GapTitle]) -> frozenset[str]:
    """Give the prefixes that make identifiers among these gaps: those of gaps, and those that several of them bear."""
    numbers: dict[str, set[int]] = {}
    for title in titles:
        for identifier in title.identifiers:
            if identifier.plain:
                numbers.setdefault(identifier.prefix, set()).add(identifier.number)
    return GAP_PREFIXES | {prefix for prefix, found in numbers.items() if len(found) > 1}


def _flat(string: str) -> str:
    """Fold a string without losing what it strikes out; every index stays the author's."""
    return fold(string.replace("~~", "  "))


def _leading(text: str) -> Iterator[Identifier]:
    found = _LEADING.match(text)
    if found is not None:
        yield from _listed(text, _identifier(found, text))


def _listed(text: str, first: Identifier) -> Iterator[Identifier]:
    """Follow a list of identifiers from its first one: "GAP-01, GAP-02 and 5", "GAP-01 – GAP-04"."""
    yield first
    last = first
    while True:
        to = _TO.match(text, last.end)
        end = _NEXT.match(text, to.end()) if to else None
        if end is not None and end["prefix"] == last.prefix:
            final = _identifier(end, text)
        elif bare := _BARE_END.match(text, last.end):
            final = _numbered(last, bare)
        else:
            final = None
        if final is not None and last.number < final.number <= last.number + _MOST:
            between = range(last.number + 1, final.number)
            yield from (final._replace(key=f"{last.prefix}-{number}", number=number) for number in between)
            yield final
            last = final
            continue
        joint = _AND.match(text, last.end)
        if joint is None:
            return
        if (also := _NEXT.match(text, joint.end())) and also["prefix"] == last.prefix:
            last = _identifier(also, text)
        elif bare := _BARE.match(text, joint.end()):
            last = _numbered(last, bare)
        else:
            return
        yield last


def _identifier(found: re.Match[str], text: str) -> Identifier:
    prefix = found["prefix"].replace("_", "-")
    key = identifier_key(found[0])
    plain = found["joint"] != " " or prefix in GAP_PREFIXES or _PUNCTUATED.match(text, found.end()) is not None
    return Identifier(key, prefix, int(found["number"]), plain, found.start("prefix"), found.end())


def _numbered(before: Identifier, found: re.Match[str]) -> Identifier:
    number = int(found["number"])
    return before._replace(key=f"{before.prefix}-{number}", number=number, start=found.start("number"), end=found.end())
