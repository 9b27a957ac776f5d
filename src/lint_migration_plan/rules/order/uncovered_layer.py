"""Layer that From and To have otherwise and no stage touches.

## Why
The plan ends with this layer as it was, or somebody changes it without a stage, and so without a check and a way back.
The lines of From and To are compared by their words: a To that adds to its From, or says "unchanged", "same schema" or
"deferred", is taken for no change.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12
- Config: connection strings in a file

### To
- Data: PostgreSQL 16
- Config: connection strings in the secret store

### Stage 1 — Move the orders

**Layers affected**: data
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12
- Config: connection strings in a file

### To
- Data: PostgreSQL 16
- Config: connection strings in the secret store

### Stage 1 — Read the connection strings from the secret store

**Layers affected**: config

### Stage 2 — Move the orders

**Layers affected**: data
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.overview_layers import layer_lines, layers_of_stages
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._overview import only_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each layer that surely differs between From and To, where it is known what all stages touch."""
    del options
    if any(only_section(plan, kind) is None for kind in (SectionKind.FROM, SectionKind.TO)):
        return
    touched = layers_of_stages(plan)
    if not touched or not is_english(plan):
        return
    for state in layer_lines(plan):
        if state.layer not in touched and state.differs:
            old, new = state.old, state.new
            message = (
                f"layer {state.layer} goes from {quote(old.value.plain)} to {quote(new.value.plain)}, and no stage "
                f"touches it; add the stage that moves it, or name {state.layer} in the one that does"
            )
            start = Place((old.label or old.text).span, "what it is now")
            yield Violation((new.label or new.text).span, message, (start,))


RULE = Rule(id="uncovered-layer", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
