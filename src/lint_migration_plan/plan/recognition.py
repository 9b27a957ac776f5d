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
_UNDERLINE = r"\n {0,3}(?:=+|-+)[ \t]*$"
#: A heading that may be no more than "From", with nothing but marks behind it.
_MAY_BE_FROM = LazyPattern(rf"^[^\w\n]*#[^\n]*from|from[^\n]*{_UNDERLINE}", re.MULTILINE)
#: The last line of a heading of several, where no letter of it may show.
_ENDS_UNSEEN = LazyPattern(rf"(?:[)\]>][^\n]*|^[\W_]+){_UNDERLINE}", re.MULTILINE)


def may_hold_plan(text: str, vocabulary: Vocabulary) -> bool:
    """Tell by its letters whether a text may hold an evident plan, before it is parsed: False is sure, True is not.

    What `is_evident` asks for needs certain words, and a word that is read stands in the text letter by letter, markup
    apart. Whoever changes what is evident changes this too.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    letters = _fold(text)
    # A title, the key of the front matter and all that needs the name of a migration.
    if any(stem in letters for stem in _stems()):
        return True
    # The Gap → Stage table and the verification table.
    if "gap" in letters or ("verification" in letters and STAGE_WORD in letters):
        return True
    stage_words, labels = _stage_signs(
        vocabulary.stage_words, frozenset(label for label, name in vocabulary.labels.items() if name in _TELLING_FIELDS)
    )
    if STAGE_WORD in letters and "—" in letters:
        return True
    if any(word in letters for word in stage_words) and any(all(map(letters.__contains__, label)) for label in labels):
        return True
    # Two of From, To and Abort criteria.
    if "abort" in letters or ("from" in letters and (_MAY_BE_FROM.search(letters) or _ENDS_UNSEEN.search(text))):
        return True
    if "&" in text and _ENTITY.search(text):
        return True
    return bool(_OPENS_IN_WORD.search(text) and _CLOSES_IN_WORD.search(text))


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


@lru_cache(maxsize=1)
def _stems() -> tuple[str, ...]:
    return _longest_words(MIGRATION_STEMS)


@lru_cache(maxsize=8)
def _stage_signs(words: frozenset[str], own_labels: frozenset[str]) -> tuple[tuple[str, ...], list[frozenset[str]]]:
    """Give the words of stages, and the labels of which one must stand in a stage, each as the words that it has."""
    others = (label for name in _TELLING_FIELDS for label in OTHER_FIELD_LABELS.get(name, ()))
    labels = {frozenset(_fold(label).split()) for label in (*own_labels, *others)}
    return _shortest(_longest_words((*words, STAGE_WORD, *OTHER_STAGE_WORDS))), [
        label for label in labels if not any(other < label for other in labels)
    ]


def _longest_words(names: Iterable[str]) -> tuple[str, ...]:
    """Give the longest word of each name: between two words there may be anything that does not show."""
    return tuple(max(_fold(name).split(), key=len) for name in names)


def _shortest(words: Iterable[str]) -> tuple[str, ...]:
    """Leave out the words that hold another of them."""
    own = set(words)
    return tuple(word for word in own if not any(other != word and other in word for other in own))
