"""What a configuration sets, and what is said of one that is wrong: each key, each fault with its line."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import pytest

from lint_migration_plan.config import rule_options, tables
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.keys import TOP, VOCABULARY, plan_table
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config, OrderingSettings, PairSettings, PlanSettings, VocabularySettings
from lint_migration_plan.config.words import FIELD_LABELS, LAYERS, PLAN_TYPES, RISKS, SEVERITIES, WEEKDAYS
from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SomeOptions:
    """Options of all kinds that a rule may have."""

    allow_openly: bool = False
    at_least: int = 2
    share: float = 0.5
    wording: str = "as the guide has it"
    extra_words: tuple[str, ...] = ("one",)


@pytest.fixture
def some_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every rule have the same options, so that no rule need be there."""
    monkeypatch.setattr(tables, "options_class", lambda _: SomeOptions)


def yaml_config(folder: Path, text: str) -> Config:
    path = folder / ".lint-migration-plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_config(str(path))


def toml_config(folder: Path, text: str) -> Config:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(str(path))


def errors_of(folder: Path, text: str, name: str = "c.yaml") -> list[str]:
    """Read a wrong configuration, and give its errors without its folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert str(caught.value).splitlines() == [str(error) for error in caught.value.errors]
    return [str(error).removeprefix(str(folder) + "/") for error in caught.value.errors]


GOOD = [
    # as YAML, as TOML, attribute, what it becomes
    ("select: [stages, gap-order]", 'select = ["stages", "gap-order"]', "select", ("stages", "gap-order")),
    ("extend-select: [all]", 'extend-select = ["all"]', "extend_select", ("all",)),
    ("extend-select: []", "extend-select = []", "extend_select", ()),
    ("ignore:\n- order\n", 'ignore = [\n  "order",\n]', "ignore", ("order",)),
    ("severity: {unknown-risk: info}", 'severity.unknown-risk = "info"', "severities", {"unknown-risk": "info"}),
    ("severity: {}", "severity = {}", "severities", {}),
    ("fail-on: never", 'fail-on = "never"', "fail_on", "never"),
    ("exclude: ['*.txt', /a/**]", "exclude = ['*.txt', '/a/**']", "exclude", ("*.txt", "/a/**")),
    ("plans-only: true", "plans-only = true", "plans_only", True),
    ("plans-only: off", "plans-only = false", "plans_only", False),
    ("max-file-size: 1", "max-file-size = 1", "max_file_size", 1),
    ("max-file-size: 1_000", "max-file-size = 1_000", "max_file_size", 1000),
    ("max-file-size: '512'", 'max-file-size = "512"', "max_file_size", 512),
    ("max-file-size: 4 KiB", 'max-file-size = "4kib"', "max_file_size", 4096),
    ("max-file-size: 4 kB", 'max-file-size = "4K"', "max_file_size", 4000),
    ("max-file-size: 1.5MiB", 'max-file-size = "1.5 MiB"', "max_file_size", 1536 * 1024),
    ("max-file-size: 1 GB", 'max-file-size = "1 G"', "max_file_size", 10**9),
    ("max-file-size: 9 B", 'max-file-size = "9b"', "max_file_size", 9),
    ("max-nesting: 50", "max-nesting = 50", "max_nesting", 50),
    ("max-diagnostics: 20", "max-diagnostics = 20.0", "max_diagnostics", 20),
    ("max-gap-map-links: 2", "max-gap-map-links = 2", "max_gap_map_links", 2),
    ("type: platform", "type = 'platform'", "type", "platform"),
    ("gap-map: ../docs/gap-map.md", 'gap-map = "../docs/gap-map.md"', "gap_map", "../docs/gap-map.md"),
]


@pytest.mark.parametrize(("yaml", "toml", "attribute", "expected"), GOOD)
def test_a_key_sets_its_attribute_in_both_kinds_of_file(
    tmp_path: Path, yaml: str, toml: str, attribute: str, expected: object
) -> None:
    for config in (yaml_config(tmp_path, yaml), toml_config(tmp_path, f"[tool.lint-migration-plan]\n{toml}\n")):
        assert getattr(config, attribute) == expected
        untouched = {field.name for field in fields(Config) if field.compare} - {attribute, "root", "file"}
        assert {name: getattr(config, name) for name in untouched} == {
            name: getattr(Config(), name) for name in untouched
        }


PAIRS = (("code", "dependencies"), ("Data", "queue"))
VOCABULARY_KEYS = [
    ("stage-words: [Phase, ' Sprint ']", "stage_words", ("Phase", "Sprint")),
    ("layers: [Queue, DATA]", "layers", {"Queue": (), "data": ()}),
    (
        "layers: {queue: [broker], data: [warehouse, Warehouse]}",
        "layers",
        {"queue": ("broker",), "data": ("warehouse", "Warehouse")},
    ),
    ("labels: {Estimated effort: [Size, effort]}", "labels", {"Estimated effort": ("Size", "effort")}),
    ("risks: {high: [critical], low: []}", "risks", {"high": ("critical",), "low": ()}),
    ("hours-per-day: 6", "hours_per_day", 6.0),
    ("hours-per-day: 7.5", "hours_per_day", 7.5),
    ("working-days: [mon, saturday]", "working_days", ("mon", "saturday")),
    ("date-order: month-day", "date_order", "month-day"),
    ("stage-kinds: {monitor: [Bake time], clean up: []}", "stage_kinds", {"monitor": ("Bake time",), "clean up": ()}),
    ("coupled-pairs: [code / dependencies, Data/queue]\n  layers: [queue]", "coupled_pairs", PAIRS),
    ("compatible: [tolerant reader]", "compatible", ("tolerant reader",)),
    ("removable: [strangler]", "removable", ("strangler",)),
]


@pytest.mark.parametrize(("yaml", "attribute", "expected"), VOCABULARY_KEYS)
def test_vocabulary(tmp_path: Path, yaml: str, attribute: str, expected: object) -> None:
    vocabulary = yaml_config(tmp_path, f"vocabulary:\n  {yaml}\n").vocabulary
    assert getattr(vocabulary, attribute) == expected


def test_working_days_are_known_by_their_place_in_the_week(tmp_path: Path) -> None:
    config = yaml_config(tmp_path, "vocabulary: {working-days: [mon, wednesday, sun, sunday]}\n")
    assert vocabulary_of(config.vocabulary).working_days == {0, 2, 6}
    assert vocabulary_of(VocabularySettings()) == DEFAULT


#: An ordering that can be used, to be broken in one place.
ORDERING = """\
orderings:
  shop:
    milestones:
      cable: [Lay cables]
      swap: []
      cut: [Cut the]
    pairs:
    - {first: cable, then: Swap, why: no network}
    - {first: swap, then: cut, why: no line}
