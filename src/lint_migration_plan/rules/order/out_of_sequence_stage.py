"""Milestones of a migration in an order in which something breaks or is lost.

## Why
The guide, section Stage ordering, gives typical orderings for a dependency upgrade, a platform migration and a database
major version upgrade. Where two of their milestones are turned round, the plan does a thing before what it stands on:
the old platform goes while it still serves the users, the application moves to a database that nobody has compared with
the old one. Only pairs whose order matters are judged, and only stages whose names say plainly which milestone they
are.

The type of a migration is `type` in the front matter of the plan (`migration-plan: {type: platform}`) or in the
configuration: `dependency-upgrade`, `platform`, `database-upgrade`, or the name of one of a team's own `orderings`.
Without it a plan is judged where the names of its stages show at least three milestones of one ordering, and where it
is plain that no other ordering is meant.

## Bad
```markdown
## Migration: Shop to the new cluster

### Stage 1 — Set up the new cluster

**Risk**: low

### Stage 2 — Deploy the application to the new cluster

**Risk**: medium

### Stage 3 — Switch DNS to the new cluster

**Risk**: high

### Stage 4 — Verify the application on the new cluster

**Risk**: low
```

## Good
```markdown
## Migration: Shop to the new cluster

### Stage 1 — Set up the new cluster

**Risk**: low

### Stage 2 — Deploy the application to the new cluster

**Risk**: medium

### Stage 3 — Verify the application on the new cluster

**Risk**: low

### Stage 4 — Switch DNS to the new cluster

**Risk**: high
```
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.milestones import course
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.fold import fold_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lint_migration_plan.plan.facts.milestones import Course
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.orderings import Ordering, Pair


class _Turned(NamedTuple):
    """A pair that stands the other way round: the stage that comes too early, and the one that should come first."""

    pair: Pair
    early: Stage
    late: Stage

    @property
    def ends(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The milestone that comes too late, and the one that comes too early."""
        return ("late", self.pair.first), ("early", self.pair.then)


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each milestone that is out of place, at the name of the stage that comes too early."""
    del options
    followed = course(plan)
    if followed is None:
        return
    turned = [found for pair in followed.ordering.pairs if (found := _turned(plan, followed, pair)) is not None]
    while turned:
        # A milestone that comes too early or too late turns many pairs round, and is said once.
        ends = Counter(end for found in turned for end in found.ends)
        astray = ends.most_common(1)[0][0]
        yield _violation(followed.ordering, [found for found in turned if astray in found.ends])
        turned = [found for found in turned if astray not in found.ends]


def _turned(plan: Plan, followed: Course, pair: Pair) -> _Turned | None:
    """Give a pair of which all that may be the first comes after all that may be the other."""
    first, then = followed.sightings[pair.first], followed.sightings[pair.then]
    if not first.certain or not then.certain or max(then.maybe) >= min(first.maybe):
        return None
    early, late = plan.stages[then.certain[0]], plan.stages[first.certain[0]]
    if dependency_graph(plan).depends_on(early.label, late.label):
        # That a stage depends on a later one is said by other rules.
        return None
    if pair.unless and _says(plan.stages[: then.certain[-1] + 1], pair.unless):
        return None
    return _Turned(pair, early, late)


def _says(stages: Iterable[Stage], phrases: Iterable[str]) -> bool:
    texts = (fold_whole(text.plain) for stage in stages for text in work_texts(stage))
    return any(phrase in text for text in texts for phrase in phrases)


def _violation(ordering: Ordering, group: Sequence[_Turned]) -> Violation:
    """Say of pairs with one milestone what is wrong: with the nearest other in words, with the rest as places."""
    too_early = len({found.pair.then for found in group}) == 1
    # Of those that should have come before, the last is the nearest; of those that should have waited, the first.
    pair, early, late = group[-1] if too_early else group[0]
    lines = {milestone.name: milestone.line for milestone in ordering.milestones}
    message = (
        f"{early.title}, {quote(early.name)}, comes before {late.title}, {quote(late.name)}, but in {ordering.label} "
        f"{quote(lines[pair.first])} comes before {quote(lines[pair.then])}: {pair.why}"
    )
    places = [Place(late.heading.span, f"this is {late.title}")]
    for found in group:
        if too_early and found.late is not late:
            places.append(Place(found.late.heading.span, f"{found.late.title} comes too late as well"))
        elif not too_early and found.early is not early:
            places.append(Place(found.early.heading.span, f"{found.early.title} comes too early as well"))
    return Violation(early.heading.name.span, message, tuple(places))


RULE = Rule(id="out-of-sequence-stage", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
