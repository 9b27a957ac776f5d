"""Tell what each stage is for: to prepare, to migrate, to switch, to prove, to watch, or to clear away.

The words are in `stage_kind_words`, and a team adds its own in `Vocabulary.stage_kinds`. A name counts by the words
that it begins with, or by a noun at the head of it where no word of it moves something; what a stage says of its
changes counts only where it says that nothing changes. A stage of no other kind migrates something.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts import stage_kind_words as words
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Stage
    from lint_migration_plan.plan.vocabulary import Vocabulary

    # A team's own words, as `Vocabulary.stage_kinds` has them.
    _OwnWords = tuple[tuple[str, tuple[str, ...]], ...]


class StageKind(Enum):
    """What a stage is for. Only the two kinds that move something leave the system other than it was."""

    PREPARE = "prepare"
    ADD_COMPATIBILITY = "add compatibility"
    MIGRATE = "migrate"
    SWITCH = "switch"
    VERIFY = "verify"
    MONITOR = "monitor"
    REMOVE_COMPATIBILITY = "remove compatibility"
    CLEAN_UP = "clean up"
    DECOMMISSION = "decommission"

    @property
    def moves(self) -> bool:
        """A stage of this kind takes something from its old state to its new one."""
        return self in {StageKind.MIGRATE, StageKind.SWITCH}


class Kind(NamedTuple):
    """A kind, and the author's words that made it so; None for a stage that migrates because no word says otherwise."""

    kind: StageKind
    words: Text | None


def _any(strings: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, strings))})"


_AFTER = LazyPattern(r"\b(?:post|pre|after|before)[- ](?:the )?\w+")
_MOVING = LazyPattern(rf"(?<!\w){_any(words.MOVING)}", needs=words.MOVING)
_NO_CHANGE = LazyPattern(words.NO_CHANGE, needs=("impact", "change", "non-production", "read-only"))
_BESIDE = LazyPattern(rf"(?<![\w-]){_any(words.BESIDE_THE_SYSTEM)}(?![\w-])", needs=words.BESIDE_THE_SYSTEM)
_FOR_A_WHILE = LazyPattern(words.FOR_A_WHILE, needs=("temporar", "for the", "during the migration"))
_NOTHING = LazyPattern(r"\s*(?:nothing|none|n/?a|[-—–]+)\s*(?:\Z|[.,;:(—–-])")
_THING = rf"(?:[\w-]+ ){{0,4}}?{_any(words.COMPATIBILITY_THINGS)}\w*+"
_COMPATIBILITY = {
    StageKind(kind): LazyPattern(
        rf"{_any(verbs)} {_THING}(?! {_any(words.PIECES_OF_DESIGN)})", needs=words.COMPATIBILITY_THINGS
    )
    for kind, verbs in words.COMPATIBILITY_VERBS.items()
}
_COMPATIBILITY_GOES = LazyPattern(
    rf"{_THING}(?: layer| code| mode)? {_any(words.COMPATIBILITY_GOES)}(?!\w)", needs=words.COMPATIBILITY_THINGS
)
_ADDED_BESIDE = LazyPattern(words.ADDED_BESIDE)
_MAKES_READY = LazyPattern(words.MAKES_READY, needs=("compatib", "deprecat", "work with both"))
_BEGINNINGS = {StageKind(kind): LazyPattern(_any(begun), needs=begun) for kind, begun in words.BEGINNINGS.items()}
_HEAD = rf"(?=\s*(?:\Z|[^\w\s]|{_any(words.BEHIND_A_HEAD)}(?!\w)))"
_NOUNS = {
    StageKind(kind): LazyPattern(rf"(?<!\w){_any(nouns)}{_HEAD}", needs=nouns) for kind, nouns in words.NOUNS.items()
}
_SWITCH_NOUN = LazyPattern(rf"(?<!\w){_any(words.SWITCH_NOUNS)}{_HEAD}", needs=words.SWITCH_NOUNS)
_TRIED = {
    StageKind(kind): LazyPattern(rf"(?<![\w-]){_any(words.TRIED)} {_any(nouns)}{_HEAD}", needs=nouns)
    for kind, nouns in words.NOUNS.items()
}
_PART = LazyPattern(
    rf"(?:{_any(words.ALSO_OF_PARTS)} (?:[\w-]+ )?{_any(words.PARTS)}s?|{_any(words.PARTS_BY_THEMSELVES)})"
    r" (?:to|onto|into|→|->) ",
    needs=("to ", "→", "->"),
)
_DONE_ELSEWHERE = LazyPattern(words.DONE_ELSEWHERE, needs=("staging", "pre", "sandbox", "test "))
_PRODUCTION = LazyPattern(r"(?<!pre)(?<!pre-)prod|everywhere")
_IN_PARENTHESES = LazyPattern(r"\([^()]*\)")
_REST_OF_WORD = LazyPattern(r"(?<=\w)\w+")
_DECORATION = LazyPattern(r"[\s\W]*(?:the )?(?:final |full |initial |first )?")


