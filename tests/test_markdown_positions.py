"""Every visible character of a document must be found again at its place in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.markdown.document import Heading, List, Paragraph, Table, walk_blocks
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.inline import Text

PIECES = [
    *(
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "a",
        "bc",
        "**",
        "*",
        "__",
        "_",
        "`",
        "``",
        "[",
        "]",
        "(u)",
        "[x](y z)",
        "[x](y)",
    ),
    *(
        "![i](j)",
        "<b>",
        "<!-- c -->",
        "<http://a.b>",
        "&amp;",
        "\\*",
        "\\|",
        "|",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "  ",
    ),
    *("\t", "    ", "---", "===", "|---|---|\n", "é", "e\u0301", "🚀", "\u2028", "\x0b", "\xa0", "\0", "~~", "#", "\\"),
    *(
        "```\n",
        "[r]: /u\n",
        "[r]",
        "<br>",
        "x|y\n--|--\n",
        "| a | b |\n|---|---|\n| c\\|d | `e` |\n",
        "\ufeff",
        "---\n",
    ),
]
documents = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def texts(document: Document) -> Iterator[Text]:
    for block in walk_blocks(document.blocks):
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from (cell.text for cell in row.cells)


@given(documents)
def test_each_character_stands_where_its_span_says(source: str) -> None:
    for text in texts(parse_document(source)):
        for index, character in enumerate(text.plain):
            start, end = text.slice(index, index + 1).span
            written = source[start:end].replace("\0", "\ufffd")
            # A space may be a line's end; escapes, entities, images and addresses are written otherwise.
            assert character in {" ", written} or written.startswith(("&", "\\", "!", "http"))


@given(documents)
def test_spans_lie_within_the_text_and_within_one_another(source: str) -> None:
    document = parse_document(source)
    for block in walk_blocks(document.blocks):
        start, end = block.span
        assert 0 <= start <= end <= len(source)
        if isinstance(block, List):
            for item in block.items:
                assert start <= item.span.start <= item.span.end <= end
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    assert row.span.start <= cell.span.start <= cell.span.end <= row.span.end


@given(st.text())
def test_a_source_is_cut_at_the_ends_of_its_lines_and_nowhere_else(text: str) -> None:
    source = Source(text)
    body = text.removeprefix("\ufeff")
    assert source.lines == body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, start in enumerate(source.starts):
        assert source.position(start) == (line + 1, 1)
        assert text[start : start + len(source.lines[line])] == source.lines[line]
    offsets = [
        offset for start, line in zip(source.starts, source.lines, strict=True) for offset in (start, start + len(line))
    ]
    assert [source.offset(source.position(offset)) for offset in offsets] == offsets


@pytest.mark.parametrize(("text", "newline"), [("a", "\n"), ("a\n", "\n"), ("\r\na\n", "\r\n"), ("\ufeffa\rb\n", "\r")])
def test_a_file_ends_its_lines_as_its_first_one_does(text: str, newline: str) -> None:
    assert Source(text).newline == newline


@pytest.mark.parametrize(
    ("source", "visible", "written"),
    [
        ("# A *b* &amp; `c`", "A b & c", "A *b* &amp; `c"),
        ("## Stage 1 — Move ##", "Stage 1 — Move", "Stage 1 — Move"),
        ("Title\ngoes on\n====", "Title goes on", "Title\ngoes on"),
        ("- **Risk**: low\n  and more", "Risk: low and more", "Risk**: low\n  and more"),
        ("x [label](target 'title') y", "x label y", "x [label](target 'title') y"),
        ("see <https://a.example/b%20c>.", "see https://a.example/b c.", "see <https://a.example/b%20c>."),
        ("a<br>b", "a b", "a<br>b"),
    ],
)
def test_visible_text_leads_back_to_what_was_written(source: str, visible: str, written: str) -> None:
    (text,) = texts(parse_document(source))
    assert text.plain == visible
    assert source[slice(*text.span)] == written


@pytest.mark.parametrize(
    ("visible", "whole"),
    [
        ("Copy rows", "Copy `rows`"),
        ("rows of it", "`rows` of it"),
        ("of it, see the page", "of it, see [the ``page``](p.md)"),
        ("see", "see"),
        ("page", "``page``"),
        ("https://a.example", "<https://a.example>"),
        ("of it", "of it"),
    ],
)
def test_code_and_links_at_the_ends_of_a_stretch_are_whole_with_their_marks(visible: str, whole: str) -> None:
    source = "1. Copy `rows` of it, see [the ``page``](p.md) on <https://a.example>\n"
    (text,) = texts(parse_document(source))
    start = text.plain.index(visible)
    stretch = text.slice(start, start + len(visible))
    assert stretch.whole == whole
    assert source[slice(*stretch.whole_span)] == whole


def test_cells_are_the_author_s_own() -> None:
    table = parse_document("| a | b |\n|---|---|\n| `x\\|y` |\n| 1 | 2 | 3 |\n").blocks[0]
    assert isinstance(table, Table)
    assert [[cell.text.plain for cell in row.cells] for row in table.rows] == [["x|y"], ["1", "2", "3"]]


def test_prose_blots_out_what_nobody_wrote_as_prose() -> None:
    (text,) = texts(parse_document("run `make` or see [the guide](g.md) now"))
    assert text.prose == "run \ufffc\ufffc\ufffc\ufffc or see " + "\ufffc" * 9 + " now"


def test_front_matter_is_no_text() -> None:
    document = parse_document("\ufeff---\ntitle: x\n---\n# T\n")
    assert document.front_matter is not None
    assert document.front_matter.content == "title: x"
    assert [block.span for block in document.blocks] == [(18, 21)]


def test_nesting_beyond_what_can_be_read_is_said() -> None:
    assert parse_document("> " * 5000 + "deep").loss is not None
    assert parse_document("> " * 50 + "deep").loss is None
    lists = ["".join("  " * level + "- a\n" for level in range(depth)) for depth in (49, 50)]
    assert [parse_document(text).loss is None for text in lists] == [True, False]


def test_a_text_of_a_length_that_nobody_writes_is_said() -> None:
    loss = parse_document("fine\n\n" + "[" * 20_001).loss
    assert loss is not None
    assert loss.span.start == len("fine\n\n")
    assert parse_document("[" * 20_000).loss is None


def test_a_picture_written_into_a_text_does_not_count_towards_its_length() -> None:
    picture = f"![scheme](data:image/png;base64,{'iVBORw0K' * 5000}=)"
    document = parse_document(f"Before {picture} behind\n")
    assert document.loss is None
    (text,) = texts(document)
    assert text.plain == "Before scheme behind"
    assert parse_document("data:" + "x y " * 6000).loss is not None


@pytest.mark.parametrize("written", ["See [the map][map].", "See [map].", "See ![the map][map] and [the map][map]."])
def test_the_same_words_lead_where_their_own_document_says(written: str) -> None:
    for address in ("one.md", "two.md"):
        paragraph = parse_document(f"{written}\n\n[map]: {address}\n").blocks[0]
        assert isinstance(paragraph, Paragraph)
        assert [link.destination for link in paragraph.text.links] == [address]
    paragraph = parse_document(f"{written}\n").blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert list(paragraph.text.links) == []
