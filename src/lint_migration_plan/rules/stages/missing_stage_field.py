"""Stage that lacks fields.

## Why
Each of the nine fields answers a question that is asked while a stage runs: what changes, how risky it is, what must
be done before, how to see that it worked, how to undo it. The guide, section Stage definitions, gives them to each
stage, because stages run on different days and by different people: a rollback plan for the whole migration says
little to whoever has to undo the fourth stage of six. A field that no stage has is reported once for the plan.

## Bad
```markdown
### Stage 1 — Copy the images to the new bucket

**What changes**: All images exist in both buckets.
**Layers affected**: data
**Risk**: low
**Estimated effort**: 3h
**Dependencies**: none

**Changes**:

- Run `rclone sync old:images new:images`

**Verification**:

- `rclone check old:images new:images` reports no differences
```

## Good
```markdown
### Stage 1 — Copy the images to the new bucket

**What changes**: All images exist in both buckets.
**Layers affected**: data
**Risk**: low
**Estimated effort**: 3h
**Dependencies**: none

**Changes**:

- Run `rclone sync old:images new:images`

**Verification**:

- `rclone check old:images new:images` reports no differences

**Rollback**:

- Run `rclone purge new:images`

**Rollback tested**: yes
```

## Fix
Puts the fields in where the guide has them, in the form of the plan's other fields. It needs `--unsafe-fixes`, and what
they hold is reported as `placeholder-text` until somebody fills it in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Fix
from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.plan.fields import field_label
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal_heading
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.lint.fix import Edit
    from lint_migration_plan.markdown.document import Section
    from lint_migration_plan.plan.nodes import Plan, Stage

#: Headings, in normal form, of sections that hold for the whole migration what the guide has in each stage.
_ELSEWHERE: Mapping[FieldName, re.Pattern[str]] = MappingProxyType(
    {
        FieldName.RISK: re.compile(r"\brisks?\b|\brisiken|\brisques|\briesgos|\briscos|риски|风险|リスク"),
        FieldName.EFFORT: re.compile(r"\befforts?\b|\btime estimates?\b|\baufwand|工数|工作量|трудозатраты"),
        FieldName.VERIFICATION: re.compile(
            r"\bsuccess (?:criteria|metrics)\b|\btest(?:ing)? (?:strategy|plan|approach)\b|\bacceptance criteria\b"
            r"|\A(?:verification|validation)\b|\b(?:verification|validation)\Z|критерии успеха|验收|検証|完了条件"
        ),
        FieldName.ROLLBACK: re.compile(
            r"\broll-?\s?backs?\b|\bback-?\s?outs?\b|\bretour arrière|откат|回滚|ロールバック|切り戻し"
        ),
    }
)


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for the fields that no stage has, and one for each stage that lacks others."""
    del options
    present = [{field.name for field in stage.fields} for stage in plan.stages]
    nowhere = [name for name in REQUIRED_FIELDS if all(name not in names for names in present)]
    strays = _strays(plan)
    lacking: list[tuple[Stage, list[FieldName]]] = []
    for index, (stage, names) in enumerate(zip(plan.stages, present, strict=True)):
        known = names | strays.get(index, set())
        lacking.append((stage, [name for name in REQUIRED_FIELDS if name not in known]))
    if len(plan.stages) > 1 and nowhere:
        message = f"no stage has {_said(nowhere)}; each stage needs its own"
        fix = _fix("add what each stage lacks, to be filled in", plan, lacking)
        yield Violation(plan.stages[0].heading.span, message, tuple(_elsewhere(plan, nowhere)), fix=fix)
    else:
        nowhere = []
    for stage, lacks in lacking:
        missing = [name for name in lacks if name not in nowhere]
        if missing:
            # Where a field goes depends on those that come with it: a stage gets all that it lacks at once.
            fix = _fix(f"add {_listed(lacks, 'and')}, to be filled in", plan, [(stage, lacks)])
            yield Violation(stage.heading.span, f"{stage.title} lacks {_listed(missing, 'and')}", fix=fix)


def _fix(title: str, plan: Plan, lacking: Sequence[tuple[Stage, Sequence[FieldName]]]) -> Fix | None:
    """Put in what some stages lack, in all of them or in none."""
    edits: list[Edit] = []
    for stage, names in lacking:
        from lint_migration_plan.rules._skeletons.fields import missing_edits

        added = missing_edits(plan, stage, names)
        if added is None:
            return None
        edits += added
    return Fix(title, tuple(edits), safe=False)


def _strays(plan: Plan) -> dict[int, set[FieldName]]:
    """Find fields behind the end of a stage, by the stage's index: a heading between them may have cut it in two.

    A stray field has a heading of the level that headings for the same field have in other stages.
    """
    starts = [stage.span.start for stage in plan.stages]
    labels = {field.label.span.start: field.name for stage in plan.stages for field in stage.fields}
    headings = [block for block in plan.blocks if isinstance(block, Heading)]
    usual = {(heading.level, labels.get(heading.text.span.start)) for heading in headings}
    strays: dict[int, set[FieldName]] = {}
    for heading in headings:
        index = bisect_right(starts, heading.span.start) - 1
        if index < 0 or heading.span.start < plan.stages[index].span.end:
            continue
        found = field_label(normal_heading(heading.text.plain), plan.vocabulary)
        if found is not None and (heading.level, found[0]) in usual:
            strays.setdefault(index, set()).add(found[0])
    return strays


def _said(names: Sequence[FieldName]) -> str:
    if len(names) == len(REQUIRED_FIELDS):
        return f"any of the nine fields: {_listed(names, 'and')}"
    return f"{'the field' if len(names) == 1 else 'the fields'} {_listed(names, 'or')}"


def _listed(names: Iterable[FieldName], joint: str) -> str:
    *most, last = (f"'{name.value}'" for name in names)
    return f"{', '.join(most)} {joint} {last}" if most else last


def _elsewhere(plan: Plan, names: Sequence[FieldName]) -> Iterator[Place]:
    """Find the sections outside the stages that hold such fields for the whole plan, each once."""
    spoken: set[int] = set()
    sections = list(_outside(plan))
    for name in names:
        pattern = _ELSEWHERE.get(name)
        section = next((section for section in sections if pattern and _heads(section, pattern)), None)
        if section is not None and section.heading is not None and section.heading.span.start not in spoken:
            spoken.add(section.heading.span.start)
            text = section.heading.text
            yield Place(text.span, f"{quote(text.plain)} is about the whole migration")


def _heads(section: Section, pattern: re.Pattern[str]) -> bool:
    return section.heading is not None and pattern.search(normal_heading(section.heading.text.prose)) is not None


def _outside(plan: Plan) -> Iterator[Section]:
    """Yield the sections that neither hold a stage nor stand in one, the title and the guide's own left out."""
    own = {section.span for section in plan.sections} | {title.span for title in plan.titles}
    starts = [stage.span.start for stage in plan.stages]
    ends = {stage.span.start: stage.span.end for stage in plan.stages}
    for section in plan.document.root.walk():
        heading = section.heading
        if heading is None or heading.text.span in own or not plan.span.start <= heading.span.start < plan.span.end:
            continue
        index = bisect_right(starts, heading.span.start)
        if index and heading.span.start < ends[starts[index - 1]]:
            continue
        if index < len(starts) and starts[index] < section.span.end:
            continue
        yield section


RULE = Rule(id="missing-stage-field", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
