"""The files that a configuration may stand in: their bytes, their text, and the table in it, unchecked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lint_migration_plan.config.faults import ConfigError, ConfigFault
from lint_migration_plan.config.paths import ending_of, is_something_else, read_bytes

if TYPE_CHECKING:
    from lint_migration_plan.config.faults import Fault, Keys

#: Under ``tool``, in a TOML file.
TABLE_NAME = "lint-migration-plan"

#: In bytes; a configuration is written by hand.
_LARGEST = 1024 * 1024


class Written(Protocol):
    """A table as it stands in a file; ``table`` is None where the file has none of ours."""

    table: object
    faults: list[Fault]

    def line(self, keys: Keys) -> int:
        """Give the line, from 1, of a key or list item; the first one where there is no such key."""
        ...  # pragma: no cover - a protocol has no body


def has_our_table(path: str) -> bool:
    """Tell whether a pyproject.toml has our table; raises ConfigError where it names us and cannot be parsed."""
    # Most do not name us at all, and what is wrong with them is none of our business.
    return TABLE_NAME.encode() in _bytes(path) and load(path).table is not None


def load(path: str) -> Written:
    """Read the table of a ``.toml``, ``.yaml`` or ``.yml`` file; raises ConfigError where there is none to be read."""
    ending = ending_of(path)
    if ending == ".toml":
        from lint_migration_plan.config.toml_table import TomlTable

        return TomlTable(_text(path), path)
    if ending in {".yaml", ".yml"}:
        from lint_migration_plan.config.yaml_table import YamlTable

        return YamlTable(_text(path), path)
    raise ConfigError([ConfigFault(path, None, "a configuration is a .toml, .yaml or .yml file")])


def _text(path: str) -> str:
    """Read a file's text without its byte order mark."""
    held = _bytes(path)
    if len(held) > _LARGEST:
        raise ConfigError([ConfigFault(path, None, "larger than 1 MiB, the most that is read of a configuration")])
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind a byte order mark.
        at = error.start + len(held) - len(error.object)
        line = held.count(b"\n", 0, at) + 1
        raise ConfigError([ConfigFault(path, line, f"not UTF-8: byte 0x{held[at]:02x}")]) from None


def _bytes(path: str) -> bytes:
    """Read a file's bytes, up to one more than the largest that is read."""
    if is_something_else(path):
        # A pipe that nobody writes to would keep us waiting for ever.
        raise ConfigError([ConfigFault(path, None, "not a regular file")])
    try:
        return read_bytes(path, _LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"cannot be read: {reason[:1].lower() + reason[1:]}"
        raise ConfigError([ConfigFault(path, None, message)]) from None
