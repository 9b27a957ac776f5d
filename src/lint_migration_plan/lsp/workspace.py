"""What is open in the editor, and what holds for it: configuration, baseline, gap maps.

All that reads, parses or judges is called in one thread, one call after the other. The editor's side replaces
documents meanwhile, and drops what came of one that is not the newest.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.discover import FILE_NAMES, ConfigFinder
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.gap_maps import GapMaps, read_map
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, check_size, read_text
from lint_migration_plan.lint.runner import Judgement, judge, judge_text, known_of
from lint_migration_plan.lsp.documents import OpenDocument
from lint_migration_plan.markdown.parts import Parts
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from lint_migration_plan.lint.sieve import Known
    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.lsp.convert import Encoding
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.plan.nodes import Plan


class Parsed(NamedTuple):
    """A document as it is judged: the file, and the settings that hold for it with those of its front matter."""

    file: File
    config: Config


class Workspace:
    """The open documents by their URIs.

    ``root`` is the folder that the editor stands in. ``settings`` are the editor's own, and hold for files without a
    configuration.
    """

    def __init__(self, encoding: Encoding, root: str | None = None, settings: Config | None = None) -> None:
        self.documents: dict[str, OpenDocument] = {}
        self._encoding = encoding
        self.root = root
        self._settings = settings or Config()
        self._maps = _OpenMaps(self._open_text)
        self._finder = self._new_finder()
        self._parts = Parts()
        #: The gap maps that each document was judged with, by their real paths.
        self._rests_on: dict[str, frozenset[str]] = {}

    # --- what the editor says, in the editor's order ------------------------------------------------------------------

    def put(self, uri: str, path: str | None, version: int | None, text: str) -> OpenDocument:
        """Take a text that was opened or changed."""
        document = OpenDocument(uri, path, version, text, self._encoding)
        self.documents[uri] = document
        return document

    def close(self, uri: str) -> None:
        """Forget a document."""
        self.documents.pop(uri, None)
        self._rests_on.pop(uri, None)

    def is_newest(self, document: OpenDocument) -> bool:
        """Tell whether a document is still open as it is."""
        return self.documents.get(document.uri) is document

    def dependents(self, path: str) -> list[OpenDocument]:
        """Find the open documents that were judged with a gap map."""
        resting = [(uri, maps) for uri, maps in list(self._rests_on.items()) if maps]
        if not resting:
            # Each change asks, and hardly a document rests on any.
            return []
        real = os.path.realpath(path)
        uris = [uri for uri, maps in resting if real in maps]
        return [self.documents[uri] for uri in uris if uri in self.documents]

    def renew(self, documents: list[OpenDocument]) -> list[OpenDocument]:
        """Put documents in the place of those whose verdict may be another now."""
        for document in documents:
            if self.is_newest(document):
                self.documents[document.uri] = document.anew()
        return [self.documents[document.uri] for document in documents if document.uri in self.documents]

    # --- what is worked out, one call after the other -----------------------------------------------------------------

    def forget(self, path: str) -> None:
        """Read a file anew when it is asked for again."""
        self._maps.forget(path)

    def forget_files(self) -> None:
        """Read all files anew when they are asked for again."""
        self._maps = _OpenMaps(self._open_text)
        self._finder = self._new_finder()

    def configure(self, settings: Config) -> None:
        """Take other settings of the editor's own."""
        self._settings = settings
        self._finder = self._new_finder()

    def config(self, document: OpenDocument) -> Config:
        """Give the settings that hold for a document, without its front matter's; raises ConfigError."""
        if document.path is not None:
            return self._finder.config_for(document.path).for_file(document.path)
        if self.root is not None:
            return self._finder.config_for(os.path.join(self.root, ""))
        return self._laid_over(Config())

    def parsed(self, document: OpenDocument) -> Parsed:
        """Parse a document, once a version; raises ConfigError, and UnreadableFileError for one that is too large."""
        if document.parsed is None:
            config = self.config(document)
            check_size(document.text, config.max_file_size)
            document.parsed = Parsed(*parse_file(document.text, config, parse=self._parts.parse))
        return document.parsed

    def plans(self, document: OpenDocument) -> tuple[Plan, ...]:
        """Give the plans of a document; raises as `parsed` does."""
        return self.parsed(document).file.plans

    def judged(self, document: OpenDocument) -> Judgement:
        """Judge a document, once a version; raises as `parsed` does.

        One that is no plan, or that the configuration excludes, has no diagnostics.
        """
        if document.judged is None:
            self._maps.asked.clear()
            excluded = document.path is not None and self.config(document).excludes(document.path)
            if excluded or not self.plans(document):
                document.judged = Judgement((), 0, 0, skipped=True, source=document.source)
            else:
                file, config = self.parsed(document)
                document.judged = judge(file, document.name, config, self._maps_for(document), known(document, config))
            self._rests_on[document.uri] = frozenset(self._maps.asked)
        return document.judged

    def judging(
        self, document: OpenDocument, config: Config | None = None, known: Known | None = None
    ) -> Callable[[str], Judgement]:
        """Give what judges another text as if it stood in a document; raises ConfigError."""
        held = config or self.config(document)
        return lambda text: judge_text(text, document.name, held, maps=self._maps_for(document), known=known)

    def source_at(self, path: str) -> Source | None:
        """Give the text of a file that a diagnostic leads to, None where it cannot be read any more."""
        text = self._open_text(os.path.realpath(path))
        if text is None:
            try:
                text = read_text(path, Config().max_file_size)
            except (CannotReadError, UnreadableFileError):
                return None
        return Source(text)

    def uri_at(self, path: str) -> str | None:
        """Give the URI of a file that is open, as the editor calls it."""
        real = os.path.realpath(path)
        return next((each.uri for each in self._open() if each.path and os.path.realpath(each.path) == real), None)

    def _open_text(self, real: str) -> str | None:
        """Give the text of a file that is open, saved or not."""
        return next((each.text for each in self._open() if each.path and os.path.realpath(each.path) == real), None)

    def _open(self) -> list[OpenDocument]:
        # A copy, for the editor may open another one meanwhile.
        return list(self.documents.values())

    def _maps_for(self, document: OpenDocument) -> GapMaps | None:
        return None if document.path is None else self._maps

    def _new_finder(self) -> ConfigFinder:
        return ConfigFinder(lay_over=self._laid_over)

    def _laid_over(self, config: Config) -> Config:
        """Lay what holds in an editor over a configuration: most of its Markdown files are no plans."""
        held = self._settings if config.file is None else config
        return held.with_command_line(plans_only=True)


def known(document: OpenDocument, config: Config) -> Known | None:
    """Look a document up in the baseline that is configured; raises ConfigError where that cannot be read."""
    return None if document.path is None else known_of(document.path, config, {})


def is_configuration(path: str) -> bool:
    """Tell whether a file may be a configuration, by its name."""
    return os.path.basename(path) in {*FILE_NAMES, "pyproject.toml"}


class _OpenMaps(GapMaps):
    """Gap maps as the editor has them; ``asked`` collects the real paths that were asked for."""

    def __init__(self, open_text: Callable[[str], str | None]) -> None:
        super().__init__()
        self._open_text = open_text
        self.asked: set[str] = set()

    def document(self, path: str, max_size: int, max_nesting: int) -> Document | str:
        """Give the document at a real path, as it is in the editor where it is open."""
        self.asked.add(path)
        text = self._open_text(path)
        if text is None:
            return super().document(path, max_size, max_nesting)
        try:
            check_size(text, max_size)
        except UnreadableFileError as error:
            return str(error)
        return read_map(text, max_nesting)
