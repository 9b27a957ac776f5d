"""Facts about the gaps of a plan that several rules need: which rows can be read, which stages close a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Table
from lint_migration_plan.plan.facts.exchanged_columns import exchanged_columns
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.table_rows import extra_cells, is_aligned, says_nothing
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import GapMapping, GapRow, Plan, Stage, VerificationTable
    from lint_migration_plan.plan.values.references import StageReference


#: What stands in the cells of a gap that needs neither risk nor effort.
_NONE = LazyPattern(r"n ?/ ?a|n\.a|na|none|nil|no|not (?:applicable|estimated|needed|rated)|0 ?(?:h|hours?|d|days?)?")


@once_a_plan
def gap_rows(plan: Plan) -> Sequence[GapRow]:
    """Give the rows that say something and whose cells are surely those of their columns.

    Left out are rows with a cell too few or too many, rows cut short, and rows that the template left; and all of them
    where names of columns are exchanged.
    """
    mapping = plan.mapping
    if mapping is None or mapping.table is None or exchanged_columns(plan):
        return ()
    return tuple(row for row in mapping.rows if _is_readable(row, mapping, mapping.table))


def are_all_rows_read(plan: Plan) -> bool:
    """Say whether each row of the table can be read and names its gap: none of them may be for another one."""
    mapping = plan.mapping
    rows = gap_rows(plan)
    return mapping is None or (len(rows) == len(mapping.rows) and not any(says_nothing(row.gap) for row in rows))


def gap_title(row: GapRow) -> str:
    """Name a gap in a message: by its own words, else by its row."""
    return f"row {row.number}" if row.gap is None or says_nothing(row.gap) else f"gap {quote(row.gap.plain)}"


def gap_key(gap: Text | None) -> str:
    """Bring a gap to the form in which gaps are compared; nothing for ditto marks and the like, which name none."""
    words = " ".join(gap.plain.split()).casefold().rstrip(".,;:! ") if gap is not None else ""
    return words if any(char.isalnum() for char in words) else ""


def empty_cells(row: GapRow, mapping: GapMapping) -> list[str]:
    """Give the names of the cells that a gap needs and that say nothing or are not there.

    Where no stage closes it, with a reason, it needs neither risk nor effort. A missing stage is named only beside
    others that are missing: alone it is another matter.
    """
    texts = {"Gap": row.gap}
    if not is_exempt(row):
        texts |= {"Risk": row.risk.text if row.risk else None, "Effort": row.effort.text if row.effort else None}
    names = {column.name for column in mapping.columns}
    empty = [name for name, text in texts.items() if name in names and says_nothing(text)]
    if empty and "Stage" in names and says_nothing(row.stage) and row.exemption is None:
        empty.append("Stage")
    return empty


def is_cut_short(row: GapRow, mapping: GapMapping) -> bool:
    """Say whether a row stops before its effort or risk: what it holds may be meant for other columns."""
    filled = [place for place, cell in enumerate(row.row.cells) if cell.text]
    needed = [place for place, column in enumerate(mapping.columns) if column.name in {"Risk", "Effort"}]
    return max(filled, default=-1) < max(needed, default=-1) and not is_exempt(row)


def has_lost_cells(row: GapRow, table: Table) -> bool:
    """Say whether a row goes beyond the last column: with what it says there, or by a pipe that shifted its cells."""
    extra = extra_cells(row.row, table)
    readings = (row.risk, row.effort, row.stages)
    shifted = any(reading is not None and reading.state is State.UNREADABLE for reading in readings)
    return bool(extra) and (shifted or any(cell.text for cell in extra))


def needs(row: GapRow, text: Text) -> bool:
    """Say whether a cell must be readable: it says something, and more than that a gap without a stage has none."""
    return not says_nothing(text) and not (is_exempt(row) and _NONE.fullmatch(normal(text.plain)))


def assigned(row: GapRow) -> Sequence[StageReference]:
    """Give the stages that a row names."""
    if row.stages is None or row.stages.state is not State.READ or row.stages.value is None:
        return ()
    return row.stages.value.references


def is_exempt(row: GapRow) -> bool:
    """Say whether a gap has a reason why no stage closes it, and no stage."""
    return row.exemption is not None and not assigned(row)


def is_unassigned(row: GapRow) -> bool:
    """Say whether a gap has a Stage cell that names no stage, and nothing says why; a bare "deferred" is no reason."""
    if row.stages is None or row.stages.state not in {State.EMPTY, State.READ} or assigned(row):
        return False
    if row.stages.value is not None and row.stages.value.elsewhere:
        return False
    return row.exemption is None or row.exemption.why is None


def unknown_labels(plan: Plan, references: Sequence[StageReference]) -> list[str]:
    """Give the labels that no stage of the plan bears, each once, in their order."""
    known = plan.stages_by_label
    return list(dict.fromkeys(reference.label for reference in references if reference.label not in known))


def closers(plan: Plan, row: GapRow) -> list[Stage]:
    """Give the stages that close a gap; none where one of them is unknown or its number is doubled."""
    found = [plan.stage(label) for label in dict.fromkeys(reference.label for reference in assigned(row))]
    stages = [stage for stage in found if stage is not None]
    return stages if len(stages) == len(found) else []


def is_whole(plan: Plan, part: GapMapping | VerificationTable) -> bool:
    """Say whether all rows of a section are known: it stands once, and holds one table."""
    kind = part.section.kind
    tables = [block for block in part.section.section.all_blocks() if isinstance(block, Table)]
    return sum(section.kind is kind for section in plan.sections) == 1 and len(tables) == 1


def mapping_blocks(plan: Plan) -> list[Block]:
    """Give the blocks of the Gap → Stage section, up to what begins the next section or stage."""
    if plan.mapping is None:
        return []
    start, section = plan.mapping.section.span.start, plan.mapping.section.section
    others = (
        *(other.span.start for other in plan.sections),
        *(stage.heading.span.start for stage in plan.stages),
        *(title.span.start for title in plan.titles),
    )
    end = min((other for other in others if other > start), default=section.span.end)
    return [block for block in section.all_blocks() if block.span.start < end]


def _is_readable(row: GapRow, mapping: GapMapping, table: Table) -> bool:
    if not is_aligned(row.row, table) or has_lost_cells(row, table) or is_cut_short(row, mapping):
        return False
    return row.gap is None or not is_placeholder(row.gap)
