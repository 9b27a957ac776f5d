r"""Text made safe to print in one line of a terminal or of a build log.

Messages, paths and source lines carry what an author wrote, and some characters do more than show themselves:

- Controls (escape sequences, line ends, tabs), U+2028 and U+2029, the marks that reorder what stands around them
  (bidi), U+FEFF, U+FFFE, U+FFFF and lone surrogates become visible escapes such as ``\x1b``, ``\n`` and ``\u202e``.
- Build services take commands from the lines of a log: ``##[…]``, ``##vso[…]`` and ``##teamcity[…]`` anywhere. A
  backslash before the bracket breaks them, and a reader hardly notices: ``##vso\[…]``.
- ``::`` is a command only where it opens a line, so only what opens a line is guarded: `safe_line_start`. A message
  or a source line stands behind something else, and ``::: note`` stays as it is.

Everything else stays: joined emoji, combining marks, scripts that run from right to left. A backslash is not doubled:
the text is for reading, and whoever needs the true one takes JSON.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
    r"|\[(?:(?<=##\[)|(?<=##(?i:vso)\[)|(?<=##(?i:teamcity)\[))"
)

# Characters that Python itself does not escape.
_ESCAPES = {"[": r"\[", ":": r"\:", " ": r"\x20"}


def safe_text(text: str) -> str:
    """Make text safe where something of ours stands before it in the line."""
    # Nothing that prints has to be escaped, and nearly every text does print.
    if text.isprintable() and "##" not in text:
        return text
    return _UNSAFE.sub(_escape_match, text)


def safe_line_start(text: str) -> str:
    """Make text safe that opens a line: it neither begins with a space nor, spaces aside, with a colon."""
    safe = safe_text(text)
    opens = safe[:1]
    return _escape(opens) + safe[1:] if opens == ":" or opens.isspace() else safe


def safe_pieces(text: str) -> list[str]:
    """Make text safe and keep it in pieces: what each of its characters is shown as."""
    pieces = list(text)
    if not text.isprintable() or "##" in text:
        for match in _UNSAFE.finditer(text):
            pieces[match.start()] = _escape(match[0])
    return pieces


def _escape_match(match: re.Match[str]) -> str:
    return _escape(match[0])


def _escape(char: str) -> str:
    return _ESCAPES.get(char) or char.encode("unicode_escape").decode("ascii")
