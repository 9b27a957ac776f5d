"""Tell which stages must stay behind which, however the others are reordered, and which stages nothing is known of.

Dependencies say most of it. The rest is taken for granted rather than asked of the author: what prepares or keeps old
and new compatible stays before all that follows it, what switches, proves, watches or clears away stays behind all that
comes before it, and a stage whose text names another stays behind that, as does one whose gap depends on the other's.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gap_references import gap_references
from lint_migration_plan.plan.facts.gaps import assigned
from lint_migration_plan.plan.facts.stage_kinds import StageKind, stage_kind
from lint_migration_plan.plan.facts.texts import stage_texts
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import Risk, State
from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.plan.nodes import GapRow, Plan, Stage

#: What follows a stage of these kinds may build on it.
GROUNDWORK = frozenset((StageKind.PREPARE, StageKind.ADD_COMPATIBILITY))
#: A stage of these kinds may build on all that comes before it.
CONCLUSIONS = frozenset(
    (
        *(StageKind.SWITCH, StageKind.VERIFY, StageKind.MONITOR),
        *(StageKind.REMOVE_COMPATIBILITY, StageKind.CLEAN_UP, StageKind.DECOMMISSION),
    )
)
#: Words in the name of a stage that tells of, builds on or betters what was done before, whatever its kind.
AFTERMATH = (
    *("document", "docs", "runbook", "handbook", "manual", "wiki", "readme", "train", "announce", "communicat"),
    *("inform", "notify", "hand over", "handover", "hand-over", "retrospective", "post-mortem", "postmortem"),
    *("lessons", "review", "sign off", "sign-off", "post-", "optimi", "tune", "tuning", "harden", "improve", "refine"),
    *("polish", "follow-up", "follow up", "final", "remaining", "complete", "clos", "enhance", "roll out", "rollout"),
    *("release", "launch", "remove", "delete", "drop", "clean", "legacy", "archive", "enforce", "end "),
    *("monitor", "alert", "tests", "verif", "validat"),
)

_AFTERMATH = LazyPattern(rf"(?<![^\W_])(?:{'|'.join(AFTERMATH)})", needs=AFTERMATH)


class Precedence(NamedTuple):
    """What is known of the order of a plan's stages, each by its place in the plan.

    ``risks`` has None for a stage of which it is not sure how risky it is or what it needs. ``needs`` are the places of
    the earlier stages that each must stay behind, directly; all needs together are hardly more than stages and words.
    """

    risks: tuple[Risk | None, ...]
    needs: tuple[frozenset[int], ...]


@once_a_plan
def precedence(plan: Plan) -> Precedence | None:
    """Read which stages must stay behind which; None where it is not sure in which order the stages run."""
    numbers = [stage.number for stage in plan.stages if stage.number is not None]
    if numbers != sorted(numbers):
        return None
    counts = Counter(stage.label for stage in plan.stages)
    places = {stage.label: place for place, stage in enumerate(plan.stages) if counts[stage.label] == 1}
    risks = tuple(_risk(stage, place, places) for place, stage in enumerate(plan.stages))
    needs: list[set[int]] = [set() for _ in plan.stages]
    for stages in (_declared, _mentioned, _by_gaps):
        for one, other in stages(plan, places):
            needs[max(one, other)].add(min(one, other))
    for place, other in _by_kinds(plan, risks):
        needs[place].add(other)
    return Precedence(risks, tuple(frozenset(needed - {place}) for place, needed in enumerate(needs)))


def _risk(stage: Stage, place: int, places: Mapping[str, int]) -> Risk | None:
    """Give the risk of a stage of which all is known: its number is its own, and what it needs comes before it."""
    risk, dependencies = stage.risk, stage.dependencies
    if risk is None or risk.state is not State.READ or stage.label not in places:
        return None
    if dependencies is None or dependencies.state is not State.READ or dependencies.value is None:
        return None
    known = all(places.get(reference.label, place) < place for reference in dependencies.value.references)
    return risk.value if known else None


def _declared(plan: Plan, places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for place, stage in enumerate(plan.stages):
        if stage.dependencies is not None and stage.dependencies.value is not None:
            labels = (reference.label for reference in stage.dependencies.value.references)
            yield from ((place, places[label]) for label in labels if label in places)


def _mentioned(plan: Plan, places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    words = frozenset(stage.heading.word.plain.lower() for stage in plan.stages)
    for place, stage in enumerate(plan.stages):
        for text in stage_texts(stage):
            labels = {mention.label for mention in stage_mentions(text, plan.vocabulary, words)}
            yield from ((place, places[label]) for label in labels if label in places)


def _by_gaps(plan: Plan, places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for row, reference in gap_references(plan):
        if reference.row is not None:
            own, others = _closers(row, places), _closers(reference.row, places)
            yield from ((one, other) for one in own for other in others)


def _closers(row: GapRow, places: Mapping[str, int]) -> list[int]:
    return [places[reference.label] for reference in assigned(row) if reference.label in places]


def _by_kinds(plan: Plan, risks: Sequence[Risk | None]) -> Iterator[tuple[int, int]]:
    """Give what a stage needs by what it and the others are for.

    What stays behind all before it needs only those since the last such stage, and what builds on all groundwork before
    it needs only the last, for that needs the others.
    """
    groundwork: int | None = None
    conclusion = 0
    for place, stage in enumerate(plan.stages):
        kind = stage_kind(stage, plan.vocabulary).kind
        late = kind in CONCLUSIONS or _AFTERMATH.search(fold(stage.name)) is not None
        if groundwork is not None:
            yield place, groundwork
        if late or risks[place] is None:
            yield from ((place, other) for other in range(conclusion, place))
            conclusion = place
        if kind in GROUNDWORK and not late:
            groundwork = place
