"""Read what a stage's heading says besides its name: "Phase 2: Repositories (4-6 hours) - MEDIUM RISK".

Such a value speaks for the stage only where it has no such field of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.nodes import Field, Spelling
from lint_migration_plan.plan.terms import FieldName, State
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

_RISK = LazyPattern(
    r"(?:[-–—,|(\[]|\A)\s*(?P<value>[a-z]+(?:\s?[-–/]\s?[a-z]+)?)\s+(?P<label>risk)(?!\w)", re.IGNORECASE
)
_NOTE = LazyPattern(r"[(（](?P<value>[^()（）]{1,40})[)）]", needs=("(", "（"))
_AMOUNT = LazyPattern(r"(?=.*\d)(?=.*[^\W\d_])")


def heading_fields(name: Text, vocabulary: Vocabulary) -> tuple[Field, ...]:
    """Read the risk and the effort in the name of a stage."""
    fields = []
    risk = _RISK.search(name.plain)
    if risk is not None and {word.lower() for word in re.split(r"\W+", risk["value"])} & set(vocabulary.risks):
        fields.append(_field(FieldName.RISK, name.slice(*risk.span("label")), name.slice(*risk.span("value"))))
    for note in _NOTE.finditer(name.plain):
        value = name.slice(*note.span("value"))
        # A bare number is no effort here: "(2)".
        if _AMOUNT.match(value.plain) and read_effort(value, vocabulary).state is State.READ:
            fields.append(_field(FieldName.EFFORT, value, value))
            break
    return tuple(fields)


def _field(name: FieldName, label: Text, value: Text) -> Field:
    span = Span(min(label.span.start, value.span.start), max(label.span.end, value.span.end))
    return Field(name, label, Spelling.IN_HEADING, value, (), (), (value,), nested=True, span=span)
