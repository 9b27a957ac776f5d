"""Sentences that say nothing, and their neighbours that say something."""

from __future__ import annotations

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.facts.concreteness import says_nothing, vague_text
from lint_migration_plan.plan.terms import FieldName

EMPTY = {
    "CHANGE": [
        "update things as needed",
        "Make the necessary changes.",
        "Update the code accordingly",
        "Update config if needed",
        "Test and/or fix everything",
        "✅ **Apply** the required updates",
        "[x] Clean up",
    ],
    "VERIFICATION": [
        "check that it works",
        "Everything is fine",
        "System OK",
        "Verify: the application works as expected!",
        "It doesn’t break anything",
        "None",
        "N/A",
        "TEST EVERYTHING",
    ],
    "ROLLBACK": [
        "Undo",
        "roll back",
        "Roll-back",
        "Revert if necessary",
        "Restore the previous state",
        "Manual rollback",
        "If errors occur, undo the change",
    ],
    "ABORT": [
        "if things go wrong",
        "the project feels too risky",
        "I think it isn't worth it",
        "as needed",
    ],
}

TELLING = {
    "CHANGE": [
        "Update things as needed in `app.yml`",
        "Update the settings",
        "Update app-service as needed",
        "Update app/service as needed",
        "Make the necessary changes with IT",
        "Update Apps as needed",
        "Apply 3 changes",
        "Update --all as needed",
        'Apply the change "everything"',
        "Update [everything](steps.md)",
        "Update app.config as needed",
        "Migrate the other services",
        "None",
        "Alles Nötige ändern",
        "",
        "…",
        "✅",
    ],
    "VERIFICATION": [
        "`pytest` passes",
        "App starts",
        "CI pipeline green",
        "Deploy succeeds",
        "DB queries work",
        "Data intact",
        "All tests pass",
        "No errors",
        "It works in Safari",
        "Rollback tested",
        "N/A: only a text changes",
    ],
    "ROLLBACK": [
        "Revert commit",
        "Redeploy old version",
        "Restore from backup",
        "Revert the code",
        "Run ROLLBACK",
        "Nothing to undo",
        "Not needed",
        "Undo the steps in reverse order",
    ],
    "ABORT": [
        "more than 3 stages fail on first attempt",
        "total timeline exceeds estimate by 2x",
        "data integrity issue discovered",
        "customers complain",
        "a stage fails",
        "it takes longer than planned",
        "we run out of time",
    ],
}


def pairs(sentences: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(sentence, name) for name, group in sentences.items() for sentence in group]


@pytest.mark.parametrize(("sentence", "name"), pairs(EMPTY))
def test_a_sentence_of_empty_words_says_nothing(sentence: str, name: str) -> None:
    assert says_nothing(literal(sentence), getattr(phrases, name))


@pytest.mark.parametrize(("sentence", "name"), pairs(TELLING))
def test_one_word_of_substance_is_enough(sentence: str, name: str) -> None:
    assert not says_nothing(literal(sentence), getattr(phrases, name))


@pytest.mark.parametrize("mark", [".", "!", "?", ":", ";", " (", " —", " –"])
def test_a_capital_behind_a_mark_makes_no_name(mark: str) -> None:
    assert says_nothing(literal(f"It works{mark} Everything is fine"), phrases.VERIFICATION)
    assert not says_nothing(literal(f"It works{mark} in Everything"), phrases.VERIFICATION)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("- Undo\n- Roll back", "Undo"),
        ("- [ ] Undo", "Undo"),
        ("- Undo:\n  - Revert everything", "Undo:"),
        ("Revert.", "Revert."),
        ("- Undo\n- Power the machine on", None),
        ("- Undo:\n  - Power the machine on", None),
        ("- Undo:\n\n  ```\n  make undo\n  ```", None),
        ("- Undo\n\n| a | b |\n|---|---|\n| c | d |", None),
        ("- Undo\n\nThen power the machine on.", None),
        ("- Undo\n\n  > as agreed", None),
        ("- TBD\n- Undo", None),
        ("- Undo\n\n<!-- ask the database team -->", "Undo"),
        ("-", None),
        ("", None),
    ],
)
def test_a_field_is_judged_as_a_whole(below: str, expected: str | None) -> None:
    (plan,) = parse_plan(
        f"### Stage 1 — Turn\n\n**Risk**: low\n\n**Rollback**:\n\n{below}\n\n**Rollback tested**: yes\n"
    )
    text = vague_text(plan.stages[0], FieldName.ROLLBACK)
    assert (text.plain if text else None) == expected
