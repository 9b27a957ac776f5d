"""A plain command line is read twice: quickly, and by the parser of all options. Both must say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.arguments import parse_arguments
from lint_migration_plan.plain_arguments import DEFAULTS, read_plainly

WORDS = (
    *(
        "plan.md",
        "docs",
        "-",
        "--",
        "",
        "-q",
        "--quiet",
        "--quiet=1",
        "-qq",
        "--plans-only",
        "--isolated",
        "--no-cache",
    ),
    *("--show-source", "--config", "--config=x.yaml", "--config=", "--cache-dir", "--cache-dir=.kept", "--fail-on"),
    *("--fail-on=error", "never", "--format", "--format=text", "--format=json", "text", "json", "--color=always"),
    *("--color", "auto", "--color=pink", "--plan", "--select", "--select=all", "--fix", "--jobs=2", "--version"),
    *("--column-unit=byte", "--output=x", "-o", "--stdin-filename=x.md", "--statistics", "--no-such-option"),
)


def test_an_option_that_is_not_given_has_the_same_value_for_both() -> None:
    # Whoever adds an option adds its default: the line that this test shows.
    assert vars(parse_arguments(["plan.md"])) == {**DEFAULTS, "files": ["plan.md"]}


@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_is_read_plainly_is_read_so_by_the_parser(arguments: list[str]) -> None:
    plain = read_plainly(arguments)
    if plain is not None:
        assert vars(plain) == vars(parse_arguments(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan.md"],
        ["a.md", "b.md", "-q"],
        ["--plans-only", "docs"],
        ["--config", "x.yaml", "a.md"],
        ["--color=never", "--format", "text", "a.md"],
        ["--isolated", "--no-cache", "--show-source", "a.md"],
    ],
    ids=" ".join,
)
def test_what_hooks_write_is_plain(arguments: list[str]) -> None:
    assert read_plainly(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [[], ["--"], ["-x", "a.md"], ["--fix", "a.md"], ["--no-such", "a.md"], ["a.md", "--config"], ["--quiet=1", "a.md"]],
    ids=" ".join,
)
def test_all_else_is_left_to_the_parser(arguments: list[str]) -> None:
    assert read_plainly(arguments) is None
