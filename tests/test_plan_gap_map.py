"""The gap map: which forms are read, what a gap is called, and how gaps and rows find one another."""

from __future__ import annotations

import time

import pytest

from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.gap_matching import GapMatching, match_gaps
from lint_migration_plan.plan.facts.gap_mentions import Mentions
from lint_migration_plan.plan.gap_map import GapMap, read_gap_map
from lint_migration_plan.plan.values.gap_titles import bare_number, read_gap_title
from lint_migration_plan.plan.vocabulary import DEFAULT


def map_of(text: str, fragment: str = "") -> GapMap | None:
    return read_gap_map(parse_document(text), DEFAULT, fragment)


def names_of(text: str, fragment: str = "") -> list[str] | None:
    read = map_of(text, fragment)
    return [gap.name for gap in read.gaps] if read else None


def matching_of(rows: str, gaps: str) -> GapMatching:
    head = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
    table = "".join(f"| {row} | low | 1h | 1 | |\n" for row in rows.split("; "))
    plans = parse_plan(f"## Migration: Orders\n\n### Stage 1 — Move\n\n## Gap → Stage Mapping\n\n{head}{table}")
    gap_map = map_of("# Gaps\n\n" + "".join(f"- {gap}\n" for gap in gaps.split("; ")))
    assert gap_map is not None
    return match_gaps(gap_map, plans)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("| Gap |\n|---|\n| No index |\n", ["No index"]),
        ("| ID | Gap |\n|---|---|\n| GAP-1 | No index |\n", ["GAP-1: No index"]),
        ("| # | Gap |\n|---|---|\n| 1 | No index |\n", ["No index"]),
        ("## Gaps\n\n| ID | Description |\n|---|---|\n| X-1 | No index |\n", ["X-1: No index"]),
        ("| ID | Title |\n|---|---|\n| GAP-1 | No index |\n", ["GAP-1: No index"]),
        ("### GAP-1 — No index\n\n### GAP-2 — No copy\n\n### Others\n", ["GAP-1 — No index", "GAP-2 — No copy"]),
        ("- GAP-1: No index\n- nothing else\n", ["GAP-1: No index"]),
        ("# Gaps\n\n- No index\n- No copy\n", ["No index", "No copy"]),
        ("# Gap map: orders\n\n1. No index\n", ["No index"]),
        ("# Gaps\n\n- [ ] No index\n", ["No index"]),
        # A table counts before any list, and its totals, headings of groups and empty rows are no gaps.
        (
            "# Gaps\n\n- Anna\n\n| Gap | Effort |\n|---|---|\n| **Data** | |\n| No index | 1h |\n| Total | 1h |\n| - | |\n",
            ["No index"],
        ),
        # What begins with a word and a number in two tables is two gaps.
        (
            "| Gap |\n|---|\n| Table 3 is large |\n\ntext\n\n| Gap |\n|---|\n| Table 3 is old |\n",
            ["Table 3 is large", "Table 3 is old"],
        ),
        # What lists gaps, and none that can be told, is a map without gaps.
        ("| Gap | Risk |\n|---|---|\n", []),
        ("| Gap | Risk |\n|---|---|\n| {gap} | {risk} |\n", []),
        ("# Gaps\n\nPeople:\n\n- Anna\n\nThings:\n\n- No index\n", []),
        # A heading says gaps in one of its parts, and by words behind it.
        ("# Orders: gaps\n\n- No index\n", ["No index"]),
        ("# Orders — list of gaps (May)\n\n- No index\n", ["No index"]),
        ("# Gaps on the way to 16\n\n- No index\n", ["No index"]),
        ("# Orders: how gaps are found\n\n- By night\n", None),
        # Other letters make identifiers below such a heading, and where several bear them.
        ("# Gaps\n\n## DB-1: No index\n\n## DB-2: No copy\n", ["DB-1: No index", "DB-2: No copy"]),
        ("# Orders\n\n## DB-1: No index\n\n## DB-2: No copy\n", None),
        ("# Gaps\n\n## Stage-1: First\n\n## Stage-2: Second\n", None),
        ("# Gaps\n\n## Q1: First\n\n## Q2: Second\n", None),
        ("| # | Gap |\n|---|---|\n| 1 | No index |\n| | **Total** |\n", ["No index"]),
        ("| Gap |\n|---|\n| ~~types~~ |\n| No index |\n", ["types", "No index"]),
        # No gaps are meant here.
        ("", None),
        ("# Notes\n\n- No index\n", None),
        ("# How gaps are closed\n\n- With care\n", None),
        ("# Notes\n\n- G7 is a group of states\n- others\n", None),
        ("| ID | Title |\n|---|---|\n| ORD-1 | A ticket |\n", None),
        ("```\n| Gap |\n|---|\n| No index |\n```\n", None),
        ("> # Gaps\n>\n> - No index\n", None),
    ],
)
def test_gaps_are_read_in_the_forms_that_people_write(text: str, names: list[str] | None) -> None:
    assert names_of(text) == names


