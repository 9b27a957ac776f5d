"""The page of all rules says what the rules say."""

from __future__ import annotations

import re
from pathlib import Path

import mdformat
import pytest

from lint_migration_plan import Config, lint_text, parse_plan
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


def test_the_form_of_a_plan_is_a_plan_without_complaint() -> None:
    form = (PAGE.parent / "plan.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```markdown\n(.*?)^```$", form, re.MULTILINE | re.DOTALL)
    assert lint_text(example, config=Config().with_command_line(select=["all"])) == ()


@pytest.mark.parametrize("name", ["docs/plan.md", "docs/rules.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_what_speaks_of_plans_is_none(name: str) -> None:
    assert parse_plan((PAGE.parent.parent / name).read_text(encoding="utf-8")) == ()
