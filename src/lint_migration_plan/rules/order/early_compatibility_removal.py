"""Bridge between old and new that is taken away while a later stage still needs it.

## Why
The guide, section Compatibility windows: old and new work side by side during the migration. A shim, a fallback or a
dual write has to stand until the last stage that moves one of the layers that it keeps together. When it goes earlier,
what is still old breaks at once, and so does the way back. The same holds for the old form itself: when the old column
is dropped, no code that is still to be moved can read it.

With the field `Compatibility`, the stage behind "until" is the one that takes it away.

## Bad
```markdown
## Migration: Prices in cents

### Stage 1 — Dual-write the prices

**What changes**: Start the dual write to `price` and `price_cents`.
**Layers affected**: code

### Stage 2 — Convert the prices

**What changes**: `price_cents` becomes the column that counts.
**Layers affected**: data

### Stage 3 — Stop the dual write

**What changes**: Stop the dual write; only `price_cents` is written.
**Layers affected**: code

### Stage 4 — Deploy the reports 2.0

**What changes**: The reports read `price_cents`.
**Layers affected**: code
```

## Good
```markdown
## Migration: Prices in cents

### Stage 1 — Dual-write the prices

**What changes**: Start the dual write to `price` and `price_cents`.
**Layers affected**: code

### Stage 2 — Convert the prices

**What changes**: `price_cents` becomes the column that counts.
**Layers affected**: data

### Stage 3 — Deploy the reports 2.0

**What changes**: The reports read `price_cents`.
**Layers affected**: code

### Stage 4 — Stop the dual write

**What changes**: Stop the dual write; only `price_cents` is written.
**Layers affected**: code
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.compatibility import named_pairs
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.walk import walk
from lint_migration_plan.plan.windows import is_needed
from lint_migration_plan.rules.order._half_moved import by_move, states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.walk import Exposed, Walk
    from lint_migration_plan.plan.windows import HalfMoved


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each removal that comes too early, at the words that say it."""
    del options
    walked = walk(plan)
    if not walked.certain:
        return
    said = set()
    for half in walked.half_moved:
        exposed = walked.exposed(half)
        if exposed is None or exposed.closing is None or exposed.closing.span in said:
            continue
        if exposed.end is not None and exposed.end.early is None and not _speaks_of(plan, half):
            continue
        bridge = exposed.window if exposed.end is None and not walked.stated else None
        if bridge is not None and not is_needed(plan, bridge, half):
            # What moves later may be another thing of the same layers.
            continue
        # One removal may leave several pairs without a window.
        said.add(exposed.closing.span)
        yield _violation(walked, half, exposed)


def _speaks_of(plan: Plan, half: HalfMoved) -> bool:
    """Say whether the stage that ends a half-moved span speaks of what the pair is about, so that it needs the old."""
    return any(half.pair in named_pairs(text, plan.vocabulary) for text in work_texts(plan.stages[half.last]))


def _violation(walked: Walk, half: HalfMoved, exposed: Exposed) -> Violation:
    assert exposed.closing is not None  # noqa: S101 - the caller has looked
    assert exposed.closed is not None  # noqa: S101 - likewise
    last = walked.steps[half.last].stage
    then = states(walked, half, max(exposed.place, half.first))
    if walked.stated:
        message = (
            f"compatibility of {'/'.join(by_move(walked, half))} ends at {quote(exposed.closing.plain)}, but {then}"
        )
        way_out = f"let it last until {last.title}"
    else:
        closer = walked.steps[exposed.closed].stage
        message = f"{closer.title} is too early for {quote(exposed.closing.plain)}: {then}"
        way_out = f"do it in {last.title} or later"
    places = [Place(last.heading.span, f"{last.title} still needs it")]
    if exposed.window is not None:
        places.insert(0, Place(exposed.window.words.span, "this is what kept old and new working"))
    return Violation(exposed.closing.span, f"{message}; {way_out}", tuple(places))


RULE = Rule(
    id="early-compatibility-removal", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check
)
