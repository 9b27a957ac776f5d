"""Read a gap map: the document that lists what lies between the old state and the new.

It may be any Markdown file with tables that have a Gap column or identifiers of gaps, else headings or items that begin
with identifiers ("GAP-03"), else the list below a heading that says gaps. Only the first of these forms counts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lint_migration_plan.plan.gap_map_forms import (
    Group,
    MapGap,
    in_headings,
    in_items,
    in_lists,
    in_tables,
    is_gaps,
    says_closed_below,
)
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.gap_titles import read_gap_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lint_migration_plan.markdown.document import Document, Section
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.vocabulary import Vocabulary

T = TypeVar("T")

_FORMS = (in_tables, in_headings, in_items, in_lists)


class GapMap(NamedTuple):
    """The gaps of a document in order; it is not ``complete`` where a row of it cannot be read."""

    document: Document
    gaps: tuple[MapGap, ...]
    complete: bool


def read_gap_map(document: Document, vocabulary: Vocabulary, fragment: str = "") -> GapMap | None:
    """Read the gaps of a document, or of the section that a link's fragment names; None where nothing lists gaps.

    What lists gaps, and none that can be told for certain, is a map without gaps that is not complete.
    """
    part = _named_section(document.root, fragment) if fragment else None
    unsure = False
    for section in (part, document.root):
        if section is not None:
            for read in _FORMS:
                groups = read(section, vocabulary)
                gaps = _merged(groups, _closed_below(section))
                if gaps:
                    return GapMap(document, tuple(gaps), all(group.complete for group in groups))
                unsure |= (read is in_tables and bool(groups)) or not all(group.complete for group in groups)
    return GapMap(document, (), complete=False) if unsure else None


def _merged(groups: Iterable[Group], is_closed: Callable[[MapGap], bool]) -> list[MapGap]:
    """Give the gaps of all tables or lists; one that stands again in another of them is the same gap.

    One that ``is_closed`` where it stands is closed wherever else it does.
    """
    gaps: list[MapGap] = []
    places: dict[str, int] = {}
    for group in groups:
        before = len(gaps)
        for gap in group.gaps:
            key = next((each.key for each in gap.title.identifiers if each.plain), gap.title.words)
            place = places.setdefault(key, len(gaps))
            gap = replace(gap, closed=True) if is_closed(gap) else gap  # noqa: PLW2901 - the same gap
            if place < before:
                gaps[place] = _united(gaps[place], gap)
            else:
                gaps.append(gap)
    return gaps


def _closed_below(section: Section) -> Callable[[MapGap], bool]:
    """Give what says of a gap whether it stands below a heading that says that its gaps are closed."""
    parts = [inner.span for inner in section.walk() if says_closed_below(inner)]
    starts = [span.start for span in parts]
    ends = list(accumulate((span.end for span in parts), max))

    def is_closed(gap: MapGap) -> bool:
        place = bisect_right(starts, gap.text.span.start) - 1
        return place >= 0 and gap.text.span.start < ends[place]

    return is_closed


def _united(one: MapGap, other: MapGap) -> MapGap:
    return replace(
        one,
        risk=_agreed(one.risk, other.risk),
        effort=_agreed(one.effort, other.effort),
        closed=one.closed or other.closed,
        exemption=one.exemption or other.exemption,
    )


def _agreed(one: Reading[T] | None, other: Reading[T] | None) -> Reading[T] | None:
    """Give what two places say of one thing, None where they say two things."""
    if one is None or other is None or State.READ not in {one.state, other.state}:
        return one or other
    if one.state is not State.READ or other.state is not State.READ:
        return one if one.state is State.READ else other
    return one if one.value == other.value else None


def _named_section(root: Section, fragment: str) -> Section | None:
    """Find the section that a fragment names as hosts of repositories name headings; a gap's own heading is none."""
    for section in root.walk():
        if section.heading is not None and _slug(section.heading.text.plain) == fragment.casefold():
            identifiers = read_gap_title(section.heading.text.plain).identifiers
            return None if identifiers and is_gaps(identifiers[0]) else section
    return None


def _slug(heading: str) -> str:
    kept = (char for char in heading.strip().casefold() if char.isalnum() or char in " -_")
    return "".join(kept).replace(" ", "-")
