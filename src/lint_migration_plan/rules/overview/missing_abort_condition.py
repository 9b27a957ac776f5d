"""Abort criteria without a list of conditions.

## Why
A condition is something that holds or does not, and several of them are ticked off one by one, in a hurry. A paragraph
about care and judgement cannot be. The guide, section Migration overview, has a list under Abort criteria.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Abort criteria
We stop when the lead engineer thinks that it is getting out of hand.
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Abort criteria
Stop the migration and reconsider if:

- the replication lag stays above 30 seconds for an hour
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Heading, List, Paragraph, Table
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._overview import content, only_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report abort criteria that hold text, but neither a list nor a table with a row for each condition."""
    section = only_section(plan, SectionKind.ABORT)
    if section is None:
        return
    blocks = list(content(plan, section))
    if not blocks or any(_is_list(block) or _is_placeholder(block) for block in blocks):
        return
    yield Violation(
        section.span,
        f"{quote(section.text.plain)} holds no list; write each condition that stops the migration as an item",
    )


def _is_list(block: Block) -> bool:
    return isinstance(block, List) or (isinstance(block, Table) and bool(block.rows))


def _is_placeholder(block: Block) -> bool:
    return isinstance(block, Paragraph | Heading) and is_placeholder(block.text)


RULE = Rule(id="missing-abort-condition", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
