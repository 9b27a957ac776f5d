"""markdown-it-py, set up the one way that this package reads Markdown: CommonMark with tables.

Two things differ from its defaults. Inline text is not parsed with the blocks but when somebody asks for it. And a link
or image token says in its ``meta`` where it ends in the text that it was found in, which no token says by itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

#: The most levels that are read. The parser drops what is nested deeper without a word; `parser` looks for it.
#: Recursion errors begin at 200.
MAX_NESTING = 100

#: Of links within links far less makes sense, and each level goes over the text once more.
_MAX_INLINE_NESTING = 20


def parse_blocks(text: str, nesting: int = MAX_NESTING) -> tuple[Sequence[Token], MutableMapping[str, Any]]:
    """Parse the blocks of a text, some levels deep; the mapping holds its link references, which inline text needs."""
    references: MutableMapping[str, Any] = {}
    return _parser(nesting).parse(text, references), references


def joined_references(parts: Iterable[MutableMapping[str, Any]]) -> MutableMapping[str, Any]:
    """Put the link references of the parts of a text together; of two with one name the first counts."""
    joined: MutableMapping[str, Any] = {}
    for part in parts:
        for name, reference in part.get("references", {}).items():
            joined.setdefault("references", {}).setdefault(name, reference)
    return joined


def parse_inline(content: str, references: MutableMapping[str, Any]) -> Sequence[Token]:
    """Parse inline text; escapes and entities stay tokens of their own."""
    tokens: list[Token] = []
    parser = _parser(_MAX_INLINE_NESTING)
    parser.inline.parse(content, parser, references, tokens)
    return tokens


@cache
def _parser(nesting: int) -> MarkdownIt:
    # Rule pages and the like import what stands on this module, and need no parser.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link

    parser = MarkdownIt("commonmark", {"maxNesting": nesting}).enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    parser.inline.ruler.at("link", _ending(link))
    parser.inline.ruler.at("image", _ending(image))
    return parser


def _ending(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap an inline rule so that the first token that it opens says where the rule ended."""

    def wrapped(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        before = len(state.tokens)
        if not rule(state, silent):
            return False
        # Text that was pending before the link comes out as a token first.
        for token in state.tokens[before:]:
            if token.type in {"link_open", "image"}:
                token.meta["end"] = state.pos
                break
        return True

    return wrapped
