"""Part of the overview with nothing in it.

## Why
A heading is a promise. Whoever finds the section in the contents believes that the question is answered, and finds out
that it is not on the day when the answer is needed. Comments and block quotes are no text of the plan, so that a
section which holds nothing else counts as empty too.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Motivation

### Abort criteria
- the replication lag stays above 30 seconds for an hour
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Motivation
PostgreSQL 12 no longer gets security fixes.

### Abort criteria
- the replication lag stays above 30 seconds for an hour
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Quote
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._overview import KINDS, content, only_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

_WANTED = {
    SectionKind.FROM: "write one line for each layer as it is now",
    SectionKind.TO: "write one line for each layer as it will be",
    SectionKind.MOTIVATION: "write why the migration is needed, and why now",
    SectionKind.TIMELINE: "list the dates of planning, execution, cutover and cleanup, and the total",
    SectionKind.ABORT: "list the conditions that stop the migration",
}


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report sections without content; of a section that stands twice the other one may hold it."""
    for kind in KINDS:
        section = only_section(plan, kind)
        if section is None or next(content(plan, section), None) is not None:
            continue
        quoted = any(isinstance(block, Quote) for block in section.section.blocks)
        nothing, why = ("nothing but a quote", ", and a quote is no text of the plan") if quoted else ("nothing", "")
        yield Violation(section.span, f"{nothing} stands under {quote(section.text.plain)}{why}; {_WANTED[kind]}")


RULE = Rule(id="empty-overview-section", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
