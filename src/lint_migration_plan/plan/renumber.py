"""Give the stages of a plan other numbers, and carry along all that names them.

Numbers of stages stand in headings, dependencies, both tables, compatibility fields, links to headings, and in any
sentence. A number that may mean two stages, or that would come to mean another one, cannot be carried along: then
nothing is renumbered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.anchors import carried
from lint_migration_plan.plan.facts.texts import texts_of
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.plan.values.stage_words import MENTIONED, expand, mention, stage_label
from lint_migration_plan.plan.vocabulary import STAGE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.terms import Reading
    from lint_migration_plan.plan.values.references import Dependencies, StageReference


class Renumbering(NamedTuple):
    """What to write where, in the order of the plan."""

    edits: tuple[tuple[Span, str], ...]


class Unclear(NamedTuple):
    """A place that names a stage, and why it cannot be said what it should be."""

    span: Span
    why: str


class Use(NamedTuple):
    """A number that names a stage, or two that name a range of them; ``labels`` are all stages that it names."""

    first: Text
    last: Text | None
    labels: tuple[str, ...]


#: What a plan may also call the parts of a stage, so that "step 2" within a stage may be either.
_PARTS_TOO = frozenset(("step", "task", "part", "point", "item", "action"))
_NUMBER = LazyPattern(r"(?<![\w.])\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![\w%]|\.\w)", re.IGNORECASE)


def renumber(plan: Plan, numbers: Sequence[int]) -> Renumbering | Unclear:
    """Give each stage its new number, or say which place keeps that from being done.

    ``numbers`` are the new ones, each once, one for each stage in the order of the plan; the old ones are whole too.
    """
    stages = tuple(zip(plan.stages, numbers, strict=True))
    edits: dict[Span, str] = {stage.heading.number.span: _like(stage.heading.number, new) for stage, new in stages}
    target = _Target(stages)
    for use in (*_named_in_values(plan), *_mentioned(plan, edits)):
        if isinstance(use, Unclear):
            return use
        if use.first.span in edits:
            # The value that it stands in was read already.
            continue
        meant = target.of(use)
        if isinstance(meant, Unclear):
            return meant
        edits.update((number.span, _like(number, new)) for number, new in meant)
    for links in carried(plan.document, edits).values():
        edits.update(links)
    text = plan.document.source.text
    return Renumbering(tuple((span, new) for span, new in sorted(edits.items()) if text[slice(*span)] != new))


def numbers_in_values(plan: Plan) -> Iterator[Text]:
    """Give the numbers by which dependencies, tables and compatibility fields name stages; of a range its two ends."""
    yield from _numbers(_named_in_values(plan))


def numbers_named(plan: Plan) -> Iterator[Text]:
    """Give the numbers by which values and sentences name stages, headings too; of a range its two ends."""
    yield from _numbers(_named_in_values(plan))
    yield from _numbers(_mentioned(plan, {}))


def _numbers(uses: Iterable[Use | Unclear]) -> Iterator[Text]:
    for use in uses:
        if isinstance(use, Use):
            yield from (use.first,) if use.last is None else (use.first, use.last)


class _Target:
    """Where each old number leads."""

    def __init__(self, stages: Sequence[tuple[Stage, int]]) -> None:
        self._new: dict[str, set[int]] = {}
        for stage, number in stages:
            self._new.setdefault(stage.label, set()).add(number)
        self._taken = {str(number) for _, number in stages}
        self._moved = {stage.label for stage, number in stages if stage.label != str(number)}

    def of(self, use: Use) -> list[tuple[Text, int]] | Unclear:
        """Say what the numbers of a use become; those that name nothing, and never will, stay."""
        ends = [use.first] if use.last is None else [use.first, use.last]
        meant: list[tuple[Text, int]] = []
        for text in ends:
            label = stage_label(text.plain)
            new = self._new.get(label, set())
            if len(new) > 1:
                return Unclear(text.span, f"more than one stage has the number {label}")
            if not new and (label in self._taken or label.partition(".")[0] in self._moved):
                return Unclear(text.span, f"no stage has the number {label} now, but one would have it then")
            meant += ((text, number) for number in new)
        if use.last is not None and meant:
            first, last = meant[0][1], meant[-1][1]
            named = {number for label in use.labels for number in self._new.get(label, ())}
            if len(meant) == 1 or named != {int(taken) for taken in self._taken if first <= int(taken) <= last}:
                return Unclear(use.first.span, "the stages of this range would no longer follow one another")
        return meant


def _heading_words(plan: Plan) -> Iterator[str]:
    return (stage.heading.word.plain.casefold() for stage in plan.stages if stage.heading.word)


def _like(text: Text, number: int) -> str:
    """Write a number as wide as the old one where that began with a zero."""
    return str(number).zfill(len(text.plain)) if text.plain.startswith("0") and len(text.plain) > 1 else str(number)


def _named_in_values(plan: Plan) -> Iterator[Use | Unclear]:
    """Find the numbers in what was read as stages: they need no word beside them."""
    names = {normal(stage.name) for stage in plan.stages if stage.name}
    readings: list[Reading[Dependencies] | None] = [stage.dependencies for stage in plan.stages]
    readings += [row.stages for row in plan.mapping.rows] if plan.mapping else []
    readings += [row.stages for row in plan.verification.rows] if plan.verification else []
    for reading in readings:
        if reading is None:
            continue
        if reading.state is State.UNREADABLE and any(char.isdecimal() for char in reading.text.plain):
            yield Unclear(reading.text.span, "it cannot be told which stages this names")
        elif reading.value is not None:
            yield from _uses(reading.value.references, names)
    for stage in plan.stages:
        if stage.compatibility is not None and stage.compatibility.value is not None:
            until = (window.until for window in stage.compatibility.value)
            yield from _uses([reference for reference in until if reference is not None], names)


def _uses(references: Sequence[StageReference], names: set[str]) -> Iterator[Use | Unclear]:
    """Find the numbers in stretches that name stages; a range is one stretch with several labels."""
    stretches: dict[Span, tuple[Text, list[str]]] = {}
    for reference in references:
        stretches.setdefault(reference.text.span, (reference.text, []))[1].append(reference.label)
    for text, labels in stretches.values():
        if normal(text.plain) in names:
            continue
        found = [text.slice(*number.span()) for number in _NUMBER.finditer(text.plain)]
        if not found:
            # "all previous stages"
            continue
        first, *others = found
        if len(found) > 2 or stage_label(first.plain) != labels[0]:  # noqa: PLR2004 - the ends of a range
            yield Unclear(text.span, "it cannot be told which stages this names")
            return
        yield Use(first, others[0] if others else None, tuple(labels))


def _mentioned(plan: Plan, known: Mapping[Span, str]) -> Iterator[Use | Unclear]:
    """Find the numbers that stand behind a word for a stage in any text of the plan; placeholders have none."""
    words = frozenset((STAGE_WORD, *plan.vocabulary.stage_words, *_heading_words(plan)))
    within = Within(plan.stages)
    pattern = mention(words)
    blanks = _in_placeholders(plan, pattern)
    for text in texts_of(plan.blocks):
        if is_placeholder(text):
            continue
        plain, prose = text.plain, text.prose
        behind = ticks = 0
        for found in pattern.finditer(plain):
            at = found.start("labels")
            uses = list(numbers(text, found))
            if all(use.first.span in known or use.first.span in blanks for use in uses):
                continue
            if prose[at] == NO_PROSE:
                ticks += text.slice(behind, at).raw.count("`")
                behind = at
                if ticks % 2:
                    yield Unclear(uses[0].first.span, "this is code, which may need the number that it has")
                    return
            if is_part(found[0]) and within.holds(text.span):
                yield Unclear(uses[0].first.span, "this may be a stage or a part of one")
                return
            yield from uses


def _in_placeholders(plan: Plan, pattern: LazyPattern) -> set[Span]:
    """Find the numbers in the values that are still to be filled in: they are examples."""
    values = (field.value for stage in plan.stages for field in stage.fields if is_placeholder(field.value))
    return {
        use.first.span for value in values for found in pattern.finditer(value.plain) for use in numbers(value, found)
    }


def numbers(text: Text, found: re.Match[str]) -> Iterator[Use]:
    """Take the numbers apart that `mention` found in a text."""
    for number in MENTIONED.finditer(text.plain, *found.span("labels")):
        first = stage_label(number["first"])
        labels = expand(first, stage_label(number["last"])) if number["last"] else [first]
        last = text.slice(*number.span("last")) if number["last"] else None
        yield Use(text.slice(*number.span("first")), last, (first,) if isinstance(labels, str) else tuple(labels))


def is_part(said: str) -> bool:
    """Say whether a mention begins with a word that a stage's own parts may have."""
    word = re.match(r"[^\W\d_]+", said)
    return word is not None and word[0].casefold().removesuffix("s") in _PARTS_TOO


class Within:
    """Tell whether a stretch stands below the heading of a stage; asked in the order of the plan."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._spans = sorted(Span(stage.heading.span.end, stage.span.end) for stage in stages)
        self._at = 0

    def holds(self, span: Span) -> bool:
        """Say whether a stretch does."""
        while self._at < len(self._spans) and self._spans[self._at].end <= span.start:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at].start <= span.start
