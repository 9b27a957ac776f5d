"""Colours for the terminal, and whether they are wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

_CODES = {
    "error": "1;31",  # bold red
    "warning": "1;33",  # bold yellow
    "info": "1;36",  # bold cyan
    "path": "1",  # bold
    "dim": "2",
}


class Stream(Protocol):
    """What is asked of a stream: whether it is a terminal."""

    def isatty(self) -> bool:
        """Say whether a person reads the stream."""


def color_wanted(mode: str, stream: Stream) -> bool:
    """Decide for ``--color``: ``always``, ``never``, or ``auto``, where the environment and then the terminal decide.

    ``NO_COLOR`` wins over ``FORCE_COLOR`` and ``CLICOLOR_FORCE``, and these win over ``TERM=dumb`` and a stream that is
    no terminal. Empty variables count as not set, and so does a 0 for the two that force.
    """
    if mode != "auto":
        return mode == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def painter(*, color: bool) -> Callable[[str, str], str]:
    """Give the function that paints a text in a style: a severity's word, ``path`` or ``dim``."""
    return _paint if color else _leave


def _paint(style: str, text: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def _leave(_style: str, text: str) -> str:
    return text
