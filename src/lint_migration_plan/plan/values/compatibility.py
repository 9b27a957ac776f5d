"""Read the Compatibility field: which pairs of layers work together old and new, and until which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.fold import folded
from lint_migration_plan.plan.values.layers import meant_layer
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.readings import unread, unreadable
from lint_migration_plan.plan.values.references import NONE, StageReference, reference_at

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

_PAIR = LazyPattern(
    r"[\s\"'*]*(?:the\s+)?(?P<one>[^\W\d_]\w{0,40})\s*(?:/|&|\+|<?-+>?|↔|⇔|[–—]|\s(?:and|with|und|et)\s)"
    r"\s*(?P<other>[^\W\d_]\w{0,40})[\"'*]*"
)
# Nothing is given back that was taken: of many spaces each could stand in three places.
_UNTIL = LazyPattern(
    r"(?:\s++(?:pairs?|windows?|layers?|(?:stays?\s++|are\s++|is\s++)?(?:compatible|open)))*+\s*+[-–—:,(]?+\s*+"
    r"(?:until|till|up\s+to|through|bis|jusqu'à|hasta|до)\s+(?:the\s+end\s+of\s+(?=\w+\s+\d))?"
)
_END = LazyPattern(r"(?:the\s+)?end\b(?:\s+of\s+(?:the\s+)?(?:migration|plan))?|further\s+notice")
_NEXT = LazyPattern(r"[,;\n]|\s(?:and|und|et)\s")
_EXAMPLE = "write 'data/code until Stage 6'"


class Compatibility(NamedTuple):
    """A window for one of `Vocabulary.coupled_pairs`; ``until`` is the stage that closes it, None where none does."""

    pair: tuple[str, str]
    until: StageReference | None
    text: Text


def read_compatibility(text: Text, vocabulary: Vocabulary) -> Reading[tuple[Compatibility, ...]]:
    """Read the windows of a stage; "none" gives none."""
    if reading := unread(text):
        return reading
    string = folded(text)
    if NONE.match(string):
        return Reading(text, State.READ, ())
    windows = []
    position = 0
    while position < len(string) and string[position:].strip(" .,;\n"):
        window = _window(text, string, position, vocabulary)
        if isinstance(window, _Fault):
            return unreadable(text, window.reason, text.slice(window.start, window.end).strip())
        windows.append(window.value)
        position = _next(string, window.end)
    return Reading(text, State.READ, tuple(windows)) if windows else unreadable(text)


class _Fault(NamedTuple):
    reason: str
    start: int
    end: int


class _Window(NamedTuple):
    value: Compatibility
    end: int


def _window(text: Text, string: str, start: int, vocabulary: Vocabulary) -> _Window | _Fault:
    """Read the window that begins at an index."""
    found = _PAIR.match(string, start)
    if found is None:
        after = _NEXT.search(string, start)
        return _Fault(f"it names no pair of layers; {_EXAMPLE}", start, after.start() if after else len(string))
    names = []
    for part in ("one", "other"):
        name = vocabulary.layers.get(found[part])
        if name is None:
            word = text.plain[found.start(part) : found.end(part)]
            meant = meant_layer(word, vocabulary)
            hint = f"; did you mean '{meant}'?" if meant else ""
            return _Fault(f"'{word}' is no layer{hint}", *found.span(part))
        names.append(name)
    pair = next((pair for pair in vocabulary.coupled_pairs if set(pair) == set(names)), None)
    if pair is None:
        known = ", ".join(map("/".join, vocabulary.coupled_pairs))
        return _Fault(
            f"{names[0]} and {names[1]} are none of the pairs {known}", found.start("one"), found.end("other")
        )
    until = _UNTIL.match(string, found.end())
    stage = reference_at(text, until.end(), vocabulary) if until else None
    last = _END.match(string, until.end()) if until else None
    if stage is None and last is None:
        return _Fault(f"it does not say until which stage; {_EXAMPLE}", found.start("one"), found.end("other"))
    end = stage[1] if stage else last.end() if last else 0
    return _Window(Compatibility(pair, stage[0] if stage else None, text.slice(found.start("one"), end)), end)


def _next(string: str, start: int) -> int:
    """Go behind a window and what explains it, to the next pair."""
    for mark in _NEXT.finditer(string, start):
        pair = _PAIR.match(string, mark.end())
        if pair is not None and (_UNTIL.match(string, pair.end()) or "/" in pair[0]):
            return mark.end()
    return len(string)
