"""Which stages change something for good, by their names and their summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.stage_kinds import StageKind, changes_something, stage_kind

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
        ("Add compatibility layer / shims", StageKind.COMPATIBILITY),
        ("Remove compatibility shims", StageKind.COMPATIBILITY),
        ("Remove the `orders_v1` fallback", StageKind.COMPATIBILITY),
        ("Introduce an adapter for the mailer", StageKind.COMPATIBILITY),
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
        ("Fix deprecation warnings", None),
        ("Update production dependency", None),
        ("Migrate configuration and secrets", None),
        ("Switch DNS / traffic routing", None),
        ("Checkout service to the new API", None),
        ("Replace the test runner", None),
        ("Move the test data", None),
        ("Build the new search page", None),
    ],
)
def test_a_name_tells_what_a_stage_is_for(name: str, kind: StageKind | None) -> None:
    assert stage_kind(stage(name)) is kind
    assert changes_something(stage(name)) is (kind is None)


@pytest.mark.parametrize("summary", ["Nothing; it is a check.", "none", "Runs in CI, with no production impact."])
def test_a_summary_may_say_that_nothing_changes(summary: str) -> None:
    assert not changes_something(stage("Compile with the new toolchain", summary))


@pytest.mark.parametrize("summary", ["No query reads the old table any more.", "Nothing but the name changes hands."])
def test_a_summary_that_begins_with_no_says_what_changes(summary: str) -> None:
    assert changes_something(stage("Compile with the new toolchain", summary))
