"""Line of From or To that is not about one layer.

## Why
From and To are compared line by line: what was the data layer, what will it be, and which stage moves it. The guide,
section Migration overview, asks for one line per layer. A line without a layer cannot be compared, a layer with two
lines leaves open which of them moves, and a line with two layers hides that one of them does not.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### From
- PostgreSQL 12 on one machine

### To
- Data: PostgreSQL 16
- Infrastructure: managed instance
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### From
- Data: PostgreSQL 12
- Infrastructure: one machine

### To
- Data: PostgreSQL 16
- Infrastructure: managed instance
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.terms import SectionKind
from lint_migration_plan.plan.values.layers import meant_layer, state_layers
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._habit import habit
from lint_migration_plan.rules._overview import content, is_begun, only_section
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, StateLine


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report lines without a layer once for the plan, lines with several and layers that stand twice one by one."""
    if not is_begun(plan):
        return
    sides = (("From", plan.overview.from_lines), ("To", plan.overview.to_lines))
    bare = [line for _, lines in sides for line in lines if not line.layers and not is_placeholder(line.text)]
    faults = [*((_place(line), _bare(line, plan)) for line in bare), *_without_lines(plan)]
    if faults:
        spans, messages = zip(*sorted(faults), strict=True)
        yield habit(messages, spans, "this names no layer either")
    for _, lines in sides:
        for line in lines:
            if len(line.layers) > 1:
                of_label = line.label is not None and len(state_layers(line.label, plan.vocabulary)) == len(line.layers)
                where = line.label if line.label is not None and of_label else line.text
                names = listed(line.layers)
                message = f"{quote(where.plain)} names {len(line.layers)} layers; write one line for each of {names}"
                yield Violation(where.span, message)
    yield from _doubled(sides)


def _without_lines(plan: Plan) -> Iterator[tuple[Span, str]]:
    """Find the sections that say much, and nothing of a layer."""
    for kind, lines in ((SectionKind.FROM, plan.overview.from_lines), (SectionKind.TO, plan.overview.to_lines)):
        section = only_section(plan, kind)
        if (
            section is not None
            and not lines
            and any(not isinstance(block, Heading) for block in content(plan, section))
        ):
            message = f"{quote(section.text.plain)} has no line for a layer; write one for each, such as 'Data: …'"
            yield section.span, message


def _place(line: StateLine) -> Span:
    return (line.label or line.text).span


def _bare(line: StateLine, plan: Plan) -> str:
    layers = list(dict.fromkeys(plan.vocabulary.layers.values()))
    if line.label is None:
        return f"{quote(line.text.plain)} names no layer; begin it with {listed(layers, 'or')}, and a colon"
    meant = meant_layer(line.label.plain, plan.vocabulary)
    hint = f"; did you mean '{meant}'?" if meant else ""
    return f"{quote(line.label.plain)} is not one of the layers: {', '.join(layers)}{hint}"


def _doubled(sides: Sequence[tuple[str, Sequence[StateLine]]]) -> Iterator[Violation]:
    """Report a layer once, though it may stand twice on both sides: who splits it does so on both."""
    told: set[str] = set()
    for name, lines in sides:
        firsts: dict[str, StateLine] = {}
        # What holds several layers has been told, and is to be split anyway.
        for line in lines:
            if len(line.layers) == 1:
                layer = line.layers[0]
                first = firsts.setdefault(layer, line)
                if first is not line and layer not in told:
                    told.add(layer)
                    yield _twice(layer, name, first, line)


def _twice(layer: str, side: str, first: StateLine, second: StateLine) -> Violation:
    where, before = second.label or second.text, first.label or first.text
    names = f"as {quote(before.plain)} and as {quote(where.plain)}"
    message = f"layer {layer} stands twice in {side}, {names}; make one line of both"
    return Violation(where.span, message, (Place(before.span, "it stands here first"),))


RULE = Rule(id="unlabelled-state", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
