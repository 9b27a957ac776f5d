"""Edits of a document, as the protocol has them."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from operator import eq
from typing import TYPE_CHECKING

from lsprotocol import types

from lint_migration_plan.markdown.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.lint.fix import Suggestion
    from lint_migration_plan.lsp.client import Client
    from lint_migration_plan.lsp.convert import Stretch
    from lint_migration_plan.lsp.documents import OpenDocument

#: So many lines that differ are compared one by one; more are replaced as one piece.
_MOST_LINES = 5000


def as_range(stretch: Stretch) -> types.Range:
    """Give a stretch as the protocol has it."""
    return types.Range(types.Position(*stretch.start), types.Position(*stretch.end))


def range_of(document: OpenDocument, span: Span) -> types.Range:
    """Say where a span of a document stands."""
    return as_range(document.places.stretch(span))


def offset_in(document: OpenDocument, position: types.Position) -> int:
    """Give the offset of a place in a document."""
    return document.places.offset(position.line, position.character)


def text_edits(document: OpenDocument, edits: Iterable[tuple[Span, str]]) -> list[types.TextEdit]:
    """Give edits as the protocol has them."""
    return [types.TextEdit(range_of(document, span), text) for span, text in edits]


def fix_edits(document: OpenDocument, fix: Suggestion) -> list[types.TextEdit]:
    """Give the edits of a fix."""
    return [types.TextEdit(as_range(document.places.stretch_of(location)), text) for location, text in fix.replacements]


def edits_to(document: OpenDocument, text: str) -> list[types.TextEdit]:
    """Give the edits that make a document another text, whole lines each, so that a cursor elsewhere stays."""
    old, new = _pieces(document.source), _pieces(Source(text))
    first = _alike(old, new)
    same = _alike(old[first:][::-1], new[first:][::-1])
    old_part, new_part = old[first : len(old) - same], new[first : len(new) - same]
    if not old_part and not new_part:
        return []
    if len(old_part) + len(new_part) <= _MOST_LINES:
        matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
        changes = [change[1:] for change in matcher.get_opcodes() if change[0] != "equal"]
    else:
        changes = [(0, len(old_part), 0, len(new_part))]
    starts = [0]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    return text_edits(
        document,
        (
            (Span(starts[first + start], starts[first + end]), "".join(new_part[new_start:new_end]))
            for start, end, new_start, new_end in changes
        ),
    )


def workspace_edit(document: OpenDocument, edits: list[types.TextEdit], client: Client) -> types.WorkspaceEdit:
    """Give edits of a document as an edit of the workspace, of its version where the editor minds that."""
    if not client.versions:
        return types.WorkspaceEdit(changes={document.uri: edits})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(edits))])


def _pieces(source: Source) -> list[str]:
    """Cut a text into lines with their ends; together they are the text."""
    bounds = [0, *source.starts[1:], len(source.text)]
    return [source.text[start:end] for start, end in pairwise(bounds)]


def _alike(one: list[str], other: list[str]) -> int:
    """Count the lines that are the same from the start on."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))
