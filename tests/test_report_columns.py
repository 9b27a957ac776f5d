"""Columns in the units of editors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.report.columns import BYTE, CODEPOINT, UNITS, UTF16, column_in, length_in

ENCODINGS = {CODEPOINT: ("utf-32-le", 4), UTF16: ("utf-16-le", 2), BYTE: ("utf-8", 1)}


@pytest.mark.parametrize(
    ("line", "column", "codepoint", "utf16", "byte"),
    [
        ("", 1, 1, 1, 1),
        ("risk", 1, 1, 1, 1),
        ("risk", 5, 5, 5, 5),
        ("\trisk", 2, 2, 2, 2),
        ("é risk", 3, 3, 3, 4),
        ("e\u0301 risk", 4, 4, 4, 5),
        ("→ risk", 3, 3, 3, 5),
        ("\uffff risk", 3, 3, 3, 5),
        ("🚀 risk", 3, 3, 4, 6),
        ("👩🏽\u200d🚀 risk", 6, 6, 9, 17),
        ("risk 🚀", 1, 1, 1, 1),
        # Behind the end of the line, where something is missing.
        ("🚀", 2, 2, 3, 5),
        # Half a pair can come from a text that was no file.
        ("\ud83d risk", 3, 3, 3, 5),
    ],
)
def test_a_column_in_each_unit(line: str, column: int, codepoint: int, utf16: int, byte: int) -> None:
    assert [column_in(unit, line, column) for unit in UNITS] == [codepoint, utf16, byte]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_what_stands_before_a_column_has_as_many_units(line: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(line)))
    for unit, (encoding, size) in ENCODINGS.items():
        units = column_in(unit, line, index + 1) - 1
        assert line.encode(encoding)[units * size :].decode(encoding) == line[index:]


@pytest.mark.parametrize("unit", UNITS)
@given(text=st.text(st.sampled_from("ab\t\u0301é→🚀\ufeff\ud83d\x00")))
def test_the_units_of_a_text_are_those_of_the_codec(unit: str, text: str) -> None:
    encoding, size = ENCODINGS[unit]
    assert length_in(unit, text) == len(text.encode(encoding, "surrogatepass")) // size
