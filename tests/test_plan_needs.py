"""What a stage's text says of its needs, and sentences that only name another stage."""

from __future__ import annotations

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.needs import needs


def needs_of(item: str, field: str = "Changes", word: str = "Stage", marker: str = "-") -> list[tuple[str, str, str]]:
    """Read the needs of a plan of five stages of which the third has an item in a field."""
    own = f"**Risk**: low\n\n**{field}**:\n\n{marker} {item}\n"
    text = "\n".join(
        f"### {word} {number} — Turn {'abcdef'[number]}\n\n{own if number == 3 else '**Risk**: low'}\n"
        for number in range(1, 6)
    )
    (plan,) = parse_plan(text)
    return [(need.label, need.needed, need.text.plain) for need in needs(plan)]


@pytest.mark.parametrize(
    ("item", "words", "needed"),
    [
        ("Deploy 2.1 after Stage 2 is live", "after Stage 2 is live", ["2"]),
        ("Once Stage 1 has been fully rolled out, send the mail", "Once Stage 1 has been fully rolled out", ["1"]),
        ("After Stage 2, open the port", "After Stage 2", ["2"]),
        ("Open the port only after Stage 2", "Open the port only after Stage 2", ["2"]),
        ("Run `open.sh` after Stage 2.", "Run open.sh after Stage 2", ["2"]),
        ("[ ] Requires Stages 1 and 2", "Requires Stages 1 and 2", ["1", "2"]),
        ("It depends on the completion of stage 2", "depends on the completion of stage 2", ["2"]),
        ("Needs the index from Stage 1", "Needs the index from Stage 1", ["1"]),
        ("Fill the table created in Stage 2", "the table created in Stage 2", ["2"]),
        ("Switch to the cluster of Stage 1", "Switch to the cluster of Stage 1", ["1"]),
        ("Prerequisite: Stage 2", "Prerequisite: Stage 2", ["2"]),
        ("With Stage 2 live, open the port", "With Stage 2 live", ["2"]),
        ("Must not start before Stage 2 is done", "Must not start before Stage 2", ["2"]),
        ("Not before Stage 2", "Not before Stage 2", ["2"]),
        ("Stage 2 must be complete", "Stage 2 must be complete", ["2"]),
        ("Tell the desk. Open the port after Stage 1 is done. Close it.", "after Stage 1 is done", ["1"]),
    ],
)
def test_what_is_done_before_is_needed(item: str, words: str, needed: list[str]) -> None:
    assert needs_of(item) == [("3", label, words) for label in needed]


@pytest.mark.parametrize(
    ("item", "words", "label"),
    [
        ("The list is needed by Stage 4", "needed by Stage 4", "4"),
        ("A prerequisite for Stage 5", "A prerequisite for Stage 5", "5"),
        ("Stage 4 depends on this.", "Stage 4 depends on this", "4"),
        ("This must be done before Stage 5", "This must be done before Stage 5", "5"),
    ],
)
def test_a_later_stage_is_said_to_need_this_one(item: str, words: str, label: str) -> None:
    assert needs_of(item) == [(label, "3", words)]


@pytest.mark.parametrize(
    "item",
    [
        "If Stage 2 is done, open the port",
        "Does not need Stage 2",
        "Needs nothing of Stage 2",
        "Independent of Stage 1, and in parallel with Stage 2",
        "As in Stage 2, open the port",
        "Open the port in the same way as the one created in Stage 2",
        "Leave the table created in Stage 2 alone",
        "Run the checks of Stage 2",
        "Requires Stage 2 or Stage 1",
        "After Stage 4 is live, close the port",
        "Needed by Stage 2",
        "Requires Stage 2 of the storage programme",
        "Run `wait after Stage 2 is live`",
        "[After Stage 2 is live](https://tickets.example/2)",
        "The port that Stage 2 opened",
        "Stage 2 and this one move data",
        "Stage 2 must be done for Stage 5",
        "Stage 1 says what happens after Stage 2 is live",
        "Would need Stage 2",
        "After stage fright, open the curtain",
    ],
)
def test_a_sentence_that_only_names_a_stage_says_no_need(item: str) -> None:
    assert needs_of(item) == []


@pytest.mark.parametrize("field", ["Rollback", "Dependencies"])
def test_a_way_back_and_the_dependencies_themselves_say_no_need(field: str) -> None:
    assert needs_of("Only after Stage 2", field) == []


def test_another_word_than_the_plans_may_number_other_things() -> None:
    assert needs_of("After step 2 is done, open the port") == []
    assert needs_of("After phase 2 is done, open the port", word="Phase") == [("3", "2", "After phase 2 is done")]


def test_where_stages_are_steps_a_numbered_list_may_count_its_own() -> None:
    assert needs_of("After step 2 is done, open the port", word="Step") == [("3", "2", "After step 2 is done")]
    assert needs_of("After step 2 is done, open the port", word="Step", marker="1.") == []


def test_a_long_hostile_sentence_is_read_soon() -> None:
    assert needs_of("the " * 20_000 + "created in Stage") == []
    assert needs_of("requires the a " * 20_000) == []
