"""A document that is parsed by its parts, those of other texts before it among them, is the one that it is alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lint_migration_plan.markdown.inline import Text
from lint_migration_plan.markdown.parser import parse_document, parse_part
from lint_migration_plan.markdown.parts import Parts
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from lint_migration_plan.markdown.parser import Part

#: Lines that open something which a heading may end or not, that end it, and that look like it.
LINES = [
    *("# A", "## B", "### Stage 1 — C", "##", "##\tD", " ## E", "   ## F", "    ## G", "#H", "> ## I", "- ## J"),
    *("```", "~~~", "````md", "  ```", "- ```", "> ```", "```x`", "   ~~~"),
    *("<div>", "</div>", "<!-- a", "-->", "<!-- b -->", "<pre>", "</pre>", "<?php", "?>", "<![CDATA[", "]]>", "<b>"),
    *("- <!-- c", "> <div>", "<x-y>", "<script>", "</script>"),
    *("[r]: /one", "[r]: /two 'title", "title'", "[R]:", "/three", "[s]: <", "[r]", "[r][s]", "[x][r] and ![y][s]"),
    *("- a", "  - b", "1. c", "      d", "- [ ] e", "* * *", "---", "===", "> f", "lazy", "    code", "\tcode"),
    *("| a | b |", "|---|---|", "| `c` | [r] |", "a|b", "-|-", "**g**: `h`", "", "", "", "  ", "\ufeff", "\0", "\x0b"),
    *("> > > > i", "- - - - j", "title: x", "`k", "k`", "**l", "l**"),
]
ENDS = ["\n", "\n", "\n", "\r\n", "\r"]
lines = st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)).map("".join)
#: A text, and what is done to it: where a piece is taken out, how long it is, and what comes in its place.
histories = st.tuples(
    st.lists(lines, max_size=30).map("".join),
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 40), st.lists(lines, max_size=4).map("".join)),
        max_size=6,
    ),
)


def states(history: tuple[str, list[tuple[int, int, str]]]) -> list[str]:
    """Give a text as it was after each edit."""
    text, edits = history
    found = [text]
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
        found.append(text)
    return found


def shown(value: object) -> object:
    """Give all that can be read of a document or a part of it, places included."""
    if isinstance(value, Text):
        strongs = [(strong.plain, strong.span) for strong in value.strongs]
        links = [(link.text.plain, link.destination, link.span) for link in value.links]
        return value.raw, value.plain, value.prose, value.span, strongs, links, [*value.breaks], [*value.comments]
    if isinstance(value, Source):
        return value.text
    if isinstance(value, tuple):
        return type(value).__name__, [shown(each) for each in value]
    return value


def check_all(texts: list[str], nesting: int) -> None:
    """Parse texts one after the other with what is kept of those before, and compare each with itself alone."""
    kept = Parts()
    for text in texts:
        assert shown(kept.parse(text, nesting)) == shown(parse_document(text, nesting)), text


@given(histories, st.sampled_from([100, 100, 100, 1, 2, 3]))
@example(("a\n## B\n", [(0, 0, "```\n"), (0, 4, "<!--\n"), (0, 5, "---\n"), (0, 4, "")]), 100)
@example(("# A\n[r]\n# B\n[r]: /u\n", [(16, 1, "v"), (0, 0, "x\n"), (9, 0, "[r]: /w\n")]), 100)
@example(("[r]: /one\n# A\n[r]: /two\n[r]\n", [(0, 10, "")]), 100)
@example(("---\n# a\nb: c\n---\n# D\n", [(9, 0, "x"), (13, 4, "")]), 100)
@example(("- a\n  - b\n    - c\n# D\n", [(0, 0, "x\n# Y\n"), (10, 8, "")]), 2)
def test_a_text_is_parsed_as_if_there_had_been_no_other_before(
    history: tuple[str, list[tuple[int, int, str]]], nesting: int
) -> None:
    check_all(states(history), nesting)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the texts that are parsed from now on."""
    texts: list[str] = []

    def spy(source: Source, max_nesting: int) -> Part:
        texts.append(source.text)
        return parse_part(source, max_nesting)

    monkeypatch.setattr("lint_migration_plan.markdown.parts.parse_part", spy)
    return texts


def test_parts_that_did_not_change_are_not_parsed_anew(parsed: list[str]) -> None:
    kept = Parts()
    kept.parse("a\n# B\nb\n# C\nc\n")
    kept.parse("a, and more\n# B\nb\n# C\nc\n")
    assert parsed == ["a\n", "# B\nb\n", "# C\nc\n", "a, and more\n"]


def test_what_may_stay_open_is_parsed_once_with_all_that_follows(parsed: list[str]) -> None:
    text = "# A\n```\n" + "# B\n" * 1000
    document = Parts().parse(text)
    assert len(document.blocks) == 2  # the heading and the fence
    assert sum(map(len, parsed)) < 2 * len(text)


def test_no_more_is_kept_than_is_allowed(monkeypatch: pytest.MonkeyPatch, parsed: list[str]) -> None:
    monkeypatch.setattr("lint_migration_plan.markdown.parts._MOST", 10_000)
    kept = Parts()
    for number in range(500):
        text = f"# A\n{number}\n# B\nno number\n"
        assert shown(kept.parse(text)) == shown(parse_document(text))
    # What is used again and again stays, and what was used long ago is gone.
    assert parsed.count("# B\nno number\n") == 1
    parsed.clear()
    kept.parse("# A\n499\n# A\n1\n")
    assert parsed == ["# A\n1\n"]
    assert len(kept._kept) < 10_000 / 250  # noqa: SLF001 - nothing else shows it
