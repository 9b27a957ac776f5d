"""What becomes of each gap, by the table alone and by table and map."""

from __future__ import annotations

import time

import pytest

from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.coverage import GapCover, map_cover, table_cover
from lint_migration_plan.plan.facts.gap_matching import match_gaps
from lint_migration_plan.plan.gap_map import read_gap_map
from lint_migration_plan.plan.vocabulary import DEFAULT

HEAD = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
STAGES = """\
### Stage 1 — Copy

**Verification**:

- Counts are equal

**Rollback tested**: yes

### Stage 2 — Switch

**Rollback tested**: no

### Stage 3 — Watch

**Rollback tested**: yes

### Stage 4 — Clean up

### Stage 4 — Clean up more

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|---|---|---|---|
| 2 | none | n/a | run |
| 3 | smoke test | - | not tested |

"""


def plan_text(*rows: str) -> str:
    return f"## Migration: Orders\n\n{STAGES}## Gap → Stage Mapping\n\n{HEAD}" + "".join(f"| {row} |\n" for row in rows)


def covers_of(*rows: str, gap_map: str = "") -> list[GapCover]:
    plans = parse_plan(plan_text(*rows))
    if not gap_map:
        return table_cover(plans[0])
    read = read_gap_map(parse_document(gap_map), DEFAULT)
    assert read is not None
    (covers,) = map_cover(plans, read, match_gaps(read, plans))
    return covers


def said(covers: list[GapCover]) -> list[str]:
    return [f"{cover.name}: {cover.status.value}" + (f" ({cover.why})" if cover.why else "") for cover in covers]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("A | low | 1h | Stage 1 |", "A: covered"),
        ("No  index | low | 1h | 1, 2 |", "No index: covered"),
        ("A | low | 1h | 9 |", "A: unassigned (there is no stage 9)"),
        ("A | low | 1h | 1, 9 |", "A: unassigned (there is no stage 9)"),
        ("A | low | 1h | 4 |", "A: ambiguous (its stage's number is doubled)"),
        ("A | low | 1h | — |", "A: unassigned (no stage, and no reason)"),
        ("A | low | 1h | | deferred", "A: unassigned ('deferred' without a reason)"),
        ("A | low | 1h | — | Deferred: no time before May", "A: deferred (deferred: no time before May)"),
        ("A | low | 1h | Accepted risk: read only |", "A: deferred (accepted risk: read only)"),
        ("A | low | 1h | N/A | Not applicable: gone", "A: deferred (not applicable: gone)"),
        ("A | low | 1h | 1 | Deferred: no time", "A: covered (but said to be deferred: no time)"),
        ("A | low | 1h | when there is time |", "A: ambiguous (its stage cannot be read)"),
        ("A | low | 1h | — | (Deferred: next year)", "A: deferred (deferred: next year)"),
        ("A | low | 1h | — | deferred: next year)", "A: deferred (deferred: next year)"),
        ("A | low", "A: ambiguous (its row cannot be read)"),
        (" | low | 1h | 1 |", "row 1: ambiguous (its row cannot be read)"),
    ],
)
def test_a_row_says_what_becomes_of_its_gap(row: str, expected: str) -> None:
    assert said(covers_of(row)) == [expected]


def test_rows_that_the_template_left_are_no_gaps() -> None:
    assert covers_of("{gap} | {risk} | {effort} | {stage} | {notes}") == []


@pytest.mark.parametrize(
    ("stages", "expected"),
    [("1", [(True, True)]), ("2", [(False, False)]), ("3", [(True, False)]), ("1, 3", [(True, True), (True, False)])],
)
def test_the_stages_say_whether_they_are_verified_and_can_be_undone(
    stages: str, expected: list[tuple[bool, bool]]
) -> None:
    (cover,) = covers_of(f"A | low | 1h | {stages} |")
    assert [(each.verified, each.rollback_tested) for each in cover.stages] == expected


