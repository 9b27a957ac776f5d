"""Verification without anything to observe.

## Why
The guide, section Verification strategy, has each stage confirm that the change was applied and that the system still
works. "Check that it works" is passed by every stage, the failed ones included: two people who follow it may see the
same system and disagree.

It fires only where every word of every item is an empty one; "the app starts" or "data intact" is enough to observe.

## Bad
```markdown
### Stage 3 — Serve images from the CDN

**Risk**: low

**Verification**:

- Check that everything works as expected
```

## Good
```markdown
### Stage 3 — Serve images from the CDN

**Risk**: low

**Verification**:

- `curl -I https://img.example.org/logo.png` answers 200 with `x-cache: HIT`
- The image error rate stays below 0.1 % for a day
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
    """Report each stage whose Verification gives nothing to observe."""
    del options
    for stage in plan.stages:
        text = vague_text(stage, FieldName.VERIFICATION)
        if text is not None:
            message = (
                f"{quote(text.plain)} gives nothing to observe; name the command, number or state that shows that"
                f" {stage.title} succeeded"
            )
            yield Violation(text.span, message)


RULE = Rule(id="vague-verification", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
