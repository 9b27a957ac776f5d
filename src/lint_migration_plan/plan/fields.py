"""Read the labelled values of a stage, however they are written.

A label may be bold, plain at the beginning of a line, an item of a list, a sub-heading or the first cell of a row.
Fields are read from inline tokens, not from lines: a formatter joins and splits lines, and several labels may share
one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, Heading, Html, Item, List, Paragraph, Quote, Table
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.nodes import Field, Spelling
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.spelling import heading_words, nearest, normal, normal_heading
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import OTHER_FIELD_LABELS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.markdown.inline import Text

#: Fields whose value is a list of steps; all others have their value in one line.
STEP_FIELDS = frozenset((FieldName.CHANGES, FieldName.VERIFICATION, FieldName.ROLLBACK))

#: Labels that are no slip of a field's name, though they are near to one.
_OTHER_LABELS = frozenset(("risks", "change log", "rollbacks", "dependents"))

_PLAIN_LABEL = LazyPattern(r"([^\W\d_][^:：\n]{0,40}?)\s*[:：](?=\s|\Z)")
_COLON = LazyPattern(r"\s*[:：]")
_DASH = LazyPattern(r"\s*[—–-]\s")
#: "Success criteria (go to phase 1)", "Exit gate per domain".
_NOTE = LazyPattern(r"\s*[(（][^()（）]*[)）]\Z|\s+(?:per|for)\s+\w+(?:\s\w+)?\Z")
#: A label with this behind it says when, not what: "**Rollback** if the error rate rises".
_CONDITION = LazyPattern(r"\s+(?:if|when|unless|trigger)", re.IGNORECASE)
#: What a sub-heading ends with that lists the changes: "Testing tasks", "Deployment steps".
_WORK = ("tasks", "steps")
_LONGEST_WORK = 3
_LONGEST_LABEL = 60
_LABEL_WORDS = 4


class _Label(NamedTuple):
    """A label in a text: its field, None for a label that is no field, and where its value begins."""

    name: FieldName | None
    spelling: Spelling
    start: int
    end: int
    value: int


class _Open:
    """A field that still takes in blocks."""

    __slots__ = ("blocks", "end", "items", "label", "level", "name", "nested", "spelling", "value")

    def __init__(  # noqa: PLR0913 - what a field is made of
        self, name: FieldName, label: Text, spelling: Spelling, value: Text, *, nested: bool, level: int = 0
    ) -> None:
        self.name = name
        self.label = label
        self.spelling = spelling
        self.value = value
        self.nested = nested
        self.level = level
        self.blocks: list[Block] = []
        self.items: list[Item] = []
        self.end = 0

    def close(self) -> Field:
        texts = [self.value] if self.value else []
        span = Span(self.label.span.start, max(self.end, self.label.span.end, texts[0].span.end if texts else 0))
        _gather(self.blocks, texts)
        return Field(
            self.name,
            self.label,
            self.spelling,
            self.value,
            tuple(self.blocks),
            tuple(self.items),
            tuple(texts),
            self.nested,
            span,
        )

    @property
    def waits(self) -> bool:
        """Nothing stands behind the label yet."""
        return not self.value and not self.blocks

    def take(self, block: Block) -> None:
        """Take in a block that stands below the label."""
        if self.name not in STEP_FIELDS and not self.waits:
            return
        if self.waits and isinstance(block, Paragraph):
            self.value = block.text
        else:
            self.blocks.append(block)
        if isinstance(block, List):
            self.items.extend(block.items)
        self.end = max(self.end, block.span.end)


def _gather(blocks: Iterable[Block], texts: list[Text]) -> None:
    """Add the paragraphs of blocks that say something, however deep they stand."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text:
                texts.append(block.text)
        elif isinstance(block, List):
            for item in block.items:
                _gather(item.blocks, texts)


def read_fields(blocks: Iterable[Block], vocabulary: Vocabulary) -> tuple[Field, ...]:
    """Read the fields from the blocks of a stage, its own heading left out."""
    return tuple(_FieldReader(vocabulary).read(blocks))


def label_words(string: str) -> str:
    """Bring a label to the form in which labels are compared, without a note behind it."""
    return _NOTE.sub("", normal(string))


def name_in_label(label: Text, vocabulary: Vocabulary) -> Text:
    """Take from a label what names its field: no note or colon behind it, and no number or sign before it.

    A sign that is part of a slip is not before it: "-ollback" would stay one as "-Rollback".
    """
    start, end = heading_words(label.plain)
    whole = field_label(label.plain, vocabulary)
    is_slip = whole is not None and whole[1] is Spelling.MISSPELLED
    name = label.slice(0 if is_slip else start, end)
    note = _NOTE.search(name.plain)
    return name.slice(0, note.start() if note else None)


def field_label(string: str, vocabulary: Vocabulary, *, slips: bool = True) -> tuple[FieldName, Spelling] | None:
    """Say which field a label names, and how it is spelled; None for no field."""
    label = label_words(string)
    if not label or len(label) > _LONGEST_LABEL:
        return None
    name = vocabulary.labels.get(label)
    if name is not None:
        return name, Spelling.CANONICAL
    name = _synonyms().get(label)
    if name is not None:
        return name, Spelling.SYNONYM
    if slips and label not in _OTHER_LABELS:
        close = nearest(label, vocabulary.labels)
        if close is not None:
            return vocabulary.labels[close], Spelling.MISSPELLED
    return None


