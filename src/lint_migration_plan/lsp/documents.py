"""The texts that are open in the editor, one object for each version of each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lint_migration_plan.lint.runner import NOWHERE
from lint_migration_plan.lsp.convert import Converter
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lsp.convert import Encoding
    from lint_migration_plan.lsp.workspace import Parsed


class OpenDocument:
    """A text as of one version. ``path`` is where its file is, None for a text without one.

    ``parsed`` and ``judged`` keep what came of it, None as long as nobody asked; `Workspace` sets them.
    """

    def __init__(self, uri: str, path: str | None, version: int | None, text: str, encoding: Encoding) -> None:
        self.uri = uri
        self.path = path
        self.version = version
        self.text = text
        self.encoding = encoding
        self.parsed: Parsed | None = None
        self.judged: Judgement | None = None

    @property
    def name(self) -> str:
        """What the linter calls it."""
        return NOWHERE if self.path is None else self.path

    @cached_property
    def source(self) -> Source:
        """The text, cut into lines."""
        return Source(self.text) if self.parsed is None else self.parsed.file.document.source

    @cached_property
    def places(self) -> Converter:
        """What leads from its offsets to the editor's places."""
        return Converter(self.source, self.encoding)

    def anew(self) -> OpenDocument:
        """Give the same version with nothing kept, for when what it rests on has changed."""
        return OpenDocument(self.uri, self.path, self.version, self.text, self.encoding)
