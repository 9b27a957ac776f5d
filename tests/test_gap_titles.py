"""What a gap is called: identifiers and words, in the forms in which two documents are compared."""

from __future__ import annotations

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.values.gap_titles import (
    bare_number,
    column_identifiers,
    identifiers_in,
    is_struck,
    read_gap_title,
    says_closed,
    series,
)


@pytest.mark.parametrize(
    ("string", "keys", "rest"),
    [
        ("GAP-03: No rate limit", ["gap-3"], "no rate limit"),
        ("gap 3 — no rate limit", ["gap-3"], "no rate limit"),
        ("[GAP_003] No rate limit", ["gap-3"], "no rate limit"),
        ("G7", ["g-7"], ""),
        ("GAP-1.2: no alarm", ["gap-1-2"], "no alarm"),
        ("DB-GAP-04 - types", ["db-gap-4"], "types"),
        ("GAP-1, 2 and 5: the broker", ["gap-1", "gap-2", "gap-5"], "the broker"),
        ("GAP-1 and GAP-3", ["gap-1", "gap-3"], ""),
        ("GAP-01–GAP-04: the zone", ["gap-1", "gap-2", "gap-3", "gap-4"], "the zone"),
        ("GAP-01 to GAP-03", ["gap-1", "gap-2", "gap-3"], ""),
        ("GAP-3–GAP-1: backwards", ["gap-3"], "gap 1 backwards"),
        ("GAP-1–GAP-1: the zone", ["gap-1"], "gap 1 the zone"),
        ("~~GAP-2: done~~", ["gap-2"], "done"),
        ("2h of work", [], "2h of work"),
        ("", [], ""),
    ],
)
def test_a_title_begins_with_identifiers(string: str, keys: list[str], rest: str) -> None:
    title = read_gap_title(string)
    assert ([identifier.key for identifier in title.identifiers], title.rest) == (keys, rest)


@pytest.mark.parametrize(
    ("string", "lead"),
    [
        ("No rate limit: the gateway lets all through", "no rate limit"),
        ("No rate limit (since 2019)", "no rate limit"),
        ("GAP-1: no rate limit — at all", "no rate limit"),
        ("No rate limit. Nobody asked for it", "no rate limit"),
        ("No rate-limit at all", ""),
    ],
)
def test_an_explanation_ends_the_name(string: str, lead: str) -> None:
    assert read_gap_title(string).lead == lead


def test_a_word_and_a_number_of_a_sentence_are_no_plain_identifier() -> None:
    assert [
        read_gap_title(each).identifiers[0].plain for each in ("Java 17 is old", "Java-17: old", "gap 17 is old")
    ] == [
        False,
        True,
        True,
    ]


def test_a_text_of_ranges_has_a_bounded_number_of_identifiers() -> None:
    assert len(read_gap_title(", ".join(["GAP-1–GAP-90"] * 500)).identifiers) <= 100
    assert [each.number for each in read_gap_title("GAP-1–GAP-99999").identifiers] == [1]


@pytest.mark.parametrize(
    ("string", "keys"),
    [
        ("GAP-01", ["gap-1"]),
        ("SEC/AUTH-4", ["sec-auth-4"]),
        ("F.3", ["f-3"]),
        ("3", []),
        ("", []),
        ("—", []),
    ],
)
def test_a_column_of_identifiers_may_hold_any(string: str, keys: list[str]) -> None:
    assert [identifier.key for identifier in column_identifiers(string)] == keys


@pytest.mark.parametrize(
    ("string", "number"), [("3", 3), ("#3", 3), ("gap 3", 3), ("No. 12", 12), ("3 gaps", None), ("GAP-3a", None)]
)
def test_a_bare_number_numbers_gaps(string: str, number: int | None) -> None:
    assert bare_number(string) == number


def test_identifiers_are_found_within_a_text() -> None:
    keys = [each.key for each in identifiers_in("We leave GAP-04–GAP-05 and GAP-9, not non-GAP-7x, to winter")]
    assert keys[:3] == ["gap-4", "gap-5", "gap-9"]


@pytest.mark.parametrize(
    ("string", "closed"),
    [
        ("closed", True),
        ("✅", True),
        ("**Done** (12 January)", True),
        ("won't fix", True),
        ("erledigt", True),
        ("open", False),
        ("in progress", False),
        ("not closed", False),
        ("to be closed", False),
        ("", False),
    ],
)
def test_a_status_says_closed(string: str, closed: bool) -> None:  # noqa: FBT001 - a table of cases
    assert says_closed(literal(string)) is closed


@pytest.mark.parametrize(
    ("string", "struck"),
    [
        ("~~GAP-2: types~~", True),
        ("~~types~~ done", True),
        ("GAP-2: ~~types~~", True),
        ("~~old~~ new types", False),
        ("types", False),
    ],
)
def test_what_is_struck_out_is_told(string: str, struck: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_struck(literal(string)) is struck


def test_letters_make_a_series_where_several_numbers_bear_them() -> None:
    titles = [
        read_gap_title(each) for each in ("ZONE-1: a", "ZONE-2: b", "Java-17: c", "Node 18 is old", "Node 20 too")
    ]
    assert series(titles) == {"gap", "g", "zone"}
