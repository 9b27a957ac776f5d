"""Which settings hold in the end: rules by words, patterns for files, overrides, and the command line over all."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.config.discover import ConfigFinder
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.globs import holds
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config, PlanSettings
from lint_migration_plan.config.show import show
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES

if TYPE_CHECKING:
    from pathlib import Path

ALL = set(ENTRIES)
ON = {rule for rule, entry in ENTRIES.items() if entry.enabled}
OFF = "unexplained-suppression"
#: No selection leaves it out.
ALWAYS = "unreadable-file"


def of(category: str) -> set[str]:
    return {rule for rule in ON if ENTRIES[rule].category == category}


CHOICES: list[tuple[dict[str, tuple[str, ...]], set[str]]] = [
    ({}, ON),
    ({"select": ("all",)}, ALL),
    ({"select": ("stages",)}, of("stages") | {ALWAYS}),
    ({"select": ("document",)}, of("document")),
    ({"select": ("document", OFF)}, of("document") | {OFF}),
    ({"select": ("unknown-risk",)}, {"unknown-risk", ALWAYS}),
    ({"select": ("unknown-risk",), "ignore": (ALWAYS,)}, {"unknown-risk"}),
    ({"extend_select": (OFF,)}, ALL),
    ({"extend_select": ("document",)}, ON),
    ({"select": ("gaps",), "extend_select": ("unknown-risk",)}, of("gaps") | {"unknown-risk", ALWAYS}),
    ({"ignore": ("stages",)}, ON - of("stages")),
    ({"ignore": ("unknown-risk",)}, ON - {"unknown-risk"}),
    ({"ignore": ("all",)}, set()),
    ({"select": ("all",), "ignore": ("all",)}, set()),
    ({"select": ("all",), "ignore": ("document",)}, ALL - of("document") - {OFF}),
    ({"select": ("stages",), "ignore": ("all",)}, of("stages")),
    ({"select": ("stages",), "ignore": ("stages",)}, {ALWAYS}),
    ({"select": ("unknown-risk",), "ignore": ("stages",)}, {"unknown-risk", ALWAYS}),
    ({"select": ("stages",), "ignore": ("unknown-risk",)}, of("stages") - {"unknown-risk"} | {ALWAYS}),
    ({"select": ("unknown-risk",), "ignore": ("unknown-risk",)}, {ALWAYS}),
    ({"extend_select": ("unknown-risk",), "ignore": ("stages",)}, ON - of("stages") | {"unknown-risk"}),
]


@pytest.mark.parametrize(("words", "expected"), CHOICES)
def test_the_closest_word_decides_whether_a_rule_runs(words: dict[str, tuple[str, ...]], expected: set[str]) -> None:
    enabled = Config(**words).enabled_rules()  # type: ignore[arg-type] # only these three keys
    assert set(enabled) == expected
    assert list(enabled) == [rule for rule in ENTRIES if rule in expected]


PATTERNS = [
    # pattern, paths that it holds for, paths that it does not
    ("a.md", ["a.md", "x/a.md", "x/y/a.md", "a.md/b"], ["b.md", "a.mdx", "ba.md", "A.md"]),
    ("*.md", ["a.md", ".md", "x/a.md", "x.md/y.txt"], ["a.txt", "md"]),
    ("/*.md", ["a.md"], ["x/a.md"]),
    ("docs", ["docs", "docs/", "docs/a.md", "x/docs/y/a.md"], ["docs2/a.md", "mydocs"]),
    ("docs/", ["docs/", "docs/a.md", "x/docs/a.md"], ["docs", "x/docs"]),
    ("docs/old", ["docs/old", "docs/old/a/b.md"], ["x/docs/old", "docs/older"]),
    ("docs/*.md", ["docs/a.md"], ["docs/x/a.md", "x/docs/a.md"]),
    ("docs/*", ["docs/a.md", "docs/x/a.md"], ["docs", "docs/"]),
    ("**/old", ["old", "x/old", "x/y/old/a.md"], ["older"]),
    ("docs/**", ["docs/a", "docs/x/y/a.md"], ["docs", "x/docs/a"]),
    ("docs/**/a.md", ["docs/a.md", "docs/x/a.md", "docs/x/y/a.md"], ["docs/x/b.md", "a.md"]),
    ("a/**/b/**/c", ["a/b/c", "a/x/b/c", "a/b/b/x/c", "a/b/c/c", "a/x/b/y/z/c"], ["a/c", "a/b", "b/c"]),
    ("**", ["a", "x/a"], []),
    (".", ["a", "x/a"], []),
    ("./a.md", ["a.md"], ["x/a.md"]),
    ("plan?.md", ["plan1.md"], ["plan.md", "plan10.md", "plan/.md"]),
    ("plan[0-9].md", ["plan1.md"], ["plana.md", "plan[0-9].md"]),
    ("plan[!0-9].md", ["plana.md"], ["plan1.md"]),
    ("plan[^0-9].md", ["plana.md"], ["plan1.md"]),
    ("a[*]b", ["a*b"], ["axb"]),
    ("a[", ["a["], ["a"]),
    ("(a+)+$", ["(a+)+$"], ["aa"]),
]


@pytest.mark.parametrize(("pattern", "inside", "outside"), PATTERNS)
def test_patterns(pattern: str, inside: list[str], outside: list[str]) -> None:
    assert [path for path in inside if not holds(pattern, path)] == []
    assert [path for path in outside if holds(pattern, path)] == []


TRICKY = st.text(alphabet="ab/*?[]!^-.\\{}()+$|&~\n \ud800\U0001f600", max_size=40)


@given(pattern=TRICKY, path=TRICKY)
def test_any_pattern_can_be_asked_about_any_path(pattern: str, path: str) -> None:
    assert holds(pattern, path) in {True, False}


@given(
    names=st.lists(
        st.text(alphabet="ab.", min_size=1, max_size=4).filter(lambda name: name != "."), min_size=1, max_size=5
    )
)
def test_a_pattern_without_signs_holds_for_its_path_and_all_below(names: list[str]) -> None:
    path = "/".join(names)
    assert holds(f"/{path}", path)
    assert holds(f"/{path}", f"{path}/x/y")
    assert holds(names[-1], path)
    assert holds(f"{path}/**", f"{path}/x")
    assert not holds(f"/{path}/x", path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 200 + "b", "a" * 2000),
        ("**/" * 200 + "b", "a/" * 2000),
        ("**/*a/" * 100 + "b", "a/" * 2000),
        ("[" * 500, "[" * 2000),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    start = time.perf_counter()
    assert not holds(pattern, path)
    assert time.perf_counter() - start < 5


def config_of(folder: Path, text: str) -> Config:
    path = folder / ".lint-migration-plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_config(str(path))


def test_exclude_is_relative_to_the_folder_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    config = config_of(tmp_path, "exclude: [/docs/old, '*.txt', build/]")
    assert config.root == str(tmp_path)
    monkeypatch.chdir(tmp_path / "docs")
    excluded = [
        "old",
        "old/a.md",
        "../docs/old/b.md",
        "x/a.txt",
        f"{tmp_path}/docs/old/a.md",
        "../build/",
        "/elsewhere/a.txt",
    ]
    assert [path for path in excluded if not config.excludes(path)] == []
    kept = ["a.md", "../old/a.md", "docs/old/a.md", "../build", "/docs/old/a.md", str(tmp_path), ".", ""]
    assert [path for path in kept if config.excludes(path)] == []
    (tmp_path / "docs" / ".lint-migration-plan.yaml").write_text("exclude: [docs]", encoding="utf-8")
    own = read_config(".lint-migration-plan.yaml")
    assert not own.excludes(f"{tmp_path}/docs")
    assert own.excludes(f"{tmp_path}/docs/docs")
    assert not Config().excludes("a.txt")
    assert Config(exclude=("*.txt",)).excludes("a.txt")


OVERRIDDEN = """\
select: [stages]
extend-select: [gaps]
ignore: [unknown-risk]
severity: {unknown-layer: info, vague-change: info}
vocabulary: {hours-per-day: 6, stage-words: [Phase]}
overrides:
- files: ["docs/**"]
  extend-select: [order]
  ignore: [mixed-layers]
  severity: {vague-change: error}
  vocabulary: {stage-words: [Sprint]}
  type: platform
