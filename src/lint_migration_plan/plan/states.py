"""Read what stands under From and To: one line for each layer, however people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Block, Heading, List, Paragraph, Table
from lint_migration_plan.plan.nodes import StateLine
from lint_migration_plan.plan.overview import lines
from lint_migration_plan.plan.values.layers import state_layers
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: A second layer in the same item: "Data: PostgreSQL 12; Code: Django 3".
_SECOND_LAYER = LazyPattern(r"[;,.|]\s+(\w+)\s?[:：]\s")

_SECTION_NUMBER = LazyPattern(r"\s*\d{1,3}(?:\.\d{1,3}){0,3}[.)]?\s+")


def state_lines(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[StateLine, ...]:
    """Read the lines under From or To.

    Prose beside a list or a table introduces it, and where some lists, tables or paragraphs name layers, the others
    explain them.
    """
    groups = list(_groups(blocks, vocabulary))
    if any(line.layers for group in groups for line in group):
        groups = [group for group in groups if any(line.layers for line in group)]
    return tuple(line for group in groups for line in group)


def _groups(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[list[StateLine]]:
    """Read the lines block by block.

    A deeper heading that names a layer is the line for all that stands below it; what stands below any other explains
    the state, and is no line of it.
    """
    listed = any(isinstance(block, List | Table) for block in blocks)
    level = 0
    for block in blocks:
        if isinstance(block, Heading) and not 0 < level < block.level:
            number = _SECTION_NUMBER.match(block.text.plain)
            layers = state_layers(block.text.slice(number.end() if number else 0), vocabulary)
            level = block.level
            if layers:
                yield [StateLine(layers, block.text, block.text, block.text.slice(len(block.text)))]
        elif not level and not (isinstance(block, Paragraph) and listed and not _names_layer(block, vocabulary)):
            yield list(_lines(block, vocabulary))


def _names_layer(block: Block, vocabulary: Vocabulary) -> bool:
    return any(line.layers for line in _lines(block, vocabulary))


def _lines(block: Block, vocabulary: Vocabulary) -> Iterator[StateLine]:
    if isinstance(block, List) and (inner := _lead_in(block, vocabulary)) is not None:
        yield from _lines(inner, vocabulary)
        return
    for line in lines((block,), lambda label: bool(state_layers(label, vocabulary))):
        layers = state_layers(line.label, vocabulary) if line.label else ()
        if isinstance(block, List):
            layers = tuple(dict.fromkeys((*layers, *_further_layers(line.value, vocabulary))))
        # A line that ends with its colon leads to what follows.
        if layers or line.value:
            is_below = isinstance(block, List) and line.value.span.start >= line.text.span.end
            yield StateLine(layers, line.label, line.text, line.value.slice(0, 0) if is_below else line.value)


def _lead_in(block: List, vocabulary: Vocabulary) -> List | None:
    """Give the list below a list's only item, where that item names no layer: "Today:"."""
    if len(block.items) != 1 or len(block.items[0].blocks) < 2:  # noqa: PLR2004 - the text itself and the list below it
        return None
    below = block.items[0].blocks[1]
    text = block.items[0].text
    return below if isinstance(below, List) and text and not state_layers(text, vocabulary) else None


def _further_layers(value: Text, vocabulary: Vocabulary) -> Iterator[str]:
    for found in _SECOND_LAYER.finditer(value.plain):
        layer = vocabulary.layers.get(found[1].casefold())
        if layer is not None:
            yield layer
