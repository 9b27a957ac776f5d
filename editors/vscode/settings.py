"""Write the settings of the extension into its package.json: those of the configuration, and how the server starts.

Run with the Python that the linter is installed in: ``python editors/vscode/settings.py``.
"""
# ruff: noqa: INP001 - a script, in no package

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lint_migration_plan.config.schema import schema

Json = Any

PACKAGE = Path(__file__).with_name("package.json")
SECTION = "lint-migration-plan"

#: What a configuration says of a whole run, and of files that are no plans: an editor has neither.
NOT_FOR_EDITORS = {"fail-on", "plans-only"}

_OWN = {
    "server.command": {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "default": ["lint-migration-plan-lsp"],
        "description": "The command that starts the language server, with its arguments. "
        "${workspaceFolder} stands for the first folder of the workspace.",
        "scope": "machine-overridable",
    },
    "trace.server": {
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "description": "What of the talk with the server is written to its output channel.",
    },
    "suppression-reason": {
        "type": "string",
        "description": "The reason that a comment gives which accepts a diagnostic.",
    },
}


def package_text() -> str:
    """Write package.json as it should be, from what it is otherwise."""
    package = json.loads(PACKAGE.read_text("utf-8"))
    written: Any = schema()
    mirrored = {
        key: _without_references(declared, written)
        for key, declared in written["properties"].items()
        if key not in NOT_FOR_EDITORS
    }
    package["contributes"]["configuration"] = [
        _group("Migration plans", _OWN),
        _group("Configuration of files that have none of their own", mirrored),
    ]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _group(title: str, settings: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "properties": {f"{SECTION}.{key}": setting for key, setting in settings.items()}}


def _without_references(declared: Json, whole: Json) -> Json:
    """Put in what is referred to: a setting has no definitions beside it."""
    if isinstance(declared, list):
        return [_without_references(each, whole) for each in declared]
    if not isinstance(declared, dict):
        return declared
    others = {key: _without_references(value, whole) for key, value in declared.items() if key != "$ref"}
    if "$ref" not in declared:
        return others
    found = whole
    for step in declared["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return {**_without_references(found, whole), **others}


if __name__ == "__main__":
    PACKAGE.write_text(package_text(), encoding="utf-8", newline="\n")