def stage_kind(stage: Stage, vocabulary: Vocabulary = DEFAULT) -> Kind:
    """Say what a stage is for by its name."""
    text = stage.heading.name
    kind, words = _kind_of(text, vocabulary)
    return Kind(kind, text.slice(*words).strip() if words else None)


@once_a_text
def _kind_of(text: Text, vocabulary: Vocabulary) -> tuple[StageKind, tuple[int, int] | None]:
    """Say what a name tells of its stage, and from where to where the words stand that tell it."""
    name = fold(text.plain)
    for kind, found in _found(name, _lead(name), tuple(vocabulary.stage_kinds.items())):
        rest = _REST_OF_WORD.match(name, found.end())
        return kind, (found.start(), rest.end() if rest else found.end())
    return StageKind.MIGRATE, None


def changes_something(stage: Stage, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Say whether a stage leaves the system other than it was, as far as its name and its summary tell."""
    name = fold(stage.name)
    if not any(letter.isalnum() for letter in name):
        # What a stage without a name is for, nobody knows.
        return False
    kind = stage_kind(stage, vocabulary).kind
    makes_ready = _MAKES_READY.match(name, _lead(name)) or _ADDED_BESIDE.match(name, _lead(name))
    if not kind.moves and not makes_ready:
        return False
    if _NO_CHANGE.search(name):
        return False
    summary = stage.field(FieldName.WHAT_CHANGES)
    if summary is None:
        return True
    string = folded(summary.value)
    return not _NO_CHANGE.search(string) and not _NOTHING.match(string)


def moves_for_good(stage: Stage, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Say whether a stage takes something of the running system to its new state, and not only for a while."""
    if not stage_kind(stage, vocabulary).kind.moves or not changes_something(stage, vocabulary):
        return False
    summary = stage.field(FieldName.WHAT_CHANGES)
    return _is_for_good(stage.heading.name, folded(summary.value) if summary else "")


@once_a_text
def _is_for_good(text: Text, summary: str) -> bool:
    """Say whether a name and a folded summary speak neither of what is only beside the system nor of a while."""
    name = fold(text.plain)
    return not _BESIDE.search(name) and not _FOR_A_WHILE.search(f"{name}\n{summary}")


def _lead(name: str) -> int:
    found = _DECORATION.match(name)
    return found.end() if found else 0


def _found(name: str, start: int, own_words: _OwnWords) -> Iterator[tuple[StageKind, re.Match[str]]]:
    """Find the words of a folded name that say a kind, the surest ones first."""
    # A name may end with what would be followed by a space.
    spaced = f"{name} "
    own = _own(own_words)
    removed = (StageKind.REMOVE_COMPATIBILITY, _COMPATIBILITY_GOES)
    for kind, pattern in (*own, removed, *_COMPATIBILITY.items()):
        if found := pattern.match(spaced, start):
            yield kind, found
    for pattern in (_MAKES_READY, _ADDED_BESIDE):
        if found := pattern.match(spaced, start):
            yield StageKind.ADD_COMPATIBILITY, found
    part = _PART.match(spaced, start)
    if part is None:
        yield from _tried(name, start)
        for kind, pattern in _BEGINNINGS.items():
            if found := pattern.match(spaced, start):
                yield kind, found
    yield from _inside(name, part.end() if part else start)


def _tried(name: str, start: int) -> Iterator[tuple[StageKind, re.Match[str]]]:
    """Find what is only tried: elsewhere, or by the word behind the deed where the name does not order the deed."""
    if (found := _DONE_ELSEWHERE.match(name, start)) and not _PRODUCTION.search(name, found.end()):
        yield StageKind.PREPARE, found
    orders = _MOVING.match(name, start)
    for kind, pattern in _TRIED.items():
        found = pattern.search(name, start)
        if found and (orders is None or found.start() == start):
            yield kind, found


def _inside(name: str, start: int) -> Iterator[tuple[StageKind, re.Match[str]]]:
    """Find the words inside a name, without what it says in parentheses and of the time before and after."""
    core = _AFTER.sub(_blank, _IN_PARENTHESES.sub(_blank, name))
    if found := _SWITCH_NOUN.search(core, start):
        yield StageKind.SWITCH, found
    if found := _MOVING.search(core, start):
        yield StageKind.MIGRATE, found
    for kind, pattern in _NOUNS.items():
        if found := pattern.search(core, start):
            yield kind, found
    if around := _AFTER.match(name, start):
        if around[0].startswith(("pre", "before")):
            yield StageKind.PREPARE, around
        elif not core.strip():
            yield StageKind.CLEAN_UP, around


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


@lru_cache(maxsize=4)
def _own(stage_kinds: _OwnWords) -> tuple[tuple[StageKind, LazyPattern], ...]:
    """Make the patterns of a team's own words."""
    folded_words = ((StageKind(kind), tuple(map(fold, own))) for kind, own in stage_kinds if own)
    return tuple((kind, LazyPattern(rf"{_any(own)}(?!\w)", needs=own)) for kind, own in folded_words)