"""


def test_orderings(tmp_path: Path) -> None:
    pairs = (PairSettings("cable", "swap", "no network"), PairSettings("swap", "cut", "no line"))
    milestones = {"cable": ("Lay cables",), "swap": (), "cut": ("Cut the",)}
    config = yaml_config(tmp_path, f"type: shop\n{ORDERING}overrides: [{{files: [a], type: shop}}]\n")
    assert config.orderings == {"shop": OrderingSettings(milestones, pairs)}
    assert (config.type, config.for_file(f"{tmp_path}/a").type) == ("shop", "shop")


BROKEN_ORDERINGS = [
    # what stands in ORDERING, what takes its place, the line, the message
    ("then: Swap", "then: swpa", 8, "orderings.shop.pairs[0].then 'swpa' is none of the milestones; did you mean 'swap'?"),
    ("first: cable", "first: zzz", 8, "orderings.shop.pairs[0].first 'zzz' is none of the milestones; known are: cable, s"),
    ("then: Swap", "then: cable", 8, "orderings.shop.pairs[0] pairs 'cable' with itself"),
    ("first: swap, then: cut", "first: CABLE, then: swap", 9, "orderings.shop.pairs[1] is the same as orderings.shop.pa"),
    ("then: cut", "then: cable", 9, "orderings.shop.pairs[1] closes a ring: 'cable' → 'swap' → 'cable'; leave one of its"),
    ("cut: [Cut", "Cable: [Cut", 6, "'Cable' stands twice in orderings.shop.milestones, as 'cable' too"),
    ("cut: [Cut", "cable: [Cut", 6, "'cable' stands twice in one table"),
    ("[Cut the]", "[lay cables]", 6, "orderings.shop.milestones.cut[0] 'lay cables' would mean both 'cable' and 'cut'"),
    ("[Cut the]", "Cut the", 6, "orderings.shop.milestones.cut 'Cut the' is not a list of words"),
    (", why: no line", "", 9, "orderings.shop.pairs[1] has no 'why'"),
    ("why: no line", "wy: no line", 9, "unknown key 'wy'; did you mean 'why'?"),
    ("why: no line", "why: 3", 9, "orderings.shop.pairs[1].why 3 is not a word or a few"),
    ("    pairs:", "    pears:", 7, "unknown key 'pears'; did you mean 'pairs'?"),
    ("  shop:", "  ' ':", 2, "orderings.' ' ' ' is not a word or a few"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "message"), BROKEN_ORDERINGS)
def test_a_fault_of_an_ordering_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    errors = errors_of(tmp_path, ORDERING.replace(old, new, 1))
    assert any(error.startswith(f"c.yaml:{line}: {message}") for error in errors), errors
    assert all("closes a ring" not in error for error in errors) or len(errors) == 1


def test_a_longer_ring_is_told_from_its_first_milestone_at_its_last_pair(tmp_path: Path) -> None:
    ring = f"{ORDERING}    - {{first: cut, then: cable, why: round}}\n"
    assert errors_of(tmp_path, ring) == [
        "c.yaml:10: orderings.shop.pairs[2] closes a ring: 'cable' → 'swap' → 'cut' → 'cable'; leave one of its pairs out"
    ]


def test_an_override_may_name_its_own_orderings_alone(tmp_path: Path) -> None:
    nested = "".join(f"  {line}\n" for line in ORDERING.splitlines())
    override = f"overrides:\n- files: [a]\n  type: shop\n{nested}"
    assert yaml_config(tmp_path, override).for_file(f"{tmp_path}/a").type == "shop"
    (error,) = errors_of(tmp_path, f"type: shop\n{override}")
    assert error.startswith("c.yaml:1: type 'shop' is not one of: dependency-upgrade, platform, database-upgrade")


FAULTS = [
    # the text, the line, the message
    ("selct: [all]", 1, "unknown key 'selct'; did you mean 'select'?"),
    ("extend_select: []", 1, "unknown key 'extend_select'; did you mean 'extend-select'?"),
    ("\n\nzzzzzz: 1", 3, "unknown key 'zzzzzz'; known are: select, extend-select, ignore, severity, fail-on, exclude,"),
    ("select: stages", 1, "select 'stages' is not a list of rules and categories"),
    ("select: []", 1, "select is empty, and not a list of rules and categories"),
    ("select:", 1, "select is empty, and not a list of rules and categories"),
    ("select: {}", 1, "select is a table, and not a list of rules and categories"),
    ("select:\n- stages\n- unknwon-risk", 3, "unknown rule 'unknwon-risk'; did you mean 'unknown-risk'?"),
    ("ignore: [stage]", 1, "unknown rule 'stage'; did you mean 'stages'?"),
    ("ignore: [qqq]", 1, "unknown rule 'qqq'; --list-rules names them all"),
    (f"ignore: [{'x' * 300}]", 1, f"unknown rule '{'x' * 100}…'; --list-rules names them all"),
    ("ignore: [3]", 1, "ignore[0] 3 is not a rule or a category"),
    ("severity: error", 1, "severity 'error' is not a table of rules and their severities"),
    ("severity:\n  unknown-risk: fatal", 2, "severity.unknown-risk 'fatal' is not one of: error, warning, info"),
    ("severity:\n  unknown-risk: eror", 2, "severity.unknown-risk 'eror' is not one of: error, warning, info; did you"),
    ("severity: {unknown-risk: off}", 1, "severity.unknown-risk turns the rule off; put the rule into"),
    ("severity: {unknown-risk: none}", 1, "severity.unknown-risk turns the rule off; put the rule into"),
    ("severity: {unknown-risks: info}", 1, "unknown rule 'unknown-risks'; did you mean 'unknown-risk'?"),
    ("severity: {stages: info}", 1, "'stages' names no single rule"),
    ("fail-on: always", 1, "fail-on 'always' is not one of: error, warning, info, never"),
    ("fail-on: no", 1, "fail-on false is not one of: error, warning, info, never"),
    ("fail-on: [info]", 1, "fail-on is a list, and not one of: error, warning, info, never"),
    ("exclude: '*.md'", 1, "exclude '*.md' is not a list of patterns such as 'docs/**/*.md'"),
    ("exclude:\n- a\n- '!b'", 3, "exclude[1] '!b' is not a pattern such as 'docs/**/*.md', with '/' between names"),
    ("exclude: ['a\\b']", 1, "exclude[0] 'a\\\\b' is not a pattern"),
    ("exclude: ['../a']", 1, "exclude[0] '../a' is not a pattern"),
    ("exclude: ['*.{md,txt}']", 1, "exclude[0] '*.{md,txt}' is not a pattern"),
    ("exclude: [' ']", 1, "exclude[0] ' ' is not a pattern"),
    ('exclude: ["a\\nb"]', 1, "exclude[0] 'a\\nb' is not a pattern"),
    ("plans-only: 1", 1, "plans-only 1 is not true or false"),
    ("plans-only: 'true'", 1, "plans-only 'true' is not true or false"),
    ("max-file-size: 0", 1, 'max-file-size 0 is not a size in bytes, such as 4096 or "10 MiB"'),
    ("max-file-size: -5", 1, "max-file-size -5 is not a size"),
    ("max-file-size: ten", 1, "max-file-size 'ten' is not a size"),
    ("max-file-size: 10 TB", 1, "max-file-size '10 TB' is not a size"),
    ("max-file-size: true", 1, "max-file-size true is not a size"),
    ("type: platfrom", 1, "type 'platfrom' is not one of: dependency-upgrade, platform, database-upgrade; did"),
    ("type: [platform]", 1, "type is a list, and not one of: dependency-upgrade, platform, database-upgrade"),
    ("overrides:\n- files: [a]\n  type: platfrom", 3, "overrides[0].type 'platfrom' is not one of: dependency-upgrade"),
    ("orderings: [shop]", 1, "orderings is a list, and not a table of orderings, each with 'milestones' and 'pairs'"),
    ("orderings:\n  shop: []", 2, "orderings.shop is empty, and not a table of keys"),
    ("orderings:\n  shop: {milestones: {a: []}}", 2, "orderings.shop has no 'pairs'"),
    ("orderings:\n  shop: {milestones: {a: []}, pairs: []}", 2, "orderings.shop.pairs is empty, and not a list of pairs"),
    ("gap-map: /etc/gaps.md", 1, "gap-map '/etc/gaps.md' is not a relative path with '/' between names"),
    ("gap-map: ~/gaps.md", 1, "gap-map '~/gaps.md' is not a relative path"),
    ("gap-map: 'C:/gaps.md'", 1, "gap-map 'C:/gaps.md' is not a relative path"),
    ("gap-map: https://example.org/gaps.md", 1, "gap-map 'https://example.org/gaps.md' is not a relative path"),
    ("gap-map: ''", 1, "gap-map '' is not a relative path"),
    ("gap-map: 7", 1, "gap-map 7 is not a relative path with '/' between names; put it in quotes"),
    ("vocabulary: [Phase]", 1, "vocabulary is a list, and not a table of keys"),
    ("vocabulary:\n  stage-word: []", 2, "unknown key 'stage-word'; did you mean 'stage-words'?"),
    ("vocabulary:\n  stage-words: Phase", 2, "vocabulary.stage-words 'Phase' is not a list of words"),
    ("vocabulary:\n  stage-words:\n  - Phase\n  - No", 4, "vocabulary.stage-words[1] false is not a word or a few,"),
    ("vocabulary:\n  stage-words: ['']", 2, "vocabulary.stage-words[0] '' is not a word or a few"),
    ("vocabulary:\n  layers: 3", 2, "vocabulary.layers 3 is not a list of layers, or a table"),
    ("vocabulary:\n  layers: {' ': []}", 2, "vocabulary.layers.' ' ' ' is not a word or a few"),
    ("vocabulary:\n  layers: {queue: [Data]}", 2, "vocabulary.layers.queue[0] 'Data' would mean both 'data'"),
    ("vocabulary:\n  labels: []", 2, "vocabulary.labels is empty, and not a table of field labels"),
    ("vocabulary:\n  labels:\n    estimated-effort: []", 3, "'estimated-effort' is none of the field labels; did you"),
    ("vocabulary:\n  labels: {Risk: [rollback]}", 2, "vocabulary.labels.Risk[0] 'rollback' would mean both"),
    ("vocabulary:\n  risks: {critical: []}", 2, "'critical' is none of the risks; known are: low, medium, high"),
    ("vocabulary:\n  risks: {medium: [P1], high:\n   [p1]}", 3, "vocabulary.risks.high[0] 'p1' would mean both"),
    ("vocabulary:\n  hours-per-day: 0", 2, "vocabulary.hours-per-day 0 is not a number above 0 and up to 24"),
    ("vocabulary:\n  hours-per-day: 24.5", 2, "vocabulary.hours-per-day 24.5 is not a number above 0 and up to 24"),
    ("vocabulary:\n  hours-per-day: .nan", 2, "vocabulary.hours-per-day nan is not a number"),
    ("vocabulary:\n  hours-per-day: true", 2, "vocabulary.hours-per-day true is not a number"),
    (f"vocabulary:\n  hours-per-day: 1{'0' * 400}", 2, "vocabulary.hours-per-day 1000"),
    ("vocabulary:\n  stage-kinds: {cleanup: []}", 2, "'cleanup' is none of the kinds of stages; did you mean 'clean up'?"),
    ("vocabulary:\n  stage-kinds: {verify: [x], monitor: [X]}", 2, "vocabulary.stage-kinds.monitor[0] 'X' would mean both"),
    ("vocabulary:\n  coupled-pairs: [code]", 2, "vocabulary.coupled-pairs[0] 'code' is not two layers such as"),
    ("vocabulary:\n  coupled-pairs: [code/data/config]", 2, "vocabulary.coupled-pairs[0] 'code/data/config' is not two"),
    ("vocabulary:\n  coupled-pairs:\n  - code/dat", 3, "vocabulary.coupled-pairs[0] names 'dat', which is no layer; did"),
    ("vocabulary:\n  coupled-pairs: [queue/code]", 2, "vocabulary.coupled-pairs[0] names 'queue', which is no layer; vocab"),
    ("vocabulary:\n  coupled-pairs: [code/Code]", 2, "vocabulary.coupled-pairs[0] pairs 'code' with itself"),
    (
        "overrides:\n- files: [a]\n  vocabulary: {coupled-pairs: [code/quue]}\nvocabulary: {layers: [queue]}",
        3,
        "overrides[0].vocabulary.coupled-pairs[0] names 'quue', which is no layer; did you mean 'queue'?",
    ),
    ("vocabulary:\n  working-days: 5", 2, "vocabulary.working-days 5 is not a list of weekdays"),
    ("vocabulary:\n  working-days: []", 2, "vocabulary.working-days is empty, and not a list of weekdays"),
    ("vocabulary:\n  working-days:\n  - mon\n  - Tuesday", 4, "vocabulary.working-days[1] 'Tuesday' is not one of:"),
    ("vocabulary:\n  date-order: month", 2, "vocabulary.date-order 'month' is not one of: day-month,"),
    ("rules: [unknown-risk]", 1, "rules is a list, and not a table of rules and their options"),
    ("rules:\n  unknown-rsk: {}", 2, "unknown rule 'unknown-rsk'; did you mean 'unknown-risk'?"),
    ("rules:\n  unknown-risk: true", 2, "rules.unknown-risk true is not a table of options"),
    ("rules:\n  unknown-risk:\n    at-lest: 3", 3, "unknown key 'at-lest'; did you mean 'at-least'?"),
    ("rules:\n  unknown-risk:\n    at-least: 3.5", 3, "rules.unknown-risk.at-least 3.5 is not a whole number"),
    ("rules:\n  unknown-risk: {allow-openly: 1}", 2, "rules.unknown-risk.allow-openly 1 is not true or false"),
    ("rules:\n  unknown-risk: {share: half}", 2, "rules.unknown-risk.share 'half' is not a number"),
    ("rules:\n  unknown-risk: {share: .inf}", 2, "rules.unknown-risk.share inf is not a number"),
    ("rules:\n  unknown-risk: {wording: 3}", 2, "rules.unknown-risk.wording 3 is not text; put it in quotes"),
    ("rules:\n  unknown-risk: {extra-words: two}", 2, "rules.unknown-risk.extra-words 'two' is not a list of words"),
    ("overrides: {}", 1, "overrides is a table, and not a list of tables"),
    ("overrides: [a]", 1, "overrides[0] 'a' is not a table of keys"),
    ("overrides:\n- files: [a]\n- ignore: []", 3, "overrides[1] has no 'files', a list of patterns"),
    ("overrides:\n- files: []", 2, "overrides[0].files is empty, and not a list of patterns"),
    ("overrides:\n- files: ['a']\n  fail-on: info", 3, "'fail-on' holds for the whole run, and has no place"),
    ("overrides:\n- files: ['a']\n  overrides: []", 3, "'overrides' holds for the whole run, and has no place"),
    ("overrides:\n- files: ['a']\n  ignore:\n  - zzz", 4, "unknown rule 'zzz'"),
    ("fail-on: a\nfail-on: b", 2, "'fail-on' stands twice in one table"),
    ("ignore: []\nignore: []", 2, "'ignore' stands twice in one table"),
    ("ignore: !!python/tuple []", 1, "tag '!!python/tuple' has no place here; write the plain value"),
    ("? [a]\n: b", 1, "a list or a table is no key"),
    ("- a", 1, "a configuration is a table of keys, such as fail-on: error"),
    ("text", 1, "a configuration is a table of keys, such as fail-on: error"),
]  # fmt: skip


@pytest.mark.usefixtures("some_options")
@pytest.mark.parametrize(("text", "line", "message"), FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    (error,) = errors_of(tmp_path, text)
    assert error.startswith(f"c.yaml:{line}: {message}")


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ("eror", "'eror' is not one of: error, warning, info; did you mean 'error'?"),
        ("off", "turns the rule off; put the rule into 'ignore' for that"),
    ],
)
def test_the_end_of_a_message_names_the_way_out(tmp_path: Path, severity: str, said: str) -> None:
    assert errors_of(tmp_path, f"severity: {{gap-order: {severity}}}") == [f"c.yaml:1: severity.gap-order {said}"]


@pytest.mark.usefixtures("some_options")
@pytest.mark.parametrize("text", ["0b_", "9" * 5000, "1" + ":1" * 300 + ".5"])
def test_what_is_too_odd_for_a_number_is_text(tmp_path: Path, text: str) -> None:
    config = yaml_config(tmp_path, f"rules: {{unknown-risk: {{wording: {text}}}}}")
    assert config.rule_options["unknown-risk"].wording == text


def test_yaml_keeps_keys_and_dates_as_the_text_that_they_are(tmp_path: Path) -> None:
    config = yaml_config(tmp_path, "gap-map: 2026-02-30\nvocabulary: {layers: {on: [], 1: [2026-01-01]}}\n")
    assert config.gap_map == "2026-02-30"
    assert config.vocabulary.layers == {"on": (), "1": ("2026-01-01",)}


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = """\
[project]
name = "plan"

