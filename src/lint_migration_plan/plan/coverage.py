"""What becomes of each gap: which stages close it, or why none does.

Looked at from both sides: a gap of the gap map may have no row in the table, and a row no gap in the map.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gaps import assigned, closers, gap_rows, is_exempt, unknown_labels
from lint_migration_plan.plan.facts.rollback_tests import rollback_test
from lint_migration_plan.plan.facts.verification import confirms_nothing, covered_labels, verification_rows
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.table_rows import says_nothing
from lint_migration_plan.plan.terms import FieldName, State
from lint_migration_plan.plan.values.gap_titles import is_struck
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.gap_matching import GapMatching, Missing, Stale
    from lint_migration_plan.plan.gap_map import GapMap
    from lint_migration_plan.plan.gap_map_forms import MapGap
    from lint_migration_plan.plan.nodes import GapRow, Plan, Stage
    from lint_migration_plan.plan.values.choices import Exemption


class Status(Enum):
    """What becomes of a gap.

    COVERED: stages close it. UNASSIGNED: none does, and nothing says why. DEFERRED: something does. CLOSED: the map
    says that nothing is left to do. ORPHANED: its row has no gap in the map. AMBIGUOUS: it cannot be told.
    """

    COVERED = "covered"
    UNASSIGNED = "unassigned"
    DEFERRED = "deferred"
    CLOSED = "closed"
    ORPHANED = "orphaned"
    AMBIGUOUS = "ambiguous"


class StageCover(NamedTuple):
    """A stage that closes a gap: whether something verifies it, and whether its rollback was tested."""

    stage: Stage
    verified: bool
    rollback_tested: bool


class GapCover(NamedTuple):
    """What becomes of a gap: ``name`` is what its author calls it, ``why`` says more where the status leaves it open.

    ``row`` and ``gap`` are where it stands in the table and in the map, None where it does not.
    """

    name: str
    status: Status
    why: str = ""
    stages: tuple[StageCover, ...] = ()
    row: GapRow | None = None
    gap: MapGap | None = None


def table_cover(plan: Plan) -> list[GapCover]:
    """Say what becomes of the gaps of a plan's table."""
    return [_of_row(plan, row) for row in _rows(plan)]


def map_cover(plans: Sequence[Plan], gap_map: GapMap, matching: GapMatching) -> list[list[GapCover]]:
    """Say what becomes of the gaps of a map, and of the rows of the plans that share it, for each of these plans.

    The gaps stand in the order of the map, then the rows that none of them is about. A gap that no plan has a row for
    stands with the first one.
    """
    return [_of_plan(plan, gap_map, matching, is_first=plan is plans[0]) for plan in plans]


def _of_plan(plan: Plan, gap_map: GapMap, matching: GapMatching, *, is_first: bool) -> list[GapCover]:
    pairs = {id(pair.gap): pair.row.row for pair in matching.pairs if pair.row.plan is plan}
    missing = {id(each.gap): each for each in matching.missing}
    ambiguous = {id(gap) for gap in matching.ambiguous}
    covers = []
    for gap in gap_map.gaps:
        if id(gap) in pairs:
            covers.append(_of_row(plan, pairs[id(gap)], gap))
        elif is_first and id(gap) in missing:
            covers.append(_of_missing(missing[id(gap)]))
        elif is_first and id(gap) in ambiguous:
            why = "two gaps or two rows are called alike"
            covers.append(GapCover(gap.name, Status.AMBIGUOUS, why, gap=gap))
    stale = [each for each in matching.stale if each.row.plan is plan]
    covers += (_of_stale(plan, each, gap_map) for each in stale)
    unsure = [each.row for each in matching.unsure if each.plan is plan]
    covers += (_of_unsure(plan, row) for row in unsure)
    told = {*map(id, pairs.values()), *(id(each.row.row) for each in stale), *map(id, unsure)}
    covers += (_of_row(plan, row) for row in _rows(plan) if id(row) not in told)
    return covers


def _rows(plan: Plan) -> Iterator[GapRow]:
    """Yield the rows of the table without those that the template left."""
    for row in plan.mapping.rows if plan.mapping else ():
        if row.gap is None or not is_placeholder(row.gap):
            yield row


def _name(row: GapRow) -> str:
    return f"row {row.number}" if row.gap is None or says_nothing(row.gap) else " ".join(row.gap.plain.split())


def _of_row(plan: Plan, row: GapRow, gap: MapGap | None = None) -> GapCover:
    """Say what becomes of a gap by its row; ``gap`` is the one of the map that the row is about."""
    status, why = _judge(plan, row)
    if gap is not None and status is Status.UNASSIGNED and not assigned(row):
        status, why = _by_map(gap) or (status, why)
    stages = tuple(_stage_cover(plan, stage) for stage in closers(plan, row)) if id(row) in _readable(plan) else ()
    return GapCover(gap.name if gap else _name(row), status, why, stages, row, gap)


