"""Find the configuration of a file: the nearest one on the way up from its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.config.faults import ConfigError, ConfigFault
from lint_migration_plan.config.files import has_our_table
from lint_migration_plan.config.paths import absolute, as_named, folder_of, inside, is_file, name_of
from lint_migration_plan.config.settings import Config

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_NAMES = (".lint-migration-plan.yaml", ".lint-migration-plan.yml")


def find_config(folder: str) -> str | None:
    """Find the configuration of a folder, walking up to the root of the file system; None where there is none.

    Raises ConfigError where one folder has two, or where a file that names us cannot be read.
    """
    return ConfigFinder().find(folder)


class ConfigFinder:
    """Finds and reads configurations for a whole run, each folder and each file once.

    ``explicit`` is the one file that holds for all; with ``isolated`` there is none for any. ``lay_over`` is applied to
    each configuration: it is for the options of the command line.
    """

    def __init__(
        self,
        explicit: str | None = None,
        *,
        isolated: bool = False,
        lay_over: Callable[[Config], Config] = lambda config: config,
    ) -> None:
        self._explicit = explicit
        self._isolated = isolated
        self._lay_over = lay_over
        self._found: dict[str, str | ConfigError | None] = {}
        self._read: dict[str | None, Config | ConfigError] = {}

    def config_for(self, path: str) -> Config:
        """Give the settings that hold for a file, without the overrides for it; raises ConfigError.

        The file need not be there, so that a text from elsewhere can be judged as if it stood at that path. A path that
        ends with a slash is a folder, and its own configuration the nearest.
        """
        if self._isolated:
            return self._config(None)
        return self._config(self._explicit or self.find(folder_of(path)))

    def find(self, folder: str) -> str | None:
        """Find the configuration of a folder; raises ConfigError."""
        folder = absolute(folder)
        way = []
        while folder not in self._found:
            way.append(folder)
            try:
                found: str | ConfigError | None = _config_in(folder)
            except ConfigError as error:
                found = error
            parent = folder_of(folder)
            if found is not None or parent == folder:
                self._found[folder] = found
            else:
                folder = parent
        found = self._found[folder]
        self._found.update(dict.fromkeys(way, found))
        if isinstance(found, ConfigError):
            raise found
        return found

    def _config(self, file: str | None) -> Config:
        if file not in self._read:
            try:
                self._read[file] = self._lay_over(Config() if file is None else _read(as_named(file)))
            except ConfigError as error:
                self._read[file] = error
        config = self._read[file]
        if isinstance(config, ConfigError):
            raise config
        return config


def _read(file: str) -> Config:
    from lint_migration_plan.config.read import read_config

    return read_config(file)


def _config_in(folder: str) -> str | None:
    """Find the configuration that stands in a folder itself."""
    found = [path for name in FILE_NAMES if is_file(path := inside(folder, name))]
    pyproject = inside(folder, "pyproject.toml")
    if is_file(pyproject) and has_our_table(as_named(pyproject)):
        found.append(pyproject)
    if len(found) > 1:
        others = " and ".join(repr(name_of(path)) for path in found[1:])
        raise ConfigError(
            [ConfigFault(as_named(found[0]), None, f"{others} beside it is a configuration too; keep one")]
        )
    return found[0] if found else None
