"""Diagnostics for the tests of reports, and readers of the formats that build services have no parser of here."""

from __future__ import annotations

import re
from typing import NamedTuple

from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Replacement, Suggestion
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.markdown.source import Source
from lint_migration_plan.report.contents import Report
from lint_migration_plan.report.formats import load

#: A text with a character of four bytes, before "Meduim" and on the line above it.
TEXT = "# Läuft 🚀\n\n**Ri🚀sk**: Meduim\n\n| a | b |\n"

FINGERPRINT = "0123456789abcdef"


def diagnostic(  # noqa: PLR0913 - each test says what matters to it
    message: str = "risk 'Meduim' is not one of: low, medium, high",
    *,
    path: str = "docs/plan.md",
    rule: str = "unknown-risk",
    severity: Severity = Severity.ERROR,
    span: tuple[int, int, int, int] = (3, 12, 3, 18),
    related: tuple[Related, ...] = (),
    fix: Suggestion | None = None,
) -> Diagnostic:
    return Diagnostic(rule, severity, message, Location(path, *span), related, fix, fingerprint=FINGERPRINT)


def fix(
    *replacements: tuple[tuple[int, int, int, int], str], path: str = "docs/plan.md", safe: bool = True
) -> Suggestion:
    return Suggestion(
        "write 'medium'", tuple(Replacement(Location(path, *span), text) for span, text in replacements), safe
    )


def report(*diagnostics: Diagnostic, text: str = TEXT, failures: tuple[str, ...] = ()) -> Report:
    paths = tuple(dict.fromkeys(each.path for each in diagnostics))
    outcome = Outcome(diagnostics, len(paths), len(paths), judged=paths, failures=failures)
    return Report(outcome, {path: Source(text) for path in paths})


def render(name: str, *diagnostics: Diagnostic, text: str = TEXT, failures: tuple[str, ...] = ()) -> str:
    return load(name)(report(*diagnostics, text=text, failures=failures))


class Command(NamedTuple):
    """A command that a build service reads in a line of its log."""

    name: str
    properties: dict[str, str]
    data: str


def github_command(line: str) -> Command | None:
    """Read a line as the runner of GitHub Actions does: a command opens it, or stands anywhere in the older form."""
    found = re.match(r"\s*::(?P<name>[^ :]*) ?(?P<properties>.*?)::(?P<data>.*)", line, re.DOTALL)
    if found is None:
        found = re.search(r"##\[(?P<name>[^ \]]*) ?(?P<properties>[^\]]*)\](?P<data>.*)", line, re.DOTALL)
        return found and Command(found["name"], {}, found["data"])
    pairs = (pair.split("=", 1) for pair in found["properties"].split(",") if "=" in pair)
    properties = {name: _unescaped(value, "\r", "\n", ":", ",", "%") for name, value in pairs}
    return Command(found["name"], properties, _unescaped(found["data"], "\r", "\n", "%"))


def azure_command(line: str) -> Command | None:
    """Read a line as the agent of Azure Pipelines does: the first command anywhere in it, up to the first bracket."""
    found = re.search(
        r"##vso\[(?P<name>[^ \]]*) ?(?P<properties>[^\]]*)\](?P<data>.*)", line, re.DOTALL | re.IGNORECASE
    )
    if found is None:
        return None
    pairs = (pair.split("=", 1) for pair in found["properties"].split(";") if "=" in pair)
    properties = {name: _unescaped(value, "\r", "\n", "]", ";") for name, value in pairs}
    return Command(
        found["name"],
        {name: value.replace("%AZP25", "%") for name, value in properties.items()},
        _unescaped(found["data"], "\r", "\n").replace("%AZP25", "%"),
    )


def _unescaped(text: str, *chars: str) -> str:
    for char in chars:
        text = text.replace(f"%{ord(char):02X}", char)
    return text
