"""Compare words as people write them: case and spaces aside, and small slips forgiven."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A section number, an emoji or another mark before a heading's or label's first word.
_LEAD = LazyPattern(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?\s+|[^\w\s({\[<]+\s*)")
_APPENDIX = LazyPattern(r"\Aappendix\s+\w{1,2}\s*[:.—–-]\s*", re.IGNORECASE)
_TRAIL = LazyPattern(r"[\s:：.!?*_#]+\Z")
_COLON = LazyPattern(r"[\s:：*_#]+\Z")

#: Longer than any name in the guide, with slips: nothing beyond it is looked at.
_LONGEST = 80


def normal(string: str) -> str:
    """Bring a label to the form in which labels are compared: lower case, single spaces, no colon at its end."""
    return _normal(string[: 4 * _LONGEST])


# Labels and names of stages are few, and asked for again and again.
@lru_cache(maxsize=4096)
def _normal(string: str) -> str:
    return _TRAIL.sub("", " ".join(string.split()).casefold())


def normal_heading(string: str) -> str:
    """Bring a heading to the form in which headings are compared, without a section number or an emoji before it."""
    text = string[: 4 * _LONGEST].strip()
    text = _APPENDIX.sub("", text)
    while (lead := _LEAD.match(text)) is not None:
        text = text[lead.end() :]
    return normal(text)


def heading_words(string: str) -> tuple[int, int]:
    """Say from where to where the words of a heading stand that `normal_heading` looks at, with a question mark."""
    start = len(string) - len(string.lstrip())
    appendix = _APPENDIX.match(string[start:])
    start += appendix.end() if appendix else 0
    while (lead := _LEAD.match(string, start)) is not None:
        start = lead.end()
    return start, max(start, len(_COLON.sub("", string)))


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Find the one candidate that a word is a slip of: one edit in five letters or more, two in eight or more."""
    if len(word) > _LONGEST:
        return None
    best: str | None = None
    fewest = _allowed(word) + 1
    for candidate in candidates:
        if abs(len(candidate) - len(word)) < fewest:
            edits = distance(word, candidate)
            # Slips seldom hit the first letter: scrollback is no rollback.
            if edits < fewest and (edits < 2 or word[:1] == candidate[:1]):  # noqa: PLR2004
                best, fewest = candidate, edits
    return best


def distance(one: str, other: str) -> int:
    """Count the edits between two words: letters added, lost, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            edits = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                edits = min(edits, last[j - 2] + 1)
            row.append(edits)
    return row[-1]


def _allowed(word: str) -> int:
    # Short words have too many neighbours that are words themselves: disk and risk.
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2  # noqa: PLR2004