def test_a_fragment_names_the_part_of_a_document_that_is_meant() -> None:
    text = "# Gap map\n\n## Data side\n\n- GAP-1: No index\n\n## Code\n\n- GAP-2: No copy\n"
    assert names_of(text, "data-side") == ["GAP-1: No index"]
    assert names_of(text, "DATA-SIDE") == ["GAP-1: No index"]
    assert names_of(text, "no-such-part") == ["GAP-1: No index", "GAP-2: No copy"]
    assert names_of("### GAP-1 — A\n\n### GAP-2 — B\n", "gap-1--a") == ["GAP-1 — A", "GAP-2 — B"]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("| Gap | Status |\n|---|---|\n| A | open |\n| B | Closed in May |\n| C | ✅ |\n| D | Done? no |\n", "BCD"),
        ("# Gaps\n\n- A\n- ~~B~~\n- ~~C~~ (done)\n- ~~old~~ D\n", "BC"),
        ("# Gaps\n\n- [ ] A\n- [x] B\n", "B"),
        ("# Map\n\n## Open\n\n| Gap |\n|---|\n| A |\n\n## Closed gaps\n\n### In May\n\n| Gap |\n|---|\n| B |\n", "B"),
        # All gaps in one table, and once more those that are closed.
        ("# Map\n\n| Gap |\n|---|\n| A |\n| B |\n\n## Closed gaps\n\n| Gap |\n|---|\n| B |\n", "B"),
        ("# Closed-loop billing\n\n| Gap |\n|---|\n| A |\n", ""),
    ],
)
def test_what_is_closed_is_told(text: str, closed: str) -> None:
    read = map_of(text)
    assert read is not None
    assert [gap.name[0] for gap in read.gaps if gap.closed] == list(closed)


def test_a_gap_that_stands_twice_says_only_what_both_places_say() -> None:
    read = map_of(
        "| ID | Gap | Effort |\n|---|---|---|\n| GAP-1 | A | 1h |\n| GAP-2 | B | 2h |\n\n"
        "text\n\n| ID | Gap | Effort | Risk |\n|---|---|---|---|\n| GAP-1 | A | 3h | low |\n| GAP-2 | B | 2h | low |\n"
    )
    assert read is not None
    one, two = read.gaps
    assert one.effort is None
    assert one.risk is not None
    assert two.effort is not None


