"""Tell whether a plan is in English, for facts that rest on English words being absent."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan

#: Words that hardly any English text does without, and that no other language shares.
_ENGLISH = frozenset(("the", "to", "and", "of", "for", "with", "from", "by", "is", "are", "that", "it", "which"))
#: In ordinary English it is one word in four or five; lists of orders have fewer.
_LEAST_SHARE = 0.04
_MOST_WORDS = 2000

_WORD = LazyPattern(r"[^\W\d_]+")


@once_a_plan
def is_english(plan: Plan) -> bool:
    """Say whether what the stages do is told in English."""
    words = (word for stage in plan.stages for text in work_texts(stage) for word in _WORD.findall(text.plain.lower()))
    some = list(islice(words, _MOST_WORDS))
    return sum(word in _ENGLISH for word in some) >= max(_LEAST_SHARE * len(some), 1)
