"""What a stretch of a document names at all: a gap that stands anywhere in it is not surely missing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Heading, List, Paragraph, Table
from lint_migration_plan.plan.values.fold import LIMIT
from lint_migration_plan.plan.values.gap_titles import gap_words, identifiers_in, read_gap_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.values.gap_titles import GapTitle

#: So many words in a row do not stand somewhere by chance.
_TELLING = 3
#: How far one piece reaches into the next, so that what one cuts through stands whole in the other.
_OVERLAP = LIMIT // 2


class Mentions:
    """What some blocks name, wherever it stands in them: code blocks and quotes are left out."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        texts = [text.plain for text in _texts(blocks)]
        pieces = [piece for text in texts for piece in _pieces(text)]
        titles = [read_gap_title(text) for text in texts]
        self._keys = {identifier.key for piece in pieces for identifier in identifiers_in(piece)}
        self._names = {name for title in titles for name in (title.words, title.rest, title.lead)}
        self._words = f" {' | '.join(map(gap_words, pieces))} "

    def name(self, title: GapTitle) -> bool:
        """Say whether a gap is named by one of its identifiers, or by all of its words: few ones at the beginning."""
        if any(identifier.plain and identifier.key in self._keys for identifier in title.identifiers):
            return True
        words = title.rest or title.words
        if not words or words in self._names:
            return bool(words)
        return words.count(" ") >= _TELLING - 1 and f" {words} " in self._words


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, max(len(text) - _OVERLAP, 1), LIMIT - _OVERLAP):
        yield text[start : start + LIMIT]


def _texts(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, List):
            for item in block.items:
                yield from _texts(item.blocks)
        elif isinstance(block, Table):
            yield from (cell.text for row in (block.header, *block.rows) for cell in row.cells)
