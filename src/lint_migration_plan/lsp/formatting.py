"""Format a document by mdformat, where that is installed with all that a plan needs.

mdformat alone damages tables and front matter, so that nothing is formatted without the plugins for them.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lint_migration_plan.lsp.edits import edits_to

if TYPE_CHECKING:
    from lsprotocol import types

    from lint_migration_plan.lsp.documents import OpenDocument

#: The packages, and what their plugins are called; the last one is ours.
_NEEDED = {"mdformat": None, "mdformat_gfm": "gfm", "mdformat_frontmatter": "frontmatter"}
_OURS = "migration_plan"


def can_format() -> bool:
    """Tell whether there is an mdformat that does a plan no harm."""
    return all(find_spec(package) is not None for package in _NEEDED)


class CannotFormatError(Exception):
    """mdformat cannot do it; the message says why."""


def formatted(document: OpenDocument) -> list[types.TextEdit]:
    """Give the edits that mdformat would make, by the settings in the ``.mdformat.toml`` above the document.

    Line ends stay as they are: they are the editor's. Raises CannotFormatError.
    """
    import mdformat  # is slow to import, and most documents are never formatted
    from mdformat._conf import InvalidConfError, read_toml_opts

    folder = Path(document.path).parent if document.path is not None else Path.cwd()
    extensions = [*filter(None, _NEEDED.values()), _OURS]
    try:
        # Not its cached form: the settings may change while the server runs.
        options: dict[str, Any] = dict(read_toml_opts.__wrapped__(folder)[0])
        text = mdformat.text(document.text, options=options, extensions=extensions, _filename=document.path or "")
    except InvalidConfError as error:
        raise CannotFormatError(str(error)) from error
    return edits_to(document, text.replace("\n", document.source.newline))
