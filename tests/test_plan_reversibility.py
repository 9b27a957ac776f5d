"""Rollbacks that say that there is none, and those that only sound like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.reversibility import denial, explains_absence

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Stage


def stage_with(rollback: str) -> Stage:
    (plan,) = parse_plan(
        f"### Stage 1 — Turn\n\n**Risk**: low\n\n**Rollback**:\n\n{rollback}\n\n**Rollback tested**: no\n"
    )
    return plan.stages[0]


@pytest.mark.parametrize(
    ("rollback", "openly", "explained"),
    [
        ("- N/A", False, False),
        ("- none.", False, False),
        ("- No rollback for this stage", False, False),
        ("- Not possible", True, False),
        ("- **Not possible** at all", True, False),
        ("- Rollback is not possible because the vendor deletes the accounts", True, True),
        ("- One-way: the file server is wiped", True, True),
        ("- This cannot be undone.\n- The rows are gone", True, True),
        ("- N/A: it cannot be undone", True, True),
        ("- There is no way back: `orders_old` is dropped", True, True),
        ("- Point of no return. From here on we fix forward.", True, True),
    ],
)
def test_a_denial_is_read(rollback: str, openly: bool, explained: bool) -> None:  # noqa: FBT001 - a row of the table
    found = denial(stage_with(rollback))
    assert found is not None
    assert (found.openly, found.explained) == (openly, explained)


@pytest.mark.parametrize(
    "rollback",
    [
        "- Not possible after Stage 5; before that drop the table",
        "- Not possible once the disks are wiped",
        "- Not possible; ask the vendor",
        "- Not possible in place, restore the dump",
        "- Not possible: run `make undo`",
        "- Not possible\n- Power the machine on",
        "- Not possible:\n\n  ```\n  make undo\n  ```",
        "- Rollback is possible until the cutover",
        "- No-op",
        "- N/A: read-only",
        "- None needed",
        "- N/A — nothing to undo",
        "- No downtime: power the machine on",
        "- One-way replication is turned around with `turn.sh`",
        "- TBD",
        "- Nicht möglich",
        "",
    ],
)
def test_what_may_hold_a_step_is_no_denial(rollback: str) -> None:
    assert denial(stage_with(rollback)) is None


@pytest.mark.parametrize(
    ("rollback", "expected"),
    [
        ("- Nothing to undo: the stage only reads", True),
        ("- None needed", True),
        ("- No rollback needed", True),
        ("- N/A: read-only", True),
        ("- N/A", False),
        ("- Power the machine on\n- Nothing to undo in the database", False),
        ("- Nothing to undo in the database\n- Power the machine on", False),
        ("- Power the machine on", False),
        ("", False),
    ],
)
def test_a_stage_may_say_why_it_has_no_steps(rollback: str, expected: bool) -> None:  # noqa: FBT001 - likewise
    assert explains_absence(stage_with(rollback)) is expected
