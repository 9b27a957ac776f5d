"""Fences that take in a part of a plan, and what is judged of such a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.runner import lint_text
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.open_fences import open_fence
from program import lint

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "## Migration: Orders\n\n### Stage 1 — Orders move\n\n**Changes**:\n\n"


@pytest.mark.parametrize(
    ("text", "opening", "taken_in"),
    [
        ("```sh\nmake\n\n### Stage 2 — Shop moves\n", "```sh", "### Stage 2 — Shop moves"),
        ("~~~\nmake\n\n**Rollback**:\n", "~~~", "**Rollback**:"),
        ("~~~~\nmake\n\n#### Rollback\n", "~~~~", "#### Rollback"),
        (
            "```\nmake\n\n## Verification per stage\n\n| Stage | Automated test |\n|-|-|\n",
            "```",
            "## Verification per stage",
        ),
        ("```sh\nmake\n\n**Rollback**:\n\n```sh\nmake back\n```\n", "```sh", "**Rollback**:"),
        ("- ```sh\n  make\n\n  **Rollback**: none\n", "- ```sh", "**Rollback**: none"),
        ("```\nmake\n\n## Migration: Invoices\n", "```", "## Migration: Invoices"),
        ("~~~\nmake\n\n**Rollback**:\n\nend\u2028~~~\n", "~~~", "**Rollback**:"),
        ("~~~\nmake\n\n**Rollback**:\n\nend\x0c~~~\n", "~~~", "**Rollback**:"),
    ],
)
def test_a_fence_that_nothing_closes_takes_in_what_stands_below(text: str, opening: str, taken_in: str) -> None:
    [plan] = parse_plan(HEAD + text)
    found = open_fence(plan)
    assert found is not None
    source = plan.document.source.text
    assert [source[slice(*span)] for span in (found.opening, found.taken_in)] == [opening, taken_in]


@pytest.mark.parametrize(
    ("text", "opening", "stray"),
    [
        ("```sh\nmake\n~~~\n\n**Rollback**:\n\n```sh\nmake back\n```\n", "```sh", "~~~"),
        ("~~~\nmake\n```\n\n**Rollback**:\n", "~~~", "```"),
        ("````\nmake\n```\n\n**Rollback**:\n\n```\nmake back\n```\n", "````", "```"),
        ("```sh\nmake\n```sh\n\n**Rollback**:\n\n```sh\nmake back\n```\n", "```sh", "```sh"),
        ("```sh\nmake\n  ``` # end\n\n**Rollback**:\n", "```sh", "``` # end"),
        ("- ```sh\n  make\n  ~~~\n\n  **Rollback**: none\n", "- ```sh", "~~~"),
    ],
)
def test_a_line_that_seems_to_close_a_fence_is_shown(text: str, opening: str, stray: str) -> None:
    [plan] = parse_plan(HEAD + text)
    found = open_fence(plan)
    assert found is not None
    source = plan.document.source.text
    assert found.stray is not None
    assert [source[slice(*span)] for span in (found.opening, found.stray)] == [opening, stray]
    assert source[slice(*found.taken_in)].startswith("**Rollback**:")


@pytest.mark.parametrize(
    "text",
    [
        "```sh\nmake\n```\n\n### Stage 2 — Shop moves\n",
        "```sh\nmake\n",
        "```sh",
        "```yaml\nrisk: low\ndependencies: none\n",
        "```md\n### Stage 2 — {Name}\n",
        "````\n```sh\n### Stage 2 — Shop moves\n```\n````\n",
        "~~~\n```sh\n### Stage 2 — Shop moves\n```\n~~~\n",
        "```\n### Stage 2 — Shop moves\n```\n",
        "```\n~~~\n### Stage 2 — Shop moves\n~~~\n",
        "````\n```sh\n### Stage 2 — Shop moves\n```\n",
        "```sh\nmake\n```sh\nmake back\n```\n\n### Stage 2 — Shop moves\n",
        "```sh\nmake\n~~~",
        "- Run\n\n  ```sh\n  make\n\n### Stage 2 — Shop moves\n",
        "    ```\n    make\n\n### Stage 2 — Shop moves\n",
        "> ```sh\n> make\n\n### Stage 2 — Shop moves\n",
    ],
)
def test_other_fences_take_in_nothing_of_the_plan(text: str) -> None:
    assert all(open_fence(plan) is None for plan in parse_plan(HEAD + text))


def test_a_plan_that_is_cut_off_is_not_judged_and_the_one_before_it_is() -> None:
    cut = "```sh\nmake\n\n### Stage 2 — Shop moves\n"
    config = Config().with_command_line(select=["unclosed-fence", "missing-gap-mapping", "unused-suppression"])
    ignored = "<!-- lint-migration-plan: ignore[missing-stages] -- none yet -->\n"
    rules = [each.rule for each in lint_text(f"{HEAD}make\n\n{ignored}\n## Migration: Bills\n\n{cut}", config=config)]
    assert rules == ["missing-gap-mapping", "unclosed-fence"]


CUT_OFF = f"{HEAD}```sh\nmake\n\n### Stage 2 — Shop moves\n"
COMMENT = "<!-- lint-migration-plan: ignore[unclosed-fence] -- it is meant so -->\n\n"


@pytest.mark.parametrize(
    ("text", "select"),
    [
        (CUT_OFF, ["missing-gap-mapping"]),
        (CUT_OFF.replace("```sh", f"{COMMENT}```sh"), ["unclosed-fence", "missing-gap-mapping"]),
    ],
)
def test_a_plan_that_is_cut_off_is_judged_as_it_is_where_nobody_is_told(text: str, select: list[str]) -> None:
    config = Config().with_command_line(select=select)
    assert [each.rule for each in lint_text(text, config=config)] == ["missing-gap-mapping"]


def test_a_plan_that_is_cut_off_is_neither_mended_nor_suppressed(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(CUT_OFF, "utf-8")
    assert lint("--fix", "--unsafe-fixes", str(path)).rules == ["unclosed-fence"]
    assert "it is not read whole" in lint("--add-suppressions=agreed", str(path)).err
    assert path.read_text("utf-8") == CUT_OFF
