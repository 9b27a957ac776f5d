"""File that holds no migration plan.

## Why
A file that is named on the command line is meant to be a plan. If nothing in it can be told to be one, then nothing in
it is judged, and silence would read as praise. Fenced code is no plan text: a document that only shows the guide's
template is no plan either. With `--plans-only` such a file is passed over without a word.

## Bad
```markdown
# How to upgrade your laptop

Close all programs and run the installer.
```

## Good
```markdown
## Migration: Laptops to the new image

### Motivation
The old image no longer gets security fixes.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.subject import File


def check(file: File, options: NoOptions) -> Iterator[Violation]:
    """Report a file in which no plan was recognised."""
    # What cannot be read may well be a plan.
    if not file.plans and not file.unreadable:
        yield Violation(
            Span(0, 0),
            "no migration plan is here: no heading 'Migration: {name}', no stage such as 'Stage 1 — {Name}', "
            "no table 'Gap → Stage Mapping'",
        )


RULE = Rule(
    id="not-a-plan", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check, scope=Scope.FILE
)
