"""A table of a TOML file, and the lines of its keys."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from lint_migration_plan.config.faults import ConfigError, ConfigFault, Fault, Keys
from lint_migration_plan.config.toml_lines import guard, key_lines

#: Where our table stands.
HEADER: Keys = ("tool", "lint-migration-plan")


class TomlTable:
    """The table ``[tool.lint-migration-plan]`` of a file, or None as its ``table`` where the file has none."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self.faults: list[Fault] = []
        held: object = self._parsed()
        for key in HEADER:
            held = held.get(str(key)) if isinstance(held, dict) else None
        self.table = held

    def line(self, keys: Keys) -> int:
        """Give the line, from 1, of a key or list item; the first one where there is no such key."""
        return self._lines.get((*HEADER, *keys), 1)

    @cached_property
    def _lines(self) -> dict[Keys, int]:
        return key_lines(self._text)

    def _parsed(self) -> dict[str, Any]:
        import tomllib

        text = self._text.replace("\r\n", "\n")
        too_much = guard(text)
        if too_much:
            raise self._error(*too_much)
        try:
            return tomllib.loads(text)
        except ValueError as error:
            # Besides TOMLDecodeError: a number with too many digits, or a date that no calendar has.
            where = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
            said = str(error)[: where.start()] if where else str(error)
            line = int(where[1]) if where and where[1] else text.count("\n") + 1 if where else None
            said = said[:1].lower() + said[1:]
            raise self._error(line, f"not TOML: {said.replace('invalid', 'unreadable')}") from None

    def _error(self, line: int | None, message: str) -> ConfigError:
        return ConfigError([ConfigFault(self._file, line, message)])
