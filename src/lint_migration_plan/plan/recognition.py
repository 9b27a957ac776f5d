"""Tell a migration plan from other Markdown.

A hook runs over every document of a repository. A tutorial has steps, a changelog has a heading "Migration", the guide
itself has headings for all its sections: none of them is a plan.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lint_migration_plan.plan.nodes import Spelling
from lint_migration_plan.plan.sections import TABLE_KINDS, names_migration
from lint_migration_plan.plan.terms import FieldName, SectionKind
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import (
    MIGRATION_STEMS,
    OTHER_FIELD_LABELS,
    OTHER_STAGE_WORDS,
    PLAN_STEMS,
    STAGE_WORD,
    TUTORIAL_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lint_migration_plan.markdown.document import FrontMatter
    from lint_migration_plan.plan.nodes import PlanSection, Title
    from lint_migration_plan.plan.stage_headings import Candidate
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: Fields that a step of a tutorial does not have.
_TELLING_FIELDS = frozenset((FieldName.RISK, FieldName.LAYERS, FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED))
_TELLING_SECTIONS = frozenset((SectionKind.FROM, SectionKind.TO, SectionKind.ABORT))

_FRONT_MATTER_KEY = LazyPattern(r"^migration-plan\s*:", re.MULTILINE)

#: What markup is made of that stands between the letters of a word.
_MARKS = "*_`\\[]"
#: Letters that a pattern without regard to case takes for an i, and the dot that one of them comes apart into.
_LETTERS_I = str.maketrans({"İ": "i", "ı": "i", "\u0307": None})
#: A word may have something longer within: a tag, or the address of a link.
_OPENS_IN_WORD = LazyPattern(r"[\w-][*_`\\~\[\]]*(?:<|\]\(|\]\[|!\[)")
_CLOSES_IN_WORD = LazyPattern(r"[)\]>][*_`\\~\[\]]*[\w-]")
_ENTITY = LazyPattern(r"&#?\w+;")
_HEADING_MARK = LazyPattern(r"\W*#")
_UNDERLINE = LazyPattern(r"\n {0,3}(?:=+|-+)[ \t]*(?![^\n])")
_WORD = LazyPattern(r"[^\W_]")


def may_hold_plan(text: str, vocabulary: Vocabulary) -> bool:
    """Tell by its letters whether a text may hold an evident plan, before it is parsed: False is sure, True is not.

    What `is_evident` asks for needs certain words, and a word that is read stands in the text letter by letter, markup
    apart. Whoever changes what is evident changes this too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    letters = _fold(text)
    # A title, the key of the front matter and all that needs the name of a migration.
    is_ascii = letters.isascii()
    if any(stem in letters for stem in _stems(is_ascii=is_ascii)):
        return True
    # The Gap → Stage table and the verification table.
    if "gap" in letters or ("verification" in letters and STAGE_WORD in letters):
        return True
    if STAGE_WORD in letters and "—" in letters:
        return True
    own_labels = frozenset(label for label, name in vocabulary.labels.items() if name in _TELLING_FIELDS)
    stage_words, longest, labels = _stage_signs(vocabulary.stage_words, own_labels, is_ascii=is_ascii)
    if (
        any(word in letters for word in stage_words)
        and any(word in letters for word in longest)
        and any(all(map(letters.__contains__, label)) for label in labels)
    ):
        return True
    # Two of From, To and Abort criteria.
    if "abort" in letters or ("from" in letters and _may_head_from(text)):
        return True
    if "&" in text and _ENTITY.search(text):
        return True
    # The second is the one that few documents have.
    return bool(_CLOSES_IN_WORD.search(text) and _OPENS_IN_WORD.search(text))


def has_stages(stages: Sequence[Candidate]) -> bool:
    """Say whether there is anything at all that could be judged as a plan, if somebody says that it is one."""
    return len(stages) > 1 or any(stage.word == STAGE_WORD for stage in stages)


