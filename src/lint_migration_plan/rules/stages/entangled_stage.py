"""Stage that cannot be deployed, verified or undone alone.

## Why
The guide makes every stage independently deployable, independently reversible and independently verifiable. Two stages
that go live together are one stage with two names, and a proof that comes a stage later comes too late to stop at this
one. That later stages are rolled back first is the normal order, and no tie.

## Bad
```markdown
### Stage 3 — Write to both queues

**Risk**: medium

**Changes**:

- Deploy the writer 2.1 together with Stage 4

### Stage 4 — Read from the new queue

**Risk**: medium

**Changes**:

- Point the readers at `queue-new`
```

## Good
```markdown
### Stage 3 — Write to both queues

**Risk**: medium

**Changes**:

- Deploy the writer 2.1, which writes to `queue-old` and `queue-new`

### Stage 4 — Read from the new queue

**Risk**: medium

**Changes**:

- Point the readers at `queue-new`
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.entanglement import TieKind, ties
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.entanglement import Tie
    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each pair of stages that hang together, once, at the first words that say so."""
    del options
    found: dict[frozenset[str], list[Tie]] = {}
    for tie in ties(plan):
        found.setdefault(frozenset((tie.stage.label, tie.other.label)), []).append(tie)
    for first, *others in found.values():
        related = [Place(first.other.heading.span, f"this is {first.other.title}")]
        related += [Place(other.text.span, f"{other.stage.title} says so as well") for other in others]
        said = quote(first.text.plain)
        message = f"{first.stage.title} cannot be {first.kind.value} alone: {said}; {_way_out(first)}"
        yield Violation(first.text.span, message, tuple(related))


def _way_out(tie: Tie) -> str:
    if tie.kind is TieKind.VERIFIED:
        return f"give a check that {tie.stage.title} can be stopped by, or make one stage of both"
    return "let each of them work without the other, or make one stage of both"


RULE = Rule(id="entangled-stage", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
