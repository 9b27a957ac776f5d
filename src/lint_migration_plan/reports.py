"""The reports of a run: the one for standard output where it is not text, and those that go to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.report.formats import FORMATS, load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from lint_migration_plan.lint.outcome import Outcome
    from lint_migration_plan.markdown.source import Source


class Reports:
    """What is asked for in ``--format`` and ``--output``."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._files: list[tuple[str, str]] = options.reports
        self._show_source: bool = options.show_source
        # Text on standard output is printed file by file, and asks for no text of a file that was printed.
        whole = {name for name, _ in self._files} | ({options.format} - {"text"})
        self._needs_sources = any(FORMATS[name].needs_sources for name in whole)
        self._sources: dict[str, Source] = {}

    def keep(self, path: str, source: Source) -> None:
        """Keep the text of a file that something is told of, if a format needs it."""
        if self._needs_sources:
            self._sources[path] = source

    def render(self, name: str, outcome: Outcome) -> str:
        """Write a report as a text."""
        from lint_migration_plan.report.contents import Report  # text on standard output needs none

        return load(name)(Report(outcome, self._sources, show_source=self._show_source))

    def write(self, outcome: Outcome) -> Iterator[tuple[str, str]]:
        """Write the files; yield those that cannot be written, and why."""
        if not self._files:
            return
        from lint_migration_plan.lint.write_file import CannotWriteError, put_text

        for name, file in self._files:
            try:
                put_text(file, self.render(name, outcome))
            except CannotWriteError as error:
                yield file, str(error)