def is_evident(
    titles: Sequence[Title],
    stages: Sequence[Candidate],
    sections: Sequence[PlanSection],
    front_matter: FrontMatter | None,
    first_heading: str,
) -> bool:
    """Say whether what was found is plainly a migration plan."""
    title = titles[0] if titles else None
    if title is not None and title.canonical and (title.level <= 2 or stages or sections):  # noqa: PLR2004 - # or ##
        return True
    if front_matter is not None and _FRONT_MATTER_KEY.search(front_matter.content) is not None:
        return True
    kinds = {section.kind for section in sections}
    if any(section.kind in TABLE_KINDS and section.has_table and _is_guides_own(section) for section in sections):
        return True
    heading = title.text.plain if title is not None else first_heading
    named = names_migration(heading)
    if named and len(kinds - TABLE_KINDS) > 1:
        return True
    if len([section for section in sections if section.canonical and section.kind in _TELLING_SECTIONS]) > 1:
        return True
    return bool(stages) and _are_stages_of_a_plan(stages, heading, named=named)


def _may_head_from(text: str) -> bool:
    """Say whether a heading of a text may be no more than "From"."""
    lines = (line for line in text.split("\n") if "#" in line)
    if any(_HEADING_MARK.match(line) and "from" in _fold(line) for line in lines):
        return True
    for underline in _UNDERLINE.finditer(text):
        # The last line of the heading; of one of several lines it may be one of which nothing shows.
        line = text[text.rfind("\n", 0, underline.start()) + 1 : underline.start()]
        if "from" in _fold(line) or any(mark in line for mark in ")]>") or (line and not _WORD.search(line)):
            return True
    return False


def _is_guides_own(section: PlanSection) -> bool:
    # "Verification strategy" with some table is found in many documents.
    return section.canonical or (section.kind is SectionKind.MAPPING and section.synonym)


def _are_stages_of_a_plan(stages: Sequence[Candidate], title: str, *, named: bool) -> bool:
    fields = {field.name for stage in stages for field in stage.fields}
    if any(
        field.name in _TELLING_FIELDS and field.spelling is not Spelling.MISSPELLED
        for stage in stages
        for field in stage.fields
    ):
        return True
    says_plan = any(stem in title.casefold() for stem in PLAN_STEMS)
    if named:
        return bool(fields) or says_plan or stages[0].word not in TUTORIAL_WORDS
    if says_plan:
        return any(names_migration(stage.heading.name.plain) for stage in stages)
    return any(stage.word == STAGE_WORD and stage.heading.separator.plain == "—" for stage in stages)


def _fold(text: str) -> str:
    """Leave the letters of a text as all ways to compare them see them, with no mark between the letters of a word."""
    if not text.isascii():
        text = text.translate(_LETTERS_I)
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text.casefold()


@lru_cache(maxsize=2)
def _stems(*, is_ascii: bool) -> tuple[str, ...]:
    """Give the stems of what a migration is called that may stand in a text, which is ASCII or not."""
    return _shortest(_longest_words(MIGRATION_STEMS), is_ascii=is_ascii)


@lru_cache(maxsize=8)
def _stage_signs(
    words: frozenset[str], own_labels: frozenset[str], *, is_ascii: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[frozenset[str]]]:
    """Give what may stand in a text: the words of stages, and the labels of which one must stand in a stage.

    Labels are given by their longest words, and each as the words that it has.
    """
    others = (label for name in _TELLING_FIELDS for label in OTHER_FIELD_LABELS[name])
    labels = (*own_labels, *others)
    every = {frozenset(_fold(label).split()) for label in labels}
    return (
        _shortest(_longest_words((*words, STAGE_WORD, *OTHER_STAGE_WORDS)), is_ascii=is_ascii),
        _shortest(_longest_words(labels), is_ascii=is_ascii),
        [label for label in every if not any(other < label for other in every)],
    )


def _longest_words(names: Iterable[str]) -> tuple[str, ...]:
    """Give the longest word of each name: between two words there may be anything that does not show."""
    return tuple(max(_fold(name).split(), key=len) for name in names)


def _shortest(words: Iterable[str], *, is_ascii: bool) -> tuple[str, ...]:
    """Leave out the words that hold another of them, and those that no text of ASCII letters has."""
    own = {word for word in words if word.isascii() or not is_ascii}
    return tuple(word for word in own if not any(other != word and other in word for other in own))
