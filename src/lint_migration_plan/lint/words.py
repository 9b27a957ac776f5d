"""Turn the vocabulary of a configuration into the words that plans are read with."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lint_migration_plan.plan.nodes import FieldName, Risk
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.vocabulary import DEFAULT, Vocabulary

if TYPE_CHECKING:
    from lint_migration_plan.config.settings import VocabularySettings


def vocabulary_of(settings: VocabularySettings) -> Vocabulary:
    """Add a team's words to the guide's."""
    return _vocabulary(
        tuple(settings.stage_words),
        tuple((name, tuple(words)) for name, words in settings.labels.items()),
        tuple((name, tuple(words)) for name, words in settings.layers.items()),
        tuple((name, tuple(words)) for name, words in settings.risks.items()),
        settings.hours_per_day,
        settings.date_order,
    )


Words = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=8)
def _vocabulary(
    stage_words: tuple[str, ...], labels: Words, layers: Words, risks: Words, hours_per_day: float, date_order: str | None
) -> Vocabulary:
    fields = {name.value.lower(): name for name in FieldName}
    return Vocabulary(
        stage_words=DEFAULT.stage_words | {normal(word) for word in stage_words},
        labels={**DEFAULT.labels, **{normal(word): fields[name.lower()] for name, words in labels for word in words}},
        layers={
            **DEFAULT.layers,
            **{normal(name): normal(name) for name, _ in layers},
            **{normal(word): normal(name) for name, words in layers for word in words},
        },
        risks={**DEFAULT.risks, **{normal(word): Risk[name.upper()] for name, words in risks for word in words}},
        hours_per_day=hours_per_day,
        date_order=date_order,
    )
