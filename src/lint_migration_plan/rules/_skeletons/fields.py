"""The skeletons of the fields that a stage lacks, in the form of those that are there.

A field takes the form that it has in another stage, else that of its like: of the fields with a value in one line, or
of those with a list of steps. It goes behind the last field that the guide has before it, else before all others.
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.fix import Edit
from lint_migration_plan.markdown.document import Heading, Html, List, Paragraph, Table, ThematicBreak
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.template import FIELDS
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName
from lint_migration_plan.rules._skeletons.forms import (
    Form,
    Kind,
    form_of,
    forms_of,
    heading_end,
    item_of,
    kind_of,
    own_fields,
)
from lint_migration_plan.rules._skeletons.layout import LabelForm, Marker, layout_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.plan.nodes import Field, Plan, Stage

#: The deepest heading that there is.
_DEEPEST = 6
#: Words for a stage that are known where the template names one.
_WORDS = frozenset(("phase", "step", "wave", "sprint"))


def missing_edits(plan: Plan, stage: Stage, names: Sequence[FieldName]) -> list[Edit] | None:
    """Write the missing fields of a stage; None where it is not certain where they would go."""
    return _Writer(plan, stage).edits(names)


class _Piece(NamedTuple):
    """A field as it is to be written; ``is_line`` is True for a line that another may follow without a blank one."""

    name: FieldName
    kind: Kind
    text: str
    is_line: bool


class _Writer:
    """Writes the missing fields of one stage."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._layout = layout_of(plan)
        self._forms = forms_of(plan)
        self._stage = stage
        self._own = own_fields(stage)
        self._starts = sorted(field.label.span.start for field in stage.fields)

    def edits(self, names: Sequence[FieldName]) -> list[Edit] | None:
        """Give the edits that put the fields in; those that come together are one."""
        runs: dict[FieldName | None, list[FieldName]] = {}
        for name in names:
            before = self._before(name)
            runs.setdefault(before.name if before else None, []).append(name)
        edits: dict[int, str] = {}
        for run in runs.values():
            before = self._before(run[0])
            behind = None if before else self._behind(run[0])
            for edit in self._placed(self._pieces(run, before, behind), before, behind):
                if edit is None:
                    return None
                edits[edit.span.start] = edits.get(edit.span.start, "") + edit.text
        return [Edit(Span(at, at), text) for at, text in sorted(edits.items())]

    def _before(self, name: FieldName) -> Field | None:
        """Find the field to stand behind: the last that the guide has before another, with those that follow it.

        Those are of its kind, and the guide has them before the other one too.
        """
        earlier = [field for field in self._own if _order(field.name) < _order(name)]
        last = max(earlier, key=lambda field: _order(field.name), default=None)
        if last is None:
            return None
        kind = kind_of(self._layout, last)
        behind = self._own[self._own.index(last) + 1 :]
        run = takewhile(lambda field: field in earlier and kind_of(self._layout, field) is kind, behind)
        return [last, *run][-1]

    def _behind(self, name: FieldName) -> Field | None:
        """Find the field to stand before, where the guide has none before another: the first that is there."""
        found = [field for field in self._own if _order(name) < _order(field.name) < len(REQUIRED_FIELDS)]
        return min(found, key=lambda field: field.label.span.start, default=None)

    # --- what is written ----------------------------------------------------------------------------------------------

    def _pieces(self, names: Sequence[FieldName], before: Field | None, behind: Field | None) -> list[_Piece]:
        """Write fields that come together, each in a form that can be read there."""
        pieces: list[_Piece] = []
        is_heading = before is not None and kind_of(self._layout, before) is Kind.HEADING
        above = form_of(self._layout, before) if is_heading and before is not None else None
        under = before.name if before is not None else None
        for name in names:
            form = self._possible(self._form(name, before), before, behind)
            # A line would belong to the heading above it, of which only that of the rollback is told whether it works.
            is_told = (under, name) == (FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED)
            if above is not None and form.kind is Kind.LINE and not is_told:
                form = Form(Kind.HEADING, LabelForm("", ""), level=above.level, gap=above.gap)
            above, under = form if form.kind is Kind.HEADING else None, name
            pieces.append(self._piece(name, form, before or behind))
        return pieces

    def _piece(self, name: FieldName, form: Form, neighbour: Field | None) -> _Piece:
        value = FIELDS[name]
        if name is FieldName.DEPENDENCIES and (word := self._stage.heading.word.plain.lower()) in _WORDS:
            value = value.replace("Stage", word.capitalize())
        has_steps = name in STEP_FIELDS
        if form.kind is Kind.ROW:
            return _Piece(name, form.kind, self._row(neighbour, form, name, value), is_line=False)
        if has_steps:
            steps = form.steps or self._steps(form)
            value = f"{steps.indent}{steps.mark}{value}"
        if form.kind is Kind.HEADING:
            heading = f"{'#' * form.level} {form.label.render(name.value)}"
            return _Piece(name, form.kind, f"{heading}{form.gap}{value}", is_line=False)
        label = form.label.render(name.value) + form.label.end
        text = f"{label}{form.gap}{value}" if has_steps else form.label.render(name.value, value)
        if form.kind is Kind.ITEM:
            return _Piece(name, form.kind, f"{form.marker.indent}{form.marker.mark}{text}", is_line=False)
        return _Piece(name, form.kind, text, is_line=not has_steps)

    def _row(self, neighbour: Field | None, form: Form, name: FieldName, value: str) -> str:
        table = self._layout.blocks[self._layout.index(neighbour.label.span.start)] if neighbour else None
        if not isinstance(table, Table):
            return ""
        marks = form.label.open
        return self._layout.rows(table).write([f"{marks}{name.value}{marks}", value])

    def _steps(self, form: Form) -> Marker:
        """Give the marker of a list where no field of this form has one."""
        if form.kind is Kind.ITEM:
            return Marker(form.marker.inner)
        known = self._forms.by_like.get(True)
        if known is not None and known.steps is not None and known.kind is not Kind.ITEM:
            return known.steps
        return Marker()

    # --- in which form ------------------------------------------------------------------------------------------------

    def _form(self, name: FieldName, before: Field | None) -> Form:
        """Choose the form of a field; where none is known, it is a line as in the guide."""
        if before is not None and kind_of(self._layout, before) in {Kind.ITEM, Kind.ROW} and self._goes_on(before):
            # Below the list or the table it would stand behind fields that come after it.
            form = form_of(self._layout, before)
            if form is not None:
                return form
        has_steps = name in STEP_FIELDS
        like = sorted((field for field in self._own if (field.name in STEP_FIELDS) == has_steps), key=_distance(name))
        own = (form_of(self._layout, field) for field in like)
        known = (self._forms.by_name.get(name), *own, self._forms.by_like.get(has_steps))
        form = next((form for form in known if form is not None), None)
        other = self._forms.by_like.get(not has_steps)
        if form is None and other is not None and other.kind in {Kind.ITEM, Kind.LINE}:
            form = Form(other.kind, other.label, other.marker)
        return form or Form(Kind.LINE)

    def _possible(self, form: Form, before: Field | None, behind: Field | None) -> Form:
        """Leave a form where it can be read there, else take a line."""
        line = Form(Kind.LINE)
        neighbour = before or behind
        near = kind_of(self._layout, neighbour) if neighbour else None
        if form.kind is Kind.HEADING:
            is_heading = self._stage.heading.form is StageForm.HEADING
            is_deep = self._stage.heading.level < form.level <= _DEEPEST
            return form if is_deep and is_heading and not self._would_take_in(before) else line
        if form.kind is Kind.ROW:
            return form if near is Kind.ROW else line
        if form.kind is Kind.ITEM:
            return line if near is not Kind.ITEM and self._would_be_taken(before, behind) else form
        # In the middle of a line a label is one only if it is bold.
        in_line = self._forms.between == " " or self._is_in_line(before, behind)
        return form._replace(label=LabelForm()) if in_line and not form.label.open else form

    def _is_in_line(self, before: Field | None, behind: Field | None) -> bool:
        """Say whether the label behind which, or before which, a field comes stands in the middle of a line."""
        if before is None:
            following = behind.label.span.start if behind is not None else None
        else:
            start = before.label.span.start
            end = self._layout.blocks[self._layout.index(start)].span.end
            following = next((other for other in self._starts if start < other < end), None)
        return following is not None and not self._begins_line(following)

    def _would_take_in(self, before: Field | None) -> bool:
        """Say whether a line follows, which would come to stand under a heading that is none of its own."""
        behind = self._own[self._own.index(before) + 1 :] if before else self._own
        following = next((field for field in behind if field.name in REQUIRED_FIELDS), None)
        return (
            following is not None
            and following.name is not FieldName.ROLLBACK_TESTED
            and kind_of(self._layout, following) is Kind.LINE
        )

    def _would_be_taken(self, before: Field | None, behind: Field | None) -> bool:
        """Say whether an item would belong to what stands above: to a label that waits for its value, or to a list."""
        if before is not None:
            last = self._last_of(before)
        elif behind is not None:
            last = self._layout.before(self._layout.index(behind.label.span.start))
        else:
            last = self._last_of_opening()
        return (before is not None and before.is_empty) or isinstance(self._layout.blocks[last], List)

    def _goes_on(self, field: Field) -> bool:
        """Say whether more fields follow in the block of a field."""
        start = field.label.span.start
        end = self._layout.blocks[self._layout.index(start)].span.end
        return any(start < other.label.span.start < end for other in self._own)

    # --- where it is written ------------------------------------------------------------------------------------------

    def _placed(self, pieces: Sequence[_Piece], before: Field | None, behind: Field | None) -> Iterator[Edit | None]:
        if before is not None:
            edit, rest = self._placed_beside(pieces, before)
            if edit is not None:
                yield edit
            if rest:
                yield self._layout.below(self._last_of(before), self._joined(rest))
        elif behind is not None:
            yield self._placed_ahead(pieces, behind)
        else:
            yield self._layout.below(self._last_of_opening(), self._joined(pieces))

    def _placed_beside(self, pieces: Sequence[_Piece], field: Field) -> tuple[Edit | None, Sequence[_Piece]]:
        """Put pieces behind a field that go on with its list, its table or its lines; give what is left of them."""
        layout = self._layout
        block = layout.blocks[layout.index(field.label.span.start)]
        if isinstance(block, List):
            own = list(takewhile(lambda piece: piece.kind is Kind.ITEM, pieces))
            at = layout.line_end(item_of(block, field).span.end)
            text = "".join(f"{layout.items_gap(block)}{piece.text}" for piece in own)
        elif isinstance(block, Table):
            own = list(takewhile(lambda piece: piece.kind is Kind.ROW, pieces))
            rows = [row for row in block.rows if row.span.start <= field.label.span.start < row.span.end]
            at = layout.line_end(rows[0].span.start) if rows else layout.below_header(block)
            text = "".join(f"\n{piece.text}" for piece in own)
        elif isinstance(block, Paragraph) and block.span.start <= field.span.end <= block.span.end:
            return self._placed_in_paragraph(pieces, field, block)
        else:
            return None, pieces
        return (Edit(Span(at, at), text) if own else None), pieces[len(own) :]

    def _placed_in_paragraph(
        self, pieces: Sequence[_Piece], field: Field, block: Paragraph
    ) -> tuple[Edit | None, Sequence[_Piece]]:
        """Put pieces behind a field that is a line of a paragraph, or one of several in a line.

        Where no label follows in the paragraph, only the first pieces are put there, those that are lines too.
        """
        layout = self._layout
        following = next((start for start in self._starts if start > field.label.span.start), block.span.end)
        own = pieces
        if following >= block.span.end:
            own = list(takewhile(lambda piece: piece.is_line, pieces))
        lines_only = all(piece.is_line for piece in own)
        at = self._end_of_line(field, block)
        if not lines_only and layout.is_indented_below(at):
            return None, pieces
        if not own:
            return None, pieces
        if following < min(at, block.span.end):
            at, between = layout.markup_start(following), " " if lines_only else "\n\n"
            lead = "" if lines_only else between
            return Edit(Span(at, at), f"{lead}{self._joined(own)}{between}"), pieces[len(own) :]
        is_last = at >= block.span.end
        hard = layout.text.endswith(("  ", "\\"), 0, at)
        if not own[0].is_line:
            lead = "\n\n"
        elif hard:
            lead = "\n"
        else:
            lead = self._forms.joint if is_last else f"{self._forms.hard}\n"
        # The mark at the end of the line goes on to the last of the new ones, unless the paragraph ends there.
        tail = self._forms.hard if hard and not is_last else ""
        if not lines_only:
            tail = "" if layout.is_blank_below(at) else "\n"
        return Edit(Span(at, at), f"{lead}{self._joined(own)}{tail}"), pieces[len(own) :]

    def _end_of_line(self, field: Field, block: Paragraph) -> int:
        """Give the end of a field's last line in a paragraph, and of what goes on in the next under another label."""
        layout = self._layout
        at = layout.line_end(max(field.span.end, field.label.span.end))
        labels = {layout.line_start(start) for start in self._starts}
        labels |= {
            layout.line_start(strong.span.start)
            for strong in block.text.strongs
            if self._begins_line(strong.span.start)
        }
        while at < block.span.end and layout.line_start(layout.next_text(at)) not in labels:
            at = layout.line_end(layout.next_text(at))
        return at

    def _begins_line(self, offset: int) -> bool:
        layout = self._layout
        return not layout.text[layout.line_start(offset) : layout.markup_start(offset)].strip()

    def _placed_ahead(self, pieces: Sequence[_Piece], field: Field) -> Edit | None:
        """Put pieces before a field."""
        layout = self._layout
        index = layout.index(field.label.span.start)
        block = layout.blocks[index]
        if isinstance(block, List) and all(piece.kind is Kind.ITEM for piece in pieces):
            at = layout.line_start(item_of(block, field).span.start)
            return Edit(Span(at, at), "".join(f"{piece.text}{layout.items_gap(block)}" for piece in pieces))
        if isinstance(block, Table) and all(piece.kind is Kind.ROW for piece in pieces):
            rows = [row for row in block.rows if row.span.start <= field.label.span.start < row.span.end]
            at = layout.line_start(rows[0].span.start) if rows else -1
            return Edit(Span(at, at), "".join(f"{piece.text}\n" for piece in pieces)) if rows else None
        if isinstance(block, Paragraph):
            lines_only = all(piece.is_line for piece in pieces)
            at = layout.markup_start(field.label.span.start)
            if not self._begins_line(field.label.span.start):
                between = " " if lines_only else "\n\n"
                return Edit(Span(at, at), f"{'' if lines_only else between}{self._joined(pieces)}{between}")
            at = layout.line_start(at)
            return Edit(Span(at, at), f"{self._joined(pieces)}{self._forms.joint if lines_only else chr(10) * 2}")
        return layout.below(layout.before(index), self._joined(pieces)) if index else None

    def _joined(self, pieces: Sequence[_Piece]) -> str:
        """Write pieces one below the other."""
        text = pieces[0].text
        for one, two in pairwise(pieces):
            if one.is_line and two.is_line:
                text += self._forms.joint
            else:
                text += "\n" if one.kind is two.kind and one.kind in {Kind.ITEM, Kind.ROW} else "\n\n"
            text += two.text
        return text

    def _last_of(self, field: Field) -> int:
        """Give the index of the last block that belongs to a field, with what stands below it under no other label."""
        layout = self._layout
        if kind_of(layout, field) is Kind.HEADING:
            return heading_end(layout, self._stage, field)
        index = layout.before(layout.index(max(field.label.span.start, field.span.end - 1)) + 1)
        while index + 1 < len(layout.blocks):
            block = layout.blocks[index + 1]
            if block.span.start >= self._stage.span.end or self._holds_label(block):
                break
            if isinstance(block, Heading | ThematicBreak | Html):
                break
            index += 1
        return index

    def _last_of_opening(self) -> int:
        """Give the index of the last block before the first sub-heading of a stage without fields."""
        layout = self._layout
        index = layout.index(self._stage.heading.span.start)
        end = layout.end_of(index)
        while end > index + 1 and layout.blocks[end - 1].span.start >= self._stage.span.end:
            end -= 1
        return layout.before(end)

    def _holds_label(self, block: Block) -> bool:
        if any(block.span.start <= start < block.span.end for start in self._starts):
            return True
        strong = next(block.text.strongs, None) if isinstance(block, Paragraph) else None
        return strong is not None and isinstance(block, Paragraph) and not strong.start_in(block.text)


def _order(name: FieldName) -> int:
    """Give a field's place in the guide; a field that the guide has not comes last."""
    return REQUIRED_FIELDS.index(name) if name in REQUIRED_FIELDS else len(REQUIRED_FIELDS)


def _distance(name: FieldName) -> Callable[[Field], int]:
    """Order fields by how near they are to another one in the guide."""
    return lambda field: abs(_order(name) - _order(field.name))
