"""Bring values to one form before they are read: character by character, so that every index stays the author's.

Letters become lower case, fullwidth forms, dashes, quotes and spaces of all kinds the plain ones, and what is struck
out becomes spaces. A line break tag becomes a newline, which no other value holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text

#: How much of a value is looked at. What stands behind it explains, or is no value at all.
LIMIT = 500

#: What may end a value and begin an explanation: the end, a mark, or a dash with a space beside it.
BREAK = r"(?:\s*(?:\Z|[,;:.!()\[—–=\n|])|\s+-|-\s)"

#: Symbols that people put before and behind a value: ticks, circles, signs; arrows are none of them.
EMOJI = r"[\u231a-\u23ff\u2600-\u2793\u2795-\u27bf\u2b1b-\u2b55\U0001f000-\U0001faff]"

_MARKS = {
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\t\r\x0b\x0c\x85", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d\u00ad", "-"),
    **dict.fromkeys("‘’‚‛′＇", "'"),
    **dict.fromkeys("“”„‟″«»「」『』＂", '"'),
    **dict.fromkeys("〜～⁓", "~"),
    "、": ",",
    "。": ".",
    "―": "—",
    "\n": " ",
}
_FULLWIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FORMS = str.maketrans({**_FULLWIDTH, **_MARKS})

_STRUCK = LazyPattern(r"~~[^~]{1,200}~~")
_LINE_BREAK = LazyPattern(r"<br\s*/?>\s*\Z", re.IGNORECASE)


def fold(string: str) -> str:
    """Fold the beginning of a string: as long as the string, but for no more than `LIMIT` characters."""
    return fold_whole(string[:LIMIT])


# Each rule that reads a text folds it anew: the texts of the plan at hand are kept, and with the next ones they go.
@lru_cache(maxsize=4096)
def fold_whole(string: str) -> str:
    """Fold a running text, however long."""
    lower = string.lower()
    if not (lower.isascii() and lower.isprintable()):
        if len(lower) != len(string):
            lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in string)
        lower = lower.translate(_FORMS)
    return _STRUCK.sub(lambda struck: " " * len(struck[0]), lower) if "~~" in lower else lower


@once_a_text
def folded(text: Text) -> str:
    """Fold the beginning of a value."""
    string = fold(text.plain)
    if "<br" not in text.raw.lower():
        return string
    # A tag for a line break shows as a space, and only its source tells it from other spaces.
    return "".join(
        "\n" if char == " " and _LINE_BREAK.match(text.slice(index, index + 1).raw) else char
        for index, char in enumerate(string)
    )
