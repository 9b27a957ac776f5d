"""Stage that depends on a stage which is not there, or on itself.

## Why
Whoever starts a stage looks at its dependencies for what must be done before it. Behind a number that no stage bears
nothing can be looked up: most often the stages were renumbered and the references were not, or a stage was cut that is
still needed. A stage that waits for itself never begins.

A stage of another plan is no fault where the value says so: "Stage 3 of the billing migration".

## Bad
```markdown
### Stage 1 — Copy the index

**Risk**: low
**Dependencies**: none

### Stage 2 — Switch the readers

**Risk**: medium
**Dependencies**: Stage 1, Stage 7
```

## Good
```markdown
### Stage 1 — Copy the index

**Risk**: low
**Dependencies**: none

### Stage 2 — Switch the readers

**Risk**: medium
**Dependencies**: Stage 1
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.facts.dependencies import named_stages
from lint_migration_plan.plan.facts.missing_stages import is_surely_missing, stage_called
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules._stage_cells import stages_of
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.facts.dependencies import Named
    from lint_migration_plan.plan.nodes import Plan, Stage

#: How far behind an unknown number a stage's name may end.
_LONGEST_NAME = 100


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for the same missing stages, and one for all stages that depend on themselves."""
    del options
    missing: list[tuple[tuple[str, ...], _Missing]] = []
    own: list[tuple[Stage, Named]] = []
    for stage in plan.stages:
        named = [stretch for stretch in named_stages(plan).get(stage.label, ()) if stretch.sure]
        gone = [stretch for stretch in named if _missing_labels(plan, stretch)]
        if gone:
            labels = [label for stretch in gone for label in _missing_labels(plan, stretch)]
            missing.append((tuple(dict.fromkeys(labels)), _Missing(stage, tuple(gone))))
        own += [(stage, stretch) for stretch in named if stretch not in gone and stage.label in stretch.labels][:1]
    for alike in grouped(missing).values():
        yield _unknown(plan, alike)
    if own:
        yield habit([_own(stage, named) for stage, named in own], [named.text.span for _, named in own])


class _Missing(NamedTuple):
    """A stage, and the stretches of its Dependencies that name stages which are not there."""

    stage: Stage
    named: tuple[Named, ...]


def _missing_labels(plan: Plan, named: Named) -> list[str]:
    missing = [label for label in named.labels if is_surely_missing(plan, label)]
    return [] if missing and _links_away(plan, named) else missing


def _links_away(plan: Plan, named: Named) -> bool:
    """Say whether a stretch is a link to another file, which may have the stage."""
    behind = plan.document.source.text[named.text.span.end :][:3]
    return behind.startswith("](") and behind != "](#"


def _unknown(plan: Plan, alike: list[_Missing]) -> Violation:
    first = alike[0]
    quoted = [quote(named.text.plain) for named in first.named]
    if len(quoted) > 1:
        said = f"dependencies {listed(quoted)} are no stages of the plan"
    else:
        is_range = len(first.named[0].labels) > 1
        said = f"dependency {quoted[0]} {'goes beyond the plan' if is_range else 'is no stage of the plan'}"
    message = f"{said}, which has {stages_of(plan)}"
    meant = _meant(plan, first.named[0])
    related = [Place(named.text.span, "and this") for named in first.named[1:]]
    if meant is not None:
        message += f"; did you mean {quote(_reference(meant))}?"
        related.append(Place(meant.heading.span, f"this is {meant.title}"))
    told = habit(message, [missing.named[0].text.span for missing in alike])
    return told._replace(related=tuple(related))


def _meant(plan: Plan, named: Named) -> Stage | None:
    """Find the stage whose name stands behind an unknown number: "Stage 9 — Copy the index"."""
    start = named.text.span.end
    line = plan.document.source.text[start : start + _LONGEST_NAME].partition("\n")[0]
    return stage_called(plan, line.lstrip(" —–-:(*_`").partition(")")[0])


def _reference(stage: Stage) -> str:
    return f"{stage.heading.word.plain} {stage.heading.number.plain}"


def _own(stage: Stage, named: Named) -> str:
    """Say that a stage depends on itself, and what would be right: with a range, where it should end."""
    message = f"{stage.title} depends on itself"
    before = named.labels[: named.labels.index(stage.label)]
    if len(named.labels) == 1:
        return f"{message}; name the stages that must be done before it, or 'none'"
    message += f", for {quote(named.text.plain)} includes it"
    if not before:
        return f"{message}; name only stages that come before it, or 'none'"
    word = stage.heading.word.plain
    right = f"{word} {before[0]}" if len(before) == 1 else f"{word}s {before[0]}-{before[-1]}"
    return f"{message}; write {quote(right)}"


RULE = Rule(id="unknown-dependency", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
