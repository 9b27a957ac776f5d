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
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.config.front_matter import FrontMatterError
    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.markdown.document import FrontMatter
    from lint_migration_plan.markdown.source import Source


def check(file: File, options: NoOptions) -> Iterator[Violation]:
    """Report what is wrong with the front matter of a plan."""
    error, front_matter = file.front_matter, file.document.front_matter
    # The front matter of any other document is none of our business.
    if error is not None and front_matter is not None and file.plans:
        yield Violation(_span(error, front_matter, file.document.source), error.message)


def _span(error: FrontMatterError, front_matter: FrontMatter, source: Source) -> Span:
    line = source.line_span(min(front_matter.line + error.line, len(source.lines) - 1))
    if error.column is None:
        return line
    start = min(line.start + error.column, line.end)
    end = line.end if error.end_column is None else min(line.start + error.end_column, line.end)
    return Span(start, max(start, end))


RULE = Rule(
    id="invalid-front-matter",
    doc=__doc__ or "",
    severity=Severity.ERROR,
    options=NoOptions,
    check=check,
    scope=Scope.FILE,
)
