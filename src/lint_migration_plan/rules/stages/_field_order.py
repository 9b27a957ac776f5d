"""Put the fields of a stage into the guide's order, each moved whole with what stands below its label.

The fields change places, and what stands between the places stays: blank lines, and lines that are no fields.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.markdown.document import Block, Heading, List, Table
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.reorder import longest_rising
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName
from lint_migration_plan.rules._skeletons.forms import Kind, heading_end, kind_of, line_ends, own_fields, value_end
from lint_migration_plan.rules._skeletons.layout import Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.plan.nodes import Field, Plan, Stage


_SPACE = " \t\r\n\\"


class _Piece(NamedTuple):
    """A field with all that moves along; ``is_line`` is True for a line, after which another may follow at once."""

    field: Field
    kind: Kind
    span: Span
    block: Block
    is_line: bool


class _Unit(NamedTuple):
    """What stands in a row with others: a field by its place in the guide, or something else that stays where it is.

    ``follows`` is True where it may follow a line at once, ``leads`` where a line may follow it.
    """

    order: int | None
    span: Span
    follows: bool
    leads: bool


def order_fix(plan: Plan, stage: Stage) -> Fix | NoFix:
    """Move the fields that leave the order of the others, or say what keeps them where they are.

    Where a line would come to stand under the heading of another field, the lines are put in order among themselves,
    and so are the headings.
    """
    layout = layout_of(plan)
    own = sorted(own_fields(stage), key=lambda field: field.label.span.start)
    pieces = [_piece(layout, stage, own, field) for field in own if field.name in REQUIRED_FIELDS]
    if any(one.span.end > two.span.start for one, two in pairwise(pieces)):
        return NoFix(f"the fields of {stage.title} stand within one another")
    whole = _ordered(layout, stage, pieces)
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.kind is Kind.HEADING)]
    if isinstance(whole, Fix) or len(runs) == 1:
        return whole
    parts = (_ordered(layout, stage, run) for run in runs if run != sorted(run, key=_place))
    part = next((part for part in parts if isinstance(part, Fix)), None)
    return part._replace(title=f"{part.title}, as far as its sub-headings allow") if part else whole


def _ordered(layout: Layout, stage: Stage, pieces: Sequence[_Piece]) -> Fix | NoFix:
    """Put some fields that follow one another in order, of which at least one is out of it."""
    wanted = sorted(pieces, key=_place)
    out = [place for place, piece in enumerate(pieces) if piece is not wanted[place]]
    old, new = pieces[out[0] : out[-1] + 1], wanted[out[0] : out[-1] + 1]
    why = _in_the_way(layout, stage, old, new)
    if why:
        return NoFix(why)
    if old[0].kind in {Kind.ITEM, Kind.ROW}:
        # The marks of a list and the pipes of a table stay, and what they hold changes places.
        pairs = zip(old, new, strict=True)
        edits = [Edit(one.span, layout.text[slice(*two.span)]) for one, two in pairs if one is not two]
    else:
        edits = [_rearranged(layout, pieces)]
    return Fix(f"put the fields of {stage.title} into the guide's order", tuple(edits), safe=False)


def _place(piece: _Piece) -> int:
    """Give the place that a field has in the guide."""
    return REQUIRED_FIELDS.index(piece.field.name)


def _rearranged(layout: Layout, pieces: Sequence[_Piece]) -> Edit:
    """Write the fields anew from the first that comes to stand elsewhere to the last."""
    old = list(_units(layout, pieces))
    new = _in_order(old)
    moved = [place for place, unit in enumerate(old) if unit is not new[place]]
    first, last = moved[0], moved[-1]
    lines = [layout.text[one.span.end : two.span.start] for one, two in pairwise(old) if one.leads and two.follows]
    between = min(lines, key=line_ends, default="\n")
    if not line_ends(between) and not all(layout.text[piece.span.start] in "*_" for piece in pieces):
        # In the middle of a line a label is one only if it is bold.
        between = "\n"

    def gap(one: _Unit, two: _Unit) -> str:
        held = layout.text[one.span.end : two.span.start] if one.span.end <= two.span.start else ""
        if held and not held.strip(_SPACE) and (one.leads or line_ends(held) > 1):
            return held
        return between if one.leads and two.follows else "\n\n"

    start = old[first - 1].span.end if first else old[0].span.start
    text = gap(new[first - 1], new[first]) if first else ""
    for place in range(first, last + 1):
        text += layout.text[slice(*new[place].span)]
        text += gap(new[place], new[place + 1]) if place + 1 < len(new) else ""
    if last + 1 < len(old):
        return Edit(Span(start, old[last + 1].span.start), text)
    end = old[last].span.end
    behind = layout.next_text(end)
    is_close = behind < len(layout.text) and line_ends(layout.text[end:behind]) < 2  # noqa: PLR2004 - two are a blank line
    return (
        Edit(Span(start, behind), f"{text}\n\n") if is_close and not new[last].leads else Edit(Span(start, end), text)
    )


def _units(layout: Layout, pieces: Sequence[_Piece]) -> Iterator[_Unit]:
    """Give the fields, and what stands between two of them as a unit of its own."""
    end = pieces[0].span.start
    for piece in pieces:
        held = layout.text[end : piece.span.start]
        other = held.strip(_SPACE)
        if other:
            start = end + held.index(other)
            is_label = other.startswith(("**", "__"))
            yield _Unit(None, Span(start, start + len(other)), is_label, is_label and not line_ends(other))
        yield _Unit(_place(piece), piece.span, piece.is_line, piece.is_line)
        end = piece.span.end


def _in_order(units: Sequence[_Unit]) -> list[_Unit]:
    """Move as few units as can be: each behind the nearest that comes before it in the guide, or before the first."""
    fields = [(unit.order, place) for place, unit in enumerate(units) if unit.order is not None]
    kept = longest_rising([order for order, _ in fields])
    stays = {place for order, place in fields if order in kept}
    placed = [unit for place, unit in enumerate(units) if unit.order is None or place in stays]
    for unit in sorted((units[place] for _, place in fields if place not in stays), key=lambda unit: unit.order or 0):
        before = [at for at, other in enumerate(placed) if other.order is not None and other.order < (unit.order or 0)]
        at = before[-1] + 1 if before else next(at for at, other in enumerate(placed) if other.order is not None)
        placed.insert(at, unit)
    return placed


def _piece(layout: Layout, stage: Stage, own: Sequence[Field], field: Field) -> _Piece:
    kind = kind_of(layout, field)
    start = field.label.span.start
    index = layout.index(start)
    block = layout.blocks[index]
    if isinstance(block, List):
        item = next(item for item in block.items if item.span.start <= start <= item.span.end)
        return _Piece(
            field, kind, Span(item.span.start + len(layout.marker(item).mark), item.span.end), block, is_line=False
        )
    if isinstance(block, Table):
        row = next(row for row in (block.header, *block.rows) if row.span.start <= start < row.span.end)
        return _Piece(field, kind, row.span, block, is_line=False)
    following = [other.label.span.start for other in own if other.label.span.start > start]
    if isinstance(block, Heading):
        last = heading_end(layout, stage, field)
        return _Piece(field, kind, Span(block.span.start, layout.blocks[last].span.end), block, is_line=False)
    begin = layout.markup_start(start)
    last = layout.before(layout.index(max(field.span.end - 1, start)) + 1)
    if last > index:
        stop = min(layout.markup_start(label) for label in (*following[:1], len(layout.text)))
        end = layout.blocks[last].span.end
        end = end if end <= stop else begin + len(layout.text[begin:stop].rstrip(_SPACE))
        return _Piece(field, kind, Span(begin, end), block, is_line=False)
    end = value_end(layout, stage, block, begin)
    return _Piece(field, kind, Span(begin, end), block, is_line=True)


def _in_the_way(layout: Layout, stage: Stage, old: Sequence[_Piece], new: Sequence[_Piece]) -> str:
    """Say what keeps fields from changing places, empty where nothing does."""
    inside = {piece.kind in {Kind.ITEM, Kind.ROW} for piece in old}
    if True in inside and (len(inside) > 1 or len({id(piece.block) for piece in old}) > 1):
        return f"the fields of {stage.title} are not all in one list or table"
    labels = ("**", "__", "#") if all(piece.kind is Kind.HEADING for piece in old) else ("**", "__")
    for one, two in pairwise(old):
        between = layout.text[one.span.end : two.span.start]
        if one.kind is Kind.ITEM:
            between = between.strip().lstrip("-+*0123456789.)").strip().removeprefix("[ ]").removeprefix("[x]")
        if one.kind is Kind.ROW:
            between = between.strip("|:- \t\r\n")
        if between.strip(_SPACE) and not between.lstrip(_SPACE).startswith(labels):
            return f"something stands between {quote(one.field.label.plain)} and {quote(two.field.label.plain)}"
    for one, two in pairwise(new):
        if one.kind is Kind.HEADING and two.kind is Kind.LINE and two.field.name is not FieldName.ROLLBACK_TESTED:
            return f"{quote(two.field.label.plain)} would stand under the heading {quote(one.field.label.plain)}"
    return ""
