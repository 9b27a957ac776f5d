"""Make a list of steps that are told as prose: an item for each sentence, or for each line that is shown as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.markdown.document import Paragraph, ThematicBreak
from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.rules._skeletons.forms import Kind, forms_of, kind_of, line_ends, value_end
from lint_migration_plan.rules._skeletons.layout import Layout, Marker, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Field, Plan, Stage

#: Where a sentence may end.
_END = LazyPattern(r"[.!?…][\"'”’»)]{0,3}\s+(?=\S)|[。！？；]\s*(?=\S)")
#: What a sentence begins with: anything but a small letter.
_BEGINNING = LazyPattern(rf"[\"'“‘«(]{{0,3}}(?:[^\W_]|[{NO_PROSE}/$~])")
#: What ends with a full stop and no sentence with it, in lower case.
_SHORT = frozenset(
    (
        *("e.g", "i.e", "cf", "vs", "etc", "approx", "ca", "no", "nr", "fig", "sec", "vol", "max", "min", "incl"),
        *("resp", "z.b", "d.h", "bzw", "mr", "mrs", "dr", "st", "inc", "ltd", "p.ej", "ej", "p. ex"),
    )
)
_LAST_WORD = LazyPattern(r"(?:[\w.]*\w)\Z")
#: What would begin a list, a heading or a quote within an item.
_BLOCK = LazyPattern(r"(?:[-+*#>|=]+(?:\s|\Z)|\d{1,9}[.)](?:\s|\Z)|`{3}|~{3})")
_LINE_END = LazyPattern(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
#: Marks that come in pairs.
_PAIRS = ("**", "__", "`")


def list_fix(plan: Plan, stage: Stage, field: Field) -> Fix | NoFix:
    """Make the list, or say why it is left to the author."""
    layout = layout_of(plan)
    edit = _edit(plan, layout, stage, field)
    if edit is None:
        return NoFix(f"{quote(field.label.plain)} of {stage.title} is more than one piece of text")
    return Fix(f"make a list of {quote(field.label.plain)}", (edit,), safe=False)


def _edit(plan: Plan, layout: Layout, stage: Stage, field: Field) -> Edit | None:
    """Put the list in the place of the prose, which is one paragraph, or several one below the other."""
    kind = kind_of(layout, field)
    label_block = layout.blocks[layout.index(field.label.span.start)]
    below = [block for block in field.blocks if not isinstance(block, ThematicBreak)]
    texts = [field.value, *(block.text for block in below if isinstance(block, Paragraph))]
    if len(texts) <= len(below) or (kind is Kind.ITEM and below):
        return None
    is_behind = label_block.span.start <= field.value.span.start < label_block.span.end
    if is_behind and kind is Kind.HEADING:
        return None
    marker, gap = _style(plan, layout, field, kind)
    raw: list[str] = []
    first = end = -1
    for text in texts:
        start = _before_marks(layout, text.span.start)
        block = layout.blocks[layout.index(start)]
        if end >= 0 and layout.text[end:start].strip():
            return None
        end = _end(layout, stage, field, start, kind)
        if not block.span.start <= start < end:
            return None
        first = start if first < 0 else first
        raw += _sentences(layout, text, start, end)
    if any(_BLOCK.match(sentence) for sentence in raw) or (kind is not Kind.ITEM and layout.is_indented_below(end)):
        return None
    items = []
    for sentence in raw:
        items.append(f"{marker.indent}{marker.mark}{_LINE_END.sub(chr(10) + marker.inner, sentence)}")
        marker = marker.following()
    lead = ""
    if is_behind:
        form = layout.label(field.label.span)
        if form is None or form.end:
            return None
        first, lead = _behind_label(layout, field, first)
        lead += gap
    after = layout.next_text(end)
    tail = ""
    if after < len(layout.text) and line_ends(layout.text[end:after]) < 2 and kind is not Kind.ITEM:  # noqa: PLR2004
        end, tail = after, "\n\n"
    return Edit(Span(first, end), f"{lead}{chr(10).join(items)}{tail}")


def _style(plan: Plan, layout: Layout, field: Field, kind: Kind) -> tuple[Marker, str]:
    """Give the marker of the list, and what stands between the label and it, as the plan has them elsewhere."""
    forms = forms_of(plan)
    like = next(
        (form for form in (forms.by_name.get(field.name), forms.by_like.get(True)) if form and form.steps), None
    )
    if kind is Kind.ITEM:
        block = layout.blocks[layout.index(field.label.span.start)]
        start = field.label.span.start
        item = next(item for item in getattr(block, "items", ()) if item.span.start <= start <= item.span.end)
        return Marker(layout.marker(item).inner), "\n"
    if like is None or like.steps is None:
        return Marker(), "\n\n"
    marker = like.steps if like.kind is kind and kind is Kind.LINE else like.steps._replace(indent="")
    if field.name not in forms.by_name or forms.by_name[field.name] is not like:
        # That the changes are numbered says nothing of the checks.
        marker = marker._replace(mark="- ") if marker.mark[0].isdigit() else marker
    return marker, like.gap if like.kind is kind else "\n\n"


def _behind_label(layout: Layout, field: Field, first: int) -> tuple[int, str]:
    """Give where the list's edit begins behind a label, and the colon that a dash becomes."""
    start = layout.value_start(field.label.span)
    said = layout.text[field.label.span.end : start]
    if said.rstrip().endswith((":", "：")) or ":" in said or "：" in said:
        return start, ""
    closing = len(said) - len(said.lstrip("*_`"))
    return min(field.label.span.end + closing, first), ":"