- files: [special.md]
  select: [unknown-risk]
  plans-only: true
  gap-map: gaps.md
"""


def test_overrides_are_laid_over_in_their_order(tmp_path: Path) -> None:
    config = config_of(tmp_path, OVERRIDDEN)
    assert config.for_file(f"{tmp_path}/a.md") is config

    docs = config.for_file(f"{tmp_path}/docs/a.md")
    assert (docs.select, docs.extend_select, docs.ignore) == (
        ("stages",),
        ("gaps", "order"),
        ("unknown-risk", "mixed-layers"),
    )
    assert docs.severities == {"unknown-layer": "info", "vague-change": "error"}
    assert docs.severity_of("vague-change") == "error"
    assert docs.severity_of("gap-order") is None
    assert (docs.vocabulary.stage_words, docs.vocabulary.hours_per_day) == (("Sprint",), 6.0)
    assert (docs.type, docs.plans_only) == ("platform", False)

    special = config.for_file(f"{tmp_path}/docs/special.md")
    assert (special.select, special.extend_select, special.ignore) == (("unknown-risk",), (), ("mixed-layers",))
    assert (special.type, special.plans_only, special.gap_map) == ("platform", True, "gaps.md")
    assert set(special.enabled_rules()) == {"unknown-risk", ALWAYS}
    assert "extend-select: []  # default\n" in show(config, f"{tmp_path}/special.md")


def test_the_command_line_wins_over_the_file_and_its_overrides(tmp_path: Path) -> None:
    config = config_of(tmp_path, OVERRIDDEN).with_command_line(
        select=["document"],
        extend_select=["unknown-risk"],
        ignore=["not-a-plan"],
        severities={"vague-change": "warning"},
        fail_on="error",
        plans_only=False,
    )
    assert (config.select, config.extend_select, config.ignore) == (("document",), ("unknown-risk",), ("not-a-plan",))
    assert (config.fail_on, config.plans_only) == ("error", False)
    special = config.for_file(f"{tmp_path}/docs/special.md")
    assert (special.select, special.extend_select) == (("document",), ("unknown-risk",))
    assert special.ignore == ("mixed-layers", "not-a-plan")
    assert special.severities == {"unknown-layer": "info", "vague-change": "warning"}
    assert (special.fail_on, special.plans_only, special.gap_map) == ("error", False, "gaps.md")
    shown = show(config, f"{tmp_path}/docs/special.md")
    assert 'severity.vague-change: "warning"  # command line\n' in shown
    assert 'select: ["document"]  # command line\n' in shown


def test_the_command_line_adds_to_what_it_does_not_select_anew(tmp_path: Path) -> None:
    config = config_of(tmp_path, OVERRIDDEN).with_command_line(extend_select=["order"], ignore=["gap-order"])
    assert (config.select, config.extend_select) == (("stages",), ("gaps", "order"))
    assert config.ignore == ("unknown-risk", "gap-order")
    assert Config().with_command_line() == Config()
    assert config.with_command_line() is config


WRONG_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"select": ["unknwon-risk"]}, "--select: unknown rule 'unknwon-risk'; did you mean 'unknown-risk'?"),
    ({"select": []}, "--select: is empty, and not a list of rules and categories"),
    ({"extend_select": ["x", "stages"]}, "--extend-select: unknown rule 'x'; --list-rules names them all"),
    ({"ignore": ["Stages"]}, "--ignore: unknown rule 'Stages'; did you mean 'stages'?"),
    ({"severities": {"stages": "info"}}, "--severity: 'stages' names no single rule"),
    (
        {"severities": {"unknown-risk": "fatal"}},
        "--severity: unknown-risk 'fatal' is not one of: error, warning, info",
    ),
    ({"fail_on": "eror"}, "--fail-on: 'eror' is not one of: error, warning, info, never; did you mean 'error'?"),
]


@pytest.mark.parametrize(("options", "message"), WRONG_OPTIONS)
def test_a_wrong_option_is_told_by_its_name(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config().with_command_line(**options)
    assert str(caught.value) == message


def test_front_matter_is_laid_over_all(tmp_path: Path) -> None:
    config = config_of(tmp_path, "type: platform\ngap-map: a.md\n")
    assert config.with_plan_settings(PlanSettings()) is config
    changed = config.with_plan_settings(PlanSettings(gap_map="b.md"))
    assert (changed.type, changed.gap_map) == ("platform", "b.md")
    assert 'gap-map: "b.md"  # front matter\n' in show(changed, None)


ORDERINGS = """\
orderings:
  shop:
    milestones: {cable: [Lay cables], swap: []}
    pairs: [{first: cable, then: swap, why: no network}]
