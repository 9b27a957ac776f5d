"""Plans and configurations by strangers: what an editor shows of them is text, never a link, a picture or a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from markdown_it import MarkdownIt

from lint_migration_plan.lsp.actions import Asked, code_actions
from lint_migration_plan.lsp.completion import completions
from lint_migration_plan.lsp.diagnostics import report
from lint_migration_plan.lsp.hover import hover
from lint_migration_plan.lsp.quoting import as_code, as_message
from opened import ABLE, GOOD_TEXT, Opened, opened, with_cursor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

#: As the editor that makes the most of it would read what it is given.
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

LINK = "[see here](command:workbench.action.terminal.new)"
ATTACKS = [
    LINK,
    f"\\{LINK}",
    f"` {LINK} `",
    f"`` {LINK}",
    f"``` ` {LINK} `` ",
    "&#91;see here](command:x)",
    "[see here][there] and [there]",
    "![a picture](https://evil.example/seen.png)",
    "![](//evil.example/seen.png)",
    "<img src=https://evil.example/seen.png onerror=alert(1)>",
    '<a href="command:x">see here</a>',
    "<script>alert(1)</script>",
    "<https://evil.example/>",
    "https://evil.example/ and www.evil.example",
    "** ~~__bold__~~ **",
    "# [x](command:y)",
    "--- | [x](command:y) | ---",
    "\u202eevil\u2066 \u200f\x1b]0;evil\x07\x9b1m",
]
#: What Markdown of ours is made of.
OURS = {"paragraph", "bullet_list", "list_item", "inline", "strong", "code_inline", "text", "softbreak", "hr"}

THERE = "\n[there]: command:x\n"


def kinds(said: str) -> set[str]:
    """Give what a text in Markdown is made of."""

    def walk(tokens: list[Token]) -> Iterator[str]:
        for token in tokens:
            yield token.type.removesuffix("_open").removesuffix("_close")
            yield from walk(token.children or [])

    # What stands before and behind must not change how it is read.
    return {*walk(MARKDOWN.parse(f"{said}\n{THERE}"))}


def shows_itself(said: str) -> bool:
    """Say whether a text has no character that an editor would obey."""
    return all(char.isprintable() or char == "\n" for char in said)


def said_at(held: Opened) -> str:
    found = hover(held.held, held.document, held.position, ABLE)
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_as_code_is_nothing_but_that(attack: str) -> None:
    (_, inline, _) = MARKDOWN.parse(as_code(attack))
    assert [token.type for token in inline.children or ()] == ["code_inline"]
    assert shows_itself(as_code(attack))


@given(st.text(max_size=300) | st.text("` \n[a]()<\\", max_size=30))
def test_any_text_as_code_is_nothing_but_that(text: str) -> None:
    (_, inline, _) = MARKDOWN.parse(f"**{as_code(text)}**\n")
    assert [token.type for token in inline.children or () if token.type != "text" or token.content] == [
        "strong_open",
        "code_inline",
        "strong_close",
    ]


def test_a_text_as_code_is_as_it_was_and_not_longer_than_anybody_reads() -> None:
    assert as_code("3d") == "`3d`"
    assert as_code("a `b` c\n  d") == "``a `b` c d``"
    assert as_code("``b``") == "``` ``b`` ```"
    assert as_code("") == "` `"
    assert as_code("long " * 100_000) == f"`{'long ' * 39}long…`"


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_summary_of_a_stage_shows_what_its_author_wrote(attack: str) -> None:
    text = (
        GOOD_TEXT.replace("Replicate the orders", f"Replicate {attack}")
        .replace("**Estimated effort**: 3d", f"**Estimated effort**: 3d, {attack}")
        .replace("data\n**Risk**: medium", f"data {attack}\n**Risk**: medium {attack}")
    )
    said = said_at(opened(with_cursor(text + THERE, "### Stage 4 — Rep")))
    # Pages of rules, which are ours, may stand before it.
    said = said.split("\n\n---\n\n")[-1]
    assert said.startswith("**`")
    assert "\n- Risk: " in said
    assert kinds(said) <= OURS
    assert shows_itself(said)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack.isprintable()])
def test_the_words_of_a_configuration_are_shown_as_they_are(attack: str, tmp_path: Path) -> None:
    quoted = "'" + attack.replace("'", "''") + "'"
    (tmp_path / ".lint-migration-plan.yaml").write_text(
        f"vocabulary: {{risks: {{medium: [{quoted}]}}}}\n", encoding="utf-8"
    )
    held = opened(with_cursor(GOOD_TEXT, "**Risk"), str(tmp_path / "plan.md"))
    said = said_at(held)
    assert said.startswith("**Risk**\n\n`low`")
    assert kinds(said) <= OURS


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_shown_as_text_has_no_characters_that_do_something(attack: str) -> None:
    held = opened(with_cursor(GOOD_TEXT.replace("**Risk**: medium", f"**Risk**: Meduim {attack}", 1), "Medu"))
    said = report(held.held, held.document, ABLE)
    assert said
    where = types.Range(held.position, held.position)
    offered = code_actions(
        Asked(held.held, ABLE),
        held.document,
        types.CodeActionParams(held.identifier, where, types.CodeActionContext([])),
    )
    texts = [each.message for each in said]
    texts += [place.message for each in said for place in each.related_information or ()]
    texts += [each.title for each in offered]
    assert all(map(str.isprintable, texts))


def test_what_can_be_written_is_named_by_characters_that_show_themselves() -> None:
    text = GOOD_TEXT.replace("Replicate the orders", "Replicate \u202ethe\x1b orders")
    held = opened(with_cursor(text.replace("**Dependencies**: Stage 4", "**Dependencies**: "), "**Dependencies**: "))
    found = completions(held.document, held.held.parsed(held.document), held.position, ABLE)
    labels = [each.label for each in found]
    assert "Stage 4 — Replicate \\u202ethe\\x1b orders" in labels
    assert all(map(str.isprintable, labels))


def test_a_message_by_itself_has_no_links() -> None:
    assert "](" not in as_message(f"unknown rule '{LINK}'")
    assert as_message("a\u202eb\n") == "a\\u202eb\\n"
