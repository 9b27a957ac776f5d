"""Bridge between old and new that a stage adds and no stage takes away.

## Why
A shim, a dual write or a feature flag for the migration is there for a while. What no stage removes stays: it is
tested by nobody, two forms are kept alive for ever, and the next migration trips over it. The guide's own ordering ends
with "Remove compatibility shims". That something stays backward compatible is a statement and needs no removal; an
adapter, a fallback, a bridge, a proxy or a facade counts only where the plan says that it is temporary or between old
and new, and a feature flag that is only turned on was there before. What tells of the end may stand in any stage, by
the thing's name or its own in code, or outside the stages; how a stage is rolled back tells of none.

A plan that uses the field `Compatibility` says by it until when its windows last, and is not judged here.

## Bad
```markdown
## Migration: Mailer 3

### Stage 1 — Add a shim for the old calls

**Changes**:

- Add a shim that turns calls of `Mail.send` into calls of `Mailer.deliver`

### Stage 2 — Move the callers to the mailer

**Changes**:

- Replace the 14 calls of `Mail.send`
```

## Good
```markdown
## Migration: Mailer 3

### Stage 1 — Add a shim for the old calls

**Changes**:

- Add a shim that turns calls of `Mail.send` into calls of `Mailer.deliver`

### Stage 2 — Move the callers to the mailer

**Changes**:

- Replace the 14 calls of `Mail.send`

### Stage 3 — Remove the shim

**Changes**:

- Delete `mail_shim.py`
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.compatibility import additions
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.statements import last_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.compatibility import Addition
    from lint_migration_plan.plan.nodes import Plan, Stage


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each thing that no stage takes away, at the words that add it."""
    del options
    found: dict[str, list[tuple[Stage, Addition]]] = {}
    for stage in plan.stages:
        for addition in additions(stage, plan.vocabulary):
            found.setdefault(addition.name, []).append((stage, addition))
    if not found or not is_english(plan) or any(stage.compatibility for stage in plan.stages):
        return
    places = {id(stage): place for place, stage in enumerate(plan.stages)}
    for added in found.values():
        # One may be named where another is only "the shim": the end of any is that of all before it.
        last = max(last_end(plan, addition) for _, addition in added)
        left = [(stage, addition) for stage, addition in added if places[id(stage)] > last]
        if left:
            yield _violation(left)


def _violation(added: list[tuple[Stage, Addition]]) -> Violation:
    stage, addition = added[0]
    # A stage says in its name what it does, and in an item how: the item is where the remedy begins.
    same = [other for holder, other in added if holder is stage]
    addition = same[-1] if len(same) > 1 else addition
    related = tuple(
        Place(other.words.span, f"{holder.title} adds one too") for holder, other in added if holder is not stage
    )
    message = (
        f"{stage.title} adds {_one(addition.name)}, {quote(addition.words.plain)}, and no stage removes it; "
        f"add a stage that does, or say in the plan why it stays"
    )
    return Violation(addition.words.span, message, related)


def _one(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


RULE = Rule(id="lingering-compatibility", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
