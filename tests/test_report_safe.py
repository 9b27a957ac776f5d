"""Hostile text cannot leave its line or talk to a terminal or a build service."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.report.safe import safe_line_start, safe_pieces, safe_text

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
COMMAND = re.compile(r"##(vso|teamcity)?\[", re.IGNORECASE)
HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from([*BIDI, *"\n\r\t\x00\x1b\x7f\x85\x9b\u2028\u2029\ufeff\ud800\udcff:#[]\u200d \u3000"]),
        st.sampled_from(["##[", "##vso[", "##VSO[", "##TeamCity[", "::", "::error::", "\x1b[31m"]),
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", r"a\nb"),
        ("a\r\nb", r"a\r\nb"),
        ("a\tb", r"a\tb"),
        ("\x00", r"\x00"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x7f", r"\x7f"),
        ("\x85", r"\x85"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066a\u2069", r"\u2066a\u2069"),
        ("\u200f\u200e\u061c", r"\u200f\u200e\u061c"),
        ("\ufeffRisk", r"\ufeffRisk"),
        ("a\ufffe\uffff", r"a\ufffe\uffff"),
        ("caf\udce9.md", r"caf\udce9.md"),
        ("##[error]x", r"##\[error]x"),
        ("see ##vso[task.complete]", r"see ##vso\[task.complete]"),
        ("##VSO[x]", r"##VSO\[x]"),
        ("##teamcity[x]", r"##teamcity\[x]"),
        ("###[x] ##[y]", r"###\[x] ##\[y]"),
    ],
)
def test_what_would_act_is_shown_instead(text: str, shown: str) -> None:
    assert safe_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "Stage 2 — Move the data → eu-west-1",
        "👩\u200d👩\u200d👧\u200d👦 👍🏽 ❤\ufe0f 🇩🇪",
        "cafe\u0301",
        "日本語",
        "שלום",
        "می\u200cخواهم",
        r"C:\new\x1b",
        "## [link] and #[x] and ## vso[x]",
        "::: note",
        "::error::not where a line opens",
        "a\u00a0b\u00adc",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert safe_text(text) == text
    assert "".join(safe_pieces(text)) == text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("plan.md", "plan.md"),
        ("a b::c.md", "a b::c.md"),
        ("::error::x.md", r"\::error::x.md"),
        (":", r"\:"),
        (" ::warning::x.md", r"\x20::warning::x.md"),
        ("\u3000plan.md", r"\u3000plan.md"),
        ("\n::error::x.md", r"\n::error::x.md"),
        ("##[group]x.md", r"##\[group]x.md"),
        ("", ""),
    ],
)
def test_nothing_opens_a_line_with_a_command_or_a_space(path: str, shown: str) -> None:
    assert safe_line_start(path) == shown


@given(HOSTILE)
def test_any_text_is_made_safe(text: str) -> None:
    safe = safe_text(text)
    assert not [char for char in safe if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(safe) & set(BIDI + "\ufeff")
    assert not COMMAND.search(safe)
    assert len(safe.splitlines()) <= 1


@given(HOSTILE)
def test_a_line_opens_with_what_is_neither_space_nor_colon(text: str) -> None:
    opens = safe_line_start(text)[:1]
    assert opens != ":"
    assert not opens.isspace()


@given(HOSTILE)
def test_pieces_are_the_same_text_with_one_piece_a_character(text: str) -> None:
    pieces = safe_pieces(text)
    assert len(pieces) == len(text)
    assert "".join(pieces) == safe_text(text)


@given(HOSTILE)
def test_safe_text_stays_as_it_is(text: str) -> None:
    safe = safe_text(text)
    assert safe_text(safe) == safe
