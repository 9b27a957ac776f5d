"""Links of a document to its own headings, and what they must read when headings change.

A heading is named as GitHub and most others do it: by its words in lower case, with hyphens, and a number behind where
the name is taken already. Some write one hyphen where several would follow one another, so both forms are known.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Code, Heading, walk_blocks
from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lint_migration_plan.markdown.document import Document

#: ``[text](#name)``, ``[label]: #name``, ``<a href="#name">``.
_LINK = LazyPattern(
    r"(?:\]\([ \t]*<?|(?:^|(?<=\r))[ ]{0,3}\[[^\]\r\n]{1,200}\]:[ \t]*<?|\bhref[ \t]{0,9}=[ \t]{0,9}[\"'])"
    r"#(?P<name>[^\s()<>\"']+)",
    re.MULTILINE | re.IGNORECASE,
)
#: Places that have a name of their own, whatever the headings are called.
_NAMED = LazyPattern(r"\b(?:id|name)[ \t]{0,9}=[ \t]{0,9}[\"']([^\"'\s]+)|\{#([\w.:-]+)", re.IGNORECASE)


def carried(document: Document, edits: Mapping[Span, str]) -> dict[Span, list[tuple[Span, str]]]:
    """Say what links must read after edits of headings.

    The keys are the spans of the headings' texts, the values the places of the links' targets with the new ones.
    """
    links = _links(document)
    if not links:
        return {}
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    edited = _Edited(document, edits)
    before = [heading.text.plain for heading in headings]
    after = [edited.plain(heading) for heading in headings]
    moved: dict[Span, list[tuple[Span, str]]] = {}
    known: set[str] = set()
    for form in (_slug, _short_slug):
        names = list(_numbered(map(form, before)))
        for heading, old, new in zip(headings, names, _numbered(map(form, after)), strict=True):
            if old != new and old not in known and old in links:
                moved.setdefault(heading.text.span, []).extend((span, new) for span in links[old])
        known.update(names)
    return moved


def _links(document: Document) -> dict[str, list[Span]]:
    """Find the links within the document, by the names that they lead to in lower case."""
    text = document.source.text
    found = list(_LINK.finditer(text)) if "#" in text else []
    if not found:
        return {}
    taken = {name.lower() for match in _NAMED.finditer(text) for name in match.groups() if name}
    code = sorted(block.span for block in walk_blocks(document.blocks) if isinstance(block, Code))
    links: dict[str, list[Span]] = {}
    for match in found:
        name = match["name"].lower()
        if name not in taken and not _is_code(match.start(), document, code):
            links.setdefault(name, []).append(Span(*match.span("name")))
    return links


def _is_code(offset: int, document: Document, blocks: list[Span]) -> bool:
    index = bisect_left(blocks, (offset + 1, 0)) - 1
    if index >= 0 and offset < blocks[index].end:
        return True
    line = document.source.line_span(document.source.position(offset).line - 1)
    return document.source.text.count("`", line.start, offset) % 2 == 1


class _Edited:
    """Headings as they read after edits."""

    def __init__(self, document: Document, edits: Mapping[Span, str]) -> None:
        self._text = document.source.text
        self._edits = sorted(edits.items())
        self._starts = [span.start for span, _ in self._edits]

    def plain(self, heading: Heading) -> str:
        """Give the visible text."""
        span = heading.text.span
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first == last:
            return heading.text.plain
        # Marks such as those of bold words may stand around the visible text; they are needed to read it anew.
        raw = heading.text.raw
        start = max(self._text.find(raw, *heading.span), heading.span.start)
        end = max(start + len(raw), span.end)
        parts = []
        for edit, new in self._edits[first:last]:
            parts += [self._text[start : edit.start], new]
            start = edit.end
        return literal("".join((*parts, self._text[start:end]))).plain


def _numbered(slugs: Iterable[str]) -> Iterator[str]:
    """Tell names apart that stand several times, as ``name``, ``name-1``, ``name-2``."""
    seen: dict[str, int] = {}
    for slug in slugs:
        number = seen.get(slug, 0)
        seen[slug] = number + 1
        yield f"{slug}-{number}" if number else slug


def _slug(heading: str) -> str:
    """Name a heading as GitHub does: lower case, a hyphen for each space, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _short_slug(heading: str) -> str:
    """Name a heading as those do who write one hyphen where several would follow one another."""
    return re.sub(r"-{2,}", "-", _slug(heading)).strip("-")
