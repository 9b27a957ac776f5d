"""Read references to stages: "Stage 2", "Stages 1-3", "1, 2 and 4", a stage's name, "all previous stages"."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.plan.values.choices import read_exemption
from lint_migration_plan.plan.values.fold import BREAK, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.readings import unread, unreadable
from lint_migration_plan.plan.values.stage_lists import SEPARATOR, Fault, Item, StageList
from lint_migration_plan.plan.values.stage_notes import is_choice, is_elsewhere, is_loose
from lint_migration_plan.plan.values.stage_words import (
    BARE,
    MENTIONED,
    MOST_STAGES,
    TOO_MANY,
    expand,
    mention,
    patterns,
    stage_label,
)
from lint_migration_plan.plan.vocabulary import STAGE_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

_NO_WORD = (
    r"(?:none|nothing|nil|no|n\s?/\s?a|n\.\s?a\.?|∅|ø|no\s+(?:stage\s+)?dependenc(?:y|ies)|not\s+applicable|independent"
    r"|no\s+(?:(?:prior|earlier|previous|other|preceding)\s+)?(?:stages?|phases?|steps?)"
    r"|keine?|aucune?|ninguna|ninguno|nenhuma?|nessuna|нет|無し|无|無|なし|없음|brak|ingen)"
)
#: A value that says that there is nothing to name.
NONE = LazyPattern(
    rf"\W{{0,3}}{_NO_WORD}(?!\w)(?:\s+(?:required|needed|identified|known|so far|yet|because|as|since)(?!\w)|{BREAK})"
    r"|\s*[-–—]{1,3}\s*(?:\Z|\()"
)
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class StageReference(NamedTuple):
    """A stage that a text names: its number as `stage_label` gives it, and where it is named.

    ``sure`` is False where the words beside it leave open whether it is meant as it stands: "Stage 2 or Stage 3",
    "Stage 4 (optional)".
    """

    label: str
    text: Text
    sure: bool = True


class Dependencies(NamedTuple):
    """The stages that a value names; ``none`` is True where it says that there are none.

    ``elsewhere`` are the stages of another plan that it names: "Stage 3 of the billing migration".
    """

    references: tuple[StageReference, ...]
    none: bool
    elsewhere: tuple[StageReference, ...] = ()


class StageLabels(NamedTuple):
    """What a value may call the stages of its plan: all their numbers, and these by their names in normal form."""

    all: Sequence[str]
    names: Mapping[str, str]


def read_dependencies(
    text: Text,
    vocabulary: Vocabulary,
    names: Mapping[str, str] = _NO_NAMES,
    *,
    labels: Sequence[str] = (),
    own: str | None = None,
) -> Reading[Dependencies]:
    """Read what a stage depends on: none, or stages.

    ``names`` are the labels of the plan's stages by their names in `spelling.normal` form, ``labels`` all labels in the
    order of the plan and ``own`` the one of this stage, for "all previous stages".
    """
    if reading := unread(text):
        return reading
    return _read(text, StageList.of(text, vocabulary, names, labels, own))


def read_stage_cell(
    text: Text, vocabulary: Vocabulary, names: Mapping[str, str] = _NO_NAMES, *, labels: Sequence[str] = ()
) -> Reading[Dependencies]:
    """Read the stages of a table cell; one that gives a reason instead ("deferred") names none."""
    if reading := unread(text):
        return reading
    reading = _read(text, StageList.of(text, vocabulary, names, labels, None))
    if reading.state is State.UNREADABLE and read_exemption(text, None):
        return Reading(text, State.READ, Dependencies((), none=True))
    return reading


def reference_at(text: Text, start: int, vocabulary: Vocabulary) -> tuple[StageReference, int] | None:
    """Read the one stage that stands at an index of a short text, and give it with the index behind it."""
    string = folded(text)
    found = patterns(vocabulary.stage_words).worded.match(string, start) or BARE.match(string, start)
    if found is None:
        return None
    label = found.groupdict().get("counted") or found["label"]
    if label.isalpha() and not text.plain[found.end() - 1].isupper():
        # "until stage a server is up"
        return None
    return StageReference(stage_label(label), text.slice(*found.span())), found.end()


def stage_mentions(text: Text, vocabulary: Vocabulary, words: Iterable[str] = ()) -> Iterator[StageReference]:
    """Find the stages that a running text names by word and number; ``words`` are further words for a stage."""
    for label, place in _mentioned(text, vocabulary, frozenset(words)):
        yield StageReference(label, text.slice(*place))


@once_a_text
def _mentioned(text: Text, vocabulary: Vocabulary, words: frozenset[str]) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Find the labels of the stages that a text mentions, each with its place."""
    return tuple(_labels_in(text.plain, words | vocabulary.stage_words))


