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

## Fix
A rule that is named in vain is taken out of the list, and with the last one the comment goes, and its line where it
stands alone. A slip in a rule's name is mended; a name that is near to no rule may be meant for another version, and
stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.rule import NoOptions, Rule, Scope, Severity, Violation
from lint_migration_plan.markdown.source import Span
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
            fix = Fix(f"write '{close}' for {quote(name)}", (Edit(span, close),)) if close else None
            yield Violation(span, f"{quote(name)} is no rule; {way_out}", fix=fix)


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
        fix = Fix("delete this suppression", (Edit(suppression.removal, ""),))
        yield Violation(suppression.span, f"this suppression of {names} hides nothing; delete it", fix=fix)
    else:
        edits = tuple(Edit(span, "") for span in _out_of_list(suppression, {name for name, _ in unused}))
        message = f"this suppression hides nothing of {names}; take it out of the list"
        yield Violation(unused[0][1], message, fix=Fix(f"take {names} out of the list", edits))


def _out_of_list(suppression: Suppression, unused: set[str]) -> Iterator[Span]:
    """Give what to take out so that some names are gone, each with what parts it from a name that stays."""
    before: Span | None = None
    cut: Span | None = None
    for name, span in suppression.rules:
        if name in unused:
            begin = cut.start if cut else before.end if before else span.start
            cut = Span(begin, span.end)
            continue
        if cut is not None:
            yield cut if before else Span(cut.start, span.start)
        before, cut = span, None
    if cut is not None:
        yield cut


RULE = Rule(
    id="unused-suppression",
    doc=__doc__ or "",
    severity=Severity.WARNING,
    options=NoOptions,
    check=check,
    scope=Scope.SUPPRESSIONS,
)
