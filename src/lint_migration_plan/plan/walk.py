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

from lint_migration_plan.plan.facts.compatibility import (
    OLD_FORM,
    Where,
    additions,
    code_states,
    ends,
    may_mean,
    mentions,
    named_pairs,
    own_name,
    removals,
    statement,
)
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.stage_kinds import moves_for_good, stage_kind
from lint_migration_plan.plan.facts.texts import codes, other_texts, stage_texts, texts_outside
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import FieldName, SectionKind, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.facts.compatibility import Addition, Pair
    from lint_migration_plan.plan.facts.stage_kinds import Kind
    from lint_migration_plan.plan.nodes import Plan, Stage


class LayerState(Enum):
    """What a layer is at a step: old, new, or both, where some of it is moved or a window keeps both forms working."""

    OLD = "old"
    BOTH = "both"
    NEW = "new"


class Window(NamedTuple):
    """A span of the walk in which old and new both work for some coupled pairs.

    ``words`` open it at the place ``opened``, and ``closing`` close it at ``closed``; both are None where nothing does.
    ``name`` is the thing that does it ("shim"), None for a statement or for the field.
    """

    pairs: frozenset[Pair]
    words: Text
    opened: int
    closed: int | None = None
    closing: Text | None = None
    name: str | None = None


class End(NamedTuple):
    """A stage that takes the old form of some pairs away, so that no window helps what is still old."""

    pairs: frozenset[Pair]
    words: Text
    place: int


class HalfMoved(NamedTuple):
    """The span in which one layer of a pair is new and the other old: from the place ``first`` until ``last``."""

    pair: Pair
    first: int
    last: int


class Exposed(NamedTuple):
    """The place from which on a half-moved pair has no window.

    ``window`` is the one that it had and ``closing`` the words that took it away, both None where it never had one.
    ``old_form`` is True where these words take the old form itself away.
    """

    place: int
    window: Window | None = None
    closing: Text | None = None
    old_form: bool = False


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
        gone = [end for end in self.ends if half.pair in end.pairs and half.first < end.place < half.last]
        if gone and gone[0].place < place:
            return Exposed(gone[0].place, covering[0], gone[0].words, old_form=True)
        if place >= half.last:
            return None
        closed = [window for window in covering if window.closed is not None and window.closed <= place]
        latest = max(closed, key=lambda window: window.closed or 0, default=None)
        return Exposed(place, latest, latest.closing if latest else None)


@once_a_plan
def walk(plan: Plan) -> Walk:
    """Walk a plan."""
    kinds = [stage_kind(stage, plan.vocabulary) for stage in plan.stages]
    moves = [_moves(stage, plan) for stage in plan.stages]
    half_moved = tuple(_half_moved(moves, plan.vocabulary.coupled_pairs))
    stated = any(stage.compatibility is not None for stage in plan.stages)
    windows = tuple(_stated_windows(plan) if stated else _told_windows(plan, half_moved))
    layers = tuple(dict.fromkeys(layer for moved in moves for layer in moved))
    states = _states(layers, moves, windows)
    steps = tuple(Step(*parts) for parts in zip(plan.stages, kinds, moves, states, strict=True))
    gone = () if stated else tuple(_ends(plan))
    return Walk(layers, steps, windows, gone, half_moved, stated, _is_certain(plan, kinds, stated=stated))


def last_end(plan: Plan, addition: Addition) -> int:
    """Give the place of the last stage that may speak of the end of what is added; -1 where no text of the plan does.

    What stands outside the stages may speak of any time, and counts as the end of the plan.
    """
    last = _last_ends(plan)
    return max(last.get(addition.name, -1), last.get(own_name(addition) or addition.name, -1))


@once_a_plan
def _last_ends(plan: Plan) -> Mapping[str, int]:
    """Give the last place at which a text may speak of the end of a thing, by the thing or its name in code."""
    last: dict[str, int] = {}
    for place in range(len(plan.stages)):
        for text, _ in _telling_texts(plan, place):
            last.update(dict.fromkeys(ends((text,), plan.vocabulary), place))
    rows = plan.mapping.rows if plan.mapping else ()
    for texts in (*((text,) for text in _texts_outside(plan)), *((row.gap, row.stage, row.notes) for row in rows)):
        last.update(dict.fromkeys(ends(filter(None, texts), plan.vocabulary), len(plan.stages)))
    return last


def _moves(stage: Stage, plan: Plan) -> tuple[str, ...]:
    """Give the layers that a stage takes from old to new."""
    return touched_layers(stage) if moves_for_good(stage, plan.vocabulary) else ()


def touched_layers(stage: Stage) -> tuple[str, ...]:
    """Give the known layers that a stage names, each once."""
    if stage.layers is None or stage.layers.value is None:
        return ()
    return tuple(dict.fromkeys(layer.name for layer in stage.layers.value if layer.name is not None))


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


def _stated_windows(plan: Plan) -> Iterator[Window]:
    """Read the windows from the fields."""
    places = {stage.label: place for place, stage in enumerate(plan.stages)}
    for place, stage in enumerate(plan.stages):
        if stage.compatibility is None or stage.compatibility.state is not State.READ:
            continue
        for stated in stage.compatibility.value or ():
            until = stated.until
            closed = places.get(until.label) if until is not None else None
            closing = until.text if until is not None else None
            yield Window(frozenset((stated.pair,)), stated.text, place, closed, closing)


def _told_windows(plan: Plan, half_moved: Sequence[HalfMoved]) -> Iterator[Window]:
    """Find the windows that the texts of a plan tell of: the things that it adds and removes, and what it says."""
    yield from _added_windows(plan)
    for half in half_moved:
        first = next((one for one in statements(plan) if half.pair in one.pairs and one.place <= half.last), None)
        if first is not None:
            # From when on it holds is not sure; that it holds for as long as it must is assumed.
            opened = min(first.place, half.first) if first.place >= 0 else half.first
            yield Window(frozenset((half.pair,)), first.words, opened, half.last)


