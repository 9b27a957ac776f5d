"""Tell the stages that nobody can undo, and those that leave nothing to undo, by what their Rollback says.

Only plain words count. A Rollback that holds a step, or something that might be one, is neither.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.facts.concreteness import field_texts, holds_more_than_text, is_unfilled
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import BREAK, LIMIT, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Stage


class Denial(NamedTuple):
    """A Rollback's word that there is no way back.

    ``openly`` is True for "cannot be undone" and the like, False for a bare "N/A" or "none". ``explained`` is True
    where it says why.
    """

    text: Text
    openly: bool
    explained: bool


def denial(stage: Stage) -> Denial | None:
    """Find a stage's word that there is no way back; None where its Rollback holds a step, or may hold one."""
    texts = _rollback(stage)
    # Most rollbacks begin with a step, and the rest of a long one need not be read.
    if not texts or not _read(texts[0]).denies or any(is_unfilled(text) for text in texts):
        return None
    readings = [_read(text) for text in texts]
    if any(reading.may_hold_step or reading.harmless for reading in readings):
        return None
    openly = any(reading.openly for reading in readings)
    explained = any(reading.explains for reading in readings)
    if explained and not openly:
        # "N/A: only adds an index that nobody reads yet" may be fair.
        return None
    return Denial(texts[0], openly, explained)


def explains_absence(stage: Stage) -> bool:
    """Say whether a stage's Rollback holds no steps and says why: there is nothing to undo, or "N/A" with a reason."""
    texts = _rollback(stage)
    if not texts:
        return False
    first = _read(texts[0])
    if not (first.harmless or first.denies):
        return False
    others = [_read(text) for text in texts[1:]]
    if any(reading.may_hold_step and not reading.harmless for reading in others):
        return False
    return first.harmless or any(reading.explains for reading in (first, *others))


class _Reading(NamedTuple):
    """What one text of a Rollback says."""

    denies: bool
    openly: bool
    explains: bool
    harmless: bool
    may_hold_step: bool


def _rollback(stage: Stage) -> list[Text]:
    """Give the texts of a stage's Rollback; none where it holds more than text, which may be a step."""
    fields = [field for field in stage.fields if field.name is FieldName.ROLLBACK]
    return [] if holds_more_than_text(fields) else list(field_texts(fields))


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(alternatives)})"


_END = rf"(?={BREAK}|\s+(?:because|since|as|due to)(?!\w))"
_SUBJECT = rf"(?:{phrases.DENIED}\s+(?:(?:is|are|will be|would be)\s+)?)?"
_STILL = rf"(?:\s+{phrases.STILL_DENIED})*"
_OPEN = rf"{_SUBJECT}{_any(phrases.OPEN_DENIALS)}{_STILL}{_END}"
_CLAUSE = r"(?:\A\W*|[,;:.!(—–]\s*|\s-+\s|\b(?:because|since|as)\s+)"

_LEAD = LazyPattern(r"\s*(?:\[[ x]\]\s)?[^\w(]*")
_OPENLY = LazyPattern(_OPEN, needs=phrases.OPENLY_DENYING)
_BARELY = LazyPattern(rf"(?:rollback\s+is\s+)?{_any(phrases.BARE_DENIALS)}{_STILL}{_END}")
_OPENLY_LATER = LazyPattern(rf"{_CLAUSE}{_OPEN}", needs=phrases.OPENLY_DENYING)
_HARMLESS = LazyPattern(
    rf"{_CLAUSE}{_any(phrases.NOTHING_TO_UNDO)}(?!\w)",
    needs=("nothing", "needed", "required", "necessary", "no change", "no effect"),
)
_FORWARD = LazyPattern(rf"\b{phrases.FORWARD}\b", needs=("forward",))
_WORD = LazyPattern(r"[^\W_]+(?:['-][^\W_]+)*")
#: A sentence of its own that begins with another word may be an order.
_ORDER = LazyPattern(rf"[.;!]\s+(?!{phrases.EXPLAINS}(?!\w))\w")
_EXPLAINS = LazyPattern(rf"{phrases.EXPLAINS}(?!\w)")


@once_a_text
def _read(text: Text) -> _Reading:
    string = folded(text)
    lead = _LEAD.match(string)
    start = lead.end() if lead else 0
    openly = _OPENLY.match(string, start)
    found = openly or _BARELY.match(string, start)
    harmless = _HARMLESS.search(string) is not None
    rest = _FORWARD.sub(" ", string[found.end() if found else start :])
    words = _WORD.findall(rest)
    is_order = _ORDER.search(rest) if found else not _EXPLAINS.match(string, start)
    return _Reading(
        denies=found is not None,
        openly=openly is not None or _OPENLY_LATER.search(rest) is not None,
        explains=bool(words),
        harmless=harmless,
        may_hold_step=bool(is_order)
        or len(text) > LIMIT
        or _holds_command(text)
        or any(_is_step(word, before) for before, word in pairwise(["", *words])),
    )


def _is_step(word: str, before: str) -> bool:
    """Say whether a word may be what somebody does to get back: "restore", but not "the restore"."""
    return word in phrases.STEPS_BACK and before not in phrases.DETERMINERS


def _holds_command(text: Text) -> bool:
    """Say whether code or a link of more than one word stands in a text."""
    plain = text.plain
    spans = re.finditer(f"{NO_PROSE}+", text.prose)
    return any(" " in plain[span.start() : span.end()] for span in spans)
