"""The pages of the rules at a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES, Entry
from lint_migration_plan.lint.rule import AnyRule, NoOptions, Rule
from lint_migration_plan.report.explain import explain, list_rules

PAGE = """Rollback that nobody has tried.

## Why

A way back that was never walked may not be there.
"""


def rule(rule_id: str, *, enabled: bool = True) -> AnyRule:
    return Rule(id=rule_id, doc=PAGE, severity=Severity.ERROR, check=lambda *_: (), options=NoOptions, enabled=enabled)


def test_a_page_whole() -> None:
    assert explain(rule("untested-rollback")) == (
        "# untested-rollback\n\n"
        "Rollback that nobody has tried.\n\n"
        "- Category: stages\n- Severity: error\n- On by default: yes\n\n"
        "## Why\n\nA way back that was never walked may not be there.\n"
    )


def test_a_rule_that_is_off_says_so() -> None:
    assert "- On by default: no\n" in explain(rule("untested-rollback", enabled=False))


def test_a_rule_of_a_plugin_has_no_category_of_ours() -> None:
    page = explain(rule("acme/house-rule"))
    assert page.startswith("# acme/house-rule\n\nRollback that nobody has tried.\n\n- Severity: error\n")


def test_the_list() -> None:
    entries = [
        Entry("a-stage", "stages", "warning", enabled=True, summary="Stage that is a"),
        Entry("not-a-plan", "document", "error", enabled=True, summary="File that is no plan"),
        Entry("unexplained", "document", "info", enabled=False, summary="Comment without a reason"),
        Entry("house", "acme", "info", enabled=True, summary="Rule of the house"),
    ]
    assert list_rules({entry.id: entry for entry in entries}) == (
        "document\n"
        "  not-a-plan   error    File that is no plan\n"
        "  unexplained  info     Comment without a reason (off by default)\n"
        "\n"
        "stages\n"
        "  a-stage      warning  Stage that is a\n"
        "\n"
        "acme\n"
        "  house        info     Rule of the house\n"
    )


def test_the_list_has_every_rule_once() -> None:
    lines = list_rules().splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [
        entry.id for category in CATEGORIES for entry in ENTRIES.values() if entry.category == category
    ]


@pytest.mark.parametrize("name", ["explain", "summary", "json_format"])
def test_the_parser_of_markdown_is_not_imported(name: str) -> None:
    program = f"import sys, lint_migration_plan.report.{name}; sys.exit('markdown_it' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
