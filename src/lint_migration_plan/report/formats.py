"""All formats of a report: their table, and their modules when one is asked for.

Each module has a function ``render(report) -> str``, whose text ends with the end of a line, if it has any.
"""

from __future__ import annotations

from importlib import import_module

from lint_migration_plan import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lint_migration_plan.report.contents import Report


class Format:
    """A format: the module that writes it, and what it needs of a run that costs time or memory."""

    def __init__(self, module: str, *, needs_fingerprints: bool = False, needs_sources: bool = False) -> None:
        self.module = module
        self.needs_fingerprints = needs_fingerprints
        self.needs_sources = needs_sources


#: The formats by their names; the first one is the default.
FORMATS: Mapping[str, Format] = {
    "text": Format("text_file", needs_sources=True),
    "json": Format("json_format"),
    "jsonl": Format("jsonl"),
    "sarif": Format("sarif", needs_fingerprints=True),
    "github": Format("github"),
    "gitlab": Format("gitlab", needs_fingerprints=True),
    "junit": Format("junit"),
    "checkstyle": Format("checkstyle"),
    "rdjson": Format("rdjson", needs_sources=True),
    "azure": Format("azure"),
}


def load(name: str) -> Callable[[Report], str]:
    """Import the module of a format and give its function; a KeyError where there is no such format."""
    module = import_module(f"lint_migration_plan.report.{FORMATS[name].module}")
    render: Callable[[Report], str] = module.render
    return render
