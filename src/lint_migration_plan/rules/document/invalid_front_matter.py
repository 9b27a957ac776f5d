"""Front matter that cannot be used.

## Why
The front matter of a plan may name its type and its gap map below the key `migration-plan`. If it is not YAML, or has a
key there that nobody knows, then these settings do not hold, and nobody notices. The other keys of a front matter
belong to other tools and are not looked at.

## Bad
```markdown
---
migration-plan:
  typ: database-upgrade
---

## Migration: Orders to PostgreSQL 16
```

## Good
```markdown
---
migration-plan:
  type: database-upgrade
---

## Migration: Orders to PostgreSQL 16
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.subject import File


def check(file: File, options: NoOptions) -> Iterator[Violation]:
    """Report what is wrong with the front matter of a plan."""
    error, front_matter = file.front_matter, file.document.front_matter
    # The front matter of any other document is none of our business.
    if error is not None and front_matter is not None and file.plans:
        span = front_matter.span_of(file.document.source, error.line, error.column, error.end_column)
        yield Violation(span, error.message)


RULE = Rule(
    id="invalid-front-matter",
    doc=__doc__ or "",
    severity=Severity.ERROR,
    options=NoOptions,
    check=check,
    scope=Scope.FILE,
)
