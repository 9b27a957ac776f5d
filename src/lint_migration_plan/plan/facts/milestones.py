"""Find the ordering that a plan follows, and which of its stages are which milestones.

A milestone is found with certainty or not at all: what only may be one is kept beside it, and makes doubtful what would
else be certain. How names are read, `plan.orderings` says.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.stage_kinds import stage_kind
from lint_migration_plan.plan.once import once_a_plan, once_a_text
from lint_migration_plan.plan.orderings import COMMON, NOT_FOR_REAL
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage, StateLine
    from lint_migration_plan.plan.orderings import Milestone, Ordering, Sign

#: How many milestones a plan without a type must show.
ENOUGH = 3

#: What stands for the proper name of the thing that is migrated.
_APPLICATION = "application"

#: The layers whose lines in From and To name the thing that is left, and the one that takes its place.
_NAMING_LAYERS = frozenset(("infrastructure", "data", "dependencies"))

_WORD = LazyPattern(r"(?:non|pre|post|re)-\w+|\w+")
_TIME = LazyPattern(
    r"(?<!\w)\d+(?:\s*[-–]\s*\d+)?\s*(?:h|hours?|d|days?|w|weeks?|min|minutes?|months?)(?!\w)"
    r"|(?<!\w)(?:weeks?|days?|months?)\s+\d+(?:\s*[-–]\s*\d+)?(?!\w)"
)
_ALL = LazyPattern(r"(?<!\w)100 ?%", needs=("100",))
#: Where the words end that name a thing, and those begin that describe it.
_HEAD_END = LazyPattern(
    r"[,;]|[.:]\s|\s[-–—]\s"
    r"|\s(?:with|behind|in|on|of|and|for|at|by|from|to|via|that|which|where|under|using|plus)\s"
)
#: A title that names more than one thing: a name that has one of them is about that one alone.
_SEVERAL = LazyPattern(r"\sand\s|[,&+/]")
_LEAD = LazyPattern(r"\W*(?:(?:the|a|an)\s)?")


class Sighting(NamedTuple):
    """The stages that are a milestone, and those that may be, the former among them, as places in the plan."""

    certain: tuple[int, ...]
    maybe: tuple[int, ...]


class Course(NamedTuple):
    """The ordering that a plan follows, and the stages that are its milestones, by the names of the milestones."""

    ordering: Ordering
    sightings: Mapping[str, Sighting]


class _Words(NamedTuple):
    """Words as data has them: whole ones, beginnings, and whether they take in what From and To name."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    old: bool
    new: bool


class _Named(NamedTuple):
    """What a plan is about: the words of its title and of the things in From and To."""

    known: frozenset[str]
    old: frozenset[str]
    new: frozenset[str]


_NOTHING = _Named(frozenset(), frozenset(), frozenset())


class _Name(NamedTuple):
    """The name of a stage: its words, the whole of it for phrases, its kind, and whether the stage is for real."""

    words: tuple[str, ...]
    phrase: str
    kind: str
    real: bool

    @property
    def speaks_of_practice(self) -> bool:
        """The name itself says that this is not for real."""
        return _any(NOT_FOR_REAL, self.words, _NOTHING)


@once_a_plan
def course(plan: Plan) -> Course | None:
    """Say which ordering a plan follows; None where that, or the order in which its stages run, is not plain."""
    if not _numbers_ascend(plan.stages):
        return None
    orderings = plan.vocabulary.orderings
    named = _named(plan)
    names = [_name(stage, plan) for stage in plan.stages]
    if plan.type is not None:
        ordering = orderings.get(plan.type)
        return _course(ordering, *_called_by_kind(names, named, plan, ordering)) if ordering is not None else None
    courses = [_course(ordering, names, named) for ordering in orderings.values()]
    plain = [found for found in courses if sum(bool(seen.certain) for seen in found.sightings.values()) >= ENOUGH]
    return plain[0] if len(plain) == 1 else None


