"""Find where a stage says that it cannot be deployed, proved or undone without another one."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.facts.concreteness import field_texts, holds_more_than_text, is_unfilled, says_nothing
from lint_migration_plan.plan.facts.marked_text import END, SENTENCE, STAGES, START, mark_stages
from lint_migration_plan.plan.once import once_a_plan
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.facts.marked_text import MarkedText
    from lint_migration_plan.plan.nodes import Field, Plan, Stage


class TieKind(Enum):
    """What a stage cannot do alone; the value says it of the stage."""

    DEPLOYED = "deployed"
    VERIFIED = "verified"
    UNDONE = "undone"


class Tie(NamedTuple):
    """A stage's word that it hangs together with another: the stage, its words, and the other one."""

    stage: Stage
    kind: TieKind
    text: Text
    other: Stage


@once_a_plan
def ties(plan: Plan) -> tuple[Tie, ...]:
    """Find what the stages of a plan say of their ties, in the order of the stages."""
    return tuple(_ties(plan))


@once_a_plan
def tied_pairs(plan: Plan) -> frozenset[frozenset[str]]:
    """Give the labels of each two stages that hang together."""
    return frozenset(frozenset((tie.stage.label, tie.other.label)) for tie in ties(plan))


def _ties(plan: Plan) -> Iterator[Tie]:
    counts = Counter(stage.label for stage in plan.stages)
    # What a doubled number means is not known.
    places = {stage.label: place for place, stage in enumerate(plan.stages) if counts[stage.label] == 1}
    words = frozenset(stage.heading.word.plain.lower() for stage in plan.stages)
    for stage in plan.stages:
        reader = _Reader(stage, plan, places, words)
        yield from reader.deployed()
        yield from reader.verified()
        yield from reader.undone()


class _Reader(NamedTuple):
    """Reads the fields of one stage; ``places`` are the places of all stages by their labels."""

    stage: Stage
    plan: Plan
    places: Mapping[str, int]
    words: frozenset[str]

    @property
    def most(self) -> int:
        """More than the distance between any two stages."""
        return len(self.plan.stages)

    def deployed(self) -> Iterator[Tie]:
        """Find changes that go live together with another stage."""
        for text in self._marked(FieldName.WHAT_CHANGES, FieldName.CHANGES):
            yield from self._found(text, _patterns().deployed, TieKind.DEPLOYED, range(-self.most, self.most))

    def verified(self) -> Iterator[Tie]:
        """Find a verification that leaves all proof to a later stage: no text of it proves anything here."""
        if holds_more_than_text(self._fields_of(FieldName.VERIFICATION)):
            return
        found = []
        for text in self._marked(FieldName.VERIFICATION):
            # Each of these phrases names a stage.
            match = _patterns().proved.match(text.string) if text.mentions else None
            if match is None and says_nothing(text.text, phrases.VERIFICATION):
                continue
            other = self._other(text, match, range(1, self.most)) if match else None
            if match is None or other is None or _patterns().more.search(text.string):
                return
            found.append(Tie(self.stage, TieKind.VERIFIED, text.original(*match.span("tie")), other))
        yield from found[:1]

    def undone(self) -> Iterator[Tie]:
        """Find a rollback that takes an earlier stage along."""
        for text in self._marked(FieldName.ROLLBACK):
            yield from self._found(text, _patterns().undone, TieKind.UNDONE, range(-self.most, 0))

    def _fields_of(self, *names: FieldName) -> list[Field]:
        return [field for field in self.stage.fields if field.name in names]

    def _marked(self, *names: FieldName) -> Iterator[MarkedText]:
        for text in field_texts(self._fields_of(*names)):
            yield mark_stages(text, self.plan.vocabulary, self.words)

    def _found(self, text: MarkedText, pattern: LazyPattern, kind: TieKind, distances: range) -> Iterator[Tie]:
        """Find a tie in one of a text's sentences; a sentence that denies, allows or conditions it holds none."""
        if not text.mentions or is_unfilled(text.text):
            return
        for sentence in SENTENCE.finditer(text.string):
            match = pattern.search(text.string, *sentence.span())
            if match is None or _patterns().loose.search(sentence[0]):
                continue
            other = self._other(text, match, distances)
            if other is not None:
                yield Tie(self.stage, kind, text.original(*match.span()), other)

    def _other(self, text: MarkedText, match: re.Match[str], distances: range) -> Stage | None:
        """Find the first stage that a match mentions and that stands at one of some distances from this one."""
        own = self.places.get(self.stage.label)
        for label in text.labels(*match.span()):
            place = self.places.get(label)
            if own is not None and place is not None and place != own and place - own in distances:
                return self.plan.stages[place]
        return None


class _Patterns(NamedTuple):
    """The phrases, compiled."""

    deployed: LazyPattern
    proved: LazyPattern
    undone: LazyPattern
    loose: LazyPattern
    more: LazyPattern


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    def any_of(alternatives: Iterable[str]) -> str:
        pattern = f"(?:{'|'.join(alternatives)})"
        return pattern.replace("START", START).replace(" END", END).replace("STAGE", STAGES)

    return _Patterns(
        deployed=LazyPattern(rf"(?<![\w-]){any_of(phrases.GOES_LIVE_TOGETHER)}"),
        proved=LazyPattern(
            rf"\W*(?P<tie>{any_of(phrases.PROVED_ELSEWHERE)})"
            r"(?=\s*(?:[.)]?\s*\Z|[,(:—–]|- |when |once |because |since |with |by |using |through |where ))"
            r"(?![^\n]*[.;]\s+\w)"
        ),
        undone=LazyPattern(rf"(?<![\w-]){any_of(phrases.UNDONE_TOGETHER)}"),
        loose=LazyPattern(rf"\b(?:{phrases.LOOSE})\b|n't\b"),
        more=LazyPattern(rf"\b(?:{phrases.PROVED_MORE})\b|\bre-?(?:test|verif|check|valid)"),
    )
