"""Gap map that is named and cannot be read.

## Why
A plan may say where its gap map is: in front matter, in the configuration, or by a link in its section "Gap → Stage
Mapping". Then the table is compared with the map, and a map that is not there, or has no gaps in it, would let each
table pass.

A gap map is a Markdown file with a table that has a column Gap, or with a list of gaps. Nothing outside the repository
is read, wherever a path or a symbolic link leads, and nothing is fetched over the network. Without a repository the
folder of the configuration counts, else that of the plan. A link to any other document is none of a gap map's: only one
that says so, in its text or by its file's name, is meant for one. Of a document that has no gaps and links to the map
that is said; with `max-gap-map-links: 2` it will do.

## Bad
```markdown
---
migration-plan:
  gap-map: gap.md
---

## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```

The map is this file, `gaps.md`:

```markdown gaps.md
# Gap map

| Gap | Risk | Effort |
|-----|------|--------|
| The driver is too old | low | 4h |
```

## Good
```markdown
---
migration-plan:
  gap-map: gaps.md
---

## Migration: Orders to PostgreSQL 16

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.subject import GapMapUse


def check(use: GapMapUse, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation where the map could not be read, at the place that names it."""
    del options
    if isinstance(use.read, str):
        yield Violation(use.span, f"gap map {quote(use.name)} {use.read}")


RULE = Rule(
    id="unreadable-gap-map",
    doc=__doc__ or "",
    severity=Severity.ERROR,
    options=NoOptions,
    check=check,
    scope=Scope.GAP_MAP,
)
