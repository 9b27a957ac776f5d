"""Gap that is closed before the gap that it depends on.

## Why
Where the notes of a gap say that it depends on another, the other must be closed first, or in the same stage: with a
later stage, or none at all, the work cannot be done as the plan has it. "gap 1" is the gap of the first row, unless
the table numbers its gaps itself; a gap may be named by its identifier or its own words as well.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Switch the connections

**Risk**: low

### Stage 2 — Replace the driver

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 2 | |
| Connections use the old protocol | low | 2h | Stage 1 | Depends on gap 1 |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Stage 1 — Replace the driver

**Risk**: low

### Stage 2 — Switch the connections

**Risk**: low

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 4h | Stage 1 | |
| Connections use the old protocol | low | 2h | Stage 2 | Depends on gap 1 |
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.gap_references import gap_references
from lint_migration_plan.plan.facts.gaps import closers, gap_title, is_exempt, is_unassigned
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import GapRow, Plan, Stage


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each gap on which another depends and which is closed later, not at all, or not there."""
    del options
    order = {id(stage): place for place, stage in enumerate(plan.stages)}
    for row, (text, first, beyond) in gap_references(plan):
        if first is None:
            missing = "the table has fewer" if beyond else "the table has no such gap"
            yield Violation(text.span, f"{gap_title(row)} depends on {quote(text.plain)}, and {missing}")
        elif first is not row:
            yield from _judge(plan, row, first, text, order)


def _judge(plan: Plan, row: GapRow, first: GapRow, text: Text, order: dict[int, int]) -> Iterator[Violation]:
    own, others = closers(plan, row), closers(plan, first)
    said = f"{gap_title(row)} depends on {quote(text.plain)}"
    if not own:
        return
    # A gap without a stage and without a reason is another rule's, which says enough.
    if is_exempt(first) and not is_unassigned(first):
        message = f"{said}, which no stage closes; close it first, or drop the dependency"
        yield Violation(text.span, message, _places(first))
    elif others and _comes_before(own, others, order):
        message = f"{said}, which {_titles(others)} closes, after {_titles(own)}; close it first or in the same stage"
        yield Violation(text.span, message, _places(first))


def _comes_before(stages: Sequence[Stage], others: Sequence[Stage], order: dict[int, int]) -> bool:
    """Say whether all stages come before all others, in the plan and by their numbers."""
    if max(order[id(stage)] for stage in stages) >= min(order[id(stage)] for stage in others):
        return False
    numbers = [stage.number for stage in stages if stage.number is not None]
    later = [stage.number for stage in others if stage.number is not None]
    return not numbers or not later or max(numbers) < min(later)


def _titles(stages: Sequence[Stage]) -> str:
    return stages[0].title if len(stages) == 1 else f"{stages[0].title} and others"


def _places(first: GapRow) -> tuple[Place, ...]:
    text = first.stage or first.gap
    return (Place(text.span, f"the stage of {gap_title(first)}"),) if text is not None else ()


RULE = Rule(id="gap-order", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
