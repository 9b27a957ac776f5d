"""At which level the stages of a plan should stand.

The guide has them on the third, one below its title. A plan that opens the file with a title of the first level has
them on the second, and under a heading that gathers them they stand one below that.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from lint_migration_plan.plan.nodes import StageForm

if TYPE_CHECKING:
    from lint_migration_plan.markdown.document import Heading
    from lint_migration_plan.plan.nodes import Plan, Stage

#: The guide's own level of a stage.
LEVEL = 3


class StageLevels:
    """The right levels of the stages of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._below_title = _below_title(plan)
        self._sections = {section.span for section in plan.sections}
        self._stages = {stage.heading.span: stage for stage in plan.stages}
        self._spans = sorted(stage.span for stage in plan.stages)
        headings = [stage for stage in plan.stages if stage.heading.form is StageForm.HEADING]
        self._levels = [stage.heading.level for stage in headings]
        self._usual = self.right(headings[0]) if headings else self._below_title or LEVEL

    def is_off(self, stage: Stage) -> bool:
        """Say whether a stage stands on a wrong level."""
        return stage.heading.level != self.right(stage)

    def right(self, stage: Stage) -> int:
        """Give the level that a stage should have; as long as there is no title, its own may follow most others."""
        if stage.heading.form is not StageForm.HEADING:
            return self._usual
        return stage.heading.level if self._is_like_most(stage) else self._guides(stage)

    def _is_like_most(self, stage: Stage) -> bool:
        level = stage.heading.level
        return self._below_title is None and level == max(self._levels, key=self._levels.count, default=level)

    def _guides(self, stage: Stage) -> int:
        """Give the level by the headings around a stage: its own, if that is one of those that are fine."""
        level, around = stage.heading.level, stage.parent.heading
        outer = self._stages.get(around.text.span) if around else None
        if outer is not None:
            return self._usual if outer.heading.form is not StageForm.HEADING else self._guides(outer)
        if level in {LEVEL, self._below_title}:
            return level
        if around and self._gathers(around) and level == around.level + 1:
            # It stands below the title, or will once there is one.
            return level if around.level >= (self._below_title or LEVEL - 1) else self._below_title or LEVEL
        return self._below_title or LEVEL

    def _gathers(self, heading: Heading) -> bool:
        """Say whether stages may stand under a heading: that of no section, and of no part of a stage before them."""
        start = heading.text.span.start
        before = bisect_right(self._spans, (start, start)) - 1
        within = before >= 0 and start < self._spans[before].end
        return not within and heading.text.span not in self._sections

    def ends(self, stage: Stage, heading: Heading) -> bool:
        """Say whether a heading behind a stage would end it too when both stand on their right levels."""
        following = self._stages.get(heading.text.span)
        return (self.right(following) if following else heading.level) <= self.right(stage)


def _below_title(plan: Plan) -> int | None:
    """Give the level below the guide's title; None where that is still to be written."""
    return plan.title.level + 1 if plan.title is not None and plan.title.canonical else None
