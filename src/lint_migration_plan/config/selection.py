"""Which rules run: the words of ``select``, ``extend-select`` and ``ignore`` against the table of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.config.faults import quoted, suggestion
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = "all"

#: What it reports no other rule can judge, and silence would pass for a sound plan: no selection leaves it out.
_UNREADABLE = "unreadable-file"

_BY_DEFAULT, _BY_ALL, _BY_CATEGORY, _BY_RULE = range(4)
_NOT_AT_ALL = -1


def chosen_rules(select: Iterable[str], extend_select: Iterable[str], ignore: Iterable[str]) -> tuple[str, ...]:
    """Give the ids of the rules that run, in the order of the table.

    Without ``select`` these are the rules that are on by default. The word that names a rule most closely wins: its id
    before its category before "all", and among words of one kind the ignored one. A rule that is off by default does
    not come with its category. The rule for files that cannot be read runs unless it is ignored.
    """
    select, ignore = frozenset(select), frozenset(ignore)
    wanted = select | frozenset(extend_select)
    return tuple(
        entry.id
        for entry in ENTRIES.values()
        if _how_close(entry, wanted, on_by_default=entry.id == _UNREADABLE or (entry.enabled and not select))
        > _how_close(entry, ignore, on_by_default=False, with_category=True)
    )


def _how_close(entry: Entry, words: frozenset[str], *, on_by_default: bool, with_category: bool = False) -> int:
    if entry.id in words:
        return _BY_RULE
    if entry.category in words and (entry.enabled or with_category):
        return _BY_CATEGORY
    if ALL in words:
        return _BY_ALL
    return _BY_DEFAULT if on_by_default else _NOT_AT_ALL


def unknown_word(word: str, *, categories: bool) -> str:
    """Say what is wrong with a word that names no rule (or category, or "all"); the empty text where it names one."""
    known = (*CATEGORIES, ALL, *ENTRIES) if categories else tuple(ENTRIES)
    if word in known:
        return ""
    if word in CATEGORIES or word == ALL:
        return f"{quoted(word)} names no single rule"
    return f"unknown rule {quoted(word)}{suggestion(word, known) or '; --list-rules names them all'}"
