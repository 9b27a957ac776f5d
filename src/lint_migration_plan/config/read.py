"""Read a configuration: its table by the declarations, and every fault to its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lint_migration_plan.config.faults import (
    ConfigError,
    ConfigFault,
    EnoughFaultsError,
    Fault,
    Faults,
    Keys,
    dotted,
    quoted,
    suggestion,
)
from lint_migration_plan.config.files import TABLE_NAME, load
from lint_migration_plan.config.keys import OVERRIDES, TOP
from lint_migration_plan.config.orderings import unknown_types
from lint_migration_plan.config.paths import folder_of
from lint_migration_plan.config.settings import Config, Layer, Origin, Override
from lint_migration_plan.config.words import LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lint_migration_plan.config.tables import Given

#: The keys that are merged entry by entry, and how many levels down their entries stand.
_MERGED = {"severity": 1, "orderings": 1, "vocabulary": 1, "rules": 2}


def read_config(path: str) -> Config:
    """Read a ``.toml``, ``.yaml`` or ``.yml`` file; raises ConfigError that holds all that is wrong with it."""
    written = load(path)
    if written.table is None:
        raise ConfigError([ConfigFault(path, None, f"there is no [tool.{TABLE_NAME}] in this file")])
    return replace(_config(written.table, path, folder_of(path), written.faults, written.line), file=path)


def read_settings(table: object, source: str, root: str | None) -> Config:
    """Read a configuration that stands in no file, such as an editor's settings; raises ConfigError.

    ``source`` is what messages call it; its patterns are relative to the folder ``root``.
    """
    return _config(table, source, root, (), lambda _keys: None)


def _config(
    written: object, path: str, root: str | None, found: Iterable[Fault], line: Callable[[Keys], int | None]
) -> Config:
    table = written if isinstance(written, dict) else {}
    given: Given = {}
    faults = Faults(found)
    try:
        if table is not written:
            faults.append(Fault((), "a configuration is a table of keys, such as fail-on: error"))
        given = TOP.read(table, (), faults)
        faults.extend((*_pairs_of_unknown_layers(given), *unknown_types(given)))
    except EnoughFaultsError:
        pass
    if faults:
        # Of two faults at one place the second follows from the first.
        first = {fault.keys: fault for fault in reversed(faults)}
        errors = [ConfigFault(path, line(fault.keys), fault.message) for fault in reversed(first.values())]
        raise ConfigError(sorted(errors, key=lambda error: error.line or 0)[: Faults.MOST])
    overrides = tuple(
        Override(files, Layer(values, _origins(table[OVERRIDES.name][index], path, (OVERRIDES.name, index))))
        for index, (files, values) in enumerate(given.pop(OVERRIDES.attribute, ()))
    )
    config = Config(overrides=overrides, root=root)
    return config.laid_under(Layer(given, _origins(table, path, ())))


def _pairs_of_unknown_layers(given: Given) -> Iterator[Fault]:
    """Find the pairs with a layer that neither the guide has nor the vocabulary adds."""
    top = given.get("vocabulary", {})
    places: list[tuple[Keys, Given]] = [((), top)]
    for index, override in enumerate(given.get(OVERRIDES.attribute, ())):
        places.append(((OVERRIDES.name, index), override.given.get("vocabulary", {})))
    for at, words in places:
        layers = {layer.casefold() for layer in (*LAYERS, *top.get("layers", ()), *words.get("layers", ()))}
        for number, pair in enumerate(words.get("coupled_pairs", ())):
            here = (*at, "vocabulary", "coupled-pairs", number)
            for layer in pair:
                if layer and layer.casefold() not in layers:
                    near = suggestion(layer, layers) or "; vocabulary.layers adds layers"
                    yield Fault(here, f"{dotted(here)} names {quoted(layer)}, which is no layer{near}")
            if pair[0] and pair[0].casefold() == pair[1].casefold():
                yield Fault(here, f"{dotted(here)} pairs {quoted(pair[0])} with itself")


def _origins(table: dict[str, object], file: str, at: Keys) -> dict[str, Origin]:
    return {
        ".".join(keys): Origin(file, (*at, *keys))
        for name, value in table.items()
        if name not in {"files", OVERRIDES.name}
        for keys in _entries(name, value, _MERGED.get(name, 0))
    }


def _entries(name: str, value: object, levels: int) -> Iterator[tuple[str, ...]]:
    if levels and isinstance(value, dict):
        for inner, held in value.items():
            for keys in _entries(inner, held, levels - 1):
                yield (name, *keys)
    else:
        yield (name,)
