"""Stage number that stands twice.

## Why
Dependencies, gaps and verifications name a stage by its number. Where two stages have the same number, nobody can
tell which of them is meant, and the wrong one is run or undone. The guide, section Stage definitions, counts the
stages.

## Bad
```markdown
### Stage 1 — Mirror the packages

**Risk**: low

### Stage 1 — Point the builds at the mirror

**Risk**: low
```

## Good
```markdown
### Stage 1 — Mirror the packages

**Risk**: low

### Stage 2 — Point the builds at the mirror

**Risk**: low
```

## Fix
The stages are counted as they stand, and all that names them is carried along: dependencies, both tables, sentences
and links. Where a number may mean two stages, nothing is renumbered and the place is named. Ask for it with
`--unsafe-fixes`, and read the diff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.rules.stages._numbers import whole_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, Stage


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each doubled number, or for a row of them where the numbers start anew."""
    del options
    firsts = {stage.number: stage for stage in reversed(plan.stages)}
    for run in _runs(plan):
        first = run[0]
        before = firsts[first.number]
        if len({stage.number for stage in run}) > 1:
            message = f"the stage numbers start again at {first.number}; count on instead"
        else:
            message = f"{first.title} stands twice; give each stage a number of its own"
        related = [Place(before.heading.span, f"the first stage {before.number}")]
        related += [Place(stage.heading.span, f"stage {stage.number} again") for stage in run[1:]]
        from lint_migration_plan.rules.stages._renumber import count_stages

        yield Violation(first.heading.span, message, tuple(related), fix=count_stages(plan))


def _runs(plan: Plan) -> Iterator[list[Stage]]:
    """Find the stages whose numbers were there before, those together that follow one another."""
    seen: set[int] = set()
    run: list[Stage] = []
    for stage, number in zip(plan.stages, whole_numbers(plan), strict=False):
        if number in seen:
            run.append(stage)
            continue
        if run:
            yield run
            run = []
        seen.add(number)
    if run:
        yield run


RULE = Rule(id="duplicate-stage-number", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
