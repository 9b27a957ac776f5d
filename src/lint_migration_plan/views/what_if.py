"""What becomes of a plan without a stage, or where one fails: what ``--what-if FILE --drop N`` or ``--fail N`` prints.

As JSON it is an object of:

- ``title``: the plan's name or null; ``dropped`` or ``failed``: the number of the stage, the other one null
- ``cannot_run``: of each ``stage`` its number, ``name`` and ``needs`` (those under its Dependencies that do not run)
- ``unknown``: the stages that run as far as is known, but whose dependencies could not be read
- ``open_gaps``: of each ``gap`` its text or null, ``row`` (of the table, from 1), ``stages`` (those that would close it
  and do not run) and ``rows`` (of the open gaps that it depends on by its notes); null where the plan has no table
- ``certain``: whether layers and order could be read well enough for the next three to be relied on
- ``layers``: of each ``layer`` that does not become new its ``state`` (both, which is half moved, or old), ``moved_by``
  and ``not_moved_by`` (stages)
- ``pairs``: of each coupled ``pair`` that is half moved the stages ``from`` and ``until`` (null: for good) and
  ``exposed`` (the stage from which on nothing keeps old and new working together, or null)
- ``standing``: of what keeps old and new working together and nobody takes away any more the ``words``, and ``from``
- ``rollback``: of a stage that fails the ``mark`` of its rollback (as ``--rollback-path`` has it) and its ``words``;
  null for one that is dropped
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.facts.gaps import gap_title
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.what_if import failing, without
from lint_migration_plan.report.safe import safe_line_start, safe_text
from lint_migration_plan.views.names import labels, listed, mark_of, plan_title, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.what_if import HalfMovedPair, OpenGap, UnfinishedLayer, WhatIf
    from lint_migration_plan.plan.windows import Window


def as_dict(plan: Plan, stage: Stage, *, fails: bool) -> dict[str, Any]:
    """Give what becomes of a plan as it goes into JSON."""
    told = failing(plan, stage) if fails else without(plan, stage)
    return {
        "title": plan_title(plan),
        "dropped": None if fails else stage.label,
        "failed": stage.label if fails else None,
        "cannot_run": [
            {"stage": other.label, "name": other.name, "needs": labels(needs)} for other, needs in told.blocked
        ],
        "unknown": labels(told.unsure),
        "open_gaps": None
        if not _has_table(plan)
        else [
            {
                "gap": row.gap.plain if row.gap else None,
                "row": row.number,
                "stages": labels(stages),
                "rows": [gap.number for gap in gaps],
            }
            for row, stages, gaps in told.gaps
        ],
        "certain": told.certain,
        "layers": [
            {
                "layer": left.layer,
                "state": "both" if left.begun else "old",
                "moved_by": labels(left.moved_by),
                "not_moved_by": labels(left.not_moved_by),
            }
            for left in told.layers
        ],
        "pairs": [
            {
                "pair": "/".join(half.pair),
                "from": half.first.label,
                "until": half.until.label if half.until else None,
                "exposed": half.exposed.label if half.exposed else None,
            }
            for half in told.pairs
        ],
        "standing": [
            {"words": window.words.plain, "from": plan.stages[window.opened].label if window.opened >= 0 else None}
            for window in told.standing
        ],
        "rollback": told.way_back
        and {
            "mark": told.way_back.mark.value,
            "words": told.way_back.words.plain if told.way_back.words else None,
        },
    }


def render(plan: Plan, stage: Stage, *, fails: bool) -> Iterator[str]:
    """Yield the lines of what becomes of a plan, each with its end."""
    told = failing(plan, stage) if fails else without(plan, stage)
    title = plan_title(plan)
    lines = [
        f"if {titled(stage)} fails" if fails else f"without {titled(stage)}",
        *_way_back(told),
        "",
        *_section("cannot run", [f"{titled(other)}: needs {listed(needs)}" for other, needs in told.blocked]),
        *_unknown(told),
        "",
        *_gaps(plan, told),
        "",
        *_layers(plan, told, fails=fails),
    ]
    yield from (f"{safe_line_start(line)}\n" for line in ([title, ""] if title else []))
    yield from (f"{safe_text(line)}\n" for line in lines)


def _section(head: str, lines: list[str]) -> list[str]:
    return [f"{head}:", *(f"  {line}" for line in lines)] if lines else [f"{head}: none"]


def _way_back(told: WhatIf) -> Iterator[str]:
    if told.way_back is not None:
        yield f"its rollback: {mark_of(told.way_back)}"


def _unknown(told: WhatIf) -> Iterator[str]:
    if told.unsure:
        yield f"not known, their dependencies could not be read: {listed(told.unsure)}"


def _gaps(plan: Plan, told: WhatIf) -> list[str]:
    if not _has_table(plan):
        return ["gaps left open: the plan has no Gap → Stage table"]
    return _section("gaps left open", [_gap(gap) for gap in told.gaps])


def _gap(gap: OpenGap) -> str:
    reasons = [f"{_was_to(gap.stages)} close it"] if gap.stages else []
    reasons += [f"depends on {gap_title(other)}" for other in gap.gaps]
    return f"{gap_title(gap.row)}: {', '.join(reasons)}"


def _layers(plan: Plan, told: WhatIf, *, fails: bool) -> list[str]:
    half = [_layer(left, told, fails=fails) for left in told.layers if left.begun]
    half += [_pair(pair) for pair in told.pairs if pair.until is None]
    old = [f"{left.layer}: {_was_to(left.not_moved_by)} move it" for left in told.layers if not left.begun]
    sections = {
        "layers that stay old": old,
        "layers half moved for a while": [_pair(pair) for pair in told.pairs if pair.until is not None],
        "stays, for nobody takes it away": [_standing(plan, window) for window in told.standing],
    }
    lines = _section("layers left half moved", half)
    for title, held in sections.items():
        lines += _section(title, held) if held else []
    if not told.certain:
        lines.append("not certain: layers, order or language could not be read for certain")
    return lines


def _was_to(stages: Sequence[Stage]) -> str:
    return f"{listed(stages)} {'was' if len(stages) == 1 else 'were'} to"


def _layer(left: UnfinishedLayer, told: WhatIf, *, fails: bool) -> str:
    others = [stage for stage in left.not_moved_by if stage is not told.stage or not fails]
    parts = [
        *([f"moved by {listed(left.moved_by)}"] if left.moved_by else []),
        *([f"begun by {told.stage.title}"] if len(others) < len(left.not_moved_by) else []),
        *([f"not moved by {listed(others)}"] if others else []),
    ]
    return f"{left.layer}: {', '.join(parts)}"


def _pair(half: HalfMovedPair) -> str:
    until = f"until {half.until.title}" if half.until else "on, and never finished"
    if half.exposed is None:
        kept = "old and new both work"
    elif half.exposed is half.first:
        kept = "nothing keeps both working"
    else:
        kept = f"nothing keeps both working after {half.exposed.title}"
    return f"{'/'.join(half.pair)}: from {half.first.title} {until}; {kept}"


def _standing(plan: Plan, window: Window) -> str:
    return f"{quote(window.words.plain)} of {plan.stages[window.opened].title}"


def _has_table(plan: Plan) -> bool:
    return plan.mapping is not None and plan.mapping.table is not None