overrides:
- files: [a.md]
  orderings:
    pier:
      milestones: {out: [], "in": []}
      pairs: [{first: out, then: "in", why: the berth is full}]
"""


def test_orderings_are_merged_by_name_and_shown_as_they_are_written(tmp_path: Path) -> None:
    config = config_of(tmp_path, ORDERINGS)
    assert list(config.orderings) == ["shop"]
    assert list(config.for_file(f"{tmp_path}/a.md").orderings) == ["shop", "pier"]
    shown = show(config, f"{tmp_path}/a.md")
    shop = (
        '{"milestones": {"cable": ["Lay cables"], "swap": []}, '
        '"pairs": [{"first": "cable", "then": "swap", "why": "no network"}]}'
    )
    assert f"orderings.shop: {shop}  # {tmp_path}/.lint-migration-plan.yaml:2\n" in shown
    assert "orderings.pier: " in shown
    assert f"overrides[0] of {tmp_path}/.lint-migration-plan.yaml:8\n" in shown
    assert "overrides[0].orderings.pier: " in show(config, None)


def test_show_names_where_each_setting_is_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config_of(tmp_path, OVERRIDDEN)
    finder = ConfigFinder(lay_over=lambda config: config.with_command_line(ignore=["gap-order"]))
    shown = show(finder.config_for("docs/a.md"), "docs/a.md")
    here = ".lint-migration-plan.yaml"
    assert (
        shown
        == f"""\
