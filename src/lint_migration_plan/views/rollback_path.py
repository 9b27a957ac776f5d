"""The way back from a stage, step by step: what ``--rollback-path FILE --at N`` prints.

As JSON it is an object of:

- ``title``: the plan's name or null; ``at``: the number of the stage that is the latest one done
- ``ends_at``: the stage that cannot be undone and so ends the way back, null where it leads to the start
- ``point_of_no_return``: the first stage of the plan after which the start is out of reach: ``stage``, ``undoes`` (the
  stage that then cannot be undone, mostly the same), ``words`` and ``passed`` (whether that is so at ``at``); or null
- ``sections``: the sections outside the stages that may say how the whole is undone, each with ``heading`` and ``line``
- ``in_order``: whether the numbers of the stages rise; the way back goes by how they stand in the plan
- ``steps``: the stages in the order in which they are undone, the latest first: ``stage`` (its number), ``name``,
  ``mark`` (tested, untested, nothing to undo, not written out or irreversible), ``words`` (what the plan says of that,
  or null), ``in_reach`` (false behind a stage that cannot be undone), ``possible_until`` (the later stage that ends
  this way back, or null), ``lines`` of the Rollback, and ``layers``: the state of each layer, old, both or new, once
  the stage is undone, null where nobody can tell
- of each line: ``kind`` (step, text or verbatim), ``depth`` (how many lists are around its own) and ``text``, which is
  Markdown as the author wrote it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.facts.rollback_steps import rollback_headings
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.way_back import Mark, way_back
from lint_migration_plan.report.safe import safe_line_start, safe_text
from lint_migration_plan.views.names import listed, mark_of, plan_title, states, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Heading
    from lint_migration_plan.plan.facts.rollback_steps import Line
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.way_back import StepBack, WayBack


def as_dict(plan: Plan, stage: Stage) -> dict[str, Any]:
    """Give the way back from a stage as it goes into JSON."""
    way = way_back(plan, stage)
    point = way.point_of_no_return
    return {
        "title": plan_title(plan),
        "at": stage.label,
        "ends_at": way.ends_at.label if way.ends_at else None,
        "point_of_no_return": point
        and {
            "stage": point.stage.label,
            "undoes": point.undoes.label,
            "words": point.words.plain,
            "passed": point.passed,
        },
        "sections": [
            {"heading": heading.text.plain, "line": _line(plan, heading)} for heading in rollback_headings(plan)
        ],
        "in_order": way.in_order,
        "steps": [_step_as_dict(plan, step) for step in way.steps],
    }


def render(plan: Plan, stage: Stage) -> Iterator[str]:
    """Yield the lines of the way back from a stage, each with its end: what it comes to, then its steps."""
    way = way_back(plan, stage)
    title = plan_title(plan)
    yield from (f"{safe_line_start(line)}\n" for line in ([title, ""] if title else []))
    yield from (f"{safe_text(line)}\n" for line in _summary(plan, way))
    for step in way.steps:
        yield "\n"
        yield from (f"{safe_text(line)}\n" for line in _step(plan, step))


def _step_as_dict(plan: Plan, step: StepBack) -> dict[str, Any]:
    return {
        "stage": step.stage.label,
        "name": step.stage.name,
        "mark": step.mark.value,
        "words": step.words.plain if step.words else None,
        "in_reach": step.in_reach,
        "possible_until": plan.stages[step.limit.place].label if step.limit else None,
        "lines": [line._asdict() for line in step.lines],
        "layers": states(step.after),
    }


def _summary(plan: Plan, way: WayBack) -> Iterator[str]:
    at = way.at.title
    holes = way.marked(Mark.UNWRITTEN)
    if way.ends_at is way.at:
        yield f"there is no way back from {at}"
    elif way.ends_at is not None:
        yield f"the way back from {at} ends at {way.ends_at.title}, which cannot be undone"
    elif not holes:
        yield f"the way back from {at} leads to the start"
    if holes:
        yield f"the way back from {at} has holes: no steps are written out for {listed(holes)}"
        for heading in rollback_headings(plan):
            yield f"the section {quote(heading.text.plain)} in line {_line(plan, heading)} may say more"
    yield f"point of no return: {_point(way)}"
    if untested := way.marked(Mark.UNTESTED):
        yield f"untested: {listed(untested)}"
    if not way.in_order:
        yield "the numbers of the stages do not rise; they are undone in the reverse of the order in which they stand"


def _line(plan: Plan, heading: Heading) -> int:
    return plan.document.source.position(heading.span.start).line


def _point(way: WayBack) -> str:
    point = way.point_of_no_return
    if point is None:
        return "the plan names none"
    why = f": {quote(point.words.plain)}"
    if point.undoes is not point.stage:
        why = f", after which {point.undoes.title} cannot be undone{why}"
    return f"{point.stage.title}, {'passed' if point.passed else 'still ahead'}{why}"


def _step(plan: Plan, step: StepBack) -> Iterator[str]:
    if not step.in_reach or step.mark is Mark.IRREVERSIBLE:
        # Nobody should start on steps that lead nowhere.
        reach = "" if step.in_reach else "out of reach; "
        yield f"{titled(step.stage)}: {reach}{mark_of(step)}"
        return
    # The words of another mark are the Rollback itself, which follows.
    is_answer = step.mark in {Mark.TESTED, Mark.UNTESTED}
    yield f"{titled(step.stage)}: {mark_of(step) if is_answer else step.mark.value}"
    yield from _numbered(step.lines)
    if step.limit is not None:
        yield f"  possible until {plan.stages[step.limit.place].title} is done"
    if step.after:
        yield f"  the layers then: {', '.join(f'{layer} {state.value}' for layer, state in step.after.items())}"


def _numbered(lines: Sequence[Line]) -> Iterator[str]:
    """Number the steps, and leave other lines as they are; a bar keeps code from being read as prose."""
    number = 0
    for line in lines:
        indent = "  " * (line.depth + 1)
        if line.kind == "verbatim":
            mark = "| "
        elif line.kind == "text":
            mark = "" if line.depth else "- "
        elif line.depth:
            mark = "- "
        else:
            number += 1
            mark = f"{number}. "
        yield f"{indent}{mark}{line.text if mark else safe_line_start(line.text)}"
