"""Quote an author in a message."""

from __future__ import annotations

_LONGEST = 60


def quote(text: str) -> str:
    """Put a text in quotes on one line, cut short where it is long."""
    words = " ".join(text[: 4 * _LONGEST].split())
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    return f"'{words}'"
