"""Read a list of stages part by part.

What may stand beside a stage without being one is a note in parentheses, an explanation behind a dash or colon, and the
words behind "Stage 2" itself ("Stage 2 complete").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.fold import EMOJI, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.stage_notes import OF
from lint_migration_plan.plan.values.stage_words import (
    BARE,
    MOST_STAGES,
    TOO_MANY,
    Patterns,
    expand,
    patterns,
    stage_label,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary


class Item(NamedTuple):
    """One part of a list: the labels that it names, its stretch, and whether a word or name makes sure of it."""

    labels: Sequence[str]
    start: int
    end: int
    worded: bool


class Fault(NamedTuple):
    """A part of a list that names no stage, and why, where there is more to say."""

    start: int
    end: int
    reason: str = ""


SEPARATOR = LazyPattern(
    r"\s*(?:[;/&+\n→]|->|\.(?=\s)|,(?:\s*(?:and|or|und|et|y|e|и)\s)?"
    r"|\s(?:and|or|und|et|ou|oder|y|e|o|и|plus|then|sowie)\s)\s*"
)
_LEAD = LazyPattern(
    r"\s*(?:after|requires?|needs?|depends\s+(?:up)?on|(?:successful\s+)?completion\s+of|follows|blocked\s+by|both|all\s+of"
    r"|only|on|the(?!\s+previous)|nach|après|tras|после)\s+"
)
_MARKS = LazyPattern(rf"(?:{EMOJI}|[\s\"'*])*")
_NOTE = LazyPattern(r"\s*\([^()]*(?:\)|\Z)", needs=("(",))
_EXPLANATION = LazyPattern(r"\s*(?:[—–:|]|\.(?=\s|\Z))|\s+-+\s|-+\s")
_NEXT_PART = LazyPattern(r"[,;.\n&+]\s*(?:and\s+)?|\s(?:and|or)\s+")
_STATUS = (
    r"(?:is\s+|are\s+|was\s+|be\s+|must\s+be\s+)?(?:complete|completed|done|finished|live|held|sign-?off|signed\s+off"
    r"|approved|deployed|merged|passed|verified|stable)"
)
#: A stage's number that is followed by this stands alone, and is not the subject of a sentence.
AT_END = LazyPattern(rf"\s*(?:\Z|[,;.:()\n&+/—–|\"']|{EMOJI}|{_STATUS}(?!\w))|\s+(?:and|or|-)\s|-\s")
#: What may stand behind a bare number too: "Stages 1 and 2 complete".
_BARE_STATUS = LazyPattern(rf"\s+{_STATUS}(?!\w)")
#: The words behind "Stage 2", up to what may part it from the next stage.
_WORDS = LazyPattern(rf"(?:[\s-]|{EMOJI})[^,;\n()&+]*")
_JOINT = LazyPattern(r"\s(?:and|or|then)\s")
_NAME_END = LazyPattern(
    r"\s*(?:[,;/&+\n(]|[—–]|\s-\s|\s(?:and|or)\s)",
    needs=(",", ";", "/", "&", "+", "\n", "(", "—", "–", "-", "and", "or"),
)
_PART = LazyPattern(r"(?:\([^()]*\)|[^,;\n])*")
#: No stage's name is longer, or holds more marks that could end it.
_LONGEST_NAME = 120
_MOST_ENDS = 8
_NOTHING = " .!"


class StageList(NamedTuple):
    """A folded string to be read as a list of stages.

    ``plain`` is the same string as its author wrote it. ``names`` are the stages' labels by their names in normal form,
    ``labels`` all labels in order, ``own`` the label of the stage that the list belongs to, None where there is none.
    """

    string: str
    plain: str
    patterns: Patterns
    names: Mapping[str, str]
    labels: Sequence[str]
    own: str | None

    @classmethod
    def of(
        cls,
        text: Text,
        vocabulary: Vocabulary,
        names: Mapping[str, str],
        labels: Sequence[str],
        own: str | None,
    ) -> StageList:
        """Make ready to read a value; without ``own`` stage "all stages" means all."""
        string = folded(text)
        plain = text.plain[: len(string)]
        return cls(string, plain, patterns(vocabulary.stage_words), names, labels, own)

    def items(self) -> list[Item] | Fault:
        """Read the whole list; a fault where a part of it is no stage."""
        found: list[Item] = []
        position = 0
        while True:
            item = self.item(position)
            if isinstance(item, Fault):
                return item
            found.append(item)
            position = self._behind_note(item)
            if not self.string[position:].strip(_NOTHING):
                return found
            separator = SEPARATOR.match(self.string, position)
            if separator is None:
                return self._fault(position if item.worded else item.start)
            position = separator.end()
            if not self.string[position:].strip(_NOTHING):
                return found

    def item(self, start: int) -> Item | Fault:
        """Read the part of the list that begins at an index, with its range."""
        begin = start
        while lead := _LEAD.match(self.string, start):
            start = lead.end()
        marks = _MARKS.match(self.string, start)
        start = marks.end() if marks else start
        named = self._named(start)
        if named is not None:
            return named
        every = self.patterns.every.match(self.string, start)
        if every is not None:
            return self._those_before(every)
        worded = self.patterns.worded.match(self.string, start)
        first = worded or BARE.match(self.string, start)
        if first is None or not self._is_label(first):
            return self._fault(begin)
        label = stage_label(first["label"] or first["counted"])
        to = self.patterns.range.match(self.string, first.end())
        if (
            to is None
            or to["label"].isalpha() != label.isalpha()
            or (to["dash"] != to["dash"].strip() and not AT_END.match(self.string, to.end()))
        ):
            return Item([label], start, first.end(), worded is not None)
        labels = self._range(label, stage_label(to["label"]))
        if isinstance(labels, str):
            return Fault(start, to.end(), labels)
        return Item(labels, start, to.end(), worded is not None)

    def _is_label(self, first: re.Match[str]) -> bool:
        """Say whether a letter is a stage's: "Stage A" is one, "stage a server" is not."""
        letter = first["label"]
        if letter is None or not letter.isalpha():
            return True
        return self.plain[first.start("label")].isupper() or letter in self.labels[:MOST_STAGES]

    def _named(self, start: int) -> Item | None:
        """Read the longest name of a stage that begins here."""
        if not self.names:
            return None
        stop = start + _LONGEST_NAME
        ends = [len(self.plain)] if len(self.plain) <= stop else []
        for mark in _NAME_END.finditer(self.string, start, stop):
            ends.append(mark.start())
            if len(ends) > _MOST_ENDS:
                break
        for end in sorted(ends, reverse=True):
            label = self.names.get(normal(self.plain[start:end].strip(" \"'“”‘’*.")))
            if label is not None:
                return Item([label], start, end, worded=True)
        return None

    def _those_before(self, every: re.Match[str]) -> Item | Fault:
        labels: Sequence[str] = self.labels[: 10 * MOST_STAGES]
        if not (every["whole"] and self.own is None):
            index = labels.index(self.own) if self.own in labels else 0
            one = every["what"] and not every["all"] and not every["what"].endswith("s")
            labels = labels[max(index - 1, 0) if one else 0 : index]
        if len(labels) > MOST_STAGES:
            return Fault(*every.span(), TOO_MANY)
        return Item(labels, *every.span(), worded=True)

    def _range(self, first: str, last: str) -> Sequence[str] | str:
        """Spell a range out: with the stages of this plan that stand between its ends, else by counting."""
        labels = self.labels[: 10 * MOST_STAGES]
        if first in labels and last in labels and labels.index(first) <= labels.index(last):
            between = labels[labels.index(first) : labels.index(last) + 1]
            return between if len(between) <= MOST_STAGES else TOO_MANY
        return expand(first, last)

    def _behind_note(self, item: Item) -> int:
        """Give the index behind what may stand beside a stage without being one."""
        position = item.end
        while position < len(self.string):
            if note := _NOTE.match(self.string, position):
                position = note.end()
            elif explanation := _EXPLANATION.match(self.string, position):
                return self._next_stage(explanation.start())
            elif SEPARATOR.match(self.string, position):
                return position
            elif not item.worded and (
                words := _BARE_STATUS.match(self.string, position) or OF.match(self.string, position)
            ):
                position = words.end()
            elif item.worded and (words := _WORDS.match(self.string, position)):
                position = self._behind_words(position, words.end())
                if position == words.end() or SEPARATOR.match(self.string, position):
                    item = item._replace(worded=False)
            else:
                break
        return position

    def _behind_words(self, start: int, end: int) -> int:
        for joint in _JOINT.finditer(self.string, start, end):
            following = self.item(joint.end())
            if isinstance(following, Item) and following.worded:
                return joint.start()
        return end

    def _next_stage(self, start: int) -> int:
        """Find the next stage behind an explanation: one that stands alone, not the subject of a sentence."""
        for mark in _NEXT_PART.finditer(self.string, start):
            item = self.item(mark.end())
            if isinstance(item, Item) and item.worded and AT_END.match(self.string, item.end):
                return mark.start()
        return len(self.string)

    def _fault(self, start: int) -> Fault:
        part = _PART.match(self.string, start)
        return Fault(start, part.end() if part else len(self.string))
