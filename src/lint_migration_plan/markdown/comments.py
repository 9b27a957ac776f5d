"""HTML comments in raw Markdown, in one pass: a pattern takes the square of the length where none of them ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS, _ENDS = "<!--", "-->"


def comment_spans(markdown: str) -> Iterator[Span]:
    """Find the comments in a text, marks included; one that does not end is none."""
    end = 0
    while (start := markdown.find(_OPENS, end)) >= 0:
        close = markdown.find(_ENDS, start + len(_OPENS))
        if close < 0:
            return
        end = close + len(_ENDS)
        yield Span(start, end)


def without_comments(markdown: str) -> str:
    """Leave the comments out of a text."""
    parts = []
    behind = 0
    for start, end in comment_spans(markdown):
        parts.append(markdown[behind:start])
        behind = end
    return "".join((*parts, markdown[behind:])) if behind else markdown
