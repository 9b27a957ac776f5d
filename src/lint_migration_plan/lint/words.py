"""Turn the vocabulary of a configuration into the words that plans are read with."""

from __future__ import annotations

from collections import deque
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lint_migration_plan.config.settings import VocabularySettings
from lint_migration_plan.config.words import WEEKDAYS
from lint_migration_plan.plan.orderings import Milestone, Ordering, Pair
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import FieldName, Risk
from lint_migration_plan.plan.vocabulary import DEFAULT, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lint_migration_plan.config.settings import OrderingSettings

T = TypeVar("T")

_NOTHING_OWN = VocabularySettings()


def vocabulary_of(
    settings: VocabularySettings, orderings: Mapping[str, OrderingSettings] = MappingProxyType({})
) -> Vocabulary:
    """Add a team's words and orderings to the guide's; the same settings give the same vocabulary."""
    if not orderings and settings == _NOTHING_OWN:
        return DEFAULT
    for known in _built:
        if known.settings == settings and known.orderings == orderings:
            return known.vocabulary
    vocabulary = _build(settings, orderings)
    _built.appendleft(_Built(settings, orderings, vocabulary))
    return vocabulary


class _Built(NamedTuple):
    """A vocabulary and what it was made of."""

    settings: VocabularySettings
    orderings: Mapping[str, OrderingSettings]
    vocabulary: Vocabulary


#: The newest ones, for what is known of texts is known by a vocabulary (`plan.once`).
_built: deque[_Built] = deque(maxlen=8)


def _build(settings: VocabularySettings, orderings: Mapping[str, OrderingSettings]) -> Vocabulary:
    return Vocabulary(
        stage_words=DEFAULT.stage_words | {normal(word) for word in settings.stage_words},
        labels={**DEFAULT.labels, **_by_word(settings.labels, _field_name)},
        layers={**DEFAULT.layers, **{normal(name): normal(name) for name in settings.layers}}
        | _by_word(settings.layers, normal),
        risks={**DEFAULT.risks, **_by_word(settings.risks, lambda name: Risk[name.upper()])},
        hours_per_day=settings.hours_per_day,
        working_days=frozenset(_weekday(word) for word in settings.working_days),
        date_order=settings.date_order,
        stage_kinds=settings.stage_kinds,
        coupled_pairs=tuple(dict.fromkeys((*DEFAULT.coupled_pairs, *map(_pair, settings.coupled_pairs)))),
        compatible=settings.compatible,
        removable=settings.removable,
        orderings={**DEFAULT.orderings, **{name: _ordering(name, given) for name, given in orderings.items()}},
    )


def _ordering(name: str, settings: OrderingSettings) -> Ordering:
    milestones = (
        Milestone(milestone, line=milestone, phrases=phrases or (milestone,))
        for milestone, phrases in settings.milestones.items()
    )
    pairs = (Pair(pair.first, pair.then, pair.why) for pair in settings.pairs)
    return Ordering(name, f"the ordering {name}", tuple(milestones), tuple(pairs))


def _by_word(table: Mapping[str, tuple[str, ...]], meaning: Callable[[str], T]) -> dict[str, T]:
    """Turn a table of names, each with its words, into one of words, each with what its name means."""
    return {normal(word): meaning(name) for name, words in table.items() for word in words}


def _pair(layers: tuple[str, str]) -> tuple[str, str]:
    """Bring a pair to the form of the known ones: code/data is the pair data/code."""
    one, other = map(normal, layers)
    return next((known for known in DEFAULT.coupled_pairs if set(known) == {one, other}), (one, other))


def _weekday(word: str) -> int:
    return next(number for number, words in enumerate(WEEKDAYS) if word in words)


def _field_name(label: str) -> FieldName:
    return next(name for name in FieldName if name.value.lower() == label.lower())
