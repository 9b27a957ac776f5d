"""Judge the Stage cells of the guide's two tables: do they name stages of the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gaps import unknown_labels
from lint_migration_plan.plan.facts.missing_stages import is_counted
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules._wording import listed
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.rule import Violation
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.values.references import Dependencies, StageReference

#: So many stages are listed one by one; of more only the first and the last are named.
_FEW = 6


def stage_cell_violations(plan: Plan, readings: Sequence[Reading[Dependencies]], hint: str) -> Iterator[Violation]:
    """Yield a violation for each cell that names a stage which is not there, or none at all, once for the same words.

    ``hint`` says what would be right in a cell that names none. A plan without stages has no wrong ones.
    """
    # A heading that is still the template's ("Stage N") may be any of the stages.
    if not plan.stages or any(is_placeholder(stage.heading.text) for stage in plan.stages):
        return
    unknown = [fault for reading in readings for fault in _unknown(plan, reading)]
    for alike in grouped((fault.labels, fault) for fault in unknown).values():
        first = alike[0]
        fault = "is no stage of the plan" if first.alone else "goes beyond the plan"
        message = f"{quote(first.reference.text.plain)} {fault}, which has {stages_of(plan)}"
        yield habit(message, [unknown.reference.text.span for unknown in alike])

    def message_of(reading: Reading[Dependencies]) -> str:
        said = quote((reading.where or reading.text).plain)
        return f"{said} names no stage: {reading.reason}" if reading.reason else f"{said} names no stage; {hint}"

    yield from unreadable(readings, message_of)


class _Unknown(NamedTuple):
    """The unknown stages of a cell, its first reference to one, and whether that names this one alone: no range."""

    labels: tuple[str, ...]
    reference: StageReference
    alone: bool


def _unknown(plan: Plan, reading: Reading[Dependencies]) -> Iterator[_Unknown]:
    if reading.state is State.READ and reading.value is not None:
        references = reading.value.references
        labels = [label for label in unknown_labels(plan, references) if not is_counted(plan, label)]
        if labels:
            first = next(reference for reference in references if reference.label == labels[0])
            alone = sum(reference.text.span == first.text.span for reference in references) == 1
            yield _Unknown(tuple(labels), first, alone)


@once_a_plan
def stages_of(plan: Plan) -> str:
    """Say which stages a plan has: "the stages 1, 2 and 3"."""
    labels = list(dict.fromkeys(stage.label for stage in plan.stages))
    if len(labels) == 1:
        return f"stage {labels[0]} only"
    if len(labels) > _FEW:
        return f"the stages {labels[0]} to {labels[-1]}"
    return f"the stages {listed(labels)}"
