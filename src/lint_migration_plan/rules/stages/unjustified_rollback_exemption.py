"""Rollback test waived without a reason, or at high risk.

## Why
The guide, section Stage definitions, allows "N/A" for "Rollback tested", which is also the easiest way around the
question. So it needs its reason beside it, or in the stage's Rollback ("nothing to undo: the stage only reads"). For a
stage of high risk no reason is good enough: what may go badly wrong must be tried backwards as well.

## Bad
```markdown
### Stage 2 — Turn on query logging

**Risk**: low

**Rollback**:

- Set `log_statement = none` and reload the server

**Rollback tested**: N/A
```

## Good
```markdown
### Stage 2 — Turn on query logging

**Risk**: low

**Rollback**:

- Set `log_statement = none` and reload the server

**Rollback tested**: N/A, the setting is switched both ways every week
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.facts.reversibility import explains_absence
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import Risk
from lint_migration_plan.plan.values.choices import Answer
from lint_migration_plan.rules.stages._rollback import rollback_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each stage that is exempt from a rollback test and should not be, or does not say why."""
    del options
    for stage in plan.stages:
        reading = rollback_answer(stage, Answer.NOT_APPLICABLE)
        if reading is None or reading.value is None:
            continue
        said = quote(reading.text.plain)
        if stage.risk is not None and stage.risk.value is Risk.HIGH:
            message = f"{stage.title} is of high risk and exempt from a rollback test: {said}; test its rollback"
            yield Violation(reading.text.span, message)
        elif not reading.value.why and not explains_absence(stage):
            message = (
                f"{said} does not say why the rollback of {stage.title} needs no test; add the reason behind a comma"
            )
            yield Violation(reading.text.span, message)


RULE = Rule(
    id="unjustified-rollback-exemption", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check
)
