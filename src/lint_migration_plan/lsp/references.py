"""Where a stage is defined, where it is named, and how to number or call it otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from lint_migration_plan.lsp.edits import offset_in, range_of, text_edits, workspace_edit
from lint_migration_plan.lsp.stage_at import holds, plan_at, stage_headed_at, uses_at
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.rename import rename
from lint_migration_plan.plan.renumber import Unclear, renumber
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.stage_uses import stage_uses
from lint_migration_plan.plan.values.stage_words import stage_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.lsp.client import Client
    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.stage_uses import StageUse

_DIGITS = re.compile(r"\d+")


class CannotRenameError(Exception):
    """A stage cannot be numbered or called as it was asked for; the message says why."""


def definition(document: OpenDocument, plans: Sequence[Plan], position: types.Position) -> list[types.Location] | None:
    """Give the headings of the stages that are named at a place."""
    offset = offset_in(document, position)
    plan = plan_at(plans, offset)
    stages = _stages_at(plan, offset) if plan is not None else []
    return [types.Location(document.uri, range_of(document, stage.heading.text.span)) for stage in stages] or None


def references(
    document: OpenDocument, plans: Sequence[Plan], position: types.Position, *, declaration: bool
) -> list[types.Location] | None:
    """Give the places that name a stage which is named or begins at a place, and its heading if that is asked for."""
    offset = offset_in(document, position)
    plan = plan_at(plans, offset)
    stages = _stages_at(plan, offset) if plan is not None else []
    if plan is None or not stages:
        return None
    labels = {stage.label for stage in stages}
    spans = {use.text.span for use in stage_uses(plan) if use.label in labels}
    if declaration:
        spans |= {stage.heading.text.span for stage in stages}
    return [types.Location(document.uri, range_of(document, span)) for span in sorted(spans)]


def _stages_at(plan: Plan, offset: int) -> list[Stage]:
    """Find the stages that are meant at an offset: the one that begins there, or those that are named."""
    headed = stage_headed_at(plan, offset)
    if headed is not None:
        return [headed]
    found = (plan.stage(use.label) for use in uses_at(stage_uses(plan), offset))
    return [stage for stage in found if stage is not None]


class _Renamable(NamedTuple):
    """What is renamed at a place: the stage, what stands there of it, and whether that is its name or its number."""

    plan: Plan
    stage: Stage
    span: Span
    is_name: bool


def prepare_rename(
    document: OpenDocument, plans: Sequence[Plan], position: types.Position
) -> types.PrepareRenamePlaceholder | None:
    """Say what would be renamed at a place: the number of a stage, or its name in its heading."""
    found = _renamable(plans, offset_in(document, position))
    if found is None:
        return None
    name = document.text[slice(*found.span)] if found.is_name else found.stage.heading.number.plain
    return types.PrepareRenamePlaceholder(range=range_of(document, found.span), placeholder=name)


def rename_at(
    document: OpenDocument, plans: Sequence[Plan], params: types.RenameParams, client: Client
) -> types.WorkspaceEdit:
    """Give the edits that renumber or rename a stage and all that names it; raises CannotRenameError."""
    found = _renamable(plans, offset_in(document, params.position))
    if found is None:
        raise CannotRenameError("no stage begins here, and none is named")
    new = params.new_name.strip()
    edits = _renamed(found, new) if found.is_name else _renumbered(found, new)
    return workspace_edit(document, text_edits(document, edits), client)


def _renamable(plans: Sequence[Plan], offset: int) -> _Renamable | None:
    plan = plan_at(plans, offset)
    if plan is None:
        return None
    stage = stage_headed_at(plan, offset)
    if stage is not None:
        name = _name_span(stage)
        if name is not None and holds(name, offset):
            return _Renamable(plan, stage, name, is_name=True)
        return _Renamable(plan, stage, stage.heading.number.span, is_name=False)
    for use in uses_at(stage_uses(plan), offset):
        named = plan.stage(use.label)
        if named is not None and normal(use.text.plain) == normal(named.name):
            return _Renamable(plan, named, use.text.span, is_name=True)
        # In "Stages 2 to 4" the place says which of them is meant.
        number = _number_at(use, offset)
        stage = plan.stage(stage_label(number.plain)) if number is not None else named
        if stage is not None:
            return _Renamable(plan, stage, number.span if number else use.text.span, is_name=False)
    return None


def _number_at(use: StageUse, offset: int) -> Text | None:
    """Find the number in a mention that an offset is in, else the first one."""
    numbers = [use.text.slice(*digits.span()) for digits in _DIGITS.finditer(use.text.plain)]
    return next((number for number in numbers if holds(number.span, offset)), next(iter(numbers), None))


def _name_span(stage: Stage) -> Span | None:
    """Span the name of a stage in its heading as it is written, markup included."""
    return stage.heading.name.whole_span if stage.heading.name else None


def _renumbered(found: _Renamable, new: str) -> Sequence[tuple[Span, str]]:
    plan, stage = found.plan, found.stage
    number = _DIGITS.search(new)
    words = new[: number.start()].strip().casefold() if number else new
    if number is None or number.end() != len(new) or words not in {"", stage.heading.word.plain.casefold(), "stage"}:
        raise CannotRenameError(f"{quote(new)} is no number of a stage; give a whole number")
    wanted = int(number[0])
    numbers = [each.number for each in plan.stages]
    if any(each is None for each in numbers):
        raise CannotRenameError("the stages of this plan are not all numbered with whole numbers")
    if any(each.number == wanted and each is not stage for each in plan.stages):
        raise CannotRenameError(
            f"there is {stage.heading.word.plain.lower()} {wanted} already; renumber that one first"
        )
    if len(set(numbers)) < len(numbers):
        raise CannotRenameError("two stages have the same number, and it cannot be told which of them is named where")
    new_numbers = [wanted if each is stage else each.number or 0 for each in plan.stages]
    done = renumber(plan, new_numbers)
    if isinstance(done, Unclear):
        line = plan.document.source.position(done.span.start).line
        said = quote(plan.document.source.text[slice(*done.span)])
        raise CannotRenameError(f"{stage.title} cannot be renumbered: {done.why}: {said} in line {line}")
    return done.edits


def _renamed(found: _Renamable, new: str) -> Sequence[tuple[Span, str]]:
    if not new or not new.isprintable():
        raise CannotRenameError("a stage's name is a few words on one line")
    heading = _name_span(found.stage)
    return rename(found.plan, found.stage, heading or found.span, new)
