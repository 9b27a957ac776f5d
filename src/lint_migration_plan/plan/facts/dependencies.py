"""Read what a stage names in its Dependencies, stretch by stretch."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.stage_order import stage_places
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage


class Named(NamedTuple):
    """A stretch of a stage's Dependencies and the labels that it names: one, or those of a range.

    ``sure`` is False where it is left open whether they must be done first, or whether they are stages of this plan.
    """

    text: Text
    labels: tuple[str, ...]
    sure: bool


@once_a_plan
def named_stages(plan: Plan) -> Mapping[str, tuple[Named, ...]]:
    """Give what each stage names, by its label; a stage whose number is doubled is left out."""
    words = frozenset(stage.heading.word.plain.lower() for stage in plan.stages)
    names = Counter(normal(stage.name) for stage in plan.stages)
    places = stage_places(plan)
    return {stage.label: tuple(_named(stage, words, names)) for stage in plan.stages if stage.label in places}


def is_followable(plan: Plan, stage: Stage) -> bool:
    """Say whether it is known which stages a stage names: all of them are there, and none is doubled."""
    reading = stage.dependencies
    if reading is None or reading.state is not State.READ or reading.value is None or reading.value.elsewhere:
        return False
    places = stage_places(plan)
    return stage.label in places and all(reference.label in places for reference in reading.value.references)


def has_fault(plan: Plan, label: str, named: Named) -> bool:
    """Say whether a stretch of a stage's Dependencies names a stage that is not there, or the stage itself."""
    known = plan.stages_by_label
    return any(other == label or other not in known for other in named.labels)


#: "stage 2", "phase b"; a stage's name and "all previous stages" are none of these.
_WORDED = LazyPattern(r"([^\W\d_]+)\s*[#№]?\s*(?:\d|(?<=\s)[a-z](?!\w))")


def _named(stage: Stage, words: frozenset[str], names: Mapping[str, int]) -> Iterator[Named]:
    reading = stage.dependencies
    if reading is None or reading.state is not State.READ or reading.value is None:
        return
    for _, group in groupby(reading.value.references, key=lambda reference: reference.text.span):
        references = list(group)
        text = references[0].text
        sure = all(reference.sure for reference in references) and _is_of_the_plan(text.plain, words, names)
        yield Named(text, tuple(reference.label for reference in references), sure)


def _is_of_the_plan(plain: str, words: frozenset[str], names: Mapping[str, int]) -> bool:
    """Say whether a stretch surely names stages of the plan: with its word, without a word, or by a name that one has.

    Another word than the plan's may number something else: "Step 3" of a runbook.
    """
    name = normal(plain)
    if name in names:
        return names[name] == 1
    worded = _WORDED.match(fold(plain))
    return worded is None or worded[1].removesuffix("s") in words
