"""Columns of the Gap → Stage table whose names are exchanged, told by their cells."""

from __future__ import annotations

import pytest

from lint_migration_plan import lint_text, parse_plan
from lint_migration_plan.config.settings import Config
from lint_migration_plan.plan.facts.exchanged_columns import exchanged_columns

STAGES = "## Migration: Orders\n\n### Stage 1 — Copy\n\n### Stage 2 — Switch\n\n### Stage 3 — Clean\n\n"


def exchanged(*lines: str) -> list[str]:
    names, *rows = (f"| {line} |" for line in lines)
    table = "\n".join((names, "|-" * lines[0].count("|") + "|-|", *rows))
    (plan,) = parse_plan(f"{STAGES}## Gap → Stage Mapping\n\n{table}\n")
    return [column.text.plain for column in exchanged_columns(plan)]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Gap | Effort | Risk | Stage", "A | low | 2h | 1", "B | high | 1d | 2"), ["Effort", "Risk"]),
        (("Gap | Effort | Risk | Stage", "A | low | 2h | 1", "B | high | 1d | 2", "C | | — |"), ["Effort", "Risk"]),
        (
            (
                "Gap | Risk | Stage | Effort | Notes",
                "A | low | 3h | Stage 1 |",
                "B | low | 2h | 2 |",
                "C | low | 2h | — | x",
            ),
            ["Stage", "Effort"],
        ),
        (
            ("Gap | Stage | Risk | Effort", "A | low | 3h | Stage 1", "B | medium | 2h | Stage 2"),
            ["Stage", "Risk", "Effort"],
        ),
        (
            ("Gap | Effort | Stage | Risk", "A | Stage 1 | low | 3h", "B | Stage 2 | medium | 2h"),
            ["Effort", "Stage", "Risk"],
        ),
        (("Stage | Risk | Effort | Gap", "A | low | 3h | Stage 1", "B | low | 2h | 2"), ["Stage", "Gap"]),
    ],
)
def test_names_go_round_where_all_cells_say_so(lines: tuple[str, ...], names: list[str]) -> None:
    assert exchanged(*lines) == names


@pytest.mark.parametrize(
    "lines",
    [
        # One row is a slip of its own.
        ("Gap | Effort | Risk | Stage", "A | low | 2h | 1"),
        ("Gap | Effort | Risk | Stage", "A | low | 2h | 1", "B | 1d | high | 2"),
        # Numbers alone may be hours.
        ("Gap | Risk | Stage | Effort", "A | low | 3h | 1", "B | low | 2 | 2h"),
        ("Gap | Risk | Effort | Stage", "A | low | 1 | Stage 1", "B | low | 2 | Stage 2"),
        # What the notes say is no other column's, even of gaps that no stage closes.
        (
            "Gap | Risk | Effort | Stage | Notes",
            "A | low | 12h | accepted risk | Stage 1",
            "B | low | 4h | deferred | 2",
        ),
        ("Gap | Risk | Effort | Stage | Notes", "A | P1 | low | 1 | high", "B | P2 | low | 2 | low"),
        ("Gap | Risk | Effort | Stage | Notes", "A | low | 1h | 1 | Stage 2", "B | low | 2h | 2 | Stage 1"),
        ("Gap | Risk | Effort | Notes | Stage", "A | low | 3h | 1 | x", "B | low | 2h | see Kim | y"),
        ("Gap | Risk | Effort | Stage", "A | 1h | | 1", "B | 2h | | 2"),
        ("Gap | Stage", "A | x", "B | y"),
    ],
)
def test_other_cells_leave_the_names_alone(lines: tuple[str, ...]) -> None:
    assert exchanged(*lines) == []


def test_nothing_else_is_said_of_such_a_table() -> None:
    table = (
        "| Gap | Risk | Stage | Effort | Notes |\n|-|-|-|-|-|\n| A | low | 3h | Stage 1 | |\n| B | low | 2h | Stage 2 | |\n"
        "| C | low | 2h | — | Deferred: nobody uses it before May |\n"
    )
    config = Config().with_command_line(select=["all"])
    found = lint_text(f"{STAGES}## Gap → Stage Mapping\n\n{table}", config=config)
    assert [(each.rule, each.message) for each in found if "gap" in each.rule] == [
        (
            "gap-table-columns",
            "columns 'Stage' and 'Effort' are exchanged: the cells of each are those of the other; exchange their names",
        )
    ]
