"""Stage that depends on a later one.

## Why
Stages run in the order of their numbers. A stage that depends on a later one comes up before what it needs: whoever
carries the plan out stops there, or goes on without. Stages that wait for one another in a ring are another rule's.

## Bad
```markdown
### Stage 1 — Copy the index

**Risk**: low
**Dependencies**: none

### Stage 2 — Switch the readers

**Risk**: medium
**Dependencies**: Stage 3

### Stage 3 — Verify the copy

**Risk**: low
**Dependencies**: Stage 1
```

## Good
```markdown
### Stage 1 — Copy the index

**Risk**: low
**Dependencies**: none

### Stage 2 — Verify the copy

**Risk**: low
**Dependencies**: Stage 1

### Stage 3 — Switch the readers

**Risk**: medium
**Dependencies**: Stage 2
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.dependencies import has_fault, named_stages
from lint_migration_plan.plan.facts.entanglement import tied_pairs
from lint_migration_plan.plan.facts.stage_order import comes_after, stage_places
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._habit import habit
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage


class _Forward(NamedTuple):
    """A stage, the stretches of its Dependencies that name later stages, and these stages."""

    stage: Stage
    texts: tuple[Text, ...]
    later: tuple[Stage, ...]


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each stage that depends on later ones, or one for a plan in which all dependencies do."""
    del options
    found = [forward for stage in plan.stages if (forward := _forward(plan, stage))]
    if len(found) > 1 and sum(map(len, named_stages(plan).values())) == sum(len(forward.texts) for forward in found):
        yield _habit(found)
        return
    for forward in found:
        related = [Place(text.span, "and this") for text in forward.texts[1:]]
        related += [Place(other.heading.span, f"this is {other.title}") for other in forward.later]
        yield Violation(forward.texts[0].span, f"{_said(forward)}; {_way_out(plan, forward)}", tuple(related))


def _forward(plan: Plan, stage: Stage) -> _Forward | None:
    """Find what a stage surely names and what surely comes later, leaving out what other rules speak of."""
    texts: list[Text] = []
    later: dict[str, None] = {}
    for named in named_stages(plan).get(stage.label, ()):
        labels = [label for label in named.labels if comes_after(plan, label, stage.label)]
        if not labels or not named.sure or has_fault(plan, stage.label, named):
            continue
        if any(_is_told(plan, stage.label, label) for label in labels):
            continue
        texts.append(named.text)
        later.update(dict.fromkeys(labels))
    if not texts:
        return None
    places = sorted(stage_places(plan)[label] for label in later)
    return _Forward(stage, tuple(texts), tuple(plan.stages[place] for place in places))


def _is_told(plan: Plan, label: str, other: str) -> bool:
    """Say whether another rule speaks of two stages: they are in a ring, or neither can do without the other."""
    return dependency_graph(plan).in_one_ring(label, other) or frozenset((label, other)) in tied_pairs(plan)


def _habit(found: Sequence[_Forward]) -> Violation:
    """Say of a plan whose Dependencies all name later stages that they are meant the other way round."""
    message = f"{_said(found[0])}, and so it is with all dependencies; name the stages that must be done before a stage"
    return habit(message, [forward.texts[0].span for forward in found])


def _said(forward: _Forward) -> str:
    comes = "comes" if len(forward.later) == 1 else "come"
    return (
        f"{forward.stage.title} depends on {listed([quote(text.plain) for text in forward.texts])}, which {comes} later"
    )


def _way_out(plan: Plan, forward: _Forward) -> str:
    """Say how the stages can be put in order, with the fewest of them moved and no other dependency turned forward."""
    stage, later = forward.stage, forward.later
    own, last = (stage_places(plan)[label] for label in (stage.label, later[-1].label))
    if last == own + 1:
        return "swap them"
    if all(not own < place <= last for place in _places(plan, dependency_graph(plan).named_by[stage.label])):
        return f"move {stage.title} behind {later[-1].title}"
    titles = listed([other.title for other in later])
    moved = {other.label for other in later}
    needed = [label for other in later for label in dependency_graph(plan).direct[other.label] if label not in moved]
    if all(place < own for place in _places(plan, needed)):
        return f"move {titles} before {stage.title}"
    return f"move {titles} before {stage.title}, and what {'it needs' if len(later) == 1 else 'they need'} as well"


def _places(plan: Plan, labels: Iterable[str]) -> list[int]:
    return [stage_places(plan)[label] for label in labels]


RULE = Rule(id="forward-dependency", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
