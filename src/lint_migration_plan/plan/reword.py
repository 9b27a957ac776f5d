"""Call the stages of a plan by the guide's word, and carry along all that names them by theirs.

"Phase 2" in a dependency, a table of the guide or a sentence within a stage is the stage that "### Phase 2" begins.
Elsewhere it may be a phase of another project, and goes along only with the stage's name beside it or in a link to its
heading. Where it cannot be told at all, as with the second step of a procedure, no stage is called otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.document import Heading, Paragraph
from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts.texts import texts_of
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.renumber import Unclear, Within, is_part, numbers
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.stage_headings import read_stage_heading
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.stage_words import mention, stage_label
from lint_migration_plan.plan.vocabulary import STAGE_WORD

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan, Stage

#: The words that the guide's can stand for in any sentence. A word of another language bends with its neighbours.
ENGLISH_WORDS = frozenset(("phase", "phases", "step", "steps", "wave", "sprint", "stages"))
_SAID = LazyPattern(r"[^\W\d_]+")
#: The word right before a mention, and what makes it the first of its sentence.
_BEFORE = LazyPattern(r"(?P<first>(?:\A|[.:;!?(\[\]|—–]\s?))?(?<![\w'-])(?P<word>\w[\w'-]*)[ \t]\Z")
#: What a mention may be called behind it: "Phase 2: Copy the rows", "Phase 2 (copying)".
_BEHIND = LazyPattern(r"\s{0,3}(?P<mark>[:：(—–-])\s{0,3}(?P<name>[^|.;()\n]{1,60})")
#: "Phase 2 of the payments programme"
_OF = LazyPattern(r"\sof\s(?!(?:this|our|the\s(?:\w+\s)?(?:migration|plan))(?!\w))")
_NAME_WORD = LazyPattern(r"[^\W_]{3,}")
#: How far before a mention it is looked for what it means.
_NEAR = 40
#: So many letters make the same word of "remove" and "removal".
_STEM = 5
#: Words that the names of stages share with any sentence.
_COMMON = frozenset(("the", "and", "for", "with", "from", "into", "new", "old", "all", "day", "week", "days"))


class _Mention(NamedTuple):
    """A word for stages beside numbers: ``labels`` are those of the plan's stages among them.

    ``sure`` is True where the stage's name tells that it is them, False where what stands beside it tells that it is
    not, else None. ``linked`` is True in a link to a heading.
    """

    word: Text
    labels: tuple[str, ...]
    plural: bool
    part: bool
    sure: bool | None
    linked: bool


def reword(plan: Plan, stages: Sequence[Stage]) -> Mapping[str, list[tuple[Span, str]]] | Unclear:
    """Say what to write where so that these stages are called by the guide's word, their headings left out.

    The keys are the labels of the stages. Their words are among `ENGLISH_WORDS`.
    """
    blocks = plan.blocks
    taken = next(_called_so(plan, blocks), None)
    if taken is not None:
        return Unclear(taken.span, "this is called so already, and is none of the stages")
    called = _Called(stages)
    own = {stage.heading.word.span for stage in plan.stages}
    within = Within(plan.stages)
    sections = _InSections(plan)
    edits: dict[str, list[tuple[Span, str]]] = {}
    for block in blocks:
        found = (each for text in texts_of((block,)) for each in called.mentions(text))
        mentions = [each for each in found if each.word.span not in own]
        sure = {each.sure for each in mentions}
        # A list that calls one of them otherwise counts other phases.
        known = True in sure and False not in sure
        for each in mentions:
            inside = within.holds(each.word.span)
            if each.part and inside:
                return Unclear(each.word.span, "this may be a stage or a part of one")
            if known or each.linked or (each.sure is not False and (inside or sections.holds(block.span))):
                for label in each.labels:
                    edits.setdefault(label, []).append((each.word.span, _like(each.word.plain, plural=each.plural)))
            elif isinstance(block, Heading) and _heads(block.text, each.word, plan):
                return Unclear(block.text.span, "this is called so too, and may be another's")
    return edits


def _heads(text: Text, word: Text, plan: Plan) -> bool:
    heading = read_stage_heading(text, StageForm.HEADING, 1, plan.vocabulary)
    return heading is not None and heading.word.span == word.span


class _Called:
    """What stages are called: by a word and a number, and by the words of their names."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._words = frozenset(stage.heading.word.plain.casefold() for stage in stages)
        self._names = {(stage.heading.word.plain.casefold(), stage.label): _name_words(stage.name) for stage in stages}

    def mentions(self, text: Text) -> Iterator[_Mention]:
        """Find what a text names by the words of these stages."""
        for found in mention(self._words).finditer(text.plain):
            said = _SAID.match(found[0])
            word = text.slice(found.start(), found.start() + (said.end() if said else 0))
            one = word.plain.casefold()
            one = one if one in self._words else one.removesuffix("s")
            keys = [(one, label) for label in _labels(text, found) if (one, label) in self._names]
            linked = text.prose[found.start()] == NO_PROSE and _is_linked(text, word)
            if not keys or (text.prose[found.start()] == NO_PROSE and not linked):
                # What stands in code or in a link that leads out of the plan is another's.
                continue
            labels = tuple(dict.fromkeys(label for _, label in keys))
            names = [self._names[key] for key in keys]
            sure = _sure(text.plain, found, names)
            yield _Mention(word, labels, bool(found["plural"]), is_part(found[0]), sure, linked)


