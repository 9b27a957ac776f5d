"""Diagnostics as an editor shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.paths import absolute
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity
from lint_migration_plan.lint.limit import limited
from lint_migration_plan.lint.read_file import UnreadableFileError
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.runner import INTERNAL_ERROR
from lint_migration_plan.lsp.convert import Converter
from lint_migration_plan.lsp.edits import as_range
from lint_migration_plan.report.link import rule_url
from lint_migration_plan.report.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.diagnostic import Related
    from lint_migration_plan.lsp.client import Client
    from lint_migration_plan.lsp.documents import OpenDocument
    from lint_migration_plan.lsp.workspace import Workspace

SOURCE = "lint-migration-plan"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
#: The rule that says of a file that it cannot be read.
_UNREADABLE = "unreadable-file"
#: Rules that report what does nothing, which editors show faded.
_UNNECESSARY = frozenset(("unused-suppression",))


def report(workspace: Workspace, document: OpenDocument, client: Client) -> list[types.Diagnostic]:
    """Give what is to be said of a document; what keeps it from being judged is said in its first line."""
    try:
        diagnostics = workspace.judged(document).diagnostics
        told = limited(diagnostics, workspace.config(document).max_diagnostics)
        return [shown(workspace, document, diagnostic, client) for diagnostic in told]
    except ConfigError as error:
        return [_at_top(document, f"not linted: {fault}") for fault in error.errors]
    except UnreadableFileError as error:
        return [_at_top(document, str(error), _UNREADABLE)]
    except Exception as error:  # noqa: BLE001 - whoever edits on must be heard, whatever failed
        return [_at_top(document, f"not linted: {type(error).__name__}: {error}", INTERNAL_ERROR)]


def shown(workspace: Workspace, document: OpenDocument, diagnostic: Diagnostic, client: Client) -> types.Diagnostic:
    """Give a diagnostic as an editor has it."""
    url = rule_url(diagnostic.rule) if diagnostic.rule in ENTRIES else None
    return types.Diagnostic(
        range=as_range(document.places.stretch_of(diagnostic.location)),
        message=safe_text(diagnostic.message),
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.rule,
        code_description=types.CodeDescription(url) if url and client.links else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if client.tags and diagnostic.rule in _UNNECESSARY else None,
        related_information=(client.related and list(_related(workspace, document, diagnostic.related))) or None,
    )


def _related(
    workspace: Workspace, document: OpenDocument, places: tuple[Related, ...]
) -> Iterator[types.DiagnosticRelatedInformation]:
    for location, message in places:
        if location.path == document.name:
            yield _place(document.uri, document.places, location, message)
            continue
        path = absolute(location.path)
        source = workspace.source_at(path)
        if source is not None and location.end_line <= len(source.lines):
            uri = workspace.uri_at(path) or Path(path).as_uri()
            yield _place(uri, Converter(source, document.encoding), location, message)


def _place(uri: str, places: Converter, location: Location, message: str) -> types.DiagnosticRelatedInformation:
    return types.DiagnosticRelatedInformation(
        types.Location(uri, as_range(places.stretch_of(location))), safe_text(message)
    )


def _at_top(document: OpenDocument, message: str, code: str | None = None) -> types.Diagnostic:
    line = Location(document.name, 1, 1, 1, len(document.source.lines[0]) + 1)
    return types.Diagnostic(
        range=as_range(document.places.stretch_of(line)),
        message=safe_text(message),
        severity=types.DiagnosticSeverity.Error,
        code=code,
        source=SOURCE,
    )
