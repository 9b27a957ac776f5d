"""Put lists and counts into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Join words as a sentence does: ``a, b and c``."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last


def counted(number: int, word: str) -> str:
    """Put a number before a word: ``1 cell``, ``2 cells``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
