"""Build the plans of a document. A document may hold none, one or several; any text builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Block, Document, Heading, Section, Table
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.nodes import Overview, Plan, PlanSection, Title
from lint_migration_plan.plan.overview import abort_conditions, timeline_entries
from lint_migration_plan.plan.recognition import has_stages, is_evident
from lint_migration_plan.plan.sections import (
    TABLE_KINDS,
    Around,
    find_sections,
    loose_title,
    names_migration,
    read_title,
    table_section,
)
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.stage_headings import Candidate, Outline, end_at, find_stages
from lint_migration_plan.plan.stages import build_stage
from lint_migration_plan.plan.states import state_lines
from lint_migration_plan.plan.tables import (
    gap_mapping,
    is_gap_table,
    is_verification_table,
    verification_table,
)
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.references import StageLabels
from lint_migration_plan.plan.vocabulary import DEFAULT, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def parse_plan(text: str, vocabulary: Vocabulary = DEFAULT) -> tuple[Plan, ...]:
    """Parse the plans of a Markdown text; none where it is no migration plan."""
    return build_plans(parse_document(text), vocabulary)


def build_plans(
    document: Document, vocabulary: Vocabulary = DEFAULT, migration_type: str | None = None
) -> tuple[Plan, ...]:
    """Build the plans of a document, of a type of migration where one is stated."""
    outline = list(_outline(document))
    titles = [(index, title) for index, title in _titles(outline)]
    bounds = _bounds(titles, len(outline))
    plans = []
    for first, end in bounds:
        own = [title for index, title in titles if first <= index < end]
        plan = _PlanBuilder(document, outline, vocabulary, first, end).build(own, migration_type)
        if plan is not None:
            plans.append(plan)
    return tuple(plans)


def _outline(document: Document) -> Iterator[Outline]:
    """Pair every top-level block with its section, a heading with the section around its own."""
    open_sections = [document.root]
    sections = {id(section.heading): section for section in document.root.walk() if section.heading}
    for block in document.blocks:
        if isinstance(block, Heading):
            while (around := open_sections[-1].heading) is not None and around.level >= block.level:
                open_sections.pop()
            yield Outline(block, open_sections[-1], sections[id(block)])
            open_sections.append(sections[id(block)])
        else:
            yield Outline(block, open_sections[-1])


def _titles(outline: Sequence[Outline]) -> Iterator[tuple[int, Title]]:
    for index, (_, _, section) in enumerate(outline):
        if section is not None:
            title = read_title(section)
            if title is not None:
                yield index, title


def _bounds(titles: Sequence[tuple[int, Title]], end: int) -> list[tuple[int, int]]:
    """Cut the document into plans: a title with another name than the one before opens the next."""
    starts = [0]
    name: str | None = None
    for index, title in titles:
        this = normal(title.name.plain)
        if name is not None and this != name:
            starts.append(index)
        name = this
    return list(zip(starts, [*starts[1:], end], strict=True))


class _PlanBuilder:
    """Builds one plan from the blocks between two indices."""

    def __init__(
        self, document: Document, outline: Sequence[Outline], vocabulary: Vocabulary, first: int, end: int
    ) -> None:
        self._document = document
        self._outline = outline
        self._vocabulary = vocabulary
        self._first = first
        self._end = end
        # The index of a section's heading among the blocks, by the identity of the section.
        self._starts: dict[int, int] = {}

    def build(self, titles: Sequence[Title], migration_type: str | None) -> Plan | None:
        """Build the plan, None where the blocks hold none."""
        candidates = find_stages(self._outline, self._first, self._end, self._vocabulary)
        sections = self._sections(candidates)
        section_starts = [self._starts[id(section.section)] for section in sections]
        end_at(candidates, section_starts, self._outline, self._vocabulary)
        loose = self._loose_title(candidates)
        if not titles and loose is not None and (candidates or sections):
            titles = [loose]
        evident = is_evident(titles, candidates, sections, self._document.front_matter, self._first_heading())
        if not evident and not has_stages(candidates):
            return None
        stops = sorted([*section_starts, *(candidate.start for candidate in candidates), self._end])
        # Of sections of one kind the first counts; to look for the end of each would take the square of their number.
        firsts = {section.kind: section for section in reversed(sections)}
        blocks = {kind: self._blocks(section, stops) for kind, section in firsts.items()}
        names = {normal(candidate.heading.name.plain): candidate.label for candidate in candidates}
        names.pop("", None)
        labels = StageLabels([candidate.label for candidate in candidates], names)
        mapping, verification = firsts.get(SectionKind.MAPPING), firsts.get(SectionKind.VERIFICATION)
        return Plan(
            document=self._document,
            titles=tuple(titles),
            overview=self._overview(sections, blocks),
            stages=tuple(build_stage(candidate, self._outline, self._vocabulary, labels) for candidate in candidates),
            mapping=gap_mapping(mapping, blocks[mapping.kind], self._vocabulary, labels) if mapping else None,
            verification=(
                verification_table(verification, blocks[verification.kind], self._vocabulary, labels)
                if verification
                else None
            ),
            sections=tuple(sections),
            vocabulary=self._vocabulary,
            evident=evident,
            type=migration_type,
            span=Span(self._offset(self._first) if self._first else 0, self._offset(self._end)),
        )

    def _sections(self, stages: Sequence[Candidate]) -> list[PlanSection]:
        """Find the guide's sections. Below a stage only the two tables count: a goal there is the stage's own."""
        own = {stage.start for stage in stages}
        within = {index for stage in stages for index in range(stage.start, stage.end)}
        outside: list[Around] = []
        inside: list[Around] = []
        for index in range(self._first, self._end):
            _, around, section = self._outline[index]
            if section is not None and index not in own:
                self._starts[id(section)] = index
                (inside if index in within else outside).append(Around(section, around))
        sections = find_sections(outside)
        kinds = {section.kind for section in sections}
        sections += [section for section in find_sections(inside) if section.kind in TABLE_KINDS - kinds]
        kinds = {section.kind for section in sections}
        taken = {id(section.section) for section in sections}
        for kind, fits in ((SectionKind.MAPPING, is_gap_table), (SectionKind.VERIFICATION, is_verification_table)):
            if kind not in kinds:
                # A table that is plainly the guide's makes its section, whatever the heading says.
                holders = (around for around in (*outside, *inside) if id(around.section) not in taken)
                holder = next((around for around in holders if _holds(around.section, fits)), None)
                sections += [table_section(kind, holder)] if holder else []
        return sorted(sections, key=lambda section: section.span)

    def _loose_title(self, stages: Sequence[Candidate]) -> Title | None:
        """Take a heading for the title that speaks of a migration: the first in the file, or one above the stages."""
        end = min((stage.start for stage in stages), default=self._end)
        begun = False
        for index in range(self._first, end):
            block, _, section = self._outline[index]
            if section is not None and isinstance(block, Heading) and names_migration(block.text.plain):
                holds_stages = end < self._end and section.span.end > self._outline[end].block.span.start
                if holds_stages or not begun:
                    return loose_title(section)
            begun = begun or (isinstance(block, Heading) and block.level > 1)
        return None

    def _overview(self, sections: Sequence[PlanSection], blocks: Mapping[SectionKind, Sequence[Block]]) -> Overview:
        return Overview(
            sections=tuple(section for section in sections if section.kind not in TABLE_KINDS),
            from_lines=state_lines(blocks.get(SectionKind.FROM, ()), self._vocabulary),
            to_lines=state_lines(blocks.get(SectionKind.TO, ()), self._vocabulary),
            timeline=timeline_entries(blocks.get(SectionKind.TIMELINE, ()), self._vocabulary),
            abort_conditions=abort_conditions(blocks.get(SectionKind.ABORT, ())),
        )

    def _blocks(self, section: PlanSection, stops: Sequence[int]) -> tuple[Block, ...]:
        """Give the blocks of a section, those under deeper headings included, up to the next section or stage."""
        start = self._starts[id(section.section)]
        end = next(stop for stop in stops if stop > start)
        found = []
        for index in range(start + 1, end):
            block = self._outline[index].block
            if isinstance(block, Heading) and block.level <= section.level:
                break
            found.append(block)
        return tuple(found)

    def _first_heading(self) -> str:
        blocks = (self._outline[index].block for index in range(self._first, self._end))
        return next((block.text.plain for block in blocks if isinstance(block, Heading)), "")

    def _offset(self, index: int) -> int:
        if index < len(self._outline):
            return self._outline[index].block.span.start
        return len(self._document.source.text)


def _holds(section: Section, fits: Callable[[Table], bool]) -> bool:
    return any(isinstance(block, Table) and fits(block) for block in section.blocks)
