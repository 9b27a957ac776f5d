"""What a rule is: an id, a page, a severity, its options and its check.

A rule is one module below ``rules/`` that ends in ``RULE = Rule(...)``. Its check is a pure generator: it reads a plan,
or for a few rules the whole file or its suppressions, and yields violations; it knows nothing of paths or severities.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from lint_migration_plan.lint.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lint_migration_plan.lint.fix import Fix, NoFix
    from lint_migration_plan.markdown.source import Source, Span

__all__ = ["AnyRule", "NoOptions", "OtherFile", "Place", "Rule", "Scope", "Severity", "Violation"]

Subject = TypeVar("Subject")
Options = TypeVar("Options")


class Scope(Enum):
    """What a check gets.

    That is each `plan.nodes.Plan`, each `lint.subject.GapMapUse`, the `lint.subject.File`, or its
    `lint.suppress.Suppressions`.
    """

    PLAN = "plan"
    GAP_MAP = "gap map"
    FILE = "file"
    SUPPRESSIONS = "suppressions"


class OtherFile(NamedTuple):
    """A file that was read beside the one that is judged; ``path`` is as whoever named that one would open it."""

    path: str
    source: Source


class Place(NamedTuple):
    """A second place that matters to a violation, with a few words on why; in the same file if in no other.

    ``fix`` is set at the places of a habit only: what mends this one. The runner sets the ``fingerprint`` of these
    where it is asked for.
    """

    span: Span
    message: str
    fix: Fix | NoFix | None = None
    file: OtherFile | None = None
    fingerprint: str = ""


class Violation(NamedTuple):
    """What a check found: where, what is wrong and what would be right, and the other places that matter.

    A habit, the same deviation in many places, is one violation: ``alike`` are its further places, each with what would
    be said there alone, and ``again`` is the short word on each of them, empty where the long one is wanted.
    ``severity`` is set only where one rule weighs two cases differently; a severity from the configuration wins over
    it. ``fix`` mends what is at ``span``, or says why nothing does; the places of a habit have each its own. The runner
    sets the ``fingerprint`` where it is asked for.
    """

    span: Span
    message: str
    related: tuple[Place, ...] = ()
    severity: Severity | None = None
    alike: tuple[Place, ...] = ()
    again: str = "here too"
    fix: Fix | NoFix | None = None
    fingerprint: str = ""

    def without(self, is_hidden: Callable[[Violation | Place], bool]) -> Violation | None:
        """Leave the hidden places of a habit out: the first that is left speaks for the others, None where none is."""
        alike = tuple(place for place in self.alike if not is_hidden(place))
        if not is_hidden(self):
            return self._replace(alike=alike)
        if not alike:
            return None
        first, *others = alike
        return self._replace(
            span=first.span,
            message=first.message,
            fix=first.fix,
            fingerprint=first.fingerprint,
            alike=tuple(others),
        )


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a rule that has none."""


class Rule(NamedTuple, Generic[Subject, Options]):
    """A rule, whole.

    ``doc`` is its page: the summary line and the sections Why, Bad, Good and, where it has some, Options. ``options``
    is a frozen dataclass whose fields have defaults, and ``check`` gets an instance of it. ``enabled`` is False for a
    rule that runs only where the configuration selects it.
    """

    id: str
    doc: str
    severity: Severity
    options: type[Options]
    check: Callable[[Subject, Options], Iterable[Violation]]
    scope: Scope = Scope.PLAN
    enabled: bool = True


AnyRule = Rule[Any, Any]
