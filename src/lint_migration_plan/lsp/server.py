"""The language server: what an editor asks goes to the features, and what they say goes back. Nothing else knows pygls.

One thread works, one job after the other, while the loop listens on. A job for a text that has changed meanwhile is
dropped: before it begins where that is possible, else with what came of it. An editor that pulls diagnostics is never
pushed any.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from lint_migration_plan import __version__
from lint_migration_plan.config.discover import FILE_NAMES
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.collect import ENDINGS
from lint_migration_plan.lint.read_file import UnreadableFileError
from lint_migration_plan.lsp.actions import FIX_ALL, NO_REASON, QUICK_FIX, Asked, code_actions, resolve
from lint_migration_plan.lsp.client import Client, client_of
from lint_migration_plan.lsp.completion import TRIGGERS, completions
from lint_migration_plan.lsp.convert import Encoding
from lint_migration_plan.lsp.diagnostics import report
from lint_migration_plan.lsp.formatting import CannotFormatError, can_format, formatted
from lint_migration_plan.lsp.hover import hover
from lint_migration_plan.lsp.quoting import as_message
from lint_migration_plan.lsp.references import (
    CannotRenameError,
    definition,
    prepare_rename,
    references,
    rename_at,
)
from lint_migration_plan.lsp.settings import read_editor_settings
from lint_migration_plan.lsp.symbols import flat, folds, symbols
from lint_migration_plan.lsp.workspace import Workspace, is_configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lint_migration_plan.lsp.documents import OpenDocument

T = TypeVar("T")

#: In seconds: a text that took so long to judge is left to change on for so much, for changes that come all at once, as
#: of a program. One that is judged faster than anybody types is not kept waiting.
SLOW = 0.1
WAIT = 0.02

#: In seconds: after so long without work, and after so many jobs at the latest, garbage is searched for. There is next
#: to none, and to search a plan of 1 MB for it takes a third of the time that it takes to judge it.
IDLE = 2
MANY = 1000

#: The protocol's number for a request that was understood and cannot be granted.
_REQUEST_FAILED = -32803


class Server(LanguageServer):
    """The server of one editor. ``held`` is what the editor has open; ``client`` is what it can do."""

    def __init__(self) -> None:
        super().__init__(
            "lint-migration-plan",
            __version__,
            # The parts of a text would be put together by lines that end at more characters than the protocol's do.
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )
        self.client = Client()
        self.held = Workspace(Encoding.UTF16)
        self.reason = NO_REASON
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lint")
        self._jobs = 0
        self._sweep: asyncio.TimerHandle | None = None
        self._lints: dict[str, asyncio.Task[None]] = {}
        #: How long the last judgement of each document took, in seconds.
        self._took: dict[str, float] = {}
        #: What an editor that pulls was told last of each document, and the name that this has.
        self._told: dict[str, tuple[str, list[types.Diagnostic]]] = {}

    # --- work ---------------------------------------------------------------------------------------------------------

    async def work(self, job: Callable[[], T]) -> T:
        """Have the working thread do something."""
        loop = asyncio.get_running_loop()
        if self._sweep is not None:
            self._sweep.cancel()
        self._sweep = loop.call_later(IDLE, self._worker.submit, gc.collect)
        self._jobs += 1
        if self._jobs % MANY == 0:
            self._worker.submit(gc.collect)
        return await loop.run_in_executor(self._worker, job)

    async def answer(self, uri: str, job: Callable[[OpenDocument], T]) -> T | None:
        """Work something out about a document; None where it is not open or is not read.

        It is not where its configuration cannot be used, and where it is too large.
        """
        document = self.held.documents.get(uri)
        if document is None:
            return None
        try:
            return await self.work(lambda: job(document))
        except (ConfigError, UnreadableFileError):
            # The diagnostics say so already.
            return None
        except (CannotRenameError, CannotFormatError) as error:
            raise JsonRpcException(as_message(str(error)), _REQUEST_FAILED) from error
        except Exception:
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, traceback.format_exc()))
            raise

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def changed(self, uri: str, *, at_once: bool = False) -> None:
        """Judge a document anew, for an editor that is pushed diagnostics; what was begun for it before is dropped."""
        self._drop(uri)
        if not self.client.pulls:
            wait = 0.0 if at_once or self._took.get(uri, 0.0) < SLOW else WAIT
            self._lints[uri] = asyncio.ensure_future(self._push(uri, wait))

    def closed(self, uri: str) -> None:
        """Forget a document, and take its diagnostics back."""
        self._drop(uri)
        self._took.pop(uri, None)
        self._told.pop(uri, None)
        if not self.client.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _drop(self, uri: str) -> None:
        lint = self._lints.pop(uri, None)
        if lint is not None:
            lint.cancel()

    async def _push(self, uri: str, wait: float) -> None:
        await asyncio.sleep(wait)
        document, said = await self._newest(uri)
        if document is not None:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, said, document.version))

    async def pull(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Give an editor the diagnostics that it asks for, or say that they are those that it has."""
        uri = params.text_document.uri
        document, said = await self._newest(uri)
        name, before = self._told.get(uri, ("0", []))
        if document is None or said != before or params.previous_result_id != name:
            name = str(int(name) + 1)
            if document is not None:
                self._told[uri] = name, said
            return types.RelatedFullDocumentDiagnosticReport(said, result_id=name)
        return types.RelatedUnchangedDocumentDiagnosticReport(name)

    async def _newest(self, uri: str) -> tuple[OpenDocument | None, list[types.Diagnostic]]:
        """Judge a document until what came of it is about its newest version."""
        while (document := self.held.documents.get(uri)) is not None:
            said, took = await self.work(lambda document=document: self._judged(document))  # type: ignore[misc]
            if self.held.is_newest(document):
                self._took[uri] = took
                return document, said
        return None, []

    def _judged(self, document: OpenDocument) -> tuple[list[types.Diagnostic], float]:
        if not self.held.is_newest(document):
            return [], 0.0
        start = time.perf_counter()
        return report(self.held, document, self.client), time.perf_counter() - start

    def relint(self, documents: Iterable[OpenDocument]) -> None:
        """Judge open documents anew, because something changed that they rest on."""
        renewed = self.held.renew(list(documents))
        if not self.client.pulls:
            for document in renewed:
                self.changed(document.uri)
        elif renewed and self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    # --- settings -----------------------------------------------------------------------------------------------------

    def take_settings(self, given: object, root: str | None) -> Config:
        """Read the editor's settings; what is wrong with them is shown, and then none hold."""
        try:
            config, self.reason = read_editor_settings(given, root)
        except ConfigError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, as_message(str(error))))
            self.reason = NO_REASON
            return Config()
        return config

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401 - pygls's own
        """Leave a note in the editor's log of what went wrong; a request is answered with it anyway."""
        if source is FeatureRequestError:
            return
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"{type(error).__name__}: {error}"))


