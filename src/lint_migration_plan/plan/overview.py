"""Read what stands under Timeline and Abort criteria, and the lines of a section of the overview."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, List, Paragraph, Table
from lint_migration_plan.plan.nodes import TimelineEntry
from lint_migration_plan.plan.spelling import nearest, normal
from lint_migration_plan.plan.values.amounts import read_duration
from lint_migration_plan.plan.values.dates import read_dates
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

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

#: Columns of a table that says how long, and of one that says when.
_LENGTHS = frozenset(("duration", "effort", "estimate", "estimated effort", "estimated time", "time", "hours", "days"))
_DATES = frozenset(("date", "dates", "start", "end", "from", "to", "when", "period", "deadline"))

_LABEL = LazyPattern(r"([^:：\n]{1,60}?)\s*[:：](?:\s|\Z)")
#: Instead of a colon, behind a label that is known.
_DASHED_LABEL = LazyPattern(r"([^:：\n]{1,40}?)\s+[—–-]\s+")
#: In the middle of a line.
_INNER_LABEL = LazyPattern(r"(?<=\s)([^\W\d_]\w{3,})\s?[:：](?=\s|\Z)")


class Line(NamedTuple):
    """A line of a section: its label without the colon, None where it has none, what is behind it, and both."""

    label: Text | None
    value: Text
    text: Text


def lines(blocks: Sequence[Block], known: Callable[[Text], bool]) -> Iterator[Line]:
    """Read the lines of a section: items, lines of paragraphs, rows whose first cell is the label.

    ``known`` says of a label that it is one of those that the section should have: such a label may be followed by a
    dash, and in a paragraph a formatter may have put it into the middle of a line.
    """
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                if item.text is not None:
                    yield _item_line(item, _line(item.text, known), known)
        elif isinstance(block, Paragraph):
            yield from (_line(text, known) for text in _paragraph_lines(block.text, known))
        elif isinstance(block, Table):
            rows = (row.cells for row in block.rows if len(row.cells) > 1)
            yield from (Line(cells[0].text, cells[1].text, cells[0].text) for cells in rows)


def timeline_entries(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[TimelineEntry, ...]:
    """Read the lines under Timeline."""
    dated = [block for block in blocks if not (isinstance(block, Table) and _counts_time(block))]
    read = lines(dated, lambda label: normal(label.plain) in TIMELINE)
    return tuple(_timeline_entry(line, vocabulary) for line in read if line.text)


def abort_conditions(blocks: Sequence[Block]) -> tuple[Text, ...]:
    """Read the items under Abort criteria."""
    return tuple(
        item.text for block in blocks if isinstance(block, List) for item in block.items if item.text is not None
    )


def _timeline_entry(line: Line, vocabulary: Vocabulary) -> TimelineEntry:
    name = _timeline_name(line.label.plain) if line.label else None
    dates = read_dates(line.value, vocabulary.date_order) if name and name != "total" else None
    duration = read_duration(line.value, len(vocabulary.working_days)) if name == "total" else None
    return TimelineEntry(name, line.label, line.text, dates, duration)


def _counts_time(table: Table) -> bool:
    """Say whether a table of stages says how long each takes, rather than when something is."""
    columns = {normal(cell.text.plain) for cell in table.header.cells}
    return bool(columns & _LENGTHS) and not columns & _DATES


def _timeline_name(label: str) -> str | None:
    word = normal(label)
    if word in TIMELINE:
        return word
    return _OTHER_TIMELINE.get(word) or nearest(word, TIMELINE)


def _item_line(item: Item, line: Line, known: Callable[[Text], bool]) -> Line:
    """Find the value of a label that stands alone in its item: in the list or the paragraph below it."""
    if line.label is None or line.value:
        return line
    below = next(lines(item.blocks[1:], known), None)
    return line if below is None else line._replace(value=below.text)


def _paragraph_lines(text: Text, known: Callable[[Text], bool]) -> Iterator[Text]:
    """Cut a paragraph where a line of it begins with a label; other lines go on with the one before."""
    plain = text.plain
    starts = {0}
    for index, following in pairwise([*text.breaks, len(plain)]):
        label = _LABEL.match(plain, index + 1)
        # A wrapped line may end before the label of the next: "certificate\nConsumers: ...".
        if label is not None and label.end(1) <= following:
            starts.add(index + 1)
    inner = (found for found in _INNER_LABEL.finditer(plain) if found[1][0].isupper())
    starts |= {found.start() for found in inner if known(text.slice(*found.span(1)))}
    for start, end in pairwise([*sorted(starts), len(plain)]):
        yield text.slice(start, end).strip()


def _line(text: Text, known: Callable[[Text], bool]) -> Line:
    for pattern, needs_known in ((_LABEL, False), (_DASHED_LABEL, True)):
        match = pattern.match(text.plain)
        if match is not None and not (needs_known and not known(text.slice(*match.span(1)))):
            return Line(text.slice(*match.span(1)).strip(), text.slice(match.end()).strip(), text)
    return Line(None, text, text)
