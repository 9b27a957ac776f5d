"""The caret stands under the character that is meant, however wide the line is."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from lint_migration_plan.report.cells import width
from lint_migration_plan.report.frame import ELLIPSIS, frame

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
ANY_LINE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(
            ["a", " ", "—", "\t", "日", "\u0301", "\u200d", "\ufe0f", "\ufe0e", "❤", "⌚", "👩", "👍", "\U0001f3fd"]
        ),
        st.sampled_from(["🇩", "🇪", "क", "\u094d", "ष", "\u093e", "\x1b", "\u202e", "\udcff", "\ufeff", "##[", FAMILY]),
    ),
    max_size=200,
).map("".join)


@pytest.mark.parametrize(
    ("line", "start", "end", "text", "caret"),
    [
        pytest.param("**Risk**: Meduim", 10, 16, "**Risk**: Meduim", "          ^^^^^^", id="plain"),
        pytest.param("ab", 1, 1, "ab", " ^", id="an empty span is one caret"),
        pytest.param("ab", 2, 2, "ab", "  ^", id="behind the last character"),
        pytest.param("ab", 9, 12, "ab", "  ^", id="beyond the end"),
        pytest.param("ab", 1, 0, "ab", " ^", id="an end before the start"),
        pytest.param("\tab", 1, 2, "    ab", "    ^", id="behind a tab"),
        pytest.param("a\tb", 1, 2, "a    b", " ^^^^", id="a tab itself"),
        pytest.param("Größe — x", 8, 9, "Größe — x", "        ^", id="narrow beyond ASCII"),
        pytest.param("日本 x", 3, 4, "日本 x", "     ^", id="behind wide"),
        pytest.param("日本", 1, 2, "日本", "  ^^", id="a wide one"),
        pytest.param("cafe\u0301 x", 6, 7, "cafe\u0301 x", "     ^", id="behind combining"),
        pytest.param("cafe\u0301", 4, 5, "cafe\u0301", "   ^", id="the accent alone marks its letter"),
        pytest.param(FAMILY + " x", 8, 9, FAMILY + " x", "   ^", id="behind joined emoji"),
        pytest.param(FAMILY + " x", 2, 3, FAMILY + " x", "^^", id="within joined emoji"),
        pytest.param("❤\ufe0f x", 3, 4, "❤\ufe0f x", "   ^", id="behind an emoji by selector"),
        pytest.param("a❤\ufe0f", 2, 3, "a❤\ufe0f", " ^^", id="the selector alone marks its emoji"),
        pytest.param("a\x1bb", 2, 3, r"a\x1bb", "     ^", id="behind an escape"),
        pytest.param("a\u202eb", 1, 2, r"a\u202eb", " ^^^^^^", id="an escape itself"),
        pytest.param("##[x]", 3, 4, r"##\[x]", "    ^", id="behind a broken command"),
        pytest.param("\u0301a", 1, 2, "\u0301a", "^", id="an accent without its letter"),
    ],
)
def test_caret(line: str, start: int, end: int, text: str, caret: str) -> None:
    shown = frame(line, start, end, 100)
    assert shown.text == text
    assert " " * shown.offset + "^" * shown.length == caret


LETTERS = "".join(chr(ord("a") + number % 26) for number in range(500))


@pytest.mark.parametrize(
    ("start", "end", "text", "caret"),
    [
        pytest.param(0, 1, "abcdefghijklmnopqrstuvwxyzabcdefghijk…", "^", id="at the start"),
        pytest.param(5, 8, "abcdefghijklmnopqrstuvwxyzabcdefghijk…", "     ^^^", id="near the start"),
        pytest.param(260, 263, "…jklmnopqrstuvwxyzabcdefghijklmnopqrst…", " " * 18 + "^^^", id="in the middle"),
        pytest.param(499, 500, "…vwxyzabcdefghijklmnopqrstuvwxyzabcdef", " " * 37 + "^", id="at the end"),
        pytest.param(500, 500, "…vwxyzabcdefghijklmnopqrstuvwxyzabcdef", " " * 38 + "^", id="behind the end"),
        pytest.param(260, 400, "…qrstuvwxyzabcdefghijklmnopqrstuvwxyza…", " " * 11 + "^" * 27, id="a long span"),
    ],
)
def test_a_long_line_is_cut_around_the_caret(start: int, end: int, text: str, caret: str) -> None:
    shown = frame(LETTERS, start, end, 40)
    assert shown.text == text
    assert " " * shown.offset + "^" * shown.length == caret


def test_a_line_that_just_fits_is_whole() -> None:
    assert frame("a" * 39, 0, 1, 40).text == "a" * 39
    assert frame("a" * 40, 0, 1, 40).text == "a" * 37 + ELLIPSIS


@pytest.mark.parametrize("number", [0, 30, 59])
def test_an_emoji_is_never_cut_apart(number: int) -> None:
    start = number * len(FAMILY)
    shown = frame(FAMILY * 60, start, start + len(FAMILY), 40)
    assert shown.text.startswith(ELLIPSIS) == (number > 0)
    assert shown.text.endswith(ELLIPSIS) == (number < 59)
    assert shown.text.strip(ELLIPSIS).replace(FAMILY, "") == ""
    assert shown.length == 2


@given(ANY_LINE, ANY_LINE, st.integers(30, 120))
def test_the_caret_stands_under_a_marked_character(before: str, after: str, room: int) -> None:
    assume("§" not in before + after)
    # Behind a joiner the mark has no column of its own.
    assume(not before.endswith("\u200d"))
    shown = frame(f"{before}§{after}", len(before), len(before) + 1, room)
    at = shown.text.index("§")
    assert shown.offset == wcswidth(shown.text[:at])
    assert shown.length >= 1


@given(ANY_LINE, st.integers(0, 250), st.integers(0, 250), st.integers(30, 120))
def test_nothing_is_wider_than_the_room(line: str, start: int, end: int, room: int) -> None:
    shown = frame(line, start, end, room)
    assert 0 <= wcswidth(shown.text) <= room
    assert 0 <= shown.offset < shown.offset + shown.length <= room


@given(ANY_LINE, st.data())
def test_the_underline_ends_where_the_span_ends(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown = frame(f"{line[:start]}§{line[start:end]}§{line[end:]}", start, end + 2, 5000)
    first = shown.text.find("§")
    assume("§" not in line)
    assume("\u200d" not in line)
    last = shown.text.rindex("§")
    marked = shown.text[: last + 1]
    assert shown.offset == wcswidth(shown.text[:first])
    # An accent behind the second mark belongs to it and may widen it.
    assert shown.length >= wcswidth(marked) - shown.offset
    assert shown.length <= wcswidth(marked) - shown.offset + 1


def test_every_character_is_as_wide_as_the_terminal_library_says() -> None:
    wrong = []
    for code in range(0x20, 0x11000):
        char = chr(code)
        if (char.isprintable() or char in "\u00a0\u200b\u200d") and width(f"a{char}") != wcswidth(f"a{char}"):
            wrong.append(hex(code))
    assert wrong == []


@pytest.mark.parametrize(
    "line", ["x" * 5_000_000, "\u0301" * 5_000_000, "👩\u200d" * 2_500_000, "\x1b" * 5_000_000, "日" * 5_000_000]
)
def test_a_line_of_millions_takes_no_time(line: str) -> None:
    started = time.perf_counter()
    for _ in range(5):
        frame(line, len(line) // 2, len(line), 110)
    assert time.perf_counter() - started < 2
