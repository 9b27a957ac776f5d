"""Field of a stage with nothing behind its label.

## Why
A label without a value is a question that nobody answered, and a plan with it looks more complete than it is. The
guide, section Stage definitions, has a value for each of its nine fields; where there is nothing to say it writes so:
"none", "N/A".

## Bad
```markdown
### Stage 2 — Turn on the new cache

**Risk**: medium
**Dependencies**:
**Rollback tested**: yes
```

## Good
```markdown
### Stage 2 — Turn on the new cache

**Risk**: medium
**Dependencies**: none
**Rollback tested**: yes
```
"""

from __future__ import annotations

from bisect import bisect_left
from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Block, Html, List, Paragraph, Quote
from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.rules._habit import grouped, habit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lint_migration_plan.plan.nodes import Field, Plan, Stage

_WHAT_TO_WRITE: Mapping[FieldName, str] = MappingProxyType(
    {
        FieldName.WHAT_CHANGES: "say in a line what is different afterwards",
        FieldName.LAYERS: "name the layer that it touches",
        FieldName.RISK: "write low, medium or high",
        FieldName.EFFORT: "write the hours that it takes, such as '4h'",
        FieldName.DEPENDENCIES: "write the stages that it needs, or 'none'",
        FieldName.CHANGES: "list what is done",
        FieldName.VERIFICATION: "list how to see that the stage succeeded",
        FieldName.ROLLBACK: "list the steps that undo the stage",
        FieldName.ROLLBACK_TESTED: "write yes, no or N/A",
        FieldName.COMPATIBILITY: "write what works old and new, such as 'data/code until Stage 6', or leave it out",
    }
)

_BLANK = LazyPattern(r"\s*")
_NOTHING = LazyPattern(r"[\s–—-]*")


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each empty field; one for a field that is empty in every stage."""
    del options
    fields = ((stage, field) for stage in plan.stages for field in _empty_fields(stage))
    empty = [(stage, field) for stage, field in fields if not _stands_unread_below(field, plan.document.blocks)]
    for name, found in grouped((field.name, (stage, field)) for stage, field in empty).items():
        if len(found) > 1 and len(found) == len(plan.stages):
            label = quote(found[0][1].label.plain)
            message = f"{label} is empty in every stage; {_WHAT_TO_WRITE[name]}"
            yield habit(message, [field.label.span for _, field in found])
            continue
        for stage, field in found:
            message = f"{quote(field.label.plain)} of {stage.title} is empty; {_WHAT_TO_WRITE[name]}"
            yield Violation(field.label.span, message)


def _empty_fields(stage: Stage) -> Iterator[Field]:
    for name in FieldName:
        field = stage.field(name)
        if field is not None and is_empty(field) and not _stands_again(stage, field) and not _has_parts(stage, field):
            yield field


def _stands_again(stage: Stage, field: Field) -> bool:
    """Say whether the stage has the field once more with a value, which is a doubled field."""
    return any(
        other.name is field.name and other.nested is field.nested and not is_empty(other) for other in stage.fields
    )


def _has_parts(stage: Stage, field: Field) -> bool:
    """Say whether parts with fields of their own stand below a label: they hold its steps."""
    behind = stage.fields[stage.fields.index(field) + 1 :][:1]
    return field.name in STEP_FIELDS and any(part.nested and not field.nested for part in behind)


def _stands_unread_below(field: Field, blocks: tuple[Block, ...]) -> bool:
    """Say whether a quote or HTML comes next: nobody reads it, but the author may have put the value there."""
    index = bisect_left(blocks, field.span.end, key=lambda block: block.span.start)
    below = blocks[index] if index < len(blocks) else None
    return isinstance(below, Quote) or (isinstance(below, Html) and not below.content.lstrip().startswith("<!--"))


def is_empty(field: Field) -> bool:
    """Say whether a field has no value, a dash or an empty item aside."""
    if field.is_empty:
        return True
    # A dash behind Risk or Dependencies is read, and judged by those who read it.
    nothing = _NOTHING if field.name in STEP_FIELDS or field.name is FieldName.WHAT_CHANGES else _BLANK
    return nothing.fullmatch(field.value.plain) is not None and all(_is_blank(block, nothing) for block in field.blocks)


def _is_blank(block: Block, nothing: LazyPattern) -> bool:
    if isinstance(block, Paragraph):
        return nothing.fullmatch(block.text.plain) is not None
    return isinstance(block, List) and all(_is_blank(below, nothing) for item in block.items for below in item.blocks)


RULE = Rule(id="empty-stage-field", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
