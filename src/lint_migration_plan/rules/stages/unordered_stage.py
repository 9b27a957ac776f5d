"""Stage that stands behind one with a higher number.

## Why
A plan is read from top to bottom and run by its numbers. Where the two differ, somebody runs the stages as they
stand. The guide writes a plan as a sequence of stages, so that the next one is always the next on the page.

## Bad
```markdown
### Stage 2 — Switch the readers

**Risk**: medium

### Stage 1 — Copy the index

**Risk**: low
```

## Good
```markdown
### Stage 1 — Copy the index

**Risk**: low

### Stage 2 — Switch the readers

**Risk**: medium
```

## Fix
Where the stages depend on one another in the order of their numbers, each is moved whole to where its number has it.
Where they do as they stand, or do not at all, they are counted as they stand, and all that names them is carried
along. Where neither is clear nothing is changed, and the place is named. Ask for it with `--unsafe-fixes`, and read
the diff.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.rules.stages._numbers import one_that_is_off, single_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for a plan whose numbers run backwards, at the first stage that comes too late."""
    del options
    numbers = single_numbers(plan)
    # One number that is off among others that count up is a slip, and leaves a gap: that is said there.
    if one_that_is_off(numbers) is not None:
        return
    backwards = [(one, two) for one, two in pairwise(plan.stages) if numbers and (one.number or 0) > (two.number or 0)]
    if not backwards:
        return
    before, stage = backwards[0]
    message = f"{stage.title} stands behind {before.title}; put the stages in the order in which they run, and count up"
    related = [Place(before.heading.span, f"{before.title} stands here")]
    related += [Place(two.heading.span, f"{two.title} stands behind {one.title}") for one, two in backwards[1:]]
    from lint_migration_plan.rules.stages._renumber import put_in_order

    yield Violation(stage.heading.span, message, tuple(related), fix=put_in_order(plan))


RULE = Rule(id="unordered-stage", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
