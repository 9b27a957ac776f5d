"""Suppressions: HTML comments that say which rules are to be silent where.

``<!-- lint-migration-plan: ignore[rule-a, rule-b] -- reason -->`` alone before a heading covers that heading's section,
alone before another block that block, and at the end of a line, an item or a cell that line. ``ignore-file[...]``
covers the file. A formatter may put a blank line behind a comment that stands alone: it is the next block that counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Block, Heading, Html, List, Paragraph, Table
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.rule import Violation
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.inline import Text

MARK = "lint-migration-plan"

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ORDER = re.compile(
    rf"\s*{MARK}\s*:\s*(?P<verb>[\w-]*)\s*(?:\[(?P<rules>[^\]]*)\])?\s*(?:--\s*(?P<reason>.*))?", re.DOTALL
)
_ID = re.compile(r"[^\s,]+")


@dataclass(slots=True)
class Suppression:
    """A comment that asks for silence.

    ``rules`` are the ids as written, each with its span; ``scope`` is what the comment covers, None where it covers
    nothing. ``used`` collects the ids that did hide something. ``readable`` is False for a comment in another form.
    """

    span: Span
    rules: tuple[tuple[str, Span], ...]
    reason: str
    scope: Span | None
    readable: bool
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """All suppressions of a file, with the ids of the rules that ran: what did not run hides nothing."""

    all: tuple[Suppression, ...]
    ran: frozenset[str]

    def hides(self, rule: str, violation: Violation) -> bool:
        """Say whether a violation is suppressed, and mark the comments that do it as used."""
        hidden = False
        for suppression in self.all:
            scope = suppression.scope
            # The end counts too, for what is reported at an empty place behind a line.
            if scope is None or not scope.start <= violation.span.start <= scope.end:
                continue
            if any(name == rule for name, _ in suppression.rules):
                suppression.used.add(rule)
                hidden = True
        return hidden


def find_suppressions(document: Document) -> tuple[Suppression, ...]:
    """Find the suppressions of a document, in order."""
    if MARK not in document.source.text:
        return ()
    return tuple(_in_blocks(document.blocks, document))


def _in_blocks(blocks: Sequence[Block], document: Document) -> Iterator[Suppression]:
    for index, block in enumerate(blocks):
        if isinstance(block, Html):
            yield from _alone(block, blocks[index + 1 :], document)
        elif isinstance(block, Heading | Paragraph):
            yield from _in_text(block.text, document)
        elif isinstance(block, List):
            for item in block.items:
                yield from _in_blocks(item.blocks, document)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    yield from _in_text(cell.text, document)


def _alone(html: Html, following: Sequence[Block], document: Document) -> Iterator[Suppression]:
    text = document.source.text[slice(*html.span)]
    for match in _COMMENT.finditer(text):
        start = html.span.start + match.start()
        yield from _read(match[1], start, _scope_behind(following), document)


def _in_text(text: Text, document: Document) -> Iterator[Suppression]:
    for comment, span in text.comments:
        source = document.source
        first = source.position(span.start).line - 1
        last = source.position(span.end).line - 1
        yield from _read(comment[4:-3], span.start, source.lines_span(first, last), document)


def _scope_behind(following: Sequence[Block]) -> Span | None:
    """Find what a comment that stands alone covers: the next block that is no comment, a heading with its section."""
    block = next((block for block in following if not isinstance(block, Html)), None)
    if not isinstance(block, Heading):
        return block.span if block else None
    end = block.span.end
    for behind in following[following.index(block) + 1 :]:
        if isinstance(behind, Heading) and behind.level <= block.level:
            break
        end = behind.span.end
    return Span(block.span.start, end)


def _read(comment: str, start: int, scope: Span | None, document: Document) -> Iterator[Suppression]:
    if not comment.lstrip().startswith(MARK):
        return
    match = _ORDER.fullmatch(comment)
    span = Span(start, start + len("<!--") + len(comment) + len("-->"))
    if match is None or match["verb"] not in {"ignore", "ignore-file"} or match["rules"] is None:
        yield Suppression(span, (), "", None, readable=False)
        return
    if match["verb"] == "ignore-file":
        scope = Span(0, len(document.source.text))
    # The comment is quoted as the author wrote it, so its columns are the source's.
    offset = start + len("<!--") + match.start("rules")
    rules = tuple((word[0], Span(offset + word.start(), offset + word.end())) for word in _ID.finditer(match["rules"]))
    yield Suppression(span, rules, (match["reason"] or "").strip(), scope, readable=True)
