"""A Code Quality report of GitLab: a JSON array of objects as its documentation lists them.

GitLab drops what has a fingerprint that it saw already, and compares the fingerprints of two branches: each is the one
of the baseline, which no line number is in, and behind it one of the path.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lint_migration_plan.report.checkout import Checkout
from lint_migration_plan.report.json_text import json_text
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.report.contents import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}

# In bytes, of which each is two digits; as many as the fingerprint of a baseline has.
_SIZE = 8


def render(report: Report) -> str:
    """Write the array, a diagnostic a line; an empty one where there are none, which GitLab wants to see."""
    checkout = Checkout()
    rows = ",\n".join(f"  {json_text(_row(diagnostic, checkout))}" for diagnostic in report.outcome.diagnostics)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def _row(diagnostic: Diagnostic, checkout: Checkout) -> dict[str, Any]:
    path = checkout.path(diagnostic.path)
    return {
        # GitLab prints it as it is, and nobody reads it back.
        "description": safe_text(diagnostic.message),
        "check_name": diagnostic.rule,
        "fingerprint": _fingerprint(diagnostic, path),
        "severity": _SEVERITIES[diagnostic.severity.value],
        "location": {"path": path, "lines": {"begin": diagnostic.location.line}},
    }


def _fingerprint(diagnostic: Diagnostic, path: str) -> str:
    # That a rule failed has no fingerprint, and is told once for each file.
    of_words = diagnostic.fingerprint or _digest(f"{diagnostic.rule}\0{diagnostic.message}")
    return of_words + _digest(path)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()