def _numbers_ascend(stages: Sequence[Stage]) -> bool:
    numbers = [stage.number for stage in stages]
    return all(one is not None and other is not None and one < other for one, other in pairwise(numbers))


def _course(ordering: Ordering, names: Sequence[_Name], named: _Named) -> Course:
    certain: dict[str, list[int]] = {milestone.name: [] for milestone in ordering.milestones}
    maybe: dict[str, list[int]] = {milestone.name: [] for milestone in ordering.milestones}
    read = _reader(ordering, named)
    for place, name in enumerate(names):
        found, others = read(name)
        if found is not None:
            certain[found].append(place)
        for other in others:
            maybe[other].append(place)
    return Course(ordering, {key: Sighting(tuple(certain[key]), tuple(maybe[key])) for key in certain})


# An edit changes the name of one stage at most, and seldom what the plan is about.
@lru_cache(maxsize=8)
def _reader(ordering: Ordering, named: _Named) -> Callable[[_Name], tuple[str | None, tuple[str, ...]]]:
    """Give what says of a name which milestone it is for certain, and which ones it may be, the former among them."""

    @lru_cache(maxsize=1024)
    def read(name: _Name) -> tuple[str | None, tuple[str, ...]]:
        found = _certain(ordering, name, named)
        if found is not None and (name.real or found.trial):
            return found.name, (found.name,)
        return None, tuple(each.name for each in ordering.milestones if _may_be(each, name, named))

    return read


def _certain(ordering: Ordering, name: _Name, named: _Named) -> Milestone | None:
    """Find the one milestone that a name is for certain; a team's own phrase, the longest, comes first."""
    phrases = [
        (len(phrase), milestone)
        for milestone in ordering.milestones
        for phrase in milestone.phrases
        if _begins(name.phrase, _phrase(phrase), 0)
    ]
    if phrases:
        # All words of such a name but the first are unknown.
        return None if name.speaks_of_practice else max(phrases, key=lambda found: found[0])[1]
    found = [milestone for milestone in ordering.milestones if _is(milestone, name, named)]
    return found[0] if len(found) == 1 else None


def _is(milestone: Milestone, name: _Name, named: _Named) -> bool:
    return any(_shows(sign, name, named) and _knows_all(milestone, sign, name, named) for sign in milestone.signs)


def _knows_all(milestone: Milestone, sign: Sign, name: _Name, named: _Named) -> bool:
    own = [_words(words) for words in (sign.verbs, *sign.about, milestone.beside, COMMON)]
    return all(word in named.known or any(_holds(words, word, named) for words in own) for word in name.words)


def _may_be(milestone: Milestone, name: _Name, named: _Named) -> bool:
    if milestone.kind and milestone.kind == name.kind:
        return True
    if any(_shows(sign, name, named) for sign in milestone.signs) or _any(milestone.instead, name.words, named):
        return True
    return any(_contains(name.phrase, _phrase(phrase)) for phrase in milestone.phrases)


def _shows(sign: Sign, name: _Name, named: _Named) -> bool:
    return _any(sign.verbs, name.words, named) and all(_any(words, name.words, named) for words in sign.about)


def _any(words: str, of: Sequence[str], named: _Named) -> bool:
    wanted = _words(words)
    if not wanted.whole.isdisjoint(of):
        return True
    if wanted.beginnings:
        for word in of:
            if word.startswith(wanted.beginnings):
                return True
    return (wanted.old and not named.old.isdisjoint(of)) or (wanted.new and not named.new.isdisjoint(of))


def _holds(words: _Words, word: str, named: _Named) -> bool:
    return (
        word in words.whole
        or word.startswith(words.beginnings)
        or (words.old and word in named.old)
        or (words.new and word in named.new)
    )


@lru_cache(maxsize=256)
def _words(words: str) -> _Words:
    listed = words.split()
    beginnings = tuple(word[:-1] for word in listed if word.endswith("*"))
    return _Words(frozenset(listed), beginnings, "{old}" in listed, "{new}" in listed)


