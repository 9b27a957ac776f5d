"""Report values that cannot be read: once for the same words, however many stages have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.rules._habit import grouped, habit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lint_migration_plan.lint.fix import Fix, NoFix
    from lint_migration_plan.lint.rule import Violation


def unreadable(
    readings: Iterable[Reading[Any] | None],
    message: Callable[[Reading[Any]], str],
    fix: Callable[[Reading[Any]], Fix | NoFix | None] | None = None,
) -> Iterator[Violation]:
    """Yield a violation for each value that cannot be read, at the stretch that is at fault.

    ``fix`` says what would mend one of them, None for what its author must.
    """
    faulty = [reading for reading in readings if reading is not None and reading.state is State.UNREADABLE]
    for alike in grouped((normal((reading.where or reading.text).plain), reading) for reading in faulty).values():
        spans = [(reading.where or reading.text).span for reading in alike]
        yield habit(message(alike[0]), spans, fixes=list(map(fix, alike)) if fix else None)
