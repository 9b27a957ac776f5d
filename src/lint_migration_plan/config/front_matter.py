"""The settings of one plan: ``migration-plan:`` in its front matter.

The rest of a front matter belongs to other tools. It has to be YAML, and that is all that is asked of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.settings import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.config.yaml_table import Places
    from lint_migration_plan.config.yaml_tree import Node

KEY = "migration-plan"

#: In characters.
_LONGEST = 256 * 1024


class FrontMatterPlace(NamedTuple):
    """A stretch of a front matter's content: line and columns from 0, the end exclusive.

    Without columns the whole line is meant.
    """

    line: int
    column: int | None = None
    end_column: int | None = None


class FrontMatterError(NamedTuple):
    """What is wrong with a front matter, and where, as in `FrontMatterPlace`."""

    message: str
    line: int
    column: int | None = None
    end_column: int | None = None


def read_front_matter(content: str, orderings: Iterable[str] = ()) -> PlanSettings | FrontMatterError:
    """Read the YAML between the two lines of dashes; the first thing that is wrong takes the place of the settings.

    ``orderings`` are the names of a team's own: types of a migration beside the guide's.
    """
    if len(content) > _LONGEST:
        return FrontMatterError(f"front matter is longer than {_LONGEST // 1024} KiB, the most that is read", 0)
    if not content.strip():
        return PlanSettings()
    from lint_migration_plan.config.yaml_tree import Mapping, Scalar, YamlError, compose

    try:
        root = compose(content)
    except YamlError as error:
        return _error(
            content,
            f"front matter is {error.message}" if error.message.startswith("not") else f"front matter: {error.message}",
            error.offset,
        )
    if root is None or (isinstance(root, Scalar) and root.type == "null"):
        return PlanSettings()
    if not isinstance(root, Mapping):
        kind = "text" if isinstance(root, Scalar) else "a list"
        return _error(content, f"front matter is {kind}, and not keys with values", root.start)
    ours = [(key, value) for key, value in root.entries() if isinstance(key, Scalar) and key.text == KEY]
    if len(ours) > 1:
        key = ours[1][0]
        return _error(content, f"'{KEY}' stands twice in the front matter", key.start, key.end)
    return _settings(content, ours[0][1], orderings) if ours else PlanSettings()


def place_of_setting(content: str, name: str) -> FrontMatterPlace | None:
    """Say where the value of one of our keys stands; None where it does not stand in a front matter that was read."""
    from lint_migration_plan.config.yaml_table import value_of
    from lint_migration_plan.config.yaml_tree import Mapping, YamlError, compose

    places: Places = {}
    try:
        root = compose(content)
    except YamlError:
        return None
    if isinstance(root, Mapping):
        value_of(root, (), places, [])
    place = places.get((KEY, name))
    return _place(content, place.start, place.end) if place else None


def _settings(content: str, node: Node, orderings: Iterable[str]) -> PlanSettings | FrontMatterError:
    from lint_migration_plan.config.faults import EnoughFaultsError, Faults
    from lint_migration_plan.config.keys import plan_table
    from lint_migration_plan.config.orderings import plan_types
    from lint_migration_plan.config.yaml_table import value_of

    places: Places = {}
    faults = Faults()
    try:
        value = value_of(node, (KEY,), places, faults)
        given = {} if value is None and not faults else plan_table(plan_types(orderings)).read(value, (KEY,), faults)
    except EnoughFaultsError:
        given = {}
    if not faults:
        return PlanSettings(**given)
    fault = min(faults, key=lambda fault: places[fault.keys].key_start)
    place = places[fault.keys]
    start, end = (place.key_start, place.key_end) if fault.at_key else (place.start, place.end)
    return _error(content, fault.message, start, end)


def _error(content: str, message: str, start: int, end: int | None = None) -> FrontMatterError:
    return FrontMatterError(message, *_place(content, start, end))


def _place(content: str, start: int, end: int | None) -> FrontMatterPlace:
    """Place a stretch of the content; one of several lines, or of none, is told by its first line alone."""
    from lint_migration_plan.markdown.source import Source

    source = Source(content)
    line, column = source.position(start)
    if end is None or end <= start or source.position(end).line != line:
        return FrontMatterPlace(line - 1, column - 1)
    return FrontMatterPlace(line - 1, column - 1, column - 1 + end - start)
