"""Section that stands where the guide has none.

## Why
The guide has one order, overview, stages, gap mapping, verification, and one level for each: the title and the two
tables on level 2, the parts of the overview and the stages on level 3. Then a contents list shows the plan as it is,
and nobody starts to work on stage 1 before the abort criteria came by. A neutral heading in between, such as `##
Stages`, is fine.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12

### Stage 1 — Set up replication

**Risk**: medium

### Abort criteria
- the replication lag stays above 30 seconds for an hour
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12

### Abort criteria
- the replication lag stays above 30 seconds for an hour

### Stage 1 — Set up replication

**Risk**: medium
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.rules._habit import habit
from lint_migration_plan.rules.document._places import TABLES, Misplaced, behind_stages, on_other_levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.plan.nodes import Plan, PlanSection


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report headings that are out of place, each once: by the order of the plan, else by their level."""
    firsts: dict[SectionKind, PlanSection] = {}
    for section in plan.sections:
        firsts.setdefault(section.kind, section)
    out_of_order = list(_out_of_order(plan, list(firsts.values())))
    told = {misplaced.heading.span for misplaced in out_of_order}
    rest = [section for section in firsts.values() if section.span not in told]
    yield from _told(out_of_order)
    yield from _told(on_other_levels(plan, rest))


def _told(misplaced: Iterable[Misplaced]) -> Iterator[Violation]:
    """Tell what is misplaced; headings that do the same are one habit."""
    habits: dict[tuple[str, str], list[Misplaced]] = {}
    for each in misplaced:
        habits.setdefault((each.does, each.guide), []).append(each)
    for (does, guide), alike in habits.items():
        said = habit(
            [f"{quote(each.heading.plain)} {does}; {guide}" for each in alike], [each.heading.span for each in alike]
        )
        before = alike[0].related
        yield said._replace(related=(Place(before.span, f"{quote(before.plain)} is here"),) if before else ())


def _out_of_order(plan: Plan, sections: list[PlanSection]) -> Iterator[Misplaced]:
    tables = [section for section in sections if section.kind in TABLES]
    if plan.stages:
        # A part under another name ("Schedule") is surely the guide's only where it stands in the overview.
        parts = [section for section in sections if section.kind not in TABLES and not section.synonym]
        yield from _late(plan, parts)
        yield from _early(plan, tables)
        tables = [section for section in tables if section.span > plan.stages[-1].heading.span]
    if [section.kind for section in tables] == [SectionKind.VERIFICATION, SectionKind.MAPPING]:
        verification, mapping = tables
        does = f"stands before {quote(mapping.text.plain)}"
        yield Misplaced(verification.text, does, "the guide has it behind that", mapping.text)


def _late(plan: Plan, parts: list[PlanSection]) -> Iterator[Misplaced]:
    """Find what belongs to the overview and stands behind the first stage; a title takes its parts along."""
    first, title = plan.stages[0].heading, plan.title
    late = [section for section in parts if section.span > first.span]
    if title is not None and title.canonical and title.span > first.span:
        late = [section for section in late if section.span < title.span]
        yield Misplaced(title.text, "stands behind the first stage", "the guide begins with it", first.text)
    for section in late:
        yield behind_stages(plan, section)


def _early(plan: Plan, tables: list[PlanSection]) -> Iterator[Misplaced]:
    last = plan.stages[-1]
    for section in tables:
        if section.span < last.heading.span:
            does = f"stands before {last.title}"
            yield Misplaced(section.text, does, "the guide has it behind the last stage", last.heading.text)


RULE = Rule(id="misplaced-section", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
