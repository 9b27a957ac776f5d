"""Stages that hang together, and sentences that only name another stage."""

from __future__ import annotations

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.entanglement import ties


def ties_of(field: str, item: str, word: str = "Stage") -> list[tuple[str, str, str]]:
    """Read the ties of a plan of four stages of which the second has an item in a field."""
    own = f"**Risk**: low\n\n**{field}**:\n\n- {item}\n"
    text = "\n".join(
        f"### {word} {number} — Turn\n\n{own if number == 2 else '**Risk**: low'}\n" for number in range(1, 5)
    )
    (plan,) = parse_plan(text)
    return [(tie.kind.value, tie.text.plain, tie.other.label) for tie in ties(plan)]


@pytest.mark.parametrize(
    ("field", "item", "kind", "words", "other"),
    [
        ("Changes", "Goes live together with Stage 3", "deployed", "Goes live together with Stage 3", "3"),
        ("Changes", "It can only be released with Stage 1", "deployed", "It can only be released with Stage 1", "1"),
        (
            "What changes",
            "Ships in the same deployment as stage 4.",
            "deployed",
            "Ships in the same deployment as stage 4",
            "4",
        ),
        (
            "Changes",
            "Deploy 2.1 at the same time as Stages 3 and 4",
            "deployed",
            "Deploy 2.1 at the same time as Stages 3 and 4",
            "3",
        ),
        ("Verification", "Verified in Stage 3", "verified", "Verified in Stage 3", "3"),
        (
            "Verification",
            "[ ] Will be tested with Stage 4, when the data is there",
            "verified",
            "Will be tested with Stage 4",
            "4",
        ),
        ("Verification", "Cannot be tested before Stage 3", "verified", "Cannot be tested before Stage 3", "3"),
        ("Verification", "See Stage 3", "verified", "See Stage 3", "3"),
        ("Verification", "Check that it works\n- Deferred to Stage 3", "verified", "Deferred to Stage 3", "3"),
        ("Rollback", "Roll back Stage 1 as well", "undone", "Roll back Stage 1 as well", "1"),
        (
            "Rollback",
            "Power off `a`, then also revert the changes of Stage 1",
            "undone",
            "also revert the changes of Stage 1",
            "1",
        ),
        ("Rollback", "Stage 1 must be undone too", "undone", "Stage 1 must be undone", "1"),
        ("Rollback", "Needs a rollback of Stage 1", "undone", "Needs a rollback of Stage 1", "1"),
    ],
)
def test_a_tie_is_read(field: str, item: str, kind: str, words: str, other: str) -> None:
    assert ties_of(field, item) == [(kind, words, other)]


def test_the_word_of_the_plan_names_its_stages() -> None:
    assert ties_of("Rollback", "Also roll back Phase 1", "Phase") == [("undone", "Also roll back Phase 1", "1")]


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("Changes", "Deploy the writer after Stage 1 is verified"),
        ("Changes", "Deploy the reader of Stage 1 to all hosts"),
        ("Changes", "Deploy the code behind a flag; the flag goes live with Stage 3"),
        ("Changes", "Prepare the script that will enable the flag together with Stage 3"),
        ("Changes", "Restart the host in the same maintenance window as Stage 3"),
        ("Changes", "Is not deployed together with Stage 3"),
        ("Changes", "Can be released together with Stage 3"),
        ("Changes", "Goes live with Stage 3's script"),
        ("Changes", "Goes live together with Stage 2"),
        ("Changes", "Goes live together with Stage 9"),
        ("Changes", "Goes live with the library; Stage 3 reads it later"),
        ("Verification", "Tested again in Stage 3"),
        ("Verification", "Also verified in Stage 3"),
        ("Verification", "The load is tested in Stage 3, too"),
        ("Verification", "Verified in Stage 1"),
        ("Verification", "The endpoints tested in Stage 3 answer with 200"),
        ("Verification", "`make check` passes\n- The load is tested in Stage 3"),
        ("Verification", "The load is tested in Stage 3\n\n  ```\n  make check\n  ```"),
        ("Verification", "Verified in Stage 3; until then `make check` passes"),
        ("Verification", "In Stage 3, the same numbers are seen"),
        ("Rollback", "Roll back Stage 3 first"),
        ("Rollback", "Also roll back Stage 3"),
        ("Rollback", "If the data is wrong, also roll back Stage 1"),
        ("Rollback", "There is no need to roll back Stage 1 as well"),
        ("Rollback", "Follow the rollback of Stage 1"),
        ("Rollback", "Stop `a` without rolling back Stage 1 first"),
    ],
)
def test_a_mention_is_no_tie(field: str, item: str) -> None:
    assert ties_of(field, item) == []


def test_a_doubled_number_names_no_stage() -> None:
    rollback = "**Rollback**:\n\n- Also roll back Stage 1\n"
    text = f"### Stage 1 — One\n\n### Stage 1 — Once more\n\n### Stage 2 — Two\n\n{rollback}"
    (plan,) = parse_plan(text)
    assert list(ties(plan)) == []
