"""Stage that nobody can undo.

## Why
The guide makes every stage independently reversible. A stage whose Rollback is "N/A" or "not possible" turns its first
failure into an outage. Mostly the stage can be cut so that the old state stays until the new one is proved.

A Rollback that says that there is nothing to undo ("nothing to roll back: the stage only reads") is fair, and so is one
that is out of the question only later ("not possible after Stage 5; until then drop the table").

## Bad
```markdown
### Stage 5 — Drop the old order tables

**Risk**: high

**Rollback**:

- Not possible, the rows are gone
```

## Good
```markdown
### Stage 5 — Drop the old order tables

**Risk**: high

**Rollback**:

- Restore the tables from the dump `orders-last.dump` with `pg_restore -t orders_old`
```

## Options
- `allow-stated-point-of-no-return` (bool, default false): accept one stage of a plan whose Rollback says openly that it
  cannot be undone, and why. A bare "N/A" or "none" is never accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.reversibility import denial
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.reversibility import Denial
    from lint_migration_plan.plan.nodes import Plan, Stage


@dataclass(frozen=True, slots=True)
class Options:
    """Whether one stage may be a point of no return if it says so."""

    allow_stated_point_of_no_return: bool = False


def check(plan: Plan, options: Options) -> Iterator[Violation]:
    """Report each stage whose Rollback says that there is none."""
    accepted: Stage | None = None
    for stage in plan.stages:
        denied = denial(stage)
        if denied is None:
            continue
        if options.allow_stated_point_of_no_return and denied.openly and denied.explained:
            if accepted is None:
                accepted = stage
                continue
            related = (Place(accepted.heading.span, "this is the plan's point of no return"),)
            yield Violation(denied.text.span, f"{_complaint(stage, denied)}; a plan has one such point", related)
        else:
            way_out = _way_out(denied, stated=options.allow_stated_point_of_no_return)
            yield Violation(denied.text.span, f"{_complaint(stage, denied)}; {way_out}")


def _complaint(stage: Stage, denied: Denial) -> str:
    return f"{stage.title} has no way back, its rollback is {quote(denied.text.plain)}"


def _way_out(denied: Denial, *, stated: bool) -> str:
    if not denied.openly:
        return "give the exact steps that undo it, or say why there is nothing to undo"
    if stated:
        return "give the exact steps back, or say why there can be none"
    return "keep the old state until the new one is proved, and give the exact steps back to it"


RULE = Rule(id="irreversible-stage", doc=__doc__ or "", severity=Severity.ERROR, options=Options, check=check)