def _heading_label(string: str, vocabulary: Vocabulary) -> tuple[FieldName, Spelling] | None:
    """Say which field a sub-heading names; one that ends in "tasks" or "steps" names the changes."""
    found = field_label(string, vocabulary)
    words = string.split()
    if found is None and 1 < len(words) <= _LONGEST_WORK and words[-1] in _WORK:
        return FieldName.CHANGES, Spelling.SYNONYM
    return found


class _FieldReader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._done: list[Field] = []
        self._open: _Open | None = None
        # The level of the sub-heading that opened a part of the stage, 0 outside of one.
        self._part = 0
        # The level of the sub-heading that opened the changes, 0 outside of them: each of these may have fields too.
        self._changes = 0

    def read(self, blocks: Iterable[Block]) -> list[Field]:
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Paragraph):
                self._text(block.text, block)
            elif isinstance(block, List):
                self._list(block)
            elif isinstance(block, Table):
                self._table(block)
            elif not isinstance(block, Quote | Html) and self._open:
                self._open.take(block)
        self._close()
        return self._done

    def _heading(self, heading: Heading) -> None:
        found = _heading_label(normal_heading(heading.text.plain), self._vocabulary)
        if heading.level <= self._part:
            self._part = 0
        if heading.level <= self._changes:
            self._changes = 0
        if found is not None:
            self._close()
            nothing = heading.text.slice(len(heading.text))
            self._open = _Open(
                *found_with_label(found, heading.text), nothing, nested=self._nested, level=heading.level
            )
            self._open.end = heading.span.end
            if found[0] is FieldName.CHANGES and not self._changes:
                self._changes = heading.level
        elif self._open is not None and self._open.level and heading.level > self._open.level:
            self._open.blocks.append(heading)
        elif self._open is not None and not self._open.level and self._open.name in STEP_FIELDS and self._open.waits:
            # Steps that have headings of their own: the label is as good as a heading above them.
            self._open.level = heading.level - 1
            self._open.blocks.append(heading)
            if self._open.name is FieldName.CHANGES:
                self._changes = self._changes or self._open.level
        else:
            self._close()
            self._part = self._part or heading.level

    def _text(self, text: Text, block: Block) -> None:
        # Below a heading such as "Rollback" a bold label that is no field belongs to the steps.
        in_steps = self._open is not None and self._open.level > 0 and self._open.name in STEP_FIELDS
        before, labelled = _stretches(text, self._vocabulary, in_steps)
        if before and self._open is not None:
            first = text.slice(*before)
            self._open.take(block if not labelled else Paragraph(first, first.span))
        for name, spelling, label, value in labelled:
            self._close()
            if name is not None:
                self._open = _Open(name, text.slice(*label), spelling, text.slice(*value), nested=self._nested)

    def _list(self, block: List) -> None:
        if self._open is not None and self._open.waits:
            self._steps(block, self._open)
            return
        labelled = [item for item in block.items if item.text and self._begins_field(item.text)]
        if labelled and (2 * len(labelled) >= len(block.items) or self._is_step_among(labelled)):
            self._items(block.items, block)
        elif self._open is not None:
            self._open.take(block)

    def _steps(self, block: List, field: _Open) -> None:
        """Give a field that waits its list.

        To Markdown an item right below the last step of the rollback is one more: "- **Rollback tested**: yes".
        """
        *steps, last = block.items
        if field.name is not FieldName.ROLLBACK or not self._is_rollback_tested(last):
            field.take(block)
            return
        if steps:
            field.take(List(block.ordered, tuple(steps), Span(block.span.start, steps[-1].span.end)))
        self._items([last], block)

    def _is_rollback_tested(self, item: Item) -> bool:
        if item.text is None or next(item.text.strongs, None) is None:
            return False
        labels = _labels(item.text, self._vocabulary)
        return bool(labels) and labels[0].start == 0 and labels[0].name is FieldName.ROLLBACK_TESTED

    def _items(self, items: Iterable[Item], block: List) -> None:
        for item in items:
            if item.text is None or not self._begins_field(item.text):
                self._close()
                continue
            self._text(item.text, block)
            if self._open is not None:
                for below in item.blocks[1:]:
                    self._open.take(below)
                self._open.end = max(self._open.end, item.span.end)
        self._close()

    def _is_step_among(self, labelled: list[Item]) -> bool:
        """Say whether an item is how the stage is verified or undone, in a list that belongs to nothing else."""
        texts = (item.text for item in labelled if item.text is not None)
        return self._open is None and any(
            label.name in {FieldName.VERIFICATION, FieldName.ROLLBACK} and label.start == 0
            for text in texts
            for label in _labels(text, self._vocabulary)[:1]
            if next(text.strongs, None) is not None
        )

    def _table(self, table: Table) -> None:
        pairs = [row.cells[:2] for row in (table.header, *table.rows) if len(row.cells) >= 2]  # noqa: PLR2004
        labelled = [(field_label(label.text.plain, self._vocabulary), label, value) for label, value in pairs]
        known = [found for found, _, _ in labelled if found is not None]
        two_columns = all(len(row.cells) <= 2 for row in (table.header, *table.rows))  # noqa: PLR2004
        if len(known) < 2 or not two_columns:  # noqa: PLR2004 - one label alone may be chance
            if self._open is not None:
                self._open.take(table)
            return
        self._close()
        for found, label, value in labelled:
            if found is not None:
                self._open = _Open(*found_with_label(found, label.text), value.text, nested=self._nested)
                self._close()

    def _begins_field(self, text: Text) -> bool:
        labels = _labels(text, self._vocabulary)
        return bool(labels) and labels[0].name is not None and not text.plain[: labels[0].start].strip()

    @property
    def _nested(self) -> bool:
        return bool(self._part or self._changes)

    def _close(self) -> None:
        if self._open is not None:
            field = self._open.close()
            # The purpose of a part is not what the stage changes.
            if not (field.nested and field.name is FieldName.WHAT_CHANGES and field.spelling is Spelling.SYNONYM):
                self._done.append(field)
            self._open = None


