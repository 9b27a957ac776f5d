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

# The columns before a long span that are kept when the line is cut.
_LEAD = 20


class Frame(NamedTuple):
    """A line to show, safe to print, with the column (from 0) and the length of the underline below it."""

    text: str
    offset: int
    length: int


def frame(line: str, start: int, end: int, room: int) -> Frame:
    """Show a line in at most ``room`` columns, with its characters from ``start`` to ``end`` (from 0, exclusive) underlined.

    Where ``start`` is ``end``, one column is underlined: the character there, or the place behind the last one.
    """
    start = min(max(start, 0), len(line))
    # A line may have millions of characters; what lies further away than this has no room to be shown.
    first, last = max(start - 2 * room, 0), min(start + 2 * room, len(line))
    shown = cells([_TAB if piece == r"\t" else piece for piece in safe_pieces(line[first:last])])
    starts = [cell.start for cell in shown]
    # A span may start or end within what a terminal shows as one; all of it is underlined then.
    caret = max(bisect_right(starts, start - first) - 1, 0) if start < last else len(shown)
    stop = max(bisect_left(starts, end - first), caret)

    # One column is kept for a caret behind the last character.
    if first == 0 and last == len(line) and sum(cell.width for cell in shown) < room:
        left, right = 0, len(shown)
    else:
        left, right = _cut(shown, caret, stop, room - 1 - 2 * len(ELLIPSIS))
    before = ELLIPSIS if left > 0 or first > 0 else ""
    after = ELLIPSIS if right < len(shown) or last < len(line) else ""
    offset = _width(shown[left:caret])
    underline = _width(shown[left : min(stop, right)]) - offset
    return Frame(before + _text(shown[left:right]) + after, len(before) + offset, max(underline, 1))


def _cut(shown: list[Cell], caret: int, stop: int, budget: int) -> tuple[int, int]:
    """Choose the cells to show: the span and what stands around it, as far as the columns of the budget go."""
    left = right = caret
    used = 0
    while left > 0 and used + shown[left - 1].width <= _LEAD:
        left -= 1
        used += shown[left].width
    while right < stop and used + shown[right].width <= budget:
        used += shown[right].width
        right += 1
    grows = right >= stop
    while grows:
        grows = False
        if right < len(shown) and used + shown[right].width <= budget:
            used += shown[right].width
            right += 1
            grows = True
        if left > 0 and used + shown[left - 1].width <= budget:
            left -= 1
            used += shown[left].width
            grows = True
    return left, right


def _text(shown: list[Cell]) -> str:
    return "".join(cell.text for cell in shown)


def _width(shown: list[Cell]) -> int:
    return width(_text(shown))
