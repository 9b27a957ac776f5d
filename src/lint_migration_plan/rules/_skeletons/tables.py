"""The skeletons of the guide's two tables, and the rows that they lack."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.fix import Edit, Fix
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.verification import covered_labels, verification_rows
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.tables import GAP_COLUMNS, VERIFICATION_COLUMNS
from lint_migration_plan.plan.template import GAP_ROW, VERIFICATION_ROW
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.rules._headings import written_name
from lint_migration_plan.rules._skeletons.layout import Layout, layout_of
from lint_migration_plan.rules._wording import listed
from lint_migration_plan.rules.document._places import path_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.document import Heading, Table
    from lint_migration_plan.plan.nodes import (
        Column,
        GapMapping,
        Plan,
        PlanSection,
        Stage,
        VerificationRow,
        VerificationTable,
    )

_PIPE = LazyPattern(r"(?<!\\)\|")
#: Separators that stand at the number, without a space.
_CLOSE = frozenset((":", "：", ".", ")", "、"))
#: The guide's level of the two sections.
_LEVEL = 2


def table_fix(plan: Plan, kind: SectionKind) -> Fix | None:
    """Put in the section of a table, or the table where its section is there."""
    layout = layout_of(plan)
    part = plan.mapping if kind is SectionKind.MAPPING else plan.verification
    table = "\n".join(_table(plan, kind))
    if part is not None:
        blocks = part.section.section.blocks
        last = blocks[-1].span.start if blocks else part.section.span.start
        edit = layout.below(layout.before(layout.index(last) + 1), table)
        title = "add the table, to be filled in"
    else:
        edit = _section(plan, layout, kind, table)
        title = f"add '{kind.value}', to be filled in"
    return Fix(title, (edit,), safe=False) if edit else None


def gap_row_fix(plan: Plan, mapping: GapMapping, table: Table) -> Fix:
    """Put a row into a table that has none."""
    layout = layout_of(plan)
    at = layout.below_header(table)
    row = layout.rows(table).write(_cells(mapping.columns, GAP_ROW))
    return Fix("add a row, to be filled in", (Edit(Span(at, at), f"\n{row}"),), safe=False)


def row_fixes(
    plan: Plan, part: VerificationTable, table: Table, stages: Sequence[Stage]
) -> Iterator[tuple[Stage, Fix]]:
    """Make a row for each of some stages, behind that of the stage before; stages side by side come together."""
    layout = layout_of(plan)
    rows = layout.rows(table)
    last_row = _last_rows(plan)
    places = {id(stage): place for place, stage in enumerate(plan.stages)}
    runs: dict[int, list[Stage]] = {}
    behind: dict[int, VerificationRow | None] = {}
    covered = sorted(last_row)
    for stage in stages:
        place = bisect_left(covered, places[id(stage)])
        row = last_row[covered[place - 1]] if place else None
        at = layout.line_end(row.row.span.start) if row else layout.below_header(table)
        runs.setdefault(at, []).append(stage)
        behind[at] = row or (part.rows[0] if part.rows else None)
    for at, run in runs.items():
        naming = _naming(plan, behind[at])
        written = [rows.write(_cells(part.columns, {"Stage": naming.cell(stage), **VERIFICATION_ROW})) for stage in run]
        title = f"add a row for {listed([stage.title for stage in run])}, to be filled in"
        fix = Fix(title, (Edit(Span(at, at), "".join(f"\n{row}" for row in written)),), safe=False)
        yield from ((stage, fix) for stage in run)


def _last_rows(plan: Plan) -> dict[int, VerificationRow]:
    """Give the row of each stage, by its place; of a row about several stages only the last of them counts."""
    places = {stage.label: place for place, stage in enumerate(plan.stages)}
    last: dict[int, VerificationRow] = {}
    for row in verification_rows(plan):
        known = [places[label] for label in covered_labels(row) if label in places]
        if known:
            last.setdefault(max(known), row)
    return last


class _Naming(NamedTuple):
    """How a row names its stage: by number alone or with the word before it, and with its name or without."""

    word: bool = False
    name: bool = False

    def cell(self, stage: Stage) -> str:
        """Name a stage."""
        number, word = stage.heading.number.plain, stage.heading.word.plain
        said = f"{word} {number}" if self.word or not number.isdecimal() else number
        name = _PIPE.sub(r"\\|", " ".join(written_name(stage.heading).split()))
        if not self.name or not name:
            return said
        separator = stage.heading.separator.plain or "—"
        return f"{said}{'' if separator in _CLOSE else ' '}{separator} {name}"


def _naming(plan: Plan, row: VerificationRow | None) -> _Naming:
    """Read how a row names its stage."""
    if row is None or row.stage is None:
        return _Naming()
    said = normal(row.stage.plain)
    named = [plan.stage(label) for label in covered_labels(row)[:1]]
    words = {stage.heading.word.plain.lower() for stage in plan.stages}
    has_name = any(stage is not None and stage.name and said.endswith(normal(stage.name)) for stage in named)
    return _Naming(said.startswith(tuple(words)), has_name)


def _cells(columns: Sequence[Column], words: Mapping[str, str]) -> list[str]:
    """Give the cells of a row, empty under a column that is not the guide's."""
    return [words.get(column.name or "", "") for column in columns]


def _table(plan: Plan, kind: SectionKind) -> Iterator[str]:
    columns = GAP_COLUMNS if kind is SectionKind.MAPPING else VERIFICATION_COLUMNS
    yield f"| {' | '.join(columns)} |"
    yield f"|{'|'.join('-' * (len(column) + 2) for column in columns)}|"
    if kind is SectionKind.MAPPING:
        yield f"| {' | '.join(GAP_ROW[column] for column in columns)} |"
        return
    firsts: dict[str, Stage] = {}
    for stage in plan.stages:
        firsts.setdefault(stage.label, stage)
    for stage in firsts.values():
        yield f"| {' | '.join((_Naming().cell(stage), *VERIFICATION_ROW.values()))} |"


def _section(plan: Plan, layout: Layout, kind: SectionKind, table: str) -> Edit | None:
    """Write the section behind the last stage, the gaps first."""
    last = plan.stages[-1].heading
    other = plan.verification if kind is SectionKind.MAPPING else plan.mapping
    beside = _outermost(plan, other.section, last.span.start) if other is not None else None
    title = plan.title
    level = beside.level if beside else max(title.level, _LEVEL) if title and title.canonical else _LEVEL
    if last.form is StageForm.HEADING:
        level = min(level, last.level)
    like = beside.span.start if beside else title.span.start if title else None
    if beside is not None and kind is SectionKind.MAPPING:
        end = layout.index(beside.span.start)
    else:
        end = layout.end_of(layout.index(beside.span.start if beside else last.span.start), level)
    heading = layout.heading(kind.value, level, like)
    return layout.below(layout.before(end), f"{heading}\n\n{table}", _lead(plan, layout))


def _outermost(plan: Plan, section: PlanSection, start: int) -> Heading | None:
    """Find the outermost heading behind an offset that a section stands under; None where it stands before that."""
    around = path_to(plan.document.root, section.section.span.start)
    return next((each.heading for each in around if each.heading and each.span.start > start), None)


def _lead(plan: Plan, layout: Layout) -> str:
    """Give what stands before the section: a line drawn across, where the stages have one between them."""
    others = [stage.heading.span.start for stage in plan.stages[1:]]
    return "\n\n---\n\n" if others and all(map(layout.is_separated, others)) else "\n\n"
