"""Risky stage whose rollback nobody has tried.

## Why
The guide has a field for it, "Rollback tested", and a column in its table of verifications. A rollback that was never
run fails when it is needed. For a high-risk stage this is an error, for one of medium risk a warning; a low-risk stage
may go without.

## Bad
```markdown
### Stage 4 — Switch the writers to the new queue

**Risk**: high

**Rollback**:

- Set `QUEUE_URL` back to `amqp://old` and restart the writers

**Rollback tested**: no
```

## Good
```markdown
### Stage 4 — Switch the writers to the new queue

**Risk**: high

**Rollback**:

- Set `QUEUE_URL` back to `amqp://old` and restart the writers

**Rollback tested**: yes, in staging on 2 March 2026
```
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import Risk
from lint_migration_plan.plan.values.choices import Answer
from lint_migration_plan.rules.stages._rollback import rollback_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lint_migration_plan.plan.nodes import Plan

_WEIGHT: Mapping[Risk, Severity] = MappingProxyType({Risk.HIGH: Severity.ERROR, Risk.MEDIUM: Severity.WARNING})


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each stage of high or medium risk whose rollback was not tested."""
    del options
    for stage in plan.stages:
        risk = stage.risk.value if stage.risk is not None else None
        reading = rollback_answer(stage, Answer.NO)
        if reading is None or risk is None or risk not in _WEIGHT:
            continue
        message = (
            f"the rollback of {stage.title}, a stage of {risk} risk, was not tested: {quote(reading.text.plain)};"
            " run it once, in a copy of production, and write 'yes'"
        )
        yield Violation(reading.text.span, message, severity=_WEIGHT[risk])


RULE = Rule(id="untested-rollback", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
