"""Template text that was never filled in.

## Why
A plan is written by filling in the guide's template. What is left of it, `{dates}`, `low / medium / high`, `TBD`, is a
decision that nobody has made, and the stage that rests on it cannot be executed. In running text only the guide's own
words in braces, `TODO:`, `TBD` and `[TBD]` are reported, since other braces and brackets are routes, macros and remarks
there. Code, links, quotes and comments are never looked at.

## Bad
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: {dates}
- Execution: TBD

### Stage 1 — Set up replication

**Risk**: low / medium / high
```

## Good
```markdown
## Migration: Orders to PostgreSQL 16

### Timeline
- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2026-04-10

### Stage 1 — Set up replication

**Risk**: medium
```
"""

from __future__ import annotations

from re import IGNORECASE
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.markdown.document import Heading, Paragraph, Table, walk_blocks
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder, places_of_placeholders
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan

#: A label at the beginning of a line.
_LABEL = LazyPattern(r"([^:：\n]{1,60}?)[:：](?=\s)")
#: "Date format: YYYY-MM-DD" speaks of the form itself.
_OF_FORMS = LazyPattern(r"\b(?:format|form|pattern|syntax|notation|placeholder|template)s?\b", IGNORECASE)

#: What heads a form that is filled in day by day: "Daily standup template".
_FORM = LazyPattern(
    r"\b(?:template|boilerplate|vorlage|modèle|plantilla|modelo|шаблон)s?\b|模板|テンプレート", IGNORECASE
)

#: What the guide's choices are made of, and what teams add to them.
_CHOICES = frozenset(
    (*LAYERS, "low", "medium", "high", "critical", "yes", "no", "na", "hours", "days", "weeks", "minutes", "months")
)

_LONGEST_CHOICE = 100
_CHOOSING = LazyPattern(r"[/|,]|\bor\b")

#: Words by which an author says so.
_NOTE = LazyPattern(r"\W*(?:TBD|TBC|TBA|TODO|FIXME|to be )", IGNORECASE)


#: The indices in a text between which something stands.
_Place = tuple[int, int]


class _Found(NamedTuple):
    """A placeholder and where it stands."""

    span: Span
    text: Text


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Report each placeholder of the plan once."""
    end = -1
    # The longest of those that begin at one place comes first, and speaks for those within it.
    for found in sorted(_placeholders(plan), key=lambda found: (found.span.start, -found.span.end)):
        if found.span.start >= end:
            end = found.span.end
            yield Violation(found.span, _message(found.text.plain.strip()))


def _message(placeholder: str) -> str:
    if _is_choice(placeholder.strip("[]{}()")):
        return f"{quote(placeholder)} is the template's choice, left whole; keep what holds"
    if _NOTE.match(placeholder):
        return f"{quote(placeholder)} leaves this open; settle it, or say here who will and when"
    return f"{quote(placeholder)} is a placeholder; fill it in"


def _placeholders(plan: Plan) -> Iterator[_Found]:
    """Find all placeholders, some of them more than once."""
    for value in _values(plan):
        # Hardly any value has one.
        if places := _in_value(value):
            yield from _found(value, places)
    for block in _prose(plan):
        for inner in walk_blocks((block,)):
            yield from _in_block(inner)


def _prose(plan: Plan) -> Iterator[Block]:
    """Give the blocks of the plan, without the forms that it holds to be filled in at each use."""
    headings = {title.span for title in plan.titles} | {stage.heading.span for stage in plan.stages}
    form = 0
    for block in plan.blocks:
        if isinstance(block, Heading):
            if 0 < form < block.level:
                continue
            is_form = block.text.span not in headings and _FORM.search(block.text.plain) is not None
            form = block.level if is_form else 0
        if not form:
            yield block


def _values(plan: Plan) -> Iterator[Text]:
    """Give the values that other rules read: for one that is a placeholder they rely on this rule."""
    yield from (title.name for title in plan.titles)
    for stage in plan.stages:
        yield stage.heading.text
        yield stage.heading.name
        for field in stage.fields:
            yield field.value
            yield from (item.text for item in field.items if item.text)
    for entry in plan.overview.timeline:
        yield from (reading.text for reading in (entry.dates, entry.duration) if reading)
    for part in (plan.mapping, plan.verification):
        if part is not None:
            yield from (cell.text for row in part.rows for cell in row.row.cells)


def _in_block(block: Block) -> Iterator[_Found]:
    if isinstance(block, Heading):
        # "Current state summary" and "Low / medium / high" are fine headings.
        if not block.text.plain.strip()[:1].isalpha() or _NOTE.match(block.text.plain):
            yield from _found(block.text, _in_value(block.text))
        else:
            yield from _found(block.text, places_of_placeholders(block.text))
    elif isinstance(block, Paragraph):
        if places := _in_text(block.text):
            yield from _found(block.text, places)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from _found(cell.text, _in_text(cell.text))


def _found(text: Text, places: Iterable[_Place]) -> Iterator[_Found]:
    for place in places:
        found = text.slice(*place)
        yield _Found(found.span, found)


@once_a_text
def _in_value(text: Text) -> tuple[_Place, ...]:
    """Find placeholders in a value: it may be one as a whole."""
    return *_whole(text, text), *places_of_placeholders(text)


@once_a_text
def _in_text(text: Text) -> tuple[_Place, ...]:
    """Find placeholders in a text that may be anything; choices are left to the values, for a text may list levels."""
    values = (value for value in (text, *_labelled(text)) if not _is_choice(value.plain))
    return *(place for value in values for place in _whole(value, text)), *places_of_placeholders(text)


def _is_choice(string: str) -> bool:
    """Say whether a string is nothing but words to choose from, without the braces of a blank."""
    if len(string) > _LONGEST_CHOICE:
        return False
    words = _CHOOSING.split(string.lower().replace("n/a", "na"))
    return len(words) > 1 and all(word.strip() in _CHOICES for word in words)


def _labelled(text: Text) -> Iterator[Text]:
    """Give what stands behind the labels with which lines of a text begin."""
    plain = text.plain
    if ":" not in plain and "：" not in plain:
        return
    starts = [0, *(index + 1 for index in text.breaks)]
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        label = _LABEL.match(plain, start, end)
        if label is not None and not _OF_FORMS.search(label[1]):
            yield text.slice(label.end(), end).strip()


def _whole(value: Text, text: Text) -> Iterator[_Place]:
    """Give the place of a stretch of a text that is a placeholder."""
    if is_placeholder(value):
        yield value.strip().place_in(text)


RULE = Rule(id="placeholder-text", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
