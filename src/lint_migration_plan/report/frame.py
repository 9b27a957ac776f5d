"""A source line as it is shown under a diagnostic, and the place of the caret below it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from lint_migration_plan.report.cells import Cell, cells, width
from lint_migration_plan.report.safe import safe_pieces

#: What stands for the part of a line that is left out.
ELLIPSIS = "…"

# A tab is shown as wide as Markdown counts it at the start of a line, which is where it stands; everywhere else too, so
# that a cut line need not be measured from its start.
_TAB = "    "

# The columns that stay for what stands around a span, however long it is.
_AROUND = 20


class Frame(NamedTuple):
    """A line to show, safe to print, with the column (from 0) and the length of the underline below it."""

    text: str
    offset: int
    length: int


def frame(line: str, start: int, end: int, room: int) -> Frame:
    """Show a line in at most ``room`` columns, its characters from ``start`` to ``end`` underlined.

    Both count from 0, the end is exclusive. Where they are the same, one column is underlined: that of the character
    there, or the one behind the last. There must be room for 30 columns or more.
    """
    start = min(max(start, 0), len(line))
    # A line may have millions of characters; what lies further away than this has no room to be shown.
    first, last = max(start - 2 * room, 0), min(start + 2 * room, len(line))
    shown = cells([_TAB if piece == r"\t" else piece for piece in safe_pieces(line[first:last])])
    starts = [first + cell.start for cell in shown]
    # A span may start or end within what a terminal shows as one; all of it is underlined then.
    caret = max(bisect_right(starts, start) - 1, 0) if start < last else len(shown)
    stop = max(bisect_left(starts, end), caret)

    low, high = 0, len(shown)
    # Where the text was cut off, an emoji may have been cut apart.
    if first > 0 and caret > low:
        low += 1
    if last < len(line) and caret < high - 1:
        high -= 1
    # One column is kept for a caret behind the last character.
    if first > 0 or last < len(line) or sum(cell.width for cell in shown) >= room:
        low, high = _cut(shown[:high], low, caret, stop, room - 1 - 2 * len(ELLIPSIS))
    before = ELLIPSIS if first > 0 or low > 0 else ""
    after = ELLIPSIS if last < len(line) or high < len(shown) else ""
    offset = _width(shown[low:caret])
    underline = _width(shown[low : min(stop, high)]) - offset
    return Frame(before + _text(shown[low:high]) + after, len(before) + offset, max(underline, 1))


def _cut(shown: list[Cell], low: int, caret: int, stop: int, budget: int) -> tuple[int, int]:
    """Choose the cells to show: of the span what fits, then what stands around it, on either side by turns."""
    left = right = caret
    used = 0
    while right < min(stop, len(shown)) and used + shown[right].width <= budget - _AROUND:
        used += shown[right].width
        right += 1
    grows = True
    while grows:
        grows = False
        if right < len(shown) and used + shown[right].width <= budget:
            used += shown[right].width
            right += 1
            grows = True
        if left > low and used + shown[left - 1].width <= budget:
            left -= 1
            used += shown[left].width
            grows = True
    return left, right


def _text(shown: list[Cell]) -> str:
    return "".join(cell.text for cell in shown)


def _width(shown: list[Cell]) -> int:
    return width(_text(shown))