def _called_so(plan: Plan, blocks: Sequence[Block]) -> Iterator[Text]:
    """Find lines that look like a stage under the guide's word, and are none of the plan's stages."""
    own = {stage.heading.span for stage in plan.stages}
    for block in blocks:
        lines: tuple[Text, ...] = ()
        if isinstance(block, Heading):
            lines = (block.text,)
        elif isinstance(block, Paragraph):
            lines = tuple(strong for strong in block.text.strongs if not strong.start_in(block.text))
        for line in lines:
            heading = read_stage_heading(line, StageForm.HEADING, 1, plan.vocabulary)
            if heading is not None and heading.word.plain.casefold() == STAGE_WORD and line.span not in own:
                yield line


def _labels(text: Text, found: re.Match[str]) -> Iterator[str]:
    """Give the labels of the stages that are named; part 2.1 of a stage names stage 2."""
    for use in numbers(text, found):
        for label in use.labels:
            yield label
            if "." in label:
                yield stage_label(label.partition(".")[0])


def _is_linked(text: Text, word: Text) -> bool:
    """Say whether a word stands in a link to a heading."""
    start = word.start_in(text)
    around = (link.destination for link in text.links if 0 <= start - link.text.start_in(text) < len(link.text))
    return any(target.startswith("#") for target in around)


def _sure(plain: str, found: re.Match[str], names: Sequence[set[str]]) -> bool | None:
    """Say whether what stands beside a mention tells which stage it is."""
    start = found.start()
    before = _BEFORE.search(plain[max(start - _NEAR, 0) : start])
    if before is not None and _is_name(before["word"], first=before["first"] is not None):
        # "mcp-common Phase 1"
        return False
    if _OF.match(plain, found.end()):
        return False
    behind = _BEHIND.match(plain, found.end())
    words = _name_words(behind["name"]) if behind else set()
    if behind is None or not words:
        return None
    shared = max(len(words & name) for name in names)
    if 2 * shared > min(len(words), *map(len, names)):
        return True
    # "Phase 2.1: the index" is a part of the stage, with a name of its own.
    is_label = behind["mark"] in ":：" and not plain[:start].strip() and "." not in found["labels"]
    return False if is_label and not shared else None


def _is_name(word: str, *, first: bool) -> bool:
    """Say whether a word is a name; a capital that only begins a sentence makes none."""
    if not word.isalpha() or not (word[1:].islower() or len(word) == 1):
        return True
    return word[0].isupper() and not first


def _name_words(name: str) -> set[str]:
    return {word[:_STEM] for word in _NAME_WORD.findall(normal(name)) if word not in _COMMON}


class _InSections:
    """Tell whether a block stands right below the heading of one of the guide's sections."""

    def __init__(self, plan: Plan) -> None:
        spans = [block.span for section in plan.sections for block in section.section.blocks]
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        index = bisect_left(self._spans, (span.start + 1, 0)) - 1
        return index >= 0 and span.start < self._spans[index].end


def _like(said: str, *, plural: bool) -> str:
    """Write the guide's word in the letter case of another."""
    word = f"{STAGE_WORD}s" if plural else STAGE_WORD
    if said.isupper():
        return word.upper()
    return word.capitalize() if said[0].isupper() else word
