"""Lint migration plans written in Markdown.

The public names are imported when they are first used: a start that lints nothing pays for nothing.
"""

from __future__ import annotations

# The constant of typing, without its import, which costs a start as much as the interpreter itself.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from lint_migration_plan.config.faults import ConfigError
    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
    from lint_migration_plan.lint.fixer import fix_text
    from lint_migration_plan.lint.outcome import Outcome
    from lint_migration_plan.lint.read_file import CannotReadError
    from lint_migration_plan.lint.runner import lint_file, lint_files, lint_text
    from lint_migration_plan.plan.builder import parse_plan
    from lint_migration_plan.plan.nodes import Plan

__version__ = "0.1.0"

__all__ = [
    "CannotReadError",
    "Config",
    "ConfigError",
    "Diagnostic",
    "Location",
    "Outcome",
    "Plan",
    "Related",
    "Severity",
    "__version__",
    "fix_text",
    "lint_file",
    "lint_files",
    "lint_text",
    "parse_plan",
]

_HOMES = {
    "CannotReadError": "lint.read_file",
    "Config": "config.settings",
    "ConfigError": "config.faults",
    "Diagnostic": "lint.diagnostic",
    "Location": "lint.diagnostic",
    "Outcome": "lint.outcome",
    "Plan": "plan.nodes",
    "Related": "lint.diagnostic",
    "Severity": "lint.diagnostic",
    "fix_text": "lint.fixer",
    "lint_file": "lint.runner",
    "lint_files": "lint.runner",
    "lint_text": "lint.runner",
    "parse_plan": "plan.builder",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
