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

_NEEDED = ("mdformat", "mdformat_gfm", "mdformat_frontmatter")


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
    from mdformat import plugins
    from mdformat._conf import DEFAULT_OPTS, InvalidConfError, read_toml_opts
    from mdformat._util import is_md_equal

    folder = Path(document.path).parent if document.path is not None else Path.cwd()
    # The settings may change while the server runs.
    read_toml_opts.cache_clear()
    try:
        options: dict[str, Any] = {**DEFAULT_OPTS, **read_toml_opts(folder)[0]}
    except InvalidConfError as error:
        raise CannotFormatError(str(error)) from error
    extensions = plugins.PARSER_EXTENSIONS if options["extensions"] is None else options["extensions"]
    formatters = plugins.CODEFORMATTERS if options["codeformatters"] is None else options["codeformatters"]
    missing = ({*extensions} - {*plugins.PARSER_EXTENSIONS}) | ({*formatters} - {*plugins.CODEFORMATTERS})
    if missing:
        raise CannotFormatError(f"mdformat has no plugin {', '.join(sorted(missing))}")
    chosen: dict[str, Any] = {"options": options, "extensions": extensions, "codeformatters": formatters}
    text = mdformat.text(document.text, **chosen, _filename=document.path or "")
    if options["validate"] and not is_md_equal(document.text, text, **chosen):
        raise CannotFormatError("mdformat would change what the document says")
    return edits_to(document, text.replace("\n", document.source.newline))
