"""Work out a fact about a plan or a text once, however many rules ask for it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan

T = TypeVar("T")
Given = TypeVarTuple("Given")

#: So many facts about one text are enough: it is asked for more only where words are changed again and again.
_ENOUGH = 100


def once_a_plan(compute: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what a pure function of a plan gives with the plan itself, so that it goes when the plan goes."""

    @wraps(compute)
    def ask(plan: Plan) -> T:
        if compute not in plan.kept:
            plan.kept[compute] = compute(plan)
        return cast("T", plan.kept[compute])

    return ask


def once_a_text(compute: Callable[[Text, *Given], T]) -> Callable[[Text, *Given], T]:
    """Keep what a pure function of a text gives with what the text says, for all texts that say the same.

    That saves most of the work where a plan is judged anew at each key. What is given must hold wherever the text
    stands: no span, and no `Text`, but the indices from which to slice one. Further arguments are told apart by their
    values, a vocabulary by its identity.
    """

    @wraps(compute)
    def ask(text: Text, *given: *Given) -> T:
        kept: dict[object, T] = text.kept
        key = (compute, *given) if given else compute
        if key in kept:
            return kept[key]
        found = compute(text, *given)
        if len(kept) >= _ENOUGH:
            kept.clear()
        kept[key] = found
        return found

    return ask
