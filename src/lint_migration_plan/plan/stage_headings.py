"""Find the stages of a plan among its headings and lines.

People write "Phase 2: …", number sub-units with another word, list all stages in an overview before they describe them,
and say "Phase 1 complete when …" in a heading. So candidates are collected first and then chosen as a whole: the stages
are those that share a word and hold the fields.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import is_
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Block, Heading, Paragraph, Section
from lint_migration_plan.plan.fields import field_label, read_fields
from lint_migration_plan.plan.heading_fields import heading_fields
from lint_migration_plan.plan.nodes import StageForm, StageHeading
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.spelling import normal, normal_heading
from lint_migration_plan.plan.values.stage_words import stage_label
from lint_migration_plan.plan.vocabulary import OTHER_STAGE_WORDS, STAGE_WORD, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Field

#: Names that make a heading a remark on a stage: "Phase 1 complete when", "Stage 2 checklist".
_REMARKS = frozenset(
    (
        *("complete", "completed", "done", "checklist", "success", "exit", "entry", "summary", "details", "notes"),
        *("overview", "deliverables", "status", "progress", "results", "report", "review", "recap", "criteria"),
        *("implementation", "only", "and", "or", "to", "is", "was", "will", "has", "must", "should", "can", "of"),
    )
)
_NUMBER = r"(?:\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?|(?<=\s)[a-z])"
#: Words of a heading whose phases are not those of the migration.
_OTHER_PHASES = frozenset(("test", "tests", "testing", "validation", "rollback", "checklist", "checklists"))
_LONGEST = 400
#: So many fields make a stage of a line that has the mark of a heading without its space, and of any other line.
_FEW_FIELDS = 2
_MANY_FIELDS = 3


class Outline(NamedTuple):
    """A top-level block with the section that it stands in; a heading stands in the section around its ``own``."""

    block: Block
    section: Section
    own: Section | None = None


class Candidate:
    """A line that may begin a stage: its index among the blocks, and where the blocks that would be its own end.

    ``listed`` are the fields that its heading and a list of all stages have for this one.
    """

    __slots__ = ("end", "fields", "heading", "is_summary", "label", "listed", "parent", "start", "weight", "word")

    def __init__(self, heading: StageHeading, parent: Section, start: int, end: int) -> None:
        self.heading = heading
        self.word = heading.word.plain.casefold()
        self.label = stage_label(heading.number.plain)
        self.parent = parent
        self.start = start
        self.end = end
        self.fields: tuple[Field, ...] = ()
        self.weight = 0
        self.listed: tuple[Field, ...] = ()
        self.is_summary = False

    @property
    def group(self) -> tuple[int, int]:
        """What candidates that stand side by side have in common."""
        return id(self.parent), self.heading.level


def find_stages(outline: Sequence[Outline], first: int, end: int, vocabulary: Vocabulary) -> list[Candidate]:
    """Find the stages among the blocks from index ``first`` to ``end``, in order, each with its fields."""
    chosen = _choose(_candidates(outline, first, end, vocabulary))
    _take_in_fields(chosen, outline, end, vocabulary)
    end_at(chosen, [candidate.start for candidate in chosen], outline, vocabulary)
    return chosen


def end_at(
    candidates: Sequence[Candidate], starts: Sequence[int], outline: Sequence[Outline], vocabulary: Vocabulary
) -> None:
    """End each candidate where something else starts, and read its fields anew if that took blocks from it."""
    starts = sorted(starts)
    for candidate in candidates:
        behind = bisect_right(starts, candidate.start)
        end = starts[behind] if behind < len(starts) else candidate.end
        if end < candidate.end:
            candidate.end = end
            candidate.fields = _fields(outline, candidate, vocabulary)


def _take_in_fields(
    candidates: Sequence[Candidate], outline: Sequence[Outline], end: int, vocabulary: Vocabulary
) -> None:
    """Let a stage go on behind headings of its own level that name fields: "## Stage 1", "## Rollback", "## Stage 2".

    Behind the last stage such a heading may be about the whole plan, so it counts only if an earlier stage has it too.
    """
    known: set[str] = set()
    for number, candidate in enumerate(candidates):
        is_last = number + 1 == len(candidates)
        stop = end if is_last else candidates[number + 1].start
        reach = candidate.end
        while reach < stop:
            block = outline[reach].block
            name = normal_heading(block.text.plain) if isinstance(block, Heading) else ""
            label = field_label(name, vocabulary, slips=False)
            if label is None or (is_last and name not in known):
                break
            known.add(name)
            reach = _end(outline, reach, stop)
        if reach > candidate.end and (is_last or reach == stop):
            candidate.end = reach
            candidate.fields = _fields(outline, candidate, vocabulary)


def read_stage_heading(text: Text, form: StageForm, level: int, vocabulary: Vocabulary) -> StageHeading | None:
    """Take a line apart that begins a stage; None where it does not."""
    places = _places_of_parts(text, vocabulary)
    if places is None:
        return None
    prefix, word, number, separator, name = (text.slice(*place) for place in places)
    return StageHeading(form, level, prefix, word, number, separator, name, text, text.span)


@once_a_text
def _places_of_parts(text: Text, vocabulary: Vocabulary) -> tuple[tuple[int, int], ...] | None:
    """Say where the parts of a line stand that begins a stage: prefix, word, number, separator and name."""
    plain = text.plain
    if len(plain) > _LONGEST:
        return None
    match = _pattern(vocabulary.stage_words).fullmatch(plain)
    if match is None:
        return None
    name = match["name"].strip()
    if not match["separator"] and name and (match["number"].isalpha() or _is_remark(name, vocabulary)):
        # "Stage a new server", "Phase 1 complete when".
        return None
    parts = ("prefix", "word", "number", "separator", "name")
    return tuple(text.slice(*match.span(part)).strip().place_in(text) for part in parts)


@lru_cache(maxsize=8)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    every = sorted({*words, STAGE_WORD, *OTHER_STAGE_WORDS}, key=lambda word: (-len(word), word))
    return re.compile(
        # A section number or a few marks may stand before the word; of many spaces none is given back.
        r"\s*+(?P<prefix>(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?\s++)?+[^\w\s]{0,8}+\s*+"
        r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):]?\s++)?+)"
        rf"(?P<word>{'|'.join(map(re.escape, every))})\s*+[#№]?+\s*+"
        # "Stage 1-3" and "Step 1/4" are no stage of their own.
        rf"(?P<number>{_NUMBER})(?![\w])(?!\s*[-–~/&+,]\s*\d)"
        # Bold that is not closed, or not opened, shows its mark.
        r"\s*+\*{0,3}+\s*+(?P<separator>[—–―⸺‒‐−:：.、)|/-]*)(?P<name>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def _is_remark(name: str, vocabulary: Vocabulary) -> bool:
    words = normal(name).split()
    return not words or words[0] in _REMARKS or field_label(name, vocabulary) is not None


def _candidates(outline: Sequence[Outline], first: int, end: int, vocabulary: Vocabulary) -> list[Candidate]:
    found: list[Candidate] = []
    plain: list[Candidate] = []
    for index in range(first, end):
        block, section, _ = outline[index]
        heading = _stage_heading(block, vocabulary)
        if heading is None:
            continue
        candidate = Candidate(heading, section, index, _end(outline, index, end))
        candidate.listed = heading_fields(heading.name, vocabulary)
        (plain if heading.form is StageForm.PLAIN_LINE else found).append(candidate)
    _weigh(found, outline, vocabulary)
    # A sentence may begin so: in such a line only a stage among headings that its author forgot to mark is found.
    headings = [candidate for candidate in found if candidate.heading.form is StageForm.HEADING]
    words = {candidate.word for candidate in headings}
    labels = {candidate.label for candidate in found}
    plain = [candidate for candidate in plain if candidate.word in words and candidate.label not in labels]
    if plain:
        _weigh(plain, outline, vocabulary)
        starts = [candidate.start for candidate in headings]
        for candidate in plain:
            at = bisect_right(starts, candidate.start)
            if _has_fields_anew(candidate, headings[at - 1] if at else None):
                found.append(candidate)
        found.sort(key=lambda candidate: candidate.start)
    return found


def _has_fields_anew(line: Candidate, around: Candidate | None) -> bool:
    """Say whether fields enough stand below a line; within a stage, such as that has above the line already."""
    own = {field.name for field in line.fields}
    if around is not None and line.start < around.end:
        own &= {field.name for field in around.fields if field.span.start < line.heading.span.start}
    return len(own) >= (_FEW_FIELDS if line.heading.text.plain.startswith("#") else _MANY_FIELDS)


def _stage_heading(block: Block, vocabulary: Vocabulary) -> StageHeading | None:
    """Take apart the line of a stage, whatever makes it stand out."""
    if isinstance(block, Heading):
        return read_stage_heading(block.text, StageForm.HEADING, block.level, vocabulary)
    if not isinstance(block, Paragraph):
        return None
    bold = _bold_line(block)
    if bold is not None:
        return read_stage_heading(bold, StageForm.BOLD_LINE, 0, vocabulary)
    if next(block.text.breaks, None) is not None:
        return None
    # "###Stage 4" lacks a space to be a heading.
    plain = block.text.plain
    heading = read_stage_heading(
        block.text.slice(len(plain) - len(plain.lstrip("#"))), StageForm.PLAIN_LINE, 0, vocabulary
    )
    if heading is None or not heading.separator or not heading.name or heading.prefix:
        return None
    # Markup among the words that are written anew is for their author to undo.
    words = heading.name.start_in(block.text)
    if not block.text.raw.startswith(plain[:words]):
        return None
    return heading._replace(text=block.text, span=block.text.span)


def _weigh(candidates: Sequence[Candidate], outline: Sequence[Outline], vocabulary: Vocabulary) -> None:
    """Read the fields of candidates, and count those of each."""
    following: dict[str, int] = {}
    for candidate in reversed(candidates):
        if candidate.heading.form is not StageForm.HEADING:
            # The next line of its kind ends it; to read on to the end for each takes the square of their number.
            candidate.end = min(candidate.end, following.get(candidate.word, candidate.end))
            following[candidate.word] = candidate.start
        candidate.fields = _fields(outline, candidate, vocabulary)
        candidate.weight = len({field.name for field in candidate.fields if not field.nested})


def _bold_line(paragraph: Paragraph) -> Text | None:
    place = _place_of_bold(paragraph.text)
    return paragraph.text.slice(*place) if place else None


@once_a_text
def _place_of_bold(text: Text) -> tuple[int, int] | None:
    """Say from where to where a text is bold that is so as a whole."""
    strongs = list(text.strongs)
    if len(strongs) == 1 and strongs[0].plain.strip() == text.plain.strip().rstrip(":").rstrip():
        return strongs[0].place_in(text)
    return None


def _end(outline: Sequence[Outline], index: int, end: int) -> int:
    """Give the index of the block at which a candidate's own blocks end."""
    block = outline[index].block
    level = block.level if isinstance(block, Heading) else 6
    for number in range(index + 1, end):
        following = outline[number].block
        if isinstance(following, Heading) and following.level <= level:
            return number
    return end