def _end(layout: Layout, stage: Stage, field: Field, start: int, kind: Kind) -> int:
    if kind is Kind.ITEM:
        return field.span.end
    return value_end(layout, stage, layout.blocks[layout.index(start)], start)


def _before_marks(layout: Layout, offset: int) -> int:
    """Go before the marks with which bold text, code or a link begins."""
    while offset and layout.text[offset - 1] in "*_`[~<":
        offset -= 1
    return offset - 1 if offset and layout.text[offset - 1 : offset + 1] == "![" else offset


def _sentences(layout: Layout, text: Text, start: int, end: int) -> Iterator[str]:
    """Cut a text where a sentence ends, and where a line is shown to end; marks that belong together stay so."""
    piece = ""
    begin = start
    for at in (*_cuts(layout, text), None):
        stop = end if at is None else _before_marks(layout, text.slice(at).span.start)
        piece = layout.text[begin:stop].strip(" \t\r\n\\")
        if at is None or _is_balanced(piece):
            if piece:
                yield piece
            begin = stop


def _cuts(layout: Layout, text: Text) -> list[int]:
    """Give the indices at which sentences and lines begin, the first left out."""
    prose = text.prose
    cuts = set()
    for found in _END.finditer(prose):
        rest = _BEGINNING.match(prose, found.end())
        short = found[0][0] == "." and _ends_short(prose[max(found.start() - 20, 0) : found.start()])
        if rest is not None and not rest[0][-1].islower() and not short:
            cuts.add(found.end())
    for at in text.breaks:
        start = text.slice(at + 1).span.start
        line = layout.text[max(start - 200, 0) : start].rstrip("*_`[ \t").removesuffix("\n").removesuffix("\r")
        if line.endswith(("  ", "\\")):
            cuts.add(at + 1)
    return sorted(cuts)


def _ends_short(before: str) -> bool:
    """Say whether a full stop belongs to the word before it: an abbreviation, a letter, the number of an item."""
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word, rest = found[0].lower(), before[: found.start()].rstrip()
    if word.isdecimal():
        return not rest or (rest[-1] in ".!?:;)" and not _ends_short(rest[:-1]))
    return word in _SHORT or (len(word) == 1 and word.isalpha())


def _is_balanced(piece: str) -> bool:
    bare = re.sub(r"\\.", "", piece)
    return all(bare.count(mark) % 2 == 0 for mark in (*_PAIRS, "*")) and bare.count("[") == bare.count("]")
