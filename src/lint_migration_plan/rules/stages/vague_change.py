"""Changes that say nothing of what is done.

## Why
The guide, section Stage definitions, asks for specific changes. Whoever carries out "update things as needed" decides
on the spot what the stage is, and whoever reviews the plan cannot see what may break.

It fires only where every word of every item is an empty one; a name, a number, a command or one word of substance is
enough, in any item of the list.

## Bad
```markdown
### Stage 2 — Move the sessions to Redis 7

**Risk**: medium

**Changes**:

- Make the necessary changes
- Update the code as needed
```

## Good
```markdown
### Stage 2 — Move the sessions to Redis 7

**Risk**: medium

**Changes**:

- Point `SESSION_URL` of the shop at `redis7.internal`
- Restart the shop's four instances, one at a time
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
    """Report each stage whose Changes name nothing that a second person could do."""
    del options
    for stage in plan.stages:
        text = vague_text(stage, FieldName.CHANGES)
        if text is not None:
            message = f"{quote(text.plain)} does not say what {stage.title} changes; name what is changed, and to what"
            yield Violation(text.span, message)


RULE = Rule(id="vague-change", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
