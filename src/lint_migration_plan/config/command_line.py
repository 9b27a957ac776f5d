"""The options of the command line as a layer of settings, checked as those of a file are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.config.faults import ConfigError, ConfigFault, Fault
from lint_migration_plan.config.keys import TOP
from lint_migration_plan.config.settings import COMMAND_LINE, Layer, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping


def checked_layer(given: Mapping[str, Any]) -> Layer:
    """Check the options by the declarations of their keys; raises ConfigError that names the option of each fault."""
    keys = {key.attribute: key for key in TOP.keys}
    errors: list[ConfigFault] = []
    read: dict[str, Any] = {}
    origins = {}
    for attribute, value in given.items():
        key = keys[attribute]
        faults: list[Fault] = []
        # The option that the message starts with says what the value is for.
        read[attribute] = key.kind.read(list(value) if isinstance(value, tuple) else value, (), faults)
        errors += [ConfigFault(f"--{key.name}", None, fault.message) for fault in faults]
        names = [f"{key.name}.{rule}" for rule in value] if attribute == "severities" else [key.name]
        origins.update(dict.fromkeys(names, Origin(COMMAND_LINE)))
    if errors:
        raise ConfigError(errors)
    return Layer(read, origins)
