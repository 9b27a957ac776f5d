"""What is said where a pointer rests: the page of a rule, what a field may hold, what becomes of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lint_migration_plan.lint.registry import ENTRIES, load
from lint_migration_plan.lsp.client import Client
from lint_migration_plan.lsp.diagnostics import report
from lint_migration_plan.lsp.edits import offset_in, range_of
from lint_migration_plan.lsp.field_values import about
from lint_migration_plan.lsp.quoting import as_code
from lint_migration_plan.lsp.stage_at import field_at, holds, plan_at, stage_around, stage_headed_at, uses_at
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.graph import dependency_graph
from lint_migration_plan.plan.stage_uses import stage_uses
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.walk import walk
from lint_migration_plan.report.explain import explain
from lint_migration_plan.views.names import headline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.lsp.workspace import Workspace
    from lint_migration_plan.plan.nodes import Plan, Stage

_LINE = "\n\n---\n\n"


def hover(workspace: Workspace, document: OpenDocument, position: types.Position, client: Client) -> types.Hover | None:
    """Give what is to be said at a place; raises ConfigError."""
    offset = offset_in(document, position)
    plan = plan_at(workspace.plans(document), offset)
    parts = list(_pages(workspace, document, offset))
    told = _of_plan(plan, offset) if plan is not None else None
    if told is not None:
        parts.append(told[1])
    if not parts:
        return None
    kind = types.MarkupKind.Markdown if client.markdown else types.MarkupKind.PlainText
    return types.Hover(
        types.MarkupContent(kind, _LINE.join(parts)), range_of(document, told[0]) if told is not None else None
    )


def _pages(workspace: Workspace, document: OpenDocument, offset: int) -> Iterator[str]:
    """Give what is reported at an offset, each with the page of its rule."""
    shown: set[str] = set()
    for diagnostic in report(workspace, document, Client()):
        start, end = offset_in(document, diagnostic.range.start), offset_in(document, diagnostic.range.end)
        rule = str(diagnostic.code)
        if holds(Span(start, end), offset) and rule in ENTRIES and rule not in shown:
            shown.add(rule)
            yield explain(load(rule)).rstrip("\n")


def _of_plan(plan: Plan, offset: int) -> tuple[Span, str] | None:
    """Give what a plan has to say at an offset, with the stretch that it is about."""
    headed = stage_headed_at(plan, offset)
    if headed is not None:
        return headed.heading.text.span, summary(plan, headed)
    for use in uses_at(stage_uses(plan), offset):
        named = plan.stage(use.label)
        if named is not None:
            return use.text.span, summary(plan, named)
    stage = stage_around(plan, offset)
    field = field_at(stage, offset) if stage is not None else None
    return (field.label.span, about(field.name, plan.vocabulary)) if field is not None else None


def summary(plan: Plan, stage: Stage) -> str:
    """Sum a stage up: risk, effort, what it needs and what needs it, and the layers after it."""
    graph = dependency_graph(plan)
    lines = [f"**{as_code(headline(stage))}**", ""]
    lines += (f"- {name.value}: {_said(stage, name)}" for name in (FieldName.LAYERS, FieldName.RISK, FieldName.EFFORT))
    if stage.label in graph.direct:
        lines.append(f"- Depends on: {_stages(plan, graph.direct[stage.label])}")
        lines.append(f"- Needed by: {_stages(plan, graph.needed_by(stage.label))}")
    walked = walk(plan)
    after = next((step.after for step in walked.steps if step.stage is stage), {})
    if after:
        layers = ", ".join(f"{as_code(layer)} {state.value}" for layer, state in after.items())
        lines.append(f"- The layers after it: {layers}" + ("" if walked.certain else " (not for certain)"))
    return "\n".join(lines)


def _said(stage: Stage, name: FieldName) -> str:
    field = stage.field(name)
    return as_code(field.value.raw) if field is not None and field.value else "not stated"


def _stages(plan: Plan, labels: Sequence[str]) -> str:
    stages = [stage for stage in map(plan.stage, labels) if stage is not None]
    return ", ".join(as_code(stage.title) for stage in stages) or "none"
