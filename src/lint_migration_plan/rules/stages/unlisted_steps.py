"""Steps that are told as prose.

## Why
Steps are ticked off while a stage runs, and undone one by one when it fails; of a paragraph nobody can say how far it
was carried out. The guide, section Stage definitions, lists changes, verifications and the exact steps of a rollback.
Any list will do, and so does a fence of commands or a table.

## Bad
```markdown
### Stage 2 — Rename the queue

**Risk**: low

**Rollback**: Stop the consumers, rename the queue back with `queuectl rename`, and start the consumers again.
```

## Good
```markdown
### Stage 2 — Rename the queue

**Risk**: low

**Rollback**:

- Stop the consumers
- Rename the queue back with `queuectl rename`
- Start the consumers again
```

## Fix
Makes an item of each sentence, or of each line that is shown as one; all words are kept. It needs `--unsafe-fixes`: a
sentence may hold two steps, or none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Code, List, Table
from lint_migration_plan.plan.facts.concreteness import vague_text
from lint_migration_plan.plan.facts.reversibility import denial, explains_absence
from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._habit import grouped, habit
from lint_migration_plan.rules.stages.empty_stage_field import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Field, Plan, Stage

#: Marks that people type for a list that Markdown does not know.
_TYPED_MARK = LazyPattern(r"\s*(?:[•·▪◦‣–—✅☐☑✔✓-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
#: A value that only says where the steps are.
_ELSEWHERE = LazyPattern(
    r"\W*(?:see|cf\.?|same as|as (?:in|for|above|below|described)|refer to|described)(?!\w)", re.IGNORECASE
)
#: What a field says in the place of steps where there are none.
_NONE = LazyPattern(r"\W*(?:none|n\s?/\s?a|not (?:applicable|needed|required)|nothing)(?!\w)", re.IGNORECASE)


#: What each of the three fields is made of.
_PARTS = {FieldName.CHANGES: "changes", FieldName.VERIFICATION: "checks", FieldName.ROLLBACK: "steps"}


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each of the three fields that is prose somewhere, at the first such place."""
    del options
    tables = [block.span for block in plan.blocks if isinstance(block, Table)]
    steps = ((stage, stage.field(name)) for stage in plan.stages for name in FieldName if name in STEP_FIELDS)
    told = ((stage, field) for stage, field in steps if field and _is_prose(field) and not _in(field, tables))
    prose = [(stage, field) for stage, field in told if not _is_said_elsewhere(stage, field)]
    for found in grouped((field.name, (stage, field)) for stage, field in prose).values():
        messages = [
            f"{quote(field.label.plain)} of {stage.title} is prose; list its {_PARTS[field.name]}, one in each item"
            for stage, field in found
        ]
        from lint_migration_plan.rules.stages._listing import list_fix

        fixes = [list_fix(plan, stage, field) for stage, field in found]
        yield habit(messages, [field.value.span for _, field in found], fixes=fixes)


def _is_prose(field: Field) -> bool:
    """Say whether a field of a stage itself holds words and nothing that could be a list of steps."""
    if field.nested or is_empty(field) or is_placeholder(field.value):
        return False
    if any(isinstance(block, List | Code | Table) for block in field.blocks):
        return False
    # A value that is code and no more is one exact step.
    if not any(char.isalnum() for char in field.value.prose):
        return False
    plain = field.value.plain
    lines = (0, *(index + 1 for index in field.value.breaks))
    return not (_ELSEWHERE.match(plain) or _NONE.match(plain) or any(_TYPED_MARK.match(plain, at) for at in lines))


def _in(field: Field, tables: list[Span]) -> bool:
    """Say whether a field stands in a table, whose cells cannot hold a list."""
    index = bisect_right(tables, field.label.span.start, key=lambda span: span.start) - 1
    return index >= 0 and field.label.span.start < tables[index].end


def _is_said_elsewhere(stage: Stage, field: Field) -> bool:
    """Say whether the value has no steps to list, because it says nothing or that there is no way back."""
    if vague_text(stage, field.name) is not None:
        return True
    return field.name is FieldName.ROLLBACK and (denial(stage) is not None or explains_absence(stage))


RULE = Rule(id="unlisted-steps", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
