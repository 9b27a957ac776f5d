"""Walk a plan stage by stage, forward and back: which layer is old, which new, and what keeps both working.

The guide, section Compatibility windows: during the migration the system supports both old and new. After each stage
some layers are new and others, which a later stage moves, still old. A coupled pair of layers is *half moved* from the
first stage that moves one of the two until the last that moves either, and for so long it needs a *window*: something
that a stage says or adds by which old and new both work. To roll back the newest stage is to be where the stage before
it had left the system, so that each step of the walk is also a step back.

A plan that states its windows in the field Compatibility is judged by that field alone. Places are indices into the
plan's stages; -1 is the place before the first.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.overview_layers import touched_layers
from lint_migration_plan.plan.facts.stage_kinds import moves_for_good, stage_kind
from lint_migration_plan.plan.old_forms import ends_of_old_forms, only_drops
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.windows import HalfMoved, stated_windows, told_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.compatibility import Pair
    from lint_migration_plan.plan.facts.stage_kinds import Kind
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.old_forms import End
    from lint_migration_plan.plan.windows import Window


class LayerState(Enum):
    """What a layer is at a step: old, new, or both.

    It is both where some of it is moved, and where a pair of which it is one is half moved inside a window.
    """

    OLD = "old"
    BOTH = "both"
    NEW = "new"


class Exposed(NamedTuple):
    """The place from which on a half-moved pair has no window.

    ``window`` is the one that it had, ``closing`` the words that took it away and ``closed`` the place where they do,
    which may be before the span begins; all three are None where it never had one. ``end`` is the stage that takes the
    old form itself away, where that is what these words do.
    """

    place: int
    window: Window | None = None
    closing: Text | None = None
    closed: int | None = None
    end: End | None = None


class Step(NamedTuple):
    """A stage of the walk: what it is for, the layers that it moves, and the state of each layer after it."""

    stage: Stage
    kind: Kind
    moves: tuple[str, ...]
    after: Mapping[str, LayerState]


class Walk(NamedTuple):
    """The whole walk. ``layers`` are those that some stage moves, in the order in which they are first moved.

    ``stated`` is True where the windows are those of the field Compatibility. ``certain`` is False where a stage's
    layers, a field or the order of the stages could not be read, so that nothing may be judged by the walk.
    """

    layers: tuple[str, ...]
    steps: tuple[Step, ...]
    windows: tuple[Window, ...]
    ends: tuple[End, ...]
    half_moved: tuple[HalfMoved, ...]
    stated: bool
    certain: bool

    def open_windows(self) -> Iterator[tuple[Window, ...]]:
        """Give the windows that are open after each stage."""
        opening, closing = _by_place(self.windows)
        now = {id(window): window for window in opening.get(-1, ())}
        for place in range(len(self.steps)):
            now.update((id(window), window) for window in opening.get(place, ()))
            for window in closing.get(place, ()):
                del now[id(window)]
            yield tuple(now.values())

    def exposed(self, half: HalfMoved) -> Exposed | None:
        """Find the first step of a half-moved span that no window covers; None where each has one.

        What takes the old form itself away ends every window.
        """
        covering = [window for window in self.windows if half.pair in window.pairs and window.opened <= half.last]
        place = half.first
        for window in sorted(covering, key=lambda window: window.opened):
            if window.opened > place:
                break
            place = max(place, half.last if window.closed is None else window.closed)
        end = next((end for end in self.ends if end.ends(half)), None)
        if end is not None and (end.place < place or end.early):
            return Exposed(end.place, covering[0] if covering else None, end.words, end.place, end)
        if place >= half.last:
            return None
        closed = [window for window in covering if window.closed is not None and window.closed <= place]
        # What is said until a thing goes has no end of its own.
        latest = max(closed, key=lambda window: (window.closed or 0, window.closing is not None), default=None)
        return Exposed(place, latest, latest.closing, latest.closed) if latest else Exposed(place)


@once_a_plan
def walk(plan: Plan) -> Walk:
    """Walk a plan."""
    kinds = [stage_kind(stage, plan.vocabulary) for stage in plan.stages]
    stated = any(stage.compatibility is not None for stage in plan.stages)
    gone = () if stated else ends_of_old_forms(plan)
    moves = _all_moves(plan, gone)
    half_moved = tuple(_half_moved(moves, plan.vocabulary.coupled_pairs))
    windows = tuple(stated_windows(plan) if stated else told_windows(plan, half_moved))
    layers = tuple(dict.fromkeys(layer for moved in moves for layer in moved))
    states = _states(layers, moves, windows, half_moved)
    steps = tuple(Step(*parts) for parts in zip(plan.stages, kinds, moves, states, strict=True))
    return Walk(layers, steps, windows, gone, half_moved, stated, _is_certain(plan, kinds, stated=stated))


def _all_moves(plan: Plan, gone: Sequence[End]) -> list[tuple[str, ...]]:
    """Give the layers that each stage takes from old to new.

    What only takes an old form away moves nothing, unless it does so too early: then the new is all that is left.
    """
    moves = [
        touched_layers(stage) if moves_for_good(stage, plan.vocabulary) and not only_drops(stage) else ()
        for stage in plan.stages
    ]
    for end in gone:
        if end.early is not None and end.early not in moves[end.place]:
            moves[end.place] += (end.early,)
    return moves


def _half_moved(moves: Sequence[Sequence[str]], pairs: Sequence[Pair]) -> Iterator[HalfMoved]:
    """Find the pairs of which both layers move, in more than one stage."""
    places: dict[str, list[int]] = {}
    for place, layers in enumerate(moves):
        for layer in layers:
            places.setdefault(layer, []).append(place)
    for pair in pairs:
        one, other = (places.get(layer, []) for layer in pair)
        if one and other and min(one[0], other[0]) < max(one[-1], other[-1]):
            yield HalfMoved(pair, min(one[0], other[0]), max(one[-1], other[-1]))


def _states(
    layers: Sequence[str],
    moves: Sequence[Sequence[str]],
    windows: Sequence[Window],
    half_moved: Sequence[HalfMoved],
) -> Iterator[Mapping[str, LayerState]]:
    """Give the states of the layers after each stage."""
    left = Counter(layer for moved in moves for layer in moved)
    begun: set[str] = set()
    open_now: Counter[Pair] = Counter()
    opening, closing = _by_place(windows)
    for place, moved in enumerate(moves):
        left.subtract(moved)
        begun.update(moved)
        for window in opening.get(place, ()) if place else (*opening.get(-1, ()), *opening.get(0, ())):
            open_now.update(window.pairs)
        for window in closing.get(place, ()):
            open_now.subtract(window.pairs)
        # A window matters where one of its layers is new and the other old.
        half = (half.pair for half in half_moved if half.first <= place < half.last)
        kept = {layer for pair in half if open_now[pair] > 0 for layer in pair}
        yield {layer: _state(layer in begun, left[layer] > 0, layer in kept) for layer in layers}


def _state(begun: bool, unfinished: bool, kept: bool) -> LayerState:  # noqa: FBT001 - three facts of one kind
    if kept or (begun and unfinished):
        return LayerState.BOTH
    return LayerState.NEW if begun else LayerState.OLD


def _by_place(windows: Sequence[Window]) -> tuple[dict[int, list[Window]], dict[int, list[Window]]]:
    """Sort windows by where they open and by where they close."""
    opening: dict[int, list[Window]] = {}
    closing: dict[int, list[Window]] = {}
    for window in windows:
        if window.closed is None or window.closed > window.opened:
            opening.setdefault(window.opened, []).append(window)
            if window.closed is not None:
                closing.setdefault(window.closed, []).append(window)
    return opening, closing


def _is_certain(plan: Plan, kinds: Sequence[Kind], *, stated: bool) -> bool:
    labels = [stage.label for stage in plan.stages]
    numbers = [stage.number for stage in plan.stages if stage.number is not None]
    return (
        len(set(labels)) == len(labels)
        and numbers == sorted(numbers)
        and all(_is_read(stage, kind) for stage, kind in zip(plan.stages, kinds, strict=True))
        and (stated or is_english(plan))
    )


def _is_read(stage: Stage, kind: Kind) -> bool:
    """Say whether it is sure what a stage moves, and until when the windows last that it states."""
    if stage.compatibility is not None and stage.compatibility.state is not State.READ:
        return False
    return not kind.kind.moves or (stage.layers is not None and stage.layers.state is State.READ)
