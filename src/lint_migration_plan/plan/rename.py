"""Call a stage by another name, and carry along what names it so: dependencies, tables, mentions and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.anchors import carried
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.stage_uses import stage_uses
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.stage_uses import StageUse

#: What stands between a stage's number and its name.
_BETWEEN = LazyPattern(r"\s{0,3}[:：(—–-]\s{0,3}")


def rename(plan: Plan, stage: Stage, span: Span, name: str) -> tuple[tuple[Span, str], ...]:
    """Give the edits that put a name, as Markdown on one line, into the place of the one at ``span`` in a heading."""
    edits: dict[Span, str] = {}
    cells = {
        cell.text.span
        for table in (plan.mapping, plan.verification)
        if table
        for row in table.rows
        for cell in row.row.cells
    }
    others = [other for other in plan.stages if other is not stage and normal(other.name) == normal(stage.name)]
    for use in stage_uses(plan):
        named = _name_in(use, stage) if use.label == stage.label and not others else None
        if named is not None:
            in_cell = use.around.span in cells
            edits[named.span] = name.replace("|", "\\|") if in_cell else name
    edits[span] = name
    for links in carried(plan.document, {span: name}).values():
        edits.update(links)
    return tuple(sorted(edits.items()))


def _name_in(use: StageUse, stage: Stage) -> Text | None:
    """Find the name of a stage in a mention of it, or right behind its number."""
    if normal(use.text.plain) == normal(stage.name):
        return use.text
    behind = use.text.start_in(use.around) + len(use.text)
    between = _BETWEEN.match(use.around.plain, behind)
    start = between.end() if between else -1
    if between is None or not use.around.plain.startswith(stage.name, start):
        return None
    return use.around.slice(start, start + len(stage.name))