def _named(plan: Plan) -> _Named:
    """Gather what a plan is about; a title that names several things is no help to know one of them."""
    old = _things(plan.overview.from_lines)
    new = _things(plan.overview.to_lines)
    title = plan.title.name.plain if plan.title is not None else ""
    about = () if _SEVERAL.search(title) else _split(fold(title))
    known = {word for word in (*about, *old, *new) if not _holds(_words(NOT_FOR_REAL), word, _NOTHING)}
    return _Named(frozenset(known), (old - new) & known, (new - old) & known)


def _called_by_kind(
    names: Sequence[_Name], named: _Named, plan: Plan, ordering: Ordering
) -> tuple[Sequence[_Name], _Named]:
    """Put "application" for the proper name of what is migrated: "Verify Storefront on the new cluster"."""
    own = _own_name(named, plan, ordering)
    if not own:
        return names, named
    called = [
        name._replace(words=tuple(_APPLICATION if word in own else word for word in name.words)) for name in names
    ]
    return called, named._replace(known=named.known | {_APPLICATION})


def _own_name(named: _Named, plan: Plan, ordering: Ordering) -> tuple[str, ...]:
    """Find the words of the proper name that stages have, nothing where there is none or that is not sure.

    It is the only one, and more than one stage has it: of two things the one may be done with before the other. Where
    all words begin with a capital, none is known for a name.
    """
    signs = [words for milestone in ordering.milestones for words in _all_words(milestone)]
    known = [_words(words) for words in (*signs, COMMON, NOT_FOR_REAL)]
    found: Counter[tuple[str, ...]] = Counter()
    for stage in plan.stages:
        name: list[str] = []
        for word in _WORD.findall(stage.name)[1:]:
            low = fold(word)
            if low not in named.known and any(_holds(words, low, named) for words in known):
                if word.istitle():
                    return ()
            elif low not in named.known and word[0].isupper():
                name.append(low)
                continue
            if name:
                break
        found.update([tuple(name)] if name else ())
    return next(iter(found)) if len(found) == 1 and found.total() > 1 else ()


def _all_words(milestone: Milestone) -> Iterator[str]:
    for sign in milestone.signs:
        yield sign.verbs
        yield from sign.about
    yield from (milestone.beside, milestone.instead)


def _things(lines: Iterable[StateLine]) -> frozenset[str]:
    """Give the words that name the things of a state: "three machines" of "Infrastructure: three machines in Ulm"."""
    found: set[str] = set()
    for line in lines:
        if _NAMING_LAYERS.intersection(line.layers):
            text = fold(line.text.slice(len(line.label.plain) if line.label else 0).plain).lstrip(" :")
            end = _HEAD_END.search(text)
            found.update(_split(text[: end.start()] if end else text))
    common = _words(COMMON).whole
    return frozenset(found - common)


def _name(stage: Stage, plan: Plan) -> _Name:
    summary = stage.field(FieldName.WHAT_CHANGES)
    said = folded(summary.value) if summary is not None else ""
    return _read_name(stage.heading.name, said, stage_kind(stage, plan.vocabulary).kind.value)


@once_a_text
def _read_name(name: Text, summary: str, kind: str) -> _Name:
    text = fold(name.plain)
    words = _split(_TIME.sub(" ", _ALL.sub(" all ", text)))
    real = not _any(NOT_FOR_REAL, _split(summary), _NOTHING)
    return _Name(words, _phrase(text), kind, real)


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=256)
def _phrase(text: str) -> str:
    """Bring a name or a phrase to the form in which they are compared, without an emoji or an article before it."""
    text = " ".join(fold(text).split())
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _begins(text: str, phrase: str, at: int) -> bool:
    """Say whether a phrase stands at a place; Latin words end where their letters do, others may go on."""
    end = at + len(phrase)
    if not phrase or not text.startswith(phrase, at):
        return False
    return not (phrase[-1].isascii() and text[end : end + 1].isalnum() and text[end].isascii())


def _contains(text: str, phrase: str) -> bool:
    at = text.find(phrase) if phrase else -1
    return at >= 0
