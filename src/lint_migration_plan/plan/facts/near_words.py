"""Find the text that another was made of by putting some of its words differently.

An index of the beginnings of words keeps this near linear: two texts are compared only where they share a word that is
not in most of the others too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

#: Words that say nothing of what a text is about.
_COMMON_WORDS = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "no",
            "not",
            "of",
            "in",
            "on",
            "to",
            "for",
            "and",
        ),
        *("or", "with", "without", "by", "at", "from", "its", "it", "there", "that", "this", "has", "have", "does"),
        *("do", "nobody", "nothing"),
    )
)
#: Endings differ where a text is put into other words: as much of a word is compared.
_STEM = 4
#: Of all words of both texts, how many must be in both.
_SHARE = 0.6
#: A word that so many texts have leads to none of them.
_MANY = 30
#: Among more texts than these no slips of the pen are looked for: each comparison takes its time.
_FEW = 50


class NearWords:
    """Some texts in the form of `gap_titles.gap_words`, to be found by others that are like them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._stems = [_stems(text) for text in texts]
        self._places: dict[str, list[int]] = {}
        for place, stems in enumerate(self._stems):
            for stem in stems:
                self._places.setdefault(stem, []).append(place)

    def nearest(self, text: str, taken: Container[int]) -> int | None:
        """Give the place of the text that is most like this one, those that are taken left out; None for none."""
        stems = _stems(text)
        rare = (self._places.get(stem, ()) for stem in stems)
        candidates = {place for places in rare if len(places) <= _MANY for place in places if place not in taken}
        best, share = None, _SHARE
        for place in sorted(candidates):
            other = self._stems[place]
            shared = 2 * len(stems & other) / (len(stems) + len(other))
            if shared > share or (best is None and shared == share):
                best, share = place, shared
        if best is None and len(self._texts) <= _FEW:
            free = {other: place for place, other in enumerate(self._texts) if place not in taken}
            best = free.get(nearest(text, free) or "")
        return best


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in text.split() if word not in _COMMON_WORDS)
