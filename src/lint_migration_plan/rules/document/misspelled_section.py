"""Section or title under another name than the guide's.

## Why
Plans are compared, searched and read in a hurry, and a section that is always called the same is found at once. A
heading with a slip of the pen or with another name ("Current state" for From) is read as the section that it means, so
that nothing else about it is reported, and this rule says once how the guide would write it.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Abort critera
- the replication lag stays above 30 seconds for an hour

## Gap to Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 2h | Stage 1 | |
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Abort criteria
- the replication lag stays above 30 seconds for an hour

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| The driver is too old | low | 2h | Stage 1 | |
```

## Fix
The words of the heading become the guide's; a number before them stays, and links to the heading go along. "Migration
plan: Orders" and "Orders migration plan" become "Migration: Orders". A heading that says more than the guide's name
("Target schema (v2)") is left to its author, and so is one that stands where the guide has none: the message tells of
both. In a plan of another language only slips are mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.sections import says_more
from lint_migration_plan.plan.spelling import heading_words
from lint_migration_plan.rules._overview import is_begun
from lint_migration_plan.rules.document._places import is_title_off, place_under_another_name
from lint_migration_plan.rules.document._titles import right_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.plan.nodes import Plan, PlanSection, Title
    from lint_migration_plan.rules.document._places import Misplaced


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report headings that were taken for one of the guide's and are written otherwise."""
    title = plan.title
    # Where no overview follows, missing-overview speaks of the title.
    if title is not None and not title.canonical and is_begun(plan):
        message = f"the title {quote(title.text.plain)} should read '## Migration: {{name}}'"
        from lint_migration_plan.rules._rewording import with_links

        yield Violation(title.span, message, fix=with_links([_fix_title(title, plan)], plan.document)[0])
    for section in plan.sections:
        if not section.canonical:
            from lint_migration_plan.rules._rewording import with_links

            off = place_under_another_name(plan, section)
            (fix,) = with_links([_fix_section(section, plan, off)], plan.document)
            yield Violation(section.span, _message(section, off), fix=_with_labels(fix, plan.document.source))


def _fix_title(title: Title, plan: Plan) -> Fix | NoFix:
    right = right_title(plan)
    if right is None:
        return NoFix("what the migration is called is for its author to say")
    heading = title.section.heading
    if heading is None or is_title_off(plan, title, right.level):
        return NoFix(f"it is a heading of level {right.level}, and the headings below it would have to move with it")
    start, end = title.text.span
    name = right.name
    edits = [Edit(Span(start, name.span.start), "Migration: ")]
    if name.span.end < end:
        edits.append(Edit(Span(name.span.end, end), ""))
    if right.level != title.level:
        from lint_migration_plan.rules._headings import at_level

        edits += at_level(heading, right.level, plan.document.source) or ()
    return Fix(f"write {quote(f'Migration: {name.plain}')}", tuple(edits))


def _fix_section(section: PlanSection, plan: Plan, off: Misplaced | None) -> Fix | NoFix:
    if off is not None:
        return NoFix(f"it {off.does}, and a name alone would not mend that")
    if says_more(section):
        return NoFix(f"what {quote(section.text.plain)} says besides '{section.kind.value}' would be lost")
    from lint_migration_plan.rules._rewording import rename, write

    words = section.text.slice(*heading_words(section.text.plain))
    return rename(section.kind.value, words, plan) if section.synonym else write(section.kind.value, words)


def _with_labels(fix: Fix | NoFix | None, source: Source) -> Fix | NoFix | None:
    """Let the links that have the heading's very words for their label go along too."""
    if not isinstance(fix, Fix):
        return fix
    (start, end), new = fix.edits[0]
    label = f"[{source.text[start:end]}](#"
    labels = [
        Edit(Span(span.start - len(label) + 1, span.start - len("](#")), new)
        for span, _ in fix.edits[1:]
        if source.text[span.start - len(label) : span.start] == label
    ]
    return fix._replace(edits=(*fix.edits, *labels))


def _message(section: PlanSection, off: Misplaced | None) -> str:
    heading = quote(section.text.plain)
    if off is not None:
        called = f"{heading} is what the guide calls '{section.kind.value}', and it {off.does}"
        return f"{called}; give it that name and its place: {off.guide}"
    if section.synonym:
        return f"{heading} is what the guide calls '{section.kind.value}'; give it that name"
    return f"{heading} is no section of the guide; did you mean '{section.kind.value}'?"


RULE = Rule(id="misspelled-section", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
