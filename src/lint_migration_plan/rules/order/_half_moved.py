"""The words for a pair of layers of which one is new and the other old."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.walk import Walk
    from lint_migration_plan.plan.windows import HalfMoved

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


def by_move(walk: Walk, half: HalfMoved) -> tuple[str, ...]:
    """Give the layers of a pair in the order in which they are first moved."""
    return tuple(sorted(half.pair, key=lambda layer: _first(walk, layer)))


def states(walk: Walk, half: HalfMoved, place: int) -> str:
    """Say how a pair stands after the stage at a place: "after stage 4 data is new and code is old until stage 5"."""
    one, other = (_state(walk, layer, place) for layer in by_move(walk, half))
    last = walk.steps[half.last].stage.title
    return f"after {walk.steps[place].stage.title} {one} and {other} until {last}"


def what_is_missing(walk: Walk, half: HalfMoved) -> str:
    """Say what a half-moved pair lacks."""
    new, old = by_move(walk, half)
    return _NOTHING.get((new, old)) or f"nothing keeps the old {old} working with the new {new}"


def _state(walk: Walk, layer: str, place: int) -> str:
    verb = "are" if layer.endswith("s") else "is"
    if _first(walk, layer) > place:
        return f"{layer} {verb} old"
    unfinished = any(layer in step.moves for step in walk.steps[place + 1 :])
    return f"{layer} {verb} {'partly new' if unfinished else 'new'}"


def _first(walk: Walk, layer: str) -> int:
    return next(place for place, step in enumerate(walk.steps) if layer in step.moves)
