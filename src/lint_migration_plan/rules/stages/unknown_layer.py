"""Layer that the guide does not have.

## Why
The guide, section Planning principles, migrates one layer per stage, so that a failure has a single cause. That can
be judged only where everybody means the same by a layer: infrastructure, data, dependencies, code, config, consumers.
A team that has more layers, or other words for these, can name them in its configuration, as `vocabulary.layers`.

## Bad
```markdown
### Stage 2 — Add the column for the new key

**Layers affected**: database
**Risk**: low
```

## Good
```markdown
### Stage 2 — Add the column for the new key

**Layers affected**: data
**Risk**: low
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Layer, Reading


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each name that is no layer, and for each value that names none."""
    del options
    unknown = grouped((normal(layer.text.plain), layer) for layer in _layers(plan) if layer.name is None)
    for alike in unknown.values():
        yield habit(_message(alike[0], _known(plan)), [layer.text.span for layer in alike])
    yield from unreadable((stage.layers for stage in plan.stages), lambda layers: _unread(layers, _known(plan)))


def _layers(plan: Plan) -> Iterator[Layer]:
    for stage in plan.stages:
        if stage.layers is not None and stage.layers.state is State.READ:
            yield from stage.layers.value or ()


def _known(plan: Plan) -> str:
    return ", ".join(dict.fromkeys(plan.vocabulary.layers.values()))


def _message(layer: Layer, known: str) -> str:
    hint = f"; did you mean '{layer.meant}'?" if layer.meant else ""
    return f"layer {quote(layer.text.plain)} is not one of: {known}{hint}"


def _unread(layers: Reading[tuple[Layer, ...]], known: str) -> str:
    return f"{quote(layers.text.plain)} names no layer; the layers are: {known}"


RULE = Rule(id="unknown-layer", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