def _labels_in(plain: str, words: frozenset[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    left = 10 * MOST_STAGES
    for found in mention(words | {STAGE_WORD}).finditer(plain):
        start = found.start()
        for number in MENTIONED.finditer(plain, found.start("labels"), found.end("labels")):
            first = stage_label(number["first"])
            labels = expand(first, stage_label(number["last"])) if number["last"] else [first]
            if isinstance(labels, str) or len(labels) > left:
                labels = [first]
            left -= len(labels) - 1
            # The first has the word in its stretch, the others stand for themselves.
            place = start if number.start() == found.start("labels") else number.start(), number.end()
            yield from ((label, place) for label in labels)


def _read(text: Text, stages: StageList) -> Reading[Dependencies]:
    none = NONE.match(stages.string)
    if none is not None:
        also = stages.item(none.end())
        if (
            isinstance(also, Item)
            and also.worded
            and re.match(rf"[\s.]*\Z|{SEPARATOR.pattern}", stages.string[also.end :])
        ):
            return unreadable(text, "it says none and names a stage", text.slice(also.start, also.end))
        return Reading(text, State.READ, Dependencies((), none=True))
    items = stages.items()
    if isinstance(items, Fault):
        where: Text | None = text.slice(items.start, items.end).strip()
        if where is not None and (not where or where.plain == text.strip().plain or _names_no_stage(items, stages)):
            where = None
        return unreadable(text, items.reason, where)
    if sum(len(item.labels) for item in items) > MOST_STAGES:
        return unreadable(text, TOO_MANY)
    own: list[StageReference] = []
    elsewhere: list[StageReference] = []
    notes = _notes(items, stages)
    chosen = _chosen(notes)
    are_elsewhere = _are_elsewhere(items, notes, stages)
    for place, item in enumerate(items):
        quoted = stages.string[item.start : item.end]
        stretch = text.slice(item.start, item.start + len(quoted.rstrip("\"'*. ")))
        sure = not (is_loose(notes[place]) or is_choice(quoted) or chosen[place])
        named = elsewhere if are_elsewhere[place] else own
        named += [StageReference(label, stretch, sure) for label in item.labels]
    # Before the first stage "all previous stages" are none.
    return Reading(text, State.READ, Dependencies(tuple(own), not own and not elsewhere, tuple(elsewhere)))


def _notes(items: Sequence[Item], stages: StageList) -> list[str]:
    """Give what stands behind each item of a list, up to the next one."""
    ends = [*(item.start for item in items[1:]), len(stages.string)]
    return [stages.string[item.end : end] for item, end in zip(items, ends, strict=True)]


def _chosen(notes: Sequence[str]) -> list[bool]:
    """Say of each item of a list whether it need not be done if another is: of "Stage 1, Stage 2 or Stage 3" any."""
    choices = [is_choice(note) for note in notes]
    chosen = []
    ahead = False
    for place in reversed(range(len(notes))):
        # What stands behind the last item is no joint.
        is_joint = place + 1 < len(notes)
        ahead = is_joint and (choices[place] or (ahead and notes[place].strip() == ","))
        chosen.append(choices[place] or ahead or (place > 0 and choices[place - 1]))
    return chosen[::-1]


def _are_elsewhere(items: Sequence[Item], notes: Sequence[str], stages: StageList) -> list[bool]:
    """Say which items name stages of another plan: in "Stages 1, 2 and 4 of plan B" all three do."""
    found: list[bool] = []
    # What is said behind the last of some numbers holds for them all.
    behind: Item | None = None
    for item, note in zip(reversed(items), reversed(notes), strict=True):
        goes_on = behind is not None and not behind.worded and SEPARATOR.fullmatch(note)
        found.append(found[-1] if goes_on else is_elsewhere(note, stages.names))
        behind = item
    return found[::-1]


def _names_no_stage(fault: Fault, stages: StageList) -> bool:
    """Say whether a value is no list of stages at all, rather than one with a part that is no stage."""
    return not (fault.reason or stages.string[: fault.start].strip() or stages.patterns.worded.search(stages.string))
