"""Find what a plan says of old and new working together, and of which pairs of layers it says so.

Places are indices into the plan's stages; -1 is that of what stands in no stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.compatibility import (
    Where,
    additions,
    code_states,
    ends,
    firmness,
    may_mean,
    mentions,
    named_pairs,
    own_name,
    statement,
    words_of_code,
)
from lint_migration_plan.plan.facts.overview_layers import touched_layers
from lint_migration_plan.plan.facts.texts import codes, other_texts, stage_texts, texts_outside
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import FieldName, SectionKind
from lint_migration_plan.plan.values.fold import fold_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.facts.compatibility import Addition, Firmness, Pair
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.vocabulary import Vocabulary


class Statement(NamedTuple):
    """Words that say that old and new both work for some pairs.

    ``said`` is the whole text or code in which they stand, folded. ``aside`` is True for a cell that tells of a gap or
    of a check: it speaks of the time of its stage, which is not looked for.
    """

    pairs: frozenset[Pair]
    words: Text
    place: int
    said: str
    where: Where
    aside: bool = False

    def firmness(self, vocabulary: Vocabulary) -> Firmness:
        """Say how much it says of the old."""
        return firmness(self.said, vocabulary, self.where)


@once_a_plan
def all_additions(plan: Plan) -> tuple[tuple[Addition, ...], ...]:
    """Give what each stage adds that must go again."""
    return tuple(tuple(additions(stage, plan.vocabulary)) for stage in plan.stages)


@once_a_plan
def statements(plan: Plan) -> tuple[Statement, ...]:
    """Find what a plan says, but not of the things that it adds: how long these are there is known."""
    names = {addition.name for added in all_additions(plan) for addition in added}
    return tuple(_statements(plan, names))


def _statements(plan: Plan, names: set[str]) -> Iterator[Statement]:
    vocabulary = plan.vocabulary
    every = frozenset(vocabulary.coupled_pairs)

    def said(text: Text, where: Where) -> Text | None:
        words = None if mentions(text, names, vocabulary) else statement(text, vocabulary, where)
        return None if words is None or may_mean(words, names, vocabulary) else words

    for place, stage in enumerate(plan.stages):
        for text, where in _telling_texts(plan, place):
            if words := said(text, where):
                yield Statement(pairs_of(plan, stage, text), words, place, fold_whole(text.plain), where)
        stating = [code for code in codes(stage) if code_states(code, vocabulary)]
        if stating:
            code = words_of_code("\n".join(stating))
            yield Statement(every, stage.heading.name, place, code, Where.CODE)
    reasons = [section.section.span for section in plan.overview.sections if section.kind in _REASONS]
    aside = _cells_aside(plan)
    for text in _texts_outside(plan):
        start = text.span.start
        if not _is_in(start, reasons) and (words := said(text, Where.OUTSIDE)):
            yield Statement(every, words, -1, fold_whole(text.plain), Where.OUTSIDE, start in aside)


def _cells_aside(plan: Plan) -> frozenset[int]:
    """Give the starts of the cells that tell what a gap is, and how a stage is checked."""
    gaps = (row.gap for row in (plan.mapping.rows if plan.mapping else ()))
    rows = plan.verification.rows if plan.verification else ()
    checks = (cell for row in rows for cell in (row.automated_test, row.manual_check))
    return frozenset(cell.span.start for cell in (*gaps, *checks) if cell is not None)


def last_end(plan: Plan, addition: Addition) -> int:
    """Give the place of the last stage that may speak of the end of what is added; -1 where no text of the plan does.

    What stands outside the stages may speak of any time, and counts as the end of the plan.
    """
    last = _last_ends(plan)
    return max(last.get(addition.name, -1), last.get(own_name(addition) or addition.name, -1))


@once_a_plan
def _last_ends(plan: Plan) -> Mapping[str, int]:
    """Give the last place at which a text may speak of the end of a thing, by the thing or its name in code."""
    last: dict[str, int] = {}
    for place in range(len(plan.stages)):
        for text, _ in _telling_texts(plan, place):
            last.update(dict.fromkeys(ends((text,), plan.vocabulary), place))
    rows = plan.mapping.rows if plan.mapping else ()
    for texts in (*((text,) for text in _texts_outside(plan)), *((row.gap, row.stage, row.notes) for row in rows)):
        last.update(dict.fromkeys(ends(filter(None, texts), plan.vocabulary), len(plan.stages)))
    return last


def pairs_of(plan: Plan, stage: Stage, text: Text) -> frozenset[Pair]:
    """Say of which pairs a text of a stage speaks: those of its layers and those that it names, else any."""
    layers = set(touched_layers(stage))
    own = frozenset(pair for pair in plan.vocabulary.coupled_pairs if layers & set(pair))
    return own | named_pairs(text, plan.vocabulary) or frozenset(plan.vocabulary.coupled_pairs)


def _telling_texts(plan: Plan, place: int) -> Iterator[tuple[Text, Where]]:
    """Give the texts of a stage that may tell of a window: not how it is undone, which is when the window is over."""
    stage = plan.stages[place]
    proof = [field.span for field in stage.fields if field.name is FieldName.VERIFICATION]
    back = [field.span for field in stage.fields if field.name in _BACK]
    for text in (*stage_texts(stage), *other_texts(plan)[place]):
        start = text.span.start
        if not _is_in(start, back):
            yield text, Where.PROOF if _is_in(start, proof) else Where.WORK


def _texts_outside(plan: Plan) -> Iterator[Text]:
    """Give the texts outside the stages, but not how a way back is tested."""
    rows = plan.verification.rows if plan.verification else ()
    back = {row.rollback_test.span.start for row in rows if row.rollback_test}
    yield from (text for text in texts_outside(plan) if text.span.start not in back)


def _is_in(start: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start < span.end for span in spans)


_BACK = (FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED)
#: Why there is a plan, what was before it and when to give up tell nothing of what is done.
_REASONS = (SectionKind.FROM, SectionKind.MOTIVATION, SectionKind.ABORT)
