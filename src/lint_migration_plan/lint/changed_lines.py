"""Say which lines of a text are not in an older one.

Lines that stand once in either text hold the two together, as in a patience diff; from each of them on, and back, what
is alike is the same. That takes little more than one look at each line, however unlike the texts are. Where it cannot
tell, a line counts as changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def changed_lines(old: Sequence[str], new: Sequence[str]) -> frozenset[int]:
    """Give the indices of the lines of ``new`` that ``old`` has not at their place among the others."""
    same: set[int] = set()
    behind_old = behind_new = 0
    for at_old, at_new in (*_anchors(old, new), (len(old), len(new))):
        # What is alike behind the anchor before, and then before this one.
        while behind_old < at_old and behind_new < at_new and old[behind_old] == new[behind_new]:
            same.add(behind_new)
            behind_old, behind_new = behind_old + 1, behind_new + 1
        back_old, back_new = at_old - 1, at_new - 1
        while back_old >= behind_old and back_new >= behind_new and old[back_old] == new[back_new]:
            same.add(back_new)
            back_old, back_new = back_old - 1, back_new - 1
        behind_old, behind_new = at_old, at_new
    return frozenset(range(len(new))) - same


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Find the longest run of lines, in the order of both texts, that stand once in each."""
    in_old, in_new = Counter(old), Counter(new)
    places = {line: index for index, line in enumerate(old) if in_old[line] == 1 and in_new[line] == 1}
    pairs = [(places[line], index) for index, line in enumerate(new) if line in places]
    # Patience sorting: the last pair of the best run of each length, and the pair before it.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (at_old, _) in enumerate(pairs):
        length = bisect_left(ends, at_old)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(at_old)
            last.append(number)
        else:
            ends[length], last[length] = at_old, number
    run = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
