"""Write suppressions for what is reported of a text, where `lint.suppress` says they belong, and change nothing else.

A comment goes where it covers least: to the end of a line or cell, and before a heading for what the heading stands
for. Where that does not do (the comment would end up in a code span, or there is no text in the line) it goes before
the block, then before the heading above, and at last to the top of the file. What came of it is looked at as a reader
and the linter see it; a text that does not come out as it was is left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lint_migration_plan.lint.suppress import MARK, find_suppressions, scope_of
from lint_migration_plan.markdown.comments import without_comments
from lint_migration_plan.markdown.document import (
    Block,
    Code,
    Heading,
    Html,
    Item,
    List,
    Paragraph,
    Table,
    walk_blocks,
)
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import BYTE_ORDER_MARK, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lint.sieve import Mark
    from lint_migration_plan.lint.suppress import Suppression
    from lint_migration_plan.markdown.document import Document

#: The longest reason, in characters.
LONGEST_REASON = 500


class CannotSuppressError(Exception):
    """A text cannot be given its suppressions without another change; the message says why."""


class Added(NamedTuple):
    """What adding came to: the judgement of the text as it is now, and how many places were suppressed."""

    judgement: Judgement
    suppressed: int

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.judgement.source.text


def wrong_reason(reason: str) -> str:
    """Say why a reason cannot stand in a suppression; empty where it can."""
    if not any(char.isalnum() for char in reason):
        return "a reason is a few words"
    if not reason.isprintable():
        return "a reason stands on one line, without control characters"
    if any(mark in reason for mark in ("-->", "--!>", "<!--")):
        return "a reason stands in a comment, and cannot begin or end one"
    if len(reason) > LONGEST_REASON:
        return f"a reason has at most {LONGEST_REASON} characters"
    return ""


def add_suppressions(judgement: Judgement, judge: Callable[[str], Judgement], reason: str) -> Added:
    """Suppress all that is reported of a text, for a reason that `wrong_reason` finds nothing wrong with.

    The judgement has marks, and ``judge`` gives one that has. Raises CannotSuppressError.
    """
    if not judgement.whole:
        raise CannotSuppressError("it is not read whole")
    marks = judgement.marks
    writer = _Writer(parse_document(judgement.source.text), reason.strip())
    widths = dict.fromkeys(range(len(marks)), 0)
    while marks:
        draft = writer.draft([(mark, widths[index]) for index, mark in enumerate(marks)])
        after = judge(draft.text)
        left = {mark.key for mark in after.marks}
        failed = [index for index, mark in enumerate(marks) if index in draft.lost or mark.key in left]
        if not failed and draft.reads_otherwise:
            # One of the comments in a line did it, and which is not known.
            failed = [index for index in widths if widths[index] == 0]
        if not failed or any(widths[index] == FILE for index in failed):
            if failed or draft.reads_otherwise or left:
                raise CannotSuppressError("the comments would change how it reads")
            return Added(after, len(marks))
        widths.update((index, widths[index] + 1) for index in failed)
    return Added(judgement, 0)


class _Target(NamedTuple):
    """Where a comment goes: what it covers, where it is inserted, and what stands around it there."""

    scope: Span
    at: int
    before: str = ""
    behind: str = ""
    verb: str = "ignore"
    in_cell: bool = False


class _Draft(NamedTuple):
    """A text with comments; ``lost`` are the indices of the marks whose comment is none there."""

    text: str
    lost: frozenset[int]
    reads_otherwise: bool


class _Writer:
    """Writes comments into one text."""

    def __init__(self, document: Document, reason: str) -> None:
        self._document = document
        self._source = document.source
        self._reason = reason
        self._blocks = document.blocks
        self._headings = [index for index, block in enumerate(self._blocks) if isinstance(block, Heading)]
        self._present: dict[Span, Suppression] = {}
        for suppression in find_suppressions(document):
            if suppression.scope is not None and suppression.rules:
                self._present.setdefault(suppression.scope, suppression)
        self._shown = _shown(document)

    def draft(self, places: Sequence[tuple[Mark, int]]) -> _Draft:
        """Write a comment for each mark, no narrower than its width; marks with one place share a comment."""
        wanted: dict[Span, tuple[_Target, list[int], set[str]]] = {}
        for index, (mark, width) in enumerate(places):
            target = next(target for way in _WAYS[width:] if (target := way(self, mark.span.start)) is not None)
            _, indices, rules = wanted.setdefault(target.scope, (target, [], set()))
            indices.append(index)
            rules.add(mark.key.rule)
        edits: list[tuple[int, int, str, list[int]]] = []
        for target, indices, rules in wanted.values():
            present = self._present.get(target.scope)
            if present is None:
                edits.append((target.at, target.at, self._comment(target, rules), indices))
            else:
                edits += ((*edit, indices) for edit in self._extension(present, rules, target))
        return self._applied(sorted(edits))

    def _applied(self, edits: Sequence[tuple[int, int, str, list[int]]]) -> _Draft:
        """Apply edits, and see what became of them."""
        text = self._source.text
        parts = []
        behind = length = 0
        # Where in the new text a comment begins or was extended, and for which marks.
        expected: list[tuple[int, list[int]]] = []
        for start, end, new, indices in edits:
            parts += [text[behind:start], new]
            length += start - behind
            expected.append((length + max(new.find("<!--"), 0), indices))
            length += len(new)
            behind = end
        document = parse_document("".join((*parts, text[behind:])))
        comments = sorted(suppression.span for suppression in find_suppressions(document) if suppression.rules)
        starts = [span.start for span in comments]
        lost: set[int] = set()
        for at, indices in expected:
            index = bisect_right(starts, at) - 1
            if index < 0 or at >= comments[index].end:
                lost.update(indices)
        return _Draft(document.source.text, frozenset(lost), _shown(document) != self._shown)

    def _comment(self, target: _Target, rules: set[str]) -> str:
        reason = self._escaped(target)
        return f"{target.before}<!-- {MARK}: {target.verb}[{', '.join(sorted(rules))}] -- {reason} -->{target.behind}"

    def _extension(self, present: Suppression, rules: set[str], target: _Target) -> Iterator[tuple[int, int, str]]:
        """Add rules to a comment that covers the same, and the reason to its own."""
        text = self._source.text
        reason = self._escaped(target)
        new = rules - {name for name, _ in present.rules}
        at = present.rules[-1][1].end
        yield at, at, "".join(f", {rule}" for rule in sorted(new))
        bracket = text.index("]", at) + 1
        end = present.span.end - len("-->")
        if not present.reason:
            yield bracket, end, f" -- {reason} "
        elif reason not in text[bracket:end]:
            last = bracket + len(text[bracket:end].rstrip())
            yield last, last, f"; {reason}"

    def _escaped(self, target: _Target) -> str:
        return self._reason.replace("|", "\\|") if target.in_cell else self._reason

    def line(self, offset: int) -> _Target | None:
        """Say where a comment goes for what is in a line: to its end, or before a heading at the top of the file."""
        index = self._top_block(offset)
        if index is None:
            return None
        line = self._source.position(offset).line - 1
        block, item = self._blocks[index], None
        while isinstance(block, List):
            item = _last_before(block.items, self._line_end(line))
            inner = _last_before(item.blocks, self._line_end(line)) if item else None
            if inner is None:
                return None
            block = inner
        if isinstance(block, Heading) and item is None:
            return self.block(offset)
        if isinstance(block, Heading | Paragraph):
            return self._in_text(block, line, item)
        return self._in_table(block, line, offset) if isinstance(block, Table) else None

    def _in_text(self, block: Heading | Paragraph, line: int, item: Item | None) -> _Target | None:
        """Put a comment at the end of a line; a backslash there, or the end of a heading's line, stays the end."""
        source = self._source
        first, last = (source.position(offset).line - 1 for offset in block.span)
        if not first <= line <= last:
            return None
        scope = source.lines_span(first, last) if item else source.lines_span(line, line)
        if isinstance(block, Heading):
            return _Target(scope, block.text.span.end, " ") if block.text else None
        text = source.lines[line].rstrip(" \t")
        breaks = line < last and (len(text) - len(text.rstrip("\\"))) % 2
        return _Target(scope, source.starts[line] + len(text) - breaks, " ")

    def _in_table(self, table: Table, line: int, offset: int) -> _Target | None:
        """Put a comment into a cell that is shown."""
        source = self._source
        for row in (table.header, *table.rows):
            if row.cells and source.position(row.span.start).line - 1 == line:
                before = sum(cell.span.start <= offset for cell in row.cells) - 1
                cell = row.cells[min(max(before, 0), len(table.header.cells) - 1)]
                close = source.text[cell.span.end : cell.span.end + 1] == "|"
                return _Target(source.lines_span(line, line), cell.span.end, " ", " " * close, in_cell=True)
        return None

    def block(self, offset: int) -> _Target | None:
        """Say where a comment goes for a whole block at the top of the file: before it."""
        index = self._top_block(offset)
        if index is None or isinstance(self._blocks[index], Html):
            return None
        return self._before(index)

    def section(self, offset: int) -> _Target | None:
        """Say where a comment goes for the section of the nearest heading above."""
        at = bisect_right(self._headings, offset, key=lambda index: self._blocks[index].span.start) - 1
        return self._before(self._headings[at]) if at >= 0 else None

    def _before(self, index: int) -> _Target:
        scope = scope_of(self._blocks, index)
        start = self._source.starts[self._source.position(scope.start).line - 1]
        return _Target(scope, start, "", self._source.newline)

    def file(self, offset: int) -> _Target:
        """Say where a comment goes for the whole file: to its top, behind the front matter."""
        del offset
        source = self._source
        front_matter = self._document.front_matter
        newline = source.newline
        if front_matter is None:
            start = len(BYTE_ORDER_MARK) if source.text.startswith(BYTE_ORDER_MARK) else 0
            return _Target(Span(0, len(source.text)), start, "", newline * 2, "ignore-file")
        line = source.position(front_matter.span.end).line
        before, start = ("", source.starts[line]) if line < len(source.lines) else (newline, len(source.text))
        return _Target(Span(0, len(source.text)), start, before + newline, newline, "ignore-file")

    def _top_block(self, offset: int) -> int | None:
        """Find the block at the top of the file that a line belongs to."""
        line = self._source.position(offset).line - 1
        index = bisect_right(self._blocks, self._line_end(line), key=lambda block: block.span.start) - 1
        return index if index >= 0 and self._blocks[index].span.end >= self._source.starts[line] else None

    def _line_end(self, line: int) -> int:
        return self._source.line_span(line).end


