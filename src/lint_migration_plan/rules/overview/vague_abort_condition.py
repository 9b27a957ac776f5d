"""Abort condition with nothing to observe.

## Why
Abort criteria are agreed on before the migration, when heads are cool, so that nobody has to argue during it. Those of
the guide's template, such as "more than 3 stages fail on first attempt", can be counted; whether "things go wrong"
holds is a matter of mood, and under pressure it never does.

It fires only where every word of a condition is an empty one; an event, a number or something measured is enough.

## Bad
```markdown
## Migration: Billing to the new ledger

### Abort criteria

Stop the migration and reconsider if:

- things go wrong
- the daily sums of both ledgers differ
```

## Good
```markdown
## Migration: Billing to the new ledger

### Abort criteria

Stop the migration and reconsider if:

- two stages in a row had to be rolled back
- the daily sums of both ledgers differ
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.facts.concreteness import says_nothing
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each condition that nobody could observe."""
    del options
    for condition in plan.overview.abort_conditions:
        if says_nothing(condition, phrases.ABORT):
            message = (
                f"{quote(condition.plain)} cannot be observed; name a number, an event or something that is measured"
            )
            yield Violation(condition.span, message)


RULE = Rule(id="vague-abort-condition", doc=__doc__ or "", severity=Severity.INFO, options=NoOptions, check=check)
