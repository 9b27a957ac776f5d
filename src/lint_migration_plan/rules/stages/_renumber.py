"""The fix of all rules on the numbers of stages: count the stages as they stand, and carry the references along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.renumber import Unclear, renumber
from lint_migration_plan.rules.stages._numbers import first_number, whole_numbers

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


@once_a_plan
def count_stages(plan: Plan) -> Fix | NoFix:
    """Number the stages from the first number on, in the order of the plan."""
    numbers = whole_numbers(plan)
    first = first_number(numbers)
    outcome = renumber(plan, range(first, first + len(numbers)))
    if isinstance(outcome, Unclear):
        source = plan.document.source
        said = quote(source.text[slice(*outcome.span)])
        return NoFix(f"line {source.position(outcome.span.start).line} names {said}: {outcome.why}")
    title = f"number the stages from {first} to {first + len(numbers) - 1}, with all that names them"
    return Fix(title, tuple(Edit(*edit) for edit in outcome.edits), safe=False)
