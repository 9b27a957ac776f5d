"""Where a section stands: the headings around it, their levels, and which of them are neutral."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal_heading
from lint_migration_plan.plan.terms import SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Section
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, PlanSection, Title

TABLES = (SectionKind.MAPPING, SectionKind.VERIFICATION)

#: The guide's levels of the title and of what stands below it.
_TITLE, _PART = 2, 3

#: Headings that only hold other sections together; the guide has some of them itself.
_WRAPPERS = frozenset(
    (
        *(
            "overview",
            "migration overview",
            "plan overview",
            "summary",
            "plan",
            "migration plan",
            "the plan",
            "details",
        ),
        *("migration plan structure", "stages", "stage definitions", "migration stages", "the stages", "phases"),
        *("gap-to-stage mapping", "gap to stage mapping", "gaps", "mapping", "gap mapping", "traceability"),
        *("verification", "verification strategy", "tables", "tracking"),
    )
)


class Misplaced(NamedTuple):
    """A heading, what it does there, and what the guide does; ``related`` is the heading that it stands by or under."""

    heading: Text
    does: str
    guide: str
    related: Text | None = None


class Home(NamedTuple):
    """The nearest section around that is not neutral, and whether a neutral one lies between."""

    section: Section
    wrapped: bool


def home_of(plan: Plan, section: PlanSection) -> Home:
    """Say in what a section of the guide stands."""
    wrapped = False
    path = path_to(plan.document.root, section.span.start)
    for around in reversed(path[:-1]):
        if not _is_neutral(around):
            return Home(around, wrapped)
        wrapped = True
    return Home(path[0], wrapped)


def path_to(root: Section, offset: int) -> list[Section]:
    """Give the sections around the heading at an offset, from the root to that heading's own."""
    path = [root]
    while children := path[-1].children:
        index = bisect_right(children, offset, key=lambda child: child.span.start) - 1
        if index < 0 or offset >= children[index].span.end:
            break
        path.append(children[index])
    return path


def on_other_levels(plan: Plan, sections: Sequence[PlanSection]) -> Iterator[Misplaced]:
    """Find headings whose level or parent is not the guide's, the level seen from the title.

    A heading under another name is left out: to give it the guide's name is to write it on the guide's level.
    """
    title = plan.title
    if title is None or not title.canonical:
        # Nothing says on which level such a plan begins, but its tables are no part of a stage.
        stages = {stage.heading.span.start for stage in plan.stages}
        for section in sections:
            home = home_of(plan, section).section
            if home.heading is not None and home.heading.text.span.start in stages:
                yield _under(section, home)
        return
    path = path_to(plan.document.root, title.span.start)
    if title.level != _TITLE and not any(map(_is_neutral, path[:-1])):
        yield Misplaced(
            title.text, f"is a heading of level {title.level}", f"the guide has the title on level {_TITLE}"
        )
    for section in sections:
        if section.canonical:
            place = _table if section.kind in TABLES else _part
            yield from place(plan, section, title, path)


def _part(plan: Plan, section: PlanSection, title: Title, path: list[Section]) -> Iterator[Misplaced]:
    home, wrapped = home_of(plan, section)
    if home is title.section:
        if not wrapped and section.level not in {title.level + 1, _PART}:
            yield _level(section, title.level + 1)
    elif all(home is not around for around in path):
        yield _under(section, home)
    elif section.span < title.span:
        yield Misplaced(section.text, "stands before the title", "the guide has it below that", title.text)
    elif not wrapped:
        yield _level(section, _PART)


def _table(plan: Plan, section: PlanSection, title: Title, path: list[Section]) -> Iterator[Misplaced]:
    home, wrapped = home_of(plan, section)
    if all(home is not around for around in path):
        yield _under(section, home)
    elif not wrapped and section.level not in {title.level, _TITLE}:
        yield _level(section, _TITLE)


def _level(section: PlanSection, level: int) -> Misplaced:
    return Misplaced(section.text, f"is a heading of level {section.level}", f"the guide has it on level {level}")


def _under(section: PlanSection, home: Section) -> Misplaced:
    around = home.heading.text if home.heading else None
    where = quote(around.plain) if around else "no title"
    guide = "the guide has it on level 2" if section.kind in TABLES else "the guide has it right below the title"
    return Misplaced(section.text, f"stands under {where}", guide, around)


def _is_neutral(section: Section) -> bool:
    return section.heading is not None and normal_heading(section.heading.text.plain) in _WRAPPERS
