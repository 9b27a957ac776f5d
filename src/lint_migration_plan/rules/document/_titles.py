"""What the title of a plan is to be where it names the migration in other words than the guide's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Title

_PLAN_OF = LazyPattern(r"migration plan\s*(?:[:：—–]|\s-)\s*(?=\w)", re.IGNORECASE)
_OWN_PLAN = LazyPattern(r"(?=\w)(?!migration)[^:：—–\n]{1,200}(?<=\w)(?P<plan>\s+migration plan)", re.IGNORECASE)

#: The guide's own level of a title.
LEVEL = 2


class RightTitle(NamedTuple):
    """The name of the migration, and the level that the title can have without its sections."""

    name: Text
    level: int


def right_title(plan: Plan) -> RightTitle | None:
    """Take the name of the migration from a title that holds nothing else but the words "migration plan"."""
    title = plan.title
    if title is None:
        return None
    if title.canonical:
        return RightTitle(title.name, title.level)
    text = title.text
    before, behind = _PLAN_OF.match(text.plain), _OWN_PLAN.fullmatch(text.plain)
    if text.raw != text.plain or not (before or behind):
        return None
    name = text.slice(before.end() if before else 0, behind.start("plan") if behind else None)
    return RightTitle(name, _level(title, plan))


def _level(title: Title, plan: Plan) -> int:
    """Give the level of a title: the guide's second one, where the first would leave a level out above the sections."""
    below = {section.level for section in plan.overview.sections if section.parent is title.section}
    return LEVEL if title.level < LEVEL and min(below, default=0) > LEVEL else title.level
