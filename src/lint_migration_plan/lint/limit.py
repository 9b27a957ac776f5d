"""The most diagnostics that are reported of one file: a flood helps nobody, and its end must not be taken for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The rule name of the diagnostic that stands for those that are left out.
TOO_MANY = "too-many-diagnostics"


def limited(diagnostics: Sequence[Diagnostic], most: int) -> tuple[Diagnostic, ...]:
    """Leave out what is too much of the diagnostics of one file, which are in order.

    One more stands where the first that is left out did, and weighs as much as the gravest of them.
    """
    left_out = diagnostics[most:]
    if not left_out:
        return tuple(diagnostics)
    gravest = max((each.severity for each in left_out), key=lambda severity: severity.rank)
    count = f"{len(left_out):,} more {'diagnostic' if len(left_out) == 1 else 'diagnostics'}"
    message = f"{count} from here on, and at most {most:,} of a file are reported; mend some, or raise max-diagnostics"
    return (*diagnostics[:most], Diagnostic(TOO_MANY, gravest, message, left_out[0].location))
