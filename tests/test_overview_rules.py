"""The rules of the overview, where a whole plan as a fixture would hide what is meant."""

from __future__ import annotations

from lint_migration_plan import Config, lint_text

PROSE = "#### Impact\n\n- Files to move: 12\n- Imports to change: 40\n"
UNLABELLED = Config().with_command_line(select=["unlabelled-state"])


def test_states_without_any_line_for_a_layer_are_one_habit() -> None:
    text = f"## Migration: X\n\n### From\n\n{PROSE}\n### To\n\n{PROSE}"
    (told,) = lint_text(text, config=UNLABELLED)
    expected = "'From' has no line for a layer; write one for each, such as 'Data: …' (and 1 more like it)"
    assert (told.message, told.location.line) == (expected, 3)
    assert [place.location.line for place in told.related] == [10]


def test_a_bare_line_and_a_state_without_lines_are_the_same_habit() -> None:
    text = f"## Migration: X\n\n### From\n\nAll of it runs on one machine.\n\n### To\n\n{PROSE}"
    (told,) = lint_text(text, config=UNLABELLED)
    assert (told.location.line, len(told.related)) == (5, 1)


def test_a_state_with_a_line_for_its_layer_is_fine() -> None:
    text = f"## Migration: X\n\n### From\n\n- Data: a\n\n{PROSE}\n### To\n\n#### 1. Data\n\n- Tables: 3\n"
    assert lint_text(text, config=UNLABELLED) == ()


def test_two_parts_make_an_overview_whatever_the_title() -> None:
    text = (
        "# Tape robots\n\n### From\n\n- Data: tapes\n\n### To\n\n- Data: disks\n\n### Stage 1 — Copy\n\n**Risk**: low\n"
    )
    config = Config().with_command_line(select=["missing-overview", "missing-overview-section"])
    assert [told.message.partition(";")[0] for told in lint_text(text, config=config)] == [
        *(f"the overview has no section '{part}'" for part in ("Motivation", "Timeline", "Abort criteria")),
        "the overview begins with 'From'",
    ]
