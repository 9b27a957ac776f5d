"""The typed tree of a migration plan: what the author wrote, read but not judged.

A value is a `Reading`: the author's text and, where it could be read, its meaning. Rules ask the ``state`` of a reading
and stay silent on one that another rule speaks of (a placeholder, an empty or unreadable value). Layers, risks and
field names are the guide's words in lower case, after synonyms and aliases were resolved.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, Document, Heading, Item, Row, Section, Table
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.once import once_a_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.terms import FieldName, Layer, Reading, Risk, SectionKind
    from lint_migration_plan.plan.values.amounts import Duration, Effort
    from lint_migration_plan.plan.values.choices import Exemption, RollbackTested
    from lint_migration_plan.plan.values.compatibility import Compatibility
    from lint_migration_plan.plan.values.dates import DateRange
    from lint_migration_plan.plan.values.references import Dependencies
    from lint_migration_plan.plan.vocabulary import Vocabulary


# --- the overview -----------------------------------------------------------------------------------------------------


class Title(NamedTuple):
    """The heading that opens a plan.

    ``name`` is the migration's name, maybe empty. ``canonical`` is True for the guide's ``Migration: {name}`` at any
    level, False for a heading that was taken for a title, such as ``# Database migration plan``.
    """

    section: Section
    text: Text
    name: Text
    canonical: bool
    level: int
    span: Span


class PlanSection(NamedTuple):
    """A section that was recognised as one of the guide's.

    ``canonical`` is True where the heading reads as the guide has it, letter case and markup aside. ``synonym`` is True
    where it has another name that is known to mean this ("Target architecture" for To), False for a misspelling.
    ``parent`` is the section around it, the document's root at the top.
    """

    kind: SectionKind
    section: Section
    text: Text
    canonical: bool
    synonym: bool
    level: int
    parent: Section
    span: Span

    @property
    def has_table(self) -> bool:
        """A table stands right under its heading."""
        return any(isinstance(block, Table) for block in self.section.blocks)


class StateLine(NamedTuple):
    """A line under From or To: the layers that its label names, none where it has no label that is a layer.

    ``label`` is what stands before the colon, ``text`` the whole line. ``value`` is what the line says of its layer,
    empty where that stands below it.
    """

    layers: tuple[str, ...]
    label: Text | None
    text: Text
    value: Text


class TimelineEntry(NamedTuple):
    """A line under Timeline: ``name`` is planning, execution, cutover, cleanup or total, None for another label.

    The first four have a ``dates`` reading, total has a ``duration``.
    """

    name: str | None
    label: Text | None
    text: Text
    dates: Reading[DateRange] | None
    duration: Reading[Duration] | None


class Overview(NamedTuple):
    """What stands before the stages; each part is None where its section is missing.

    ``sections`` has every section of the five kinds in document order, doubled ones too; the parts are read from the
    first of each kind. ``from_lines`` and the like are empty where the section holds no such line.
    """

    sections: tuple[PlanSection, ...]
    from_lines: tuple[StateLine, ...]
    to_lines: tuple[StateLine, ...]
    timeline: tuple[TimelineEntry, ...]
    abort_conditions: tuple[Text, ...]

    def section(self, kind: SectionKind) -> PlanSection | None:
        """Find the first section of a kind."""
        return next((section for section in self.sections if section.kind is kind), None)


# --- the stages -------------------------------------------------------------------------------------------------------


class Spelling(Enum):
    """How a field's label is written."""

    CANONICAL = "canonical"
    SYNONYM = "synonym"
    MISSPELLED = "misspelled"
    # Its value stands in the heading of its stage, without a label.
    IN_HEADING = "in heading"


class Field(NamedTuple):
    """A labelled value of a stage.

    ``label`` is the author's label without its colon. ``value`` is the text behind the label, maybe empty; for a
    sub-heading it is the first paragraph. ``blocks`` are what stands below and belongs to it: lists, further
    paragraphs, code, tables. ``items`` are the items of its lists, outer ones only. ``texts`` are the value and all
    paragraphs below it, those of nested items too, that say something. ``nested`` is True for a field of a part of the
    stage ("#### Task 2.1"), which speaks for the stage only where the stage has no such field itself. ``span`` runs
    from the label to the end of its last block.
    """

    name: FieldName
    label: Text
    spelling: Spelling
    value: Text
    blocks: tuple[Block, ...]
    items: tuple[Item, ...]
    texts: tuple[Text, ...]
    nested: bool
    span: Span

    @property
    def precedence(self) -> tuple[bool, bool]:
        """Order fields of one name: the stage's own before one of a part, the guide's label before another for it."""
        return self.nested, self.spelling is Spelling.SYNONYM

    @property
    def is_empty(self) -> bool:
        """Nothing stands behind the label or below it."""
        return not self.value and not self.blocks


class StageForm(Enum):
    """What a stage begins with."""

    HEADING = "heading"
    BOLD_LINE = "bold line"
    PLAIN_LINE = "plain line"


