"""Which stages change something for good, by their names and their summaries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.config.words import STAGE_KINDS
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.stage_kinds import StageKind, changes_something, moves_for_good, stage_kind
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
        # a switch is one wherever it is the head of a name
        ("The cutover", StageKind.SWITCH),
        ("Production Cutover & Optimization", StageKind.SWITCH),
        ("Deploy services, DNS cutover (day 8)", StageKind.SWITCH),
        ("Gradual switch to the new queue", StageKind.SWITCH),
        # what is tried is told by the word behind it
        ("Cutover rehearsal", StageKind.PREPARE),
        ("Migration dry run", StageKind.PREPARE),
        ("Upgrade verification", StageKind.VERIFY),
        ("Data migration verification", StageKind.VERIFY),
        ("Move the migration tests", StageKind.MIGRATE),
        ("Staging deployment", StageKind.PREPARE),
        ("Deploy the API to staging", StageKind.PREPARE),
        ("🚀 The final deployment of `api`", StageKind.MIGRATE),
        ("🚀 Deploy the API to staging", StageKind.PREPARE),
        ("Deploy the API to staging and production", StageKind.MIGRATE),
        ("Shadow mode", StageKind.VERIFY),
        ("Proof of concept", StageKind.PREPARE),
        ("Lower the DNS TTL", StageKind.PREPARE),
        ("Configure replication (old → new)", StageKind.PREPARE),
        ("Create a read replica", StageKind.PREPARE),
        ("Parallel run", StageKind.VERIFY),
        ("Traffic shift", StageKind.SWITCH),
        ("Pre-migration audit", StageKind.PREPARE),
        ("Pre-migration checks and verification", StageKind.VERIFY),
        ("Pre-flight", StageKind.PREPARE),
        ("Post-migration", StageKind.CLEAN_UP),
        ("Post-migration tuning", StageKind.MIGRATE),
        # the name of a part of the system begins with a word for a kind
        ("Audit log to Kafka", StageKind.MIGRATE),
        ("Backups to the new bucket", StageKind.MIGRATE),
        ("Backup to the new bucket", StageKind.PREPARE),
        ("Document store to MongoDB 8", StageKind.MIGRATE),
        ("Feature flags to OpenFeature", StageKind.MIGRATE),
        ("Analytics events to Kafka", StageKind.MIGRATE),
        # a noun that is not the head says nothing, nor do parentheses
        ("Workspace cleanup job", StageKind.MIGRATE),
        ("Training data to S3", StageKind.MIGRATE),
        ("Order modules (they have no shims)", StageKind.MIGRATE),
        # a shim, and a piece of a design
        ("Shim removal", StageKind.REMOVE_COMPATIBILITY),
        ("Dual-write shutdown", StageKind.REMOVE_COMPATIBILITY),
        ("Switch off the dual write", StageKind.REMOVE_COMPATIBILITY),
        ("Turn on the dual write", StageKind.ADD_COMPATIBILITY),
        ("Backfill & dual-write", StageKind.ADD_COMPATIBILITY),
        ("Create the adapter factory", StageKind.MIGRATE),
    ],
)
def test_a_name_tells_what_a_stage_is_for(name: str, kind: StageKind) -> None:
    assert stage_kind(stage(name)).kind is kind
    assert changes_something(stage(name)) is kind.moves


@pytest.mark.parametrize(
    "name",
    ["Fix deprecation warnings", "Fix any incompatibilities", "Make the API compatible", "Additive schema changes"],
)
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
        ("Cutover rehearsal in March", "Cutover rehearsal"),
        ("Domain cutover", "cutover"),
        ("Deploy to staging first", "Deploy to staging"),
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


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("Replace the test runner", ""),
        ("Update the CI pipeline", ""),
        ("Move the runbooks", ""),
        ("Raise the pool size", "A larger pool, for the duration of the migration."),
        ("Move the sessions", "They lie in a temporary table."),
        ("Verify the orders", ""),
        ("Fix deprecation warnings", ""),
        ("Move the orders", "No behaviour changes."),
    ],
)
def test_what_lies_beside_the_system_or_goes_again_is_not_moved_for_good(name: str, summary: str) -> None:
    assert not moves_for_good(stage(name, summary))


@pytest.mark.parametrize("name", ["Move the orders", "Switch DNS", "Checkout service to the new API", "Latest builder"])
def test_all_else_is_moved_for_good(name: str) -> None:
    assert moves_for_good(stage(name))
