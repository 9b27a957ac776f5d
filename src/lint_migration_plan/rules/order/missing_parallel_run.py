"""High-risk switch with no parallel run before it.

## Why
Where possible, says the guide, run old and new simultaneously: a replica that is kept in step, traffic that is mirrored
to the new system, a canary or a first small group show what breaks before everybody is there, and make the way back
short. Any word of such a run in the text up to the switch is enough, and so is a reason why there is none: a planned
downtime, for one, is a choice.

## Bad
```markdown
### Stage 3 — Switch the shop to the new database

**Risk**: high

**Changes**:

- Stop the shop, load the dump into PostgreSQL 16 and start the shop with the new address
```

## Good
```markdown
### Stage 2 — Replicate the orders

**Risk**: medium

**Changes**:

- Create a subscription on PostgreSQL 16 that follows the old database

### Stage 3 — Switch the shop to the new database

**Risk**: high

**Changes**:

- Wait until the subscription has no lag, and start the shop with the new address
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.parallel_runs import bare_switches
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._habit import habit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report the first high-risk switch that nothing runs in parallel before, with the further ones."""
    del options
    switches = list(bare_switches(plan))
    if switches:
        messages = [
            f"{switch.stage.title} is a high-risk switch, {quote(switch.words.plain)}, and nothing up to it runs old "
            "and new side by side; replicate, mirror or move a small share first, or say why that is not possible"
            for switch in switches
        ]
        yield habit(messages, [switch.stage.heading.span for switch in switches], "this switch too")


RULE = Rule(id="missing-parallel-run", doc=__doc__ or "", severity=Severity.INFO, options=NoOptions, check=check)
