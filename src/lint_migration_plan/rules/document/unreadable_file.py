"""File that cannot be read as text.

## Why
A plan is Markdown in UTF-8. What is in another encoding, is larger than `max-file-size` or is nested deeper than
`max-nesting` cannot be judged, or not to its end, and a plan that was judged in part would look better than it is. The
other files are judged all the same. This rule runs whatever is selected, unless it is ignored.

## Bad
A file that was saved as UTF-16, or a list within a list within a list, a hundred times.

## Good
The same file, saved as UTF-8, or the list with fewer levels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.subject import File


def check(file: File, options: NoOptions) -> Iterator[Violation]:
    """Report what kept the file from being read."""
    if file.unreadable:
        yield Violation(Span(0, 0), file.unreadable)


RULE = Rule(
    id="unreadable-file", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check, scope=Scope.FILE
)
