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

## Fix
Another word for the whole of a layer ("database", "application", "settings") or a slip of the pen becomes the guide's
word. A word for a part of a layer ("frontend", "DNS") says more than that, and one such as "API" can mean two: these
are left to the author, and so is a word for a layer that the stage names already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import NoFix
from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.layers import mistyped_layer
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.fix import Fix
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.terms import Layer, Reading


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each name that is no layer, and for each value that names none."""
    del options
    fixes = {layer.text.span: fix for stage in plan.stages for layer, fix in _fixes(stage, plan)}
    unknown = grouped((normal(layer.text.plain), layer) for layer in _layers(plan) if layer.name is None)
    for alike in unknown.values():
        spans = [layer.text.span for layer in alike]
        yield habit(_message(alike[0], _known(plan)), spans, fixes=[fixes.get(span) for span in spans])
    yield from unreadable((stage.layers for stage in plan.stages), lambda layers: _unread(layers, _known(plan)))


def _layers(plan: Plan) -> Iterator[Layer]:
    return (layer for stage in plan.stages for layer in _named(stage))


def _named(stage: Stage) -> tuple[Layer, ...]:
    read = stage.layers is not None and stage.layers.state is State.READ
    return (stage.layers.value or ()) if stage.layers is not None and read else ()


def _fixes(stage: Stage, plan: Plan) -> Iterator[tuple[Layer, Fix | NoFix]]:
    """Give the fixes of a stage's unknown layers, as long as no layer comes to stand twice."""
    layers = _named(stage)
    meant = [layer.name or mistyped_layer(layer.text.plain, plan.vocabulary) for layer in layers]
    for layer, name in zip(layers, meant, strict=True):
        if layer.name is None and name is not None:
            twice = meant.count(name) > 1
            from lint_migration_plan.rules._rewording import write

            yield layer, NoFix(f"'{name}' would stand twice") if twice else write(name, layer.text, alike=True)


def _known(plan: Plan) -> str:
    return ", ".join(dict.fromkeys(plan.vocabulary.layers.values()))


def _message(layer: Layer, known: str) -> str:
    hint = f"; did you mean '{layer.meant}'?" if layer.meant else ""
    return f"layer {quote(layer.text.plain)} is not one of: {known}{hint}"


def _unread(layers: Reading[tuple[Layer, ...]], known: str) -> str:
    return f"{quote(layers.text.plain)} names no layer; the layers are: {known}"


RULE = Rule(id="unknown-layer", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
