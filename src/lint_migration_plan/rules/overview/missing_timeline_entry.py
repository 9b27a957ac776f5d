"""Timeline that leaves a step out.

## Why
The five lines of a timeline are five commitments: Planning, Execution, Cutover, Cleanup and Total. The one that is most
often forgotten is Cleanup, and so the old system runs on for years. The guide, section Migration overview, lists them.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Total: 41 days
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10
- Cutover: 2026-04-11
- Cleanup: 2026-04-13 to 2026-04-24
- Total: 54 days
```

## Fix
Adds the lines in the form of the others, and a placeholder behind a label that has nothing behind it. It needs
`--unsafe-fixes`, and the placeholders are reported as `placeholder-text` until somebody fills them in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.overview import TIMELINE
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind, State
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._overview import content, only_section
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, TimelineEntry


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report once all entries that are missing, and once those that are there and say nothing."""
    section = only_section(plan, SectionKind.TIMELINE)
    if section is None or next(content(plan, section), None) is None:
        return
    entries = plan.overview.timeline
    if any(entry.name is None and is_placeholder(entry.text) for entry in entries):
        return
    missing = [name for name in TIMELINE if all(entry.name != name for entry in entries)]
    if missing:
        lines = "a line" if len(missing) == 1 else "a line for each"
        names = listed([name.capitalize() for name in missing], "or")
        message = f"{quote(section.text.plain)} has no {names}; add {lines}"
        from lint_migration_plan.rules._skeletons.timeline import entries_fix

        yield Violation(section.span, message, fix=entries_fix(plan, section, missing))
    empty = [entry for entry in entries if entry.label is not None and _is_empty(entry)]
    labels = [entry.label for entry in empty if entry.label is not None]
    if labels:
        names = listed([quote(label.plain) for label in labels])
        places = tuple(Place(label.span, "nothing stands behind this either") for label in labels[1:])
        message = f"nothing stands behind {names}; fill in the time"
        from lint_migration_plan.rules._skeletons.timeline import times_fix

        yield Violation(labels[0].span, message, places, fix=times_fix(plan, empty))


def _is_empty(entry: TimelineEntry) -> bool:
    reading = entry.duration if entry.name == "total" else entry.dates
    return reading is not None and reading.state is State.EMPTY


RULE = Rule(id="missing-timeline-entry", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
