"""Read the names of layers: those that a stage touches, and those that a line under From or To is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.spelling import nearest
from lint_migration_plan.plan.terms import Layer, Reading, State
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.readings import unread, unreadable
from lint_migration_plan.plan.vocabulary import LAYER_EQUALS, LAYER_SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: Slashes that part no names.
_ABBREVIATIONS = LazyPattern(r"\b(?:n/a|ci/cd|i/o|tcp/ip|pl/sql|os/2)\b", needs=("/",))
_IN_PARENTHESES = LazyPattern(r"\([^()]*(?:\)|\Z)", needs=("(",))
_SEPARATOR = LazyPattern(r"[,/+&;|\n·•]|(?<=\s)(?:and|und|et|y|e|и|plus|sowie|as well as)(?=\s)")
#: What ends a name and begins an explanation of it.
_EXPLANATION = LazyPattern(r"\s*:(?=\s|\Z)|\s+[-–—]+(?=\s|\Z)|—|\.(?=\s)", needs=(":", "-", "–", "—", "."))
_EDGES = LazyPattern(r"\A[^\w]+|[^\w]+\Z")
_MOST_ASKED = 6
_ARTICLE = LazyPattern(
    r"\A(?:the|our|only|mainly|mostly|both)\s+|\s+(?:layers?|only|side|tier)\Z",
    needs=("the", "our", "only", "mainly", "mostly", "both", "layer", "side", "tier"),
)

#: What may stand around a name without saying anything. The "client side" is no client.
_BARE = LazyPattern(r"\A(?:the|our)\s+|\s+layers?\Z")


def read_layers(text: Text, vocabulary: Vocabulary) -> Reading[tuple[Layer, ...]]:
    """Read a list of layers; names that are none are in it, each with the layer that it may mean."""
    if reading := unread(text):
        return reading
    layers = tuple(_layers(text, vocabulary))
    if not layers or any(layer.name is None for layer in layers):
        reading = unreadable(text)
        if not layers or reading.state is State.PLACEHOLDER:
            return reading
    return Reading(text, State.READ, layers)


def state_layers(label: Text, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Name the layers that the label of a From or To line names, by the guide's words or by others; each once."""
    string = folded(label)
    names = (_name(string[part.start : part.end]) for part in _parts(string))
    layers = (vocabulary.layers.get(name) or _synonyms().get(name) for name in names)
    return tuple(dict.fromkeys(layer for layer in layers if layer is not None))


def meant_layer(string: str, vocabulary: Vocabulary) -> str | None:
    """Say which layer a name that is none most likely means; None where that is not plain."""
    name = _name(fold(string))
    known = {**_synonyms(), **vocabulary.layers}
    if name in known:
        return known[name]
    close = nearest(name, known)
    if close is not None:
        return known[close]
    within = {known[word] for word in re.findall(r"[\w-]+", name) if word in known}
    return within.pop() if len(within) == 1 else None


def mistyped_layer(string: str, vocabulary: Vocabulary) -> str | None:
    """Say which layer a name is another word or a slip for, if it can mean nothing else and nothing less."""
    name = _BARE.sub("", " ".join(_EDGES.sub("", fold(string)).split()))
    same = {**_equals(), **vocabulary.layers}
    close = name if name in same else nearest(name, same)
    # A word of a part of a layer ("backend") is no slip, though it may be near to one.
    return same[close] if close is not None and (close == name or name not in _synonyms()) else None


class _Part(NamedTuple):
    """One name in a list, and whether an explanation of it follows, or whether it may itself be part of one."""

    start: int
    end: int
    explained: bool
    explains: bool


def _layers(text: Text, vocabulary: Vocabulary) -> Iterator[Layer]:
    string = folded(text)
    asked = 0
    for part in _parts(string):
        name = _name(string[part.start : part.end])
        layer = vocabulary.layers.get(name)
        if part.explains and not (layer and part.explained):
            continue
        stretch = text.slice(part.start, part.end)
        # Beyond a few unknown names the value is no list, and asking for each would take long.
        asked += layer is None
        meant = meant_layer(stretch.plain, vocabulary) if layer is None and asked <= _MOST_ASKED else None
        yield Layer(layer, stretch, meant)


def _parts(string: str) -> Iterator[_Part]:
    """Cut a folded string at its separators, explanations in parentheses and behind dashes and colons left out."""
    bare = _ABBREVIATIONS.sub(lambda found: found[0].replace("/", "∕"), string)
    for _ in range(2):
        bare = _IN_PARENTHESES.sub(lambda found: " " * len(found[0]), bare)
    bare = bare.replace("[", " ").replace("]", " ")
    start = 0
    explains = False
    for separator in (*_SEPARATOR.finditer(bare), None):
        end = separator.start() if separator else len(bare)
        explanation = _EXPLANATION.search(bare, start, end)
        name_end = explanation.start() if explanation else end
        inner = bare[start:name_end]
        edge = _EDGES.match(inner)
        lead = edge.end() if edge else 0
        name = _EDGES.sub("", inner)
        if name:
            yield _Part(start + lead, start + lead + len(name), explanation is not None, explains)
        explains = explains or explanation is not None
        if separator:
            start = separator.end()
            if separator[0] in ";|\n":
                explains = False


def _name(part: str) -> str:
    name = " ".join(_EDGES.sub("", part).split())
    return _ARTICLE.sub("", _ARTICLE.sub("", name)) or name


@lru_cache(maxsize=1)
def _equals() -> dict[str, str]:
    return {word: layer for layer, words in LAYER_EQUALS.items() for word in words}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {word: layer for layer, words in LAYER_SYNONYMS.items() for word in words}
