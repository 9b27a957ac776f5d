"""YAML as a tree of nodes, each with its place in the text; nothing of it is executed or even converted.

PyYAML's events are put together here rather than by its own composer: a stranger's text must neither nest so deeply nor
repeat itself by aliases so often that a walk over it would not end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 64
_TOO_DEEP = f"nested deeper than {_DEEPEST} levels"
#: With everything that aliases repeat; the count of what a walk over the tree meets.
_MOST_NODES = 100_000

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class YamlError(Exception):
    """A text that is not YAML, or more than can be read; ``offset`` is where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Scalar(NamedTuple):
    """A single value: its text, and its type by YAML's rules: str, bool, int, float, null, merge or another."""

    text: str
    type: str
    tag: str | None
    start: int
    end: int


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    tag: str | None
    start: int
    end: int


class Mapping(NamedTuple):
    """A table, as it is written: keys may be doubled, and ``<<`` is a key."""

    pairs: tuple[tuple[Node, Node], ...]
    tag: str | None
    start: int
    end: int

    def entries(self) -> Iterator[tuple[Node, Node]]:
        """Yield the keys and values; those that ``<<`` takes from other tables come last, and never twice."""
        own = [(key, value) for key, value in self.pairs if not _is_merge(key)]
        yield from own
        seen = {key.text for key, _ in own if isinstance(key, Scalar)}
        for key, value in self.pairs:
            for merged in _merged(value) if _is_merge(key) else ():
                for inner_key, inner_value in merged.entries():
                    if isinstance(inner_key, Scalar) and inner_key.text not in seen:
                        seen.add(inner_key.text)
                        yield inner_key, inner_value


Node = Scalar | Sequence | Mapping


def compose(text: str) -> Node | None:
    """Read the one document of a text; None where it is empty. Raises YamlError."""
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        raise YamlError(f"not YAML: the character U+{ord(unprintable[0]):04X} has no place in it", unprintable.start())
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return _Composer(loader).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        offset = min(mark.index, len(text)) if mark else 0
        said = getattr(error, "problem", None) or str(error).partition("\n")[0]
        if "maximum nesting depth" in said:
            # The C scanner looks ahead, and newer ones stop before our own count does.
            raise YamlError(_TOO_DEEP, offset) from None
        raise YamlError(f"not YAML: {_explained(said, text, offset)}", offset) from None
    finally:
        loader.dispose()


def _explained(said: str, text: str, offset: int) -> str:
    if text[offset : offset + 1] == "\t":
        return "a tab stands where only spaces may"
    if "mapping values are not allowed" in said:
        return "a second ': ' in one value; put the value in quotes"
    return said.replace("invalid", "unreadable")


def _is_merge(key: Node) -> bool:
    return isinstance(key, Scalar) and key.type == "merge"


def _merged(value: Node) -> tuple[Mapping, ...]:
    values = value.items if isinstance(value, Sequence) else (value,)
    return tuple(value for value in values if isinstance(value, Mapping))


class _Tree(NamedTuple):
    """A node with how many nodes and levels a walk over it meets; what an alias repeats counts each time."""

    node: Node
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Open:
    """A list or table that has not come to its end."""

    event: Any
    nodes: list[Node]
    size: int = 1
    height: int = 1


class _Composer:
    """Puts events together, on a stack of its own: how deep a text nests is not for the interpreter's stack to find."""

    def __init__(self, loader: Any) -> None:  # noqa: ANN401 - PyYAML's two loaders have no type in common
        import yaml

        self._events: Any = yaml.events
        self._loader = loader
        self._resolver: Any = yaml.resolver.Resolver()
        self._scalar_node = yaml.ScalarNode
        #: None stands for a node that is still open.
        self._anchors: dict[str, _Tree | None] = {}
        self._open: list[_Open] = []

    def document(self) -> Node | None:
        root = None
        documents = 0
        while self._loader.check_event():
            event = self._loader.get_event()
            if isinstance(event, self._events.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise YamlError("a second YAML document starts; only one is read", event.start_mark.index)
            elif isinstance(event, self._events.NodeEvent | self._events.CollectionEndEvent):
                tree = self._tree(event)
                if tree and self._open:
                    self._add(tree, event.start_mark.index)
                elif tree:
                    root = tree.node
        return root

    def _tree(self, event: Any) -> _Tree | None:  # noqa: ANN401 - one of PyYAML's events
        """Give what an event completes, if it does."""
        if isinstance(event, self._events.AliasEvent):
            return self._aliased(event.anchor, event.start_mark.index)
        if isinstance(event, self._events.CollectionStartEvent):
            if event.anchor:
                self._anchors[event.anchor] = None
            if len(self._open) >= _DEEPEST:
                raise YamlError(_TOO_DEEP, event.start_mark.index)
            self._open.append(_Open(event, []))
            return None
        if isinstance(event, self._events.ScalarEvent):
            tree, anchor = _Tree(self._scalar(event)), event.anchor
        else:
            closed = self._open.pop()
            tree, anchor = (
                _Tree(_collection(closed, event.end_mark.index), closed.size, closed.height),
                closed.event.anchor,
            )
        if anchor:
            self._anchors[anchor] = tree
        return tree

    def _aliased(self, anchor: str, offset: int) -> _Tree:
        if anchor not in self._anchors:
            raise YamlError(f"not YAML: alias '*{anchor}' has no anchor", offset)
        tree = self._anchors[anchor]
        if tree is None:
            raise YamlError(f"alias '*{anchor}' stands inside of what it repeats", offset)
        return tree

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401 - one of PyYAML's events
        tag = self._resolver.resolve(self._scalar_node, event.value, event.implicit)
        kind = str(tag).rpartition(":")[2]
        return Scalar(event.value, kind, event.tag, event.start_mark.index, event.end_mark.index)

    def _add(self, tree: _Tree, offset: int) -> None:
        parent = self._open[-1]
        parent.nodes.append(tree.node)
        parent.size += tree.size
        parent.height = max(parent.height, tree.height + 1)
        if parent.size > _MOST_NODES:
            raise YamlError(f"holds more than {_MOST_NODES} values", offset)
        if len(self._open) + tree.height > _DEEPEST:
            raise YamlError(_TOO_DEEP, offset)


def _collection(closed: _Open, end: int) -> Sequence | Mapping:
    start, tag, nodes = closed.event.start_mark.index, closed.event.tag, closed.nodes
    if type(closed.event).__name__ == "SequenceStartEvent":
        return Sequence(tuple(nodes), tag, start, end)
    return Mapping(tuple(zip(nodes[::2], nodes[1::2], strict=True)), tag, start, end)
