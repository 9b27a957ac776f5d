"""Read what stands under From, To, Timeline and Abort criteria."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, Html, List, Paragraph, Quote, Table
from lint_migration_plan.plan.amounts import read_duration
from lint_migration_plan.plan.dates import read_dates
from lint_migration_plan.plan.layers import state_layers
from lint_migration_plan.plan.nodes import StateLine, TimelineEntry
from lint_migration_plan.plan.spelling import nearest, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: The lines of the guide's timeline.
TIMELINE = ("planning", "execution", "cutover", "cleanup", "total")
_OTHER_TIMELINE = {
    **{"cut-over": "cutover", "cut over": "cutover", "switchover": "cutover", "clean-up": "cleanup"},
    **{"clean up": "cleanup", "decommissioning": "cleanup", "total duration": "total", "total time": "total"},
    **{"plan": "planning", "preparation": "planning", "implementation": "execution", "overall": "total"},
}

_LABEL = re.compile(r"([^:：\n]{1,60}?)\s*[:：](?:\s|\Z)")


class Line(NamedTuple):
    """A line of a section: its label without the colon, None where it has none, what is behind it, and both."""

    label: Text | None
    value: Text
    text: Text


def lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """Read the lines of a section: items, lines of paragraphs, rows whose first cell is the label."""
    for block in blocks:
        if isinstance(block, List):
            yield from (_line(item.text) for item in block.items if item.text is not None)
        elif isinstance(block, Paragraph):
            yield from map(_line, _paragraph_lines(block.text))
        elif isinstance(block, Table):
            rows = (row.cells for row in block.rows if len(row.cells) > 1)
            yield from (Line(cells[0].text, cells[1].text, cells[0].text) for cells in rows)


def state_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[StateLine, ...]:
    """Read the lines under From or To."""
    return tuple(
        StateLine(state_layers(line.label, vocabulary) if line.label else (), line.label, line.text)
        for line in lines(blocks)
        if line.text
    )


def timeline_entries(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[TimelineEntry, ...]:
    """Read the lines under Timeline."""
    return tuple(_timeline_entry(line, vocabulary) for line in lines(blocks) if line.text)


def abort_conditions(blocks: Sequence[Block]) -> tuple[Text, ...]:
    """Read the items under Abort criteria."""
    return tuple(
        item.text for block in blocks if isinstance(block, List) for item in block.items if item.text is not None
    )


def has_content(blocks: Sequence[Block]) -> bool:
    """Say whether anything but comments and quotes stands there."""
    return any(not isinstance(block, Html | Quote) for block in blocks)


def _timeline_entry(line: Line, vocabulary: Vocabulary) -> TimelineEntry:
    name = _timeline_name(line.label.plain) if line.label else None
    dates = read_dates(line.value, vocabulary.date_order) if name and name != "total" else None
    duration = read_duration(line.value) if name == "total" else None
    return TimelineEntry(name, line.label, line.text, dates, duration)


def _timeline_name(label: str) -> str | None:
    word = normal(label)
    if word in TIMELINE:
        return word
    return _OTHER_TIMELINE.get(word) or nearest(word, TIMELINE)


def _paragraph_lines(text: Text) -> Iterator[Text]:
    """Cut a paragraph where a line of it begins with a label; other lines go on with the one before."""
    starts = [0]
    labelled = _LABEL.match(text.plain) is not None
    for index in text.breaks:
        if not labelled or _LABEL.match(text.plain, index + 1):
            starts.append(index + 1)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text.slice(start, end).strip()


def _line(text: Text) -> Line:
    match = _LABEL.match(text.plain)
    if match is None:
        return Line(None, text, text)
    return Line(text.slice(*match.span(1)).strip(), text.slice(match.end()).strip(), text)
