"""Fingerprints: what is reported of a file, by what it is about and not by where that stands.

A fingerprint stays the same when lines are added above, when the stages get other numbers and when mdformat was there;
it changes when the words change that a rule complains of. It comes from the rule, the stage and field (or the section,
row and column), the words at the place, and what the rule says of them, each without what is only form or number. Like
places in one field are counted: of two, the second has a fingerprint of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from hashlib import blake2b
from html import unescape
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from lint_migration_plan.markdown.comments import without_comments
from lint_migration_plan.markdown.document import Heading, Table, walk_blocks
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.renumber import numbers_in_values
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.stage_words import mention, stage_label
from lint_migration_plan.plan.vocabulary import STAGE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.lint.rule import Place, Violation
    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.markdown.document import Cell, Row
    from lint_migration_plan.plan.nodes import Field, Plan, Stage

#: In bytes; it is written in twice as many digits.
SIZE = 8

_ORDERED = LazyPattern(r"^[ \t>]*\d{1,9}[.)](?=[ \t])", re.MULTILINE)
# What a formatter may add, leave out or write otherwise.
_FORM = LazyPattern(r"[\s\\*_`~#|<>=:\[\]'\"+-]+")

_AMOUNT = LazyPattern(r"\d[\w.,:/%-]*")
_AMOUNTS = LazyPattern(r"#(?:(?:\s|,|->|[→+=–-]|\band\b|\bor\b|\bto\b){1,9}#)+")


class Where(NamedTuple):
    """What a place is part of: ``outer`` is the stage or section, ``inner`` the field, row and column, if any."""

    outer: str
    inner: tuple[str, ...]


class Fingerprints:
    """Takes the fingerprints of one file, in the order in which its rules report."""

    def __init__(self, file: File) -> None:
        source = file.document.source
        self._source = source
        self._stages = _Spans((stage.span, stage) for plan in file.plans for stage in plan.stages)
        self._titles = _Spans((title.span, title) for plan in file.plans for title in plan.titles)
        kinds = {
            kind.section.heading.span: kind.kind.value
            for plan in file.plans
            for kind in plan.sections
            if kind.section.heading
        }
        blocks = tuple(walk_blocks(file.document.blocks))
        self._headings = _Spans(
            (Span(block.span.start, len(source.text)), kinds.get(block.span, block.text.plain))
            for block in blocks
            if isinstance(block, Heading)
        )
        self._rows = _Spans(
            (row.span, (table, row))
            for table in blocks
            if isinstance(table, Table)
            for row in (table.header, *table.rows)
        )
        self._numbers = _Spans(pair for plan in file.plans for pair in _numbers(plan))
        self._names = {stage.label: _name(stage) for plan in file.plans for stage in plan.stages}
        words = {word for plan in file.plans for word in (*plan.vocabulary.stage_words, *_heading_words(plan))}
        self._mention = mention(frozenset((STAGE_WORD, *words)))
        self._words = re.compile(
            rf"\b(?:{'|'.join(map(re.escape, sorted({STAGE_WORD, *words}, key=len, reverse=True)))})s?\b"
        )
        self._fields: dict[Span, _Spans[Field]] = {}
        self._seen: dict[tuple[str, ...], int] = {}

    def of(self, rule: str, place: Place | Violation) -> str:
        """Take the fingerprint of a place that a rule reports, in hexadecimal digits."""
        where = self._where(place.span)
        parts = (
            rule,
            plain(where.outer),
            *map(plain, where.inner),
            self._said(place.message),
            self._words_at(place.span),
        )
        number = self._seen[parts] = self._seen.get(parts, 0) + 1
        return blake2b("\0".join((*parts, str(number))).encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()

    def about(self, place: Place | Violation) -> str:
        """Say for a reader, on one line and without numbers of lines, what a place is."""
        start, end = place.span
        line = self._source.lines[self._source.position(start).line - 1]
        text = self._source.text[start:end].strip() or line.strip()
        where = self._where(place.span)
        names = ", ".join(filter(None, (where.outer, *where.inner[:1])))
        return f"{names}: {quote(text)}" if names else quote(text)

    def _where(self, span: Span) -> Where:
        """Say what a place is part of; an empty one at the top stands for the whole file."""
        if span == (0, 0):
            return Where("", ())
        row = self._rows.around(span.start)
        in_table = self._in_table(*row, span) if row else ()
        stage = self._stages.around(span.start)
        if stage is None:
            return Where("" if self._titles.around(span.start) else self._headings.around(span.start) or "", in_table)
        fields = self._fields.get(stage.span)
        if fields is None:
            fields = self._fields[stage.span] = _Spans((field.span, field) for field in stage.fields)
        field = fields.around(span.start)
        return Where(f"stage {quote(_name(stage))}", (field.name.value if field else "", *in_table))

    def _in_table(self, table: Table, row: Row, span: Span) -> tuple[str, ...]:
        """Name a row by its first cell, and a column by its header."""
        index = max(sum(cell.span.start <= span.start for cell in row.cells) - 1, 0)
        first = self._with_names(row.cells[0].span) if row.cells else ""
        return first, _heading_of(table.header.cells, index)

    def _words_at(self, span: Span) -> str:
        """Give the words at a place; those of a heading that names a stage or a plan are known by what they name."""
        stage = self._stages.around(span.start)
        if self._titles.around(span.start) or (stage and span.start < stage.heading.span.end):
            return ""
        return plain(self._with_names(span))

    def _with_names(self, span: Span) -> str:
        """Give the text of a span with the names of stages in place of their numbers."""
        text = self._source.text
        names = dict(self._numbers.within(span))
        for found in self._mention.finditer(text, *span):
            for number in re.finditer(r"[\w.]+", found["labels"]):
                at = found.start("labels")
                label = stage_label(number[0])
                if label in self._names:
                    names.setdefault(Span(at + number.start(), at + number.end()), self._names[label])
        parts = []
        behind = span.start
        for (start, end), name in sorted(names.items()):
            if start >= behind:
                parts += [text[behind:start], name]
                behind = end
        return "".join((*parts, text[behind : span.end]))

    def _said(self, message: str) -> str:
        """Give what is wrong, without the numbers in it and without what would be right."""
        wrong = self._words.sub("stage", message.partition(";")[0].lower())
        return plain(_AMOUNTS.sub("#", _AMOUNT.sub("#", wrong)))


def plain(markdown: str) -> str:
    """Leave out of a text all that is only form: spaces, marks, numbers of items, escapes, comments."""
    # A comment says something only where it is all that there is.
    said = markdown if markdown.startswith("<!--") else without_comments(markdown)
    return _FORM.sub("", unescape(_ORDERED.sub("", said))).casefold()


def _name(stage: Stage) -> str:
    """Name a stage, by its number only where it has no name."""
    return stage.name.strip() or stage.title


def _numbers(plan: Plan) -> Iterator[tuple[Span, str]]:
    """Find the numbers that stand for stages, with the names of these."""
    names = {stage.label: _name(stage) for stage in plan.stages}
    for stage in plan.stages:
        yield stage.heading.number.span, _name(stage)
    for number in numbers_in_values(plan):
        name = names.get(stage_label(number.plain))
        if name is not None:
            yield number.span, name


def _heading_words(plan: Plan) -> Iterator[str]:
    return (word for stage in plan.stages if (word := stage.heading.word.plain.casefold().strip()))


def _heading_of(header: tuple[Cell, ...], index: int) -> str:
    return header[index].text.plain if index < len(header) else ""


T = TypeVar("T")


class _Spans(Generic[T]):
    """Things with their spans, to be found by a place within."""

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        self._pairs = sorted(pairs, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._pairs]

    def around(self, offset: int) -> T | None:
        """Find the last one that begins before a place, if it reaches that far."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset > self._pairs[index][0].end:
            return None
        return self._pairs[index][1]

    def within(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Yield those that begin within a span."""
        for index in range(bisect_right(self._starts, span.start - 1), len(self._pairs)):
            if self._starts[index] >= span.end:
                break
            yield self._pairs[index]