@pytest.mark.parametrize(
    ("string", "identifiers", "rest"),
    [
        ("GAP-03: No index", ["gap-3"], "no index"),
        ("gap 3 – No index", ["gap-3"], "no index"),
        ("GAP_003 No index", ["gap-3"], "no index"),
        ("[GAP-3] No index", ["gap-3"], "no index"),
        ("GAP-DB-03 No index", ["gap-db-3"], "no index"),
        ("GAP-1.2 No index", ["gap-1-2"], "no index"),
        ("GAP-1, GAP-2 and 5: No index", ["gap-1", "gap-2", "gap-5"], "no index"),
        ("GAP-1 – GAP-3 No index", ["gap-1", "gap-2", "gap-3"], "no index"),
        ("GAP-1 - GAP-3: No index", ["gap-1", "gap-2", "gap-3"], "no index"),
        ("GAP-1–3: No index", ["gap-1", "gap-2", "gap-3"], "no index"),
        ("GAP-9 to GAP-2: No index", ["gap-9"], "to gap 2 no index"),
        ("GAP-1 – GAP-9000: No index", ["gap-1"], "gap 9000 no index"),
        ("GAP-1 and 3 more tables", ["gap-1"], "and 3 more tables"),
        ("No index", [], "no index"),
        ("3 tables have no index", [], "3 tables have no index"),
        ("", [], ""),
    ],
)
def test_a_gap_is_told_by_identifiers_and_words(string: str, identifiers: list[str], rest: str) -> None:
    title = read_gap_title(string)
    assert [identifier.key for identifier in title.identifiers] == identifiers
    assert title.rest == rest


@pytest.mark.parametrize(("string", "number"), [("3", 3), ("#3", 3), ("Gap 3", 3), ("3 tables", None), ("", None)])
def test_a_bare_number_is_told_from_words(string: str, number: int | None) -> None:
    assert bare_number(string) == number


@pytest.mark.parametrize(
    ("rows", "gaps", "pairs", "stale", "missing"),
    [
        ("No index; No copy", "no copy!; **No** index", 2, [], []),
        ("GAP-1 Anything", "GAP-01 Something; GAP-02 More", 1, [], ["GAP-02 More"]),
        ("GAP-1, GAP-2 Both", "GAP-1 A; GAP-2 B", 2, [], []),
        ("GAP-1 A; GAP-9 Z", "GAP-1 A; GAP-2 B", 1, ["GAP-9 Z"], ["GAP-2 B"]),
        ("GAP-1, GAP-9 A", "GAP-1 A; GAP-2 B", 1, ["GAP-9"], ["GAP-2 B"]),
        ("No index: since 2019", "No index", 1, [], []),
        ("No index", "No index (since 2019)", 1, [], []),
        ("Java 17 is too old", "Java 17 is too old; Java 8 is on laptops", 1, [], ["Java 8 is on laptops"]),
        ("Table 3 has no index; Table 4 has no index", "Table 4 has no index; Table 3 has no index", 2, [], []),
        ("ORD-3 No index; ORD-4: No copy", "No copy; No index", 2, [], []),
        # One of them is meant, and nobody knows which.
        ("No index", "No index; No index", 0, [], []),
        ("No index; No index", "No index", 0, [], []),
        ("GAP-1 No copy", "GAP-1 No index; GAP-2 No copy", 0, [], []),
        ("GAP-2 No copy", "GAP-1 No index; GAP-1 No key; GAP-2 No copy", 1, [], []),
    ],
)
def test_gaps_find_their_rows(rows: str, gaps: str, pairs: int, stale: list[str], missing: list[str]) -> None:
    matching = matching_of(rows, gaps)
    assert len(matching.pairs) == pairs
    assert [each.text.plain for each in matching.stale] == stale
    assert [each.gap.name for each in matching.missing] == missing


def test_a_gap_in_other_words_is_told_by_the_words_that_stayed() -> None:
    matching = matching_of("Reports read the old tables at night; No index", "Reports read the old tables; No index")
    (stale,), (missing,) = matching.stale, matching.missing
    assert stale.near is missing.gap
    assert missing.near is not None
    assert missing.near.gap.plain == "Reports read the old tables at night"
    assert not matching.is_apart


def test_a_table_in_other_words_throughout_is_apart_from_its_map() -> None:
    assert matching_of("Kein Schema; Keine Kopie", "No index; Nothing copied").is_apart
    assert not matching_of("Kein Schema; No copy", "No index; No copy").is_apart


