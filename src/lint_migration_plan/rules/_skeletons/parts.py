"""The skeleton of a part of the overview, among the parts that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Fix
from lint_migration_plan.markdown.document import List
from lint_migration_plan.plan.overview import TIMELINE
from lint_migration_plan.plan.template import ABORT_LEAD, SECTIONS
from lint_migration_plan.plan.template import TIMELINE as TIMES
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._overview import KINDS
from lint_migration_plan.rules._skeletons.layout import Layout, Marker, layout_of
from lint_migration_plan.rules.document._places import home_of, path_to

if TYPE_CHECKING:
    from lint_migration_plan.lint.fix import Edit
    from lint_migration_plan.markdown.document import Heading
    from lint_migration_plan.plan.nodes import Plan, PlanSection

#: The guide's level of a part.
_PART = 3


def part_fix(plan: Plan, kind: SectionKind) -> Fix | None:
    """Put in the skeleton of a part; None where it is not certain where it would belong."""
    edit = _edit(plan, layout_of(plan), kind)
    return Fix(f"add '{kind.value}', to be filled in", (edit,), safe=False) if edit else None


def _edit(plan: Plan, layout: Layout, kind: SectionKind) -> Edit | None:
    """Write the part behind the one that it follows, else before the one that it precedes, else below the title."""
    known = _in_overview(plan)
    place = KINDS.index(kind)
    before = [section for section in known if KINDS.index(section.kind) < place]
    behind = [section for section in known if KINDS.index(section.kind) > place]
    if before or behind:
        sibling = max(before, key=_rank) if before else min(behind, key=_rank)
        beside = _standing(plan, sibling)
        if beside is None:
            return None
        index = layout.index(beside.span.start)
        text = _written(plan, layout, kind, beside.level, sibling)
        if not before:
            return layout.below(layout.before(index), text) if index else None
        last = layout.before(min(layout.end_of(index, beside.level), _next_start(plan, layout, index)))
        line = "\n\n---\n\n" if _is_separated(layout, known) else "\n\n"
        return layout.below(last, text, line)
    title = plan.title
    if title is None or (plan.stages and title.span.start > plan.stages[0].span.start):
        return None
    index = layout.index(title.span.start)
    last = layout.before(min(layout.end_of(index), _next_start(plan, layout, index)))
    return layout.below(last, _written(plan, layout, kind, title.level + 1, None))


def _in_overview(plan: Plan) -> list[PlanSection]:
    """Give the parts that stand where the guide has them: before the stages, and below the title."""
    first = plan.stages[0].span.start if plan.stages else plan.span.end
    title = plan.title
    start = title.span.start if title is not None and title.canonical and title.span.start < first else plan.span.start
    return [section for section in plan.overview.sections if start <= section.span.start < first]


def _rank(section: PlanSection) -> int:
    return KINDS.index(section.kind)


def _standing(plan: Plan, sibling: PlanSection) -> Heading | None:
    """Find beside which heading a part would be in place: its sibling's, or one around; None if beside none."""
    title = plan.title
    if title is None or not title.canonical:
        return sibling.section.heading
    path = path_to(plan.document.root, title.span.start)
    home, wrapped = home_of(plan, sibling)
    fine = {title.level + 1, _PART}
    if any(home is around for around in path):
        return sibling.section.heading if wrapped or sibling.canonical or sibling.level in fine else None
    inside = path_to(plan.document.root, sibling.section.span.start)
    outer = next(section for section in inside if all(section is not around for around in path))
    return outer.heading if outer.heading is not None and outer.heading.level in fine else None


def _next_start(plan: Plan, layout: Layout, index: int) -> int:
    """Give the index of the first stage or title behind a block; a bold line may begin a stage."""
    start = layout.blocks[index].span.start
    starts = (*(stage.span.start for stage in plan.stages), *(title.span.start for title in plan.titles))
    behind = [layout.index(other) for other in starts if other > start]
    return min((other for other in behind if other > index), default=len(layout.blocks))


def _is_separated(layout: Layout, sections: list[PlanSection]) -> bool:
    """Say whether lines are drawn between the parts."""
    return len(sections) > 1 and all(layout.is_separated(section.span.start) for section in sections[1:])


def _written(plan: Plan, layout: Layout, kind: SectionKind, level: int, sibling: PlanSection | None) -> str:
    """Write a part with its heading; lists have the marks of the other parts."""
    like = sibling.span.start if sibling else plan.title.span.start if plan.title else None
    gap = layout.gap_below(sibling.span.start) if sibling else "\n\n"
    heading = layout.heading(kind.value, level, like)
    lists = [_first_list(section) for section in plan.overview.sections]
    marks = [layout.marker(found.items[0]).mark for found in lists if found is not None]
    mark = Marker(mark=next((mark for mark in marks if not mark[0].isdigit()), "- ")).mark.partition("[")[0]
    if kind is SectionKind.TIMELINE:
        return f"{heading}{gap}" + "\n".join(f"{mark}{name.capitalize()}: {TIMES[name]}" for name in TIMELINE)
    if kind is SectionKind.ABORT:
        return f"{heading}{gap}{ABORT_LEAD}{gap}{mark}{SECTIONS[kind]}"
    other = next((each for each in plan.overview.sections if each.kind in {SectionKind.FROM, SectionKind.TO}), None)
    is_list = kind is not SectionKind.MOTIVATION and other is not None and _first_list(other) is not None
    return f"{heading}{gap}{mark if is_list else ''}{SECTIONS[kind]}"


def _first_list(section: PlanSection) -> List | None:
    return next((block for block in section.section.blocks if isinstance(block, List)), None)
