"""Words of a document where an editor does more than show them: in Markdown, and in messages that it makes links of.

A plan may come from a stranger, and so may the configuration beside it. What they say must not become a link, a picture
that is fetched, HTML, or a command of the editor.
"""

from __future__ import annotations

import re

from lint_migration_plan.report.safe import safe_text

_LONGEST = 200
_TICKS = re.compile(r"`+")


def as_code(text: str) -> str:
    """Give a text as code in Markdown, on one line and cut short where it is long: nothing within has a meaning."""
    words = safe_text(" ".join(text[: 4 * _LONGEST].split()))
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    if not words:
        return "` `"
    fence = "`" * (max(map(len, _TICKS.findall(words)), default=0) + 1)
    gap = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{gap}{words}{gap}{fence}"


def as_message(text: str) -> str:
    """Give a message that is shown by itself: VS Code makes a link, even one to a command, of ``[words](target)``."""
    return safe_text(text).replace("](", "] (")
