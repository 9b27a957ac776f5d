"""Fingerprints: they stay when only the form changes, and change when the words do that are complained of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import mdformat
import pytest

from hostile.targets import EVERY_RULE
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.fingerprint import plain
from lint_migration_plan.lint.fixer import mend
from lint_migration_plan.lint.runner import Judgement, judge_text
from lint_migration_plan.lint.sieve import Key, Known
from program import BAD
from test_properties import PLANS

if TYPE_CHECKING:
    from pathlib import Path

#: The others have nothing to tell apart.
INVALID = [path for path in PLANS if not path.stem.startswith("valid")]
TEXT = BAD.decode("utf-8")


def judge(text: str, config: Config = EVERY_RULE) -> Judgement:
    return judge_text(text, "plan.md", config, known=Known())


def keys(text: str, *rules: str) -> set[Key]:
    marks = judge(text, Config().with_command_line(select=rules) if rules else EVERY_RULE).marks
    found = {mark.key for mark in marks}
    assert len(found) == len(marks), "each place has a key of its own"
    return found


def test_nobody_pays_for_what_nobody_asked_for() -> None:
    judgement = judge_text(TEXT, "plan.md", EVERY_RULE)
    assert judgement.marks == ()
    assert {diagnostic.fingerprint for diagnostic in judgement.diagnostics} == {""}


def test_a_diagnostic_has_the_fingerprint_of_its_first_place() -> None:
    judgement = judge("## Migration: x\n\n" + "".join(f"### Stage {n} - Name {n}\n\n" for n in (1, 2)))
    (habit,) = (each for each in judgement.diagnostics if each.rule == "stage-heading")
    assert Key("stage-heading", habit.fingerprint) == next(
        mark.key for mark in judgement.marks if mark.key.rule == "stage-heading"
    )
    assert re.fullmatch(r"[0-9a-f]{16}", habit.fingerprint)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_only_has_another_form_is_the_same(path: Path) -> None:
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    expected = keys(text)
    assert keys(text.replace("\n", "\r\n")) == expected
    if not text.startswith("---\n"):
        assert keys("---\ntitle: A plan\n---\n\n\n" + text) == expected
    # mdformat closes a fence that is open, and what stands below it is another plan then.
    if "extra-cells" not in path.stem and "nested" not in path.stem and path.parent.name != "unclosed-fence":
        assert keys(mdformat.text(text, extensions={"gfm", "frontmatter"})) == expected


PARTLY = {
    path for path in INVALID if (path.parent.name, path.stem) == ("unordered-stage-fields", "invalid-rollback-on-top")
}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_is_left_after_mending_was_there_before(path: Path) -> None:
    before = judge(path.read_bytes().decode("utf-8"))
    after = mend(before, judge, unsafe=True).judgement
    new = {mark.key for mark in after.marks} - {mark.key for mark in before.marks}
    # What a skeleton leaves open is new, and so are the words of an order that a sub-heading keeps from being whole.
    expected = {"placeholder-text", "unordered-stage-fields"} if path in PARTLY else {"placeholder-text"}
    assert {key.rule for key in new} <= expected


def test_lines_and_paragraphs_elsewhere_change_nothing() -> None:
    expected = keys(TEXT)
    assert keys(TEXT.replace("### Motivation\n", "### Motivation\n\nOne more.\n\n- And a list\n", 1)) == expected
    assert (
        keys(TEXT.replace("\n**Risk**: Meduim", "\n<!-- a note -->\n\n**Risk**: Meduim <!-- here too -->")) == expected
    )


RENUMBERED = """\
## Migration: x

{first}
### Stage {one} — Prepare

**Risk**: hihg
**Dependencies**: none

### Stage {two} — Switch

**Risk**: medium
**Dependencies**: Stage {one}, the vendor

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| One | low | 1h | {two} and 9 | |

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|-------|----------------|--------------|---------------|
| {one} | `a` | b | |
| Stage {two} | | b | c |
"""


def test_other_numbers_of_stages_change_nothing() -> None:
    rules = (
        "unknown-risk",
        "unreadable-dependency",
        "incomplete-verification",
        "unknown-gap-stage",
    )
    before = keys(RENUMBERED.format(first="", one=1, two=2), *rules)
    first = "### Stage 1 — Talk\n\n**Risk**: low\n**Dependencies**: none\n"
    after = keys(RENUMBERED.format(first=first, one=2, two=3), *rules)
    assert {key.rule for key in before} == set(rules)
    assert before == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Meduim", "hihg"),
        ("Backups of the machines run every night", "Backups of the machines run on Sundays"),
    ],
)
def test_other_words_are_something_else(old: str, new: str) -> None:
    before, after = keys(TEXT), keys(TEXT.replace(old, new))
    assert len(before) == len(after) == len(before & after) + 1


def test_the_same_words_in_another_stage_or_field_are_something_else() -> None:
    plan = "## Migration: x\n\n### Stage 1 — A\n\n{}\n\n### Stage 2 — B\n\n{}\n"
    risk = [keys(plan.format(*words), "unknown-risk") for words in (("**Risk**: hihg", ""), ("", "**Risk**: hihg"))]
    assert not risk[0] & risk[1]
    open_fields = ("**Risk**: TBD", "**Estimated effort**: TBD")
    left = [keys(plan.format(words, ""), "placeholder-text") for words in open_fields]
    assert not left[0] & left[1]


def test_like_places_are_told_apart() -> None:
    items = "## Migration: x\n\n### Stage 1 — A\n\n**Changes**:\n\n- TBD\n- TBD\n{}"
    two, three = (keys(items.format(more), "placeholder-text") for more in ("", "- TBD\n"))
    assert (len(two), len(three)) == (2, 3)
    assert two < three


def test_a_reader_sees_what_a_key_is_about() -> None:
    assert {(mark.key.rule, mark.about) for mark in judge(TEXT).marks} == {
        ("unknown-risk", "stage 'Move the configuration', Risk: 'Meduim'"),
        ("untested-rollback", "stage 'Switch the traffic', Rollback tested: 'no'"),
        (
            "unassigned-gap",
            "Gap → Stage Mapping, Backups of the machines run every night: 'Backups of the machines run every night'",
        ),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("* **Risk**:\u0020 low", "- __risk:__ low"),
        ("1. One\n1. Two", "1) One\n2) Two"),
        ("| a | b |", "|a|  b  |"),
        ("2*3 &copy;", "2\\*3 ©"),
        ("one\ntwo", "one two"),
        ("```\nx\n```", "    x"),
        ("low <!-- ignore -->", "low"),
        ("[X] Done", "[x] Done"),
    ],
)
def test_form_is_left_out(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.5 h", "15 h"), ("a/b", "ab"), ("5%", "5"), ("é", "e"), ("<!-- a -->", "")]
)
def test_words_are_not(one: str, other: str) -> None:
    assert plain(one) != plain(other)
