"""How text lies on a terminal: the characters that share a place, and the columns that they take."""

from __future__ import annotations

import re
from typing import NamedTuple

# Characters that take one column each, whatever stands beside them: Latin, dashes, quotes, currencies, arrows, boxes.
# Nearly every line of a plan is made of these, and `wcwidth` takes longer to import than such a plan to judge.
_NARROW = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u257f]*"
)

# A family of emoji has ten code points or so; what goes on longer is a trick to keep us measuring.
_LONGEST_JOINED = 32


class Cell(NamedTuple):
    """What a terminal shows as one: ``start`` is the index of its first piece, ``width`` its columns."""

    text: str
    start: int
    width: int


def width(text: str) -> int:
    """Count the columns that a text without control characters takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth

    return wcswidth(text)


def cells(pieces: list[str]) -> list[Cell]:
    """Join the pieces that a terminal shows as one: a letter and its accents, the parts of an emoji."""
    if _NARROW.fullmatch("".join(pieces)):
        return [Cell(piece, start, len(piece)) for start, piece in enumerate(pieces)]
    texts: list[str] = []
    starts: list[int] = []
    for start, piece in enumerate(pieces):
        if texts and _belongs_to(texts[-1], piece):
            texts[-1] += piece
        else:
            texts.append(piece)
            starts.append(start)
    return [Cell(text, start, width(text)) for text, start in zip(texts, starts, strict=True)]


def _belongs_to(cell: str, piece: str) -> bool:
    # An escape or an expanded tab is plain text and has several characters.
    if _NARROW.fullmatch(piece) and not cell.endswith("\u200d"):
        return False
    if width(piece) == 0:
        return True
    return len(cell) < _LONGEST_JOINED and width(cell + piece) <= width(cell)
