"""Say a habit once: what deviates alike in many places is one violation, at the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lint_migration_plan.lint.rule import Place, Violation

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from lint_migration_plan.lint.fix import Fix, NoFix
    from lint_migration_plan.markdown.source import Span

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")


def habit(
    message: str | Sequence[str],
    spans: Sequence[Span],
    again: str = "here too",
    fixes: Sequence[Fix | NoFix | None] | None = None,
) -> Violation:
    """Make one violation of places that deviate alike, the first of them first.

    ``message`` is what would be said of each alone, or one for each; ``again`` is the short word on all but the first,
    empty where its own message is to stand there. ``fixes`` has what mends each place.
    """
    messages = [message] * len(spans) if isinstance(message, str) else message
    first, *others = map(Place, spans, messages, fixes or [None] * len(spans))
    return Violation(first.span, first.message, alike=tuple(others), again=again, fix=first.fix)


def grouped(pairs: Iterable[tuple[K, T]]) -> Mapping[K, list[T]]:
    """Put together what has the same key, in the order of its first member."""
    groups: dict[K, list[T]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return groups
