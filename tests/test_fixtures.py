"""Each rule's fixtures: what must be reported, word for word, and what must not.

``fixtures/<rule>/invalid*.md`` is a plan with defects of that rule and no others; ``invalid*.out`` is what the user
sees, and ``invalid*.fixed``, where there is one, what is left of the plan after all fixes.
``fixtures/<rule>/valid*.md`` are plans without any defect: lures, which look as if they had one. All are linted by all
rules that are on by default (and the fixture's own), with the settings in ``<name>.config.yaml`` if that is there. To
write the expected outputs anew: ``pytest --update``, and read them.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint import registry
from lint_migration_plan.lint.fixer import fix_text
from lint_migration_plan.lint.gap_maps import GapMaps
from lint_migration_plan.lint.runner import judge_file, judge_text
from lint_migration_plan.markdown.source import Source
from lint_migration_plan.report.text import render

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Location

FIXTURES = Path(__file__).parent.parent / "fixtures"
INVALID = sorted(FIXTURES.glob("*/invalid*.md"))
VALID = [path for path in sorted(FIXTURES.glob("*/valid*.md")) if path.parent.name != "plans"]
PLANS = sorted((FIXTURES / "plans").glob("*.md"))
RULES = sorted(registry.ENTRIES)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def settings(path: Path) -> Config:
    given = path.with_name(f"{path.stem}.config.yaml")
    config = read_config(str(given)) if given.exists() else Config()
    rule = path.parent.name
    if rule in registry.ENTRIES and not registry.ENTRIES[rule].enabled:
        config = config.with_command_line(extend_select=[rule])
    return config


def output(path: Path) -> str:
    """Lint a file as the command line does with ``--show-source``, named by its bare name."""
    judgement = judge_file(str(path), settings(path), GapMaps())
    text = path.read_bytes().decode("utf-8", errors="replace")
    source = Source(text)
    bare = [
        diagnostic._replace(
            location=bare_location(diagnostic.location, path),
            related=tuple(place._replace(location=bare_location(place.location, path)) for place in diagnostic.related),
        )
        for diagnostic in judgement.diagnostics
    ]
    shown = render(bare, show_source=True, color=False, source_line=lambda _path, line: source.lines[line - 1])
    return "".join(shown)


def bare_location(location: Location, path: Path) -> Location:
    return location._replace(path=os.path.relpath(location.path, path.parent))


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_a_defect_is_reported_once_and_in_these_words(path: Path, *, update: bool) -> None:
    expected = path.with_suffix(".out")
    actual = output(path)
    if update:
        expected.write_text(actual, encoding="utf-8")
    rules = re.findall(r"^\S.* \[([a-z-]+)\]$", actual, re.MULTILINE)
    assert set(rules) == {path.parent.name}, actual
    assert actual == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_lure_is_not_reported(path: Path) -> None:
    assert output(path) == ""


@pytest.mark.parametrize("path", PLANS, ids=name_of)
def test_a_whole_plan_is_judged_as_expected(path: Path, *, update: bool) -> None:
    expected = path.with_suffix(".out")
    actual = output(path)
    if update and actual:
        expected.write_text(actual, encoding="utf-8")
    assert actual == (expected.read_text(encoding="utf-8") if expected.exists() else "")


FIXABLE = [path for path in INVALID if path.with_suffix(".fixed").exists()]


def mended(text: str, path: Path) -> str:
    return fix_text(text, path.name, settings(path), unsafe=True)


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_what_can_be_fixed_is_fixed_like_this(path: Path, *, update: bool) -> None:
    """All fixes, unsafe ones too; the file is compared byte for byte."""
    expected = path.with_suffix(".fixed")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        pytest.skip("what is not UTF-8 is left alone")
    fixed = mended(text, path)
    if update:
        expected.unlink(missing_ok=True)
        if fixed != text:
            expected.write_bytes(fixed.encode("utf-8"))
    assert fixed == (expected.read_bytes().decode("utf-8") if expected.exists() else text)


@pytest.mark.parametrize("path", FIXABLE, ids=name_of)
def test_a_fix_mends_what_it_says_and_breaks_nothing(path: Path) -> None:
    config = settings(path)
    before = judge_text(path.read_bytes().decode("utf-8"), path.name, config).diagnostics
    fixed = path.with_suffix(".fixed").read_bytes().decode("utf-8")
    after = judge_text(fixed, path.name, config).diagnostics
    assert mended(fixed, path) == fixed
    assert [each for each in after if each.fix] == []
    counts = Counter(each.rule for each in after)
    assert all(counts[each.rule] <= Counter(each.rule for each in before)[each.rule] for each in before)
    # A skeleton is to be filled in, and says so.
    assert {each.rule for each in after} <= {each.rule for each in before} | {"placeholder-text"}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_hits_and_lures(rule: str) -> None:
    folder = FIXTURES / rule
    assert list(folder.glob("invalid*.md")), "a rule needs a plan that it reports"
    assert list(folder.glob("valid*.md")), "a rule needs a plan that it must not report"


def fragment(rule: str, heading: str) -> str:
    """Take the fenced example below a heading of a rule's page."""
    page = registry.load(rule).doc
    match = re.search(rf"^## {heading}\n+````?markdown\n(.*?)^````?$", page, re.MULTILINE | re.DOTALL)
    assert match, f"the page of {rule} needs a section {heading} with a fence of Markdown"
    return match[1]


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_each_page_are_true(rule: str, tmp_path: Path) -> None:
    if rule == "unreadable-file":
        pytest.skip("what cannot be read cannot be shown as Markdown")
    # A rule on suppressions needs the suppressed rules to run.
    selected = ["all"] if registry.load(rule).scope.value == "suppressions" else [rule]
    config = Config().with_command_line(select=selected, extend_select=[rule])
    for name, content in re.findall(
        r"^```markdown (\S+)\n(.*?)^```$", registry.load(rule).doc, re.MULTILINE | re.DOTALL
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    plan = str(tmp_path / "plan.md")
    bad = judge_text(fragment(rule, "Bad"), plan, config, maps=GapMaps()).diagnostics
    good = judge_text(fragment(rule, "Good"), plan, config, maps=GapMaps()).diagnostics
    assert rule in {diagnostic.rule for diagnostic in bad}
    assert rule not in {diagnostic.rule for diagnostic in good}


def test_the_table_of_rules_is_current() -> None:
    written = Path(registry.__file__).with_name("rule_table.py").read_text(encoding="utf-8")
    assert written == registry.table_text(), "run python -m lint_migration_plan.lint.registry"
