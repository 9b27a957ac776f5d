"""What the fields of a stage may hold, in the words of a plan's vocabulary: for a reader, and to choose from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.lsp.quoting import as_code
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.choices import Answer
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.vocabulary import Vocabulary

#: What each field is for, and the values that are no choice.
_ABOUT: Mapping[FieldName, str] = MappingProxyType(
    {
        FieldName.WHAT_CHANGES: "A sentence on what is different after the stage.",
        FieldName.LAYERS: "The layer that the stage changes, one if possible: {values}.",
        FieldName.RISK: "{values}. A reason may follow a dash or a comma, or stand in parentheses.",
        FieldName.EFFORT: "An amount of work: `4h`, `2d`, `1w`, `2-3 days`. A bare number is hours.",
        FieldName.DEPENDENCIES: "`none`, or the stages that must be done first: `Stage 1`, `Stages 1-3`.",
        FieldName.CHANGES: "A list of what is done.",
        FieldName.VERIFICATION: "A list of what shows that the stage succeeded.",
        FieldName.ROLLBACK: "A list of the exact steps that undo the stage.",
        FieldName.ROLLBACK_TESTED: "{values}; N/A with a reason.",
        FieldName.COMPATIBILITY: "How long old and new work side by side: `data/code until Stage 6`.",
    }
)


def choices(name: FieldName, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the values to choose from; none where the field is free text."""
    if name is FieldName.RISK:
        return tuple(vocabulary.risks)
    if name is FieldName.LAYERS:
        return tuple(dict.fromkeys((*LAYERS, *vocabulary.layers.values())))
    if name is FieldName.ROLLBACK_TESTED:
        return tuple(answer.value for answer in Answer)
    return ()


def about(name: FieldName, vocabulary: Vocabulary) -> str:
    """Say what a field may hold, as Markdown."""
    values = ", ".join(map(as_code, choices(name, vocabulary)))
    return f"**{name.value}**\n\n{_ABOUT[name].format(values=values)}"
