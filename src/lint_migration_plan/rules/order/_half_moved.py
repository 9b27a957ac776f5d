"""The words for a pair of layers of which one is new and the other old."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.walk import HalfMoved, Walk

#: What is missing where the first layer is new and the second still old.
_NOTHING: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("data", "code"): "nothing keeps the old code working on the new schema",
        ("code", "data"): "nothing keeps the new code working on the old schema",
        ("consumers", "code"): "nothing lets the old code take the new requests",
        ("code", "consumers"): "nothing lets the new code take the old requests",
        ("config", "code"): "nothing lets the old code read the new values",
        ("code", "config"): "nothing gives the new code the old values to fall back to",
    }
)


def states(walk: Walk, half: HalfMoved, place: int) -> str:
    """Say how a pair stands after the stage at a place: "after stage 4 data is new and code is old until stage 5"."""
    one, other = sorted(half.pair, key=lambda layer: _first(walk, layer))
    last = walk.steps[half.last].stage.title
    after = walk.steps[place].stage.title
    return f"after {after} {one} is {_state(walk, one, place)} and {other} is {_state(walk, other, place)} until {last}"


def what_is_missing(walk: Walk, half: HalfMoved) -> str:
    """Say what a half-moved pair lacks."""
    new, old = sorted(half.pair, key=lambda layer: _first(walk, layer))
    return _NOTHING.get((new, old)) or f"nothing keeps the old {old} working with the new {new}"


def _state(walk: Walk, layer: str, place: int) -> str:
    if _first(walk, layer) > place:
        return "old"
    return "partly new" if any(layer in step.moves for step in walk.steps[place + 1 :]) else "new"


def _first(walk: Walk, layer: str) -> int:
    return next(place for place, step in enumerate(walk.steps) if layer in step.moves)
