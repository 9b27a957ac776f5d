"""What can be written at a place: labels of fields, their values, stages with their names, and whole skeletons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from lint_migration_plan.lsp.edits import offset_in, range_of
from lint_migration_plan.lsp.field_values import about, choices
from lint_migration_plan.lsp.stage_at import plan_at, stage_around
from lint_migration_plan.markdown.document import Code, walk_blocks
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.fields import STEP_FIELDS, field_label
from lint_migration_plan.plan.new_plan import TYPES, new_plan, section_skeleton, stage_skeleton
from lint_migration_plan.plan.template import FIELDS
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName, SectionKind
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.lsp.client import Client
    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.lsp.workspace import Parsed
    from lint_migration_plan.plan.nodes import Column, Plan, Stage

#: What makes an editor ask without being told to.
TRIGGERS = ("#", "*", ":", "|", " ")

_HEADING = re.compile(r"[ ]{0,3}(?P<typed>#{1,6}[ \t]*[^#]*)\Z")
#: The last label of a line and what is behind it; in the middle of a line only a bold one is a label.
_VALUE = re.compile(
    r"(?:.*(?=\*\*)|[ \t]*(?:[-*+][ \t]+)?)(?:\*\*|__)?(?P<label>[^\W\d_][^:：*_|]{1,40}?)(?:\*\*|__)?[ \t]*[:：]"
    r"(?:\*\*|__)?[ \t]*(?P<value>.*)\Z"
)
_LABEL = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?P<typed>(?:\*\*|__)?[ \t]?(?P<words>(?:[^\W\d_]+(?: [^\W\d_]+)* ?)?))\Z")
_CELL = re.compile(r"(?<!\\)\|[ \t]*+(?P<typed>(?:[^|\\]|\\.)*+)\Z")
_PIPE = re.compile(r"(?<!\\)\|")
#: What of a list of layers or stages is being written.
_LAST = re.compile(r"[^,/&]*\Z")
_PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")


class _Choice(NamedTuple):
    """Something to be written; ``text`` is put in the place of what was typed, and ``typed`` is compared with that."""

    label: str
    text: str
    kind: types.CompletionItemKind
    detail: str = ""
    about: str = ""
    typed: str = ""


def completions(
    document: OpenDocument, parsed: Parsed, position: types.Position, client: Client
) -> list[types.CompletionItem]:
    """Give what can be written at a place, the likeliest first."""
    offset = offset_in(document, position)
    if _is_elsewhere(parsed, offset):
        return []
    line = document.places.offset(position.line, 0)
    before = document.text[line:offset]
    plan = plan_at(parsed.file.plans, offset)
    for choose in (_skeletons, _cells, _values, _mentions, _labels):
        found = choose(plan, before, offset)
        if found is not None:
            typed, offered = found
            span = Span(line + typed, offset + _closing(document.text, before, offset))
            return list(_items(document, span, offered, client))
    return []


def _is_elsewhere(parsed: Parsed, offset: int) -> bool:
    """Tell whether an offset is in code or in the front matter."""
    document = parsed.file.document
    front = document.front_matter
    if front is not None and offset < front.span.end:
        return True
    return any(
        isinstance(block, Code) and block.span.start < offset < block.span.end for block in walk_blocks(document.blocks)
    )


def _closing(text: str, before: str, offset: int) -> int:
    """Count the marks behind the cursor that an editor put there when a bold label was begun."""
    bold = before.lstrip(" \t-+").startswith("**") and text.startswith("**", offset)
    return len("**") if bold and before.count("**") == 1 else 0


def _items(
    document: OpenDocument, span: Span, offered: Iterable[_Choice], client: Client
) -> Iterator[types.CompletionItem]:
    for number, choice in enumerate(offered):
        written = choice.text.replace("\n", document.source.newline)
        yield types.CompletionItem(
            label=safe_text(choice.label),
            kind=choice.kind,
            detail=choice.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, choice.about) if choice.about else None,
            sort_text=f"{number:04}",
            filter_text=choice.typed or choice.text,
            text_edit=types.TextEdit(range_of(document, span), _snippet(written) if client.snippets else written),
            insert_text_format=types.InsertTextFormat.Snippet if client.snippets else types.InsertTextFormat.PlainText,
        )


def _snippet(text: str) -> str:
    """Turn the placeholders of the template into places to fill in."""
    parts: list[str] = []
    behind = 0
    for number, found in enumerate(_PLACEHOLDER.finditer(text), 1):
        parts.append(_escaped(text[behind : found.start()]))
        parts.append(f"${{{number}:{_escaped(found[0])}}}")
        behind = found.end()
    return "".join((*parts, _escaped(text[behind:])))


def _escaped(text: str) -> str:
    return re.sub(r"[\\$}]", r"\\\g<0>", text)


_Found = tuple[int, "Iterator[_Choice]"]


# --- where a heading is begun -----------------------------------------------------------------------------------------


def _skeletons(plan: Plan | None, before: str, offset: int) -> _Found | None:
    """Offer the sections that are missing, one more stage, or where there is no plan yet, a whole one."""
    del offset
    heading = _HEADING.match(before)
    return (heading.start("typed"), _headings(plan)) if heading else None


def _headings(plan: Plan | None) -> Iterator[_Choice]:
    snippet = types.CompletionItemKind.Snippet
    if plan is None:
        for kind in TYPES:
            text = new_plan(kind)
            # What stands before its title would not be front matter here.
            text = text[text.index("## ") :]
            yield _Choice(f"Migration plan: {kind}", text, snippet, "a new plan", _fenced(text), "## Migration")
        return
    stage = stage_skeleton(max((each.number or 0 for each in plan.stages), default=0) + 1)
    label = stage.partition(" — ")[0].lstrip("# ")
    yield _Choice(f"{label} — …", stage, snippet, "a stage to be filled in", _fenced(stage), f"### {label}")
    there = {section.kind for section in plan.sections}
    for section in SectionKind:
        if section not in there:
            text = section_skeleton(section, len(plan.stages))
            yield _Choice(section.value, text, snippet, "a section to be filled in", _fenced(text), text.split("\n")[0])


def _fenced(text: str) -> str:
    return f"```markdown\n{text}\n```"


# --- what stands in cells and behind labels ---------------------------------------------------------------------------


def _cells(plan: Plan | None, before: str, offset: int) -> _Found | None:
    """Offer risks and stages in the columns for them."""
    cell = _CELL.search(before)
    if plan is None or cell is None:
        return None
    number = len(_PIPE.findall(before)) - 1
    columns: tuple[Column, ...] = ()
    for table in (plan.mapping, plan.verification):
        if table is not None and table.table is not None and table.table.span.start <= offset <= table.table.span.end:
            columns = table.columns
    name = columns[number].name if number < len(columns) else None
    if name == "Risk":
        return cell.start("typed"), _plain(choices(FieldName.RISK, plan.vocabulary))
    if name == "Stage":
        return cell.start("typed") + _begin_of_last(cell["typed"]), _stages(plan, None)
    return None


def _values(plan: Plan | None, before: str, offset: int) -> _Found | None:
    """Offer the values of a field behind its label."""
    found = _VALUE.match(before)
    if plan is None or found is None or not (label := field_label(found["label"], plan.vocabulary)):
        return None
    name = label[0]
    start = found.start("value")
    if name is FieldName.DEPENDENCIES:
        return start + _begin_of_last(found["value"]), _dependencies(plan, offset)
    offered = choices(name, plan.vocabulary)
    if name is FieldName.LAYERS:
        start += _begin_of_last(found["value"])
    return (start, _plain(offered)) if offered else None


def _begin_of_last(value: str) -> int:
    last = _LAST.search(value)
    at = last.start() if last else 0
    return at + len(value[at:]) - len(value[at:].lstrip())


def _plain(values: Iterable[str]) -> Iterator[_Choice]:
    yield from (_Choice(value, value, types.CompletionItemKind.EnumMember) for value in values)


def _dependencies(plan: Plan, offset: int) -> Iterator[_Choice]:
    yield from _plain(("none",))
    yield from _stages(plan, stage_around(plan, offset))


def _stages(plan: Plan, own: Stage | None, *, bare: bool = False) -> Iterator[_Choice]:
    """Offer the stages other than one's own, those before it first and the nearest of them at the top."""
    others = [stage for stage in plan.stages if stage is not own]
    if own is not None:
        others.sort(key=lambda stage: (stage.span > own.span, -stage.span.start if stage.span < own.span else 0))
    for stage in others:
        number = stage.heading.number.plain
        word = stage.heading.word.plain
        named = f"{word} {number}"
        label = f"{named} — {stage.name}" if stage.name else named
        yield _Choice(label, number if bare else named, types.CompletionItemKind.Reference)


