"""What ``--show-config`` prints: each setting that holds, and where it is from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lint_migration_plan.config.files import Written, load
from lint_migration_plan.config.keys import OVERRIDES, TOP, VOCABULARY
from lint_migration_plan.config.rule_options import options_of
from lint_migration_plan.config.settings import Config, Origin, Override
from lint_migration_plan.config.tables import as_written

if TYPE_CHECKING:
    from collections.abc import Iterator


def show(config: Config, path: str | None) -> str:
    """Write the settings, one on a line; with a path those for that file, its overrides laid over the others.

    Reads the configuration file once more for the lines, and raises ConfigError where it went away meanwhile.
    """
    lines = [f"# configuration: {_printable(config.file or 'none')}"]
    if path is not None:
        lines.append(f"# for: {_printable(path)}{', which is excluded' if config.excludes(path) else ''}")
        config = config.for_file(path)
    sources = _Sources()
    lines += [f"{name}: {_json(value)}  # {sources.of(config, name)}" for name, value in _settings(config)]
    if path is None:
        for index, override in enumerate(config.overrides):
            lines += _override(f"{OVERRIDES.name}[{index}]", override, sources)
    return "\n".join(lines) + "\n"


class _Sources:
    """Names where settings are from; each file is read once."""

    def __init__(self) -> None:
        self._files: dict[str, Written] = {}

    def of(self, config: Config, name: str) -> str:
        return ", ".join(self._named(origin) for origin in config.origins.get(name, ())) or "default"

    def _named(self, origin: Origin) -> str:
        if not origin.keys:
            return origin.source
        if origin.source not in self._files:
            self._files[origin.source] = load(origin.source)
        place = f"{_printable(origin.source)}:{self._files[origin.source].line(origin.keys)}"
        return f"{OVERRIDES.name}[{origin.keys[1]}] of {place}" if origin.keys[0] == OVERRIDES.name else place


def _settings(config: Config) -> Iterator[tuple[str, object]]:
    """Yield each setting by its dotted name."""
    for key in TOP.keys:
        value = getattr(config, key.attribute)
        if key.attribute == "vocabulary":
            for word in VOCABULARY.keys:
                yield f"{key.name}.{word.name}", getattr(value, word.attribute)
        elif key.attribute == "orderings" and value:
            yield from ((f"{key.name}.{name}", ordering) for name, ordering in value.items())
        elif key.attribute == "severities":
            yield from ((f"{key.name}.{rule}", severity) for rule, severity in value.items())
        elif key.attribute == "rule_options":
            for rule, options in value.items():
                for option in options_of(type(options)):
                    yield f"{key.name}.{rule}.{option.name}", getattr(options, option.field)
        elif key is not OVERRIDES:
            yield key.name, value


def _override(name: str, override: Override, sources: _Sources) -> Iterator[str]:
    """Write what an override gives, and nothing of what it leaves as it is."""
    yield f"{name}.files: {_json(override.files)}"
    alone = Config().laid_under(override.layer)
    for key, value in _settings(alone):
        if key in override.layer.origins:
            yield f"{name}.{key}: {_json(value)}  # {sources.of(alone, key)}"


def _json(value: object) -> str:
    written = json.dumps(as_written(value), ensure_ascii=False)
    return written if written.isprintable() else json.dumps(as_written(value))


def _printable(path: str) -> str:
    return path if path.isprintable() else repr(path)
