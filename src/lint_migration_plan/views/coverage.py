"""What becomes of each gap, a line each: what ``--coverage`` prints.

As JSON a plan is an object of:

- ``title``: its name or null; ``gap_map``: the path of its gap map, null where it names none
- ``gaps``: for each ``gap`` (its name), ``status`` (covered, unassigned, deferred, closed, orphaned or ambiguous),
  ``why`` (or null), ``stages``: for each that closes it ``stage`` (its number), ``verified`` and ``rollback_tested``;
  ``line`` of its row and ``map_line`` of its entry in the map, each null where it has none
- ``counts``: how many gaps have each status
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.coverage import Status, map_cover, table_cover
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.report.cells import width
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lint_migration_plan.lint.subject import GapMapUse, ReadGapMap
    from lint_migration_plan.plan.coverage import GapCover, StageCover
    from lint_migration_plan.plan.nodes import Plan

_GAP = "  "
#: An author may write pages of reasons; JSON has them whole.
_LONGEST = 160


def as_dicts(plans: Iterable[Plan], uses: Sequence[GapMapUse]) -> list[dict[str, Any]]:
    """Give the coverage of each plan as it goes into JSON; the maps are those that could be read."""
    used = {id(plan): read for plan, read in _covers(uses)}
    return [_as_dict(plan, *used.get(id(plan), (table_cover(plan), None))) for plan in plans]


def render(plans: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of the coverage of plans, as `as_dicts` gives it, each with its end."""
    for place, plan in enumerate(plans):
        if place:
            yield "\n"
        if plan["title"]:
            yield f"{safe_text(plan['title'])}\n"
        yield f"gap map: {safe_text(plan['gap_map'] or 'none')}\n\n"
        cells = [(gap["status"], safe_text(quote(gap["gap"])), safe_text(_said(gap))) for gap in plan["gaps"]]
        first, second = (max((width(row[column]) for row in cells), default=0) for column in (0, 1))
        for status, name, said in cells:
            row = status + " " * (first - width(status)) + _GAP + name + " " * (second - width(name)) + _GAP + said
            yield f"{row.rstrip()}\n"
        counts = ", ".join(f"{count} {status}" for status, count in plan["counts"].items() if count)
        total = len(plan["gaps"])
        yield f"\n{total} {'gap' if total == 1 else 'gaps'}{': ' if counts else ''}{counts}\n"


def _covers(uses: Sequence[GapMapUse]) -> Iterator[tuple[Plan, tuple[list[GapCover], ReadGapMap]]]:
    for use in uses:
        if not isinstance(use.read, str):
            covers = map_cover(use.plans, use.read.gap_map, use.read.matching)
            yield from ((plan, (cover, use.read)) for plan, cover in zip(use.plans, covers, strict=True))


def _as_dict(plan: Plan, covers: Sequence[GapCover], read: ReadGapMap | None) -> dict[str, Any]:
    counts = Counter(cover.status for cover in covers)
    return {
        "title": plan.title.name.plain if plan.title else None,
        "gap_map": read.file.path if read else None,
        "gaps": [_gap(plan, cover, read) for cover in covers],
        "counts": {status.value: counts[status] for status in Status},
    }


def _gap(plan: Plan, cover: GapCover, read: ReadGapMap | None) -> dict[str, Any]:
    source = plan.document.source
    return {
        "gap": cover.name,
        "status": cover.status.value,
        "why": cover.why or None,
        "stages": [_stage(each) for each in cover.stages],
        "line": source.position(cover.row.row.span.start).line if cover.row else None,
        "map_line": read.file.source.position(cover.gap.text.span.start).line if read and cover.gap else None,
    }


def _stage(cover: StageCover) -> dict[str, Any]:
    return {"stage": cover.stage.label, "verified": cover.verified, "rollback_tested": cover.rollback_tested}


def _said(gap: dict[str, Any]) -> str:
    """Say in words what a gap's object has beside its name and its status."""
    stages = [
        f"stage {stage['stage']} ({'verified' if stage['verified'] else 'not verified'}, "
        f"rollback {'tested' if stage['rollback_tested'] else 'not tested'})"
        for stage in gap["stages"]
    ]
    why = gap["why"] or ""
    return "; ".join([*stages, *([f"{why[:_LONGEST]}…" if len(why) > _LONGEST else why] if why else [])])
