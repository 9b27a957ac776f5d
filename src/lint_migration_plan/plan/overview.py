"""Read what stands under From, To, Timeline and Abort criteria."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, Heading, Html, List, Paragraph, Quote, Table
from lint_migration_plan.plan.amounts import read_duration
from lint_migration_plan.plan.dates import read_dates
from lint_migration_plan.plan.layers import state_layers
from lint_migration_plan.plan.nodes import StateLine, TimelineEntry
from lint_migration_plan.plan.spelling import nearest, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lint_migration_plan.markdown.document import Item
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
#: Instead of a colon, behind a label that is known.
_DASHED_LABEL = re.compile(r"([^:：\n]{1,40}?)\s+[—–-]\s+")


class Line(NamedTuple):
    """A line of a section: its label without the colon, None where it has none, what is behind it, and both."""

    label: Text | None
    value: Text
    text: Text


def lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """Read the lines of a section: items, lines of paragraphs, rows whose first cell is the label."""
    for block in blocks:
        if isinstance(block, List):
            yield from (_item_line(item, item.text) for item in block.items if item.text is not None)
        elif isinstance(block, Paragraph):
            yield from map(_line, _paragraph_lines(block.text))
        elif isinstance(block, Table):
            rows = (row.cells for row in block.rows if len(row.cells) > 1)
            yield from (Line(cells[0].text, cells[1].text, cells[0].text) for cells in rows)


def state_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[StateLine, ...]:
    """Read the lines under From or To.

    A deeper heading that names a layer is the line for all that stands below it; one that names none ends lines that
    name some. Prose beside a list or a table only introduces it, and so does a line that ends with a colon.
    """
    listed = any(isinstance(block, List | Table) for block in blocks)
    found: list[StateLine] = []
    level = 0
    for block in blocks:
        if isinstance(block, Heading) and not 0 < level < block.level:
            layers = state_layers(block.text, vocabulary)
            if not layers and any(line.layers for line in found):
                break
            level = block.level if layers else 0
            found += [StateLine(layers, block.text, block.text)] if layers else []
        if level or isinstance(block, Heading):
            continue
        for line in lines((block,)):
            read = _with_dash(line, lambda label: bool(state_layers(label, vocabulary)))
            layers = state_layers(read.label, vocabulary) if read.label else ()
            if layers or (read.value and not (listed and isinstance(block, Paragraph))):
                found.append(StateLine(layers, read.label, read.text))
    return tuple(found)


def timeline_entries(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[TimelineEntry, ...]:
    """Read the lines under Timeline."""
    read = (_with_dash(line, lambda label: normal(label.plain) in TIMELINE) for line in lines(blocks))
    return tuple(_timeline_entry(line, vocabulary) for line in read if line.text)


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


def _with_dash(line: Line, known: Callable[[Text], bool]) -> Line:
    """Read a line anew whose label is followed by a dash, if that label is known."""
    match = _DASHED_LABEL.match(line.text.plain) if line.label is None else None
    if match is None or not known(label := line.text.slice(*match.span(1)).strip()):
        return line
    return Line(label, line.text.slice(match.end()).strip(), line.text)


def _paragraph_lines(text: Text) -> Iterator[Text]:
    """Cut a paragraph where a line of it begins with a label; other lines go on with the one before."""
    starts = [0, *(index + 1 for index in text.breaks if _LABEL.match(text.plain, index + 1))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text.slice(start, end).strip()


def _item_line(item: Item, text: Text) -> Line:
    """Read an item; the value of a label may stand alone in a list or a paragraph below it."""
    line = _line(text)
    if line.label is None or line.value or len(item.blocks) < 2:  # noqa: PLR2004 - one block is the text itself
        return line
    below = next(lines(item.blocks[1:]), line)
    return line._replace(value=below.text)


def _line(text: Text) -> Line:
    match = _LABEL.match(text.plain)
    if match is None:
        return Line(None, text, text)
    return Line(text.slice(*match.span(1)).strip(), text.slice(match.end()).strip(), text)
