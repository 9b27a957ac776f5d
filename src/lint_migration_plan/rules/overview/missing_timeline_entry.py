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
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.nodes import SectionKind, State
from lint_migration_plan.plan.overview import TIMELINE
from lint_migration_plan.plan.placeholders import is_placeholder
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules.overview._parts import content, only_section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, TimelineEntry


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report once all entries that are missing, and each that is there and says nothing."""
    section = only_section(plan, SectionKind.TIMELINE)
    if section is None or next(content(plan, section), None) is None:
        return
    entries = plan.overview.timeline
    if any(entry.name is None and is_placeholder(entry.text) for entry in entries):
        return
    missing = [name.capitalize() for name in TIMELINE if all(entry.name != name for entry in entries)]
    if missing:
        yield Violation(
            section.span, f"{quote(section.text.plain)} has no {_listed(missing)}; add {_line(missing)} to it"
        )
    for entry in entries:
        if _is_empty(entry) and entry.label is not None:
            wanted = "how long all of it takes" if entry.name == "total" else "its date or dates"
            yield Violation(entry.label.span, f"{quote(entry.label.plain)} says nothing; write {wanted} behind it")


def _is_empty(entry: TimelineEntry) -> bool:
    reading = entry.duration if entry.name == "total" else entry.dates
    return reading is not None and reading.state is State.EMPTY


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _line(names: list[str]) -> str:
    return "a line for it" if len(names) == 1 else "a line for each"


RULE = Rule(id="missing-timeline-entry", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
