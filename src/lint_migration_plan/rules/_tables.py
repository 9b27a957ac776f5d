"""Judge what the guide's two tables have in common: that they are there, and their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import NoFix
from lint_migration_plan.lint.rule import Place, Violation
from lint_migration_plan.markdown.document import Paragraph
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.plan.vocabulary import DEFAULT
from lint_migration_plan.rules._habit import habit
from lint_migration_plan.rules._wording import listed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from lint_migration_plan.markdown.document import Table
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Column, GapMapping, Plan, VerificationTable
    from lint_migration_plan.plan.terms import SectionKind
    from lint_migration_plan.plan.vocabulary import Vocabulary


#: From so many rows on, what all of them lack is said once.
_MANY = 3


def place_without_table(plan: Plan, part: GapMapping | VerificationTable | None) -> Span | None:
    """Say where a table is missed: at its section, else at the head of the plan.

    None where it is there, where the plan has no stages, or where a placeholder keeps its place.
    """
    if not plan.stages:
        return None
    if part is None:
        return plan.head
    if part.table is not None or _is_left_open(part.section.kind, plan):
        return None
    return part.section.span


def column_violations(table: Table, columns: Sequence[Column], names: Sequence[str], plan: Plan) -> Iterator[Violation]:
    """Yield a violation for the columns that are missing, and for each that is doubled or has another name."""
    present = {column.name for column in columns}
    missing = [f"'{name}'" for name in names if name not in present]
    # One that is missing is most likely what one that stands twice was meant to be.
    mistaken = len(missing) == 1 and len(_doubled(columns)) == 1
    if missing and not mistaken:
        message = f"the table has no column{'s' * (len(missing) > 1)} {listed(missing)}; the guide has {listed(names)}"
        yield Violation(table.header.span, message, fix=NoFix("what its cells should hold is for their author to say"))
    firsts: dict[str, Column] = {}
    for column in columns:
        if column.name is None:
            continue
        first = firsts.setdefault(column.name, column)
        if column is not first and column.canonical:
            way_out = f"one of them is {missing[0]}, which is missing" if mistaken else "leave one of them"
            message = f"column {quote(column.text.plain)} stands twice; {way_out}"
            yield Violation(column.text.span, message, (Place(first.text.span, "the first one"),))
        elif column is first and not column.canonical and not _is_own_word(column, plan.vocabulary):
            message = f"column {quote(column.text.plain)} is named '{column.name}' in the guide"
            from lint_migration_plan.rules._rewording import rename

            yield Violation(column.text.span, message, fix=rename(column.name, column.text, plan))


def _doubled(columns: Sequence[Column]) -> list[Column]:
    """Give the columns that have the name of one before them."""
    firsts = {column.name: column for column in reversed(columns)}
    return [column for column in columns if column.name and column.canonical and firsts[column.name] is not column]


def said_once(rows: int, faults: Sequence[tuple[Hashable, Violation]]) -> Iterator[Violation]:
    """Yield the violations of a table's rows; where each of its ``rows`` has the same one, a column is empty: one."""
    if rows < _MANY or len(faults) < rows or len({kind for kind, _ in faults}) > 1:
        yield from (violation for _, violation in faults)
        return
    spans = [violation.span for _, violation in faults]
    yield habit(faults[0][1].message, spans, "this row too")


def _is_left_open(kind: SectionKind, plan: Plan) -> bool:
    """Say whether nothing but placeholders stands in a section: another rule speaks of them."""
    section = next(section for section in plan.sections if section.kind is kind)
    blocks = list(section.section.all_blocks())
    return bool(blocks) and all(isinstance(block, Paragraph) and is_placeholder(block.text) for block in blocks)


def _is_own_word(column: Column, vocabulary: Vocabulary) -> bool:
    """Say whether a team's configuration has this word for what the guide calls otherwise."""
    word = normal(column.text.plain)
    if column.name == "Stage":
        return bool({word, word.removesuffix("s")} & (vocabulary.stage_words - DEFAULT.stage_words))
    return word in vocabulary.labels.keys() - DEFAULT.labels.keys()
