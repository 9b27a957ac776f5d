"""Say a habit once: what deviates alike in many places is one violation, at the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lint_migration_plan.lint.rule import Place, Violation

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from lint_migration_plan.markdown.source import Span

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")


def habit(message: str, spans: Sequence[Span], again: str = "here too") -> Violation:
    """Make one violation of places that deviate alike, the first of them first; ``again`` is said of the others."""
    first, *others = spans
    count = f" (and {len(others)} more like it)" if others else ""
    return Violation(first, message + count, tuple(Place(span, again) for span in others))


def grouped(pairs: Iterable[tuple[K, T]]) -> Mapping[K, list[T]]:
    """Put together what has the same key, in the order of its first member."""
    groups: dict[K, list[T]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return groups
