"""Find where a stage says that it cannot be deployed, proved or undone without another one."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan import phrases
from lint_migration_plan.plan.concreteness import field_texts, holds_more_than_text, is_unfilled, says_nothing
from lint_migration_plan.plan.fold import folded
from lint_migration_plan.plan.nodes import FieldName
from lint_migration_plan.plan.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.plan.references import StageReference


class TieKind(Enum):
    """What a stage cannot do alone; the value says it of the stage."""

    DEPLOYED = "deployed"
    VERIFIED = "verified"
    UNDONE = "undone"


class Tie(NamedTuple):
    """A stage's word that it hangs together with another: the words, and the other stage."""

    kind: TieKind
    text: Text
    other: Stage


def ties(stage: Stage, plan: Plan) -> Iterator[Tie]:
    """Find what a stage says of its ties to other stages of the plan."""
    place = plan.stages.index(stage)
    names = frozenset(other.heading.word.plain.lower() for other in plan.stages)
    others = {other.label: other for other in plan.stages if other is not stage}
    earlier = {other.label: other for other in plan.stages[:place]}
    later = {other.label: other for other in plan.stages[place + 1 :]}

    def marked(*fields: FieldName) -> Iterator[_Marked]:
        for text in field_texts([field for field in stage.fields if field.name in fields]):
            yield _mark(text, stage_mentions(text, plan.vocabulary, names))

    for text in marked(FieldName.WHAT_CHANGES, FieldName.CHANGES):
        yield from _found(text, _patterns().deployed, TieKind.DEPLOYED, others)
    yield from _proof(stage, list(marked(FieldName.VERIFICATION)), later)
    for text in marked(FieldName.ROLLBACK):
        yield from _found(text, _patterns().undone, TieKind.UNDONE, earlier)


#: Stands for the mention of a stage; a private character, which no text has.
_STAGE = "\ue000"


class _Mention(NamedTuple):
    """Where a text mentions stages, and their labels."""

    start: int
    end: int
    labels: tuple[str, ...]


class _Marked(NamedTuple):
    """A text whose mentions of stages are one mark each, so that patterns can speak of them."""

    text: Text
    string: str
    mentions: tuple[_Mention, ...]

    def labels(self, start: int, end: int) -> Iterator[str]:
        """Give the labels of the stages that are mentioned in a stretch of the marked string."""
        first, last = (self.string.count(_STAGE, 0, position) for position in (start, end))
        for mention in self.mentions[first:last]:
            yield from mention.labels

    def original(self, start: int, end: int) -> Text:
        """Give the author's text for a stretch of the marked string."""
        return self.text.slice(self._index(start), self._index(end)).strip()

    def _index(self, position: int) -> int:
        before = self.mentions[: self.string.count(_STAGE, 0, position)]
        return position + sum(mention.end - mention.start - 1 for mention in before)


def _mark(text: Text, references: Iterable[StageReference]) -> _Marked:
    string = folded(text)
    mentions: list[_Mention] = []
    for reference in references:
        start = reference.text.start_in(text)
        end = start + len(reference.text)
        if end > len(string):
            break
        if mentions and mentions[-1].start == start:
            mentions[-1] = mentions[-1]._replace(labels=(*mentions[-1].labels, reference.label))
        else:
            mentions.append(_Mention(start, end, (reference.label,)))
    pieces = []
    position = 0
    for mention in mentions:
        pieces += [string[position : mention.start], _STAGE]
        position = mention.end
    return _Marked(text, "".join([*pieces, string[position:]]), tuple(mentions))


def _found(text: _Marked, pattern: re.Pattern[str], kind: TieKind, others: Mapping[str, Stage]) -> Iterator[Tie]:
    """Find a tie in one of a text's sentences; a sentence that denies, allows or conditions it holds none."""
    if not text.mentions or is_unfilled(text.text):
        return
    for sentence in _SENTENCE.finditer(text.string):
        found = pattern.search(text.string, *sentence.span())
        if found is None or _patterns().loose.search(sentence[0]):
            continue
        other = next((others[label] for label in text.labels(*found.span()) if label in others), None)
        if other is not None:
            yield Tie(kind, text.original(*found.span()), other)


def _proof(stage: Stage, texts: Sequence[_Marked], later: Mapping[str, Stage]) -> Iterator[Tie]:
    """Find the tie of a Verification that leaves all proof to a later stage: no text of it proves anything here."""
    if holds_more_than_text([field for field in stage.fields if field.name is FieldName.VERIFICATION]):
        return
    found = []
    for text in texts:
        match = _patterns().proved.match(text.string)
        if match is None and says_nothing(text.text, phrases.VERIFICATION):
            continue
        other = next((later[label] for label in text.labels(*match.span()) if label in later), None) if match else None
        if match is None or other is None or _patterns().more.search(text.string):
            return
        found.append(Tie(TieKind.VERIFIED, text.original(*match.span("tie")), other))
    yield from found[:1]


_SENTENCE = re.compile(r"(?:[^.;!?]|[.;!?](?!\s|\Z))+")


class _Patterns(NamedTuple):
    """The phrases, compiled."""

    deployed: re.Pattern[str]
    proved: re.Pattern[str]
    undone: re.Pattern[str]
    loose: re.Pattern[str]
    more: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    stages = rf"(?:both )?{_STAGE}(?:(?:,? (?:and|or|to) |, ?){_STAGE})*(?!['’-]?\w)"
    end = r"(?=\s*(?:\Z|[.,;:!?)(—–]|and (?!its)|because|since|as (?:the|it|they|both)|in (?:one|the same)|on |at |- ))"

    def any_of(alternatives: Iterable[str]) -> str:
        return f"(?:{'|'.join(alternatives)})".replace(" END", end).replace("STAGE", stages)

    return _Patterns(
        deployed=re.compile(rf"(?<![\w-]){any_of(phrases.GOES_LIVE_TOGETHER)}"),
        proved=re.compile(
            rf"\W*(?P<tie>{any_of(phrases.PROVED_ELSEWHERE)})"
            r"(?=\s*(?:[.)]?\s*\Z|[,(:—–]|- |when |once |because |since |with |by |using |through |where ))"
            r"(?![^\n]*[.;]\s+\w)"
        ),
        undone=re.compile(rf"(?<![\w-]){any_of(phrases.UNDONE_TOGETHER)}"),
        loose=re.compile(rf"\b(?:{phrases.LOOSE})\b|n't\b"),
        more=re.compile(rf"\b(?:{phrases.PROVED_MORE})\b|\bre-?(?:test|verif|check|valid)"),
    )