class StageHeading(NamedTuple):
    """The line that a stage begins with, taken apart: ``### Stage 2 — Move the data``.

    ``word`` is the author's word, ``number`` the author's number ("2", "2.1", "A"), ``separator`` what stands between
    number and name without spaces, ``name`` the rest, maybe empty. ``level`` is 0 where it is no heading. ``prefix`` is
    what stands before the word (an emoji, a section number).
    """

    form: StageForm
    level: int
    prefix: Text
    word: Text
    number: Text
    separator: Text
    name: Text
    text: Text
    span: Span


class Stage(NamedTuple):
    """A stage with what was read of its fields; a reading is None where the field is missing.

    ``number`` is None where the author's number is no whole number; ``label`` is the author's number in lower case,
    which references are compared with. ``span`` runs from its heading to its end.
    """

    heading: StageHeading
    number: int | None
    label: str
    fields: tuple[Field, ...]
    parent: Section
    risk: Reading[Risk] | None
    layers: Reading[tuple[Layer, ...]] | None
    effort: Reading[Effort] | None
    dependencies: Reading[Dependencies] | None
    rollback_tested: Reading[RollbackTested] | None
    compatibility: Reading[tuple[Compatibility, ...]] | None
    span: Span

    @property
    def name(self) -> str:
        """The name as it reads, maybe empty."""
        return self.heading.name.plain

    @property
    def title(self) -> str:
        """The stage as a message names it, by the author's own word: ``stage 2``, ``phase 0``."""
        return f"{self.heading.word.plain.lower()} {self.heading.number.plain}"

    def field(self, name: FieldName) -> Field | None:
        """Find the field that speaks for the stage, of several with one name."""
        found = [field for field in self.fields if field.name is name]
        return min(found, key=lambda field: field.precedence) if len(found) > 1 else found[0] if found else None


# --- the tables -------------------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """A column of one of the guide's tables: ``name`` is the guide's, None for a column that the guide has not."""

    name: str | None
    text: Text
    canonical: bool


class GapRow(NamedTuple):
    """A row of the Gap → Stage table; a reading is None where its column or its cell is missing.

    ``number`` is the row's number from 1, ``id`` the gap's identifier ("gap-03") in lower case where its cell starts
    with one. ``exemption`` is the reason why no stage closes it, ``stages`` the stages that do.
    """

    row: Row
    number: int
    id: str | None
    gap: Text | None
    risk: Reading[Risk] | None
    effort: Reading[Effort] | None
    stages: Reading[Dependencies] | None
    exemption: Exemption | None
    stage: Text | None
    notes: Text | None


class VerificationRow(NamedTuple):
    """A row of the verification table; a text is None where its column or its cell is missing."""

    row: Row
    stages: Reading[Dependencies] | None
    stage: Text | None
    automated_test: Text | None
    manual_check: Text | None
    rollback_test: Text | None


class GapMapping(NamedTuple):
    """The Gap → Stage section; ``table`` is None where it holds none. ``columns`` are in the author's order."""

    section: PlanSection
    table: Table | None
    columns: tuple[Column, ...]
    rows: tuple[GapRow, ...]


class VerificationTable(NamedTuple):
    """The section "Verification per stage"; ``table`` is None where it holds none."""

    section: PlanSection
    table: Table | None
    columns: tuple[Column, ...]
    rows: tuple[VerificationRow, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A migration plan.

    ``evident`` is False for a document that has stages as any tutorial has steps, and nothing else of a migration plan.
    ``sections`` are all sections of the guide in document order, doubled ones too. ``titles`` are its titles: more than
    one where a title with the same name stands again. ``span`` is the part of the file that is this plan. ``type`` is
    the type of the migration where front matter or configuration state one: the name of an ordering.
    """

    document: Document
    titles: tuple[Title, ...]
    overview: Overview
    stages: tuple[Stage, ...]
    mapping: GapMapping | None
    verification: VerificationTable | None
    sections: tuple[PlanSection, ...]
    vocabulary: Vocabulary
    evident: bool
    span: Span
    type: str | None = None
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def title(self) -> Title | None:
        """The plan's title."""
        return self.titles[0] if self.titles else None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The top-level blocks of the part of the file that is this plan; a file may hold a thousand plans."""
        return self.blocks_in(self.span)

    def blocks_in(self, span: Span) -> tuple[Block, ...]:
        """Give the top-level blocks that begin within a span."""
        first, end = (bisect_left(self.document.blocks, at, key=lambda block: block.span.start) for at in span)
        return self.document.blocks[first:end]

    @property
    def head(self) -> Span:
        """Where something missing from the whole plan is reported: its title, its first heading, or its first line."""
        if self.titles:
            return self.titles[0].span
        first = next((block.text.span for block in self.blocks if isinstance(block, Heading)), None)
        return first or Span(self.span.start, self.span.start)

    def stage(self, label: str) -> Stage | None:
        """Find the stage of a number, None where there is none or more than one."""
        found = self.stages_by_label.get(label, ())
        return found[0] if len(found) == 1 else None

    @property
    def stages_by_label(self) -> Mapping[str, Sequence[Stage]]:
        """The stages of each label, in the order of the plan: more than one where a number stands twice."""
        return _by_label(self)


@once_a_plan
def _by_label(plan: Plan) -> Mapping[str, Sequence[Stage]]:
    found: dict[str, list[Stage]] = {}
    for stage in plan.stages:
        found.setdefault(stage.label, []).append(stage)
    return found
