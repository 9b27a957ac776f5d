"""Which stages change something for good, by their names and their summaries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.config.words import STAGE_KINDS
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.stage_kinds import StageKind, changes_something, stage_kind
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Stage


def stage(name: str, summary: str = "") -> Stage:
    field = f"**What changes**: {summary}\n" if summary else ""
    [plan] = parse_plan(f"## Migration: Orders\n\n### Stage 1 — {name}\n\n{field}**Risk**: low\n")
    [only] = plan.stages
    return only


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Add compatibility layer / shims", StageKind.ADD_COMPATIBILITY),
        ("Remove compatibility shims", StageKind.REMOVE_COMPATIBILITY),
        ("Remove the `orders_v1` fallback", StageKind.REMOVE_COMPATIBILITY),
        ("Introduce an adapter for the mailer", StageKind.ADD_COMPATIBILITY),
        ("Cleanup", StageKind.CLEAN_UP),
        ("Post-migration cleanup", StageKind.CLEAN_UP),
        ("Set up target platform (empty)", StageKind.PREPARE),
        ("Pre-migration backup", StageKind.PREPARE),
        ("Verify application on target", StageKind.VERIFY),
        ("Test application against new DB version (local/CI)", StageKind.VERIFY),
        ("Data verification", StageKind.VERIFY),
        ("Monitor for issues", StageKind.MONITOR),
        ("**Decommission** old DB", StageKind.DECOMMISSION),
        ("Old cluster retirement", StageKind.DECOMMISSION),
        ("🧹 Clean up", StageKind.CLEAN_UP),
        ("Dual-write the orders", StageKind.ADD_COMPATIBILITY),
        ("Expand: new columns beside the old ones", StageKind.ADD_COMPATIBILITY),
        ("Contract: drop `price_old`", StageKind.REMOVE_COMPATIBILITY),
        ("Update production dependency", StageKind.MIGRATE),
        ("Migrate configuration and secrets", StageKind.MIGRATE),
        ("Switch DNS / traffic routing", StageKind.SWITCH),
        ("Switch off the old cluster", StageKind.DECOMMISSION),
        ("🚀 Cutover", StageKind.SWITCH),
        ("Checkout service to the new API", StageKind.MIGRATE),
        ("Replace the test runner", StageKind.MIGRATE),
        ("Move the test data", StageKind.MIGRATE),
        ("Build the new search page", StageKind.MIGRATE),
    ],
)
def test_a_name_tells_what_a_stage_is_for(name: str, kind: StageKind) -> None:
    assert stage_kind(stage(name)).kind is kind
    assert changes_something(stage(name)) is kind.moves


@pytest.mark.parametrize("name", ["Fix deprecation warnings", "Fix any incompatibilities", "Make the API compatible"])
def test_what_is_made_ready_changes_and_does_not_move(name: str) -> None:
    assert stage_kind(stage(name)).kind is StageKind.ADD_COMPATIBILITY
    assert changes_something(stage(name))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("🧹 Clean up", "Clean up"),
        ("Old cluster **retirement**", "retirement"),
        ("Remove the `orders_v1` fallback", "Remove the orders_v1 fallback"),
        ("Orders are moved", "moved"),
        ("Stabilisation week", "Stabilisation"),
        ("Checkout service to the new API", None),
    ],
)
def test_a_kind_keeps_the_words_that_made_it_so(name: str, words: str | None) -> None:
    found = stage_kind(stage(name)).words
    assert (found.plain if found else None) == words


def test_a_configuration_knows_the_same_kinds() -> None:
    assert tuple(kind.value for kind in StageKind) == STAGE_KINDS


def test_a_team_adds_its_own_words() -> None:
    vocabulary = replace(DEFAULT, stage_kinds={"monitor": ("bake time",)})
    assert stage_kind(stage("Bake time for a week"), vocabulary).kind is StageKind.MONITOR
    assert stage_kind(stage("Bake times for a week"), vocabulary).kind is StageKind.MIGRATE


@pytest.mark.parametrize("summary", ["Nothing; it is a check.", "none", "Runs in CI, with no production impact."])
def test_a_summary_may_say_that_nothing_changes(summary: str) -> None:
    assert not changes_something(stage("Compile with the new toolchain", summary))


@pytest.mark.parametrize("summary", ["No query reads the old table any more.", "Nothing but the name changes hands."])
def test_a_summary_that_begins_with_no_says_what_changes(summary: str) -> None:
    assert changes_something(stage("Compile with the new toolchain", summary))
