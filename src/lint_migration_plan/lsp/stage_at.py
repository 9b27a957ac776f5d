"""Which stage, field or mention of a stage stands at an offset of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Field, Plan, Stage
    from lint_migration_plan.plan.stage_uses import StageUse


def holds(span: Span, offset: int) -> bool:
    """Tell whether an offset is in a span; right behind its last character counts, where a cursor may stand."""
    return span.start <= offset <= span.end


def plan_at(plans: Sequence[Plan], offset: int) -> Plan | None:
    """Find the plan of a file that an offset is in: the last one that begins before it, else the first."""
    before = [plan for plan in plans if plan.span.start <= offset]
    return before[-1] if before else next(iter(plans), None)


def stage_headed_at(plan: Plan, offset: int) -> Stage | None:
    """Find the stage whose heading stands in the line of an offset."""
    source = plan.document.source
    line = source.line_span(source.position(offset).line - 1)
    return next((stage for stage in plan.stages if line.start <= stage.heading.text.span.start < line.end), None)


def stage_around(plan: Plan, offset: int) -> Stage | None:
    """Find the stage that an offset is in; blank lines behind its last words are part of it."""
    text = plan.document.source.text
    before = [stage for stage in plan.stages if stage.span.start <= offset]
    last = before[-1] if before else None
    return last if last is not None and not text[last.span.end : offset].strip() else None


def field_at(stage: Stage, offset: int) -> Field | None:
    """Find the field of a stage whose label, or value beside it, an offset is in."""
    found = (field for field in stage.fields if field.label.span.start <= offset <= field.value.span.end)
    labelled = (field for field in stage.fields if holds(field.label.span, offset))
    return next(labelled, None) or next(found, None)


def uses_at(uses: Sequence[StageUse], offset: int) -> list[StageUse]:
    """Find the mentions of stages that an offset is in; the two ends of a range are one stretch."""
    return [use for use in uses if holds(use.text.span, offset)]
