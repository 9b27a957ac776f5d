"""Two layers that must fit together, of which one is moved before the other with nothing to bridge the time between.

## Why
The guide, section Compatibility windows: during the migration the system must support both old and new states. Code
should work with both schemas, APIs with both request formats, and configuration should fall back to old values. A pair
of such layers is half moved from the first stage that moves one of the two until the last that moves either, and so it
is after every rollback in between. Something must keep both working for so long, and the plan must say what: a shim, an
adapter, a fallback, a dual write, a versioned API, columns added beside the old ones. Stages that prepare, verify,
monitor or decommission move nothing.

The field `Compatibility` says it for the linter: `data/code until Stage 5`. A plan that has it is judged by it alone.
The words that count, and the pairs, can be extended in the configuration.

## Bad
```markdown
## Migration: Prices in cents

### Stage 1 — Convert the prices

**What changes**: The column `price` holds cents.
**Layers affected**: data

### Stage 2 — Deploy the shop 5.0

**What changes**: The shop reads cents from the column `price`.
**Layers affected**: code
```

## Good
```markdown
## Migration: Prices in cents

### Stage 1 — Add the column `price_cents`

**What changes**: The column `price_cents` stands beside `price`, and a trigger keeps both in step.
**Layers affected**: data

### Stage 2 — Deploy the shop 5.0

**What changes**: The shop reads cents from the column `price_cents`.
**Layers affected**: code
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.walk import walk
from lint_migration_plan.rules.order._half_moved import by_move, states, what_is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.walk import Walk
    from lint_migration_plan.plan.windows import HalfMoved, Window


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each pair that is half moved without a window, at the stage that begins it."""
    del options
    walked = walk(plan)
    if not walked.certain:
        return
    for half in walked.half_moved:
        exposed = walked.exposed(half)
        if exposed is not None and exposed.window is None and exposed.end is None:
            late = _late_window(walked, half)
            if late is None or _needs(walked, half, late):
                yield _violation(walked, half, late)


def _late_window(walked: Walk, half: HalfMoved) -> Window | None:
    """Find the first window of a half-moved pair that opens behind the stage that begins the span."""
    late = [window for window in walked.windows if half.pair in window.pairs and half.first < window.opened < half.last]
    return min(late, key=lambda window: window.opened, default=None)


def _needs(walked: Walk, half: HalfMoved, late: Window) -> bool:
    """Say whether one of the two layers is done before a late window opens.

    A layer that moves again behind it may have been moved before for another reason: "Update the build tools".
    """
    later = {layer for step in walked.steps[late.opened :] for layer in step.moves}
    return not set(half.pair) <= later


def _violation(walked: Walk, half: HalfMoved, late: Window | None) -> Violation:
    first, last = walked.steps[half.first].stage, walked.steps[half.last].stage
    then = states(walked, half, half.first)
    window = f"{'/'.join(by_move(walked, half))} until {last.title.capitalize()}"
    places = [Place(last.heading.span, f"{last.title} ends it")]
    if late is not None:
        places.insert(0, Place(late.words.span, "this comes too late"))
    if walked.stated:
        opened = f"; {walked.steps[late.opened].stage.title} opens one too late" if late is not None else ""
        has_field = first.compatibility is not None
        way_out = f"let that of {first.title} say '{window}'" if has_field else f"add one to {first.title}: '{window}'"
        message = f"{then}, and no field 'Compatibility' states a window for so long{opened}; {way_out}"
    elif late is not None:
        before = walked.steps[late.opened].stage.title
        message = f"{then}: {what_is_missing(walked, half)} before {before}; open the window first"
    else:
        message = f"{then}: {what_is_missing(walked, half)}; say what does, or state '**Compatibility**: {window}'"
    return Violation(first.heading.span, message, tuple(places))


RULE = Rule(
    id="missing-compatibility-window", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check
)
