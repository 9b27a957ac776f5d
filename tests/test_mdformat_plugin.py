"""The plugin for mdformat: fields keep their lines, labels stay whole, and nothing else is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lint_migration_plan import lint_text
from program import GOOD, PROSE, ROOT, impersonal

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS = ("migration_plan",)
OTHERS = ("frontmatter", "gfm")
ALL = (*OTHERS, *OURS)
WRAPS: list[int | str] = [40, 60, 80, "no", "keep"]
FIXTURES = sorted(ROOT.glob("fixtures/*/*.md"))

STAGE = """\
## Migration: Orders

### Stage 1 — Order the relay

{}
"""


def formatted(text: str, wrap: int | str, extensions: Iterable[str] = ALL) -> str:
    return mdformat.text(text, options={"wrap": wrap}, extensions=extensions)


def stage(text: str, wrap: int | str) -> str:
    """Format what a stage holds."""
    return formatted(STAGE.format(text), wrap).partition("relay\n\n")[2].rstrip("\n")


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize(
    "lines",
    [
        ["**Risk**: low", "**Estimated effort**: 4h", "**Dependencies**: none"],
        ["Risk: low", "Estimated effort: 4h", "Dependencies: none"],
        ["**Risk:** low", "**Owner**: shop team", "**Rollback tested:** yes"],
        ["**Risk**: low", "**Layers affected**: `code`", "**Dependencies**: [Stage 1](#stage-1)"],
        ["- **Risk**: low", "- **Estimated effort**: 4h"],
        ["__Risk__ — low", "__Estimated effort__ — 4h"],
    ],
)
def test_fields_keep_a_line_each(lines: list[str], wrap: int | str) -> None:
    assert stage("\n".join(lines), wrap) == "\n".join(lines)


@pytest.mark.parametrize("wrap", WRAPS)
def test_fields_that_were_joined_are_parted_again(wrap: int | str) -> None:
    joined = "**Risk**: low **Estimated\neffort**: `4h` **Dependencies**: none"
    assert stage(joined, wrap) == "**Risk**: low\n**Estimated effort**: `4h`\n**Dependencies**: none"


def test_values_are_wrapped_as_ever() -> None:
    said = "**What changes**: Mails leave through the hosted relay, the old machine still accepts them\n**Risk**: low"
    assert stage(said, 40) == (
        "**What changes**: Mails leave through\nthe hosted relay, the old machine still\naccepts them\n**Risk**: low"
    )


def test_hard_breaks_stay_hard() -> None:
    assert stage("**Risk**: low  \n**Dependencies**: none", 60) == "**Risk**: low\\\n**Dependencies**: none"


def test_lines_of_from_and_to_keep_theirs() -> None:
    text = GOOD.decode("utf-8").partition("### Motivation")[0]
    plan = GOOD.decode("utf-8").replace(
        text, "## Migration: x\n\n### From\n\nData: a\nCode: b\n\n### To\n\nData: c\nCode: d\n\n"
    )
    assert "\n\nData: a\nCode: b\n\n### To\n\nData: c\nCode: d\n" in formatted(plan, "no")


@pytest.mark.parametrize("wrap", WRAPS)
def test_other_documents_are_formatted_as_without_it(wrap: int | str) -> None:
    guide = "# How to\n\n```\n### Stage 1 — x\n```\n\n**Risk**: low\n**Dependencies**: none\n"
    for text in (PROSE.decode("utf-8"), guide):
        assert formatted(text, wrap) == formatted(text, wrap, OTHERS)


def said(text: str) -> list[tuple[str, str]]:
    return sorted((each.rule, each.message) for each in lint_text(text))


@pytest.mark.parametrize(
    ("path", "wrap"),
    [(path, [50, "no", "keep"][number % 3]) for number, path in enumerate(FIXTURES)],
    ids=lambda value: f"{value.parent.name}/{value.stem}" if isinstance(value, Path) else str(value),
)
def test_no_verdict_changes_no_html_changes_and_twice_is_once(path: Path, wrap: int | str) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    alone = formatted(text, "keep", OTHERS)
    if formatted(alone, "keep", OTHERS) != alone:
        pytest.skip("mdformat alone does not come to an end")
    once = formatted(text, wrap)
    assert formatted(once, wrap) == once
    assert html(once).split() == html(formatted(text, wrap, OTHERS)).split()
    assert [rule for rule, _ in said(once)] == [rule for rule, _ in said(alone)]


def html(text: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(text))


LABEL = st.sampled_from(
    ["**Risk**:", "**Layers affected**:", "Dependencies:", "__Rollback tested:__", "*Risk*:", "**Own**:"]
)
VALUE = st.sampled_from(
    ["low", "none", "`a b`", "[x y](z)", "日本 語", "Stage 1", "a **b** c: d", "", "![i](j)", "<br>", "\\*"]
)
BREAK = st.sampled_from([" ", "\n", "  \n", "\\\n", "\n  ", "\n\n", "\n- "])


@given(st.lists(st.tuples(LABEL, VALUE, BREAK), max_size=6), st.sampled_from([1, 20, "no", "keep"]))
def test_any_fields_are_formatted_for_good_and_mean_the_same(
    fields: list[tuple[str, str, str]], wrap: int | str
) -> None:
    text = STAGE.format("".join(f"{label} {value}{behind}" for label, value, behind in fields))
    alone = formatted(text, wrap, OTHERS)
    # A heading that ends in an escaped asterisk, for one, is another text to mdformat itself the second time.
    assume(formatted(alone, wrap, OTHERS) == alone)
    once = formatted(text, wrap)
    assert formatted(once, wrap) == once
    assert html(once).split() == html(alone).split()


def test_mdformat_finds_it_and_checks_its_work(tmp_path: Path) -> None:
    (tmp_path / ".lint-migration-plan.yaml").write_text("vocabulary: {labels: {Rollback: [Back-out]}}\n")
    plan = tmp_path / "plan.md"
    plan.write_text(STAGE.format("**Risk**: low\n**Back-out**: see the list below\n**Dependencies**: none"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mdformat", "--wrap", "30", str(plan)],
        check=False,
        capture_output=True,
        text=True,
        env=impersonal(),
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "\n**Risk**: low\n**Back-out**: see the list\nbelow\n**Dependencies**: none\n" in plan.read_text("utf-8")


def test_a_configuration_that_cannot_be_used_stops_no_formatting(tmp_path: Path) -> None:
    (tmp_path / ".lint-migration-plan.yaml").write_text("nonsense: 1\n")
    plan = tmp_path / "plan.md"
    plan.write_text(STAGE.format("**Risk**: low\n**Dependencies**: none"), "utf-8")
    mdformat.file(plan, options={"wrap": "no"}, extensions=ALL)
    assert "**Risk**: low\n**Dependencies**: none" in plan.read_text("utf-8")