@pytest.mark.parametrize(
    "text",
    [
        "# Gaps\n\n" + "- a gap of many\n" * 4000,
        "".join(f"### GAP-{number} — A gap of many\n\n" for number in range(4000)),
        "| Gap |\n|---|\n" + "".join(f"| GAP-{number}, a gap of the {number} |\n" for number in range(4000)),
        "| Gap |\n|---|\n| " + "GAP-1, " * 3000 + " |\n",
        "| Gap |\n|---|\n| GAP-1 – GAP-99999 |\n" + "| GAP-1–500, 1–500 |\n" * 50,
        "# Closed\n\n" + "## Closed\n\n- GAP-1 a\n" * 2000,
        "- " + "~~" * 9000,
    ],
)
def test_a_huge_map_is_read_in_time(text: str) -> None:
    started = time.perf_counter()
    gap_map = map_of(text)
    head = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
    rows = "".join(f"| GAP-{number}, a gap of the {number + 1} | low | 1h | 1 | |\n" for number in range(1000))
    plans = parse_plan(f"## Migration: Orders\n\n## Gap → Stage Mapping\n\n{head}{rows}")
    if gap_map is not None:
        match_gaps(gap_map, plans)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- No index: since 2019", True),
        ("There is no index as yet.", False),
        ("Nobody closes the old door at night.", True),
        ("GAP-1 stays.", True),
    ],
)
def test_few_words_name_a_gap_only_where_they_begin(text: str, named: bool) -> None:  # noqa: FBT001 - a table
    mentions = Mentions(parse_document(text).blocks)
    titles = map(read_gap_title, ("No index", "The old door", "GAP-01: No copy"))
    assert any(map(mentions.name, titles)) is named


def test_a_gap_that_one_of_two_tables_calls_closed_is_closed() -> None:
    head, part = "| ID | Gap | Status |\n|---|---|---|\n", "\n\n## Done in May\n\n"
    read = map_of(f"{head}| GAP-1 | No index | open |{part}{head}| GAP-1 | No index | closed |\n")
    assert read is not None
    assert [gap.closed for gap in read.gaps] == [True]


def test_a_column_gap_of_identifiers_alone_names_what_the_next_one_describes() -> None:
    read = map_of("| Gap | Description |\n|---|---|\n| GAP-1 | No index |\n")
    assert read is not None
    (gap,) = read.gaps
    assert (gap.name, gap.title.rest) == ("GAP-1: No index", "no index")
    assert [each.key for each in gap.title.identifiers] == ["gap-1"]


@pytest.mark.parametrize("row", ["| No copy | and no log | low | 1h |", "| No copy |"])
def test_a_row_with_other_cells_than_the_header_is_not_read(row: str) -> None:
    read = map_of(f"| Gap | Risk | Effort |\n|---|---|---|\n| No index | low | 1h |\n{row}\n")
    assert read is not None
    assert ([gap.name for gap in read.gaps], read.complete) == (["No index"], False)


@pytest.mark.parametrize(
    ("heading", "closed"),
    [
        ("Closed", True),
        ("Gaps that are closed", True),
        ("Resolved in 2025", True),
        ("Out of scope", True),
        ("To be closed", False),
        ("Not yet closed", False),
        ("Open", False),
    ],
)
def test_what_stands_below_a_heading_may_be_closed(heading: str, closed: bool) -> None:  # noqa: FBT001 - a table
    read = map_of(f"## {heading}\n\n| Gap |\n|---|\n| No index |\n\n## Others\n\n| Gap |\n|---|\n| No copy |\n")
    assert read is not None
    assert [gap.closed for gap in read.gaps] == [closed, False]


def test_a_sentence_that_begins_with_a_word_and_a_number_is_told_by_all_of_its_words() -> None:
    found = matching_of("Port 3050 is closed: the firewall team opens it", "Port 3050 is closed; Port 3051 is closed")
    assert [pair.gap.name for pair in found.pairs] == ["Port 3050 is closed"]


def test_words_that_are_known_under_another_identifier_point_at_the_identifier() -> None:
    (stale,) = matching_of("GAP-12: No index", "GAP-2: No index; GAP-3: No copy").stale
    assert (stale.text.plain, stale.near.name if stale.near else None) == ("GAP-12", "GAP-2: No index")
