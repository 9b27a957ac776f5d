"""Risky stage that runs before a less risky one could.

## Why
The guide, section Lowest risk first: start with the changes that have the smallest blast radius, and build confidence
before the hard parts. A stage runs too early where a less risky one could run in its place, with all done that this
one needs. A high-risk stage before a low-risk one is right where the second needs the first, and so it is in the
guide's own example: low, low, low, high, medium, high. What prepares or keeps old and new compatible may come first,
and what switches, verifies, monitors, cleans up or decommissions may come last, whatever the risk; so may what
documents or betters earlier work. A stage whose text names an earlier one, or whose gap depends on a gap of it, stays
behind it. Nothing is said of a stage whose risk or dependencies cannot be read, nor of a plan that is not in English.

The message gives the smallest reordering that is right under all dependencies.

## Bad
```markdown
## Migration: Shop to Django 5

### Stage 1 — Move the orders to the new schema

**Risk**: high
**Dependencies**: none

### Stage 2 — Update the linters

**Risk**: low
**Dependencies**: none

### Stage 3 — Upgrade the order service

**Risk**: medium
**Dependencies**: Stage 1
```

## Good
```markdown
## Migration: Shop to Django 5

### Stage 1 — Update the linters

**Risk**: low
**Dependencies**: none

### Stage 2 — Move the orders to the new schema

**Risk**: high
**Dependencies**: none

### Stage 3 — Upgrade the order service

**Risk**: medium
**Dependencies**: Stage 2
```

## Fix
The stages that the message names are moved whole, all stages are counted anew, and what names them is carried along.
Where a number may mean two stages, or a stage names another one by its place, nothing is changed and the place is
named. Ask for it with `--unsafe-fixes`, and read the diff.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.precedence import precedence
from lint_migration_plan.plan.reorder import FIXED, reorder
from lint_migration_plan.rules._wording import listed
from lint_migration_plan.rules.order._chain import chain, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.fix import Fix, NoFix
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.reorder import Reordering

#: More moves than these are told by their number.
_MOST_MOVES = 3


class _Move(NamedTuple):
    """Stages that go one way, side by side, and where to: ``before stage 2``."""

    stages: Sequence[Stage]
    where: str


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report the first stage that runs too early, with the order that would be right."""
    del options
    known = precedence(plan)
    if known is None or not is_english(plan):
        return
    found = reorder([FIXED if risk is None else risk for risk in known.risks], known.needs)
    if found is None:
        return
    early, instead = plan.stages[found.early], plan.stages[found.instead]
    moves = list(_moves(plan, found))
    new = chain(_changed(plan, found))
    message = (
        f"{early.title} is {known.risks[found.early]} risk and runs before {instead.title}, which is "
        f"{known.risks[found.instead]} risk and does not need it; {_told(moves)}, which gives {new}"
    )
    places = [Place(stage.heading.span, f"goes {move.where}") for move in moves for stage in move.stages]
    if found.instead not in found.moved:
        places.insert(0, Place(instead.heading.span, "this could run first"))
    yield Violation(early.heading.span, message, tuple(places), fix=_fix(plan, found))


def _fix(plan: Plan, found: Reordering) -> Fix | NoFix | None:
    """Move the stages, and give their numbers to the places in which they stood."""
    old = [stage.number for stage in plan.stages if stage.number is not None]
    if len(set(old)) < len(plan.stages):
        # It is said that a number stands twice.
        return None
    from lint_migration_plan.plan.move_stages import move_stages
    from lint_migration_plan.plan.renumber import Renumbering, renumber
    from lint_migration_plan.rules._rearranging import rearranging

    new = dict(zip(found.order, old, strict=True))
    outcome = renumber(plan, [new[place] for place in range(len(old))])
    if isinstance(outcome, Renumbering):
        outcome = move_stages(plan, found.order, outcome)
    return rearranging(plan, _told(list(_moves(plan, found))), outcome)


def _moves(plan: Plan, found: Reordering) -> Iterator[_Move]:
    """Group the stages that move by where they go: before the next stage that stays, or behind the one before."""
    moved = set(found.moved)
    following = dict(zip(found.order, found.order[1:], strict=False))
    behind: int | None = None
    for moving, group in groupby(found.order, key=moved.__contains__):
        places = list(group)
        if not moving:
            behind = places[-1]
            continue
        stays = behind
        down = [place for place in places if stays is not None and place < stays]
        if down and stays is not None:
            yield _Move([plan.stages[place] for place in down], f"behind {plan.stages[stays].title}")
        if up := [place for place in places if place not in down]:
            stays = following[places[-1]]
            yield _Move([plan.stages[place] for place in up], f"before {plan.stages[stays].title}")


def _told(moves: Sequence[_Move]) -> str:
    if len(moves) > _MOST_MOVES:
        return f"move {sum(len(move.stages) for move in moves)} stages"
    return f"move {listed([f'{together(move.stages)} {move.where}' for move in moves])}"


def _changed(plan: Plan, found: Reordering) -> list[Stage]:
    """Give the stretch of the new order that differs from the old."""
    differs = [index for index, place in enumerate(found.order) if index != place]
    return [plan.stages[place] for place in found.order[differs[0] : differs[-1] + 1]]


RULE = Rule(id="risky-start", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
