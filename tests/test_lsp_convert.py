"""Places as an editor counts them, in all three encodings, against what the encodings themselves say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.lint.diagnostic import Location
from lint_migration_plan.lsp.convert import Converter, Encoding, Point
from lint_migration_plan.markdown.source import Source, Span

EMOJI = "Läuft 🚀 schnell\n\tzwei\r\ne\u0301 👩‍🚀 ende\rletzte"

CODECS = {Encoding.UTF8: ("utf-8", 1), Encoding.UTF16: ("utf-16-le", 2), Encoding.UTF32: ("utf-32-le", 4)}

TEXTS = st.lists(
    st.sampled_from(
        [*"ab \t|#\n\r\v\f", "\r\n", "\u2028", "\x85", "é", "e\u0301", "🚀", "語", "\ufeff", "\ud800", "\x00"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("encoding", "character"),
    [(Encoding.UTF8, len("Läuft 🚀 ".encode())), (Encoding.UTF16, 9), (Encoding.UTF32, 8)],
)
def test_what_stands_behind_an_emoji_is_counted_in_units(encoding: Encoding, character: int) -> None:
    places = Converter(Source(EMOJI), encoding)
    offset = EMOJI.index("schnell")
    assert places.point(offset) == Point(0, character)
    assert places.offset(0, character) == offset


@pytest.mark.parametrize("encoding", Encoding)
def test_lines_end_where_the_protocol_ends_them(encoding: Encoding) -> None:
    places = Converter(Source("a\x0bb\u2028c\x85d\ne\r\nf\rg"), encoding)
    assert [places.point(offset).line for offset in (0, 2, 4, 6)] == [0, 0, 0, 0]
    assert places.point(8) == Point(1, 0)
    assert places.point(11) == Point(2, 0)
    assert places.point(13) == Point(3, 0)


@pytest.mark.parametrize("encoding", Encoding)
def test_a_tab_is_one_character(encoding: Encoding) -> None:
    places = Converter(Source("a\n\t\tb"), encoding)
    assert places.point(4) == Point(1, 2)


@pytest.mark.parametrize(
    ("encoding", "character", "shown"),
    [
        (Encoding.UTF16, 7, "🚀"),  # in the middle of the pair
        (Encoding.UTF8, 9, "🚀"),
        (Encoding.UTF16, 99, "\n"),
        (Encoding.UTF32, 99, "\n"),
        (Encoding.UTF32, -1, "L"),
        (Encoding.UTF16, -1, "L"),
    ],
)
def test_a_place_that_is_none_is_the_nearest_one_before_it(encoding: Encoding, character: int, shown: str) -> None:
    assert EMOJI[Converter(Source(EMOJI), encoding).offset(0, character)] == shown


@pytest.mark.parametrize("encoding", Encoding)
def test_a_line_that_is_none_is_the_beginning_or_the_end(encoding: Encoding) -> None:
    places = Converter(Source(EMOJI), encoding)
    assert places.offset(-1, 4) == 0
    assert places.offset(4, 0) == len(EMOJI)


def test_the_end_of_a_line_is_before_its_carriage_return() -> None:
    places = Converter(Source(EMOJI), Encoding.UTF16)
    assert EMOJI[places.offset(1, 99) :].startswith("\r\n")


def test_a_byte_order_mark_that_an_editor_sends_is_a_character() -> None:
    source = Source("\ufeff# T\n# U")
    places = Converter(source, Encoding.UTF16)
    assert places.point(1) == Point(0, 1)
    assert places.offset(0, 0) == 0
    assert places.offset(0, 1) == 1
    assert places.stretch_of(Location("p", 1, 1, 1, 4)).start == Point(0, 1)
    assert places.point(5) == Point(1, 0)


@given(TEXTS, st.sampled_from(list(Encoding)))
def test_a_place_leads_back_to_its_offset(text: str, encoding: Encoding) -> None:
    places = Converter(Source(text), encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            # Between the two there is no place.
            continue
        assert places.offset(*places.point(offset)) == offset


@given(TEXTS, st.sampled_from(list(Encoding)))
def test_places_are_those_that_the_protocol_defines(text: str, encoding: Encoding) -> None:
    codec, size = CODECS[encoding]
    places = Converter(Source(text), encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue
        ends = [end.end() for end in re.finditer(r"\r\n|\r|\n", text) if end.end() <= offset]
        start = ends[-1] if ends else 0
        assert places.point(offset) == Point(len(ends), len(text[start:offset].encode(codec, "surrogatepass")) // size)


@given(TEXTS, st.sampled_from(list(Encoding)), st.integers(-3, 40), st.integers(-3, 40))
def test_any_place_is_in_the_text(text: str, encoding: Encoding, line: int, character: int) -> None:
    places = Converter(Source(text), encoding)
    offset = places.offset(line, character)
    assert 0 <= offset <= len(text)
    assert places.point(offset).line <= max(line, 0)


@given(TEXTS, st.integers(0, 20), st.integers(0, 20))
def test_a_stretch_never_ends_before_it_begins(text: str, start: int, end: int) -> None:
    first, last = Converter(Source(text), Encoding.UTF16).stretch(Span(min(start, len(text)), min(end, len(text))))
    assert first <= last
