"""What the gaps of a table may be called: by the number of their row, by an identifier, by their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lint_migration_plan.plan.nodes import GapRow, Plan

#: An identifier in lower case: "gap-03", "g3", "db 12".
IDENTIFIER = LazyPattern(r"(?P<prefix>[a-z]{1,8})[-_ ]?(?P<number>\d{1,5})(?!\w|[.,-]\d)")

#: What a column is called that numbers the gaps, or gives them identifiers.
NUMBER_COLUMNS = frozenset(
    ("#", "no", "nr", "nº", "№", "id", "number", "num", "gap id", "gap no", "gap #", "key", "ref")
)
_DIGITS = LazyPattern(r"\d{1,5}")


class GapNames:
    """Finds gaps by what they are called.

    It gives the gaps of that name, nothing where the table surely has none, and None where that is not sure: the name
    is that of two gaps, or a row that cannot be read may be the one.
    """

    def __init__(self, plan: Plan, rows: Sequence[GapRow]) -> None:
        self._complete = plan.mapping is not None and len(rows) == len(plan.mapping.rows)
        self._rows = {row.number: [row] for row in rows}
        self._words: dict[str, list[GapRow]] = {}
        self._identifiers: dict[str, dict[int, list[GapRow]]] = {}
        self._given: dict[int, list[GapRow]] = {}
        prefixes = set()
        column = number_column(plan)
        for row in rows:
            if row.gap:
                self._words.setdefault(normal(row.gap.plain), []).append(row)
            given = row.row.cells[column].text.plain if column is not None and column < len(row.row.cells) else ""
            identifier = IDENTIFIER.match(row.id or normal(given))
            if identifier is not None:
                alike = self._identifiers.setdefault(identifier["prefix"], {})
                alike.setdefault(int(identifier["number"]), []).append(row)
            prefixes.add(identifier["prefix"] if identifier else "")
            if digits := _DIGITS.search(given):
                self._given.setdefault(int(digits[0]), []).append(row)
        # Where all identifiers begin alike, one that begins so and is not there is a gap that is missing.
        self._prefix = prefixes.pop() if len(prefixes) == 1 else ""

    def numbered(self, first: int, last: int) -> Sequence[GapRow] | None:
        """Find "gap 3" or "gaps 3-5": by the table's own numbers where it has some, else by the rows."""
        numbers: Mapping[int, list[GapRow]] = self._given or self._rows
        for prefix in ("gap", "g"):
            alike = self._identifiers.get(prefix, {})
            if first in alike or prefix == self._prefix:
                numbers = alike
        if first not in numbers or last not in numbers:
            return () if self._complete else None
        every = numbers if last > first else (first,)
        found = [numbers[number] for number in every if first <= number <= last]
        return [gaps[0] for gaps in found] if all(len(gaps) == 1 for gaps in found) else None

    def identified(self, prefix: str, number: int) -> Sequence[GapRow] | None:
        """Find a gap by its identifier; None also for what is no identifier of this table's kind."""
        gaps = self._identifiers.get(prefix, {}).get(number, [])
        if not gaps:
            return () if prefix == self._prefix and self._complete else None
        return gaps if len(gaps) == 1 else None

    def worded(self, words: str) -> Sequence[GapRow] | None:
        """Find a gap by its own words, all of them; None also where there is none of these."""
        gaps = self._words.get(normal(words), [])
        return gaps if len(gaps) == 1 else None


def number_column(plan: Plan) -> int | None:
    """Find a column that numbers the gaps, beside that with their names."""
    columns = plan.mapping.columns if plan.mapping else ()
    numbered = (place for place, column in enumerate(columns) if normal(column.text.plain) in NUMBER_COLUMNS)
    return next((place for place in numbered if columns[place].name is None), None)
