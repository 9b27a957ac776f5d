"""Find columns of the Gap → Stage table whose names are exchanged: the cells of each are those of another."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.table_rows import is_aligned, says_nothing
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.choices import read_risk
from lint_migration_plan.plan.values.references import read_stage_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Column, Plan

#: One cell may be a slip of its own.
_ENOUGH = 2


@once_a_plan
def exchanged_columns(plan: Plan) -> tuple[Column, ...]:
    """Give the columns whose names go round, from left to right; none where not all that is known says so."""
    cells = _cells(plan)
    # A column with one cell of its own kind is no other; most tables are told by their first row.
    doubtful = [
        name for name, fits in _READERS.items() if name in cells and not any(fits(c, plan) for c in cells[name])
    ]
    if not doubtful:
        return ()
    held = {name: _Held(cells[name], plan) for name in cells if name in doubtful or name == "Gap"}
    for count in (2, 3):
        for names in permutations(doubtful, count):
            if all(held[one].is_surely(other) for one, other in zip(names, (*names[1:], names[0]), strict=True)):
                return _columns(plan, names)
    gap = held.get("Gap")
    for name in doubtful:
        if gap is not None and gap.is_surely(name) and not gap.others and not held[name].kinds:
            return _columns(plan, ("Gap", name))
    return ()


def _columns(plan: Plan, names: Sequence[str]) -> tuple[Column, ...]:
    named = {column.name: column for column in reversed(plan.mapping.columns if plan.mapping else ())}
    return tuple(sorted((named[name] for name in names), key=lambda column: column.text.span.start))


def _cells(plan: Plan) -> Mapping[str, list[Text]]:
    """Give the cells that say something of each column that has a name, the first of that name."""
    mapping = plan.mapping
    if mapping is None or mapping.table is None:
        return {}
    rows = [row.row.cells for row in mapping.rows if is_aligned(row.row, mapping.table)]
    cells: dict[str, list[Text]] = {}
    for place, column in enumerate(mapping.columns):
        if column.name is not None and column.name not in cells:
            texts = (row[place].text for row in rows if place < len(row))
            cells[column.name] = [text for text in texts if not says_nothing(text)]
    return cells


class _Held:
    """What the cells of a column are: the kinds of those that are surely one, and how many ``others`` there are."""

    __slots__ = ("kinds", "others", "sure")

    def __init__(self, cells: Sequence[Text], plan: Plan) -> None:
        fitting = [[name for name, fits in _READERS.items() if fits(cell, plan)] for cell in cells]
        known = [names for names in fitting if names]
        self.kinds = {name for names in known for name in names}
        self.sure = len(known)
        self.others = len(fitting) - len(known)

    def is_surely(self, name: str) -> bool:
        """Say whether all cells that are surely something are this."""
        return self.sure >= _ENOUGH and self.kinds == {name}


def _is_risk(cell: Text, plan: Plan) -> bool:
    return read_risk(cell, plan.vocabulary).state is State.READ


def _is_effort(cell: Text, plan: Plan) -> bool:
    # A number alone may be hours as well as a stage.
    return not cell.plain.isdigit() and read_effort(cell, plan.vocabulary).state is State.READ


def _is_stage(cell: Text, plan: Plan) -> bool:
    stages = read_stage_cell(cell, plan.vocabulary).value
    return stages is not None and any(plan.stage(reference.label) for reference in stages.references)


_READERS = {"Risk": _is_risk, "Effort": _is_effort, "Stage": _is_stage}
