"""Documents open in an editor that is none: the features are asked directly, without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from lint_migration_plan.lsp.client import Client
from lint_migration_plan.lsp.convert import Encoding
from lint_migration_plan.lsp.edits import offset_in
from lint_migration_plan.lsp.workspace import Workspace
from program import GOOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lsp.documents import OpenDocument

#: Where the cursor stands in a text.
CURSOR = "‸"

GOOD_TEXT = GOOD.decode("utf-8")

#: An editor that can do all that makes a difference.
ABLE = Client(*[True] * len(Client._fields))


class Opened(NamedTuple):
    """An open document, the workspace that it is in, and where the cursor stands in it."""

    held: Workspace
    document: OpenDocument
    position: types.Position

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        """The document as requests name it."""
        return types.TextDocumentIdentifier(self.document.uri)


def opened(
    text: str, path: str | None = None, encoding: Encoding = Encoding.UTF16, settings: Config | None = None
) -> Opened:
    """Open a text, its cursor mark taken out."""
    before, _, behind = text.partition(CURSOR)
    held = Workspace(encoding, None, settings)
    document = held.put("file:///plan.md", path, 1, before + behind)
    return Opened(held, document, types.Position(*document.places.point(len(before))))


def with_cursor(text: str, at: str, *, behind: str = "") -> str:
    """Put the cursor right behind the first occurrence of some words, which stand behind others."""
    start = text.index(at, text.index(behind)) + len(at)
    return text[:start] + CURSOR + text[start:]


def applied(document: OpenDocument, edits: Sequence[types.TextEdit]) -> str:
    """Apply edits as an editor does: from the last to the first, so that places stay."""
    spans = [(offset_in(document, edit.range.start), offset_in(document, edit.range.end), edit) for edit in edits]
    text = document.text
    for start, end, edit in sorted(spans, key=lambda each: each[:2], reverse=True):
        text = text[:start] + edit.new_text + text[end:]
    return text


def edits_in(edit: types.WorkspaceEdit | None, uri: str = "file:///plan.md") -> Sequence[types.TextEdit]:
    """Give the edits of the one document that an edit of the workspace is about."""
    assert edit is not None
    if edit.changes is not None:
        assert list(edit.changes) == [uri]
        return edit.changes[uri]
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == uri
    return [each for each in change.edits if isinstance(each, types.TextEdit)]


def shown_at(document: OpenDocument, where: types.Range) -> str:
    """Give the characters of a range."""
    return document.text[offset_in(document, where.start) : offset_in(document, where.end)]
