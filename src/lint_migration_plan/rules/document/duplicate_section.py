"""Section or title that stands twice in one plan.

## Why
Of two timelines one is wrong, and each reader believes the one that was found first. Two sections of one name are
mostly what an edit or a merge left behind. A title with another name opens a new plan in the same file and is no
duplicate.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Cutover: 2026-04-11

### Timeline
- Cutover: 2026-05-02
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Cutover: 2026-05-02
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.rules.document._places import home_of, path_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.document import Section
    from lint_migration_plan.plan.nodes import Plan, PlanSection
    from lint_migration_plan.plan.terms import SectionKind


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report titles and sections that stand there again, each related to the first."""
    for title in plan.titles[1:]:
        yield Violation(
            title.span,
            f"the title {quote(title.text.plain)} stands twice; make one plan of both, or give this one its own name",
            (Place(plan.titles[0].span, "it stands here first"),),
        )
    # A plan that stands there twice is one defect, and the second title has told it.
    end = plan.titles[1].span.start if len(plan.titles) > 1 else plan.span.end
    firsts: dict[SectionKind, PlanSection] = {}
    for section in plan.sections:
        first = firsts.setdefault(section.kind, section)
        if section is not first and section.span.start < end and _are_of_one_kind(plan, first, section):
            yield Violation(
                section.span,
                f"{quote(section.text.plain)} stands twice in this plan; make one section of both",
                (Place(first.span, "it stands here first"),),
            )


def _are_of_one_kind(plan: Plan, first: PlanSection, second: PlanSection) -> bool:
    """Tell a section from one of the same name that belongs to another part: the timeline of the announcements."""
    homes = [home_of(plan, section).section for section in (first, second)]
    return homes[0] is homes[1] or not any(_is_foreign(plan, home) for home in homes)


def _is_foreign(plan: Plan, home: Section) -> bool:
    outer = path_to(plan.document.root, plan.titles[0].span.start) if plan.titles else [plan.document.root]
    return all(home is not known for known in (*outer, *(section.section for section in plan.sections)))


RULE = Rule(id="duplicate-section", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
