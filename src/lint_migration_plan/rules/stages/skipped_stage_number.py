"""Stage number that is left out.

## Why
A gap in the numbers reads as a stage that got lost: was it dropped, or forgotten? Whoever carries the plan out has to
ask, and references that were right before the cut now point beside their stage. The guide counts stages from 1; many
teams begin with a stage 0, which is fine.

## Bad
```markdown
### Stage 1 — Add the new topic

**Risk**: low

### Stage 3 — Read from the new topic

**Risk**: medium
```

## Good
```markdown
### Stage 1 — Add the new topic

**Risk**: low

### Stage 2 — Read from the new topic

**Risk**: medium
```

## Fix
The stages are counted as they stand, and all that names them is carried along: dependencies, both tables, sentences
and links. Where a number may mean two stages, or one that is not there any more, nothing is renumbered and the place is
named. Ask for it with `--unsafe-fixes`, and read the diff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.values.stage_words import stage_label
from lint_migration_plan.rules.stages._numbers import first_number, one_that_is_off, single_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan

#: How many gaps a message names, and how many places that name a number in one are shown.
_MOST = 4


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield one violation for a plan whose numbers have gaps, at the first stage behind one."""
    del options
    numbers = single_numbers(plan)
    gaps = _gaps(numbers)
    if not gaps:
        return
    index = one_that_is_off(numbers)
    if index is None:
        index = numbers.index(gaps[0][1] + 1)
    stage = plan.stages[index]
    related: tuple[Place, ...] = ()
    if gaps[0][0] == first_number(numbers):
        message = f"the stages begin with number {numbers[index]}; count them from 1, or from 0"
    elif left := _still_named(plan, gaps):
        message = (
            f"{_said(gaps)} left out, and the plan still names stage {stage_label(left[0].plain)}; "
            "was a stage deleted? bring it back, or count the stages without a gap"
        )
        related = tuple(Place(text.span, f"this names stage {stage_label(text.plain)}") for text in left[:_MOST])
    else:
        message = f"{_said(gaps)} left out; count the stages without a gap"
    from lint_migration_plan.rules.stages._renumber import count_stages

    yield Violation(stage.heading.span, message, related, fix=count_stages(plan))


def _gaps(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """Find what is left out, as the first and the last number of each gap."""
    gaps = []
    expected = first_number(numbers)
    for number in sorted(numbers):
        if number > expected:
            gaps.append((expected, number - 1))
        expected = number + 1
    return gaps


def _still_named(plan: Plan, gaps: list[tuple[int, int]]) -> list[Text]:
    """Find what names a number within a gap."""
    from lint_migration_plan.plan.renumber import numbers_named

    labels = ((text, stage_label(text.plain)) for text in numbers_named(plan))
    whole = ((text, int(label)) for text, label in labels if label.isascii() and label.isdigit())
    found = {text.span: text for text, number in whole if any(first <= number <= last for first, last in gaps)}
    return [found[span] for span in sorted(found)]


def _said(gaps: list[tuple[int, int]]) -> str:
    named = [str(first) if first == last else f"{first} to {last}" for first, last in gaps[:_MOST]]
    if len(gaps) > _MOST:
        named.append("more")
    if len(gaps) == 1 and gaps[0][0] == gaps[0][1]:
        return f"stage number {named[0]} is"
    return f"stage numbers {' and '.join(named)} are"


RULE = Rule(id="skipped-stage-number", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
