"""Tell a migration plan from other Markdown.

A hook runs over every document of a repository. A tutorial has steps, a changelog has a heading "Migration", the guide
itself has headings for all its sections: none of them is a plan.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.plan.sections import TABLE_KINDS, names_migration
from lint_migration_plan.plan.terms import FieldName, SectionKind
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import PLAN_STEMS, STAGE_WORD, TUTORIAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.document import FrontMatter
    from lint_migration_plan.plan.nodes import PlanSection, Title
    from lint_migration_plan.plan.stage_headings import Candidate

#: Fields that a step of a tutorial does not have.
_TELLING_FIELDS = frozenset((FieldName.RISK, FieldName.LAYERS, FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED))
_TELLING_SECTIONS = frozenset((SectionKind.FROM, SectionKind.TO, SectionKind.ABORT))

_FRONT_MATTER_KEY = LazyPattern(r"^migration-plan\s*:", re.MULTILINE)


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
    return section.kind is SectionKind.MAPPING or section.canonical


def _are_stages_of_a_plan(stages: Sequence[Candidate], title: str, *, named: bool) -> bool:
    fields = {field.name for stage in stages for field in stage.fields}
    if fields & _TELLING_FIELDS:
        return True
    says_plan = any(stem in title.casefold() for stem in PLAN_STEMS)
    if named:
        return bool(fields) or says_plan or stages[0].word not in TUTORIAL_WORDS
    if says_plan:
        return any(names_migration(stage.heading.name.plain) for stage in stages)
    return any(stage.word == STAGE_WORD and stage.heading.separator.plain == "—" for stage in stages)
