"""Read the Gap → Stage table and the verification table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Block, Table
from lint_migration_plan.plan.nodes import Column, GapMapping, GapRow, PlanSection, VerificationRow, VerificationTable
from lint_migration_plan.plan.spelling import nearest, normal
from lint_migration_plan.plan.table_rows import own_rows
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.choices import read_exemption, read_risk
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.references import read_stage_cell
from lint_migration_plan.plan.vocabulary import OTHER_STAGE_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lint_migration_plan.markdown.document import Row
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.values.references import StageLabels
    from lint_migration_plan.plan.vocabulary import Vocabulary

GAP_COLUMNS = ("Gap", "Risk", "Effort", "Stage", "Notes")
_OTHER_GAP_COLUMNS = {
    **{"gaps": "Gap", "gap id": "Gap", "gap name": "Gap", "gap description": "Gap"},
    **{"risk level": "Risk", "estimated effort": "Effort", "estimate": "Effort", "duration": "Effort"},
    **{"phase": "Stage", "step": "Stage", "stages": "Stage", "assigned stage": "Stage", "closed by": "Stage"},
    **{"note": "Notes", "comment": "Notes", "comments": "Notes", "remarks": "Notes"},
}

VERIFICATION_COLUMNS = ("Stage", "Automated test", "Manual check", "Rollback test")
_OTHER_VERIFICATION_COLUMNS = {
    **{"phase": "Stage", "step": "Stage", "stages": "Stage", "stage number": "Stage"},
    **{"automated tests": "Automated test", "automated check": "Automated test", "automated": "Automated test"},
    **{"automatic test": "Automated test", "automated checks": "Automated test", "tests": "Automated test"},
    **{"auto test": "Automated test", "auto tests": "Automated test", "auto check": "Automated test"},
    **{"auto checks": "Automated test", "auto": "Automated test"},
    **{"manual checks": "Manual check", "manual test": "Manual check", "manual tests": "Manual check"},
    **{"manual": "Manual check", "rollback tests": "Rollback test", "rollback check": "Rollback test"},
    **{"rollback": "Rollback test", "rollback tested": "Rollback test", "rollback verification": "Rollback test"},
}

_GAP_ID = LazyPattern(r"\s*([A-Za-z]{1,8}[-_ ]?\d{1,5})(?:\s*[:：.—–)-]|\s|\Z)")


def gap_mapping(
    section: PlanSection, blocks: Sequence[Block], vocabulary: Vocabulary, stages: StageLabels
) -> GapMapping:
    """Read the Gap → Stage section."""
    table = _table(blocks, "Gap", GAP_COLUMNS, _OTHER_GAP_COLUMNS)
    if table is None:
        return GapMapping(section, None, (), ())
    columns = _columns(table, GAP_COLUMNS, _OTHER_GAP_COLUMNS, _stage_words(vocabulary))
    rows = []
    for number, row in enumerate(own_rows(table), 1):
        cell = _cells(row, columns)
        gap, stage, notes = cell.get("Gap"), cell.get("Stage"), cell.get("Notes")
        risk, effort = cell.get("Risk"), cell.get("Effort")
        match = _GAP_ID.match(gap.plain) if gap is not None else None
        rows.append(
            GapRow(
                row=row,
                number=number,
                id=normal(match[1]) if match else None,
                gap=gap,
                risk=read_risk(risk, vocabulary) if risk is not None else None,
                effort=read_effort(effort, vocabulary) if effort is not None else None,
                stages=read_stage_cell(stage, vocabulary, stages.names, labels=stages.all)
                if stage is not None
                else None,
                exemption=read_exemption(stage, notes),
                stage=stage,
                notes=notes,
            )
        )
    return GapMapping(section, table, columns, tuple(rows))


def verification_table(
    section: PlanSection, blocks: Sequence[Block], vocabulary: Vocabulary, stages: StageLabels
) -> VerificationTable:
    """Read the section "Verification per stage"."""
    table = _table(blocks, "Stage", VERIFICATION_COLUMNS, _OTHER_VERIFICATION_COLUMNS)
    if table is None:
        return VerificationTable(section, None, (), ())
    columns = _columns(table, VERIFICATION_COLUMNS, _OTHER_VERIFICATION_COLUMNS, _stage_words(vocabulary))
    rows = []
    for row in own_rows(table):
        cell = _cells(row, columns)
        stage = cell.get("Stage")
        rows.append(
            VerificationRow(
                row=row,
                stages=read_stage_cell(stage, vocabulary, stages.names, labels=stages.all)
                if stage is not None
                else None,
                stage=stage,
                automated_test=cell.get("Automated test"),
                manual_check=cell.get("Manual check"),
                rollback_test=cell.get("Rollback test"),
            )
        )
    return VerificationTable(section, table, columns, tuple(rows))


def is_gap_table(table: Table) -> bool:
    """Say whether a table is the Gap → Stage table, wherever it stands."""
    return {"Gap", "Stage"} <= {column.name for column in _columns(table, GAP_COLUMNS, _OTHER_GAP_COLUMNS)}


def is_verification_table(table: Table) -> bool:
    """Say whether a table is the verification table, wherever it stands."""
    names = [column.name for column in _columns(table, VERIFICATION_COLUMNS, _OTHER_VERIFICATION_COLUMNS)]
    return "Stage" in names and len(set(names) & set(VERIFICATION_COLUMNS[1:])) > 1


def _table(blocks: Sequence[Block], needed: str, names: Sequence[str], others: Mapping[str, str]) -> Table | None:
    """Find the section's table: the first that has the needed column, else the first."""
    tables = [block for block in blocks if isinstance(block, Table)]
    fitting = (table for table in tables if any(column.name == needed for column in _columns(table, names, others)))
    return next(fitting, tables[0] if tables else None)


def _stage_words(vocabulary: Vocabulary) -> frozenset[str]:
    return vocabulary.stage_words.union(OTHER_STAGE_WORDS, (f"{word}s" for word in vocabulary.stage_words))


def _columns(
    table: Table, names: Sequence[str], others: Mapping[str, str], stage_words: Collection[str] = OTHER_STAGE_WORDS
) -> tuple[Column, ...]:
    guide = {normal(name): name for name in names}
    columns = []
    for cell in table.header.cells:
        word = normal(cell.text.plain)
        name = guide.get(word)
        if name is not None:
            columns.append(Column(name, cell.text, canonical=True))
            continue
        name = "Stage" if word in stage_words else others.get(word)
        if name is None:
            close = nearest(word, guide)
            name = guide[close] if close else None
        columns.append(Column(name, cell.text, canonical=False))
    # A column under another name counts only where the guide's own is not there too.
    own = {column.name for column in columns if column.canonical}
    return tuple(
        column if column.canonical or column.name not in own else Column(None, column.text, canonical=False)
        for column in columns
    )


def _cells(row: Row, columns: Sequence[Column]) -> dict[str, Text]:
    cells: dict[str, Text] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if column.name is not None:
            cells.setdefault(column.name, cell.text)
    return cells
