"""What a stage says of the test of its rollback, where it has one to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.facts.concreteness import field_texts, is_unfilled
from lint_migration_plan.plan.facts.reversibility import denial, explains_absence
from lint_migration_plan.plan.terms import FieldName, State
from lint_migration_plan.plan.values.choices import Answer
from lint_migration_plan.rules.stages.empty_stage_field import is_empty

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Stage
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.choices import RollbackTested


def rollback_answer(stage: Stage, answer: Answer) -> Reading[RollbackTested] | None:
    """Give a stage's "Rollback tested" if it reads as one of the three answers.

    None where the stage has no rollback, or one that is a placeholder or says that there is no way back: other rules
    speak of that. A stage that leaves nothing to undo has nothing to test either.
    """
    reading = stage.rollback_tested
    if reading is None or reading.state is not State.READ or reading.value is None:
        return None
    rollback = stage.field(FieldName.ROLLBACK)
    if rollback is None or is_empty(rollback) or any(is_unfilled(text) for text in field_texts([rollback])):
        return None
    if denial(stage) is not None or (answer is Answer.NO and explains_absence(stage)):
        return None
    return reading if reading.value.answer is answer else None
