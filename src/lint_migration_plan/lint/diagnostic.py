"""What the linter tells: a rule's word on one place of one file."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lint_migration_plan.lint.fix import Suggestion


class Severity(Enum):
    """How much a diagnostic weighs; ``rank`` grows with the weight."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Order severities: info 0, warning 1, error 2."""
        return _RANKS[self.value]


_RANKS = {"info": 0, "warning": 1, "error": 2}


class Location(NamedTuple):
    """A stretch of a file: lines and columns from 1, columns in code points, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Related(NamedTuple):
    """A second place that matters to a diagnostic, and what it has to do with it."""

    location: Location
    message: str


class Diagnostic(NamedTuple):
    """What a rule says of one place of a file.

    ``message`` is one line without a full stop and may quote the author, control characters included: a reporter makes
    it safe for where it prints. ``path`` is as the caller named the file. ``fix`` is what would mend it, None where its
    author must, and ``no_fix`` then says why where the rule can mend it elsewhere. ``fingerprint`` tells it from others
    without regard to lines, as `lint.fingerprint` says; it is empty where nobody asked for it.
    """

    rule: str
    severity: Severity
    message: str
    location: Location
    related: tuple[Related, ...] = ()
    fix: Suggestion | None = None
    no_fix: str = ""
    fingerprint: str = ""

    @property
    def path(self) -> str:
        """The file that the diagnostic is about."""
        return self.location.path
