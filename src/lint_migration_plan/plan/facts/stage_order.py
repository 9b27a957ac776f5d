"""Say which of two stages surely comes first: by its place in the plan and by its number as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.nodes import Plan

#: A part of a number: "2", "2b", "b".
_PART = LazyPattern(r"(\d*)(\w*)")


@once_a_plan
def stage_places(plan: Plan) -> Mapping[str, int]:
    """Give the places of the stages, from 0, by their labels; of two with one label neither is known."""
    return {stage.label: place for place, stage in enumerate(plan.stages) if plan.stage(stage.label) is stage}


def comes_after(plan: Plan, label: str, other: str) -> bool:
    """Say whether a stage surely comes after another one; never where place and number disagree, or are not known."""
    places = stage_places(plan)
    if label not in places or other not in places or places[label] <= places[other]:
        return False
    later, earlier = _parts(label), _parts(other)
    return later[0][0].isdigit() == earlier[0][0].isdigit() and _key(later) > _key(earlier)


def _parts(label: str) -> list[tuple[str, str]]:
    """Take a label apart: "2b.10" is 2 with b, and 10."""
    found = (_PART.match(part) for part in label.split("."))
    return [(match[1], match[2]) for match in found if match]


def _key(parts: list[tuple[str, str]]) -> list[tuple[int, str]]:
    return [(int(digits or 0), letters) for digits, letters in parts]
