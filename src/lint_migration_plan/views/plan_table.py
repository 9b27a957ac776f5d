"""The model of a plan as a table: what ``--explain-plan`` prints, so that a person can check what the rules judge by.

As JSON a plan is an object of:

- ``title``: its name or null; ``type``: the type of its migration or null; ``certain``: whether layers and order could
  be read well enough for the walk to be judged by
- ``stages``: for each ``stage`` (its number), ``name``, ``kind``, ``why`` (the words that say so, or null), ``layers``,
  ``moves`` (the layers that it takes from old to new), ``depends_on``, ``needs`` (through others too), ``windows`` (the
  ids of those that are open after it), ``after`` and ``after_rollback``: the states of the layers, old, both or new;
  the latter null where there is no way back
- ``windows``: for each ``id``, ``pairs`` of layers (those that are half moved meanwhile), ``words``, ``from`` and
  ``until`` (stage numbers or null)
- ``half_moved``: for each ``pair``, ``from``, ``until`` and ``exposed``: the stage after which it has no window or null
- ``rings``: lists of stage numbers; ``longest_chain``: ``stages`` and their ``hours``, or null
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.facts.overview_layers import touched_layers
from lint_migration_plan.plan.facts.reversibility import denial
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.walk import walk
from lint_migration_plan.report.cells import width
from lint_migration_plan.report.safe import safe_line_start, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.plan.facts.compatibility import Pair
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.walk import Walk
    from lint_migration_plan.plan.windows import Window

_NOTHING = "-"
_UNKNOWN = "?"
_GAP = "  "


def as_dict(plan: Plan) -> dict[str, Any]:
    """Give the model of a plan as it goes into JSON."""
    walked, graph = walk(plan), dependency_graph(plan)
    ids = _window_ids(walked)
    chain = graph.longest_chain(_efforts(plan))
    return {
        "title": plan.title.name.plain if plan.title else None,
        "type": plan.type,
        "certain": walked.certain,
        "stages": list(_stages(plan, walked, ids)),
        "windows": [
            {
                "id": ids[id(window)],
                "pairs": sorted("/".join(pair) for pair in _needed(window, walked)),
                "words": window.words.plain,
                "from": _label(plan, window.opened),
                "until": _label(plan, window.closed),
            }
            for window in walked.windows
        ],
        "half_moved": [
            {
                "pair": "/".join(half.pair),
                "from": _label(plan, half.first),
                "until": _label(plan, half.last),
                "exposed": _label(plan, exposed.place) if exposed else None,
            }
            for half in walked.half_moved
            for exposed in (walked.exposed(half),)
        ],
        "rings": [list(ring) for ring in graph.rings],
        "longest_chain": {"stages": list(chain.labels), "hours": chain.total} if chain else None,
    }


def render(plan: Plan) -> Iterator[str]:
    """Yield the lines of the table and of what stands below it, each with its end."""
    model = as_dict(plan)
    if model["title"]:
        yield f"{safe_line_start(model['title'])}\n\n"
    layers = list(model["stages"][0]["after"]) if model["stages"] else []
    header = ["stage", "kind", "why", "layers", "depends on", "windows", *layers]
    rows = [[*_cells(stage), *(stage["after"][layer] for layer in layers)] for stage in model["stages"]]
    yield from _table([header, *rows])
    yield from _notes(model)


def _stages(plan: Plan, walked: Walk, ids: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    graph = dependency_graph(plan)
    before: Mapping[str, str] = dict.fromkeys(walked.layers, "old")
    for step, windows in zip(walked.steps, walked.open_windows(), strict=True):
        stage = step.stage
        after = {layer: state.value for layer, state in step.after.items()}
        known = stage.label in graph.direct
        yield {
            "stage": stage.label,
            "name": stage.name,
            "kind": step.kind.kind.value,
            "why": step.kind.words.plain if step.kind.words else None,
            "layers": list(touched_layers(stage)) if _is_read(stage.layers) else None,
            "moves": list(step.moves),
            "depends_on": list(graph.direct[stage.label]) if known and _is_read(stage.dependencies) else None,
            "needs": list(graph.needs(stage.label)) if known else None,
            "windows": [ids[id(window)] for window in windows],
            "after": after,
            "after_rollback": None if denial(stage) else before,
        }
        before = after


def _cells(stage: Mapping[str, Any]) -> list[str]:
    return [
        stage["stage"],
        stage["kind"],
        quote(stage["why"]) if stage["why"] else _NOTHING,
        _listed(stage["layers"]),
        "none" if stage["depends_on"] == [] else _listed(stage["depends_on"]),
        " ".join(stage["windows"]) or _NOTHING,
    ]


def _listed(names: Sequence[str] | None) -> str:
    return _UNKNOWN if names is None else ", ".join(names) or _NOTHING


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align cells in columns; the first row is the header."""
    safe = [[safe_text(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*safe, strict=True)]
    for number, row in enumerate(safe):
        padded = (cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True))
        yield _GAP.join(padded).rstrip() + "\n"
        if number == 0:
            yield _GAP.join("-" * most for most in widths) + "\n"


def _notes(model: Mapping[str, Any]) -> Iterator[str]:
    """Say what stands behind the table: its windows, what is half moved, the longest chain, the rings."""
    notes = [
        f"window {window['id']}: {', '.join(window['pairs']) or 'nothing half moved'} {_span(window)}: "
        f"{quote(window['words'])}"
        for window in model["windows"]
    ]
    notes += [
        f"half moved: {half['pair']} {_span(half)}"
        + (f"; nothing keeps both working after stage {half['exposed']}" if half["exposed"] else ", inside a window")
        for half in model["half_moved"]
    ]
    notes += [f"ring: stage {' -> '.join((*ring, ring[0]))}" for ring in model["rings"]]
    chain = model["longest_chain"]
    if chain and chain["hours"]:
        notes.append(f"longest chain: stage {' -> '.join(chain['stages'])}, at least {round(chain['hours'], 2):g}h")
    without = [stage["stage"] for stage in model["stages"] if stage["after_rollback"] is None]
    if without:
        notes.append(f"no way back: stage {', '.join(without)}")
    if not model["certain"]:
        notes.append("not judged by the walk: layers, order or language could not be read for certain")
    yield from (f"{safe_text(note)}\n" for note in (["", *notes] if notes else []))


def _span(held: Mapping[str, Any]) -> str:
    start = f"from stage {held['from']}" if held["from"] else "from the start"
    return f"{start} until stage {held['until']}" if held["until"] else start


def _needed(window: Window, walked: Walk) -> set[Pair]:
    """Give the pairs for which a window is needed; what it was made for is not always said, and it may be any."""
    return {
        half.pair
        for half in walked.half_moved
        if half.pair in window.pairs
        and window.opened < half.last
        and (window.closed is None or window.closed > half.first)
    }


def _window_ids(walked: Walk) -> dict[int, str]:
    return {id(window): f"w{number}" for number, window in enumerate(walked.windows, 1)}


def _label(plan: Plan, place: int | None) -> str | None:
    return plan.stages[place].label if place is not None and place >= 0 else None


def _efforts(plan: Plan) -> dict[str, float]:
    return {
        stage.label: stage.effort.value.low
        for stage in plan.stages
        if stage.effort is not None and stage.effort.value is not None
    }


def _is_read(reading: Any) -> bool:  # noqa: ANN401 - the readings of several kinds of value
    return reading is not None and reading.state is State.READ