[tool.lint-migration-plan]
plans-only = "yes"
select = [
  "stages", # ]
  "unknwon-risk",
]
[tool.lint-migration-plan.vocabulary]
labels = { Rsk = ["Danger"] }

[[tool.lint-migration-plan.overrides]]
files = ["a.md"]
[[tool.lint-migration-plan.overrides]]
files = ["b.md"]
severity.gap-order = "fatal"
"""
    assert errors_of(tmp_path, text, "pyproject.toml") == [
        "pyproject.toml:5: plans-only 'yes' is not true or false",
        "pyproject.toml:8: unknown rule 'unknwon-risk'; did you mean 'unknown-risk'?",
        "pyproject.toml:11: 'Rsk' is none of the field labels; did you mean 'Risk'?",
        "pyproject.toml:17: overrides[1].severity.gap-order 'fatal' is not one of: error, warning, info",
    ]


def test_messages_keep_the_house_style() -> None:
    for _, _, message in FAULTS:
        assert not re.search(r"\b(invalid|please)\b|\.$|^[A-Z]", message)


@pytest.mark.usefixtures("some_options")
def test_options_are_read_by_the_fields_of_their_class(tmp_path: Path) -> None:
    config = yaml_config(
        tmp_path,
        "rules:\n"
        "  unknown-risk: {allow-openly: true, at-least: 3, share: 1, wording: '', extra-words: [a, b]}\n"
        "  gap-order: {at-least: 4}\n"
        "overrides:\n"
        "- {files: ['*.md'], rules: {gap-order: {share: 0.25}, unknown-layer: {at-least: 5}}}\n",
    )
    assert config.rule_options == {
        "unknown-risk": SomeOptions(allow_openly=True, at_least=3, share=1.0, wording="", extra_words=("a", "b")),
        "gap-order": SomeOptions(at_least=4),
    }
    assert config.for_file(f"{tmp_path}/a.md").rule_options == {
        **config.rule_options,
        "gap-order": SomeOptions(at_least=4, share=0.25),
        "unknown-layer": SomeOptions(at_least=5),
    }


def test_an_option_of_another_type_is_a_mistake_of_the_rule() -> None:
    @dataclass
    class Unreadable:
        anything: bytes = b""

    with pytest.raises(TypeError, match=r"Unreadable\.anything"):
        rule_options.options_of(Unreadable)


def test_a_rule_without_options_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lint_migration_plan.lint.rule import NoOptions

    monkeypatch.setattr(tables, "options_class", lambda _: NoOptions)
    assert errors_of(tmp_path, "rules:\n  unknown-risk: {loud: true}\n") == [
        "c.yaml:2: rule unknown-risk has no options, but 'loud' is given"
    ]
    assert yaml_config(tmp_path, "rules: {unknown-risk: {}}").rule_options == {"unknown-risk": NoOptions()}


def test_the_settings_and_the_declarations_name_the_same_things() -> None:
    places = {"root", "file", "origins", "beneath", "command_line"}
    assert {key.attribute for key in TOP.keys} == {field.name for field in fields(Config)} - places
    assert {key.attribute for key in VOCABULARY.keys} == {field.name for field in fields(VocabularySettings)}
    assert {key.attribute for key in plan_table(()).keys} == set(PlanSettings._fields)


def test_the_words_are_the_guides() -> None:
    from lint_migration_plan.plan.terms import FieldName, Risk

    assert [name.value for name in FieldName] == list(FIELD_LABELS)
    assert [str(risk) for risk in Risk] == list(RISKS)
    assert {severity.value for severity in Severity} == set(SEVERITIES)
    assert len(LAYERS) == 6
    assert len(WEEKDAYS) == 7
    assert len(PLAN_TYPES) == 3


def test_settings_can_be_sent_to_another_process(tmp_path: Path) -> None:
    config = yaml_config(tmp_path, "overrides:\n- {files: [a], ignore: [gaps]}\n").with_command_line(ignore=["order"])
    copy: Any = pickle.loads(pickle.dumps(config))  # noqa: S301 - our own
    assert copy == config
    assert copy.for_file(f"{tmp_path}/a") == config.for_file(f"{tmp_path}/a")
    with pytest.raises(ConfigError) as caught:
        config.with_command_line(ignore=["x"])
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("settings", {"yaml", "tomllib", "json", "pathlib", "argparse", "difflib", "markdown_it"}),
        ("discover", {"yaml", "tomllib", "json", "pathlib", "argparse", "difflib", "lint_migration_plan.config.keys"}),
        ("front_matter", {"yaml", "json", "lint_migration_plan.config.keys"}),
        ("read", {"yaml", "tomllib", "markdown_it"}),
    ],
)
def test_a_start_imports_no_more_than_it_needs(module: str, heavy: set[str]) -> None:
    program = f"import sys, lint_migration_plan.config.{module}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-S", "-E", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not heavy & set(run.stdout.split())
