"""What a run comes to: its diagnostics, and how much was judged."""

from __future__ import annotations

from typing import NamedTuple

from lint_migration_plan.lint.diagnostic import Diagnostic, Severity


class Counts(NamedTuple):
    """How many diagnostics there are of each severity."""

    errors: int
    warnings: int
    infos: int


class Outcome(NamedTuple):
    """All that a run has to tell.

    ``files`` are the files that were judged; ``skipped`` are those passed over because they hold no plan, and no file
    is in both. ``plans`` stand in the judged files, of which one may hold none or several. ``suppressed`` diagnostics
    were dropped because a comment in the file asks for it, ``baselined`` ones because the baseline holds them, and
    ``unchanged`` ones because they are older than what is looked at. ``excluded`` files were named or found, and left
    out because the configuration says so; they are in no other count. ``fixed`` fixes were applied, and what they
    mended is not among the diagnostics.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    plans: int
    skipped: int = 0
    suppressed: int = 0
    excluded: int = 0
    fixed: int = 0
    baselined: int = 0
    unchanged: int = 0
    judged: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """Count the diagnostics by severity."""
        severities = [diagnostic.severity for diagnostic in self.diagnostics]
        return Counts(*(severities.count(each) for each in (Severity.ERROR, Severity.WARNING, Severity.INFO)))
