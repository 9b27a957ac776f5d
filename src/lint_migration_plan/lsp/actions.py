"""What an editor offers to do about diagnostics: mend one, mend all that is safe, accept one with a reason.

To mend all or to accept one is to judge the text several times. Where the editor can ask for the edit when somebody
chose the action, it is worked out only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from lint_migration_plan.lint.add_suppressions import CannotSuppressError, add_suppressions
from lint_migration_plan.lint.fixer import mend
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.sieve import Known
from lint_migration_plan.lsp.diagnostics import shown
from lint_migration_plan.lsp.edits import edits_to, fix_edits, offset_in, workspace_edit
from lint_migration_plan.lsp.workspace import known
from lint_migration_plan.markdown.source import Position
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.lint.diagnostic import Diagnostic, Location
    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lsp.client import Client
    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.lsp.workspace import Workspace

QUICK_FIX = types.CodeActionKind.QuickFix.value
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.lintMigrationPlan"
#: The reason that a suppression gives until its author writes a better one.
NO_REASON = "{why}"


class Asked(NamedTuple):
    """For whom an action is: the workspace, the editor, and the reason that suppressions give."""

    workspace: Workspace
    client: Client
    reason: str = NO_REASON


def code_actions(asked: Asked, document: OpenDocument, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Give what can be done in a range of a document; raises ConfigError."""
    judgement = asked.workspace.judged(document)
    actions: list[types.CodeAction] = []
    if _is_wanted(QUICK_FIX, params.context.only):
        chosen = _in_range(document, judgement, params.range)
        actions += (action for each in chosen for action in _mending(asked, document, each))
        actions += (_suppressing(asked, document, each) for each in chosen if each.rule in ENTRIES)
    if _is_wanted(FIX_ALL, params.context.only) and any(each.fix and each.fix.safe for each in judgement.diagnostics):
        action = types.CodeAction("Fix all that is safe", FIX_ALL)
        action.data = {"uri": document.uri, "version": document.version, "do": FIX_ALL}
        actions.append(action)
    if asked.client.resolves:
        return actions
    return [whole for action in actions if (whole := resolve(asked, document, action)).edit is not None]


def resolve(asked: Asked, document: OpenDocument, action: types.CodeAction) -> types.CodeAction:
    """Work out the edit of an action that came without one.

    It stays without where there is none any more: the document is another version, or the edit cannot be made.
    """
    data: Any = action.data
    if action.edit is not None or not isinstance(data, dict) or data.get("version") != document.version:
        return action
    if data.get("do") == FIX_ALL:
        text = _mended(asked.workspace, document)
    else:
        text = _suppressed(asked, document, str(data.get("rule")), int(data.get("offset", -1)))
    if text is not None:
        action.edit = workspace_edit(document, edits_to(document, text), asked.client)
    return action


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Say whether an editor asks for a kind of action, by its name or by that of a wider kind."""
    wanted = [getattr(each, "value", each) for each in only or ()]
    return not wanted or any(f"{kind}.".startswith(f"{each}.") or each == "" for each in wanted)


def _in_range(document: OpenDocument, judgement: Judgement, asked: types.Range) -> list[Diagnostic]:
    """Find the diagnostics that a range touches, at their own place or at one that is alike."""
    start, end = offset_in(document, asked.start), offset_in(document, asked.end)

    def touches(location: Location) -> bool:
        first, last = _offsets(document, location)
        return first <= end and start <= last

    return [
        each
        for each in judgement.diagnostics
        if touches(each.location) or any(touches(place) for place, _ in _own_places(document, each))
    ]


def _own_places(document: OpenDocument, diagnostic: Diagnostic) -> Iterator[tuple[Location, str]]:
    yield from (each for each in diagnostic.related if each.location.path == document.name)


def _offsets(document: OpenDocument, location: Location) -> tuple[int, int]:
    source = document.source
    start = source.offset(Position(location.line, location.column))
    return start, source.offset(Position(location.end_line, location.end_column))


def _mending(asked: Asked, document: OpenDocument, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    fix = diagnostic.fix
    if fix is None:
        return
    title = safe_text(fix.title[:1].upper() + fix.title[1:])
    yield types.CodeAction(
        title if fix.safe else f"{title} (unsafe: look at the result)",
        types.CodeActionKind.QuickFix,
        diagnostics=[shown(asked.workspace, document, diagnostic, asked.client)],
        is_preferred=fix.safe or None,
        edit=workspace_edit(document, fix_edits(document, fix), asked.client),
    )


def _suppressing(asked: Asked, document: OpenDocument, diagnostic: Diagnostic) -> types.CodeAction:
    action = types.CodeAction(
        f"Suppress {diagnostic.rule} here, with a reason",
        types.CodeActionKind.QuickFix,
        diagnostics=[shown(asked.workspace, document, diagnostic, asked.client)],
    )
    offset, _ = _offsets(document, diagnostic.location)
    action.data = {"uri": document.uri, "version": document.version, "rule": diagnostic.rule, "offset": offset}
    return action


def _mended(workspace: Workspace, document: OpenDocument) -> str | None:
    judge = workspace.judging(document, known=known(document, workspace.config(document)))
    fixed = mend(workspace.judged(document), judge, unsafe=False)
    return fixed.text if fixed.applied else None


def _suppressed(asked: Asked, document: OpenDocument, rule: str, offset: int) -> str | None:
    """Write the comments that accept one diagnostic, at each of its places; None where that cannot be done."""
    workspace = asked.workspace
    reported = [each for each in workspace.judged(document).diagnostics if each.rule == rule]
    meant = next((each for each in reported if _offsets(document, each.location)[0] == offset), None)
    if meant is None:
        return None
    others = {_offsets(document, each.location)[0] for each in reported if each is not meant}
    places = {offset, *(_offsets(document, place)[0] for place, _ in _own_places(document, meant))} - others
    # Alone its rule is judged, and with its marks.
    config = workspace.config(document).with_command_line(select=[rule], extend_select=[], ignore=[], plans_only=True)
    baseline = known(document, config)
    judge = workspace.judging(document, config, baseline or Known())
    first = judge(document.text)
    marks = tuple(mark for mark in first.marks if mark.span.start in places)
    keys = {mark.key for mark in marks}

    def judge_these(text: str) -> Judgement:
        judgement = judge(text)
        return judgement._replace(marks=tuple(mark for mark in judgement.marks if mark.key in keys))

    try:
        return add_suppressions(first._replace(marks=marks), judge_these, asked.reason).text if marks else None
    except CannotSuppressError:
        return None
