"""A run in a line, and its rules in a table of counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.lint.outcome import Outcome


def render_summary(outcome: Outcome) -> str:
    """Say in one line, without its end, what was judged and what came of it."""
    asides = []
    if outcome.skipped and (outcome.plans or outcome.diagnostics):
        asides.append(f"{_count(outcome.skipped, 'file')} without a plan skipped")
    if outcome.excluded and (outcome.plans or outcome.diagnostics):
        asides.append(f"{_count(outcome.excluded, 'file')} excluded")
    if outcome.suppressed:
        asides.append(f"{outcome.suppressed} suppressed")
    if outcome.baselined:
        asides.append(f"{outcome.baselined} in the baseline")
    if outcome.unchanged:
        asides.append(f"{outcome.unchanged} from before")
    fixable = [diagnostic.fix for diagnostic in outcome.diagnostics if diagnostic.fix]
    safe = sum(fix.safe for fix in fixable)
    if safe:
        asides.append(f"{safe} can be mended with --fix")
    if len(fixable) > safe:
        asides.append(f"{len(fixable) - safe}{' more' if safe else ''} with --fix --unsafe-fixes")
    if outcome.fixed:
        asides.append(f"{outcome.fixed} mended")
    return _verdict(outcome) + (f" ({', '.join(asides)})" if asides else "")


def render_statistics(diagnostics: Iterable[Diagnostic]) -> str:
    """Count the diagnostics of each rule, most frequent first, a line each; empty where there are none."""
    counts = Counter(diagnostic.rule for diagnostic in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    digits = len(str(rows[0][1])) if rows else 0
    return "".join(f"{count:>{digits}}  {safe_text(rule)}\n" for rule, count in rows)


def _verdict(outcome: Outcome) -> str:
    errors, warnings, infos = outcome.counts
    parts = [
        _count(number, word) for number, word in ((errors, "error"), (warnings, "warning"), (infos, "info")) if number
    ]
    if parts:
        return f"{', '.join(parts)} in {_count(outcome.files, 'file')}"
    if outcome.plans:
        return f"no complaints in {_count(outcome.plans, 'plan')}"
    # Silence would read as praise where nothing was looked at.
    files = outcome.files + outcome.skipped
    excluded = f"{_count(outcome.excluded, 'file')} excluded" if outcome.excluded else ""
    if not files:
        return f"nothing judged: {excluded or 'no files'}"
    return f"nothing judged: no plan in {_count(files, 'file')}" + (f", {excluded}" if excluded else "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
