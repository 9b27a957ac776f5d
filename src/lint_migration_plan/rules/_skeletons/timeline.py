"""The lines that a timeline lacks, written as its other lines are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix
from lint_migration_plan.markdown.document import List, Paragraph, Table
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.overview import TIMELINE
from lint_migration_plan.plan.template import TIMELINE as TIMES
from lint_migration_plan.rules._skeletons.layout import LabelForm, Layout, Marker, layout_of
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, PlanSection, TimelineEntry


def entries_fix(plan: Plan, section: PlanSection, names: Sequence[str]) -> Fix | None:
    """Add the lines of some names, each behind the one that it follows."""
    layout = layout_of(plan)
    entries: dict[str, TimelineEntry] = {}
    for entry in plan.overview.timeline:
        if entry.name is not None and entry.label is not None:
            entries.setdefault(entry.name, entry)
    runs: dict[str | None, list[str]] = {}
    for name in names:
        before = [other for other in TIMELINE[: TIMELINE.index(name)] if other in entries]
        runs.setdefault(before[-1] if before else None, []).append(name)
    edits: list[Edit | None] = []
    for before_name, run in runs.items():
        if before_name is not None:
            edits += _in_place(plan, layout, entries[before_name], run)
        elif entries:
            first = min(entries.values(), key=lambda entry: entry.text.span.start)
            edits.append(_ahead(plan, layout, first, run))
        else:
            edits.append(_below_all(plan, layout, section, run))
    found = tuple(edit for edit in edits if edit is not None)
    if len(found) < len(edits):
        return None
    title = f"add {listed([name.capitalize() for name in names])}, to be filled in"
    return Fix(title, found, safe=False)


def times_fix(plan: Plan, entries: Sequence[TimelineEntry]) -> Fix:
    """Put a placeholder behind labels that have no value."""
    layout = layout_of(plan)
    edits = []
    for entry in entries:
        if entry.label is None or entry.name is None:
            continue
        reading = entry.duration if entry.name == "total" else entry.dates
        block = layout.blocks[layout.index(entry.label.span.start)]
        at = layout.value_start(entry.label.span)
        space = " "
        if isinstance(block, Table) and reading is not None:
            at = reading.text.span.start
            space = " " if layout.text[at - 1 : at] == "|" else ""
        edits.append(Edit(Span(at, at), f"{space}{TIMES[entry.name]}"))
    return Fix("put in what is to be filled in", tuple(edits), safe=False)


def _in_place(plan: Plan, layout: Layout, before: TimelineEntry, names: Sequence[str]) -> Iterator[Edit | None]:
    """Add lines behind an entry; the total goes behind all lines beside it, for it adds up what they say."""
    beside = _entries_in(plan, layout.blocks[layout.index(before.text.span.start)])
    last = beside[-1]
    apart = 1 if names[-1] == TIMELINE[-1] and last is not before and last.label is not None else 0
    if apart:
        yield _behind(plan, layout, last, names[-1:], before.label)
    if len(names) > apart:
        yield _behind(plan, layout, before, names[: len(names) - apart], before.label)


def _entries_in(plan: Plan, block: Block) -> list[TimelineEntry]:
    start, end = block.span
    return [entry for entry in plan.overview.timeline if start <= entry.text.span.start < end]


def _behind(plan: Plan, layout: Layout, entry: TimelineEntry, names: Sequence[str], like: Text | None) -> Edit | None:
    """Add lines behind an entry, their labels written like one that is there."""
    start, end = entry.text.span
    block = layout.blocks[layout.index(start)]
    if isinstance(block, List):
        item = next(item for item in block.items if item.span.start <= start <= item.span.end)
        gap = layout.items_gap(block)
        marker = layout.marker(item)
        lines = []
        for name in names:
            marker = marker.following()
            lines.append(f"{marker.indent}{marker.mark}{_written(layout, like, name)}")
        at = layout.line_end(item.span.end)
        return Edit(Span(at, at), "".join(f"{gap}{line}" for line in lines))
    if isinstance(block, Table):
        row = next((row for row in block.rows if row.span.start <= start < row.span.end), None)
        at = layout.line_end(row.span.start) if row else layout.below_header(block)
        return Edit(Span(at, at), "".join(f"\n{row}" for row in _rows(layout, block, like, names)))
    if isinstance(block, Paragraph):
        written = [_written(layout, like, name) for name in names]
        if len(_entries_in(plan, block)) == 1:
            return layout.below(layout.index(start), "\n\n".join(written))
        at = layout.line_end(end)
        following = layout.text[end:at].strip("*_` \\")
        if following:
            # More lines of the timeline share this line of the file.
            return Edit(Span(end, end), "".join(f" {line}" for line in written))
        mark = _hard_break(layout, block)
        below = f"{mark}\n".join(written)
        if not layout.text[end:at].endswith(("  ", "\\")):
            return Edit(Span(at, at), f"{mark}\n{below}")
        # The mark at the end of the line goes on to the last of the new ones, unless the paragraph ends there.
        return Edit(Span(at, at), f"\n{below}{mark if at < block.span.end else ''}")
    return None


def _ahead(plan: Plan, layout: Layout, entry: TimelineEntry, names: Sequence[str]) -> Edit | None:
    """Add lines before the first entry."""
    start = entry.text.span.start
    block = layout.blocks[layout.index(start)]
    if isinstance(block, List):
        item = next(item for item in block.items if item.span.start <= start <= item.span.end)
        marker = layout.marker(item)
        lines = [f"{marker.indent}{marker.mark}{_written(layout, entry.label, name)}" for name in names]
        at = layout.line_start(item.span.start)
        return Edit(Span(at, at), "".join(f"{line}{layout.items_gap(block)}" for line in lines))
    if isinstance(block, Table):
        row = next((row for row in block.rows if row.span.start <= start < row.span.end), None)
        if row is None:
            return None
        at = layout.line_start(row.span.start)
        return Edit(Span(at, at), "".join(f"{row}\n" for row in _rows(layout, block, entry.label, names)))
    if isinstance(block, Paragraph):
        at = layout.line_start(start)
        if len(_entries_in(plan, block)) == 1:
            return Edit(Span(at, at), "".join(f"{_written(layout, entry.label, name)}\n\n" for name in names))
        mark = _hard_break(layout, block)
        if layout.text[at:start].strip("*_` "):
            at = layout.markup_start(start)
            return Edit(Span(at, at), "".join(f"{_written(layout, entry.label, name)} " for name in names))
        return Edit(Span(at, at), "".join(f"{_written(layout, entry.label, name)}{mark}\n" for name in names))
    return None


def _below_all(plan: Plan, layout: Layout, section: PlanSection, names: Sequence[str]) -> Edit | None:
    """Add a list below all else that the section holds, or go on with one that stands there."""
    index = layout.index(section.span.start)
    behind = (stage.span.start for stage in plan.stages if stage.span.start > section.span.start)
    end = min(layout.end_of(index), layout.index(min(behind, default=plan.span.end)))
    last = layout.blocks[layout.before(max(end, index + 1))]
    gap, marker = "\n", Marker()
    if isinstance(last, List):
        gap, marker = layout.items_gap(last), layout.marker(last.items[-1])
        # Behind a box a label is none.
        marker = marker._replace(mark=marker.mark.partition("[")[0])
    lines = []
    for name in names:
        marker = marker.following()
        lines.append(f"{marker.indent}{marker.mark}{name.capitalize()}: {TIMES[name]}")
    return layout.below(layout.index(last.span.start), gap.join(lines), gap if isinstance(last, List) else "\n\n")


def _written(layout: Layout, like: Text | None, name: str) -> str:
    form = layout.label(like.span) if like is not None else None
    return (form or LabelForm("", ": ")).render(name.capitalize(), TIMES[name])


def _rows(layout: Layout, table: Table, like: Text | None, names: Sequence[str]) -> list[str]:
    form = layout.label(like.span) if like is not None else None
    marks = form.open if form is not None else ""
    empty = [""] * (len(table.header.cells) - 2)
    rows = layout.rows(table)
    return [rows.write([f"{marks}{name.capitalize()}{marks}", TIMES[name], *empty]) for name in names]


def _hard_break(layout: Layout, block: Paragraph) -> str:
    """Give the mark at the ends of the paragraph's lines that keeps them apart when they are shown."""
    lines = layout.text[slice(*block.span)].splitlines()[:-1]
    if lines and lines[0].endswith("\\"):
        return "\\"
    return "  " if lines and lines[0].endswith("  ") else ""
