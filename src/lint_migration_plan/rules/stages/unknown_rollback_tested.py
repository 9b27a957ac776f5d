"""Answer to "Rollback tested" that is not yes, no or N/A.

## Why
Before a stage runs, somebody asks whether its way back was tried out, and needs one word. The guide, section Stage
definitions, has three: yes, no and N/A. A reason may follow. "Partially" and "in staging?" leave the asking to the
night on which the answer matters.

## Bad
```markdown
### Stage 2 — Rotate the signing keys

**Risk**: medium
**Rollback tested**: partially
```

## Good
```markdown
### Stage 2 — Rotate the signing keys

**Risk**: medium
**Rollback tested**: yes, in staging on 3 March
```

## Fix
Another word that is one of the answers and nothing else becomes that answer: "Y", "true", "untested", "not aplicable";
a reason behind it stays. What "partially" or "tested on paper" comes to is for the author to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.choices import mistyped_rollback_tested, suggest_rollback_tested
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.fix import Fix, NoFix
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.choices import RollbackTested


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each answer that cannot be read."""
    del options
    yield from unreadable((stage.rollback_tested for stage in plan.stages), _message, _fix)


def _fix(tested: Reading[RollbackTested]) -> Fix | NoFix | None:
    if tested.reason:
        return None
    mistyped = mistyped_rollback_tested(tested.text)
    from lint_migration_plan.rules._rewording import write

    return write(mistyped[1], mistyped[0]) if mistyped else None


def _message(tested: Reading[RollbackTested]) -> str:
    said = f"rollback tested {quote(tested.text.plain)} does not begin with one of: yes, no, N/A"
    if tested.reason:
        return f"{said}; {tested.reason}"
    meant = suggest_rollback_tested(tested.text.plain)
    return f"{said}; did you mean '{meant}'?" if meant else said


RULE = Rule(id="unknown-rollback-tested", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
