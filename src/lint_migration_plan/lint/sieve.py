"""Leave out of what is reported what is known: what the baseline holds, and what was there before a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.fingerprint import Fingerprints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lint_migration_plan.lint.rule import Place, Violation
    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.markdown.source import Source, Span

    # Tells of a place that is reported whether it was before, and does not lie in what changed.
    IsOld = Callable[["Key", Span], bool]


class Key(NamedTuple):
    """What a diagnostic is known by within its file."""

    rule: str
    fingerprint: str


class Known(NamedTuple):
    """What is known of a file before it is judged, and so not reported.

    ``baseline`` holds the keys of the baseline's entries for the file. ``since`` compares the file as it is now with
    what it was, None where all of it is looked at. Where nothing is known, a judgement is asked for its marks.
    """

    baseline: frozenset[Key] = frozenset()
    since: Callable[[Source], IsOld] | None = None


class Mark(NamedTuple):
    """A place that is reported: its key, where it is, and what it is about, for a reader."""

    key: Key
    span: Span
    about: str


class Sieve:
    """Goes over what the rules report of one file.

    ``marks`` are the places that were left, ``met`` the keys of the baseline that were met; ``baselined`` and
    ``unchanged`` count what was left out altogether.
    """

    def __init__(self, file: File, known: Known) -> None:
        self._known = known
        self._prints = Fingerprints(file)
        self._is_old = known.since(file.document.source) if known.since else None
        self.marks: list[Mark] = []
        self.met: set[Key] = set()
        self.baselined = self.unchanged = 0

    def left(self, rule: str, violations: Sequence[Violation]) -> list[Violation]:
        """Give what is left of what a rule reports, each violation and place with its fingerprint."""
        marked = [self._marked(rule, violation) for violation in violations]
        unknown = [
            left for violation in marked if (left := violation.without(lambda place: self._in_baseline(rule, place)))
        ]
        self.baselined += len(marked) - len(unknown)
        new = [left for violation in unknown if (left := violation.without(lambda place: self._is_before(rule, place)))]
        self.unchanged += len(unknown) - len(new)
        for place in _places(new):
            self.marks.append(Mark(Key(rule, place.fingerprint), place.span, self._prints.about(place)))
        return new

    def _marked(self, rule: str, violation: Violation) -> Violation:
        first = self._prints.of(rule, violation)
        alike = tuple(place._replace(fingerprint=self._prints.of(rule, place)) for place in violation.alike)
        return violation._replace(fingerprint=first, alike=alike)

    def _in_baseline(self, rule: str, place: Violation | Place) -> bool:
        key = Key(rule, place.fingerprint)
        if key not in self._known.baseline:
            return False
        self.met.add(key)
        return True

    def _is_before(self, rule: str, place: Violation | Place) -> bool:
        return self._is_old is not None and self._is_old(Key(rule, place.fingerprint), place.span)


def _places(violations: Sequence[Violation]) -> Iterator[Violation | Place]:
    for violation in violations:
        yield violation
        yield from violation.alike
