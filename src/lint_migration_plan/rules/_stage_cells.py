"""Judge the Stage cells of the guide's two tables: do they name stages of the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.gaps import unknown_labels
from lint_migration_plan.plan.nodes import Reading, State
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules._wording import listed
from lint_migration_plan.rules.stages._habit import grouped, habit
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.rule import Violation
    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.references import Dependencies, StageReference

#: So many stages are listed one by one; of more only the first and the last are named.
_FEW = 6


def stage_cell_violations(plan: Plan, readings: Sequence[Reading[Dependencies]], hint: str) -> Iterator[Violation]:
    """Yield a violation for each cell that names a stage which is not there, or none at all, once for the same words.

    ``hint`` says what would be right in a cell that names none. A plan without stages has no wrong ones.
    """
    if not plan.stages:
        return
    unknown = [(key, reference) for reading in readings for key, reference in _unknown(plan, reading)]
    for alike in grouped(unknown).values():
        message = f"{quote(alike[0].text.plain)} is not in the plan, which has {_stages(plan)}"
        yield habit(message, [reference.text.span for reference in alike])

    def message_of(reading: Reading[Dependencies]) -> str:
        said = quote((reading.where or reading.text).plain)
        return f"{said} names no stage: {reading.reason}" if reading.reason else f"{said} names no stage; {hint}"

    yield from unreadable(readings, message_of)


def _unknown(plan: Plan, reading: Reading[Dependencies]) -> Iterator[tuple[tuple[str, ...], StageReference]]:
    """Yield a cell's first reference to an unknown stage, with all such stages of the cell as its key."""
    if reading.state is State.READ and reading.value is not None:
        labels = unknown_labels(plan, reading.value.references)
        if labels:
            first = next(reference for reference in reading.value.references if reference.label == labels[0])
            yield tuple(labels), first


def _stages(plan: Plan) -> str:
    labels = list(dict.fromkeys(stage.label for stage in plan.stages))
    if len(labels) == 1:
        return f"stage {labels[0]} only"
    if len(labels) > _FEW:
        return f"the stages {labels[0]} to {labels[-1]}"
    return f"the stages {listed(labels)}"
