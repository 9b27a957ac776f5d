"""The way back from a stage: the stages done so far, the latest first, and how each of them is undone.

The guide makes each stage independently reversible, so that to go back is to undo one stage after another. A stage is
done when it stands at or before the one that somebody is at: a plan is carried out in the order in which it is written.
Where a stage cannot be undone, those before it are out of reach. It is *irreversible* where its Rollback says that
there is no way back, or names a stage as the end of it ("not possible after Stage 5") and that one is done.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.concreteness import field_texts, holds_more_than_text, is_unfilled, vague_text
from lint_migration_plan.plan.facts.reversibility import denial, explains_absence
from lint_migration_plan.plan.facts.rollback_limits import rollback_limits
from lint_migration_plan.plan.facts.rollback_steps import rollback_fields, rollback_lines
from lint_migration_plan.plan.facts.rollback_tests import rollback_test
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.walk import LayerState, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.rollback_limits import Limit
    from lint_migration_plan.plan.facts.rollback_steps import Line
    from lint_migration_plan.plan.nodes import Plan, Stage


class Mark(Enum):
    """How far a step of the way back can be relied on."""

    TESTED = "tested"
    UNTESTED = "untested"
    NOTHING_TO_UNDO = "nothing to undo"
    #: Nothing is there, or nothing that says how, or template text is left in it.
    UNWRITTEN = "not written out"
    IRREVERSIBLE = "irreversible"


class StepBack(NamedTuple):
    """How one stage is undone: the lines of its Rollback, its mark, and the author's words that made it so, if any.

    ``limit`` is the later stage that ends this way back, if the plan names one. ``in_reach`` is False where a later
    stage cannot be undone. ``after`` has the states of the layers once the stage is undone; None where they are not
    certain, or where nobody gets there.
    """

    stage: Stage
    mark: Mark
    words: Text | None
    lines: tuple[Line, ...]
    limit: Limit | None
    in_reach: bool
    after: Mapping[str, LayerState] | None


class PointOfNoReturn(NamedTuple):
    """The first stage of the plan after which there is no way back to the start.

    ``undoes`` is the stage whose Rollback says so by its ``words``: the same one, or an earlier one that names this
    stage as the end of its way back. ``passed`` is True where it is done already.
    """

    stage: Stage
    undoes: Stage
    words: Text
    passed: bool


class WayBack(NamedTuple):
    """The way back from a stage, the latest step first; ``ends_at`` is the stage that stops it, None at the start.

    ``in_order`` is False where the numbers of the stages do not rise as the plan goes on.
    """

    at: Stage
    steps: tuple[StepBack, ...]
    ends_at: Stage | None
    point_of_no_return: PointOfNoReturn | None
    in_order: bool

    def marked(self, mark: Mark) -> tuple[Stage, ...]:
        """Give the stages with a mark, as far as the way back gets."""
        return tuple(step.stage for step in self.steps if step.mark is mark and step.in_reach)


def way_back(plan: Plan, stage: Stage) -> WayBack:
    """Find the way back from a stage that is done."""
    at = _place(plan, stage)
    steps: list[StepBack] = []
    ends_at: Stage | None = None
    for place in range(at, -1, -1):
        step = _step_back(plan, place, at, in_reach=ends_at is None)
        steps.append(step)
        if step.mark is Mark.IRREVERSIBLE:
            ends_at = ends_at or step.stage
    numbers = [stage.number for stage in plan.stages if stage.number is not None]
    in_order = numbers == sorted(numbers)
    return WayBack(stage, tuple(steps), ends_at, point_of_no_return(plan, at), in_order)


def step_back(plan: Plan, stage: Stage) -> StepBack:
    """Say how a stage is undone while it is the latest one."""
    place = _place(plan, stage)
    return _step_back(plan, place, place, in_reach=True)


def point_of_no_return(plan: Plan, at: int) -> PointOfNoReturn | None:
    """Find the first stage after which the start cannot be reached; ``at`` is the place of the latest one done."""
    limits = rollback_limits(plan)
    ends = []
    for place, stage in enumerate(plan.stages):
        denied = denial(stage)
        if denied is not None:
            ends.append((place, stage, denied.text))
        elif place in limits:
            ends.append((limits[place].place, stage, limits[place].words))
    if not ends:
        return None
    # Of two that a stage ends, the stage itself is the plainer one.
    place, undoes, words = min(ends, key=lambda end: (end[0], end[1] is not plan.stages[end[0]]))
    return PointOfNoReturn(plan.stages[place], undoes, words, place <= at)


def _step_back(plan: Plan, place: int, at: int, *, in_reach: bool) -> StepBack:
    stage, limit = plan.stages[place], rollback_limits(plan).get(place)
    mark, words = _mark(plan, stage)
    if limit is not None and limit.place <= at and mark is not Mark.IRREVERSIBLE:
        mark, words = Mark.IRREVERSIBLE, limit.words
    after = _state_before(plan, place) if in_reach and mark is not Mark.IRREVERSIBLE else None
    return StepBack(stage, mark, words, rollback_lines(stage, plan.document.source), limit, in_reach, after)


def _mark(plan: Plan, stage: Stage) -> tuple[Mark, Text | None]:
    denied = denial(stage)
    if denied is not None:
        return Mark.IRREVERSIBLE, denied.text
    fields = rollback_fields(stage)
    texts = list(field_texts(fields))
    unfilled = next((text for text in texts if is_unfilled(text)), None)
    if unfilled is not None:
        return Mark.UNWRITTEN, unfilled
    if explains_absence(stage):
        return Mark.NOTHING_TO_UNDO, texts[0]
    vague = vague_text(stage, FieldName.ROLLBACK) if texts else None
    if vague is not None or not (holds_more_than_text(fields) or any(map(_says_something, texts))):
        return Mark.UNWRITTEN, vague
    tested, words = rollback_test(plan, stage)
    return (Mark.TESTED if tested else Mark.UNTESTED), words


def _says_something(text: Text) -> bool:
    return any(char.isalnum() for char in text.plain)


def _state_before(plan: Plan, place: int) -> Mapping[str, LayerState] | None:
    walked = walk(plan)
    if not walked.certain:
        return None
    return walked.steps[place - 1].after if place else dict.fromkeys(walked.layers, LayerState.OLD)


def _place(plan: Plan, stage: Stage) -> int:
    return next(place for place, other in enumerate(plan.stages) if other is stage)
