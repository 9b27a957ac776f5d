"""A YAML tree as plain values, and the places that they stand at."""

from __future__ import annotations

from typing import NamedTuple

from lint_migration_plan.config.faults import ConfigError, ConfigFault, Fault, Keys, quoted
from lint_migration_plan.config.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError, compose
from lint_migration_plan.markdown.source import Source


class Place(NamedTuple):
    """Where a value stands, and its key if it has one, as offsets; the ends are exclusive."""

    start: int
    end: int
    key_start: int
    key_end: int


Places = dict[Keys, Place]


def value_of(node: Node, keys: Keys, places: Places, faults: list[Fault]) -> object:
    """Convert a node; notes the places of all that is in it, and faults where YAML allows more than a configuration."""
    places.setdefault(keys, Place(node.start, node.end, node.start, node.end))
    if node.tag is not None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        faults.append(Fault(keys, f"tag {quoted(tag)} has no place here; write the plain value"))
    if isinstance(node, Scalar):
        return _plain(node)
    if isinstance(node, Sequence):
        return [value_of(item, (*keys, index), places, faults) for index, item in enumerate(node.items)]
    return _table(node, keys, places, faults)


def _table(node: Mapping, keys: Keys, places: Places, faults: list[Fault]) -> dict[str, object]:
    table: dict[str, object] = {}
    for key, value in node.entries():
        if not isinstance(key, Scalar):
            places.setdefault((*keys, ""), Place(value.start, value.end, key.start, key.end))
            faults.append(Fault((*keys, ""), "a list or a table is no key", at_key=True))
            continue
        # The key is the text that stands there: on and 1 are words too.
        here = (*keys, key.text)
        if key.text in table:
            faults.append(Fault(here, f"{quoted(key.text)} stands twice in one table", at_key=True))
        places[here] = Place(value.start, value.end, key.start, key.end)
        table[key.text] = value_of(value, here, places, faults)
    return table


def _plain(node: Scalar) -> object:
    from yaml.constructor import SafeConstructor
    from yaml.nodes import ScalarNode

    if node.type == "null":
        return None
    if node.type not in {"bool", "int", "float"}:
        return node.text
    constructor = SafeConstructor()
    construct = getattr(constructor, f"construct_yaml_{node.type}")
    try:
        value: object = construct(ScalarNode(f"tag:yaml.org,2002:{node.type}", node.text))
    except (ValueError, OverflowError):
        # 0b_ looks like a number and is none, and another one is longer than Python reads.
        return node.text
    return value


class YamlTable:
    """The table that a YAML file is; an empty file is an empty table."""

    def __init__(self, text: str, file: str) -> None:
        self._source = Source(text)
        self._places: Places = {}
        self.faults: list[Fault] = []
        try:
            root = compose(text)
        except YamlError as error:
            line = self._source.position(error.offset).line
            raise ConfigError([ConfigFault(file, line, error.message)]) from None
        self.table: object = {}
        if root is not None and not (isinstance(root, Scalar) and root.type == "null"):
            self.table = value_of(root, (), self._places, self.faults)

    def line(self, keys: Keys) -> int:
        """Give the line, from 1, of a key or list item; the first one where there is no such key."""
        place = self._places.get(keys)
        return self._source.position(place.key_start).line if place else 1