@once_a_plan
def _added_windows(plan: Plan) -> tuple[Window, ...]:
    """Find what a plan adds, for each stage each thing once; the last removal of its name closes it."""
    vocabulary = plan.vocabulary
    closings: dict[str, tuple[int, Text]] = {}
    openings: dict[tuple[int, str], tuple[Addition, frozenset[Pair]]] = {}
    for place, stage in enumerate(plan.stages):
        for removal in removals(stage, vocabulary):
            if closings.get(removal.name, (-1,))[0] < place:
                closings[removal.name] = (place, removal.words)
        for addition in additions(stage, vocabulary):
            first, pairs = openings.get((place, addition.name), (addition, frozenset()))
            openings[place, addition.name] = first, pairs | _pairs(plan, stage, addition.text)
    windows = []
    for (place, name), (addition, pairs) in openings.items():
        closed, closing = closings.get(name, (-1, None))
        if closed > place:
            windows.append(Window(pairs, addition.words, place, closed, closing, name))
        else:
            windows.append(Window(pairs, addition.words, place, name=name))
    return tuple(windows)


class Statement(NamedTuple):
    """Words that say that old and new both work for some pairs; their place is -1 where they stand in no stage."""

    pairs: frozenset[Pair]
    words: Text
    place: int


@once_a_plan
def statements(plan: Plan) -> tuple[Statement, ...]:
    """Find what a plan says, but not of the things that it adds: how long these are there is known."""
    return tuple(_statements(plan, {window.name for window in _added_windows(plan) if window.name}))


def _statements(plan: Plan, names: set[str]) -> Iterator[Statement]:
    vocabulary = plan.vocabulary
    every = frozenset(vocabulary.coupled_pairs)

    def said(text: Text, where: Where) -> Text | None:
        words = None if mentions(text, names, vocabulary) else statement(text, vocabulary, where)
        return None if words is None or may_mean(words, names, vocabulary) else words

    for place, stage in enumerate(plan.stages):
        for text, where in _telling_texts(plan, place):
            if words := said(text, where):
                yield Statement(_pairs(plan, stage, text), words, place)
        if any(code_states(code, vocabulary) for code in codes(stage)):
            yield Statement(every, stage.heading.name, place)
    reasons = [section.section.span for section in plan.overview.sections if section.kind in _REASONS]
    for text in _texts_outside(plan):
        if not _is_in(text.span.start, reasons) and (words := said(text, Where.OUTSIDE)):
            yield Statement(every, words, -1)


def _telling_texts(plan: Plan, place: int) -> Iterator[tuple[Text, Where]]:
    """Give the texts of a stage that may tell of a window: not how it is undone, which is when the window is over."""
    stage = plan.stages[place]
    proof = [field.span for field in stage.fields if field.name is FieldName.VERIFICATION]
    back = [field.span for field in stage.fields if field.name in _BACK]
    for text in (*stage_texts(stage), *other_texts(plan)[place]):
        start = text.span.start
        if not _is_in(start, back):
            yield text, Where.PROOF if _is_in(start, proof) else Where.WORK


def _texts_outside(plan: Plan) -> Iterator[Text]:
    """Give the texts outside the stages, but not how a way back is tested."""
    rows = plan.verification.rows if plan.verification else ()
    back = {row.rollback_test.span.start for row in rows if row.rollback_test}
    yield from (text for text in texts_outside(plan) if text.span.start not in back)


def _is_in(start: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start < span.end for span in spans)


_BACK = (FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED)
#: Why there is a plan, what was before it and when to give up tell nothing of what is done.
_REASONS = (SectionKind.FROM, SectionKind.MOTIVATION, SectionKind.ABORT)


def _ends(plan: Plan) -> Iterator[End]:
    for place, stage in enumerate(plan.stages):
        for removal in removals(stage, plan.vocabulary):
            if removal.name == OLD_FORM:
                yield End(_pairs(plan, stage, removal.text), removal.words, place)


def _pairs(plan: Plan, stage: Stage, text: Text) -> frozenset[Pair]:
    """Say of which pairs a text of a stage speaks: those of its layers and those that it names, else any."""
    layers = set(touched_layers(stage))
    own = frozenset(pair for pair in plan.vocabulary.coupled_pairs if layers & set(pair))
    return own | named_pairs(text, plan.vocabulary) or frozenset(plan.vocabulary.coupled_pairs)


def _states(
    layers: Sequence[str], moves: Sequence[Sequence[str]], windows: Sequence[Window]
) -> Iterator[Mapping[str, LayerState]]:
    """Give the states of the layers after each stage."""
    left = Counter(layer for moved in moves for layer in moved)
    begun: set[str] = set()
    kept: Counter[str] = Counter()
    opening, closing = _by_place(windows)
    for place, moved in enumerate(moves):
        left.subtract(moved)
        begun.update(moved)
        for window in opening.get(place, ()) if place else (*opening.get(-1, ()), *opening.get(0, ())):
            kept.update(_layers(window))
        for window in closing.get(place, ()):
            kept.subtract(_layers(window))
        yield {layer: _state(layer in begun, left[layer] > 0, kept[layer] > 0) for layer in layers}


def _state(begun: bool, unfinished: bool, kept: bool) -> LayerState:  # noqa: FBT001 - three facts of one kind
    if kept or (begun and unfinished):
        return LayerState.BOTH
    return LayerState.NEW if begun else LayerState.OLD


def _layers(window: Window) -> set[str]:
    return {layer for pair in window.pairs for layer in pair}


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
