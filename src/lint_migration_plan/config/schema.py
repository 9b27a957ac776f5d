"""The JSON Schema of a configuration, for editors: of the YAML file, and of the table in pyproject.toml.

``python -m lint_migration_plan.config.schema`` writes it to ``config.schema.json`` beside this module. It comes from
the declarations that the reader reads by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.config.keys import TOP, VOCABULARY
from lint_migration_plan.config.selection import ALL
from lint_migration_plan.config.settings import Config, VocabularySettings
from lint_migration_plan.config.words import SEVERITIES
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES

if TYPE_CHECKING:
    from lint_migration_plan.config.tables import Table

FILE_NAME = "config.schema.json"


def schema() -> dict[str, object]:
    """Write the schema, in the 2020-12 draft."""
    defaults = Config()
    written = _with_defaults(TOP, defaults)
    written["properties"]["vocabulary"] |= _with_defaults(VOCABULARY, defaults.vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of lint-migration-plan",
        "description": "What .lint-migration-plan.yaml holds, or [tool.lint-migration-plan] in pyproject.toml.",
        **written,
        "$defs": {
            "rule": {"description": "The id of a rule.", "enum": list(ENTRIES)},
            "selector": {
                "description": 'A rule, a category of rules, or "all".',
                "enum": [ALL, *CATEGORIES, *ENTRIES],
            },
            "severity": {"description": "How much a diagnostic weighs.", "enum": list(SEVERITIES)},
        },
    }


def _with_defaults(table: Table, settings: Config | VocabularySettings) -> dict[str, Any]:
    written: dict[str, Any] = table.schema()
    for key in table.keys:
        default = getattr(settings, key.attribute)
        if isinstance(default, (bool, int, float, str)):
            written["properties"][key.name]["default"] = default
    return written


def schema_text() -> str:
    """Write the schema as its file holds it."""
    import json

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":  # pragma: no cover - a test compares what it wrote
    from pathlib import Path

    Path(__file__).with_name(FILE_NAME).write_text(schema_text(), encoding="utf-8", newline="\n")
