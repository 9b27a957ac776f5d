"""How views name stages, plans and what they tell of them, in text and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.walk import LayerState
    from lint_migration_plan.plan.way_back import StepBack


def titled(stage: Stage) -> str:
    """Name a stage with its number and its name."""
    return f"{stage.title} — {stage.name}" if stage.name else stage.title


def headline(stage: Stage) -> str:
    """Name a stage where the name stands for itself."""
    name = titled(stage)
    return name[:1].upper() + name[1:]


def listed(stages: Iterable[Stage]) -> str:
    """Name stages by their numbers."""
    return ", ".join(stage.title for stage in stages)


def mark_of(step: StepBack) -> str:
    """Say how far a way back can be relied on, with the author's words where these say more than yes or no."""
    words = step.words.plain if step.words else ""
    return (
        f"{step.mark.value}, {quote(words)}" if words.lower().strip(" .") not in {"", "yes", "no"} else step.mark.value
    )


def labels(stages: Iterable[Stage]) -> list[str]:
    """Give the numbers of stages, as JSON has them."""
    return [stage.label for stage in stages]


def states(after: Mapping[str, LayerState] | None) -> dict[str, str] | None:
    """Give the states of layers, as JSON has them."""
    return None if after is None else {layer: state.value for layer, state in after.items()}


def plan_title(plan: Plan) -> str | None:
    """Give the name of a plan, as JSON has it."""
    return plan.title.name.plain if plan.title else None
