"""What the rules for the overview share: which parts it has, and whether one of them holds anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Html, Quote, ThematicBreak
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.plan.nodes import Plan, PlanSection

#: The parts of the overview in the guide's order.
KINDS = (SectionKind.FROM, SectionKind.TO, SectionKind.MOTIVATION, SectionKind.TIMELINE, SectionKind.ABORT)

_COMMENTS = LazyPattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def is_begun(plan: Plan) -> bool:
    """Say whether the plan has an overview: the guide's title or, under another title or none, more than one part.

    One part alone, "Goal" or "Schedule", may be found in any document.
    """
    if plan.title is not None and plan.title.canonical:
        return True
    return len({section.kind for section in plan.overview.sections}) > 1


def only_section(plan: Plan, kind: SectionKind) -> PlanSection | None:
    """Find a section that stands once in the plan; which of two counts is for their author to say."""
    found = [section for section in plan.sections if section.kind is kind]
    return found[0] if len(found) == 1 else None


def content(plan: Plan, section: PlanSection) -> Iterator[Block]:
    """Give the blocks that stand under a section's heading and say something, deeper headings included."""
    start = section.span.start
    others = (
        *(other.span.start for other in plan.sections),
        *(stage.heading.span.start for stage in plan.stages),
        *(title.span.start for title in plan.titles),
    )
    end = min((other for other in others if other > start), default=section.section.span.end)
    for inner in section.section.walk():
        if inner.heading is not None and start < inner.heading.text.span.start < end:
            yield inner.heading
        yield from (block for block in inner.blocks if block.span.start < end and _says_something(block))


def _says_something(block: Block) -> bool:
    if isinstance(block, Html):
        return bool(_COMMENTS.sub("", block.content).strip())
    return not isinstance(block, Quote | ThematicBreak)
