"""The language server as a process of its own, spoken to as editors do: one that is pushed, one that pulls, a plain one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator  # noqa: TC003 - pytest-lsp reads the types of its fixtures
from pathlib import Path  # noqa: TC003 - likewise
from typing import TYPE_CHECKING, Any

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from lint_migration_plan import __version__
from opened import GOOD_TEXT
from program import PATIENCE, impersonal

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND = [sys.executable, "-m", "lint_migration_plan.lsp"]

#: A plan with a slip behind an emoji, a tab and a combined letter, in a file with carriage returns.
SLIP = GOOD_TEXT.replace("data\n**Risk**: medium", "data — 🚀\te\u0301 **Risk**: Meduim").replace("\n", "\r\n")
LINE = SLIP[: SLIP.index("Meduim")].count("\n")
BEFORE = "**Layers affected**: data — 🚀\te\u0301 **Risk**: "

#: A server in which one rule fails, and another one, the last, takes its time and says so in a file.
CRASHING = """
import sys, time
from lint_migration_plan.lsp.command import main
from lint_migration_plan.rules.stages import unknown_risk
from lint_migration_plan.rules.verification import verification_table_columns

def fail(plan, options):
    raise ZeroDivisionError("what a rule")
    yield

def dawdle(plan, options):
    with open(sys.argv[1], "a") as log:
        log.write(".")
    time.sleep(0.4)
    yield from ()

unknown_risk.RULE = unknown_risk.RULE._replace(check=fail)
verification_table_columns.RULE = verification_table_columns.RULE._replace(check=dawdle)
main([])
"""


class Editor(LanguageClient):
    """An editor that remembers all that it was told, in order."""

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.opened = 0
        register_lsp_features(
            self,
            {
                **DEFAULT_CLIENT_FEATURES,
                types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _remember,
                types.CLIENT_REGISTER_CAPABILITY: _register,
            },
        )

    def open(self, text: str, folder: Path, name: str = "") -> str:
        """Open a text as a file, by default one of its own, and give its URI."""
        self.opened += 1
        uri = (folder / (name or f"plan-{self.opened}.md")).as_uri()
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, version: int, text: str) -> None:
        """Change a text."""
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    async def told(self, uri: str, version: int | None = 1, *, count: int = 1) -> list[types.Diagnostic]:
        """Wait until a version of a document has been told of, so many times."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = [each for each in self.published if each.uri == uri and each.version == version]
            if len(found) >= count:
                return list(found[-1].diagnostics)
            await asyncio.sleep(0.01)
        raise TimeoutError(f"nothing is told of version {version}: {self.published}")

    async def quiet(self, uri: str) -> None:
        """Wait until a request is answered that came behind all that was said before."""
        await self.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0)))


def _remember(client: Editor, params: types.PublishDiagnosticsParams) -> None:
    client.published.append(params)


def _register(client: Editor, params: types.RegistrationParams) -> None:
    client.registered += params.registrations


