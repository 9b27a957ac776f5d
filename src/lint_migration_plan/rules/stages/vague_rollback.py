"""Rollback without a step.

## Why
The guide, section Stage definitions, asks for the exact steps that undo a stage. A rollback is run at night, in a hurry
and often by somebody else than the author: "revert if necessary" sends them to find out what to revert, and how.

It fires only where every word of every item is an empty one; "revert the commit" or "restore from backup" is a step.

## Bad
```markdown
### Stage 4 — Send mail through the new provider

**Risk**: medium

**Rollback**:

- Revert the changes if something goes wrong
```

## Good
```markdown
### Stage 4 — Send mail through the new provider

**Risk**: medium

**Rollback**:

- Set `MAIL_HOST` back to `smtp.old.example.org` and restart the mailer
- Send the queued mails again with `mailctl flush`
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.concreteness import vague_text
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each stage whose Rollback holds no step."""
    del options
    for stage in plan.stages:
        text = vague_text(stage, FieldName.ROLLBACK)
        if text is not None:
            message = f"{quote(text.plain)} does not say how; give the exact steps that undo {stage.title}"
            yield Violation(text.span, message)


RULE = Rule(id="vague-rollback", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
