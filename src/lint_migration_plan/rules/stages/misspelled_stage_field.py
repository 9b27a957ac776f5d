"""Field under another name than the guide's.

## Why
Who looks for "Rollback" in the sixth stage at night searches for that word. The guide, section Stage definitions,
names the nine fields; a slip such as "Rolback", or another name such as "Effort" for "Estimated effort", is read as
the field that it means and reported once, however many stages have it. A team that has names of its own can have them
accepted: `vocabulary.labels`.

## Bad
```markdown
### Stage 1 — Add the audit table

**Risk**: low
**Effort**: 4h
**Dependancies**: none
```

## Good
```markdown
### Stage 1 — Add the audit table

**Risk**: low
**Estimated effort**: 4h
**Dependencies**: none
```

## Fix
The label becomes the guide's; a number before it and a note behind it stay, and links to a label that is a heading go
along. A label that says more than the guide's ("Deployment steps") is left to its author, and so is a value that stands
in the heading of the stage. In a plan of another language only slips are mended: the rest would be half a translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.lint.fix import NoFix
from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.fields import field_label, label_words, name_in_label
from lint_migration_plan.plan.nodes import Spelling
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal_heading
from lint_migration_plan.plan.terms import FieldName, State
from lint_migration_plan.rules._habit import grouped, habit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.fix import Fix
    from lint_migration_plan.plan.nodes import Field, Plan, Stage
    from lint_migration_plan.plan.terms import Reading

#: A slip in a word of this length is sure even beside the right one.
_LONG = 8


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each other label, at its first place."""
    del options
    fields = (field for stage in plan.stages for name in FieldName for field in _miscalled(stage, name))
    for alike in grouped((_group(field), field) for field in fields).values():
        from lint_migration_plan.rules._rewording import with_links

        fixes = with_links([_fix(field, plan) for field in alike], plan.document)
        yield habit(_message(alike[0]), [field.label.span for field in alike], fixes=fixes)


def _miscalled(stage: Stage, name: FieldName) -> Iterator[Field]:
    """Find the labels of one field that are not the guide's; another name counts only where the guide's is missing."""
    fields = [field for field in stage.fields if field.name is name]
    fields = [field for field in fields if not field.nested] or fields
    if any(field.spelling is Spelling.CANONICAL for field in fields):
        slips = (field for field in fields if field.spelling is Spelling.MISSPELLED)
        yield from (field for field in slips if len(field.label.plain) >= _LONG)
    elif fields and not (fields[0].spelling is Spelling.SYNONYM and _means_something_else(stage, name)):
        yield fields[0]


def _means_something_else(stage: Stage, name: FieldName) -> bool:
    """Say whether a label may be another field that the guide has not: "Duration: Week 3", "Depends on: libfoo"."""
    readings: dict[FieldName, Reading[Any] | None] = {
        FieldName.EFFORT: stage.effort,
        FieldName.DEPENDENCIES: stage.dependencies,
        FieldName.COMPATIBILITY: stage.compatibility,
    }
    reading = readings.get(name)
    return reading is not None and reading.state is State.UNREADABLE


def _fix(field: Field, plan: Plan) -> Fix | NoFix:
    if field.spelling is Spelling.IN_HEADING:
        return NoFix("where it should stand among the fields is for the plan's author to say")
    name = name_in_label(field.label, plan.vocabulary)
    found = field_label(name.plain, plan.vocabulary)
    if found is None or found[0] is not field.name:
        return NoFix(f"what {quote(field.label.plain)} says besides '{field.name.value}' would be lost")
    from lint_migration_plan.rules._rewording import rename, write

    return (
        write(field.name.value, name) if field.spelling is Spelling.MISSPELLED else rename(field.name.value, name, plan)
    )


def _group(field: Field) -> tuple[FieldName, str]:
    in_heading = field.spelling is Spelling.IN_HEADING
    return field.name, "" if in_heading else label_words(normal_heading(field.label.plain))


def _message(field: Field) -> str:
    if field.spelling is Spelling.IN_HEADING:
        return f"{quote(field.value.plain)} stands in the heading; the guide has it as the field '{field.name.value}'"
    label = quote(field.label.plain.rstrip(" :：."))
    if field.spelling is Spelling.MISSPELLED:
        return f"label {label} is a slip; it is spelled '{field.name.value}'"
    return f"label {label} is called '{field.name.value}' in the guide"


RULE = Rule(id="misspelled-stage-field", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
