"""Stage that touches more than one layer.

## Why
When a stage that moved the database and the framework fails, nobody knows which of the two did it, and both have to
go back. The guide, section Planning principles, has one layer per stage, so that a failure has a single cause.

## Bad
```markdown
### Stage 4 — Move the accounts

**Layers affected**: data, code
**Risk**: high
```

## Good
```markdown
### Stage 4 — Copy the accounts

**Layers affected**: data
**Risk**: medium

### Stage 5 — Read the accounts from the copy

**Layers affected**: code
**Risk**: high
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.terms import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage of more than one layer, unless one of them is unknown."""
    del options
    for stage in plan.stages:
        if stage.layers is None or stage.layers.state is not State.READ or not stage.layers.value:
            continue
        layers = stage.layers.value
        names = list(dict.fromkeys(layer.name for layer in layers if layer.name is not None))
        if len(names) > 1 and all(layer.name is not None for layer in layers):
            span = Span(layers[0].text.span.start, layers[-1].text.span.end)
            yield Violation(
                span, f"{stage.title} touches {_listed(names)}; one layer a stage, so that a failure has one cause"
            )


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


RULE = Rule(id="mixed-layers", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
