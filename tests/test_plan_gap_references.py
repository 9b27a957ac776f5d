"""What the notes of a gap say that it depends on."""

from __future__ import annotations

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.gap_references import gap_references

HEAD = "## Migration: Orders\n\n## Gap → Stage Mapping\n\n"


def named(
    notes: str, *gaps: str, head: str = "| Gap | Risk | Effort | Stage | Notes |"
) -> list[tuple[str, str | None]]:
    """Read what the notes of the last gap name: the author's words, and the gap, None where there is no such gap."""
    rows = [f"| {gap} | low | 1h | 1 | {notes if gap == gaps[-1] else ''} |" for gap in gaps]
    [plan] = parse_plan("\n".join((HEAD + head, "|" + "---|" * head.count(" | ") + "---|", *rows)))
    return [
        (reference.text.plain, reference.row.gap.plain if reference.row and reference.row.gap else None)
        for _, reference in gap_references(plan)
    ]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Depends on gap 1", [("gap 1", "old driver")]),
        ("depends on **gap #2**, and on luck", [("gap #2", "old types")]),
        ("Dependent upon gaps 1 and 2", [("gaps 1", "old driver"), ("2", "old types")]),
        ("Blocked by gap 1, gap 2.", [("gap 1", "old driver"), ("gap 2", "old types")]),
        ("Depends on gaps 1-2", [("gaps 1-2", "old driver"), ("gaps 1-2", "old types")]),
        ("needs gap 2 closed", [("gap 2", "old types")]),
        ("Depends on: old driver (see above)", [("old driver", "old driver")]),
        ('depends on "Old Types"', [("Old Types", "old types")]),
        ("Depends on gap 9", [("gap 9", None)]),
        ("Depends on gaps 1 and 9", [("gaps 1", "old driver"), ("9", None)]),
        ("Depends on gap 1 or gap 2", []),
        ("does not depend on gap 1", []),
        ("no longer depends on gap 1", []),
        ("depends on the old driver of the vendor", []),
        ("after 2 days", []),
        ("needs 3 people", []),
        ("gap 1 depends on it", []),
        ("Depends on Stage 1", []),
        ("Depends on release 1.2", []),
    ],
)
def test_notes_name_gaps_by_row_and_by_name(notes: str, expected: list[tuple[str, str | None]]) -> None:
    assert named(notes, "old driver", "old types", "new tables") == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Depends on GAP-02", [("GAP-02", "GAP-02: types")]),
        ("Depends on gap 2", [("gap 2", "GAP-02: types")]),
        ("after GAP-2 and GAP-07", [("GAP-2", "GAP-02: types"), ("GAP-07", "GAP-07 driver")]),
        ("needs GAP-03", [("GAP-03", None)]),
        ("Depends on gap 1", [("gap 1", None)]),
        ("Depends on RFC-03", []),
        ("needs UTF-8", []),
    ],
)
def test_notes_name_gaps_by_identifier(notes: str, expected: list[tuple[str, str | None]]) -> None:
    assert named(notes, "GAP-07 driver", "GAP-02: types", "GAP-09: tables") == expected


def test_a_name_that_two_gaps_have_names_neither() -> None:
    assert named("Depends on old driver", "old driver", "Old driver", "new tables") == []


def test_where_a_row_cannot_be_read_no_gap_is_missed() -> None:
    assert named("Depends on gap 9", "old driver", "`a | b` | x", "new tables") == []


def test_a_column_of_numbers_counts_before_the_rows() -> None:
    head = "| No | Gap | Risk | Effort | Stage | Notes |"
    gaps = ("20 | old driver", "10 | old types", "30 | new tables")
    assert named("Depends on gap 10", *gaps, head=head) == [("gap 10", "old types")]
    assert named("Depends on gap 1", *gaps, head=head) == [("gap 1", None)]
