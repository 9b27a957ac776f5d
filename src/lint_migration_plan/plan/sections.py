"""Find the title of a plan and the guide's sections among its headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Heading, Section
from lint_migration_plan.plan.nodes import PlanSection, Title
from lint_migration_plan.plan.spelling import nearest, normal_heading
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import (
    MIGRATION_STEMS,
    OTHER_SECTION_NAMES,
    PART_NOUNS,
    STATE_ADJECTIVES,
    STATE_NOUNS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_TITLE = LazyPattern(r"\s*(?:\d{1,3}[.)]?\s+)?migration(?:\s*[:：]\s*(?P<name>.*)|\s*)", re.IGNORECASE | re.DOTALL)

#: The tables may follow the last stage below its heading; a From or Goal below a stage is that stage's own.
TABLE_KINDS = frozenset((SectionKind.MAPPING, SectionKind.VERIFICATION))

#: No section of the guide has a longer heading, slips included.
_LONGEST = 80
_STATE_WORDS = 5
_BOTH = frozenset(("vs", "vs.", "versus", "→", "->", "to", "and", "&"))
_TAIL = LazyPattern(r"\s*(?:[:：]\s.*|\s[—–-]\s.*|[(（].*)\Z")


class Around(NamedTuple):
    """A section with the one around it."""

    section: Section
    parent: Section


def read_title(section: Section) -> Title | None:
    """Read a section's heading as the guide's ``Migration: {name}``; None where it is none."""
    heading = section.heading
    if heading is None:
        return None
    match = _TITLE.fullmatch(heading.text.plain)
    if match is None:
        return None
    start = match.start("name") if match["name"] is not None else len(heading.text)
    name = heading.text.slice(start).strip()
    return Title(section, heading.text, name, canonical=True, level=heading.level, span=heading.text.span)


def names_migration(text: str) -> bool:
    """Say whether a heading speaks of a migration."""
    lower = text.casefold()
    return any(stem in lower for stem in MIGRATION_STEMS)


def loose_title(section: Section) -> Title:
    """Take a heading for the title of a plan."""
    heading = section.heading
    if not isinstance(heading, Heading):
        raise TypeError("a title needs a heading")
    return Title(
        section, heading.text, heading.text.strip(), canonical=False, level=heading.level, span=heading.text.span
    )


def find_sections(candidates: Iterable[Around]) -> list[PlanSection]:
    """Find the guide's sections: by their names, else by other names for them, else by slips of the pen.

    Every section that bears the guide's own name is given; another name or a slip counts only where that is missing.
    """
    arounds = [around for around in candidates if around.section.heading is not None]
    names = [(normal_heading(_plain(around.section)), around) for around in arounds]
    found: dict[SectionKind, list[PlanSection]] = {}
    claimed: set[int] = set()
    for canonical, table in ((True, _guide_names()), (False, _other_names())):
        present = set(found)
        for name, around in names:
            kind = table.get(name) or (None if canonical else _meant(name))
            if kind is None or kind in present or id(around.section) in claimed:
                continue
            if not canonical and kind in found:
                continue
            found.setdefault(kind, []).append(_section(kind, around, canonical=canonical, synonym=not canonical))
            claimed.add(id(around.section))
    missing = _missing(found.keys())
    for name, around in names:
        if len(name) > _LONGEST or id(around.section) in claimed:
            continue
        close = nearest(name, missing)
        if close is not None:
            found[missing[close]] = [_section(missing[close], around, canonical=False, synonym=False)]
            missing = _missing(found.keys())
    return sorted((section for sections in found.values() for section in sections), key=lambda section: section.span)


def says_more(section: PlanSection) -> bool:
    """Say whether a heading says more than that its section is one of the guide's: "Target schema (v2)"."""
    name = normal_heading(section.text.plain)
    if not section.synonym or _other_names().get(name) is section.kind:
        return False
    words = name.split()
    state = {word for adjectives in STATE_ADJECTIVES.values() for word in adjectives}
    return _state(name) is not section.kind or not set(words) <= state.union(STATE_NOUNS) - PART_NOUNS


def _missing(found: Collection[SectionKind]) -> Mapping[str, SectionKind]:
    """Give the names of the sections that were not found, those by which slips are known."""
    missing = {guide: kind for guide, kind in _guide_names().items() if kind not in found}
    tables = TABLE_KINDS.difference(found)
    if tables:
        missing |= {other: kind for other, kind in _other_names().items() if kind in tables}
    return missing


def _meant(name: str) -> SectionKind | None:
    """Say which section a heading means that says more than a name: "Target state: CT303", "Timeline (weeks)"."""
    base = _TAIL.sub("", name)
    if base == name:
        return _state(name)
    return _guide_names().get(base) or _other_names().get(base) or _state(base)


def _state(name: str) -> SectionKind | None:
    """Say whether a heading is about the state of the system before or after: "target schema structure"."""
    words = name.split()
    if not 1 < len(words) <= _STATE_WORDS or words[-1] not in STATE_NOUNS:
        return None
    if set(words) & _BOTH:
        # "Current vs target architecture" is neither of the two sections that the guide has.
        return None
    beginnings = {words[0], " ".join(words[:2])}
    return next((kind for kind, adjectives in STATE_ADJECTIVES.items() if beginnings & set(adjectives)), None)


def _plain(section: Section) -> str:
    return section.heading.text.plain if section.heading else ""


def _section(kind: SectionKind, around: Around, *, canonical: bool, synonym: bool) -> PlanSection:
    heading = around.section.heading
    if heading is None:
        raise TypeError("a section of the guide needs a heading")
    return PlanSection(
        kind, around.section, heading.text, canonical, synonym, heading.level, around.parent, heading.text.span
    )


def table_section(kind: SectionKind, around: Around) -> PlanSection:
    """Take a section for one of the guide's because of the table that it holds."""
    return _section(kind, around, canonical=False, synonym=True)


@lru_cache(maxsize=1)
def _guide_names() -> Mapping[str, SectionKind]:
    names = {normal_heading(kind.value): kind for kind in SectionKind}
    # Arrows as people type them are the guide's own arrow.
    return names | {
        f"gap {arrow} stage mapping": SectionKind.MAPPING for arrow in ("->", "=>", "➜", "⇒", "⟶", "➔", "–>")
    }


@lru_cache(maxsize=1)
def _other_names() -> Mapping[str, SectionKind]:
    return {normal_heading(name): kind for kind, names in OTHER_SECTION_NAMES.items() for name in names}