# --- the editor begins ------------------------------------------------------------------------------------------------


def initialize(ls: Server, params: types.InitializeParams) -> None:
    """Learn what the editor can do, and offer what fits it."""
    ls.client = client_of(params.capabilities)
    folders = params.workspace_folders or ()
    uri = folders[0].uri if folders else params.root_uri
    root = to_fs_path(uri) if uri else None
    encoding = Encoding(getattr(ls.workspace.position_encoding, "value", ls.workspace.position_encoding))
    ls.held = Workspace(encoding, root, ls.take_settings(params.initialization_options, root))
    if ls.client.pulls:
        options = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False)
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull_diagnostics)
    if can_format():
        ls.feature(types.TEXT_DOCUMENT_FORMATTING)(format_document)


def initialized(ls: Server, params: types.InitializedParams) -> None:
    """Ask the editor to tell of files that plans rest on."""
    del params
    if ls.client.watches:
        globs = [*(f"**/{name}" for name in FILE_NAMES), "**/pyproject.toml", *(f"**/*{end}" for end in ENDINGS)]
        watchers = [types.FileSystemWatcher(glob) for glob in globs]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


# --- documents and files ----------------------------------------------------------------------------------------------


async def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Judge a document that was opened."""
    opened = params.text_document
    document = ls.held.put(opened.uri, _path(opened.uri), opened.version, opened.text)
    ls.changed(opened.uri, at_once=True)
    await _tell_dependents(ls, document.path)


async def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Judge a document that was changed."""
    uri = params.text_document.uri
    text = params.content_changes[-1].text
    document = ls.held.put(uri, _path(uri), params.text_document.version, text)
    ls.changed(uri)
    await _tell_dependents(ls, document.path)


async def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forget a document; what rests on it rests on its file now."""
    uri = params.text_document.uri
    ls.held.close(uri)
    ls.closed(uri)
    await _tell_dependents(ls, _path(uri))


async def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Look at all files anew, where the editor does not tell of those that change."""
    del params
    if not ls.client.watches:
        await ls.work(ls.held.forget_files)
        ls.relint(ls.held.documents.values())


