"""Find the windows of a plan: the spans in which something keeps the old and the new of a pair of layers working.

They are stated in the field Compatibility, or told: by what the plan adds and removes again, and by what it says.
Places are indices into the plan's stages; -1 is the place before the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.compatibility import (
    Firmness,
    begins_to_read,
    is_choice,
    named_pairs,
    names_in_code,
    own_name,
    removals,
    works_on_data,
)
from lint_migration_plan.plan.facts.overview_layers import coupling_words, touched_layers, words_in
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.statements import all_additions, pairs_of, statements
from lint_migration_plan.plan.terms import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.compatibility import Addition, Pair, Removal
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.statements import Statement


class HalfMoved(NamedTuple):
    """The span in which one layer of a pair is new and the other old: from the place ``first`` until ``last``."""

    pair: Pair
    first: int
    last: int


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


class Bridge(NamedTuple):
    """The window of a thing that a plan adds, names and removes before a stage that surely needs it.

    It is judged by itself: what the plan says where it adds the thing, it says of the thing.
    """

    window: Window
    added_at: frozenset[int]

    def is_outlived_by(self, said: Statement, plan: Plan) -> bool:
        """Say whether what is said may still hold when the thing is gone."""
        window = self.window
        assert window.closed is not None  # noqa: S101 - a bridge goes
        if said.aside:
            return False
        if said.place in self.added_at:
            enough = Firmness.STANDING
        elif 0 <= said.place < window.closed and works_on_data(window.name):
            enough = Firmness.KEPT
        else:
            enough = Firmness.BESIDE
        return said.firmness(plan.vocabulary) >= enough


def stated_windows(plan: Plan) -> Iterator[Window]:
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


def told_windows(plan: Plan, half_moved: Sequence[HalfMoved]) -> Iterator[Window]:
    """Find the windows that the texts of a plan tell of: the things that it adds and removes, and what it says."""
    yield from _added_windows(plan)
    for half in half_moved:
        bridge = bridge_of(plan, half)
        first = next(said_of(plan, half), None)
        end = half.last
        if first is None and bridge is not None and bridge.window.closed is not None:
            # What is not said of the time behind it helps until then.
            first = next((said for said in statements(plan) if half.pair in said.pairs), None)
            end = bridge.window.closed
        if first is not None:
            # From when on it holds is not sure; that it holds for as long as it must is assumed.
            opened = min(first.place, half.first) if first.place >= 0 else half.first
            if opened < end:
                yield Window(frozenset((half.pair,)), first.words, opened, end)


def said_of(plan: Plan, half: HalfMoved) -> Iterator[Statement]:
    """Give what a plan says of a half-moved pair that may hold for as long as it must."""
    bridge = bridge_of(plan, half)
    for said in statements(plan):
        if (
            half.pair in said.pairs
            and said.place <= half.last
            and (bridge is None or bridge.is_outlived_by(said, plan))
        ):
            yield said


def bridge_of(plan: Plan, half: HalfMoved) -> Bridge | None:
    """Find the bridge of a half-moved pair that goes too early, None where none surely does.

    It is the last that the plan removes, it names the pair, and a later stage names what it was about.
    """
    windows = [window for window in _added_windows(plan) if half.pair in window.pairs and window.opened < half.last]
    if not windows or any(window.closed is None or window.closed >= half.last for window in windows):
        return None
    window = max(windows, key=lambda window: window.closed or 0)
    if window.closed is None or window.name is None or is_choice(window.name):
        return None
    added_at = frozenset(each.opened for each in windows if each.name == window.name)
    added = [each for place in added_at for each in all_additions(plan)[place] if each.name == window.name]
    gone = [each for each in removals(plan.stages[window.closed], plan.vocabulary) if each.name == window.name]
    if not _may_be_one(added, gone) or not any(half.pair in _named(plan, each) for each in added):
        return None
    return Bridge(window, added_at) if _is_surely_needed(plan, window, half) else None


def is_needed(plan: Plan, window: Window, half: HalfMoved) -> bool:
    """Say whether what moves behind the end of a window is what the thing was there for, and not another thing."""
    shared = coupling_words(plan, half.pair)
    return _is_surely_needed(plan, window, half) or any(
        shared & words_in(text) for stage in _later(plan, window, half) for text in work_texts(stage)
    )


def _is_surely_needed(plan: Plan, window: Window, half: HalfMoved) -> bool:
    """Say whether a stage behind the end of a window names what the thing is about, and begins to read it."""
    assert window.closed is not None  # noqa: S101 - the caller has looked
    same = (each.opened for each in _added_windows(plan) if each.name == window.name)
    stages = [plan.stages[place] for place in (*same, window.closed)]
    names = frozenset(name for stage in stages for text in work_texts(stage) for name in names_in_code(text))
    return any(_needs(plan, stage, half.pair, names) for stage in _later(plan, window, half))


def _later(plan: Plan, window: Window, half: HalfMoved) -> list[Stage]:
    """Give the stages of a half-moved span behind the end of a window that touch its pair."""
    assert window.closed is not None  # noqa: S101 - likewise
    stages = plan.stages[window.closed + 1 : half.last + 1]
    return [stage for stage in stages if not set(half.pair).isdisjoint(touched_layers(stage))]


def _may_be_one(added: Sequence[Addition], gone: Sequence[Removal]) -> bool:
    """Say whether what goes may be what was added: where both have a name in code, it is the same one."""
    given, taken = ({own_name(each) for each in some} - {None} for some in (added, gone))
    return not given or not taken or bool(given & taken)


def _needs(plan: Plan, stage: Stage, pair: Pair, names: frozenset[str]) -> bool:
    """Say whether a stage surely moves what a bridge was there for: it names that, and begins to read it."""
    layers = set(touched_layers(stage)) & set(pair)
    if not layers or layers == {"data"}:
        return False
    # A file of settings is named whatever is set in it, and code whatever is done to it.
    return any(
        begins_to_read(text)
        if pair in named_pairs(text, plan.vocabulary)
        else bool(names & names_in_code(text)) and (layers != {"code"} or begins_to_read(text))
        for text in work_texts(stage)
    )


@once_a_plan
def _added_windows(plan: Plan) -> tuple[Window, ...]:
    """Find what a plan adds, for each stage each thing once; the last removal of its name closes it."""
    closings: dict[str, tuple[int, Removal]] = {}
    openings: dict[tuple[int, str], list[Addition]] = {}
    for place, stage in enumerate(plan.stages):
        for removal in removals(stage, plan.vocabulary):
            if removal.name not in closings or closings[removal.name][0] < place:
                closings[removal.name] = (place, removal)
        for addition in all_additions(plan)[place]:
            openings.setdefault((place, addition.name), []).append(addition)
    windows = []
    for (place, name), added in openings.items():
        pairs = _pairs(plan, plan.stages[place], added)
        closing = closings.get(name)
        if closing is not None and closing[0] > place:
            windows.append(Window(pairs, added[0].words, place, closing[0], closing[1].words, name))
        else:
            windows.append(Window(pairs, added[0].words, place, name=name))
    return tuple(windows)


def _pairs(plan: Plan, stage: Stage, added: Sequence[Addition]) -> frozenset[Pair]:
    """Say for which pairs a thing is: those that its own words name, "a config shim", else all that may be meant."""
    layers = set(touched_layers(stage))
    own = frozenset(pair for pair in plan.vocabulary.coupled_pairs if layers & set(pair))
    named = frozenset().union(*(_named(plan, each) for each in added))
    if own & frozenset().union(*(_named(plan, each, each.words) for each in added)):
        return named
    return named.union(*(pairs_of(plan, stage, each.text) for each in added))


def _named(plan: Plan, added: Addition, text: Text | None = None) -> frozenset[Pair]:
    """Give the pairs that are named in the whole text that adds a thing or in some words of it, or by the thing itself.

    What chooses between old and new may do so for any.
    """
    if is_choice(added.name) and text is not None:
        return frozenset()
    data = (pair for pair in plan.vocabulary.coupled_pairs if works_on_data(added.name) and "data" in pair)
    return named_pairs(text or added.text, plan.vocabulary).union(data)
