"""Suppression that hides nothing.

## Why
A suppression that hides nothing is a promise that nobody keeps: it was written for a defect that is gone, for another
place, or with a slip in the rule's name, and the defect that it should hide is reported all the same. Left in place, it
hides the next defect that comes along.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

<!-- lint-migration-plan: ignore[empty-overview-sections] -- the board announces the reason on 1 March -->
### Motivation
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

<!-- lint-migration-plan: ignore[empty-overview-section] -- the board announces the reason on 1 March -->
### Motivation
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.suppress import Suppression, Suppressions

_FORM = "<!-- lint-migration-plan: ignore[rule-id] -- reason -->"

#: Whether these hide anything is known only after they ran, which is now.
_UNDECIDED = frozenset(("unused-suppression", "unexplained-suppression"))


def check(suppressions: Suppressions, options: NoOptions) -> Iterator[Violation]:
    """Report suppressions that name no rule, and rules that they name in vain."""
    for suppression in suppressions.all:
        if not suppression.rules:
            yield Violation(suppression.span, f"this suppression names no rule; write '{_FORM}'")
            continue
        yield from _unknown(suppression)
        yield from _unused(suppression, suppressions.ran)


def _unknown(suppression: Suppression) -> Iterator[Violation]:
    for name, span in suppression.rules:
        if name not in ENTRIES:
            close = nearest(name.casefold(), ENTRIES)
            way_out = f"did you mean '{close}'?" if close else "--list-rules lists them"
            yield Violation(span, f"{quote(name)} is no rule; {way_out}")


def _unused(suppression: Suppression, ran: frozenset[str]) -> Iterator[Violation]:
    unused = [
        (name, span)
        for name, span in dict(suppression.rules).items()
        if name in ran and name not in suppression.used and name not in _UNDECIDED
    ]
    if not unused:
        return
    names = ", ".join(name for name, _ in unused)
    if len(unused) == len(dict(suppression.rules)):
        yield Violation(suppression.span, f"this suppression of {names} hides nothing; delete it")
    else:
        yield Violation(unused[0][1], f"this suppression hides nothing of {names}; take it out of the list")


RULE = Rule(
    id="unused-suppression",
    doc=__doc__ or "",
    severity=Severity.WARNING,
    options=NoOptions,
    check=check,
    scope=Scope.SUPPRESSIONS,
)
