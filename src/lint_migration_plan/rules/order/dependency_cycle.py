"""Stages that depend on one another in a ring.

## Why
In a ring each stage waits for the next, and the last one for the first: none of them can ever begin. Most often one of
the dependencies is the wrong way round, or one stage holds two pieces of work that belong to two.

## Bad
```markdown
### Stage 1 — Open the firewall

**Risk**: low
**Dependencies**: Stage 3

### Stage 2 — Mirror the packages

**Risk**: low
**Dependencies**: Stage 1

### Stage 3 — Move the builds to the new network

**Risk**: medium
**Dependencies**: Stage 2
```

## Good
```markdown
### Stage 1 — Open the firewall

**Risk**: low
**Dependencies**: none

### Stage 2 — Mirror the packages

**Risk**: low
**Dependencies**: Stage 1

### Stage 3 — Move the builds to the new network

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
from lint_migration_plan.rules._habit import grouped
from lint_migration_plan.rules._wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage

#: Of a ring with more stages only the beginning and the end are told.
_MOST_TOLD = 8
_FIRST_TOLD = 3


class _Ring(NamedTuple):
    """The stages of a ring from the one with the lowest number on, and where each of them names the next.

    ``odd`` is True where the first of these dependencies is the only one that points forward.
    """

    stages: tuple[Stage, ...]
    texts: tuple[Text, ...]
    odd: bool

    @property
    def closed_by(self) -> tuple[str, ...]:
        """What rings that one dependency closes have in common: its two ends; else all stages of the ring."""
        return tuple(stage.label for stage in (self.stages[:2] if self.odd else self.stages))


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each ring; one for all rings that the same dependency closes."""
    del options
    rings = [ring for labels in dependency_graph(plan).rings if (ring := _ring(plan, labels))]
    for alike in grouped((ring.closed_by, ring) for ring in rings).values():
        first = alike[0]
        named = list(zip(first.texts, first.stages, _nexts(first.stages), strict=True))
        related = [Place(text.span, f"{stage.title} names {needed.title}") for text, stage, needed in named[1:]]
        message = f"{_told(first)}: none of them can be the first; {_way_out(first, len(alike) - 1)}"
        yield Violation(first.texts[0].span, message, tuple(related))


def _ring(plan: Plan, labels: Sequence[str]) -> _Ring | None:
    """Find the words of a ring; None where one of them is not sure, or says what another rule speaks of."""
    if frozenset(labels) in tied_pairs(plan):
        return None
    stages = _from_the_lowest([plan.stages[stage_places(plan)[label]] for label in labels])
    texts = []
    for stage, needed in zip(stages, _nexts(stages), strict=True):
        named = (one for one in named_stages(plan)[stage.label] if needed.label in one.labels)
        text = next((one.text for one in named if one.sure and not has_fault(plan, stage.label, one)), None)
        if text is None:
            return None
        texts.append(text)
    onward = [not comes_after(plan, one.label, two.label) for one, two in zip(stages, _nexts(stages), strict=True)]
    return _Ring(stages, tuple(texts), odd=onward[0] and sum(onward) == 1)


def _from_the_lowest(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Turn a ring so that it begins with its lowest number; it begins with its earliest stage already."""
    numbers = [stage.number for stage in stages if stage.number is not None]
    start = numbers.index(min(numbers)) if len(numbers) == len(stages) else 0
    return (*stages[start:], *stages[:start])


def _nexts(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Give the stage that each stage of a ring needs."""
    return (*stages[1:], stages[0])


def _told(ring: _Ring) -> str:
    """Tell a ring: "stage 1 needs stage 3, which needs stage 2, which needs stage 1"."""
    first, *others = [stage.title for stage in ring.stages]
    if len(others) < _MOST_TOLD:
        return f"{first} needs {', which needs '.join((*others, first))}"
    left = len(others) - _FIRST_TOLD - 1
    begun = ", which needs ".join(others[:_FIRST_TOLD])
    return f"{first} needs {begun}, and so on through {left} more to {others[-1]}, which needs {first}"


def _way_out(ring: _Ring, more: int) -> str:
    if not ring.odd:
        return "take one of these dependencies out, or make two stages of one of them"
    first, second = ring.stages[:2]
    ends = f", which ends {counted(more, 'more ring')} as well" if more else ""
    return f"take {second.title} out of the Dependencies of {first.title}{ends}"


RULE = Rule(id="dependency-cycle", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
