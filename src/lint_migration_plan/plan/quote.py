"""Quote an author in a message."""

from __future__ import annotations

from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

_LONGEST = 60
_TASK_BOX = LazyPattern(r"\A\[[ xX]\] ")


def quote(text: str) -> str:
    """Put a text in quotes on one line, cut short where it is long."""
    words = _TASK_BOX.sub("", " ".join(text[: 4 * _LONGEST].split()))
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    return f"'{words}'"
