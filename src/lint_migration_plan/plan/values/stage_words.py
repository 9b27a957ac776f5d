"""How stages are named by word and number, as patterns over folded strings and running texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import OTHER_STAGE_WORDS, STAGE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

#: More stages than any plan has: a value that names more is not spelled out.
MOST_STAGES = 100
TOO_MANY = f"it names more than {MOST_STAGES} stages"
BACKWARDS = "the range runs backwards"

_NUMBER = r"\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![\w%]|\.\w)"
#: A letter is a stage's number only with a space before it; "stage a" needs more certainty than a pattern has.
_LABEL = rf"(?:{_NUMBER}|(?<![^\s#№–—-])[a-z](?!\w))"
#: In a running text it is a capital, and the N of "Stage N-1" is none: that is the guide's placeholder.
_MENTIONED = rf"(?:{_NUMBER}|[B-HJ-Z](?!\w|\s?[-–—+]\s?\d))"


class Patterns(NamedTuple):
    """The patterns for the words of one vocabulary.

    ``worded`` is a word with a number, ``range`` the second half of a range, ``every`` all stages or all before.
    """

    worded: LazyPattern
    range: LazyPattern
    every: LazyPattern


BARE = LazyPattern(rf"(?P<label>{_NUMBER})")


def stage_label(number: str) -> str:
    """Bring a stage's number to the form in which stages are compared: "02" is "2", "2.B" is "2.b"."""
    return re.sub(r"(?<![\d.])0+(?=\d)", "", fold(number).strip())


@lru_cache(maxsize=8)
def patterns(words: frozenset[str]) -> Patterns:
    """Make the patterns for a vocabulary's words; the words of other teams and languages are always known."""
    word = rf"(?:{_any_of((*words, STAGE_WORD, *OTHER_STAGE_WORDS))})"
    before = r"(?:previous|prior|earlier|preceding|foregoing|former|vorherigen?|précédentes?|anteriores|предыдущие)"
    return Patterns(
        worded=LazyPattern(
            rf"第?{word}s?\s*[#№]?\s*(?P<label>{_LABEL})|第\s?(?P<counted>\d{{1,4}})\s?{word}",
        ),
        range=LazyPattern(
            rf"(?P<dash>\s*(?:-|–|—|~|\.\.\.?|…|→|->)\s*|\s(?:to|through|thru|until|bis)\s+)"
            rf"(?:{word}s?\s*[#№]?\s*)?(?P<label>{_LABEL})",
            needs=("-", "–", "—", "~", "..", "…", "→", "to", "thr", "until", "bis"),
        ),
        every=LazyPattern(
            rf"(?:(?P<all>all|every|each|any)\s+(?:of\s+)?)?(?:the\s+)?{before}\s+(?P<what>{word}s?)(?!\w)"
            rf"|(?:all|everything)(?:\s+{word}s?)?\s+(?:before|above)(?:\s+(?:it|this)(?:\s+(?:one|stage))?)?(?!\w)"
            rf"|(?P<whole>(?:all|every)(?:\s+{word}s?)?)(?=\s*(?:\Z|[(,;.—–]))",
            needs=(
                *("previous", "prior", "earlier", "preceding", "foregoing", "former", "vorherige", "précédente"),
                *("anteriores", "предыдущие", "all", "every"),
            ),
        ),
    )


@lru_cache(maxsize=8)
def mention(words: frozenset[str]) -> LazyPattern:
    """Make the pattern for stages that a running text names, in any letter case: "Stage 2", "stages 2, 3 and 4"."""
    return LazyPattern(
        # No part of a path, an option or a name: "--stage 2", "phase2.sh".
        rf"(?<![\w/.=$-])(?i:{_any_of(words)})(?P<plural>(?i:s))?(?:\s+|(?<=[^\x00-\u2fff])\s*)[#№]?"
        rf"(?P<labels>{_MENTIONED}(?:(?:\s?[-–/&]\s?|(?(plural)(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or|to|through)\s)|(?!)))"
        rf"{_MENTIONED})*)"
    )


#: One number, or a range of two, within what `mention` found.
MENTIONED = LazyPattern(rf"(?P<first>{_MENTIONED})(?:(?:\s?[-–]\s?|\s(?:to|through)\s)(?P<last>{_MENTIONED}))?")


def expand(first: str, last: str) -> list[str] | str:
    """Spell a range of two labels out, or say why it is none."""
    outer, _, one = first.rpartition(".")
    other_outer, _, other = last.rpartition(".")
    if one.isdecimal() and other.isdecimal() and outer == other_outer:
        prefix = f"{outer}." if outer else ""
        if int(other) < int(one):
            return BACKWARDS
        if int(other) - int(one) >= MOST_STAGES:
            return TOO_MANY
        return [f"{prefix}{number}" for number in range(int(one), int(other) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(code) for code in range(ord(first), ord(last) + 1)] or BACKWARDS
    return [first] if first == last else [first, last]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