def _fields(outline: Sequence[Outline], candidate: Candidate, vocabulary: Vocabulary) -> tuple[Field, ...]:
    """Read the fields of a candidate.

    In a document that was parsed by its parts, a stage that neither changed nor moved has the very blocks that it had.
    """
    blocks = [outline[index].block for index in range(candidate.start + 1, candidate.end)]
    here = candidate.heading.text.here
    known: _Known | None = here.get(_fields)
    if known is None or known.vocabulary is not vocabulary or not _are_same(known.blocks, blocks):
        known = here[_fields] = _Known(blocks, vocabulary, read_fields(blocks, vocabulary))
    return known.fields


class _Known(NamedTuple):
    """The fields that blocks were read to hold."""

    blocks: Sequence[Block]
    vocabulary: Vocabulary
    fields: tuple[Field, ...]


def _are_same(some: Sequence[Block], others: Sequence[Block]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    """Choose the candidates that are the plan's stages."""
    elsewhere = [candidate for candidate in candidates if not _is_of_tests(candidate)]
    if len(elsewhere) > 1:
        candidates = elsewhere
    headings = [candidate for candidate in candidates if candidate.heading.form is StageForm.HEADING]
    if headings:
        words = {heading.word for heading in headings}
        labels = {heading.label for heading in headings}
        candidates = [
            candidate
            for candidate in candidates
            if candidate.heading.form is StageForm.HEADING
            # One stage more, which its author forgot to make a heading.
            or (candidate.weight and candidate.word in words and candidate.label not in labels)
        ]
    elif not any(candidate.weight for candidate in candidates):
        # Bold lines without a single field are a list of stages to come, in a timeline or a summary.
        return []
    main = _main_word(candidates)
    ours = [candidate for candidate in candidates if candidate.word == main]
    taken = {candidate.label for candidate in ours}
    groups = {candidate.group for candidate in ours}
    for candidate in candidates:
        # One stage under another word, among the others: a slip of the author, and still a stage.
        if candidate.word != main and candidate.label not in taken and candidate.group in groups:
            ours.append(candidate)
            taken.add(candidate.label)
    ours.sort(key=lambda candidate: candidate.start)
    return _without_summaries(_without_parts(ours))


def _is_of_tests(candidate: Candidate) -> bool:
    """Say whether a candidate stands under a heading about tests or the way back: those have phases of their own."""
    heading = candidate.parent.heading
    words = set(normal_heading(heading.text.plain).split()) if heading else set()
    return bool(words & _OTHER_PHASES) and not candidate.weight


def _main_word(candidates: list[Candidate]) -> str:
    """Find the word that this plan has for its stages: the one whose candidates hold the most fields."""
    weights: dict[str, int] = {}
    for candidate in candidates:
        # One field alone may be chance; several are what a stage is described by.
        own = candidate.weight if candidate.weight > 1 else 0
        weights[candidate.word] = weights.get(candidate.word, 0) + own
    outer = _outer_word(candidates)
    return max(weights, key=lambda word: (weights[word], word == outer, word == STAGE_WORD), default="")


def _outer_word(candidates: list[Candidate]) -> str:
    levels = [candidate for candidate in candidates if candidate.heading.level]
    return min(levels or candidates, key=lambda candidate: candidate.heading.level).word if candidates else ""


def _without_parts(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out the parts of a stage that bear its number: phase 2.1 within phase 2."""
    kept: list[Candidate] = []
    around: list[Candidate] = []
    for candidate in candidates:
        around = [outer for outer in around if outer.end > candidate.start]
        if not any(candidate.label.startswith((f"{outer.label}.", outer.label + "a")) for outer in around):
            kept.append(candidate)
            around.append(candidate)
    return kept


def _without_summaries(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out stages that are listed once more in another place, without their fields."""
    groups: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.group, []).append(candidate)
    if len(groups) == 1:
        return candidates

    def weight(group: tuple[int, int]) -> tuple[bool, int]:
        members = groups[group]
        has_fields = any(member.weight for member in members)
        return has_fields, sum(member.end - member.start for member in members)

    taken: dict[str, Candidate] = {}
    for group in sorted(groups, key=weight, reverse=True):
        for candidate in groups[group]:
            described = taken.setdefault(candidate.label, candidate)
            if described is candidate or described.group == candidate.group:
                continue
            if _same_name(candidate, described):
                # What the list says of a stage (its risk, its dependencies) holds where the stage itself says nothing.
                described.listed += tuple(field._replace(nested=True) for field in candidate.fields)
                candidate.is_summary = True
            else:
                candidate.is_summary = not candidate.weight
    return [candidate for candidate in candidates if not candidate.is_summary]


def _same_name(one: Candidate, other: Candidate) -> bool:
    return _letters(one.heading.name.plain) == _letters(other.heading.name.plain)


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