def test_a_map_is_looked_at_from_both_sides() -> None:
    covers = covers_of(
        "GAP-1 No index | low | 1h | 1 |",
        "GAP-3 No copy | low | 1h | — |",
        "GAP-8 No lift | low | 1h | 2 |",
        "GAP-9 No stairs | low | 1h | — | Not applicable: no floors",
        "GAP-10 No door | low | 1h | — |",
        gap_map="# Map\n\n| ID | Gap | Status | Notes |\n|---|---|---|---|\n| GAP-1 | No index | | |\n"
        "| GAP-2 | No copy of the index | | |\n| GAP-3 | No copy | closed | |\n| GAP-4 | No name | done | |\n"
        "| GAP-5 | No room | | Accepted risk: rented |\n\nOf GAP-10 the landlord knows.\n",
    )
    assert said(covers) == [
        "GAP-1: No index: covered",
        "GAP-2: No copy of the index: unassigned (no row in the table)",
        "GAP-3: No copy: closed (by the gap map)",
        "GAP-4: No name: closed (by the gap map)",
        "GAP-5: No room: deferred (accepted risk: rented, by the gap map)",
        "GAP-8 No lift: orphaned (not in the gap map)",
        "GAP-9 No stairs: deferred (not applicable: no floors; not in the gap map)",
        (
            "GAP-10 No door: ambiguous (no gap of the gap map, which speaks of it all the same; unassigned: no stage, and "
            "no reason)"
        ),
    ]


def test_what_may_be_meant_for_one_another_is_said_at_both() -> None:
    covers = covers_of(
        "Reports read the old tables at night | low | 1h | 1 |", gap_map="# Gaps\n\n- Reports read the old tables\n"
    )
    assert said(covers) == [
        (
            "Reports read the old tables: unassigned (no row in the table; is 'Reports read the old tables at night' "
            "meant for it?)"
        ),
        (
            "Reports read the old tables at night: orphaned (not in the gap map; did you mean 'Reports read the old "
            "tables'?)"
        ),
    ]


def test_gaps_that_are_called_alike_are_ambiguous() -> None:
    covers = covers_of("A | low | 1h | 1 |", gap_map="# Gaps\n\n- A\n- A\n- B\n")
    why = "two gaps or two rows are called alike"
    assert said(covers)[:3] == [f"A: ambiguous ({why})", f"A: ambiguous ({why})", "B: unassigned (no row in the table)"]
    assert said(covers)[3].startswith("A: ambiguous (")
    assert len(covers) == 4


def test_plans_that_share_a_map_have_their_own_gaps_and_the_first_those_that_nobody_has() -> None:
    text = (
        plan_text("GAP-1 A | low | 1h | 1 |") + "\n" + plan_text("GAP-2 B | low | 1h | 1 |").replace("Orders", "Bills")
    )
    plans = parse_plan(text)
    read = read_gap_map(parse_document("- GAP-1 A\n- GAP-2 B\n- GAP-3 C\n"), DEFAULT)
    assert read is not None
    first, second = map_cover(plans, read, match_gaps(read, plans))
    assert said(first) == ["GAP-1 A: covered", "GAP-3 C: unassigned (no row in the table)"]
    assert said(second) == ["GAP-2 B: covered"]


def test_a_large_table_is_covered_in_time() -> None:
    stages = "".join(f"### Stage {number} — Move\n\n**Rollback tested**: yes\n\n" for number in range(1, 1001))
    rows = "".join(f"| Gap of {number} | low | 1h | {number} | |\n" for number in range(1, 1001))
    (plan,) = parse_plan(f"## Migration: Orders\n\n{stages}## Gap → Stage Mapping\n\n{HEAD}{rows}")
    read = read_gap_map(parse_document("# Gaps\n\n" + "".join(f"- Gap of {n}\n" for n in range(1, 1001))), DEFAULT)
    assert read is not None
    started = time.perf_counter()
    (covers,) = map_cover([plan], read, match_gaps(read, [plan]))
    assert time.perf_counter() - started < 5
    assert len(covers) == 1000
