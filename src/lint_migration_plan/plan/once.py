"""Work out a fact about a plan once, however many rules ask for it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from lint_migration_plan.plan.nodes import Plan

T = TypeVar("T")


def once_a_plan(compute: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what a pure function of a plan gives with the plan itself, so that it goes when the plan goes."""

    @wraps(compute)
    def ask(plan: Plan) -> T:
        if compute not in plan.kept:
            plan.kept[compute] = compute(plan)
        return cast("T", plan.kept[compute])

    return ask
