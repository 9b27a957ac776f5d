"""What a rule is: an id, a page, a severity, its options and its check.

A rule is one module below ``rules/`` that ends in ``RULE = Rule(...)``. Its check is a pure generator: it reads a plan (or
a document) and yields violations; it knows nothing of paths, severities or suppressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from lint_migration_plan.lint.diagnostic import Severity
from lint_migration_plan.markdown.source import Span

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan

__all__ = ["NoOptions", "Place", "Rule", "Severity", "Violation"]

Options = TypeVar("Options")


class Place(NamedTuple):
    """A second place of the same file that matters to a violation, with a few words on why."""

    span: Span
    message: str


class Violation(NamedTuple):
    """What a check found: where, what is wrong and what would be right, and the other places that matter.

    ``severity`` is set only where one rule weighs two cases differently; a severity from the configuration wins over it.
    """

    span: Span
    message: str
    related: tuple[Place, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a rule that has none."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Options]):
    """A rule, whole.

    ``doc`` is its page: the summary line and the sections Why, Bad, Good and, where it has some, Options. ``options`` is a
    frozen dataclass whose fields have defaults, and ``check`` gets an instance of it.
    """

    id: str
    doc: str
    severity: Severity
    check: Callable[[Plan, Options], Iterable[Violation]]
    options: type[Options]
    enabled: bool = True


AnyRule = Rule[Any]
