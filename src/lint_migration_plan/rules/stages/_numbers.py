"""The numbers of the stages, where they can be judged as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


def whole_numbers(plan: Plan) -> tuple[int, ...]:
    """Give the numbers of all stages in the order of the plan; nothing where one of them is no whole number."""
    numbers = tuple(stage.number for stage in plan.stages if stage.number is not None)
    return numbers if len(numbers) == len(plan.stages) else ()


def single_numbers(plan: Plan) -> tuple[int, ...]:
    """Give the numbers as `whole_numbers` does; nothing where one stands twice, which hides what else is wrong."""
    numbers = whole_numbers(plan)
    return numbers if len(set(numbers)) == len(numbers) else ()


def first_number(numbers: tuple[int, ...]) -> int:
    """Say with which number the row should begin: 1, or 0 where a stage has it."""
    return 0 if 0 in numbers else 1


def one_that_is_off(numbers: tuple[int, ...]) -> int | None:
    """Give the index of the only number that is not where counting leads to; None for several of them or none."""
    first = first_number(numbers)
    off = [index for index, number in enumerate(numbers) if number != first + index]
    return off[0] if len(off) == 1 else None
