"""Read the gap maps that plans name: each once a run, and nothing outside the repository.

A map is named in the front matter of a plan, in the configuration, or by a link in the plan's Gap → Stage section. A
name may come from anybody who can write a plan, so that it is followed with care: only to regular Markdown files whose
real path lies in the same repository, and never over the network.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.paths import absolute, as_named, folder_of, is_within
from lint_migration_plan.config.settings import FRONT_MATTER
from lint_migration_plan.lint.collect import ENDINGS, repository_of
from lint_migration_plan.lint.gap_map_links import find_link, find_link_on
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text
from lint_migration_plan.lint.rule import OtherFile
from lint_migration_plan.lint.subject import GapMapUse, ReadGapMap
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.source import Source, Span
    from lint_migration_plan.plan.nodes import Plan


class GapMaps:
    """The gap maps of a run, by their real paths; each is read once.

    Whoever runs on while files change keeps one of these, and lets it forget what changed.
    """

    def __init__(self) -> None:
        self._documents: dict[tuple[str, int, int], Document | str] = {}
        #: What was followed for the file that was judged last.
        self.followed: list[Followed] = []

    def document(self, path: str, max_size: int, max_nesting: int) -> Document | str:
        """Give the document at a real path, or say why it cannot be read."""
        key = path, max_size, max_nesting
        if key not in self._documents:
            self._documents[key] = _read(path, max_size, max_nesting)
        return self._documents[key]

    def source(self, path: str, config: Config) -> Source | None:
        """Give the text of a map, by any path that leads to it; it may have been read in another run or process."""
        document = self.document(os.path.realpath(path), config.max_file_size, config.max_nesting)
        return None if isinstance(document, str) else document.source

    def forget(self, path: str) -> None:
        """Read a file anew when it is asked for again."""
        real = os.path.realpath(path)
        self._documents = {key: document for key, document in self._documents.items() if key[0] != real}


def gap_map_uses(file: File, path: str, config: Config, maps: GapMaps) -> list[GapMapUse]:
    """Find and read the gap maps of the plans of a file; ``path`` is the file as it was named.

    A link that does not surely name a gap map, and turns out to name none of these plans' gaps, is none.
    """
    uses: list[GapMapUse] = []
    if file.front_matter is not None:
        # What it was to name is not known.
        return uses
    for plans, named in _named(file, path, config):
        read = _follow(named, path, plans, config, maps)
        if named.sure or (isinstance(read, ReadGapMap) and read.matching.pairs):
            uses.append(GapMapUse(plans, named.name, named.span, read))
    return uses


class Followed(NamedTuple):
    """A name of a gap map: the folder that it is relative to, its real path, and the document if one was read."""

    name: str
    base: str
    real: str
    document: Document | None


class _Named(NamedTuple):
    """A gap map as it is named: by a path relative to the folder ``base``, at a place in the plan.

    ``relative_to`` says in words what the path is relative to, where its author may have thought otherwise. A name that
    is not ``sure`` may be that of another document.
    """

    name: str
    base: str
    span: Span
    relative_to: str = "the plan"
    fragment: str = ""
    sure: bool = True


def _named(file: File, path: str, config: Config) -> Iterator[tuple[tuple[Plan, ...], _Named]]:
    """Yield the maps that are named, each with the plans that it is for; the first of the three ways counts."""
    plans = file.plans
    if not plans:
        return
    folder = folder_of(path)
    if config.gap_map is None:
        for plan in plans:
            link = find_link(plan)
            if link is not None:
                yield (plan,), _Named(link.path, folder, link.span, fragment=link.fragment, sure=link.sure)
        return
    name, _, fragment = config.gap_map.partition("#")
    if any(origin.source == FRONT_MATTER for origin in config.origins.get("gap-map", ())):
        yield plans, _Named(name, folder, _front_matter_span(file), fragment=fragment)
        return
    place = next((plan.mapping.section.span for plan in plans if plan.mapping), plans[0].head)
    named = _Named(name, config.root or folder, place, "the configuration", fragment)
    # Of all files that a configuration speaks of, the map itself may be one.
    if not _is_same(os.path.join(named.base, name), path):
        yield plans, named


def _front_matter_span(file: File) -> Span:
    from lint_migration_plan.config.front_matter import place_of_setting

    front_matter = file.document.front_matter
    place = place_of_setting(front_matter.content, "gap-map") if front_matter else None
    if front_matter is None or place is None:
        return file.plans[0].head
    return front_matter.span_of(file.document.source, *place)


def _follow(named: _Named, path: str, plans: Sequence[Plan], config: Config, maps: GapMaps) -> ReadGapMap | str:
    """Read the map that is meant, or say why not; a document without gaps may link to the one that has them."""
    border = os.path.realpath(_repository(named.base, config))
    shown = way = ""
    for _ in range(config.max_gap_map_links):
        found = _found(named, path, border, config, maps)
        if isinstance(found, str):
            return way + found
        real, document = found
        # Most plans name no map that is there.
        from lint_migration_plan.plan.facts.gap_matching import match_gaps
        from lint_migration_plan.plan.gap_map import read_gap_map

        beside = os.path.normpath(os.path.join(os.path.dirname(shown), named.name))
        shown = beside if shown else _shown(named, path, real)
        gap_map = read_gap_map(document, plans[0].vocabulary, named.fragment)
        if gap_map is not None:
            return ReadGapMap(OtherFile(shown, document.source), gap_map, match_gaps(gap_map, plans))
        link = find_link_on(document)
        if link is None:
            return f"{way}holds no table with a column Gap, and no list of gaps"
        way = f"{way}links to {quote(link.path)}, which "
        named = _Named(link.path, os.path.dirname(real), named.span, "the document that links to it", link.fragment)
    most = (
        "only one link is followed" if config.max_gap_map_links == 1 else f"{config.max_gap_map_links} links led here"
    )
    return f"{way.removesuffix(', which ')}, and {most}; name that file, or raise max-gap-map-links"


def _found(named: _Named, path: str, border: str, config: Config, maps: GapMaps) -> tuple[str, Document] | str:
    """Find a document and read it, with its real path, or say why not."""
    whole = os.path.join(named.base, named.name)
    followed = Followed(whole, named.base, "", None)
    maps.followed.append(followed)
    try:
        real = os.path.realpath(whole)
    except (OSError, ValueError):
        return "cannot be read: no file can be called so"
    if not is_within(border, real):
        return "lies outside the repository, where nothing is read; keep it inside"
    if not real.lower().endswith(ENDINGS):
        return f"is no Markdown file; name one that ends in {ENDINGS[0]}"
    if _is_same(real, path):
        return "is the plan itself; name the document that lists the gaps"
    document = maps.document(real, config.max_file_size, config.max_nesting)
    if isinstance(document, str):
        hint = "" if os.path.lexists(whole) else f"; the path is relative to {named.relative_to}"
        return f"cannot be read: {document}{hint}"
    maps.followed[-1] = followed._replace(real=real, document=document)
    return real, document


def _read(path: str, max_size: int, max_nesting: int) -> Document | str:
    try:
        return read_map(read_text(path, max_size), max_nesting)
    except (CannotReadError, UnreadableFileError) as error:
        return str(error)


def read_map(text: str, max_nesting: int) -> Document | str:
    """Parse the text of a gap map, or say why it cannot be read."""
    document = parse_document(text, max_nesting)
    if document.loss is not None:
        return f"line {document.source.position(document.loss.span.start).line} {document.loss.reason}"
    return document


def _repository(folder: str, config: Config) -> str:
    """Find the folder that nothing is read outside of: the repository's, else the configuration's, else this one."""
    found = repository_of(folder)
    if found is not None:
        return found
    return config.root if config.root is not None and is_within(config.root, absolute(folder)) else folder


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _shown(named: _Named, path: str, real: str) -> str:
    """Name the map as whoever named the plan would open it."""
    beside = named.base == folder_of(path)
    whole = (
        os.path.join(os.path.dirname(path), named.name) if beside else as_named(os.path.join(named.base, named.name))
    )
    # Two dots behind a link to a folder lead elsewhere than they seem to.
    plain = os.path.normpath(whole)
    return plain if os.path.realpath(plain) == real else whole
