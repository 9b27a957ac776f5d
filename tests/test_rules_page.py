"""The page of all rules says what the rules say."""

from __future__ import annotations

from pathlib import Path

import mdformat

from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.report.rules_page import rules_page

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def test_the_page_is_current() -> None:
    expected = "run python -m lint_migration_plan.report.rules_page docs/rules.md"
    assert PAGE.read_text(encoding="utf-8") == rules_page(), expected


def test_each_rule_has_a_heading_that_links_reach() -> None:
    headings = [line.removeprefix("### ") for line in rules_page().splitlines() if line.startswith("### ")]
    assert [heading for heading in headings if heading in ENTRIES] == list(ENTRIES)


def test_the_page_is_sound_markdown() -> None:
    page = rules_page()
    assert mdformat.text(page, extensions={"gfm"}, options={"number": True}).count("\n### ") >= len(ENTRIES)
