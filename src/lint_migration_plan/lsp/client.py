"""What the editor at the other end can do."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lsprotocol import types


class Client(NamedTuple):
    """The abilities of an editor that make a difference here; without arguments those of the plainest one.

    ``related``, ``links`` and ``tags`` are parts of a diagnostic that it shows. It ``pulls`` diagnostics itself, and
    ``refreshes`` them when it is told to. It ``watches`` files. ``resolves`` is True where an action may come without
    its edit, ``snippets`` where a completion may have places to fill in, ``versions`` where an edit may say of which
    version of a document it is. ``markdown`` and ``trees`` (of symbols) are what it can show.
    """

    related: bool = False
    links: bool = False
    tags: bool = False
    pulls: bool = False
    refreshes: bool = False
    watches: bool = False
    resolves: bool = False
    snippets: bool = False
    versions: bool = False
    markdown: bool = False
    trees: bool = False


def client_of(capabilities: types.ClientCapabilities) -> Client:
    """Read what an editor says of itself."""

    def has(*names: str) -> bool:
        return bool(_at(capabilities, names))

    resolved = _at(capabilities, ("text_document", "code_action", "resolve_support", "properties")) or ()
    shown = _at(capabilities, ("text_document", "hover", "content_format")) or ()
    pushed = ("text_document", "publish_diagnostics")
    pulled = ("text_document", "diagnostic")
    return Client(
        related=has(*pushed, "related_information") or has(*pulled, "related_information"),
        links=has(*pushed, "code_description_support") or has(*pulled, "code_description_support"),
        tags=has(*pushed, "tag_support") or has(*pulled, "tag_support"),
        pulls=_at(capabilities, pulled) is not None,
        refreshes=has("workspace", "diagnostics", "refresh_support"),
        watches=has("workspace", "did_change_watched_files", "dynamic_registration"),
        resolves="edit" in resolved,
        snippets=has("text_document", "completion", "completion_item", "snippet_support"),
        versions=has("workspace", "workspace_edit", "document_changes"),
        markdown="markdown" in [getattr(kind, "value", kind) for kind in shown],
        trees=has("text_document", "document_symbol", "hierarchical_document_symbol_support"),
    )


def _at(capabilities: object, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever stands there
    return reduce(lambda held, name: getattr(held, name, None), names, capabilities)
