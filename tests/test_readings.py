"""Whatever stands in a value, its reader gives a reading, keeps the text and points inside of it, and does so fast."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.markdown.inline import Text, literal
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.amounts import read_duration, read_effort
from lint_migration_plan.plan.values.choices import (
    read_exemption,
    read_risk,
    read_rollback_tested,
    suggest_risk,
    suggest_rollback_tested,
)
from lint_migration_plan.plan.values.compatibility import read_compatibility
from lint_migration_plan.plan.values.dates import read_dates
from lint_migration_plan.plan.values.fold import LIMIT, fold, folded
from lint_migration_plan.plan.values.layers import meant_layer, read_layers, state_layers
from lint_migration_plan.plan.values.placeholders import is_placeholder, placeholders_in
from lint_migration_plan.plan.values.references import read_dependencies, read_stage_cell, reference_at, stage_mentions
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = {"move data, users and carts": "2", "switch": "3"}
LABELS = ("1", "2", "2a", "3", "b")

READERS: tuple[Callable[[Text], Reading[Any]], ...] = (
    lambda text: read_risk(text, DEFAULT),
    lambda text: read_effort(text, DEFAULT),
    read_duration,
    read_dates,
    lambda text: read_dates(text, "day-month"),
    read_rollback_tested,
    lambda text: read_layers(text, DEFAULT),
    lambda text: read_dependencies(text, DEFAULT, NAMES, labels=LABELS, own="3"),
    lambda text: read_stage_cell(text, DEFAULT, NAMES, labels=LABELS),
    lambda text: read_compatibility(text, DEFAULT),
)

#: Pieces of values, glued together at random, reach farther into the readers than any characters do.
PIECES = st.sampled_from(
    [
        *(
            "Stage",
            "stages ",
            "1",
            "2a",
            "-",
            " – ",
            "—",
            ", ",
            ";",
            " and ",
            " to ",
            " or ",
            "(",
            ")",
            "[",
            "]",
            "(#x)",
            ":",
        ),
        *(
            "low",
            "Medium",
            "high",
            " risk",
            "🟢",
            "✅",
            "❌",
            "yes",
            "no",
            "N/A",
            "none",
            "n/a",
            "TBD",
            "TODO: ",
            "{name}",
            "<x>",
        ),
        *(
            "2026-03-14",
            "March ",
            "14",
            "/",
            ".",
            "T",
            "02:00",
            "Q2 ",
            "W12",
            "Week ",
            "from ",
            "by ",
            "2026",
            "年",
            "月",
            "日",
        ),
        *(
            "h",
            "d",
            " days",
            " weeks",
            "½",
            "~",
            "+",
            "plus ",
            "half a ",
            "month",
            "1.5",
            ",5",
            "x",
            "%",
            "人天",
            "半",
            "é",
            "İ",
            "ß",
        ),
        *(
            "data",
            "code",
            "/",
            " until ",
            "all previous stages",
            "deferred ",
            "because ",
            "accepted risk",
            "not applicable",
            "`",
        ),
        *(
            "**",
            "<br>",
            "\n",
            " ",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\\",
            "&amp;",
            "'",
            '"',
            "$",
            "№",
            "第",
            "０",
            "．",
            "～~",
            "|",
        ),
    ]
)
VALUES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


def _texts(value: object) -> Iterator[Text]:
    """Find the texts in a reading, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _texts(member)


@given(VALUES)
def test_any_value_has_a_reading_that_points_inside_of_it(string: str) -> None:
    text = literal(string)
    for read in READERS:
        reading = read(text)
        assert reading.text is text
        assert (reading.value is not None) == (reading.state is State.READ)
        assert reading.state is not State.EMPTY or not text
        for found in _texts(reading):
            assert 0 <= found.span.start <= found.span.end <= len(string)
            assert found.plain in text.plain


@given(VALUES, VALUES)
def test_any_text_is_searched(one: str, other: str) -> None:
    text = literal(one)
    exemption = read_exemption(text, literal(other))
    assert exemption is None or exemption.kind in {"accepted risk", "deferred", "not applicable"}
    assert set(state_layers(text, DEFAULT)) <= set(DEFAULT.layers.values())
    assert meant_layer(one, DEFAULT) in {None, *DEFAULT.layers.values()}
    assert suggest_risk(one) in {None, "low", "medium", "high"}
    assert suggest_rollback_tested(one) in {None, "yes", "no", "N/A"}
    is_placeholder(text)
    for index in range(0, len(text), 7):
        reference_at(text, index, DEFAULT)
    for found in (*placeholders_in(text), *(mention.text for mention in stage_mentions(text, DEFAULT))):
        assert found
        assert found.plain in text.plain


@given(VALUES)
def test_a_part_of_a_text_is_read_as_the_same_words_alone(string: str) -> None:
    text = literal(f"**Label**: {string}")
    part = text.slice(text.plain.index(": ") + 2)
    for read in READERS:
        for found in _texts(read(part)):
            assert found.start_in(part) >= 0


@given(st.text(max_size=2 * LIMIT))
def test_folding_keeps_every_index(string: str) -> None:
    assert len(fold(string)) == min(len(string), LIMIT)


def test_folding_makes_one_form_of_many() -> None:
    assert fold("ＬＯＷ（１～２）") == "low(1~2)"
    assert fold("a\u2011b\u00a0c\u200bd") == "a-b c d"
    assert fold("“İ”、’") == '"İ",\''
    assert fold("~~old~~ new") == "        new"
    assert folded(literal("a<br/>b\nc `<br>`")) == "a\nb c <br>"


HOSTILE = (
    *(
        "a ",
        "1 ",
        "1, ",
        "- ",
        "(",
        "[",
        "TBD ",
        "TODO: ",
        "{condition 1: ",
        "Stage 2 and ",
        "Stage 1-99, ",
        "stages 1, 2, ",
    ),
    *(
        "data/code ",
        "data, ",
        "2026-03-14, ",
        "1.1. ",
        "low, ",
        "2h + ",
        "1d 2h ",
        "~",
        "\u3000",
        "yes ",
        "; deferred ",
        "<br>",
    ),
    *(
        "3 - ",
        "n/a ",
        "Stage 2 — x, Stage 3 is it, ",
        "from ",
        "\"'",
        "Mon ",
        "all previous stages, ",
        "🟢",
        "{{",
        "<a",
        "half a ",
    ),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_very_long_value_is_read_at_once(piece: str) -> None:
    text = literal(piece * (30_000 // len(piece)))
    assert text.plain is not None  # parsed once, outside of what is measured
    start = time.process_time()
    for read in READERS:
        read(text)
    is_placeholder(text)
    read_exemption(text, text)
    state_layers(text, DEFAULT)
    for _ in placeholders_in(text):
        pass
    for _ in stage_mentions(text, DEFAULT):
        pass
    assert time.process_time() - start < 5
