"""How the fields of a plan are written: as lines, items, sub-headings or rows, and with what between them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Heading, List, Paragraph, Table
from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.nodes import Spelling
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.rules._skeletons.layout import LabelForm, Layout, Marker, layout_of

if TYPE_CHECKING:
    from lint_migration_plan.markdown.document import Block, Item
    from lint_migration_plan.plan.nodes import Field, Plan, Stage
    from lint_migration_plan.plan.terms import FieldName


class Kind(Enum):
    """What a field is written as."""

    LINE = "line"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"


class Form(NamedTuple):
    """How a field is written.

    ``marker`` is that of an item, ``level`` that of a heading; ``gap`` stands between a label or a heading and what is
    below it, and ``steps`` is the marker of that list.
    """

    kind: Kind
    label: LabelForm = LabelForm()
    marker: Marker = Marker()
    level: int = 0
    gap: str = "\n"
    steps: Marker | None = None


class Forms(NamedTuple):
    """The forms that a plan has, by field and by whether a field has steps; and what stands between two lines.

    ``between`` is a space, a line end or a blank line, ``hard`` the mark at the end of a line that keeps it apart when
    shown.
    """

    by_name: dict[FieldName, Form]
    by_like: dict[bool, Form]
    between: str
    hard: str

    @property
    def joint(self) -> str:
        """What stands between two lines, with that mark."""
        return f"{self.hard}\n" if self.between == "\n" else self.between


def kind_of(layout: Layout, field: Field) -> Kind:
    """Say what a field is written as."""
    block = layout.blocks[layout.index(field.label.span.start)]
    if isinstance(block, Heading):
        return Kind.HEADING
    if isinstance(block, List):
        return Kind.ITEM
    return Kind.ROW if isinstance(block, Table) else Kind.LINE


def own_fields(stage: Stage) -> list[Field]:
    """Give the first of each field that a stage has in itself, in document order."""
    firsts: dict[FieldName, Field] = {}
    for field in stage.fields:
        if not field.nested and field.spelling is not Spelling.IN_HEADING:
            firsts.setdefault(field.name, field)
    return list(firsts.values())


def heading_end(layout: Layout, stage: Stage, field: Field) -> int:
    """Give the index of the last block under a field that is a heading, down to the next field of the stage itself."""
    start = field.label.span.start
    index = layout.index(start)
    block = layout.blocks[index]
    level = block.level if isinstance(block, Heading) else 0
    behind = (other.label.span.start for other in own_fields(stage) if other.label.span.start > start)
    stops = (layout.end_of(index, level), layout.index(stage.span.end - 1) + 1, *map(layout.index, behind))
    return layout.before(min(stops))


def value_end(layout: Layout, stage: Stage, block: Block, begin: int) -> int:
    """Find where a value in a paragraph ends whose label begins at an offset: before the next label, or with it."""
    ends = [at for at in (layout.markup_start(field.label.span.start) for field in stage.fields) if at > begin]
    if isinstance(block, Paragraph):
        # A bold stretch at the beginning of a line is a label, of whatever.
        bold = [layout.markup_start(strong.span.start) for strong in block.text.strongs]
        ends += [at for at in bold if at > begin and not layout.text[layout.line_start(at) : at].strip()]
    end = min([*ends, block.span.end])
    return begin + len(layout.text[begin:end].rstrip(" \t\r\n\\"))


def line_ends(gap: str) -> int:
    """Count the line ends in a stretch of a file."""
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@once_a_plan
def forms_of(plan: Plan) -> Forms:
    """Read the forms of a plan's fields."""
    layout = layout_of(plan)
    by_name: dict[FieldName, Form] = {}
    by_like: dict[bool, Form] = {}
    between = hard = None
    for stage in plan.stages:
        before: Field | None = None
        for field in own_fields(stage):
            if field.name not in by_name or (field.name in STEP_FIELDS and by_name[field.name].steps is None):
                form = form_of(layout, field)
                if form is not None and (field.name not in by_name or form.steps is not None):
                    by_name[field.name] = form
                    by_like.setdefault(field.name in STEP_FIELDS, form)
            if between is None and before is not None:
                between = _between(layout, before, field)
                hard = _hard_break(layout, before) if between == "\n" else None
            before = field
    return Forms(by_name, by_like, between or "\n", hard or "")


def form_of(layout: Layout, field: Field) -> Form | None:
    """Read how a field is written; None where its label has marks that are not known."""
    kind = kind_of(layout, field)
    span = field.label.span
    block = layout.blocks[layout.index(span.start)]
    steps = _first_item(field)
    marker = layout.marker(steps) if steps is not None else None
    if isinstance(block, Heading):
        raw = layout.text[slice(*block.span)]
        colon = ":" if field.label.plain.rstrip().endswith(":") else ""
        label = LabelForm("**", f"{colon}**") if "**" in raw else LabelForm("", colon)
        return Form(kind, label, level=block.level, gap=layout.gap_below(span.start), steps=marker)
    written = layout.label(span)
    if written is None:
        return None
    gap = "\n\n" if steps is not None and layout.is_blank_below(span.start) else "\n"
    own = layout.marker(item_of(block, field)) if isinstance(block, List) else Marker()
    return Form(kind, written, own, gap=gap, steps=marker)


def _first_item(field: Field) -> Item | None:
    return field.items[0] if field.items and field.name in STEP_FIELDS else None


def item_of(block: List, field: Field) -> Item:
    """Find the item of a list that a field's label begins."""
    start = field.label.span.start
    return next(item for item in block.items if item.span.start <= start <= item.span.end)


def _between(layout: Layout, one: Field, two: Field) -> str | None:
    """Give what stands between two fields that are lines without anything below them."""
    if one.name in STEP_FIELDS or two.name in STEP_FIELDS or one.blocks:
        return None
    if kind_of(layout, one) is not Kind.LINE or kind_of(layout, two) is not Kind.LINE:
        return None
    lines = line_ends(layout.text[one.span.end : two.label.span.start])
    return " " if not lines else "\n" if lines == 1 else "\n\n"


def _hard_break(layout: Layout, field: Field) -> str:
    line = layout.text[field.span.end : layout.line_end(field.span.end)]
    return "\\" if line.endswith("\\") else "  " if line.endswith("  ") else ""
