"""Patterns that are compiled late find what they would find at once."""

from __future__ import annotations

import re
from itertools import product
from re import _constants as op
from re import _parser as parser
from typing import TYPE_CHECKING, Any

import pytest

from hostile.patterns import collect
from lint_migration_plan.plan.values import lazy_pattern
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stands in an outline for any text at all.
ANY = "\0"


def outlines(items: Iterable[Any], flags: int, needs: tuple[str, ...]) -> set[str]:
    """Give the outlines of what a parsed expression matches, without those that hold one of the needs."""
    known = {""}
    for item in items:
        further = _outlines_of(item, flags, needs)
        known = {_short(one + other) for one, other in product(known, further)}
        known = {outline for outline in known if not any(need in outline for need in needs)}
        assert len(known) < 50_000, "too many ways to match to prove anything"
    return known


def _short(outline: str) -> str:
    return re.sub(f"{ANY}+", ANY, outline)


def _outlines_of(item: tuple[Any, Any], flags: int, needs: tuple[str, ...]) -> set[str]:
    code, argument = item
    if code is op.LITERAL:
        # Which letters are alike under IGNORECASE is a science; none is relied on.
        return {ANY if flags & re.IGNORECASE and chr(argument).isalpha() else chr(argument)}
    if code is op.IN:
        if all(kind is op.LITERAL for kind, _ in argument):
            return {outline for one in argument for outline in _outlines_of(one, flags, needs)}
        return {ANY}
    if code is op.ASSERT:
        # What is looked at stands in the text too, but not where the rest of the match does.
        return {""} if outlines(argument[1], flags, needs) else set()
    if code in {op.AT, op.ASSERT_NOT}:
        return {""}
    if code is op.BRANCH:
        return set().union(*(outlines(branch, flags, needs) for branch in argument[1]))
    if code is op.SUBPATTERN:
        _, added, removed, inner = argument
        return outlines(inner, (flags | added) & ~removed, needs)
    if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        least, most, inner = argument
        if not least:
            return {"", *(outlines(inner, flags, needs) if most == 1 else {ANY})}
        surely = outlines([*inner] * min(least, 3), flags, needs)
        return surely if most == least <= 3 else {f"{outline}{ANY}" for outline in surely}
    return {ANY}


def misses(pattern: str, flags: int, needs: tuple[str, ...]) -> set[str]:
    """Give what an expression may match without any of its needs."""
    parsed = parser.parse(pattern, flags)
    return outlines(parsed, parsed.state.flags, needs)


def test_each_match_holds_one_of_the_needs() -> None:
    told = [(found, needs) for found in collect() for needs in found.needs]
    assert len(told) > 50
    wrong = {
        (found.pattern, needs): left for found, needs in told if (left := misses(found.pattern, found.flags, needs))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("pattern", "flags", "needs"),
    [
        ("ab|cd", 0, ("ab",)),
        ("(?:ab)?c", 0, ("ab",)),
        ("(?:ab)*", 0, ("ab",)),
        ("(?!ab)c", 0, ("ab",)),
        ("a.b", 0, ("ab",)),
        ("ab", re.IGNORECASE, ("ab",)),
        ("(?i:ab)", 0, ("ab",)),
        ("[ab]", 0, ("a",)),
        ("[^a]", 0, ("a",)),
        (r"(a)|\1", 0, ("a",)),
    ],
)
def test_what_may_match_without_its_needs_is_told(pattern: str, flags: int, needs: tuple[str, ...]) -> None:
    assert misses(pattern, flags, needs)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("ab|cd", ("ab", "c")),
        ("(?:x|y)z+", ("z",)),
        (r"\w+[- ]?a(?:b|c)\s", ("ab", "ac")),
        ("(?:ab){2,}", ("ab",)),
        ("a{3,}", ("aaa",)),
        ("x(?=ab)", ("ab",)),
    ],
)
def test_what_cannot_match_without_its_needs_is_known(pattern: str, needs: tuple[str, ...]) -> None:
    assert not misses(pattern, 0, needs)


def test_nothing_is_compiled_for_a_text_without_the_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = LazyPattern(r"a(b|c)", needs=("ab", "ac"))
    with monkeypatch.context() as patched:
        patched.setattr(re, "compile", None)
        assert pattern.search("a b") is None
        assert pattern.match("xyz", 1) is None
        assert pattern.fullmatch("") is None
        assert list(pattern.finditer("a")) == []
        assert pattern.sub("x", "a b") == "a b"
    assert pattern.search("xab") is not None
    assert pattern.match("xac", 1) is not None
    assert pattern.match("xac") is None
    assert pattern.sub("x", "ab") == "x"


def test_what_is_asked_often_is_compiled() -> None:
    pattern = LazyPattern("ab", needs=("ab",))
    for _ in range(lazy_pattern._OFTEN):  # noqa: SLF001 - the number is of no use elsewhere
        assert pattern.search("x") is None
    assert pattern.search.__self__ is pattern.compiled  # type: ignore[attr-defined]
