"""A run in a line, and its rules in a table."""

from __future__ import annotations

import pytest

from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity
from lint_migration_plan.lint.outcome import Counts, Outcome
from lint_migration_plan.report.summary import render_statistics, render_summary

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def diagnostics(*severities: Severity, rule: str = "gap-order") -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(rule, severity, "late", Location("plan.md", 1, 1, 1, 1)) for severity in severities)


def test_counts() -> None:
    assert Outcome(diagnostics(ERROR, WARNING, ERROR, INFO), files=1, plans=1).counts == Counts(
        errors=2, warnings=1, infos=1
    )


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            Outcome(diagnostics(ERROR, WARNING, ERROR), files=3, plans=3, skipped=1, suppressed=2),
            "2 errors, 1 warning in 3 files (1 file without a plan skipped, 2 suppressed)",
        ),
        (Outcome(diagnostics(WARNING, WARNING, INFO), files=1, plans=2), "2 warnings, 1 info in 1 file"),
        (
            Outcome(diagnostics(INFO, INFO), files=1, plans=1, skipped=2),
            "2 infos in 1 file (2 files without a plan skipped)",
        ),
        (Outcome(diagnostics(ERROR), files=1, plans=0, skipped=1), "1 error in 1 file (1 file without a plan skipped)"),
        (Outcome((), files=2, plans=2), "no complaints in 2 plans"),
        (Outcome((), files=1, plans=1, suppressed=1), "no complaints in 1 plan (1 suppressed)"),
        (
            Outcome((), files=1, plans=1, suppressed=1, baselined=2, unchanged=3),
            "no complaints in 1 plan (1 suppressed, 2 in the baseline, 3 from before)",
        ),
        (Outcome((), files=1, plans=2, skipped=3), "no complaints in 2 plans (3 files without a plan skipped)"),
        (Outcome((), files=0, plans=0, skipped=1), "nothing judged: no plan in 1 file"),
        (Outcome((), files=1, plans=0, skipped=1, suppressed=1), "nothing judged: no plan in 2 files (1 suppressed)"),
        (Outcome((), files=0, plans=0), "nothing judged: no files"),
        (Outcome((), files=0, plans=0, excluded=1), "nothing judged: 1 file excluded"),
        (Outcome((), files=0, plans=0, skipped=2, excluded=1), "nothing judged: no plan in 2 files, 1 file excluded"),
        (Outcome((), files=1, plans=1, excluded=2), "no complaints in 1 plan (2 files excluded)"),
    ],
)
def test_summary(outcome: Outcome, line: str) -> None:
    assert render_summary(outcome) == line


def test_statistics_have_the_most_frequent_rule_first() -> None:
    told = (
        *diagnostics(ERROR, ERROR, rule="unknown-risk"),
        *diagnostics(*[WARNING] * 12, rule="vague-change"),
        *diagnostics(ERROR, WARNING, rule="gap-order"),
    )
    assert render_statistics(told) == "12  vague-change\n 2  gap-order\n 2  unknown-risk\n"


def test_statistics_of_nothing_are_nothing() -> None:
    assert render_statistics(()) == ""
