"""Stage whose text says that it needs another one, while its Dependencies do not.

## Why
Whoever reorders stages, or runs two of them side by side, looks at Dependencies and not at every step. A need that
stands in the text alone is found when it is not met. A dependency counts through others: a stage that depends on stage
3, which depends on stage 2, depends on stage 2. Stages that hang together altogether are another rule's.

## Bad
```markdown
### Stage 1 — Create the topic

**Risk**: low
**Dependencies**: none

### Stage 2 — Write to both topics

**Risk**: low
**Dependencies**: none

**Changes**:

- Deploy the writer 2.1 after Stage 1 is live
```

## Good
```markdown
### Stage 1 — Create the topic

**Risk**: low
**Dependencies**: none

### Stage 2 — Write to both topics

**Risk**: low
**Dependencies**: Stage 1

**Changes**:

- Deploy the writer 2.1 after Stage 1 is live
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.dependencies import is_followable
from lint_migration_plan.plan.facts.entanglement import tied_pairs
from lint_migration_plan.plan.facts.needs import needs
from lint_migration_plan.plan.facts.stage_order import stage_places
from lint_migration_plan.plan.graph import DependencyGraph, dependency_graph
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._habit import grouped
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lint_migration_plan.plan.facts.needs import Need
    from lint_migration_plan.plan.nodes import Plan, Stage

#: Stands for what a stage depends on that cannot be followed; no stage's number.
_UNKNOWN = "?"


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each two stages of which a text says that one needs the other, and no Dependencies do."""
    del options
    told = grouped(((need.label, need.needed), need) for need in needs(plan))
    if not told:
        return
    undeclared = [told[pair] for pair in _undeclared(plan, told)]
    # Several stages in the same words are one violation: "after Stages 1 and 2 are live".
    for alike in grouped(((said[0].text.span, said[0].label), said) for said in undeclared).values():
        yield _violation(plan, alike)


def _undeclared(plan: Plan, pairs: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the pairs of a stage and one that it needs of which it is sure that the first does not lead to the second.

    What would follow from another such pair is left out: who needs stages 1 and 2, of which 2 needs 1, has to name 2.
    """
    direct = _followed(plan)
    declared = DependencyGraph(direct)
    missing = [
        (label, needed)
        for label, needed in pairs
        if not (
            declared.depends_on(label, needed)
            or declared.depends_on(label, _UNKNOWN)
            # Then a dependency points forward, or the two hang together: other rules speak of that.
            or declared.depends_on(needed, label)
            or frozenset((label, needed)) in tied_pairs(plan)
        )
    ]
    added = grouped(missing)
    mended = DependencyGraph({label: (*others, *added.get(label, ())) for label, others in direct.items()})
    return [
        (label, needed)
        for label, needed in missing
        if not any(mended.depends_on(other, needed) for other in mended.direct[label] if other != needed)
    ]


def _followed(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Give what each stage names; where that cannot be followed, it names the unknown as well."""
    places = stage_places(plan)
    direct = {
        label: others if is_followable(plan, plan.stages[places[label]]) else (*others, _UNKNOWN)
        for label, others in dependency_graph(plan).direct.items()
    }
    return {**direct, _UNKNOWN: ()}


def _violation(plan: Plan, alike: Sequence[Sequence[Need]]) -> Violation:
    """Say of needs in the same words that they are not declared, with all else that tells them."""
    first = alike[0][0]
    stage = _stage(plan, first.label)
    needed = [_stage(plan, said[0].needed) for said in alike]
    whose = "its Dependencies do" if first.teller is stage else f"the Dependencies of {stage.title} do"
    message = (
        f"{quote(first.text.plain)} makes {stage.title} depend on {listed([other.title for other in needed])}, "
        f"which {whose} not lead to; write {quote(', '.join(map(_reference, needed)))} there"
    )
    related = [] if stage.dependencies is None else [Place(stage.dependencies.text.span, "these are its Dependencies")]
    again = dict.fromkeys(need.text.span for said in alike for need in said[1:])
    related += [Place(span, "said here too") for span in again if span != first.text.span]
    return Violation(first.text.span, message, tuple(related))


def _stage(plan: Plan, label: str) -> Stage:
    return plan.stages[stage_places(plan)[label]]


def _reference(stage: Stage) -> str:
    return f"{stage.heading.word.plain} {stage.heading.number.plain}"


RULE = Rule(id="undeclared-dependency", doc=__doc__ or "", severity=Severity.INFO, options=NoOptions, check=check)
