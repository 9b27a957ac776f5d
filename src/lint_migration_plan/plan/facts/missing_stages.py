"""Say which stages a plan surely has not: many a number that no stage bears is only miscounted, or another plan's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.plan.facts.stage_order import stage_places
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.spelling import nearest, normal
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.plan.values.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.nodes import Plan, Stage

#: A name is compared with those of so many stages: one edit more or less takes long to find.
_MOST_NAMES = 40


def is_surely_missing(plan: Plan, label: str) -> bool:
    """Say whether no stage of a plan bears a number, and none was meant to.

    Sure are numbers of the kind that all stages have: beside 1 to 6 that is 9, but not "2.1", which is a part of stage
    2. A number before the first one is another plan's, of which this one is a continuation.
    """
    rows = _rows(plan)
    group, number = _number(label)
    row = rows.get(group)
    if number is None or not row or label in plan.stages_by_label or is_counted(plan, label):
        return False
    if number < row[0] and row[0] > 1:
        return False
    return label not in _headed(plan)


def is_counted(plan: Plan, label: str) -> bool:
    """Say whether counting the stages leads to this number: they are misnumbered then, of which other rules speak."""
    first = 0 if "0" in stage_places(plan) else 1
    return label.isascii() and label.isdigit() and first <= int(label) < first + len(plan.stages)


def stage_called(plan: Plan, words: str) -> Stage | None:
    """Find the stage whose name some words are, or a slip of; in a plan of very many stages none."""
    if len(plan.stages) > _MOST_NAMES:
        return None
    names = {normal(stage.name): stage for stage in plan.stages if stage.name}
    name = normal(words)
    found = name if name in names else nearest(name, names)
    return names[found] if found else None


@once_a_plan
def _rows(plan: Plan) -> Mapping[str, tuple[int, ...]]:
    """Give the numbers of all stages, by what stands before them: "2." for "2.1"; nothing where their kinds differ.

    A heading that is still the template's ("Stage N") may be any of the stages.
    """
    numbers = [_number(stage.label) for stage in plan.stages]
    kinds = {(group.count("."), group[:1].isalpha(), number is None) for group, number in numbers}
    if len(kinds) != 1 or any(is_placeholder(stage.heading.text) for stage in plan.stages):
        return {}
    rows: dict[str, list[int]] = {}
    for group, number in numbers:
        if number is not None:
            rows.setdefault(group, []).append(number)
    return {group: tuple(sorted(row)) for group, row in rows.items()}


def _number(label: str) -> tuple[str, int | None]:
    """Take the last number off a label: "2.1" is 1 of "2.", "b" the second of "letter"; None for "2a"."""
    outer, dot, last = label.rpartition(".")
    if last.isascii() and last.isdigit():
        return outer + dot, int(last)
    if not dot and len(label) == 1 and "a" <= label <= "z":
        return "letter", ord(label) - ord("a") + 1
    return "", None


@once_a_plan
def _headed(plan: Plan) -> frozenset[str]:
    """Give the numbers of the stages that a heading of the plan names: one that was not read as a stage, maybe."""
    words = frozenset(stage.heading.word.plain.lower() for stage in plan.stages)
    headings = (block.text for block in plan.blocks if isinstance(block, Heading))
    return frozenset(
        mention.label for heading in headings for mention in stage_mentions(heading, plan.vocabulary, words)
    )
