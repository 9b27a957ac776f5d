"""Stage heading in another form than the guide's.

## Why
The guide, section Stage definitions, heads a stage with `### Stage N — {Name}`. Where every stage looks alike, a
reader finds the next one at a glance, and a reference such as "Stage 3" needs no search for Phase 3, Step 3 or **3.**
instead. Beside the word and the dash this is about the level, about bold lines in place of headings, a line among
headings that lacks its mark or the space behind it, numbers such as 2.1 or A, and brackets around the word. A plan
under a title of the first level may have its stages on the second, and stages may stand under a heading of their own
such as `## Stages`. What only adorns the heading, a section number or an emoji before its first word, is fine, as it
is before the name of a section. A team that says "Phase" can have that accepted: `vocabulary.stage-words`.

## Bad
```markdown
### Phase 1: Shadow the old parser

**Risk**: low

### Phase 2: Switch to the new parser

**Risk**: medium
```

## Good
```markdown
### Stage 1 — Shadow the old parser

**Risk**: low

### Stage 2 — Switch to the new parser

**Risk**: medium
```

## Fix
The heading is written as its message says, a line becomes a heading, and the headings within a stage that moves
deeper go along. "Phase 2" elsewhere in the plan becomes "Stage 2" with its heading, and so do links to it. Nothing is
changed where "step 2" may be a stage or a part of one, where another heading would come to be a part of the stage,
where the number is no whole one, or where the word or the plan is of another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.rules._habit import habit
from lint_migration_plan.rules.stages._levels import StageLevels
from lint_migration_plan.rules.stages.unnamed_stage import is_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan, Stage

#: Before the word for a stage these may enclose more than the word and its number; other marks only adorn the heading.
_OPENING = frozenset("([{<«‹“‘„「『【（［\"'")


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for the first heading that deviates in a way; the others that do so are related places."""
    del options
    levels = StageLevels(plan)
    deviating = [(stage, _deviations(stage, plan, levels)) for stage in plan.stages]
    said: set[str] = set()
    for index, (stage, kinds) in enumerate(deviating):
        new = kinds - said
        if not new:
            continue
        said |= new
        alike = [other for other, others in deviating[index + 1 :] if others & new]
        group = [stage, *alike]
        messages = [_message(each, plan, levels, new) for each in group]
        from lint_migration_plan.rules.stages._stage_heading_fixes import fix_headings

        fixes = fix_headings(plan, levels, group)
        yield habit(messages, [each.heading.span for each in group], again="", fixes=fixes)


def is_accepted(stage: Stage, plan: Plan) -> bool:
    """Say whether the team has this word for a stage."""
    return stage.heading.word.plain.casefold() in plan.vocabulary.stage_words


def is_enclosed(stage: Stage) -> bool:
    """Say whether a bracket or a quotation mark opens before the word for a stage."""
    return not _OPENING.isdisjoint(stage.heading.prefix.plain)


def _deviations(stage: Stage, plan: Plan, levels: StageLevels) -> set[str]:
    heading = stage.heading
    if is_enclosed(stage):
        # What the brackets hold is for the author to say, and the message has all that is to stand before it.
        return {"brackets"}
    return {
        kind
        for kind, deviates in (
            ("form", heading.form is not StageForm.HEADING),
            ("level", heading.form is StageForm.HEADING and levels.is_off(stage)),
            ("word", not is_accepted(stage, plan)),
            # "Stage N — {Name}" is template text, and that is said instead.
            ("number", stage.number is None and not is_placeholder(heading.text)),
            ("separator", is_named(stage) and heading.separator.plain != "—"),
        )
        if deviates
    }


def _message(stage: Stage, plan: Plan, levels: StageLevels, new: set[str]) -> str:
    heading = stage.heading
    marks = "#" * heading.level
    bold = "**" if heading.form is StageForm.BOLD_LINE else ""
    written = f"{marks} {heading.text.raw}" if marks else f"{bold}{heading.text.raw}{bold}"
    if new == {"number"}:
        return f"stage heading {quote(written)} should have a whole number for {quote(heading.number.plain)}"
    if new == {"brackets"}:
        begins, before = quote(_right(stage, plan, levels).partition(" — ")[0]), quote(heading.prefix.plain)
        return f"stage heading {quote(written)} should begin with {begins}, without {before} before it"
    right = quote(_right(stage, plan, levels))
    note = "" if stage.number is not None else ", N a whole number"
    return f"stage heading {quote(written)} should read {right}{note}{_and_below(stage, plan, levels)}"


def _right(stage: Stage, plan: Plan, levels: StageLevels) -> str:
    """Give the heading as the guide would write it, with what only adorns it."""
    heading = stage.heading
    prefix = "" if is_enclosed(stage) else heading.prefix.raw
    word = heading.word.plain if is_accepted(stage, plan) else "Stage"
    number = heading.number.plain if stage.number is not None else "N"
    from lint_migration_plan.rules._headings import written_name
    from lint_migration_plan.rules.stages._stage_heading_fixes import NOTE_FIRST

    name = written_name(heading)
    name = name if heading.separator.plain == "—" else NOTE_FIRST.sub(r"\2 \1", name)
    named = f"{number} — {name}" if is_named(stage) else number
    return " ".join(filter(None, ("#" * levels.right(stage), prefix, word, named)))


def _and_below(stage: Stage, plan: Plan, levels: StageLevels) -> str:
    """Say that the headings within a stage move with it, which would end it otherwise."""
    lower = levels.right(stage) - stage.heading.level
    blocks = plan.blocks_in(Span(stage.heading.span.end + 1, stage.span.end))
    inner = (block.level for block in blocks if isinstance(block, Heading))
    moves = stage.heading.form is StageForm.HEADING and lower > 0 and min(inner, default=7) <= levels.right(stage)
    return f", with the headings within it {'one level' if lower == 1 else f'{lower} levels'} deeper" if moves else ""


RULE = Rule(id="stage-heading", doc=__doc__ or "", severity=Severity.WARNING, options=NoOptions, check=check)
