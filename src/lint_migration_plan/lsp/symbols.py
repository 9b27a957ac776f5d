"""The outline of a document: its plans with their sections, stages and fields; and what can be folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lint_migration_plan.lsp.edits import range_of
from lint_migration_plan.markdown.document import Code, Html, Table, walk_blocks
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.views.names import headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.plan.nodes import Plan, Stage

_UNNAMED = "Migration"


def symbols(document: OpenDocument, plans: Sequence[Plan]) -> list[types.DocumentSymbol]:
    """Give the outline as a tree: a plan, its sections and stages, and the fields of these."""
    return [_plan(document, plan) for plan in plans]


def flat(
    document: OpenDocument, tree: Sequence[types.DocumentSymbol], above: str | None = None
) -> list[types.SymbolInformation]:
    """Give the outline as a list, for an editor that shows no tree."""
    found: list[types.SymbolInformation] = []
    for symbol in tree:
        location = types.Location(document.uri, symbol.range)
        found.append(types.SymbolInformation(location, symbol.name, symbol.kind, container_name=above))
        found += flat(document, symbol.children or (), symbol.name)
    return found


def _plan(document: OpenDocument, plan: Plan) -> types.DocumentSymbol:
    sections = [
        _symbol(document, section.text.plain, types.SymbolKind.Namespace, section.section.span, section.span)
        for section in plan.sections
    ]
    parts = [*sections, *(_stage(document, stage) for stage in plan.stages)]
    parts.sort(key=lambda symbol: (symbol.range.start.line, symbol.range.start.character))
    name = plan.title.name.plain or plan.title.text.plain if plan.title else _UNNAMED
    return _symbol(document, name, types.SymbolKind.Module, plan.span, plan.head, children=parts)


def _stage(document: OpenDocument, stage: Stage) -> types.DocumentSymbol:
    fields = [
        _symbol(document, field.name.value, types.SymbolKind.Field, field.span, field.label.span)
        for field in sorted(stage.fields, key=lambda field: field.span)
    ]
    return _symbol(
        document,
        headline(stage),
        types.SymbolKind.Event,
        stage.span,
        stage.heading.text.span,
        children=fields,
    )


def _symbol(  # noqa: PLR0913 - the parts of a symbol
    document: OpenDocument,
    name: str,
    kind: types.SymbolKind,
    span: Span,
    chosen: Span,
    *,
    children: list[types.DocumentSymbol] | None = None,
) -> types.DocumentSymbol:
    """Make a symbol; what is chosen lies within its whole, and a name is never empty, as editors demand."""
    whole = Span(min(span.start, chosen.start), max(span.end, chosen.end))
    return types.DocumentSymbol(
        name.strip() or "?", kind, range_of(document, whole), range_of(document, chosen), children=children or None
    )


def folds(document: OpenDocument, parsed: Document, plans: Sequence[Plan]) -> list[types.FoldingRange]:
    """Give what can be folded: front matter, sections, stages, tables, code and comments of several lines."""
    found: dict[int, types.FoldingRange] = {}
    for span, kind in _foldable(parsed, plans):
        first, last = document.places.point(span.start).line, document.places.point(_end(document, span)).line
        known = found.get(first)
        if last > first and (known is None or known.end_line < last):
            found[first] = types.FoldingRange(first, last, kind=kind)
    return [found[line] for line in sorted(found)]


def _foldable(parsed: Document, plans: Sequence[Plan]) -> Iterator[tuple[Span, types.FoldingRangeKind]]:
    region = types.FoldingRangeKind.Region
    if parsed.front_matter is not None:
        yield parsed.front_matter.span, region
    for section in parsed.root.walk():
        if section.heading is not None:
            yield Span(section.heading.span.start, section.span.end), region
    for plan in plans:
        for stage in plan.stages:
            yield stage.span, region
    for block in walk_blocks(parsed.blocks):
        if isinstance(block, Table | Code):
            yield block.span, region
        elif isinstance(block, Html) and block.content.lstrip().startswith("<!--"):
            yield block.span, types.FoldingRangeKind.Comment


def _end(document: OpenDocument, span: Span) -> int:
    """Leave the blank lines at the end of a span out of what is folded."""
    return span.start + len(document.text[slice(*span)].rstrip())