# configuration: {here}
# for: docs/a.md
select: ["stages"]  # {here}:1
extend-select: ["gaps", "order"]  # {here}:2, overrides[0] of {here}:8
ignore: ["unknown-risk", "mixed-layers", "gap-order"]  # {here}:3, overrides[0] of {here}:9, command line
severity.unknown-layer: "info"  # {here}:4
severity.vague-change: "error"  # overrides[0] of {here}:10
fail-on: "warning"  # default
exclude: []  # default
plans-only: false  # default
max-file-size: 10485760  # default
max-nesting: 100  # default
max-diagnostics: 1000  # default
max-gap-map-links: 1  # default
type: "platform"  # overrides[0] of {here}:12
orderings: {{}}  # default
gap-map: null  # default
baseline: null  # default
vocabulary.stage-words: ["Sprint"]  # overrides[0] of {here}:11
vocabulary.layers: {{}}  # default
vocabulary.labels: {{}}  # default
vocabulary.risks: {{}}  # default
vocabulary.hours-per-day: 6.0  # {here}:5
vocabulary.working-days: ["mon", "tue", "wed", "thu", "fri"]  # default
vocabulary.date-order: null  # default
vocabulary.stage-kinds: {{}}  # default
vocabulary.coupled-pairs: []  # default
vocabulary.compatible: []  # default
vocabulary.removable: []  # default
"""
    )
    whole = show(finder.config_for("a.md"), None).splitlines()
    assert f'select: ["stages"]  # {here}:1' in whole
    assert whole[-4:] == [
        'overrides[1].files: ["special.md"]',
        f'overrides[1].select: ["unknown-risk"]  # overrides[1] of {here}:14',
        f"overrides[1].plans-only: true  # overrides[1] of {here}:15",
        f'overrides[1].gap-map: "gaps.md"  # overrides[1] of {here}:16',
    ]


def test_show_without_a_configuration() -> None:
    shown = show(Config(exclude=("*.txt",)), "a\n.txt")
    assert shown.startswith("# configuration: none\n# for: 'a\\n.txt', which is excluded\nselect: []  # default\n")


def test_show_tells_the_lines_of_options_and_of_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import dataclass

    from lint_migration_plan.config import tables

    @dataclass(frozen=True)
    class Options:
        first_word: str = "a"
        second: tuple[str, ...] = ()

    monkeypatch.setattr(tables, "options_class", lambda _: Options)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.lint-migration-plan]\n\n[tool.lint-migration-plan.rules.gap-order]\nsecond = [\n'\\u202e',\n'\u202e']\n",
        encoding="utf-8",
    )
    shown = show(read_config("pyproject.toml"), None)
    assert 'rules.gap-order.first-word: "a"  # default\n' in shown
    assert 'rules.gap-order.second: ["\\\\u202e", "\\u202e"]  # pyproject.toml:4\n' in shown


def test_show_bears_a_file_that_changed_meanwhile(tmp_path: Path) -> None:
    config = config_of(tmp_path, "\nfail-on: info\n")
    config_of(tmp_path, "plans-only: true")
    assert 'fail-on: "info"  # ' in show(config, None)


def test_every_category_can_be_selected() -> None:
    for category in CATEGORIES:
        assert Config().with_command_line(select=[category]).select == (category,)


def test_a_path_may_be_anything() -> None:
    config = Config(exclude=("a",))
    for path in ("", ".", os.sep, "a\0b", "\udcff", "a" * 10000):
        assert not config.excludes(path)
