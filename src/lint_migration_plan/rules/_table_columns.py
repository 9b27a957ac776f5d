"""Judge the columns of the guide's two tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import Place, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.plan.nodes import Column
    from lint_migration_plan.plan.vocabulary import Vocabulary


def column_violations(
    table: Table, columns: Sequence[Column], names: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Violation]:
    """Yield a violation for the columns that are missing, and for each that is doubled or has another name."""
    present = {column.name for column in columns}
    missing = [name for name in names if name not in present]
    if missing:
        yield Violation(table.header.span, _missing(missing, names))
    firsts: dict[str, Column] = {}
    for column in columns:
        if column.name is None:
            continue
        first = firsts.setdefault(column.name, column)
        if not column.canonical and first is column and not _is_own_word(column, vocabulary):
            yield Violation(column.text.span, f"column {quote(column.text.plain)} is '{column.name}' in the guide")
        elif column.canonical and first is not column:
            message = f"column {quote(column.text.plain)} stands twice; each row has one '{column.name}'"
            yield Violation(column.text.span, message, (Place(first.text.span, "the first one"),))


def _missing(missing: Sequence[str], names: Sequence[str]) -> str:
    quoted = [f"'{name}'" for name in missing]
    said = " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
    return f"the table has no column{'s' * (len(missing) > 1)} {said}; its columns are {', '.join(names)}"


def _is_own_word(column: Column, vocabulary: Vocabulary) -> bool:
    """Say whether a team's configuration has this word for what the guide calls otherwise."""
    word = normal(column.text.plain)
    if column.name == "Stage":
        return bool({word, word.removesuffix("s")} & vocabulary.stage_words - DEFAULT.stage_words)
    return word in vocabulary.labels.keys() - DEFAULT.labels.keys()
