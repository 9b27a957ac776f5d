"""The settings in a plan's front matter, beside whatever other tools keep there."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.config.front_matter import FrontMatterError, read_front_matter
from lint_migration_plan.config.settings import PlanSettings
from lint_migration_plan.markdown.source import Source

NOTHING = PlanSettings()

READ = [
    ("", NOTHING),
    ("\n \n", NOTHING),
    ("# only a comment\n", NOTHING),
    ("null", NOTHING),
    ("title: Move\ndate: 2026-03-01\ndraft: false\ntags: [a, b]\naliases:\n- x\nweight: 010\nempty:\n", NOTHING),
    ("date: 2026-02-30\nsize: 0b_\n", NOTHING),  # not even a date or a number, but none of our business
    ("title: {{ title }}\n", NOTHING),
    ("author: !hugo x\nwho: !!python/object/apply:os.system [ls]\n", NOTHING),
    ("a: 1\na: 2\n", NOTHING),
    ("1: a\n2026-01-01: b\n? [x]\n: c\n", NOTHING),
    ("migration-plan:\n", NOTHING),
    ("migration-plan: null\n", NOTHING),
    ("migration-plan: {}\n", NOTHING),
    ("migration-plan: {type: platform}", PlanSettings("platform")),
    ("t: x\r\nmigration-plan:\r\n  type: 'platform'\r\n  gap-map: ../a.md\r\n", PlanSettings("platform", "../a.md")),
    ('"migration-plan": {"gap-map": "my gaps.md"}', PlanSettings(None, "my gaps.md")),
    ("x: &x {type: platform, gap-map: a}\nmigration-plan: {<<: *x, gap-map: b}", PlanSettings("platform", "b")),
    ("<<: {migration-plan: {type: platform}}", PlanSettings("platform")),
    ("x: &x platform\nmigration-plan: {type: *x}", PlanSettings("platform")),
]  # fmt: skip


@pytest.mark.parametrize("c_loader", [True, False])
@pytest.mark.parametrize(("content", "settings"), READ)
def test_settings_are_read(
    content: str, settings: PlanSettings, monkeypatch: pytest.MonkeyPatch, *, c_loader: bool
) -> None:
    if not c_loader:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert read_front_matter(content) == settings


def test_a_type_may_name_a_teams_own_ordering() -> None:
    assert read_front_matter("migration-plan: {type: shop}", ["shop"]) == PlanSettings("shop")
    error = read_front_matter("migration-plan: {type: shpo}", ["shop"])
    assert isinstance(error, FrontMatterError)
    assert error.message.endswith("one of: dependency-upgrade, platform, database-upgrade, shop; did you mean 'shop'?")


WRONG = [
    # content, line and columns, message
    ("a: 1\nmigration-plan:\n  typ: platform\n", (2, 2, 5), "unknown key 'typ'; did you mean 'type'?"),
    ("migration-plan: {vocabulary: {}}", (0, 17, 27), "unknown key 'vocabulary'; known are: type, gap-map"),
    ("migration-plan:\n  type: platfrom  # no\n", (1, 8, 16), "migration-plan.type 'platfrom' is not one of: "),
    ("migration-plan: {type: [platform]}", (0, 23, 33), "migration-plan.type is a list, and not one of: "),
    ("migration-plan: {type: }", (0, 23, None), "migration-plan.type is empty, and not one of: dependency-upgrade,"),
    ("migration-plan: {gap-map: 3}", (0, 26, 27), "migration-plan.gap-map 3 is not a relative path"),
    ("migration-plan:\n  gap-map: /etc/x\n", (1, 11, 17), "migration-plan.gap-map '/etc/x' is not a relative path"),
    ("migration-plan: platform", (0, 16, 24), "migration-plan 'platform' is not a table of keys"),
    ("migration-plan: [a,\n  b]", (0, 16, None), "migration-plan is a list, and not a table of keys"),
    ("migration-plan: {typ: 1, type: 2}", (0, 17, 20), "unknown key 'typ'"),
    ("migration-plan: {}\nx: 1\nmigration-plan: {}", (2, 0, 14), "'migration-plan' stands twice in the front matter"),
    ("migration-plan:\n  type: platform\n  type: platform", (2, 2, 6), "'type' stands twice in one table"),
    ("migration-plan: {type: !!str platform}", (0, 23, 37), "tag '!!str' has no place here; write the plain value"),
    ("migration-plan: !!python/name:os.system", (0, 16, 39), "tag '!!python/name:os.system' has no place here"),
    ("migration-plan: {? [a] : b}", (0, 19, 22), "a list or a table is no key"),
    ("- a\n- b", (0, 0, None), "front matter is a list, and not keys with values"),
    ("\nJust a line.", (1, 0, None), "front matter is text, and not keys with values"),
    ("title: Migration: Django 5", (0, 16, None), "front matter is not YAML: a second ': ' in one value;"),
    ("a: 1\n\tb: 2", (1, 0, None), "front matter is not YAML: a tab stands where only spaces may"),
    ("a: [1", (0, 5, None), "front matter is not YAML: "),
    ("a: 'b", (0, 5, None), "front matter is not YAML: "),
    ("a: @b", (0, 3, None), "front matter is not YAML: found character"),
    ("a: b\x07c", (0, 4, None), "front matter is not YAML: the character U+0007 has no place in it"),
    ("a:\n- \ud800", (1, 2, None), "front matter is not YAML: the character U+D800 has no place in it"),
    ("a: *b", (0, 3, None), "front matter is not YAML: alias '*b' has no anchor"),
    ("a: &b [*b]", (0, 7, None), "front matter: alias '*b' stands inside of what it repeats"),
    ("a: b\n--- c\n", (1, 0, None), "front matter: a second YAML document starts; only one is read"),
    ("é: \U0001f600\nä: 'x'\nmigration-plan: {'🙂': 1}", (2, 17, 20), "unknown key '🙂'; known are: type, gap-map"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "place", "message"), WRONG)
def test_what_is_wrong_is_told_with_its_place(content: str, place: tuple[int, int, int | None], message: str) -> None:
    error = read_front_matter(content)
    assert isinstance(error, FrontMatterError)
    assert error.message.startswith(message)
    if "not YAML: found" not in message and not message.endswith("not YAML: "):
        assert error[1:] == place
    assert error.line == place[0]
    if error.message.startswith("front matter is not YAML"):
        assert "invalid" not in error.message


def aliases(levels: int) -> str:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level + 1}: &a{level + 1} [{', '.join([f'*a{level}'] * 9)}]" for level in range(levels)]
    return "\n".join([*lines, f"migration-plan: *a{levels}"])


def merges(levels: int) -> str:
    lines = ["a0: &a0 {type: platform}"]
    lines += [f"a{level + 1}: &a{level + 1}\n  <<: [*a{level}, *a{level}]" for level in range(levels)]
    return "\n".join([*lines, f"migration-plan: *a{levels}"])


@pytest.mark.parametrize("c_loader", [True, False])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (aliases(30), "front matter: holds more than 100000 values"),
        (merges(30), "front matter: holds more than 100000 values"),
        ("a: " + "[" * 5000, "front matter: nested deeper than 64 levels"),
        ("a: " + "{a: " * 5000, "front matter: nested deeper than 64 levels"),
        ("- " * 5000, "front matter: nested deeper than 64 levels"),
        ("x" * 300000, "front matter is longer than 256 KiB, the most that is read"),
        ("? " * 50000, "front matter: nested deeper than 64 levels"),
    ],
)
def test_a_bomb_is_told_in_time(content: str, message: str, monkeypatch: pytest.MonkeyPatch, *, c_loader: bool) -> None:
    if not c_loader:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    start = time.perf_counter()
    error = read_front_matter(content)
    assert time.perf_counter() - start < 5
    assert isinstance(error, FrontMatterError)
    assert error.message == message


def test_much_that_is_wrong_is_told_in_time() -> None:
    start = time.perf_counter()
    error = read_front_matter("migration-plan:\n" + "".join(f"  typ{number}: 1\n" for number in range(15000)))
    assert time.perf_counter() - start < 5
    assert error == FrontMatterError("unknown key 'typ0'; did you mean 'type'?", 1, 2, 6)


def test_a_small_bomb_is_no_bomb() -> None:
    assert read_front_matter(merges(10)) == PlanSettings("platform")


ANYTHING = st.text(max_size=80) | st.text(alphabet="migrat-pln:type{}[]&*!<>|'\" \n\r\t#~\x85\u2028\ufeff", max_size=80)


@given(before=ANYTHING, value=ANYTHING, loader=st.booleans())
def test_any_text_is_read_or_told(before: str, value: str, *, loader: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not loader:
            patch.delattr(yaml, "CSafeLoader", raising=False)
        for content in (before, f"{before}\nmigration-plan: {value}", f"migration-plan:\n  type: {value}\n"):
            told = read_front_matter(content)
            if isinstance(told, FrontMatterError):
                lines = Source(content).lines
                assert "\n" not in told.message
                assert 0 <= told.line < len(lines)
                assert told.column is not None
                assert 0 <= told.column <= len(lines[told.line])
                assert told.end_column is None or told.column < told.end_column <= len(lines[told.line])
