"""A team's own orderings of stages: their kind of table, and the type of a migration, which names one.

An ordering is checked whole where it is read: its pairs are of milestones that there are, and form no ring.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lint_migration_plan.config.faults import Fault, Keys, dotted, quoted, suggestion, wrong
from lint_migration_plan.config.kinds import NAME, WORDS, Choice, Listed, Schema
from lint_migration_plan.config.settings import OrderingSettings, PairSettings
from lint_migration_plan.config.tables import Key, Synonyms, Table
from lint_migration_plan.config.words import PLAN_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.config.tables import Given


class PlanType:
    """A type of migration: one of the guide's, or the name of an ordering, which is not known here."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> str:
        """Read the name."""
        if not isinstance(value, str):
            return Choice(PLAN_TYPES).read(value, keys, faults)
        return value

    def schema(self) -> Schema:
        """Write the JSON Schema; an editor can complete at least the guide's types."""
        return {"anyOf": [Choice(PLAN_TYPES).schema(), NAME.schema()]}


class _Milestones:
    """What the names of stages begin with, by milestone; without such words the milestone's own name counts."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
        """Read the words by milestone; no words may mean two."""
        if not isinstance(value, dict):
            faults.append(wrong(keys, value, "a table of milestones, each with a list of words"))
            return {}
        _report_doubled(value, keys, faults)
        return Synonyms((), "milestones", open=True).read(value, keys, faults)

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": NAME.schema(),
            "additionalProperties": WORDS.schema(),
        }


class _Required:
    """A table whose keys must all be there."""

    def __init__(self, *keys: Key) -> None:
        self._table = Table(keys)

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> Given:
        """Read the table; what is missing is missed at the table."""
        given = self._table.read(value, keys, faults)
        missing = [key for key in self._table.keys if isinstance(value, dict) and key.name not in value]
        faults += (Fault(keys, f"{dotted(keys)} has no {quoted(key.name)}", at_key=True) for key in missing[:1])
        return given

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {**self._table.schema(), "required": [key.name for key in self._table.keys]}


_PAIR = _Required(
    Key("first", "first", NAME, "The milestone that comes first."),
    Key("then", "then", NAME, "The milestone that comes later."),
    Key("why", "why", NAME, "What is wrong as long as the first one is still to come, as messages say it."),
)
_PAIRS = Listed(_PAIR, "pairs of milestones, each with 'first', 'then' and 'why'", least=1)
_ORDERING = _Required(
    Key(
        "milestones", "milestones", _Milestones(), "The milestones, each with what the names of its stages begin with."
    ),
    Key("pairs", "pairs", _PAIRS, "The pairs of milestones whose order matters."),
)


_ENDS = ("first", "then")


class OrderingTable:
    """Orderings by the type of the migration."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> dict[str, OrderingSettings]:
        """Read the orderings, and check each."""
        if not isinstance(value, dict):
            faults.append(wrong(keys, value, "a table of orderings, each with 'milestones' and 'pairs'"))
            return {}
        _report_doubled(value, keys, faults)
        return {name: self._ordering(name, held, (*keys, name), faults) for name, held in value.items()}

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {"type": "object", "propertyNames": NAME.schema(), "additionalProperties": _ORDERING.schema()}

    def _ordering(self, name: str, value: object, keys: Keys, faults: list[Fault]) -> OrderingSettings:
        so_far = len(faults)
        NAME.read(name, keys, faults)
        given = _ORDERING.read(value, keys, faults)
        if len(faults) > so_far:
            # Its pairs can be followed when it is whole.
            return OrderingSettings({}, ())
        milestones = given["milestones"]
        names = {milestone.casefold(): milestone for milestone in milestones}
        here = (*keys, "pairs")
        for number, pair in enumerate(given["pairs"]):
            faults += _unknown_milestones(pair, names, (*here, number))
        if len(faults) > so_far:
            return OrderingSettings({}, ())
        pairs = [
            PairSettings(names[pair["first"].casefold()], names[pair["then"].casefold()], pair["why"])
            for pair in given["pairs"]
        ]
        faults += _doubled_pairs(pairs, here)
        if len(faults) == so_far:
            faults += _ring(pairs, milestones, here)
        return OrderingSettings(milestones, tuple(pairs))


def unknown_types(given: Given) -> Iterator[Fault]:
    """Find the types that name no ordering, at the top of a configuration and in its overrides."""
    own = given.get("orderings", {})
    places: list[tuple[Keys, Given]] = [((), given)]
    places += ((("overrides", index), override.given) for index, override in enumerate(given.get("overrides", ())))
    for at, settings in places:
        if "type" in settings:
            faults: list[Fault] = []
            types = plan_types((*own, *settings.get("orderings", {})))
            Choice(types).read(settings["type"], (*at, "type"), faults)
            yield from faults


def plan_types(own: Iterable[str]) -> tuple[str, ...]:
    """Give all types of migration: the guide's, and those of a team's own orderings."""
    return tuple(dict.fromkeys((*PLAN_TYPES, *own)))


def _report_doubled(table: Mapping[str, object], keys: Keys, faults: list[Fault]) -> None:
    """Report the names in a table that differ from an earlier one by letter case or spaces alone."""
    names: dict[str, str] = {}
    for name in table:
        earlier = names.setdefault(name.strip().casefold(), name)
        if earlier != name:
            faults.append(
                Fault(
                    (*keys, name),
                    f"{quoted(name)} stands twice in {dotted(keys)}, as {quoted(earlier)} too",
                    at_key=True,
                )
            )


def _unknown_milestones(pair: Mapping[str, str], names: Mapping[str, str], keys: Keys) -> Iterator[Fault]:
    for end in _ENDS:
        if pair[end].casefold() not in names:
            here = (*keys, end)
            near = suggestion(pair[end], names.values()) or f"; known are: {', '.join(names.values())}"
            yield Fault(here, f"{dotted(here)} {quoted(pair[end])} is none of the milestones{near}")


def _doubled_pairs(pairs: Sequence[PairSettings], keys: Keys) -> Iterator[Fault]:
    """Find the pairs that stand twice, and those of a milestone with itself."""
    seen: dict[tuple[str, str], int] = {}
    for number, (first, then, _) in enumerate(pairs):
        here = (*keys, number)
        earlier = seen.setdefault((first, then), number)
        if first == then:
            yield Fault(here, f"{dotted(here)} pairs {quoted(first)} with itself")
        elif earlier != number:
            yield Fault(here, f"{dotted(here)} is the same as {dotted((*keys, earlier))}")


def _ring(pairs: Sequence[PairSettings], milestones: Iterable[str], keys: Keys) -> Iterator[Fault]:
    """Find a ring, and say it at the last of its pairs, from its first milestone on."""
    from graphlib import CycleError, TopologicalSorter

    places = {milestone: place for place, milestone in enumerate(milestones)}
    graph: dict[str, list[str]] = {milestone: [] for milestone in places}
    for pair in pairs:
        graph[pair.then].append(pair.first)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1][1:]
        start = ring.index(min(ring, key=places.__getitem__))
        ring = [*ring[start:], *ring[: start + 1]]
        steps = set(pairwise(ring))
        last = max(number for number, pair in enumerate(pairs) if (pair.first, pair.then) in steps)
        here = (*keys, last)
        yield Fault(here, f"{dotted(here)} closes a ring: {' → '.join(map(quoted, ring))}; leave one of its pairs out")
