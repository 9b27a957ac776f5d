"""Mark the stages that a text mentions, so that patterns can speak of a stage however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.values.fold import folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.references import stage_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: Stands for the mention of a stage; a private character, which no text has.
STAGE = "\ue000"
#: One mention, or several in a list.
STAGES = rf"(?:both )?{STAGE}(?:(?:,? (?:and|or|to) |, ?){STAGE})*(?!['’-]?\w)"
#: The beginning of a clause, and its end behind a stage.
START = r"(?:(?<![\s\S])\W{0,6}|(?<=[.;:!?,(—] )|(?<= and )|(?<= then ))"
END = r"(?=\s*(?:\Z|[.,;:!?)(—–]|and (?!its)|because|since|as (?:the|it|they|both)|in (?:one|the same)|on |at |- ))"
SENTENCE = LazyPattern(r"(?:[^.;!?]|[.;!?](?!\s|\Z))+")


class Mention(NamedTuple):
    """Where a text mentions stages, and their labels."""

    start: int
    end: int
    labels: tuple[str, ...]


class MarkedText(NamedTuple):
    """A text whose mentions of stages are one mark each; ``string`` is folded."""

    text: Text
    string: str
    mentions: tuple[Mention, ...]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Give what is mentioned in a stretch of the marked string."""
        first, last = (self.string.count(STAGE, 0, position) for position in (start, end))
        return self.mentions[first:last]

    def labels(self, start: int, end: int) -> Iterator[str]:
        """Give the labels of the stages that are mentioned in a stretch of the marked string."""
        for mention in self.mentions_in(start, end):
            yield from mention.labels

    def original(self, start: int, end: int) -> Text:
        """Give the author's text for a stretch of the marked string."""
        return self.text.slice(self._index(start), self._index(end)).strip()

    def _index(self, position: int) -> int:
        before = self.mentions[: self.string.count(STAGE, 0, position)]
        return position + sum(mention.end - mention.start - 1 for mention in before)


def mark_stages(text: Text, vocabulary: Vocabulary, words: Iterable[str]) -> MarkedText:
    """Mark the stages that a text mentions by word and number; ``words`` are further words for a stage."""
    return MarkedText(text, *_marked(text, vocabulary, frozenset(words)))


@once_a_text
def _marked(text: Text, vocabulary: Vocabulary, words: frozenset[str]) -> tuple[str, tuple[Mention, ...]]:
    string = folded(text)
    mentions: list[Mention] = []
    for reference in stage_mentions(text, vocabulary, words):
        start = reference.text.start_in(text)
        end = start + len(reference.text)
        if end > len(string):
            break
        if mentions and mentions[-1].start == start:
            mentions[-1] = mentions[-1]._replace(labels=(*mentions[-1].labels, reference.label))
        else:
            mentions.append(Mention(start, end, (reference.label,)))
    pieces = []
    position = 0
    for mention in mentions:
        pieces += [string[position : mention.start], STAGE]
        position = mention.end
    return "".join([*pieces, string[position:]]), tuple(mentions)
