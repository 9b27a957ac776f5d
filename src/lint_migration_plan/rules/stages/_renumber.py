"""The fixes of the rules on the numbers of stages: count the stages as they stand, or put them where they count up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Fix, NoFix
from lint_migration_plan.plan.graph import named_dependencies
from lint_migration_plan.plan.move_stages import move_stages
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.renumber import renumber
from lint_migration_plan.rules._rearranging import rearranging
from lint_migration_plan.rules.stages._numbers import first_number, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan


@once_a_plan
def count_stages(plan: Plan) -> Fix | NoFix:
    """Number the stages from the first number on, in the order of the plan."""
    numbers = whole_numbers(plan)
    first = first_number(numbers)
    title = f"number the stages from {first} to {first + len(numbers) - 1}, with all that names them"
    return rearranging(plan, title, renumber(plan, range(first, first + len(numbers))))


def put_in_order(plan: Plan) -> Fix | NoFix:
    """Move the stages to where their numbers have them, or number them as they stand: as their dependencies say."""
    numbers = whole_numbers(plan)
    needs = [(place, other) for place, needed in enumerate(_needed(plan)) for other in needed]
    if all(other < place for place, other in needs):
        return count_stages(plan)
    if not all(numbers[other] < numbers[place] for place, other in needs):
        return NoFix("the stages depend on one another neither in the order of their numbers nor as they stand")
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    return rearranging(plan, "put the stages in the order of their numbers", move_stages(plan, order))


def _needed(plan: Plan) -> Iterator[set[int]]:
    """Give the places of the stages that each one depends on, or whose gaps it builds on."""
    places = {stage.label: place for place, stage in enumerate(plan.stages)}
    for stage in plan.stages:
        yield {places[label] for label in named_dependencies(stage) if label in places and label != stage.label}