def able(encoding: types.PositionEncodingKind, *, pulls: bool) -> types.ClientCapabilities:
    """Give the capabilities of an editor that can do all that makes a difference."""
    shown = types.PublishDiagnosticsClientCapabilities(
        related_information=True,
        code_description_support=True,
        tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary]),
        version_support=True,
    )
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[encoding]),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=shown,
            diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            code_action=types.CodeActionClientCapabilities(
                resolve_support=types.ClientCodeActionResolveOptions(["edit"]), data_support=True
            ),
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            completion=types.CompletionClientCapabilities(
                completion_item=types.ClientCompletionItemOptions(snippet_support=True)
            ),
            document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
            rename=types.RenameClientCapabilities(prepare_support=True),
        ),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that the editors stand in; the texts that they open there are in no file."""
    return tmp_path_factory.mktemp("plans")


async def begin(editor: Editor, folder: Path, capabilities: types.ClientCapabilities) -> types.InitializeResult:
    """Have an editor say what it can do."""
    root = types.WorkspaceFolder(folder.as_uri(), "plans")
    return await editor.initialize_session(
        types.InitializeParams(capabilities=capabilities, workspace_folders=[root], root_uri=folder.as_uri())
    )


def served(command: Sequence[str] = COMMAND) -> ClientServerConfig:
    return ClientServerConfig(list(command), Editor, impersonal())


@pytest_lsp.fixture(scope="module", config=served())  # type: ignore[untyped-decorator] # it has no types
async def pushed(lsp_client: Editor, folder: Path) -> AsyncIterator[None]:
    """Start an editor that is pushed diagnostics and counts in UTF-16."""
    begun = await begin(lsp_client, folder, able(types.PositionEncodingKind.Utf16, pulls=False))
    assert begun.capabilities.diagnostic_provider is None
    assert begun.server_info == types.ServerInfo("lint-migration-plan", __version__)
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(scope="module", config=served())  # type: ignore[untyped-decorator] # it has no types
async def pulling(lsp_client: Editor, folder: Path) -> AsyncIterator[None]:
    """Start an editor that pulls diagnostics and counts in UTF-8."""
    begun = await begin(lsp_client, folder, able(types.PositionEncodingKind.Utf8, pulls=True))
    provider = begun.capabilities.diagnostic_provider
    assert provider is not None
    assert provider.inter_file_dependencies
    assert begun.capabilities.position_encoding == types.PositionEncodingKind.Utf8
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(scope="module", config=served())  # type: ignore[untyped-decorator] # it has no types
async def plain(lsp_client: Editor, folder: Path) -> AsyncIterator[None]:
    """Start an editor that can do nothing in particular."""
    begun = await begin(lsp_client, folder, types.ClientCapabilities())
    assert begun.capabilities.position_encoding == types.PositionEncodingKind.Utf16
    yield
    await lsp_client.shutdown_session()


def place(encoding: str, before: str = BEFORE, line: int = LINE) -> types.Position:
    """Give the place behind some characters of a line."""
    size = {"utf-32-le": 4, "utf-16-le": 2, "utf-8": 1}[encoding]
    return types.Position(line, len(before.encode(encoding)) // size)


def here(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


# --- diagnostics ------------------------------------------------------------------------------------------------------


async def test_diagnostics_are_pushed_when_a_text_is_opened_and_changed(pushed: Editor, folder: Path) -> None:
    uri = pushed.open(SLIP, folder)
    (said,) = await pushed.told(uri)
    assert (said.code, said.source, said.severity) == (
        "unknown-risk",
        "lint-migration-plan",
        types.DiagnosticSeverity.Error,
    )
    assert said.range.start == place("utf-16-le")
    assert said.range.end == place("utf-16-le", f"{BEFORE}Meduim")
    pushed.change(uri, 2, SLIP.replace("Meduim", "high, because"))
    assert await pushed.told(uri, 2) == []
    pushed.text_document_did_close(types.DidCloseTextDocumentParams(here(uri)))
    assert await pushed.told(uri, None) == []


async def test_an_editor_that_pulls_is_never_pushed(pulling: Editor, folder: Path) -> None:
    uri = pulling.open(SLIP, folder)
    first = await pulling.text_document_diagnostic_async(types.DocumentDiagnosticParams(here(uri)))
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    (said,) = first.items
    assert (said.range.start, said.range.end) == (place("utf-8"), place("utf-8", f"{BEFORE}Meduim"))
    again = await pulling.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(here(uri), previous_result_id=first.result_id)
    )
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    pulling.change(uri, 2, SLIP.replace("Meduim", "high"))
    third = await pulling.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(here(uri), previous_result_id=again.result_id)
    )
    assert isinstance(third, types.RelatedFullDocumentDiagnosticReport)
    assert third.items == ()
    assert third.result_id != first.result_id
    pulling.text_document_did_close(types.DidCloseTextDocumentParams(here(uri)))
    closed = await pulling.text_document_diagnostic_async(types.DocumentDiagnosticParams(here(uri)))
    assert isinstance(closed, types.RelatedFullDocumentDiagnosticReport)
    assert closed.items == ()
    assert pulling.published == []


async def test_of_many_changes_the_newest_is_told_and_nothing_empty_in_between(pushed: Editor, folder: Path) -> None:
    uri = pushed.open(SLIP, folder)
    for version in range(2, 40):
        pushed.change(uri, version, SLIP.replace("Meduim", f"Meduim, take {version}"))
    assert len(await pushed.told(uri, 39)) == 1
    await pushed.quiet(uri)
    told = [each for each in pushed.published if each.uri == uri]
    assert all(each.diagnostics for each in told)
    versions = [each.version or 0 for each in told]
    assert versions == sorted(versions)
    assert versions[-1] == 39
    assert len(versions) < 39


async def test_a_line_separator_shifts_no_line(pushed: Editor, folder: Path) -> None:
    uri = pushed.open(SLIP, folder)
    pushed.change(uri, 2, SLIP.replace("It is read", "It is\u2028read\x0bby\x0call\x85of us, and"))
    (said,) = await pushed.told(uri, 2)
    assert said.range.start == place("utf-16-le")


async def test_a_document_that_is_no_plan_has_no_diagnostics(pushed: Editor, folder: Path) -> None:
    uri = pushed.open("# Notes\n\n**Risk**: Meduim\n", folder)
    assert await pushed.told(uri) == []


async def test_a_change_of_the_configuration_is_seen_at_once(pushed: Editor, pulling: Editor, tmp_path: Path) -> None:
    config = tmp_path / ".lint-migration-plan.yaml"
    uri = pushed.open(SLIP, tmp_path)
    assert len(await pushed.told(uri)) == 1
    pulled = pulling.open(SLIP, tmp_path)
    await pulling.text_document_diagnostic_async(types.DocumentDiagnosticParams(here(pulled)))
    before = pulling.diagnostic_refresh_count
    config.write_text("ignore: [unknown-risk]\n")
    change = types.DidChangeWatchedFilesParams([types.FileEvent(config.as_uri(), types.FileChangeType.Created)])
    pushed.workspace_did_change_watched_files(change)
    pulling.workspace_did_change_watched_files(change)
    assert await pushed.told(uri, count=2) == []
    await until(lambda: pulling.diagnostic_refresh_count > before)
    report = await pulling.text_document_diagnostic_async(types.DocumentDiagnosticParams(here(pulled)))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert report.items == ()


async def until(condition: Any) -> None:  # noqa: ANN401 - whatever is called
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_files_that_plans_rest_on_are_watched(pushed: Editor, folder: Path) -> None:
    await pushed.quiet(pushed.open("", folder))
    (registration,) = pushed.registered
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    globs = [each["globPattern"] for each in registration.register_options["watchers"]]  # type: ignore[index]
    assert {"**/.lint-migration-plan.yaml", "**/pyproject.toml", "**/*.md"} <= {*globs}


async def test_a_change_of_a_gap_map_is_seen_in_the_plan(pushed: Editor, tmp_path: Path) -> None:
    rows = [line for line in GOOD_TEXT.splitlines() if line.startswith("| ") and ("h |" in line or "2d |" in line)]
    table = "\n".join(["| Gap | Risk | Effort | Stage | Notes |", "|---|---|---|---|---|", *rows])
    gaps = tmp_path / "gaps.md"
    gaps.write_text(table, "utf-8")
    uri = pushed.open(GOOD_TEXT.replace("| Gap | Risk", "See [the gap map](gaps.md).\n\n| Gap | Risk"), tmp_path)
    assert await pushed.told(uri) == []

    # On the disk,
    gaps.write_text(f"{table}\n| The kiosk has no owner | low | 1h | | |\n", "utf-8")
    change = types.FileEvent(gaps.as_uri(), types.FileChangeType.Changed)
    pushed.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
    (said,) = await pushed.told(uri, count=2)
    assert said.code == "unmapped-gap"
    (related,) = said.related_information or ()
    assert related.location.uri == gaps.as_uri()

    # and in the editor, saved or not.
    opened = pushed.open(table, tmp_path, "gaps.md")
    assert await pushed.told(uri, count=3) == []
    pushed.change(opened, 2, table.replace("| Orders exist", "| All orders exist"))
    assert {each.code for each in await pushed.told(uri, count=4)} <= {"unmapped-gap", "stale-gap"}
    pushed.text_document_did_close(types.DidCloseTextDocumentParams(here(opened)))
    assert len(await pushed.told(uri, count=5)) == 1


async def test_the_editors_settings_hold_and_what_is_wrong_with_them_is_shown(pushed: Editor, folder: Path) -> None:
    uri = pushed.open(SLIP, folder)
    assert len(await pushed.told(uri)) == 1
    settings = {"lint-migration-plan": {"ignore": ["unknown-risk"], "select": None}, "other": {"tabs": 4}}
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    assert await pushed.told(uri, count=2) == []
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams({"ignore": ["unknown-rsk"]}))
    assert len(await pushed.told(uri, count=3)) == 1
    assert "did you mean 'unknown-risk'?" in pushed.messages[-1].message
    # Where messages may have links, what stands in a folder's settings makes none.
    hostile = {"ignore": ["[see here](command:evil)"]}
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams(hostile))
    await until(lambda: "[see here] (command:evil)" in pushed.messages[-1].message)
    for wrong in ({"suppression-reason": "--> x"}, {"suppression-reason": 3}, [1]):
        shown = len(pushed.messages)
        pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams(wrong))
        await until(lambda shown=shown: len(pushed.messages) > shown)
    pushed.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    await pushed.quiet(uri)


async def test_where_files_are_not_watched_they_are_looked_at_when_a_text_is_saved(
    plain: Editor, tmp_path: Path
) -> None:
    uri = plain.open(SLIP, tmp_path)
    assert len(await plain.told(uri)) == 1
    (tmp_path / ".lint-migration-plan.yaml").write_text("ignore: [unknown-risk]\n")
    plain.text_document_did_save(types.DidSaveTextDocumentParams(here(uri)))
    assert await plain.told(uri, count=2) == []
    assert plain.registered == []


# --- a rule that fails ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "judged"
    path.touch()
    return path


def how_often(log: Path) -> int:
    """Say how often the server has judged."""
    return len(log.read_text())


@pytest.fixture
async def crashing(log: Path, folder: Path) -> AsyncIterator[Editor]:
    """Start a server in which a rule fails."""
    editor = await served([sys.executable, "-c", CRASHING, str(log)]).start()
    assert isinstance(editor, Editor)
    await begin(editor, folder, able(types.PositionEncodingKind.Utf16, pulls=False))
    yield editor
    await editor.shutdown_session()
    await editor.stop()  # type: ignore[no-untyped-call] # likewise


async def test_a_rule_that_fails_ends_nothing_and_work_that_is_stale_is_dropped(
    crashing: Editor, folder: Path, log: Path
) -> None:
    text = SLIP.replace("**Rollback tested**: yes", "**Rollback tested**: yse", 1)
    uri = crashing.open(text, folder)
    said = await crashing.told(uri)
    assert [each.code for each in said] == ["internal-error", "unknown-rollback-tested"]
    assert "rule unknown-risk failed with ZeroDivisionError: what a rule" in said[0].message
    judged = how_often(log)
    for version in range(2, 20):
        crashing.change(uri, version, f"{text}\nTake {version}.\n")
        await asyncio.sleep(0.02)
    assert len(await crashing.told(uri, 19)) == 2
    assert [each.version for each in crashing.published][-1] == 19
    # The first of them may have begun before the others came.
    assert how_often(log) - judged <= 3
    assert (await crashing.text_document_document_symbol_async(types.DocumentSymbolParams(here(uri)))) is not None


@pytest.fixture
async def slow(tmp_path: Path, folder: Path) -> AsyncIterator[tuple[Editor, Path]]:
    """Start a server that takes its time, for an editor that pulls; give the file too in which it says so."""
    log = tmp_path / "judged"
    log.touch()
    editor = await served([sys.executable, "-c", CRASHING, str(log)]).start()
    assert isinstance(editor, Editor)
    begun = await begin(editor, folder, able(types.PositionEncodingKind.Utf32, pulls=True))
    assert begun.capabilities.position_encoding == types.PositionEncodingKind.Utf32
    yield editor, log
    await editor.shutdown_session()
    await editor.stop()  # type: ignore[no-untyped-call] # likewise


async def test_what_is_pulled_is_of_the_newest_version_and_what_is_cancelled_or_stale_is_not_worked_out(
    slow: tuple[Editor, Path], folder: Path
) -> None:
    editor, log = slow
    uri = editor.open(SLIP, folder)
    pulls = []
    for version in range(2, 12):
        editor.change(uri, version, f"{SLIP}\r\nTake {version}.\r\n")
        params = types.DocumentDiagnosticParams(here(uri))
        pulls.append(asyncio.ensure_future(editor.text_document_diagnostic_async(params)))
        # So that the server hears of one after the other, while it works at the first.
        await asyncio.sleep(0.02)
    whole = [
        each for each in await asyncio.gather(*pulls) if isinstance(each, types.RelatedFullDocumentDiagnosticReport)
    ]
    assert whole
    assert all(each.items == whole[-1].items and each.items for each in whole)
    # The first may have begun before the others came.
    assert how_often(log) <= 2

    judged = how_often(log)
    others = [editor.open(f"{SLIP}\r\n{number}\r\n", folder) for number in range(8)]
    asked = {
        f"pull-{number}": editor.protocol.send_request_async(  # type: ignore[no-untyped-call] # likewise
            types.TEXT_DOCUMENT_DIAGNOSTIC, types.DocumentDiagnosticParams(here(other)), msg_id=f"pull-{number}"
        )
        for number, other in enumerate(others)
    }
    tasks = [asyncio.ensure_future(each) for each in asked.values()]
    await asyncio.sleep(0)
    for name in asked:
        editor.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(name))
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(each, "code", None) for each in answers] == [types.LSPErrorCodes.RequestCancelled] * 8
    assert (await editor.text_document_document_symbol_async(types.DocumentSymbolParams(here(uri)))) is not None
    assert how_often(log) - judged <= 1


async def test_an_editor_that_counts_code_points_gets_them(slow: tuple[Editor, Path], folder: Path) -> None:
    editor, _ = slow
    uri = editor.open(SLIP.replace("Rollback tested**: yes", "Rollback tested**: 👩🏽\u200d🚀, yse", 1), folder)
    report = await editor.text_document_diagnostic_async(types.DocumentDiagnosticParams(here(uri)))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    said = next(each for each in report.items if each.code == "unknown-rollback-tested")
    line = said.range.start.line
    assert said.range.start == place("utf-32-le", "**Rollback tested**: ", line)
    assert said.range.end == place("utf-32-le", "**Rollback tested**: 👩🏽\u200d🚀, yse", line)


async def test_a_gap_map_that_changes_while_a_plan_is_judged_with_it_is_seen(
    crashing: Editor, tmp_path: Path, log: Path
) -> None:
    rows = [line for line in GOOD_TEXT.splitlines() if line.startswith("| ") and ("h |" in line or "2d |" in line)]
    table = "\n".join(["| Gap | Risk | Effort | Stage | Notes |", "|---|---|---|---|---|", *rows])
    (tmp_path / "gaps.md").write_text(table, "utf-8")
    plan = GOOD_TEXT.replace("| Gap | Risk", "See [the gap map](gaps.md).\n\n| Gap | Risk")
    judged = how_often(log)
    uri = crashing.open(plan, tmp_path)
    await until(lambda: how_often(log) > judged)
    crashing.open(f"{table}\n| The kiosk has no owner | low | 1h | | |\n", tmp_path, "gaps.md")
    end = time.monotonic() + PATIENCE
    while "unmapped-gap" not in {each.code for each in await crashing.told(uri)}:
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


# --- requests ---------------------------------------------------------------------------------------------------------


async def test_a_fix_and_a_suppression_are_offered_and_resolved(pushed: Editor, folder: Path) -> None:
    uri = pushed.open(SLIP, folder)
    (said,) = await pushed.told(uri)
    params = types.CodeActionParams(here(uri), said.range, types.CodeActionContext([said]))
    found = await pushed.text_document_code_action_async(params)
    fix, suppress, fix_all = (each for each in found or () if isinstance(each, types.CodeAction))
    assert (fix.title, fix.is_preferred, fix.diagnostics) == ("Write 'medium' for 'Meduim'", True, (said,))
    assert edits(fix.edit, uri, 1) == [(said.range, "medium")]
    assert (suppress.edit, fix_all.edit) == (None, None)
    resolved = await pushed.code_action_resolve_async(suppress)
    (edit,) = edits(resolved.edit, uri, 1)
    assert "Meduim <!-- lint-migration-plan: ignore[unknown-risk] -- {why} -->\r\n" in edit[1]
    (edit,) = edits((await pushed.code_action_resolve_async(fix_all)).edit, uri, 1)
    assert edit[1] == f"{BEFORE}medium\r\n"


def edits(edit: types.WorkspaceEdit | None, uri: str, version: int | None) -> list[tuple[types.Range, str]]:
    """Give the edits of the one document that an edit is about; ``version`` is None where the editor minds none."""
    assert edit is not None
    if version is None:
        assert edit.document_changes is None
        return [(each.range, each.new_text) for each in (edit.changes or {})[uri]]
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, version)
    return [(each.range, each.new_text) for each in change.edits if isinstance(each, types.TextEdit)]


async def test_a_plain_editor_gets_each_action_whole(plain: Editor, folder: Path) -> None:
    plain.workspace_did_change_configuration(types.DidChangeConfigurationParams({"suppression-reason": "see ADR 12"}))
    uri = plain.open(SLIP, folder)
    (said,) = await plain.told(uri)
    params = types.CodeActionParams(here(uri), said.range, types.CodeActionContext([said]))
    found = await plain.text_document_code_action_async(params)
    texts = [edits(each.edit, uri, None)[0][1] for each in found or () if isinstance(each, types.CodeAction)]
    assert len(texts) == 3
    assert "ignore[unknown-risk] -- see ADR 12 -->" in texts[1]


@pytest.mark.parametrize("editor", ["pushed", "pulling"])
async def test_hover_definition_references_and_rename_count_as_the_editor_does(
    editor: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    client: Editor = request.getfixturevalue(editor)
    encoding = {"pushed": "utf-16-le", "pulling": "utf-8"}[editor]
    text = SLIP.replace("Meduim", "medium").replace("It is read", "🚀\te\u0301 Stage 4 🚀 is read")
    uri = client.open(text, folder)
    start = "This plan moves the orders database to the next major version. 🚀\te\u0301 "
    where = place(encoding, start + "Sta", 2)
    named = types.Range(place(encoding, start, 2), place(encoding, f"{start}Stage 4", 2))

    hovered = await client.text_document_hover_async(types.HoverParams(here(uri), where))
    assert hovered is not None
    assert hovered.range == named
    assert "**`Stage 4 — Replicate the orders`**" in str(hovered.contents)

    found = await client.text_document_definition_async(types.DefinitionParams(here(uri), where))
    assert isinstance(found, tuple | list)
    (heading,) = found
    assert isinstance(heading, types.Location)
    line = next(number for number, each in enumerate(text.split("\r\n")) if each.startswith("### Stage 4"))
    assert (heading.uri, heading.range.start) == (uri, types.Position(line, 4))

    context = types.ReferenceContext(include_declaration=False)
    uses = await client.text_document_references_async(types.ReferenceParams(context, here(uri), where))
    assert next(each.range for each in uses or ()) == named
    assert len(uses or ()) == 4

    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(here(uri), where))
    assert isinstance(prepared, types.PrepareRenamePlaceholder)
    number = types.Range(place(encoding, f"{start}Stage ", 2), named.end)
    assert (prepared.range, prepared.placeholder) == (number, "4")
    renamed = await client.text_document_rename_async(types.RenameParams(here(uri), where, "9"))
    assert edits(renamed, uri, 1)[0] == (number, "9")
    assert [new for _, new in edits(renamed, uri, 1)] == ["9"] * 5
    with pytest.raises(JsonRpcException, match="there is stage 5 already"):
        await client.text_document_rename_async(types.RenameParams(here(uri), where, "5"))


async def test_completion_symbols_folds_and_formatting_are_served(pushed: Editor, folder: Path) -> None:
    text = SLIP.replace("Meduim", "").replace("- more than", "* more than")
    uri = pushed.open(text, folder)
    found = await pushed.text_document_completion_async(types.CompletionParams(here(uri), place("utf-16-le")))
    assert isinstance(found, tuple | list)
    assert [each.label for each in found] == ["low", "medium", "high"]
    assert isinstance(found[0].text_edit, types.TextEdit)
    assert found[0].text_edit.range == types.Range(place("utf-16-le"), place("utf-16-le"))
    (plan,) = await pushed.text_document_document_symbol_async(types.DocumentSymbolParams(here(uri))) or ()
    assert isinstance(plan, types.DocumentSymbol)
    assert len(plan.children or ()) == 13
    folds = await pushed.text_document_folding_range_async(types.FoldingRangeParams(here(uri)))
    assert len(folds or ()) > 10
    options = types.FormattingOptions(4, insert_spaces=True)
    formatted = await pushed.text_document_formatting_async(types.DocumentFormattingParams(here(uri), options))
    assert any("- more than" in each.new_text for each in formatted or ())
    prose = pushed.open("* no plan\n", folder)
    assert not await pushed.text_document_formatting_async(types.DocumentFormattingParams(here(prose), options))


async def test_a_plain_editor_gets_a_list_of_symbols(plain: Editor, folder: Path) -> None:
    uri = plain.open(GOOD_TEXT, folder)
    found = await plain.text_document_document_symbol_async(types.DocumentSymbolParams(here(uri)))
    assert all(isinstance(each, types.SymbolInformation) for each in found or ())
    assert len(found or ()) == 68


async def test_a_document_that_is_not_open_is_answered_with_nothing(pushed: Editor, folder: Path) -> None:
    uri = (folder / "closed.md").as_uri()
    assert await pushed.text_document_hover_async(types.HoverParams(here(uri), types.Position(0, 0))) is None


async def test_a_configuration_that_cannot_be_used_is_no_error_of_a_request(pushed: Editor, tmp_path: Path) -> None:
    (tmp_path / ".lint-migration-plan.yaml").write_text("nonsense: 1\n")
    uri = pushed.open(SLIP, tmp_path)
    (said,) = await pushed.told(uri)
    assert "unknown key 'nonsense'" in said.message
    assert await pushed.text_document_hover_async(types.HoverParams(here(uri), types.Position(LINE, 3))) is None


async def test_a_text_without_a_file_is_judged(pushed: Editor) -> None:
    uri = "untitled:Untitled-1"
    item = types.TextDocumentItem(uri, "markdown", 1, SLIP)
    pushed.text_document_did_open(types.DidOpenTextDocumentParams(item))
    assert len(await pushed.told(uri)) == 1


# --- the command ------------------------------------------------------------------------------------------------------


def command(*arguments: str, code: str = "") -> tuple[int, str, str]:
    """Run the command, or other code with the same arguments."""
    start = ["-c", code] if code else ["-m", "lint_migration_plan.lsp"]
    done = subprocess.run(
        [sys.executable, *start, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        env=impersonal(),
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_says_what_it_is() -> None:
    assert command("--version") == (0, f"lint-migration-plan-lsp {__version__}\n", "")
    status, out, err = command("--help")
    assert (status, out.splitlines()[0], err) == (
        0,
        "usage: lint-migration-plan-lsp [--stdio] [--version] [--help]",
        "",
    )
    status, out, err = command("--tcp")
    assert (status, out) == (2, "")
    assert err.startswith("lint-migration-plan-lsp: unknown argument '--tcp'\n")


def test_without_pygls_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['pygls'] = None; from lint_migration_plan.lsp.command import run; run()"
    assert command(code=code) == (
        2,
        "",
        "lint-migration-plan-lsp: the language server needs pygls, which the extra 'lsp' of lint-migration-plan brings\n",
    )


def test_an_editor_that_is_gone_ends_the_server() -> None:
    status, out, _ = command("--stdio")
    assert (status, out) == (0, "")
