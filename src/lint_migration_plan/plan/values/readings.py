"""The readings of values that say nothing: empty ones, placeholders, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.fold import LIMIT
from lint_migration_plan.plan.values.placeholders import is_placeholder, places_of_placeholders

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text


def unread(text: Text) -> Reading[Any] | None:
    """Give the reading of a value that is empty or a placeholder; None for one that is to be read."""
    if is_placeholder(text):
        return Reading(text, State.PLACEHOLDER)
    return None if text else Reading(text, State.EMPTY)


def unreadable(text: Text, reason: str = "", where: Text | None = None) -> Reading[Any]:
    """Give the reading of a value that makes no sense: a placeholder where it holds one, which says enough."""
    if places_of_placeholders(text.slice(0, LIMIT)):
        return Reading(text, State.PLACEHOLDER)
    return Reading(text, State.UNREADABLE, reason=reason, where=where)
