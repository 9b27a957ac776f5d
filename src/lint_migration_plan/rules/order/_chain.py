"""Show stages in the order in which they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.plan.nodes import Stage

#: A longer chain is shown by its first stages and its last.
MOST_SHOWN = 8


def chain(stages: Sequence[Stage]) -> str:
    """Name stages in their order: ``stages 1 -> 3 -> 4``."""
    return _joined(stages, " -> ")


def together(stages: Sequence[Stage]) -> str:
    """Name stages that go one way: ``stages 3, 4``."""
    return _joined(stages, ", ")


def _joined(stages: Sequence[Stage], joint: str) -> str:
    if len(stages) == 1:
        return stages[0].title
    words = {stage.heading.word.plain.lower() for stage in stages}
    names = [stage.title if len(words) > 1 else stage.heading.number.plain for stage in stages]
    if len(names) > MOST_SHOWN:
        names = [*names[: MOST_SHOWN - 2], "…", names[-1]]
    return f"{f'{words.pop()}s ' if len(words) == 1 else ''}{joint.join(names)}"
