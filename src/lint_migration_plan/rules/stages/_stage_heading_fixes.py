"""Write the headings of stages as the guide does: each as a set of small edits, or why that cannot be done."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.language import is_foreign
from lint_migration_plan.plan.nodes import StageForm
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.renumber import Unclear
from lint_migration_plan.plan.reword import ENGLISH_WORDS, reword
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.rules._headings import at_level
from lint_migration_plan.rules._rearranging import in_the_way
from lint_migration_plan.rules._rewording import with_links
from lint_migration_plan.rules.stages.stage_heading import is_accepted, is_enclosed
from lint_migration_plan.rules.stages.unnamed_stage import is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lint_migration_plan.markdown.source import Source
    from lint_migration_plan.plan.nodes import Plan, Stage
    from lint_migration_plan.rules.stages._levels import StageLevels

#: "Stage 2 (current): Foundation" has a note before its name.
NOTE_FIRST = LazyPattern(r"\A([(（][^()（）]*[)）])\s*[:：—–-]\s*(.+)", re.DOTALL)
_DEEPEST = 6
_EMPHASIS = LazyPattern(r"[*_]+")
_EMPHASIS_BEFORE = LazyPattern(r"[*_]{1,3}\Z")
_MARKS = ("**", "__")
#: What stands behind the words of a bold line: its marks, maybe a colon, and comments, which are kept.
_BEHIND_BOLD = LazyPattern(r"(?P<marks>\*\*|__)(?:[ \t]*:)?(?=[ \t]*(?:<!--.*)?\Z)")


def fix_headings(plan: Plan, levels: StageLevels, stages: Sequence[Stage]) -> list[Fix | NoFix | None]:
    """Mend headings, each with all that follows from it."""
    blocks = _Blocks(plan)
    forms = {id(stage): _form(stage, plan, levels, blocks) for stage in stages}
    renamed = [stage for stage in stages if not is_accepted(stage, plan) and not isinstance(forms[id(stage)], NoFix)]
    lines = [edit.span for form in forms.values() if not isinstance(form, NoFix) for edit in form]
    words = _reworded(plan, renamed, lines)
    fixes: list[Fix | NoFix | None] = []
    for stage in stages:
        form = forms[id(stage)]
        if not isinstance(form, NoFix):
            title = f"write {quote(_written(stage, form, plan.document.source))}"
            more = () if is_accepted(stage, plan) else words if isinstance(words, NoFix) else words.get(stage.label, ())
            form = more if isinstance(more, NoFix) else (*form, *more)
        fixes.append(form if isinstance(form, NoFix) else Fix(title, form))
    return with_links(fixes, plan.document)


def _written(stage: Stage, edits: Sequence[Edit], source: Source) -> str:
    """Give the line of a heading as some edits leave it."""
    start, end = source.line_span(source.position(stage.heading.span.start).line - 1)
    pieces = []
    for span, text in sorted(edits):
        if start <= span.start and span.end <= end:
            pieces += [source.text[start : span.start], text]
            start = span.end
    return "".join((*pieces, source.text[start:end])).strip()


class _Blocks:
    """The blocks of a document, to be found by where they stand."""

    def __init__(self, plan: Plan) -> None:
        self._blocks = plan.document.blocks
        self._starts = [block.span.start for block in self._blocks]

    def inner(self, stage: Stage) -> Iterator[Heading]:
        """Give the headings within a stage."""
        first = bisect_left(self._starts, stage.heading.span.end + 1)
        for block in self._blocks[first : bisect_left(self._starts, stage.span.end)]:
            if isinstance(block, Heading):
                yield block

    def behind(self, stage: Stage) -> Heading | None:
        """Give the heading that ends a stage, None where something else does."""
        index = bisect_left(self._starts, stage.span.end)
        block = self._blocks[index] if index < len(self._blocks) else None
        return block if isinstance(block, Heading) else None

    def own(self, stage: Stage) -> Heading | None:
        """Give the heading that a stage begins with, None where that is a mere line."""
        index = bisect_left(self._starts, stage.heading.span.start + 1) - 1
        block = self._blocks[index]
        return block if isinstance(block, Heading) else None


def _reworded(plan: Plan, stages: Sequence[Stage], lines: Sequence[Span]) -> dict[str, list[Edit]] | NoFix:
    """Carry along what names the stages, apart from their own lines, which are written anew."""
    if not stages:
        return {}
    outcome = reword(plan, stages)
    if isinstance(outcome, Unclear):
        return in_the_way(plan, outcome)
    starts = sorted(lines)

    def is_written(span: Span) -> bool:
        index = bisect_left(starts, (span.end, 0)) - 1
        return index >= 0 and span.start < starts[index].end

    return {label: [Edit(*edit) for edit in edits if not is_written(edit[0])] for label, edits in outcome.items()}


def _form(stage: Stage, plan: Plan, levels: StageLevels, blocks: _Blocks) -> tuple[Edit, ...] | NoFix:
    """Say how the line of a stage is to be written."""
    heading = stage.heading
    source = plan.document.source
    if stage.number is None:
        return NoFix(f"which number '{heading.number.plain}' should be is for the plan's author to say")
    if is_enclosed(stage):
        return NoFix(f"where what {quote(heading.prefix.plain)} opens should end is for the plan's author to say")
    if "\n" in heading.text.raw:
        return NoFix("its heading takes more than one line")
    word = heading.word.plain.casefold()
    if not is_accepted(stage, plan) and (word not in ENGLISH_WORDS or is_foreign(plan)):
        return NoFix(f"the sentences around '{heading.word.plain}' are in another language than 'Stage'")
    outer = _outer(stage, levels, blocks, source)
    if isinstance(outer, NoFix):
        return outer
    return _joined(
        edit for edit in (*outer, *_words(stage, plan, source)) if source.text[slice(*edit.span)] != edit.text
    )


def _outer(stage: Stage, levels: StageLevels, blocks: _Blocks, source: Source) -> Iterable[Edit] | NoFix:
    """Give the edits that make a heading of the right level."""
    right = levels.right(stage)
    own = blocks.own(stage)
    if own is not None and not levels.is_off(stage):
        return ()
    behind = blocks.behind(stage)
    if behind is not None and not levels.ends(stage, behind):
        return NoFix(f"the heading {quote(behind.text.plain)} behind it would come to be a part of it")
    if own is None:
        return _from_line(stage, right, source)
    lower = right - own.level
    inner = list(blocks.inner(stage))
    moved = inner if lower > 0 and min((each.level for each in inner), default=7) <= right else []
    if max((each.level for each in moved), default=0) + lower > _DEEPEST:
        return NoFix("the headings within it would be more than six levels deep")
    edits = [at_level(each, each.level + lower, source) for each in (own, *moved)]
    if None in edits:
        return NoFix("a heading of several lines, or one that ends in '#', cannot stand so deep")
    return [edit for some in edits if some is not None for edit in some]


def _from_line(stage: Stage, level: int, source: Source) -> Iterable[Edit] | NoFix:
    start, end = stage.heading.span
    if stage.heading.form is StageForm.PLAIN_LINE:
        return (Edit(Span(start, stage.heading.word.span.start), f"{'#' * level} "),)
    line = source.line_span(source.position(start).line - 1)
    before, behind = source.text[line.start : start], _BEHIND_BOLD.match(source.text[end : line.end])
    marks = before.lstrip(" \t")
    if marks not in _MARKS or behind is None or behind["marks"] != marks or source.text[end - 1] == "#":
        return NoFix("its line holds more than its bold words")
    return (
        Edit(Span(start - len(marks), start), f"{'#' * level} "),
        Edit(Span(end, end + behind.end()), ""),
    )


def _words(stage: Stage, plan: Plan, source: Source) -> Iterator[Edit]:
    """Give the edits of the words: the word for a stage, the dash, and a note that stands before the name."""
    heading = stage.heading
    word, number, name = heading.word.span, heading.number.span, heading.name
    if heading.form is StageForm.HEADING and (edits := list(_without_emphasis(stage, plan, source))):
        yield from edits
        return
    if not is_accepted(stage, plan):
        between = source.text[word.end : number.start]
        yield Edit(Span(word.start, number.start), "Stage ") if not between.strip(" #№") else Edit(word, "Stage")
    if not is_named(stage):
        return
    if heading.separator.plain != "—":
        yield _dash(stage, source)
        moved = NOTE_FIRST.sub(r"\2 \1", name.whole)
        if moved != name.whole:
            yield Edit(name.whole_span, moved)


def _without_emphasis(stage: Stage, plan: Plan, source: Source) -> Iterator[Edit]:
    """Give the edits of words that are in part bold or italic, so that what is written anew is neither."""
    heading = stage.heading
    named = is_named(stage)
    start = heading.word.span.start
    opening = _EMPHASIS_BEFORE.search(source.text, source.line_span(source.position(start).line - 1).start, start)
    start = opening.start() if opening else start
    end = heading.name.span.start if named else heading.number.span.end
    marks = _EMPHASIS.findall(source.text, start, end)
    if len(marks) % 2 and named and marks and source.text.endswith(marks[-1], start, end):
        # The last of them opens the name.
        end -= len(marks.pop())
    if not marks:
        return
    word = heading.word.plain if is_accepted(stage, plan) else "Stage"
    text = f"{word} {heading.number.plain}" + (" — " if named else "")
    if opening is not None and len(marks) % 2:
        # They go on into the name, and take in all of it or its beginning.
        last, mark = heading.name.span.end if named else end, marks[0]
        if source.text.startswith(mark, last):
            yield Edit(Span(last, last + len(mark)), "")
        else:
            text += mark
    yield Edit(Span(start, end), text)


def _dash(stage: Stage, source: Source) -> Edit:
    """Put the guide's dash between number and name, with one space on each side."""
    heading = stage.heading
    start, end = heading.number.span.end, heading.name.span.start
    between = source.text[start:end]
    mark = heading.separator.raw
    at = between.find(mark)
    left, right = between[:at], between[at + len(mark) :]
    # The marks of code or of a link may stand on either side of the dash.
    start += len(left.rstrip(" \t"))
    end -= len(right.lstrip(" \t"))
    return Edit(Span(start, end), " — " if not right.strip(" \t") or right[:1] in " \t" or not mark else " —")


def _joined(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Make one edit of those that touch."""
    joined: list[Edit] = []
    for edit in sorted(edits):
        if joined and joined[-1].span.end == edit.span.start:
            before = joined.pop()
            joined.append(Edit(Span(before.span.start, edit.span.end), before.text + edit.text))
        else:
            joined.append(edit)
    return tuple(joined)