def found_with_label(found: tuple[FieldName, Spelling], label: Text) -> tuple[FieldName, Text, Spelling]:
    """Put a label between what it names and how it is spelled."""
    return found[0], label.strip(), found[1]


class _Labelled(NamedTuple):
    """A label in a text, and its value, each by the indices between which it stands, without the outer spaces."""

    name: FieldName | None
    spelling: Spelling
    label: tuple[int, int]
    value: tuple[int, int]


@once_a_text
def _stretches(
    text: Text,
    vocabulary: Vocabulary,
    only_fields: bool,  # noqa: FBT001 - what is given is part of a key
) -> tuple[tuple[int, int] | None, tuple[_Labelled, ...]]:
    """Find what stands before the first label in a text, None for nothing, and all labels with their values."""
    labels = _labels(text, vocabulary)
    if only_fields:
        labels = tuple(label for label in labels if label.name is not None)
    ends = [*(label.start for label in labels), None]
    before = text.slice(0, ends[0]).strip()
    labelled = tuple(
        _Labelled(
            label.name,
            label.spelling,
            text.slice(label.start, label.end).strip().place_in(text),
            text.slice(label.value, end).strip().place_in(text),
        )
        for label, end in zip(labels, ends[1:], strict=True)
    )
    return before.place_in(text) if before else None, labelled


@once_a_text
def _labels(text: Text, vocabulary: Vocabulary) -> tuple[_Label, ...]:
    """Find the labels in a text in order: bold ones anywhere, plain ones at the beginning of a line."""
    plain = text.plain
    starts = frozenset((0, *(index + 1 for index in text.breaks)))
    strongs = [_strong_label(strong, text, plain, starts, vocabulary) for strong in text.strongs]
    bold = sorted((label for label in strongs if label is not None), key=lambda label: label.start)
    found = [*bold]
    # How far labels reach, by their number: each line with each bold label would be the square of them.
    reach = [0, *accumulate((label.value for label in bold), max)]
    reached = 0
    for start in sorted(starts):
        match = _PLAIN_LABEL.match(plain, start)
        if match is None:
            continue
        before = bisect_left(bold, match.end(), key=lambda label: label.start)
        if max(reach[before], reached) > match.start():
            continue
        known = field_label(match[1], vocabulary)
        if known is not None:
            found.append(_Label(*known, match.start(1), match.end(1), match.end()))
            reached = match.end()
    return tuple(sorted(found, key=lambda label: label.start))


def _strong_label(
    strong: Text, text: Text, plain: str, starts: frozenset[int], vocabulary: Vocabulary
) -> _Label | None:
    """Read a bold stretch as a label, if it is one: ``**Risk**:``, ``**Risk:**``, ``**Risk: low**``, ``**Risk** —``."""
    start = strong.start_in(text)
    inner = strong.plain
    end = start + len(inner)
    at_line_start = start in starts or not plain[:start].strip()
    name, colon, _ = inner.partition("：" if "：" in inner else ":")
    behind = _COLON.match(plain, end)
    if colon:
        label_end, value = start + len(name), start + len(name) + 1
    elif behind:
        label_end, value = end, behind.end()
    else:
        dash = _DASH.match(plain, end)
        label_end, value = end, dash.end() if dash else end
        if not at_line_start or _CONDITION.match(plain, end) or field_label(name, vocabulary, slips=False) is None:
            return None
    known = field_label(name, vocabulary)
    if known is None:
        # A bold label that is no field ends the value before it all the same.
        is_label = len(name.split()) <= _LABEL_WORDS
        return _Label(None, Spelling.CANONICAL, start, label_end, value) if is_label else None
    return _Label(*known, start, label_end, value)


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, FieldName]:
    return {label: name for name, labels in OTHER_FIELD_LABELS.items() for label in labels}
