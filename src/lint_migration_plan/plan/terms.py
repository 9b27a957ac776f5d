"""The guide's terms, and how far a value was read: what the readers of values and the tree of a plan share."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text

T = TypeVar("T")


class State(Enum):
    """How far a value could be read."""

    READ = "read"
    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"


class Reading(NamedTuple, Generic[T]):
    """A value as the author wrote it and, in state READ, what it means.

    ``reason`` says of an unreadable value why, where there is more to say than that it is none; it may name the way
    out.
    ``where`` is the stretch of the value that is at fault, where it is not the whole.
    """

    text: Text
    state: State
    value: T | None = None
    reason: str = ""
    where: Text | None = None


class Risk(IntEnum):
    """The guide's three risks, comparable."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    def __str__(self) -> str:
        """Give the guide's word."""
        return self.name.lower()


class SectionKind(Enum):
    """The sections of the guide; the value is the guide's heading."""

    FROM = "From"
    TO = "To"
    MOTIVATION = "Motivation"
    TIMELINE = "Timeline"
    ABORT = "Abort criteria"
    MAPPING = "Gap → Stage Mapping"
    VERIFICATION = "Verification per stage"


class FieldName(Enum):
    """The fields of a stage, in the guide's order; the value is the guide's label."""

    WHAT_CHANGES = "What changes"
    LAYERS = "Layers affected"
    RISK = "Risk"
    EFFORT = "Estimated effort"
    DEPENDENCIES = "Dependencies"
    CHANGES = "Changes"
    VERIFICATION = "Verification"
    ROLLBACK = "Rollback"
    ROLLBACK_TESTED = "Rollback tested"
    COMPATIBILITY = "Compatibility"

    # The one of enums is a function of Python, and many tables are by fields.
    __hash__ = object.__hash__


REQUIRED_FIELDS = tuple(name for name in FieldName if name is not FieldName.COMPATIBILITY)


class Layer(NamedTuple):
    """A layer that a stage names: the guide's word, or None where the author's ``text`` is none of them.

    ``meant`` is then the layer that the author most likely means ("database": data), if one is plain.
    """

    name: str | None
    text: Text
    meant: str | None = None
