"""The walk through a plan: what moves, what is half moved, which windows are open, and where none is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.compatibility import additions
from lint_migration_plan.plan.old_forms import ends_of_old_forms
from lint_migration_plan.plan.statements import last_end
from lint_migration_plan.plan.vocabulary import COUPLED_PAIRS
from lint_migration_plan.plan.walk import LayerState, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.walk import Walk

OLD, BOTH, NEW = LayerState.OLD, LayerState.BOTH, LayerState.NEW
LAYERS = ("data", "code", "config", "consumers")


class Told(NamedTuple):
    """What a stage of a plan under test says."""

    name: str
    layer: str
    compatibility: str = ""
    changes: str = ""


def plan_of(*stages: Told, outside: str = "") -> Plan:
    parts = (
        ["## Migration: Orders", "### Motivation", outside] if outside.startswith("Why") else ["## Migration: Orders"]
    )
    if outside and not outside.startswith("Why"):
        parts.append(outside)
    for number, stage in enumerate(stages, 1):
        parts.append(f"### Stage {number} — {stage.name}")
        fields = [f"**What changes**: The {stage.name} of the plan is done.", f"**Layers affected**: {stage.layer}"]
        fields += [f"**Compatibility**: {stage.compatibility}"] if stage.compatibility else []
        parts.append("\n".join(fields))
        parts.append(
            f"**Changes**:\n\n- {stage.changes or 'Run the script'}\n\n**Rollback**:\n\n- Both versions are back"
        )
    [plan] = parse_plan("\n\n".join(parts) + "\n")
    return plan


def exposed(walked: Walk) -> list[tuple[str, int]]:
    """Give each pair without a window, and the place from which on it has none."""
    found = ((half, walked.exposed(half)) for half in walked.half_moved)
    return [("/".join(half.pair), bare.place) for half, bare in found if bare is not None]


def states(walked: Walk, layer: str) -> list[LayerState]:
    return [step.after[layer] for step in walked.steps]


def spans(walked: Walk) -> list[tuple[int, int | None]]:
    return [(window.opened, window.closed) for window in walked.windows]


MOVE_DATA, MOVE_CODE = Told("Orders move", "data"), Told("Shop moves", "code")


def test_a_pair_is_half_moved_from_its_first_move_to_its_last() -> None:
    walked = walk(plan_of(MOVE_DATA, Told("Login moves", "infrastructure"), MOVE_CODE))
    assert [(half.pair, half.first, half.last) for half in walked.half_moved] == [(("code", "data"), 0, 2)]
    assert walked.layers == ("data", "infrastructure", "code")
    assert states(walked, "data") == [NEW, NEW, NEW]
    assert states(walked, "code") == [OLD, OLD, NEW]
    assert exposed(walked) == [("code/data", 0)]


def test_a_layer_that_moves_in_several_stages_is_both_until_the_last() -> None:
    walked = walk(plan_of(MOVE_CODE, MOVE_DATA, Told("Reports move", "code")))
    assert states(walked, "code") == [BOTH, BOTH, NEW]
    assert states(walked, "data") == [OLD, NEW, NEW]


@pytest.mark.parametrize(
    "stages",
    [
        (MOVE_DATA, Told("Invoices move", "data")),
        (Told("Everything moves", "data, code"),),
        (MOVE_DATA, Told("Verify the shop", "code")),
        (MOVE_DATA, Told("Monitor the shop", "code"), Told("Decommission the old shop", "code")),
        (Told("Prepare the orders", "data"), MOVE_CODE),
        (Told("Add a shim", "code"), MOVE_DATA, Told("Remove the shim", "code")),
        (Told("Add the column `cents`", "data"), MOVE_CODE),
        (MOVE_DATA, Told("Brokers move", "infrastructure")),
    ],
)
def test_what_does_not_move_leaves_no_pair_half_moved(stages: Sequence[Told]) -> None:
    assert walk(plan_of(*stages)).half_moved == ()


def test_a_statement_lasts_as_long_as_its_pair_is_half_moved() -> None:
    says = Told("Orders move", "data", changes="The old shop still reads them")
    walked = walk(plan_of(Told("Hosts move", "infrastructure"), says, MOVE_CODE, Told("Monitor the shop", "code")))
    assert spans(walked) == [(1, 2)]
    assert states(walked, "code") == [OLD, BOTH, NEW, NEW]
    assert states(walked, "data") == [OLD, BOTH, NEW, NEW]
    assert exposed(walked) == []


def test_a_statement_before_the_span_opens_where_it_stands() -> None:
    early = Told("Fields move", "infrastructure", changes="Both versions of the shop run")
    walked = walk(plan_of(early, Told("Hosts move", "infrastructure"), MOVE_DATA, MOVE_CODE))
    assert spans(walked) == [(0, 3)]
    assert exposed(walked) == []


def test_a_statement_counts_once_for_a_pair_however_often_it_is_said() -> None:
    says = Told("Orders move", "data", changes="The old shop still reads them")
    assert spans(walk(plan_of(says, says._replace(name="Invoices move"), MOVE_CODE))) == [(0, 2)]


@pytest.mark.parametrize(
    "stages",
    [
        (MOVE_DATA._replace(changes="Both versions of the shop run"),),
        (MOVE_DATA, MOVE_CODE, Told("Brokers move", "infrastructure", changes="Both versions of the shop run")),
        (MOVE_DATA, MOVE_CODE._replace(changes="The shop is not backward compatible")),
    ],
    ids=["nothing is half moved", "said too late", "denied"],
)
def test_a_statement_that_no_pair_needs_opens_nothing(stages: Sequence[Told]) -> None:
    walked = walk(plan_of(*stages))
    assert walked.windows == ()


def test_a_statement_outside_the_stages_holds_while_a_pair_is_half_moved() -> None:
    outside = "All stages keep to expand and contract."
    walked = walk(plan_of(Told("Hosts move", "infrastructure"), MOVE_DATA, MOVE_CODE, outside=outside))
    assert spans(walked) == [(1, 2)]


def test_why_there_is_a_plan_states_no_window() -> None:
    assert exposed(walk(plan_of(MOVE_DATA, MOVE_CODE, outside="Why: to be compatible with the bank."))) != []


def test_how_a_stage_is_undone_states_no_window() -> None:
    # The rollback of each stage under test says "Both versions".
    assert walk(plan_of(MOVE_DATA, MOVE_CODE)).windows == ()


def test_what_proves_a_stage_states_a_window_in_plainer_words_only() -> None:
    proof = "**Layers affected**: data\n\n**Verification**:\n\n- {}\n\n### Stage 2 — The shop moves\n\n**Layers affected**: code\n"
    for words, bare in (("The copy is complete", True), ("The old shop still works", False)):
        [plan] = parse_plan(f"## Migration: A\n\n### Stage 1 — The orders move\n\n{proof.format(words)}")
        assert bool(exposed(walk(plan))) is bare


def test_notes_and_code_in_a_stage_state_a_window() -> None:
    for more in ("A note: the old shop still works.", "| how | why |\n|---|---|\n| shim | old reads |"):
        text = f"## Migration: A\n\n### Stage 1 — Orders move\n\n{more}\n\n**Layers affected**: data\n\n"
        [plan] = parse_plan(f"{text}### Stage 2 — The shop moves to the orders\n\n**Layers affected**: code\n")
        assert exposed(walk(plan)) == []
    fence = "**Changes**:\n\n- Run\n\n```sql\ncreate trigger orders_in_step\n```\n\n"
    text = f"## Migration: A\n\n### Stage 1 — The orders move\n\n**Layers affected**: data\n\n{fence}"
    [plan] = parse_plan(f"{text}### Stage 2 — The shop moves to the orders\n\n**Layers affected**: code\n")
    assert exposed(walk(plan)) == []


def test_what_is_added_keeps_old_and_new_working_until_it_is_removed() -> None:
    walked = walk(plan_of(Told("Add a shim", "code"), MOVE_DATA, MOVE_CODE, Told("Remove the shim", "code")))
    assert [(window.name, window.opened, window.closed) for window in walked.windows] == [("shim", 0, 3)]
    assert [len(windows) for windows in walked.open_windows()] == [1, 1, 1, 0]
    assert states(walked, "data") == [OLD, BOTH, NEW, NEW]
    assert exposed(walked) == []


def test_what_is_removed_before_the_last_move_exposes_the_pair() -> None:
    walked = walk(plan_of(Told("Add a shim", "code"), MOVE_DATA, Told("Remove the shim", "code"), MOVE_CODE))
    assert exposed(walked) == [("code/data", 2)]
    [half] = walked.half_moved
    bare = walked.exposed(half)
    assert bare is not None
    assert bare.closing is not None
    assert bare.closing.plain == "Remove the shim"
    assert (bare.closed, bare.end) == (2, None)


def test_of_several_removals_the_last_closes() -> None:
    stages = (
        Told("Add a shim", "code"),
        MOVE_DATA,
        Told("Remove the shim", "code"),
        MOVE_CODE,
        Told("Remove the shim", "code"),
    )
    assert exposed(walk(plan_of(*stages))) == []


def test_what_takes_the_old_form_away_ends_every_window() -> None:
    says = Told("Orders move", "data", changes="Both schemas work")
    drops = Told("Invoices move", "data", changes="Drop the old column `price`")
    walked = walk(plan_of(says, drops, MOVE_CODE))
    [half] = walked.half_moved
    bare = walked.exposed(half)
    assert bare is not None
    assert bare.place == 1
    assert bare.end in walked.ends


def test_what_takes_the_old_form_away_with_the_last_move_is_in_time() -> None:
    says = Told("Orders move", "data", changes="Both schemas work")
    walked = walk(plan_of(says, MOVE_CODE._replace(changes="Drop the old column `price`")))
    assert [end.place for end in walked.ends] == [1]
    assert exposed(walked) == []


def test_a_plan_that_uses_the_field_is_judged_by_it_alone() -> None:
    stages = (Told("Add a shim", "code"), MOVE_DATA, MOVE_CODE._replace(compatibility="code/config until Stage 3"))
    walked = walk(plan_of(*stages))
    assert walked.stated
    assert [window.name for window in walked.windows] == [None]
    assert exposed(walked) == [("code/data", 1)]


def test_none_in_the_field_states_that_there_is_no_window() -> None:
    walked = walk(plan_of(MOVE_DATA._replace(compatibility="none", changes="Both versions work"), MOVE_CODE))
    assert exposed(walked) == [("code/data", 0)]


ORDERS, SHOP = "1 — The orders move\n\n**Layers affected**: data", "2 — The shop moves\n\n**Layers affected**: code"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ORDERS, SHOP.replace("2", "1", 1)),
        (ORDERS.replace("1", "3", 1), SHOP),
        (ORDERS, SHOP.replace("code", "TBD")),
        (ORDERS, "2 — The shop moves\n\n**Risk**: low"),
        (ORDERS.replace("The orders move", "Umzug"), SHOP.replace("The shop moves", "Anwendung")),
        (f"{ORDERS}\n**Compatibility**: soon", SHOP),
    ],
    ids=["doubled number", "numbers run backwards", "placeholder", "no layers", "another language", "unreadable field"],
)
def test_what_cannot_be_read_makes_a_walk_uncertain(one: str, other: str) -> None:
    [plan] = parse_plan(f"## Migration: A\n\n### Stage {one}\n\n### Stage {other}\n")
    assert not walk(plan).certain


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ((MOVE_DATA, MOVE_CODE), -1),
        ((MOVE_DATA, Told("Remove the shim", "code")), 2),
        ((MOVE_DATA._replace(changes="Delete temporary code"), MOVE_CODE), 1),
    ],
)
def test_the_end_of_what_is_added_is_the_last_stage_that_may_speak_of_it(after: Sequence[Told], place: int) -> None:
    plan = plan_of(Told("Add a shim", "code"), *after)
    addition = next(additions(plan.stages[0], plan.vocabulary))
    assert last_end(plan, addition) == place


def test_an_end_outside_the_stages_is_the_end_of_the_plan() -> None:
    plan = plan_of(Told("Add a shim", "code"), MOVE_DATA, outside="All shims are removed in the week after.")
    assert last_end(plan, next(additions(plan.stages[0], plan.vocabulary))) == 2


# --- against a walk by brute force ------------------------------------------------------------------------------------


class Move(NamedTuple):
    """A stage that moves a layer and states windows: pairs with the numbers of the stages that close them."""

    layer: str
    windows: tuple[tuple[int, int], ...] = ()


MOVES = st.lists(
    st.builds(
        Move,
        st.sampled_from((*LAYERS, "infrastructure")),
        st.lists(st.tuples(st.integers(0, 2), st.integers(1, 7)), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=7,
)


def stated(moves: Sequence[Move]) -> Plan:
    def field(move: Move) -> str:
        windows = (f"{'/'.join(COUPLED_PAIRS[pair])} until Stage {min(end, len(moves))}" for pair, end in move.windows)
        return ", ".join(windows) or "none"

    return plan_of(*(Told(f"Part {number} moves", move.layer, field(move)) for number, move in enumerate(moves, 1)))


def uncovered(moves: Sequence[Move]) -> Iterator[tuple[str, int]]:
    """Take each step of the walk by itself: is the pair half moved, and is a window open?"""
    for number, pair in enumerate(COUPLED_PAIRS):
        for place in range(len(moves)):
            before = {move.layer for move in moves[: place + 1]} & set(pair)
            after = {move.layer for move in moves[place + 1 :]} & set(pair)
            both_move = set(pair) <= {move.layer for move in moves}
            is_open = any(
                pair_of == number and min(end, len(moves)) - 1 > place
                for move in moves[: place + 1]
                for pair_of, end in move.windows
            )
            if before and after and both_move and not is_open:
                yield "/".join(pair), place
                break


def expected_states(moves: Sequence[Move], place: int) -> Mapping[str, LayerState]:
    def is_half_moved(pair: tuple[str, str]) -> bool:
        before, after = ({move.layer for move in part} & set(pair) for part in (moves[: place + 1], moves[place + 1 :]))
        return bool(before and after) and before | after == set(pair)

    def state(layer: str) -> LayerState:
        kept = any(
            layer in COUPLED_PAIRS[pair] and min(end, len(moves)) - 1 > place and is_half_moved(COUPLED_PAIRS[pair])
            for move in moves[: place + 1]
            for pair, end in move.windows
        )
        begun = any(move.layer == layer for move in moves[: place + 1])
        left = any(move.layer == layer for move in moves[place + 1 :])
        return BOTH if kept or (begun and left) else NEW if begun else OLD

    return {layer: state(layer) for layer in {move.layer: None for move in moves}}


@settings(deadline=None)
@given(MOVES)
def test_the_walk_is_that_of_brute_force(moves: Sequence[Move]) -> None:
    walked = walk(stated(moves))
    assert walked.certain
    assert exposed(walked) == list(uncovered(moves))
    for place, step in enumerate(walked.steps):
        assert step.after == expected_states(moves, place)


DEEDS = st.lists(st.sampled_from(("data", "code", "config", "add", "remove")), min_size=1, max_size=8)


@settings(deadline=None)
@given(DEEDS)
def test_what_is_added_and_removed_is_walked_as_by_brute_force(deeds: Sequence[str]) -> None:
    # What only goes may have been there before, which nobody can tell.
    assume("add" in deeds or "remove" not in deeds)
    names = {"add": "Add a shim", "remove": "Remove the shim"}
    walked = walk(
        plan_of(*(Told(names.get(deed, f"The {deed} moves"), deed if deed in LAYERS else "code") for deed in deeds))
    )
    moved = [deed if deed in LAYERS else None for deed in deeds]
    last_removal = max((place for place, deed in enumerate(deeds) if deed == "remove"), default=-1)
    expected = []
    for pair in COUPLED_PAIRS:
        for place in range(len(deeds)):
            added = [at for at in range(place + 1) if deeds[at] == "add"]
            is_open = any(last_removal < at or last_removal > place for at in added)
            half = set(pair) & set(moved[: place + 1]) and set(pair) & set(moved[place + 1 :])
            if half and set(pair) <= set(moved) and not is_open:
                expected.append(("/".join(pair), place))
                break
    assert exposed(walked) == expected


def test_a_long_plan_is_walked_in_time_that_grows_with_its_length() -> None:
    def seconds(count: int) -> float:
        stages = [
            Told(f"Part {n} moves", LAYERS[n % 4], changes="Both versions run beside a shim") for n in range(count)
        ]
        stages[0] = Told("Add a shim", "code")
        plan = plan_of(*stages)
        start = time.process_time()
        walked = walk(plan)
        for half in walked.half_moved:
            walked.exposed(half)
        for _ in walked.open_windows():
            pass
        return time.process_time() - start

    seconds(20)
    assert min(seconds(1000), seconds(1000)) < 10 * max(seconds(250), 0.01)


ADD, DROP = Told("Add a column", "data", changes="Put `given` beside `full`"), "Drop the column `full`"


@pytest.mark.parametrize(
    ("drop", "last", "early"),
    [
        (DROP, "The wards read `given`", [1]),
        # Who only names the new form may have nothing to do with it.
        (DROP, "The manual has a page on `given`", []),
        # What comes beside something else in the same stage is not what is dropped.
        (f"{DROP}\n- Put `initials` beside `full`", "The wards read `given`", [1]),
        ("Drop the column `given`", "The wards read `given`", []),
    ],
)
def test_a_drop_is_early_where_a_later_stage_moves_to_what_stands_beside_it(
    drop: str, last: str, early: list[int]
) -> None:
    plan = plan_of(ADD, Told("Leave one form", "data", changes=drop), Told("Deploy ward 7", "code", changes=last))
    assert [end.place for end in ends_of_old_forms(plan) if end.early] == early


@pytest.mark.parametrize(
    ("thing", "outside", "end"),
    [
        ("shim", "", 2),
        ("shim", "Old and new settings are both read.", 3),
        ("feature flag", "", 3),
    ],
)
def test_what_is_said_where_a_shim_comes_goes_with_it_and_a_flag_only_chooses(
    thing: str, outside: str, end: int
) -> None:
    said = f"Add a {thing} for code and config in `modes`\n- The code reads both the old and the new configuration"
    plan = plan_of(
        Told(f"Add a {thing}", "code", changes=said),
        Told("Modes move", "config"),
        Told(f"Remove the {thing}", "code"),
        Told("Reports move", "code", changes="Reports read the config"),
        outside=outside,
    )
    assert [(window.name, window.closed) for window in walk(plan).windows] == [(thing, 2), (None, end)]