# --- in a sentence, and at the beginning of a line --------------------------------------------------------------------


def _mentions(plan: Plan | None, before: str, offset: int) -> _Found | None:
    """Offer the numbers of stages behind a word for them."""
    del offset
    if plan is None:
        return None
    words = {stage.heading.word.plain for stage in plan.stages if stage.heading.word}
    if not words:
        return None
    word = "|".join(re.escape(each) for each in sorted(words))
    found = re.search(rf"(?<![\w#])(?:{word})s?[ \t](?P<typed>\d*)\Z", before, re.IGNORECASE)
    return (found.start("typed"), _stages(plan, None, bare=True)) if found else None


def _labels(plan: Plan | None, before: str, offset: int) -> _Found | None:
    """Offer the labels of fields at the beginning of a line in a stage, those that it lacks first."""
    stage = stage_around(plan, offset) if plan is not None else None
    found = _LABEL.match(before)
    if plan is None or stage is None or found is None:
        return None
    words = found["words"].casefold()
    if not any(name.value.casefold().startswith(words) for name in FieldName):
        return None
    return found.start("typed"), _fields(plan, stage)


def _fields(plan: Plan, stage: Stage) -> Iterator[_Choice]:
    there = {field.name for field in stage.fields}
    form = _form_of_labels(plan)
    for name in sorted(FieldName, key=lambda name: (name in there, name not in REQUIRED_FIELDS)):
        text = form.format(name.value)
        if name in STEP_FIELDS:
            text = f"{text.rstrip()}\n\n- {FIELDS[name]}"
        detail = "a field that the stage has" if name in there else "a field"
        yield _Choice(
            name.value,
            text,
            types.CompletionItemKind.Field,
            detail,
            about(name, plan.vocabulary),
            form.format(name.value),
        )


def _form_of_labels(plan: Plan) -> str:
    """Tell how this plan writes its labels: as the guide does, with the colon inside, or plain."""
    text = plan.document.source.text
    for stage in plan.stages:
        for field in stage.fields:
            behind = text[field.label.span.end : field.label.span.end + 3]
            before = text[max(field.label.span.start - 2, 0) : field.label.span.start]
            if before == "**":
                return "**{}:** " if behind.startswith(":") else "**{}**: "
            if behind.startswith(":"):
                return "{}: "
    return "**{}**: "
