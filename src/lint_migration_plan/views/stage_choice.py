"""Find the stage that somebody names on the command line, among the plans of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import nearest, normal
from lint_migration_plan.plan.values.references import reference_at
from lint_migration_plan.plan.values.stage_words import stage_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.plan.nodes import Plan, Stage

#: More stages than these are not all listed.
_MOST_LISTED = 12


class NoSuchStageError(Exception):
    """No stage, or more than one, is what was named; the message says why and what there is."""


def choose_stage(plans: Sequence[Plan], word: str) -> tuple[Plan, Stage]:
    """Find the one stage that a word names: "5", "2.1", "stage 5"; raises NoSuchStageError."""
    found = [(plan, stage) for plan in plans for stage in _named(plan, word)]
    if not found:
        raise NoSuchStageError(_none(plans, word))
    if len({id(plan) for plan, _ in found}) > 1:
        named = _joined([_plan_name(plan) for plan in plans if any(plan is other for other, _ in found)])
        raise NoSuchStageError(
            f"{found[0][1].title} stands in more than one plan of the file: {named}; put each plan in a file of its own"
        )
    if len(found) > 1:
        lines = _joined([str(_line(plan, stage.heading.span.start)) for plan, stage in found])
        raise NoSuchStageError(
            f"{len(found)} stages have the number {quote(found[0][1].heading.number.plain)}, in the lines {lines};"
            " give each a number of its own"
        )
    return found[0]


def _named(plan: Plan, word: str) -> list[Stage]:
    labels = {stage_label(word)}
    read = reference_at(literal(word.strip()), 0, plan.vocabulary)
    if read is not None and read[1] == len(word.strip()):
        labels.add(read[0].label)
    return [stage for stage in plan.stages if stage.label in labels]


def _none(plans: Sequence[Plan], word: str) -> str:
    stages = [stage for plan in plans for stage in plan.stages]
    if len(plans) > 1:
        listed = "; ".join(f"{_plan_name(plan)} has {_list(plan.stages)}" for plan in plans)
        message = f"none of the {len(plans)} plans in the file has a stage {quote(word)}: {listed}"
    elif stages:
        message = f"the plan has no stage {quote(word)}; it has {_list(stages)}"
    else:
        return "the plan has no stages"
    names = {normal(stage.name): stage for stage in stages if stage.name}
    wanted = normal(word)
    meant = names.get(wanted) or names.get(nearest(wanted, names) or "")
    return f"{message}; did you mean {quote(meant.heading.number.plain)}, {quote(meant.name)}?" if meant else message


def _list(stages: Sequence[Stage]) -> str:
    if not stages:
        return "no stages"
    labels = list(dict.fromkeys(stage.heading.number.plain for stage in stages))
    if len(labels) > _MOST_LISTED:
        labels = [*labels[:3], "…", labels[-1]]
        return f"the stages {', '.join(labels)}"
    return f"the {'stage' if len(labels) == 1 else 'stages'} {_joined(labels)}"


def _plan_name(plan: Plan) -> str:
    if plan.title is not None and plan.title.name:
        return quote(plan.title.name.plain)
    return f"the plan in line {_line(plan, plan.head.start)}"


def _line(plan: Plan, offset: int) -> int:
    return plan.document.source.position(offset).line


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
