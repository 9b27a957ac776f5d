"""Tell whether a plan is in English, and whether it is surely in another language; it may be too short for either.

The first is for facts that rest on English words being absent, the second for fixes that put English words in.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lint_migration_plan.plan.facts.texts import texts_of, work_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan

#: Words that hardly any English text does without, and that no other language shares.
_ENGLISH = frozenset(("the", "to", "and", "of", "for", "with", "from", "by", "is", "are", "that", "it", "which"))
#: Words that hardly any text in other languages of Europe does without, and that English has not, nor code in it.
_FOREIGN = frozenset(
    (
        *("le", "les", "des", "du", "et", "une", "est", "dans", "avec", "sur", "qui", "pas", "aux", "sont", "pour"),
        *("der", "das", "und", "für", "ist", "nicht", "auf", "den", "dem", "wird", "werden", "eine", "von", "zu"),
        *("el", "los", "las", "del", "para", "que", "una", "por", "se", "y", "está", "más"),
        *("dos", "uma", "não", "são", "pelo", "pela", "mais"),
        *("il", "gli", "della", "delle", "che", "nel", "sono"),
        *(
            "de",
            "het",
            "een",
            "voor",
            "niet",
            "och",
            "att",
            "för",
            "som",
            "på",
            "av",
            "til",
            "ikke",
            "og",
            "skal",
            "fra",
        ),
        *("nie", "się", "oraz", "jest", "przez", "ve", "bir", "ile", "için", "hogy", "și", "sekä", "että"),
    )
)
#: Letters from here on are those of Greek, Cyrillic and scripts further east.
_BEYOND_LATIN = "\u0370"
#: Fewer of them, or always the same one, may be a name or a quotation.
_FEWEST_FOREIGN = 5
_FEWEST_DIFFERENT = 3
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


@once_a_plan
def is_foreign(plan: Plan) -> bool:
    """Say whether a plan is told in another language, with words enough to be sure."""
    words = (word for text in texts_of(plan.blocks) for word in _WORD.findall(text.prose.lower()))
    some = list(islice(words, _MOST_WORDS))
    foreign = [word for word in some if word in _FOREIGN or word[0] >= _BEYOND_LATIN]
    return (
        len(foreign) >= _FEWEST_FOREIGN
        and len(set(foreign)) >= _FEWEST_DIFFERENT
        and len(foreign) > sum(word in _ENGLISH for word in some)
    )
