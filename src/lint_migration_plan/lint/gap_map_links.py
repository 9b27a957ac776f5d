"""Find the link to the gap map in a plan's Gap → Stage section.

Such a section links to many documents: runbooks, decisions, other plans. Only a link that speaks of gaps is followed,
and only one that speaks of the map itself is surely meant for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.collect import ENDINGS
from lint_migration_plan.markdown.document import Paragraph, walk_blocks
from lint_migration_plan.plan.facts.gap_names import number_column
from lint_migration_plan.plan.facts.gaps import mapping_blocks
from lint_migration_plan.plan.values.gap_titles import gap_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Block, Document
    from lint_migration_plan.markdown.inline import Link, Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan


class MapLink(NamedTuple):
    """A link that may lead to the gap map: the decoded path, relative to the plan, and the fragment behind it.

    ``sure`` is True for one that cannot be meant for anything else.
    """

    path: str
    fragment: str
    span: Span
    sure: bool


#: What the gap map is called, in a link's text or in a file's name.
_MAPS = (
    *("gap map", "gapmap", "gap list", "gap register", "gap inventory", "gap table", "map of gaps", "list of gaps"),
    *("map of the gaps", "list of the gaps"),
)
#: What may be the gap map, or another document on gaps.
_GAPS = ("gaps", "gap analysis", "gap assessment", "gap overview", "gap report")
#: The words of a name that is surely the gap map's, where all of it is one of these.
_ALONE = frozenset(("gaps", "the gaps", "all gaps", "our gaps", "gap analysis", "the gap analysis"))
#: What a document is called that says something of gap maps.
_OTHER = frozenset(
    (
        *("how", "why", "what", "guide", "guideline", "guidelines", "howto", "process", "method", "template"),
        *("templates", "example", "examples", "format", "write", "writing", "about", "runbook", "adr", "policy"),
        *("meeting", "minutes", "review", "old", "former", "archive", "archived", "previous", "closed"),
    )
)


def find_link(plan: Plan) -> MapLink | None:
    """Find the first link that surely leads to the gap map, else the first that may."""
    text = plan.document.source.text.lower()
    if plan.mapping is None or not any(ending in text for ending in ENDINGS):
        # Most plans link to no document at all.
        return None
    found = [link for link in map(_map_link, _prose_links(plan)) if link is not None]
    sure = next((link for link in found if link.sure), None)
    return sure or next(iter(found), None) or _first_in_gaps(plan)


def find_link_on(document: Document) -> MapLink | None:
    """Find the first link of a document, which is no gap map itself, that surely leads to one."""
    found = (_map_link(link) for link in _links_of(document.blocks))
    return next((link for link in found if link is not None and link.sure), None)


def _prose_links(plan: Plan) -> Iterator[Link]:
    return _links_of(tuple(mapping_blocks(plan)))


def _links_of(blocks: tuple[Block, ...]) -> Iterator[Link]:
    for block in walk_blocks(blocks):
        if isinstance(block, Paragraph):
            yield from block.text.links


def _first_in_gaps(plan: Plan) -> MapLink | None:
    """Find a link to the map in the cells that name the gaps: each may lead to its gap's place in the map."""
    column = number_column(plan)
    for row in plan.mapping.rows if plan.mapping else ():
        cells: list[Text | None] = [row.gap]
        if column is not None and column < len(row.row.cells):
            cells.append(row.row.cells[column].text)
        for cell in cells:
            for link in cell.links if cell is not None else ():
                found = _map_link(link)
                if found is not None:
                    return found._replace(fragment="", sure=False)
    return None


def _map_link(link: Link) -> MapLink | None:
    """Read a link that speaks of gaps and leads to a Markdown file beside the plan, None for any other."""
    encoded, _, fragment = link.destination.partition("#")
    if "." not in encoded:
        return None
    from urllib.parse import unquote  # is slow to import, and most plans have no such link

    path = unquote(encoded.partition("?")[0])
    # Neither an absolute path nor one that leads to another host.
    if path.startswith(("/", "\\")) or ":" in path.partition("/")[0] or not path.lower().endswith(ENDINGS):
        return None
    said = gap_words(link.text.plain)
    name = gap_words(path.rpartition("/")[2].rpartition(".")[0].replace("_", " "))
    if {*said.split(), *name.split()} & _OTHER:
        return None
    sure = any(_has(words, _MAPS) or words in _ALONE for words in (said, name))
    if not sure and not any(_has(words, _GAPS) for words in (said, name)):
        return None
    return MapLink(path, unquote(fragment), link.span, sure)


def _has(words: str, names: tuple[str, ...]) -> bool:
    return any(f" {name} " in f" {words} " for name in names)
