"""Find two columns of the Gap → Stage table whose names are exchanged: the cells of each are those of the other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from lint_migration_plan.plan.facts.gaps import gap_rows
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.choices import read_risk
from lint_migration_plan.plan.values.references import read_stage_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Column, GapRow, Plan

#: One row may be a slip of its own.
_ENOUGH = 2


@once_a_plan
def exchanged_columns(plan: Plan) -> tuple[Column, Column] | None:
    """Give the two columns, the left one first; None where not all rows are surely so."""
    columns = {column.name: column for column in reversed(plan.mapping.columns if plan.mapping else ()) if column.name}
    rows = [_cells(row) for row in gap_rows(plan)]
    if len(rows) < _ENOUGH:
        return None
    for one, other in combinations([column for column in columns.values() if column.name in _READERS], 2):
        if all(_are_exchanged(cells, one, other, plan) for cells in rows):
            left, right = sorted((one, other), key=lambda column: column.text.span.start)
            return left, right
    return None


def _cells(row: GapRow) -> Mapping[str, Text | None]:
    risk, effort = (reading.text if reading else None for reading in (row.risk, row.effort))
    return {"Risk": risk, "Effort": effort, "Stage": row.stage}


def _are_exchanged(cells: Mapping[str, Text | None], one: Column, other: Column, plan: Plan) -> bool:
    first, second = cells[one.name or ""], cells[other.name or ""]
    if first is None or second is None:
        return False
    return (_fits(first, other, plan), _fits(second, one, plan)) == (True, True) and not (
        _fits(first, one, plan) or _fits(second, other, plan)
    )


def _fits(cell: Text, column: Column, plan: Plan) -> bool:
    """Say whether a cell is surely one of a column."""
    return _READERS[column.name or ""](cell, plan)


def _is_risk(cell: Text, plan: Plan) -> bool:
    return read_risk(cell, plan.vocabulary).state is State.READ


def _is_effort(cell: Text, plan: Plan) -> bool:
    # A number alone may be hours as well as a stage.
    return not cell.plain.isdigit() and read_effort(cell, plan.vocabulary).state is State.READ


def _is_stage(cell: Text, plan: Plan) -> bool:
    stages = read_stage_cell(cell, plan.vocabulary).value
    return stages is not None and any(plan.stage(reference.label) for reference in stages.references)


_READERS = {"Risk": _is_risk, "Effort": _is_effort, "Stage": _is_stage}
