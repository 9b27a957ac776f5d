"""Find the risky switches of a plan, and whether it lets old and new run side by side before them.

A switch is told by certain words only. What lets old and new run side by side, and what says that this was weighed, is
searched for generously in all text up to the switch and in what stands outside the stages, code and quotes too: a plan
that speaks of a replica, a canary or a maintenance window at all has thought of it. All these words are English, and
where a plan is in another language, none is missed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.comments import without_comments
from lint_migration_plan.plan.facts import switch_phrases as words
from lint_migration_plan.plan.facts.concreteness import is_unfilled
from lint_migration_plan.plan.facts.language import is_english
from lint_migration_plan.plan.facts.overview_layers import named_layers
from lint_migration_plan.plan.facts.stage_kinds import StageKind, changes_something, stage_kind
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.terms import Risk, SectionKind, State
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: The sections that say what is and what shall be: a standby there is no way to get there.
_STATES = (SectionKind.FROM, SectionKind.TO)


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(alternatives)})"


_NO_PART = rf"(?!(?:'s?)?[ -]{_any(words.PARTS_OF_CODE)}s?(?![\w-]))"
_THINGS = rf"(?<![\w./-]){_any(words.THINGS)}(?![\w/-]|\.\w){_NO_PART}"
_THING = LazyPattern(_THINGS)
_NOT_LIVE = LazyPattern(rf"(?<![\w-]){_any(words.NOT_LIVE)}(?![\w-])")
_SWITCHED = LazyPattern(
    rf"(?<![\w-]){_any(words.SWITCHES)}(?![\w-])[^.,;:]{{0,80}}?{_THINGS}"
    rf"|{_THINGS} (?:traffic )?{_any(words.SWITCH_NOUNS)}(?![\w-])"
    rf"|(?<![\w-]){_any(words.SENDS)} (?:[\w-]+ ){{0,3}}?{_any(words.SENT)}(?: (?:of|for|from) [^\s.,;:]{{1,40}})?"
    r" (?:over )?(?:to|through|onto|via)(?: [^\s.,;:(]{1,40}){1,4}"
    rf"|(?<![\w-]){_any(words.ADDRESS_CHANGES)}(?![\w-])[^.,;:]{{0,60}}?(?<!\w){_any(words.ADDRESSES)}s?(?!\w)"
)
_SIGNS = (*words.COPIES, *words.BOTH, *words.BY_AND_BY, *words.ON_PURPOSE)
_SIGN = LazyPattern(rf"(?<!\w){_any(_SIGNS)}")
_ELSEWHERE = LazyPattern(rf"(?<![\w-]){_any(words.ELSEWHERE)}(?![\w-])")
_SPACES = LazyPattern(r"[\s*>`]+")
#: Where an item, a row or a paragraph ends, and with it a sentence.
_END = LazyPattern(r"\n\s*(?:[-*+#|]|\d{1,3}[.)]\s|\n)")


class Switch(NamedTuple):
    """A stage that switches something which old and new could serve at once, and the author's words for that."""

    stage: Stage
    words: Text


def bare_switches(plan: Plan) -> Iterator[Switch]:
    """Find the high-risk switches before which nothing lets old and new run side by side, in the order of the plan."""
    counts = Counter(stage.label for stage in plan.stages)
    found = [
        (place, said)
        for place, stage in enumerate(plan.stages)
        if counts[stage.label] == 1 and _is_risky(stage) and (said := _switched(stage, plan.vocabulary)) is not None
    ]
    if not found or not is_english(plan) or _speaks_of_both(_outside(plan)):
        return
    read = 0
    for place, said in found:
        if any(_runs_both(stage, plan) for stage in plan.stages[read : place + 1]):
            return
        read = place + 1
        yield Switch(plan.stages[place], said)


def _is_risky(stage: Stage) -> bool:
    return stage.risk is not None and stage.risk.state is State.READ and stage.risk.value is Risk.HIGH


def _switched(stage: Stage, vocabulary: Vocabulary) -> Text | None:
    """Give the words by which a stage surely switches something live that old and new could serve at once.

    They stand in its name, or in its summary or an item of its changes.
    """
    name = stage.heading.name
    string = fold(name.plain)
    kind = stage_kind(stage, vocabulary).kind
    if not kind.moves or _NOT_LIVE.search(string) or not changes_something(stage, vocabulary):
        return None
    if {layer.name for layer in named_layers(stage)} == {"dependencies"}:
        return None
    texts = list(work_texts(stage))
    if any(is_unfilled(text) for text in texts):
        return None
    if kind is StageKind.SWITCH and _THING.search(string):
        return name
    for text in texts:
        if found := _SWITCHED.search(folded(text)):
            return text.slice(*found.span())
    return None


def _runs_both(stage: Stage, plan: Plan) -> bool:
    """Say whether a stage lets old and new run side by side: by its words, or as it tries the new beside the old."""
    if stage_kind(stage, plan.vocabulary).kind is StageKind.VERIFY and not _ELSEWHERE.search(fold(stage.name)):
        return True
    return _speaks_of_both(_source(plan, stage.span.start, stage.span.end))


def _speaks_of_both(string: str) -> bool:
    # A comment may be a suppression, which names the rule that asks.
    said = without_comments(string).lower()
    return _SIGN.search(_SPACES.sub(" ", _END.sub("\n.", said))) is not None


def _outside(plan: Plan) -> str:
    """Give all text of the plan that stands in no stage and not under From or To, code and quotes too."""
    marks = [(section.span.start, section.kind in _STATES) for section in plan.sections]
    marks += [(section.section.span.end, False) for section in plan.sections if section.kind in _STATES]
    marks += [mark for stage in plan.stages for mark in ((stage.span.start, True), (stage.span.end, False))]
    pieces, start, left_out = [], plan.span.start, False
    for position, leaves_out in (*sorted(marks), (plan.span.end, True)):
        if not left_out:
            pieces.append(_source(plan, start, position))
        start, left_out = position, leaves_out
    return "\n".join(pieces)


def _source(plan: Plan, start: int, end: int) -> str:
    return plan.document.source.text[start:end]
