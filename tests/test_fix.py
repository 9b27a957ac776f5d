"""Mending a text: to the end, whole fixes only, and no other byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan import Config, fix_text, lint_text
from lint_migration_plan.lint import fixer, registry
from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Scope, Severity, Violation
from lint_migration_plan.lint.runner import judge_text
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.terms import REQUIRED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lint_migration_plan.lint.rule import AnyRule
    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lint.subject import File

    Check = Callable[[str], Iterator[Violation]]
    Install = Callable[[Check], Config]


#: What the tests are kept from calling.
WENT_ROUND = fixer.went_round


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Give a function that puts a check of texts in the place of a rule, and makes a configuration that runs it."""

    def install(check: Check) -> Config:
        def of_file(file: File, _options: NoOptions) -> Iterator[Violation]:
            return check(file.document.source.text)

        made: AnyRule = Rule("not-a-plan", "Made up.", Severity.ERROR, NoOptions, of_file, Scope.FILE)
        monkeypatch.setattr(registry, "load", lambda _rule_id: made)
        return Config().with_command_line(select=["not-a-plan"], ignore=["unreadable-file"])

    return install


def replace(text: str, old: str, new: str, *, safe: bool = True) -> Iterator[Violation]:
    start = text.find(old)
    if start >= 0:
        span = Span(start, start + len(old))
        yield Violation(span, "wrong", fix=Fix("mend", (Edit(span, new),), safe))


def test_mending_goes_on_until_nothing_is_left(rule: Install) -> None:
    config = rule(lambda text: replace(text, "aa", "a"))
    assert fix_text("aaaaaaa b aaa", config=config) == "a b a"


def test_an_unsafe_fix_waits_to_be_asked_for(rule: Install) -> None:
    config = rule(lambda text: replace(text, "a", "b", safe=False))
    assert fix_text("a", config=config) == "a"
    assert fix_text("a", config=config, unsafe=True) == "b"


def test_safe_fixes_are_all_made_before_an_unsafe_one(rule: Install) -> None:
    def check(text: str) -> Iterator[Violation]:
        yield from replace(text, "ab", "x", safe=False)
        yield from replace(text, "b", "c")

    assert fix_text("ab", config=rule(check), unsafe=True) == "ac"


def test_fixes_that_meet_are_not_applied_together(rule: Install) -> None:
    def check(text: str) -> Iterator[Violation]:
        # Each would take the other's letter along.
        yield from replace(text, "ab", "x")
        yield from replace(text, "bc", "y")

    assert fix_text("abc", config=rule(check)) == "xc"


def test_a_fix_is_applied_whole_or_not_at_all(rule: Install) -> None:
    def check(text: str) -> Iterator[Violation]:
        yield from replace(text, "b", "x")
        if text.startswith("abc"):
            edits = (Edit(Span(0, 1), "1"), Edit(Span(1, 2), "2"))
            yield Violation(Span(2, 3), "wrong", fix=Fix("mend", edits))

    assert fix_text("abc", config=rule(check)) == "axc"


def test_two_insertions_at_one_place_wait_for_one_another(rule: Install) -> None:
    def check(text: str) -> Iterator[Violation]:
        for word in ("one ", "two "):
            if word not in text:
                yield Violation(Span(0, 1), "wrong", fix=Fix("insert", (Edit(Span(0, 0), word),)))

    assert fix_text("end", config=rule(check)) == "two one end"


def test_fixes_that_undo_one_another_are_said_to(rule: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixer, "went_round", WENT_ROUND)
    config = rule(lambda text: replace(text, "a", "b") if "a" in text else replace(text, "b", "a"))

    def judge(text: str) -> Judgement:
        return judge_text(text, "a.md", config)

    fixed = fixer.mend(judge("a"), judge, unsafe=False)
    assert (fixed.text, fixed.applied) == ("b", 1)
    assert fixed.judgement.diagnostics[0].rule == "internal-error"
    assert "undo one another" in fixed.judgement.diagnostics[0].message


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_is_inserted_ends_its_lines_as_the_file_does(rule: Install, newline: str) -> None:
    text = f"\ufeff# T{newline}a\t {newline}{newline}"
    config = rule(lambda text: replace(text, "a", "b\nc"))
    assert fix_text(text, config=config) == f"\ufeff# T{newline}b{newline}c\t {newline}{newline}"


def test_the_places_of_a_habit_are_mended_by_one_fix_and_those_that_are_suppressed_are_not(
    rule: Install,
) -> None:
    def check(text: str) -> Iterator[Violation]:
        starts = [index for index, char in enumerate(text) if char == "Q"]
        places = [Place(Span(at, at + 1), "Q", Fix("mend", (Edit(Span(at, at + 1), "q"),))) for at in starts]
        if places:
            first, *others = places
            yield Violation(first.span, "Q", alike=tuple(others), fix=first.fix)

    config = rule(check)
    diagnostic = lint_text("Q\n\nQ\n", config=config)[0]
    assert diagnostic.fix is not None
    assert [(at.line, text) for at, text in diagnostic.fix.replacements] == [(1, "q"), (3, "q")]
    comment = "<!-- lint-migration-plan: ignore[not-a-plan] -- kept -->"
    text = f"{comment}\nQ\n\nQ\n\n{comment}\n\nQ\n"
    assert fix_text(text, config=config) == f"{comment}\nQ\n\nq\n\n{comment}\n\nQ\n"


def test_why_there_is_no_fix_is_said_where_there_is_none(rule: Install) -> None:
    config = rule(lambda _text: iter([Violation(Span(0, 1), "wrong", fix=NoFix("it has two meanings"))]))
    (diagnostic,) = lint_text("a", config=config)
    assert diagnostic.fix is None
    assert diagnostic.no_fix == "it has two meanings"


def test_a_fix_that_only_adds_does_not_go_on_for_ever(rule: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixer, "went_round", WENT_ROUND)
    monkeypatch.setattr(fixer, "_MOST_ROUNDS", 5)
    config = rule(lambda text: replace(text, "a", "ab"))
    fixed = fix_text("a", config=config)
    assert fixed == "a" + "b" * 5


@pytest.mark.parametrize("word", ["Sprint", "Phase", "Stage"])
def test_stages_get_their_words_and_numbers_before_anything_is_put_in(word: str) -> None:
    text = f"## Migration: X\n\n### {word} 2: A\n\n- x\n\n### {word} 3: B\n\n- y\n"
    at_once = fix_text(text, unsafe=True)
    assert at_once == fix_text(fix_text(text), unsafe=True)
    assert [line for line in at_once.splitlines() if line.startswith("### Stage")] == [
        *("### Stage 1 — A", "### Stage 2 — B"),
    ]
    assert at_once.count('**Dependencies**: Stage N-1 (or "none")') == 2
    assert {each.rule for each in lint_text(at_once)} == {"placeholder-text"}


def test_fields_are_put_in_order_before_others_are_put_among_them() -> None:
    text = "## Migration: M\n\n### Stage 1 — A\n\n**Estimated effort**: 4h\n**Risk**: low\n**Layers affected**: code\n"
    config = Config().with_command_line(select=["missing-stage-field", "unordered-stage-fields"])
    lines = fix_text(text, config=config, unsafe=True).splitlines()
    labels = [line.split("**")[1] for line in lines if line.startswith("**")]
    assert labels == [name.value for name in REQUIRED_FIELDS]
