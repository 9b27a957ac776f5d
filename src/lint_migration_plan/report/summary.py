"""A run in a line, and its rules in a table of counts.

The line is also that of a run whose results are all known already, so that this module imports next to nothing.
"""

from __future__ import annotations

from lint_migration_plan import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.lint.outcome import Outcome


class Tally:
    """What a summary counts, as in `lint.outcome.Outcome`; ``safe`` and ``unsafe`` are diagnostics with such a fix."""

    def __init__(self) -> None:
        self.files = self.plans = self.skipped = self.suppressed = self.excluded = self.fixed = 0
        self.baselined = self.unchanged = self.errors = self.warnings = self.infos = self.safe = self.unsafe = 0

    def add(self, counts: Sequence[int]) -> int:
        """Add what is kept of a file (`cached`), and say whether something of it was reported, as a number."""
        files, plans, skipped, suppressed, errors, warnings, infos, safe, unsafe, reported = counts
        self.files += files
        self.plans += plans
        self.skipped += skipped
        self.suppressed += suppressed
        self.errors += errors
        self.warnings += warnings
        self.infos += infos
        self.safe += safe
        self.unsafe += unsafe
        return reported


def render_summary(outcome: Outcome) -> str:
    """Say in one line, without its end, what was judged and what came of it."""
    tally = Tally()
    vars(tally).update(outcome._asdict())
    tally.errors, tally.warnings, tally.infos = outcome.counts
    fixable = [diagnostic.fix for diagnostic in outcome.diagnostics if diagnostic.fix]
    tally.safe = sum(fix.safe for fix in fixable)
    tally.unsafe = len(fixable) - tally.safe
    return summary_line(tally)


def summary_line(tally: Tally) -> str:
    """Say it of what was counted."""
    asides = []
    something = tally.plans or tally.errors or tally.warnings or tally.infos
    if tally.skipped and something:
        asides.append(f"{_count(tally.skipped, 'file')} without a plan skipped")
    if tally.excluded and something:
        asides.append(f"{_count(tally.excluded, 'file')} excluded")
    if tally.suppressed:
        asides.append(f"{tally.suppressed} suppressed")
    if tally.baselined:
        asides.append(f"{tally.baselined} in the baseline")
    if tally.unchanged:
        asides.append(f"{tally.unchanged} from before")
    if tally.safe:
        asides.append(f"{tally.safe} can be mended with --fix")
    if tally.unsafe:
        asides.append(f"{tally.unsafe}{' more' if tally.safe else ''} with --fix --unsafe-fixes")
    if tally.fixed:
        asides.append(f"{tally.fixed} mended")
    return _verdict(tally) + (f" ({', '.join(asides)})" if asides else "")


def render_statistics(diagnostics: Iterable[Diagnostic]) -> str:
    """Count the diagnostics of each rule, most frequent first, a line each; empty where there are none."""
    from collections import Counter

    from lint_migration_plan.report.safe import safe_text

    counts = Counter(diagnostic.rule for diagnostic in diagnostics)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    digits = len(str(rows[0][1])) if rows else 0
    return "".join(f"{count:>{digits}}  {safe_text(rule)}\n" for rule, count in rows)


def _verdict(tally: Tally) -> str:
    counted = ((tally.errors, "error"), (tally.warnings, "warning"), (tally.infos, "info"))
    parts = [_count(number, word) for number, word in counted if number]
    if parts:
        return f"{', '.join(parts)} in {_count(tally.files, 'file')}"
    if tally.plans:
        return f"no complaints in {_count(tally.plans, 'plan')}"
    # Silence would read as praise where nothing was looked at.
    files = tally.files + tally.skipped
    excluded = f"{_count(tally.excluded, 'file')} excluded" if tally.excluded else ""
    if not files:
        return f"nothing judged: {excluded or 'no files'}"
    return f"nothing judged: no plan in {_count(files, 'file')}" + (f", {excluded}" if excluded else "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
