"""Find until when a stage can be undone, where its Rollback names the stage that ends it: "not possible after Stage 5".

Only plain English words beside the mention of a stage count. A limit that names no stage of the plan is left to the
reader, who sees it among the steps.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.facts.concreteness import field_texts
from lint_migration_plan.plan.facts.rollback_steps import rollback_fields
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.values.fold import fold_whole
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan


class Limit(NamedTuple):
    """The stage after which another one can no longer be undone, by its place in the plan, and the words for it."""

    place: int
    words: Text


_DENIALS = "|".join((*phrases.OPEN_DENIALS, "no rollback", r"(?:no longer|does not|doesn't|will not|won't) works?"))
_AFTER = r"(?:after|once|from|past|beyond|as soon as|when)"
_UNTIL = r"(?:until|till|up to|before)"
_CAN_BE = r"can (?:only )?be (?:undone|reverted|reversed|rolled back)"
_POSSIBLE = rf"(?:possible|feasible|reversible|available|works?|{_CAN_BE})"

#: What stands before the mention of a stage that ends the way back.
_ENDS_AT = LazyPattern(
    rf"(?<!\w)(?P<words>(?:{_DENIALS})(?: {phrases.STILL_DENIED})? {_AFTER}"
    rf"|(?<!not )(?<!never ){_POSSIBLE} (?:only )?{_UNTIL}) \Z"
)
_AT_CLAUSE = LazyPattern(rf"(?:\A|[.;:,!(—–-] ?)(?P<words>{_AFTER} )\Z")
#: What stands behind it, where the sentence begins with the stage: "After Stage 5 there is no way back".
_DENIED_THEN = LazyPattern(
    r"(?: on(?:wards?)?| (?:is|are|has|have) (?:been )?(?:done|complete|completed|finished|live|run|started|begun)"
    rf"| starts| begins)?(?: ?[,:—–-])? ?(?:{phrases.DENIED} )?(?:is |are )?(?:{_DENIALS})(?!\w)"
)
#: How far the words may stand from the mention, in characters.
_REACH = 80


@once_a_plan
def rollback_limits(plan: Plan) -> Mapping[int, Limit]:
    """Find the stages that can be undone for a while only, by their places, with the earliest end that each names."""
    counts = Counter(stage.label for stage in plan.stages)
    places = {stage.label: at for at, stage in enumerate(plan.stages) if counts[stage.label] == 1}
    limits = {}
    for place, stage in enumerate(plan.stages):
        ends = [
            Limit(places[label], words)
            for text in field_texts(rollback_fields(stage))
            for label, words in _named_ends(text, plan)
            if places.get(label, place) > place
        ]
        if ends:
            limits[place] = min(ends, key=lambda end: end.place)
    return limits


def _named_ends(text: Text, plan: Plan) -> Iterator[tuple[str, Text]]:
    """Find the stages that a text names as the end of a way back, with the words that say so."""
    string = fold_whole(text.plain)
    words = {stage.heading.word.plain.lower() for stage in plan.stages[:1]}
    for mention in stage_mentions(text, plan.vocabulary, words):
        start = mention.text.start_in(text)
        end = start + len(mention.text)
        reach = max(start - _REACH, 0)
        found = _ENDS_AT.search(string[reach:start])
        if found is None and (found := _AT_CLAUSE.search(string[reach:start])):
            denied = _DENIED_THEN.match(string[end : end + _REACH])
            found, end = (found, end + denied.end()) if denied else (None, end)
        if found is not None:
            yield mention.label, text.slice(reach + found.start("words"), end)