def _judge(plan: Plan, row: GapRow) -> tuple[Status, str]:
    if id(row) not in _readable(plan) or says_nothing(row.gap):
        return Status.AMBIGUOUS, "its row cannot be read"
    exemption = row.exemption
    if exemption is not None and is_exempt(row):
        if exemption.why is None:
            return Status.UNASSIGNED, f"'{exemption.kind}' without a reason"
        return Status.DEFERRED, _reason(exemption)
    if row.stages is None or row.stages.state not in {State.READ, State.EMPTY}:
        return Status.AMBIGUOUS, "its stage cannot be read"
    if not assigned(row):
        return Status.UNASSIGNED, "no stage, and no reason"
    unknown = unknown_labels(plan, assigned(row))
    if unknown:
        return Status.UNASSIGNED, f"there is no stage {', '.join(unknown)}"
    if not closers(plan, row):
        return Status.AMBIGUOUS, "its stage's number is doubled"
    if exemption is not None and exemption.status:
        return Status.COVERED, f"but said to be {_reason(exemption)}"
    return Status.COVERED, ""


def _by_map(gap: MapGap) -> tuple[Status, str] | None:
    """Say what the map alone says of a gap."""
    if gap.closed:
        return Status.CLOSED, "by the gap map"
    if gap.exemption is not None:
        return Status.DEFERRED, f"{_reason(gap.exemption)}, by the gap map"
    return None


def _of_missing(missing: Missing) -> GapCover:
    gap, near = missing.gap, missing.near
    if (said := _by_map(gap)) is not None:
        status, why = said
    elif near is not None:
        status, why = Status.UNASSIGNED, f"no row in the table; is {quote(near.gap.plain)} meant for it?"
    elif missing.named:
        status, why = Status.AMBIGUOUS, "no row, but the section speaks of it"
    else:
        status, why = Status.UNASSIGNED, "no row in the table"
    return GapCover(gap.name, status, why, gap=gap)


def _of_stale(plan: Plan, stale: Stale, gap_map: GapMap) -> GapCover:
    row = stale.row.row
    status, why = Status.ORPHANED, "not in the gap map"
    if stale.near is not None:
        why += f"; did you mean {quote(stale.near.name)}?"
    elif stale.named:
        status, why = Status.AMBIGUOUS, "no gap of the gap map, which speaks of it all the same"
    elif not gap_map.complete:
        status, why = Status.AMBIGUOUS, "not in the gap map, which cannot be read whole"
    by_row = _of_row(plan, row)
    if status is Status.ORPHANED and (by_row.status is Status.DEFERRED or is_struck(stale.row.gap)):
        # What nobody is to close need not be in the map.
        status, why = Status.DEFERRED, f"{by_row.why or 'struck out'}; {why}"
    elif by_row.status is not Status.COVERED:
        why += f"; {by_row.status.value}: {by_row.why}"
    return GapCover(" ".join(stale.text.plain.split()), status, why, by_row.stages, row)


def _of_unsure(plan: Plan, row: GapRow) -> GapCover:
    return GapCover(
        _name(row), Status.AMBIGUOUS, "it may be about more than one gap of the map", _of_row(plan, row).stages, row
    )


def _reason(exemption: Exemption) -> str:
    return exemption.kind if exemption.why is None else f"{exemption.kind}: {' '.join(exemption.why.plain.split())}"


def _stage_cover(plan: Plan, stage: Stage) -> StageCover:
    return StageCover(stage, stage.label in _verified(plan), rollback_test(plan, stage).tested)


@once_a_plan
def _readable(plan: Plan) -> frozenset[int]:
    """Give the rows that can be read, by their identities."""
    return frozenset(map(id, gap_rows(plan)))


@once_a_plan
def _verified(plan: Plan) -> frozenset[str]:
    """Give the stages that say how they are verified, in their field or in the verification table."""
    labels = {stage.label for stage in plan.stages if _has_verification(stage)}
    for row in verification_rows(plan):
        if any(map(_confirms, (row.automated_test, row.manual_check))):
            labels.update(covered_labels(row))
    return frozenset(labels)


def _has_verification(stage: Stage) -> bool:
    field = stage.field(FieldName.VERIFICATION)
    return field is not None and not field.is_empty and not (is_placeholder(field.value) and not field.blocks)


def _confirms(cell: Text | None) -> bool:
    return cell is not None and not confirms_nothing(cell) and not is_placeholder(cell)
