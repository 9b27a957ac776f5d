"""The Compatibility field is read as pairs of layers with the stages that close them."""

from __future__ import annotations

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.compatibility import read_compatibility
from lint_migration_plan.plan.vocabulary import DEFAULT

CODE_DATA, CODE_CONSUMERS, CODE_CONFIG = ("code", "data"), ("code", "consumers"), ("code", "config")

WINDOWS = {
    ((CODE_DATA, "6"),): (
        *("data/code until Stage 6", "code/data until Stage 6", "Data / Code until stage 6", "**data/code** until 6"),
        *(
            "data and code until Stage 6",
            "code-data until Stage 6",
            "code↔data until Stage 6",
            "code & data till Phase 6",
        ),
        *(
            "data/code: until Stage 6 closes it",
            "data/code until Stage 6 (dual writes)",
            "data/code until Stage 6, by dual writes",
        ),
        *(
            "data/code until Stage 6 — the shim reads both",
            "data/code until the end of Stage 6",
            "data/code until Stage 06.",
        ),
        *(
            "`data/code` until [Stage 6](#six)",
            "data/code pair until Stage 6",
            "code and data stay compatible until Stage 6",
        ),
    ),
    ((CODE_DATA, "6"), (CODE_CONSUMERS, "4")): (
        *("data/code until Stage 6, code/consumers until Stage 4", "data/code until Stage 6; consumers/code until 4"),
        *(
            "data/code until Stage 6 (shim) and code/consumers until Stage 4",
            "data/code until 6<br>code/consumers until 4",
        ),
        *("data/code until Stage 6, by dual writes, code/consumers until Stage 4",),
    ),
    ((CODE_CONFIG, None),): ("code/config until the end", "config/code until the end of the migration"),
    (): ("none", "n/a", "—", "None (nothing is half moved)"),
}

NO_WINDOWS = {
    "": (".", ";"),
    "'database' is no layer; did you mean 'data'?": ("database/code until Stage 6", "code/database until Stage 6"),
    "'queue' is no layer": ("code/queue until Stage 6", "data/code until Stage 6, code/queue until Stage 7"),
    "data and config are none of the pairs code/data, code/consumers, code/config": ("data/config until Stage 3",),
    "it does not say until which stage; write 'data/code until Stage 6'": (
        *("data/code", "data/code until done", "data/code until Stage 6, code/config", "code/data (old and new)"),
    ),
    "it names no pair of layers; write 'data/code until Stage 6'": ("until Stage 6", "7", "data until Stage 6"),
}


@pytest.mark.parametrize(
    ("value", "windows"), [(value, windows) for windows, values in WINDOWS.items() for value in values]
)
def test_windows_are_read(value: str, windows: tuple[tuple[tuple[str, str], str | None], ...]) -> None:
    reading = read_compatibility(literal(value), DEFAULT)
    assert reading.value is not None, reading.reason
    assert tuple((window.pair, window.until and window.until.label) for window in reading.value) == windows


@pytest.mark.parametrize(
    ("value", "reason"), [(value, reason) for reason, values in NO_WINDOWS.items() for value in values]
)
def test_what_is_no_window_is_unreadable_and_says_why(value: str, reason: str) -> None:
    reading = read_compatibility(literal(value), DEFAULT)
    assert (reading.state, reading.reason) == (State.UNREADABLE, reason)


@pytest.mark.parametrize("value", ["TBD", "data/code until TBD", "{pair}"])
def test_a_window_not_given_is_a_placeholder(value: str) -> None:
    reading = read_compatibility(literal(value), DEFAULT)
    assert reading.state is State.PLACEHOLDER


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("data/code until Stage 6, code/queue until Stage 7", "queue"),
        ("data/code until Stage 6, **code/config**", "code/config"),
        ("data/config until Stage 3", "data/config"),
        ("data/code for a while, code/config until Stage 6", "data/code"),
    ],
)
def test_the_stretch_at_fault_is_pointed_at(value: str, where: str) -> None:
    found = read_compatibility(literal(value), DEFAULT).where
    assert found is not None
    assert value[slice(*found.span)] == where


def test_a_window_stands_where_its_author_wrote_it() -> None:
    value = "*data/code* until [Stage 6](#six), code/config until 7"
    windows = read_compatibility(literal(value), DEFAULT).value
    assert windows is not None
    assert [window.text.plain for window in windows] == ["data/code until Stage 6", "code/config until 7"]
    assert [window.until and value[slice(*window.until.text.span)] for window in windows] == ["Stage 6", "7"]
