"""Stage that moves a layer which neither From nor To has.

## Why
From and To say what the migration is about, one line for each layer. A layer that only the stages know has no state to
start from and none to arrive at, so that nobody can tell whether it has arrived. A stage that prepares, verifies,
monitors, works on tools and tests, or adds and removes what keeps old and new working together, leaves its layer as it
was and needs no line. Of a stage that touches several layers nothing is said before it is split. A layer of a team's
own counts where From and To have a line for one such layer; else it may be a part of one of the guide's.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12

### To
- Data: PostgreSQL 16

### Stage 1 — Move the connection strings to the secret store

**Layers affected**: config
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

### Stage 1 — Move the connection strings to the secret store

**Layers affected**: config
```
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.overview_layers import declared_layers, named_layers, own_layers
from lint_migration_plan.plan.facts.stage_kinds import moves_for_good
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.vocabulary import LAYERS
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules._overview import only_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.terms import Layer


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each layer once, at the first stage that surely moves it, with the further ones."""
    del options
    old, new = only_section(plan, SectionKind.FROM), only_section(plan, SectionKind.TO)
    declared = declared_layers(plan)
    if old is None or new is None or not declared or not is_english(plan):
        return
    related = (Place(old.span, "a line for it is missing here"), Place(new.span, "and here"))
    for layer, moves in grouped(_moves(plan)).items():
        if layer not in declared:
            messages = [_message(stage, named, layer) for stage, named in moves]
            spans = [named.text.span for _, named in moves]
            yield habit(messages, spans, "this stage too")._replace(related=related)


def _moves(plan: Plan) -> Iterator[tuple[str, tuple[Stage, Layer]]]:
    """Pair layers with the stages that move them, and nothing else: what touches several is to be split first.

    A team's own layer may be a part of one of the guide's, unless the team gives its own layers lines.
    """
    counts = Counter(stage.label for stage in plan.stages)
    gives_lines = bool(own_layers(plan))
    for stage in plan.stages:
        if counts[stage.label] == 1 and moves_for_good(stage, plan.vocabulary):
            named = {layer.name: layer for layer in reversed(named_layers(stage)) if layer.name is not None}
            if len(named) == 1:
                [(name, layer)] = named.items()
                if name in LAYERS or gives_lines:
                    yield name, (stage, layer)


def _message(stage: Stage, named: Layer, layer: str) -> str:
    said = quote(named.text.plain)
    return f"{stage.title} moves {said}, a layer of neither From nor To; add a line for {layer} under both"


RULE = Rule(id="undeclared-layer", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