async def did_change_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Judge what rests on files that changed."""
    paths = [path for change in params.changes if (path := to_fs_path(change.uri))]
    if any(map(is_configuration, paths)):
        await ls.work(ls.held.forget_files)
        ls.relint(ls.held.documents.values())
        return
    for path in paths:
        await _tell_dependents(ls, path)


async def did_change_settings(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """Judge everything by the settings as they are now."""
    settings = ls.take_settings(params.settings, ls.held.root)
    await ls.work(lambda: ls.held.configure(settings))
    ls.relint(ls.held.documents.values())


async def _tell_dependents(ls: Server, path: str | None) -> None:
    """Judge the documents that were judged with a gap map which changed."""
    if path is None:
        return
    # Of what is being judged just now it is known only then what it rests on.
    await ls.work(lambda: ls.held.forget(path))
    ls.relint(ls.held.dependents(path))


def _path(uri: str) -> str | None:
    """Give the path of a file, None for a document that is none."""
    return to_fs_path(uri) if uri.startswith("file:") else None


# --- requests ---------------------------------------------------------------------------------------------------------


async def pull_diagnostics(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """Give the diagnostics of a document."""
    return await ls.pull(params)


async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """Give what can be done about diagnostics."""
    return await ls.answer(params.text_document.uri, lambda document: code_actions(_asked(ls), document, params))


async def resolve_code_action(ls: Server, params: types.CodeAction) -> types.CodeAction:
    """Give an action its edit."""
    uri = str(params.data.get("uri")) if isinstance(params.data, dict) else ""
    return await ls.answer(uri, lambda document: resolve(_asked(ls), document, params)) or params


def _asked(ls: Server) -> Asked:
    return Asked(ls.held, ls.client, ls.reason)


async def hover_at(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Say what is known at a place."""
    return await ls.answer(
        params.text_document.uri, lambda document: hover(ls.held, document, params.position, ls.client)
    )


async def document_symbol(
    ls: Server, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """Give the outline of a document."""

    def outline(document: OpenDocument) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        tree = symbols(document, ls.held.plans(document))
        return tree if ls.client.trees else flat(document, tree)

    return await ls.answer(params.text_document.uri, outline)


async def folding_range(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """Give what can be folded."""

    def found(document: OpenDocument) -> list[types.FoldingRange]:
        file = ls.held.parsed(document).file
        return folds(document, file.document, file.plans)

    return await ls.answer(params.text_document.uri, found)


async def go_to_definition(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    """Give the headings of the stages that are named at a place."""
    return await ls.answer(
        params.text_document.uri, lambda document: definition(document, ls.held.plans(document), params.position)
    )


async def find_references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    """Give the places that name a stage."""
    declaration = params.context.include_declaration
    return await ls.answer(
        params.text_document.uri,
        lambda document: references(document, ls.held.plans(document), params.position, declaration=declaration),
    )


async def prepare(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Say what would be renamed at a place."""
    return await ls.answer(
        params.text_document.uri, lambda document: prepare_rename(document, ls.held.plans(document), params.position)
    )


async def rename_stage(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Give the edits that renumber or rename a stage."""
    return await ls.answer(
        params.text_document.uri, lambda document: rename_at(document, ls.held.plans(document), params, ls.client)
    )


async def complete(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem] | None:
    """Give what can be written at a place."""
    return await ls.answer(
        params.text_document.uri,
        lambda document: completions(document, ls.held.parsed(document), params.position, ls.client),
    )


async def format_document(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    """Give the edits that format a document; one that holds no plan is left to others."""

    def edits(document: OpenDocument) -> list[types.TextEdit] | None:
        return formatted(document) if ls.held.plans(document) else None

    return await ls.answer(params.text_document.uri, edits)


_FEATURES: tuple[tuple[str, Callable[..., Any], Any], ...] = (
    (types.INITIALIZE, initialize, None),
    (types.INITIALIZED, initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, did_open, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, did_change, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, did_close, None),
    (types.TEXT_DOCUMENT_DID_SAVE, did_save, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, did_change_files, None),
    (types.WORKSPACE_DID_CHANGE_CONFIGURATION, did_change_settings, None),
    (
        types.TEXT_DOCUMENT_CODE_ACTION,
        code_action,
        types.CodeActionOptions([QUICK_FIX, FIX_ALL], resolve_provider=True),
    ),
    (types.CODE_ACTION_RESOLVE, resolve_code_action, None),
    (types.TEXT_DOCUMENT_HOVER, hover_at, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbol, None),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, folding_range, None),
    (types.TEXT_DOCUMENT_DEFINITION, go_to_definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, find_references, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, prepare, None),
    (types.TEXT_DOCUMENT_RENAME, rename_stage, None),
    (types.TEXT_DOCUMENT_COMPLETION, complete, types.CompletionOptions(trigger_characters=list(TRIGGERS))),
)


def make_server() -> Server:
    """Make a server with all that it can do for any editor."""
    server = Server()
    for method, handler, options in _FEATURES:
        server.feature(method, options)(handler)
    return server


def serve() -> None:
    """Serve the editor at the other end of standard input and output, until it says that it is done."""
    # What goes wrong is told to the editor; a traceback for each request that is turned down would only be noise.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    out = sys.stdout.buffer
    # Whatever prints must not speak in between.
    sys.stdout = sys.stderr
    # It would be searched for while somebody waits; `Server.work` does it when nobody does.
    gc.disable()
    make_server().start_io(stdout=out)
