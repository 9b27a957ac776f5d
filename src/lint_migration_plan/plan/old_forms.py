"""Find the stages that take an old form away: the old column, the old endpoint. Behind them nothing old works.

Most such stages come last. Of one that comes before the code which it serves is moved, it is sure that it comes too
early where a later stage says that its code leaves that form, or where three stages fit together: an earlier one puts
the new form beside the old, this one takes away that old form, and a later one moves the code to that new form, which
no stage before has named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.compatibility import (
    OLD_FORM,
    Firmness,
    begins_to_read,
    dropped,
    leaves,
    names_in_code,
    puts_beside,
    removals,
)
from lint_migration_plan.plan.facts.concreteness import field_texts
from lint_migration_plan.plan.facts.overview_layers import touched_layers
from lint_migration_plan.plan.facts.stage_kinds import StageKind, moves_for_good, stage_kind
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.statements import pairs_of, statements
from lint_migration_plan.plan.terms import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.compatibility import Pair
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.statements import Statement
    from lint_migration_plan.plan.windows import HalfMoved


class End(NamedTuple):
    """A stage that takes the old form of some pairs away, so that no window helps what is still old.

    ``early`` is the layer whose old form it is, where it surely goes too early; None where that is not so sure.
    """

    pairs: frozenset[Pair]
    words: Text
    place: int
    early: str | None = None

    def ends(self, half: HalfMoved) -> bool:
        """Say whether it stands inside the span in which a pair is half moved; where it is early, it may begin it."""
        if half.pair not in self.pairs or self.place >= half.last:
            return False
        return half.first < self.place or (self.early is not None and half.first == self.place)


@once_a_plan
def ends_of_old_forms(plan: Plan) -> tuple[End, ...]:
    """Find the stages that take an old form away, each early one first of those at its place."""
    early = {end.place: end for end in _early_ends(plan)}
    found = []
    for place, stage in enumerate(plan.stages):
        if place in early:
            found.append(early[place])
        found += [
            End(pairs_of(plan, stage, removal.text), removal.words, place)
            for removal in removals(stage, plan.vocabulary)
            if removal.name == OLD_FORM
        ]
    return tuple(found)


def only_drops(stage: Stage) -> bool:
    """Say whether all that a stage does is to take an old form away, so that it moves nothing to the new."""
    changes = list(field_texts(field for field in stage.fields if field.name is FieldName.CHANGES))
    return bool(changes) and all(map(dropped, changes))


class _Drop(NamedTuple):
    """A stage that takes something of its one layer away: the author's words, and the names of that in code."""

    place: int
    layer: str
    words: Text
    names: frozenset[str]


def _early_ends(plan: Plan) -> Iterator[End]:
    drops = list(_drops(plan))
    if not drops:
        return
    known = _Known(plan)
    for drop in drops:
        pairs = [pair for pair in plan.vocabulary.coupled_pairs if drop.layer in pair]
        # A layer of several pairs may move for the sake of another one.
        if len(pairs) == 1 and known.is_early(drop, pairs[0]):
            yield End(frozenset(pairs), drop.words, drop.place, drop.layer)


def _drops(plan: Plan) -> Iterator[_Drop]:
    for place, stage in enumerate(plan.stages):
        layers = touched_layers(stage)
        if len(layers) == 1:
            for text in work_texts(stage):
                found = dropped(text)
                if found is not None:
                    yield _Drop(place, layers[0], *found)
                    break


class _Known:
    """What the stages of a plan say of the forms that they add, take away and move to; places in rising order."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names: list[frozenset[str]] = []
        #: The stages that put something beside the old, by their layer, and those that name, begin to read or leave a
        #: name.
        self._beside: dict[str, list[int]] = {}
        self._naming: dict[tuple[str, str], list[int]] = {}
        self._reading: dict[tuple[str, str], list[int]] = {}
        self._leaving: dict[tuple[str, str], list[int]] = {}
        for place, stage in enumerate(plan.stages):
            self._read(place, stage)

    def _read(self, place: int, stage: Stage) -> None:
        texts = list(work_texts(stage))
        named = [names_in_code(text) for text in texts]
        self._names.append(frozenset().union(*named))
        layers = touched_layers(stage)
        kind = stage_kind(stage, self._plan.vocabulary).kind
        if len(layers) == 1 and (kind is StageKind.ADD_COMPATIBILITY or any(map(puts_beside, texts))):
            self._beside.setdefault(layers[0], []).append(place)
        moves = moves_for_good(stage, self._plan.vocabulary)
        reads = [names for text, names in zip(texts, named, strict=True) if moves and begins_to_read(text)]
        left = [names for text, names in zip(texts, named, strict=True) if moves and leaves(text)]
        for layer in layers:
            for places, names in ((self._naming, named), (self._reading, reads), (self._leaving, left)):
                for name in frozenset().union(*names):
                    places.setdefault((layer, name), []).append(place)

    def is_early(self, drop: _Drop, pair: Pair) -> bool:
        """Say whether a drop surely comes before the other layer of its pair is moved to what stands beside it."""
        [other] = set(pair) - {drop.layer}
        needed = self._is_left_behind(drop, other) or self._is_followed(drop, other)
        return needed and not any(self._helps(said, drop) for said in self._said(pair))

    def _is_left_behind(self, drop: _Drop, other: str) -> bool:
        """Say whether a later stage leaves what is dropped, and none has left it before."""
        places = [place for name in drop.names for place in self._leaving.get((other, name), ())]
        return bool(places) and min(places) > drop.place

    def _is_followed(self, drop: _Drop, other: str) -> bool:
        """Say whether a later stage moves to what an earlier one puts beside what is dropped, and none has before."""
        beside = self._beside_before(drop)
        if beside is None:
            return False
        new = self._names[beside] - drop.names
        # What names the new form before may be all that needed the old.
        before = any(self._naming.get((other, name), [drop.place])[0] < drop.place for name in new)
        later = any(self._reading.get((other, name), [drop.place])[-1] > drop.place for name in new)
        return later and not before

    def _beside_before(self, drop: _Drop) -> int | None:
        """Find the stage that puts the new form beside what is dropped: it names that, or it is the only one."""
        before = [place for place in self._beside.get(drop.layer, ()) if place < drop.place]
        if drop.names:
            before = [place for place in before if drop.names & self._names[place]]
        return before[0] if len(before) == 1 else None

    def _said(self, pair: Pair) -> Iterator[Statement]:
        return (said for said in statements(self._plan) if pair in said.pairs and not said.aside)

    def _helps(self, said: Statement, drop: _Drop) -> bool:
        """Say whether what is said may keep the old working when its form is gone: a view, or what is said later."""
        firmness = said.firmness(self._plan.vocabulary)
        later = said.place < 0 or said.place >= drop.place
        return firmness is Firmness.STANDING or (later and firmness >= Firmness.KEPT)
