"""Where a section stands: the headings around it, their levels, and which of them are neutral."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal_heading
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules.document._titles import LEVEL, right_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Section
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, PlanSection, Title

TABLES = (SectionKind.MAPPING, SectionKind.VERIFICATION)

#: The guide's level of what stands below the title.
_PART = 3

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

    Of a heading under another name `misspelled-section` tells.
    """
    base = _base(plan)
    if base is None:
        yield from _in_stages(plan, sections)
        return
    title, level = base
    if is_title_off(plan, title, level):
        does, guide = f"is a heading of level {level}", f"the guide has the title on level {LEVEL}"
        yield Misplaced(title.text, does, guide)
    for section in sections:
        if not section.synonym:
            yield from _beside_title(plan, section, title, level)


def _base(plan: Plan) -> tuple[Title, int] | None:
    """Give the title and the level that it has, or is to have: from there the guide counts the other levels."""
    title, right = plan.title, right_title(plan)
    if title is None or right is None or (not title.canonical and is_title_off(plan, title, right.level)):
        return None
    return title, right.level


def is_title_off(plan: Plan, title: Title, level: int) -> bool:
    """Say whether a title would be out of place on a level."""
    return level != LEVEL and not any(map(_is_neutral, path_to(plan.document.root, title.span.start)[:-1]))


def place_under_another_name(plan: Plan, section: PlanSection) -> Misplaced | None:
    """Say how a section stands where the guide has none, if it bears another name than the guide's."""
    if not section.synonym:
        return None
    if section.kind not in TABLES and plan.stages and section.span > plan.stages[0].heading.span:
        return behind_stages(plan, section)
    base = _base(plan)
    return next(_beside_title(plan, section, *base), None) if base else None


def behind_stages(plan: Plan, section: PlanSection) -> Misplaced:
    """Say of a part of the overview that it stands behind the first stage."""
    first = plan.stages[0]
    does = f"stands behind {first.title}"
    return Misplaced(section.text, does, "the guide has the overview before the stages", first.heading.text)


def _in_stages(plan: Plan, sections: Sequence[PlanSection]) -> Iterator[Misplaced]:
    """Find sections within a stage: without a title nothing says on which level a plan begins."""
    stages = {stage.heading.span.start for stage in plan.stages}
    for section in sections:
        home = home_of(plan, section).section
        if home.heading is not None and home.heading.text.span.start in stages:
            yield _under(section, home)


def _beside_title(plan: Plan, section: PlanSection, title: Title, level: int) -> Iterator[Misplaced]:
    """Judge a section by the title, which has or should have this level."""
    path = path_to(plan.document.root, title.span.start)
    home, wrapped = home_of(plan, section)
    if section.kind in TABLES:
        if all(home is not around for around in path):
            yield _under(section, home)
        elif not wrapped and section.level not in {level, LEVEL}:
            yield _level(section, LEVEL)
    elif home is title.section:
        if not wrapped and section.level not in {level + 1, _PART}:
            yield _level(section, level + 1)
    elif all(home is not around for around in path):
        yield _under(section, home)
    elif section.span < title.span:
        yield Misplaced(section.text, "stands before the title", "the guide has it below that", title.text)
    elif not wrapped:
        yield _level(section, _PART)


def _level(section: PlanSection, level: int) -> Misplaced:
    return Misplaced(section.text, f"is a heading of level {section.level}", f"the guide has it on level {level}")


def _under(section: PlanSection, home: Section) -> Misplaced:
    around = home.heading.text if home.heading else None
    where = quote(around.plain) if around else "no title"
    guide = "the guide has it on level 2" if section.kind in TABLES else "the guide has it right below the title"
    return Misplaced(section.text, f"stands under {where}", guide, around)


def _is_neutral(section: Section) -> bool:
    return section.heading is not None and normal_heading(section.heading.text.plain) in _WRAPPERS