#: From the one that covers least to the one that covers all.
_WAYS: tuple[Callable[[_Writer, int], _Target | None], ...] = (
    _Writer.line,
    _Writer.block,
    _Writer.section,
    _Writer.file,
)
FILE = len(_WAYS) - 1


T = TypeVar("T", bound="Block | Item")


def _last_before(things: Sequence[T], offset: int) -> T | None:
    """Find the last of some blocks or items that begins before a place."""
    index = bisect_right(things, offset, key=lambda thing: thing.span.start) - 1
    return things[index] if index >= 0 else None


def _shown(document: Document) -> list[tuple[str, ...]]:
    """Give what a document shows, block by block, and whether it is front matter, without comments."""
    shown: list[tuple[str, ...]] = [("front matter", document.front_matter.content)] if document.front_matter else []
    for block in walk_blocks(document.blocks):
        kind = type(block).__name__
        if isinstance(block, Html):
            content = without_comments(block.content).strip()
            shown += [(kind, content)] if content else []
        elif isinstance(block, Heading):
            shown.append((kind, str(block.level), _words(block.text.plain)))
        elif isinstance(block, Paragraph):
            shown.append((kind, _words(block.text.plain)))
        elif isinstance(block, Table):
            shown += [(kind, *(_words(cell.text.plain) for cell in row.cells)) for row in (block.header, *block.rows)]
        else:
            shown.append((kind, block.content if isinstance(block, Code) else ""))
    return shown


def _words(text: str) -> str:
    return " ".join(text.split())
