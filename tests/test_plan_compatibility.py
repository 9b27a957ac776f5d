"""Words that keep old and new working: what is said, what is added, what is taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.compatibility import (
    OLD_FORM,
    Where,
    additions,
    code_states,
    dropped,
    ends,
    leaves,
    mentions,
    named_pairs,
    names_in_code,
    own_name,
    removals,
    statement,
)
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Stage


def stage(change: str) -> Stage:
    [plan] = parse_plan(f"## Migration: Orders\n\n### Stage 1 — Part one\n\n**Changes**:\n\n- {change}\n")
    [only] = plan.stages
    return only


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The API stays backward compatible", "backward compatible"),
        ("The shop reads both the old and the new column", "both the old and the new"),
        ("Orders are dual-written", "dual-written"),
        ("A shim answers old calls", "shim"),
        ("`price` falls back to the file", "falls back"),
        ("A trigger keeps the columns in step", "trigger"),
        ("Expand, then contract", "Expand"),
        ("The new endpoint stands beside the old one", "beside"),
        ("Behind a **feature flag**", "Behind a feature"),
        ("The old table remains readable for a week", "remains readable"),
        ("It is not compatible; a wrapper is", "wrapper"),
        ("Add the nullable column `cents`", "Add the nullable column"),
    ],
)
def test_a_stage_says_that_old_and_new_both_work(text: str, words: str) -> None:
    assert statement(literal(text), DEFAULT) is not None
    found = statement(literal(text.replace("`", "").replace("**", "")), DEFAULT)
    assert found is not None
    assert found.plain == words


@pytest.mark.parametrize(
    "text",
    [
        "The column `price` holds cents",
        "The new version is not compatible",
        "It isn't backward compatible",
        "The old client cannot be fully interoperable",
        "No shim is needed",
        "Nothing translates old calls",
        "Both servers restart",
        "Incompatible calls fail",
        "The shop reads the new columns",
    ],
)
def test_other_words_say_nothing_and_denials_neither(text: str) -> None:
    assert statement(literal(text), DEFAULT) is None


@pytest.mark.parametrize(
    ("text", "work", "proof", "outside"),
    [
        ("Both versions run", True, True, True),
        ("The old shop still reads orders", True, True, False),
        ("The v1 client prints a label", True, True, False),
        ("The rows are copied", True, False, False),
        ("The service is stopped", True, False, False),
    ],
)
def test_where_a_text_stands_decides_which_words_count(text: str, *, work: bool, proof: bool, outside: bool) -> None:
    said = {where: statement(literal(text), DEFAULT, where) is not None for where in Where}
    assert said == {Where.WORK: work, Where.CODE: work, Where.PROOF: proof, Where.OUTSIDE: outside}


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("create trigger price_in_step", True),
        ("DUAL_WRITE=true", True),
        ("create or replace view orders as", True),
        ("update products set price = price * 100;", False),
    ],
)
def test_code_may_hold_a_window(code: str, *, says: bool) -> None:
    assert code_states(code, DEFAULT) is says


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Add a shim for old calls", "shim", "Add a shim"),
        ("Start the dual write to both tables", "dual write", "Start the dual write"),
        ("Deploy the shop; then introduce a feature flag `new-cart`", "feature flag", "introduce a feature flag"),
        ("The team builds a temporary adapter", "adapter", "The team builds a temporary adapter"),
        ("Set up a proxy until the last client has moved", "proxy", "Set up a proxy"),
        ("Wrap it in a compatibility layer", "compatibility layer", "Wrap it in a compatibility layer"),
        ("Install a bridge between the old and the new queue", "bridge", "Install a bridge"),
        ("Turn the dual write on", "dual write", "Turn the dual write on"),
        ("Switch the shim on", "shim", "Switch the shim on"),
        ("Dual-write the orders", "dual write", "Dual-write"),
        ("Enable dual writes", "dual write", "Enable dual writes"),
    ],
)
def test_what_a_stage_adds_and_must_go_again(text: str, name: str, words: str) -> None:
    [found] = additions(stage(text), DEFAULT)
    assert (found.name, found.words.plain) == (name, words)


@pytest.mark.parametrize(
    "text",
    [
        "Add an adapter for the printer",
        "Install two proxies",
        "Enable the feature flag `new-cart` for 5 %",
        "Keep the shim of last year",
        "Do not add a shim",
        "The API stays backward compatible",
        "Add a test of the shop's start",
    ],
)
def test_what_is_there_for_good_or_was_there_before_is_no_addition(text: str) -> None:
    assert list(additions(stage(text), DEFAULT)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Remove the shim", "shim"),
        ("Stop the dual write", "dual write"),
        ("The dual write is then turned off", "dual write"),
        ("Disable the dual write", "dual write"),
        ("Turn dual writing off", "dual write"),
        ("Switch the shim off", "shim"),
        ("Delete the feature flag `new-cart`", "feature flag"),
        ("Drop the old column `price`", OLD_FORM),
        ("We retire the compatibility layer", "compatibility layer"),
    ],
)
def test_what_a_stage_takes_away(text: str, name: str) -> None:
    assert [removal.name for removal in removals(stage(text), DEFAULT)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Turn off the feature flag for a test",
        "The feature flag is disabled",
        "Remove the shim once the reports are deployed",
        "Stage 6 is where we remove the shim",
        "Turn the shim round",
        "Turn the feature flag off",
        "Remove the shim later",
        "Do not remove the shim",
        "Rename the shim",
    ],
)
def test_what_is_switched_off_or_goes_at_another_time_is_not_taken_away(text: str) -> None:
    assert list(removals(stage(text), DEFAULT)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Add a shim `MailBridge`", "mailbridge"),
        ("Add a shim in `mail/old.py` for old calls", "mail/old.py"),
        ("Add a shim (`old_mail`)", "old_mail"),
        ("Add a shim that turns calls of `Mail.send` round", None),
        ("Add a shim", None),
    ],
)
def test_the_name_in_code_of_what_is_added(text: str, name: str | None) -> None:
    [found] = additions(stage(text), DEFAULT)
    assert own_name(found) == name


@pytest.mark.parametrize(
    ("text", "ended", "not_ended"),
    [
        ("Remove all shims", "bridge", "dual write"),
        ("Delete mail_shim.py", "shim", "feature flag"),
        ("Delete old_mail.py", "old_mail.py", "shim"),
        ("Clean up temporary code", "adapter", "old_mail.py"),
        ("The flag lives until March", "feature flag", "shim"),
        ("Switch the dual write of the orders off", "dual write", "shim"),
        ("The flag is off at first", "", "feature flag"),
        ("Keep the shim", "", "shim"),
    ],
)
def test_what_may_come_to_its_end(text: str, ended: str, not_ended: str) -> None:
    found = set(ends((literal(text),), DEFAULT))
    assert not ended or ended in found
    assert not_ended not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("`price` is filled from `cents`.", {"price", "cents"}),
        ("Drop the column `price`", {"price"}),
        ("Read the [guide](https://example.org/`a`)", {"guide"}),
        ("Drop the column price", set()),
        ("Run `a` of `b`", set()),
    ],
)
def test_names_in_code_are_read_from_a_whole_text_and_from_a_part(text: str, names: set[str]) -> None:
    [whole] = [text for text in work_texts(stage(f"X {text} Y")) if text.plain.startswith("X ")]
    assert names_in_code(whole) == names
    assert names_in_code(whole.slice(2)) == names


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Drop the column `price`", "Drop the column", {"price"}),
        ("Drop the old column", "Drop the old column", set()),
        ("Remove the `old_price` columns.", "Remove the old_price columns", {"old_price"}),
        ("Remove the table (`prices`) of the shop", "Remove the table", {"prices"}),
    ],
)
def test_what_a_text_takes_away_of_the_data(text: str, words: str, names: set[str]) -> None:
    [change] = [each for each in work_texts(stage(text)) if each.plain != "Part one"]
    found = dropped(change)
    assert found is not None
    assert found.words.plain == words
    assert found.names == names


@pytest.mark.parametrize(
    "text",
    [
        "Drop the column",
        "Drop the unused column `price`",
        "Drop the column `price`, which nothing reads",
        "Drop the column `price` in stage 5",
        "Drop the column `price`; a generated one takes its place",
        "Load the file into the table `prices`, then drop the table `prices`",
        "Drop the index `price`",
        "The column `price` is dropped",
        "Drop the temporary table `price`",
    ],
)
def test_what_is_not_in_use_or_not_surely_of_the_data_is_not_taken_away(text: str) -> None:
    assert not any(map(dropped, work_texts(stage(text))))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Reports read `cents` instead of `price`", True),
        ("Reports no longer read `price`", True),
        ("Reports do not read `price` any more", True),
        ("Reports read `price`", False),
        ("Reports no longer list `price`", False),
    ],
)
def test_a_text_says_that_something_was_read_until_now(text: str, *, says: bool) -> None:
    assert leaves(literal(text)) is says


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The column is dropped", {("code", "data")}),
        ("Old clients get an answer", {("code", "consumers")}),
        ("The setting has a default", {("code", "config")}),
        ("The queries of old clients", {("code", "data"), ("code", "consumers")}),
        ("The weather is fine", set()),
    ],
)
def test_a_text_names_pairs_by_what_belongs_to_their_layers(text: str, pairs: set[tuple[str, str]]) -> None:
    assert named_pairs(literal(text), DEFAULT) == pairs


def test_a_text_mentions_the_things_that_are_asked_for() -> None:
    assert mentions(literal("Shims translate old calls"), ["shim"], DEFAULT)
    assert not mentions(literal("Shims translate old calls"), ["bridge"], DEFAULT)


def test_a_team_adds_its_own_words() -> None:
    own = replace(DEFAULT, compatible=("two-headed",), removable=("crutch",))
    assert statement(literal("The till is two-headed"), own) is not None
    assert [added.name for added in additions(stage("Add a crutch"), own)] == ["crutch"]
    assert [gone.name for gone in removals(stage("Remove the crutch"), own)] == ["crutch"]
    assert statement(literal("The till is two-headed"), DEFAULT) is None
    assert list(additions(stage("Add a crutch"), DEFAULT)) == []


@pytest.mark.parametrize(
    "piece", ["add ", "the old ", "both ", "shim ", "not ", "add a b c ", "`x", "remove old_", "-/", "a" * 40]
)
def test_hostile_texts_are_read_in_linear_time(piece: str) -> None:
    text = literal(piece * (60_000 // len(piece)))
    held = stage(piece * (60_000 // len(piece)))
    for where in Where:
        statement(text, DEFAULT, where)
    list(ends((text,), DEFAULT))
    list(additions(held, DEFAULT))
    list(removals(held, DEFAULT))
    dropped(text)
    leaves(text)
    named_pairs(text, DEFAULT)
