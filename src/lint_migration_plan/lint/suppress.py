"""Suppressions: HTML comments that say which rules are to be silent where.

``<!-- lint-migration-plan: ignore[rule-a, rule-b] -- reason -->`` alone before a heading covers that heading's section,
alone before another block that block, and at the end of a line, an item or a cell that line; an item may take several
lines, which may be broken elsewhere tomorrow, so all of them are covered. ``ignore-file[...]`` covers the file. A
formatter may put a blank line behind a comment that stands alone: it is the next block that counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.comments import comment_spans
from lint_migration_plan.markdown.document import Block, Heading, Html, List, Paragraph, Table
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.rule import Place, Violation
    from lint_migration_plan.markdown.document import Cell, Document, Item
    from lint_migration_plan.markdown.source import Source

MARK = "lint-migration-plan"

# Nothing is given back that was taken: in a comment of many spaces each of them could stand in four places.
_ORDER = LazyPattern(
    rf"\s*+{MARK}\s*+:\s*+(?P<verb>[\w-]*+)\s*+(?:\[(?P<rules>[^\]]*+)\])?+\s*+(?:--\s*+(?P<reason>.*))?", re.DOTALL
)
#: A heading that begins with number signs: no text before it can become one with it.
_ATX = LazyPattern(r"#{1,6}(?:\s|\Z)")
_ID = LazyPattern(r"[^\s,]+")


class Suppression(NamedTuple):
    """A comment that asks for silence.

    ``rules`` are the ids as written, each with its span, none where the comment has another form; ``scope`` is what it
    covers, None where it covers nothing. ``used`` collects the ids that did hide something. ``removal`` is what to take
    out so that the comment is gone, maybe with its line.
    """

    span: Span
    rules: tuple[tuple[str, Span], ...]
    reason: str
    scope: Span | None
    removal: Span
    used: set[str]

    def names(self, rule: str) -> bool:
        """Tell whether the comment is about a rule."""
        return any(name == rule for name, _ in self.rules)


class Suppressions(NamedTuple):
    """All suppressions of a file, with the ids of the rules that ran: what did not run hides nothing."""

    all: tuple[Suppression, ...]
    ran: frozenset[str]

    def shown(self, rule: str, violations: Sequence[Violation]) -> Sequence[Violation]:
        """Leave out the violations of a rule that are suppressed, and mark the comments that do it as used."""
        ours = sorted((each.scope, index) for index, each in enumerate(self.all) if each.scope and each.names(rule))
        if not ours or not violations:
            return violations
        alike = (place.span.start for violation in violations for place in violation.alike)
        starts = sorted([*(violation.span.start for violation in violations), *alike])
        for scope, index in ours:
            # The end counts too, for what is reported at an empty place behind a line.
            if bisect_left(starts, scope.start) < bisect_right(starts, scope.end):
                self.all[index].used.add(rule)
        # How far the scopes reach that begin up to each one: there may be as many of them as there are lines.
        begins = [scope.start for scope, _ in ours]
        reaches = [-1, *accumulate((scope.end for scope, _ in ours), max)]

        def is_hidden(place: Violation | Place) -> bool:
            start = place.span.start
            return start <= reaches[bisect_right(begins, start)]

        left = (violation.without(is_hidden) for violation in violations)
        return [violation for violation in left if violation is not None]


def find_suppressions(document: Document) -> tuple[Suppression, ...]:
    """Find the suppressions of a document, in order."""
    if MARK not in document.source.text:
        return ()
    return tuple(_in_blocks(document.blocks, document, None))


def scope_of(blocks: Sequence[Block], index: int) -> Span:
    """Find what a comment before a block covers: the block, or a heading with its section."""
    block = blocks[index]
    end = block.span.end
    if isinstance(block, Heading):
        for at in range(index + 1, len(blocks)):
            behind = blocks[at]
            if isinstance(behind, Heading) and behind.level <= block.level:
                break
            end = behind.span.end
    return Span(block.span.start, end)


def _in_blocks(blocks: Sequence[Block], document: Document, item: Item | None) -> Iterator[Suppression]:
    behind = 0
    scope: Span | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, Html):
            if behind <= index:
                # Several comments in a row are about the same block.
                behind = next((at for at in range(index, len(blocks)) if not isinstance(blocks[at], Html)), len(blocks))
                # Behind all that an item holds, they can be about nothing but the item.
                scope = scope_of(blocks, behind) if behind < len(blocks) else item.span if item else None
            yield from _alone(block, scope, document)
        elif isinstance(block, Heading | Paragraph):
            yield from _in_text(block, document, whole=item is not None)
        elif isinstance(block, List):
            for inner in block.items:
                yield from _in_blocks(inner.blocks, document, inner)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    yield from _in_text(cell, document, whole=False)


def _alone(html: Html, scope: Span | None, document: Document) -> Iterator[Suppression]:
    for start, end in comment_spans(document.source.text[slice(*html.span)]):
        span = Span(html.span.start + start, html.span.start + end)
        yield from _read(span, scope, document, _with_its_lines(span, html, document.source))


def _in_text(block: Heading | Paragraph | Cell, document: Document, *, whole: bool) -> Iterator[Suppression]:
    """Find comments within a text; in a ``whole`` one they cover all of its lines, else each its own."""
    source = document.source
    for _, span in block.text.comments:
        start, end = block.span if whole else span
        lines = source.lines_span(source.position(start).line - 1, source.position(end).line - 1)
        yield from _read(span, lines, document, _with_its_spaces(span, source.text))


def _with_its_lines(span: Span, html: Html, source: Source) -> Span:
    """Say what to take out so that a comment of a block of HTML is gone.

    That is its lines where nothing else stands on them, and one of two blank lines around them. Where text is close on
    both sides, a blank line stays: the texts would become one.
    """
    first, last = (source.position(offset).line - 1 for offset in span)
    lines = source.lines_span(first, last)
    if source.text[lines.start : span.start].strip() or source.text[span.end : lines.end].strip():
        return span
    above = source.lines[first - 1].strip() if first else ""
    below = source.lines[last + 1].strip() if last + 1 < len(source.lines) else ""
    if span != html.span:
        # Within other HTML a blank line would end it.
        return Span(lines.start, _behind(last, source))
    if above and below and not _ATX.match(below):
        return lines
    start, behind = lines.start, _behind(last, source)
    if not above and not below:
        if last + 2 < len(source.lines):
            behind = _behind(last + 1, source)
        elif first:
            start = source.starts[first - 1]
    return Span(start, behind)


def _behind(line: int, source: Source) -> int:
    """Give the offset at which the line behind a line begins, or the end of the text."""
    return source.starts[line + 1] if line + 1 < len(source.starts) else len(source.text)


def _with_its_spaces(span: Span, text: str) -> Span:
    """Take the spaces before a comment along where they would stand at the end of something."""
    start = span.start
    if text[span.end : span.end + 1] in {"", " ", "\t", "\r", "\n", "|"}:
        while text[start - 1 : start] in {" ", "\t"} and text[start - 2 : start - 1] != "|":
            start -= 1
    return Span(start, span.end)


def _read(span: Span, scope: Span | None, document: Document, removal: Span) -> Iterator[Suppression]:
    """Read a comment; one that is not addressed to us is none of our business."""
    text = document.source.text
    comment = text[span.start + len("<!--") : span.end - len("-->")]
    if not comment.lstrip().startswith(MARK):
        return
    match = _ORDER.fullmatch(comment)
    if match is None or match["verb"] not in {"ignore", "ignore-file"} or match["rules"] is None:
        yield Suppression(span, (), "", None, removal, set())
        return
    if match["verb"] == "ignore-file":
        scope = Span(0, len(text))
    offset = span.start + len("<!--") + match.start("rules")
    rules = tuple((word[0], Span(offset + word.start(), offset + word.end())) for word in _ID.finditer(match["rules"]))
    yield Suppression(span, rules, (match["reason"] or "").strip(), scope, removal, set())
