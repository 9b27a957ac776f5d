"""Say whether a stage's rollback was tested: by its field "Rollback tested" and its row of the verification table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.verification import covered_labels, says_untested, verification_rows
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.table_rows import says_nothing
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.choices import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage


class RollbackTest(NamedTuple):
    """Whether a rollback was tested, and the author's ``words`` for it; None where the plan says nothing of it."""

    tested: bool
    words: Text | None


def rollback_test(plan: Plan, stage: Stage) -> RollbackTest:
    """Say whether a rollback was tested: the field says so, and the table does not say otherwise.

    The words of a tested one are what the table says was done, else those of the field. A test that the table names
    and the field does not confirm is one that somebody means to do.
    """
    row = _named_tests(plan).get(stage.label) if plan.stage(stage.label) is stage else None
    reading = stage.rollback_tested
    if reading is None or reading.state is not State.READ or reading.value is None:
        return RollbackTest(tested=False, words=reading.text if reading is not None and reading.text else None)
    if reading.value.answer is not Answer.YES:
        return RollbackTest(tested=False, words=reading.text)
    if row is not None and says_untested(row):
        return RollbackTest(tested=False, words=row)
    return RollbackTest(tested=True, words=row or reading.text)


@once_a_plan
def _named_tests(plan: Plan) -> Mapping[str, Text]:
    """Give what the table has under "Rollback test" for each stage, by the label of the stage."""
    tests: dict[str, Text] = {}
    for row in verification_rows(plan):
        test = row.rollback_test
        if test is None or says_nothing(test) or plan.verification is None:
            continue
        if len(row.row.cells) <= len(plan.verification.columns):
            for label in covered_labels(row):
                tests.setdefault(label, test)
    return tests
