"""Find the gaps that another gap's notes say it depends on: "Depends on gap 1", "blocked by GAP-03", or by name.

Only statements of order count, and only what surely speaks of a gap of the table: a dependency on the vendor's release
is none, and a choice of two gaps is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.fold import folded
from lint_migration_plan.plan.gaps import gap_rows
from lint_migration_plan.plan.spelling import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import GapRow, Plan


class GapReference(NamedTuple):
    """A gap that notes name; ``row`` is None where the table has no such gap."""

    text: Text
    row: GapRow | None


#: What surely speaks of order, whatever the gap is called, and what does so only before "gap 1" or an identifier.
_PHRASE = re.compile(
    r"(?<!\w)(?:(?P<sure>(?:depend(?:s|ent|ing)?\s+(?:up)?on|blocked\s+by)(?:\s*:)?)"
    r"|requires?|needs?|after|follows?|builds\s+on)\s+(?:that\s+|closing\s+|fixing\s+)?"
)
_NEGATED = re.compile(r"(?:\bnot|n't|\bnever|\bno longer|\bnothing|\bnone)\s+(?:\w+\s+)?\Z")
_NUMBERED = re.compile(r"(?:the\s+)?(?:gaps?|rows?)\s*(?:#|no\.?|nr\.?|number)?\s*(?P<first>\d{1,5})(?!\w|[.,]\d)")
_MORE = re.compile(
    r"\s*(?:,\s*and|,|&|\+|and)\s+(?:(?:the\s+)?gaps?\s*#?\s*)?(?P<first>\d{1,5})"
    r"(?=\s*(?:\Z|[,;.()&+—–-]|and\s))"
)
_RANGE = re.compile(r"\s*(?:-|–|to|through)\s*(?P<last>\d{1,5})(?!\w|[.,]\d)")
_ID = re.compile(r"(?P<prefix>[a-z]{1,8})[-_ ]?(?P<number>\d{1,5})(?!\w|[.,-]\d)")
_MORE_IDS = re.compile(r"\s*(?:,\s*and|,|&|\+|and)\s+")
_OR = re.compile(r"\s*,?\s*(?:or|/)\s")
_NAME_END = re.compile(r"\s*(?:[,;.()\n]|[—–]|\s-\s|\s(?:and|being|is|are|first)(?!\w)|\Z)")
_NUMBER_COLUMNS = frozenset(
    ("#", "no", "nr", "nº", "№", "id", "number", "num", "gap id", "gap no", "gap #", "key", "ref")
)

#: More ranges than anybody writes.
_LONGEST_RANGE = 50


def gap_references(plan: Plan) -> Iterator[tuple[GapRow, GapReference]]:
    """Yield for each gap the gaps that its notes say it depends on."""
    rows = gap_rows(plan)
    index: _Index | None = None
    for row in rows:
        if row.notes:
            string = folded(row.notes)
            for phrase in _PHRASE.finditer(string):
                if _NEGATED.search(string, 0, phrase.start()):
                    continue
                index = index or _Index(plan, rows)
                for reference in _references(row.notes, string, phrase, index):
                    yield row, reference


def _references(notes: Text, string: str, phrase: re.Match[str], index: _Index) -> Iterator[GapReference]:
    start = phrase.end()
    numbered = _NUMBERED.match(string, start)
    found = list(_numbers(string, numbered)) if numbered else []
    end = found[-1][2] if found else start
    if found:
        candidates = [(begin, stop, index.number(number)) for number, begin, stop in found]
    else:
        candidates = list(_ids(string, start, index))
        end = candidates[-1][1] if candidates else start
    if not candidates and phrase["sure"]:
        candidates = list(_names(notes.plain, string, start, index))
        end = candidates[-1][1] if candidates else start
    if _OR.match(string, end):
        return
    for begin, stop, gaps in candidates:
        if len(gaps) <= 1:
            yield GapReference(notes.slice(begin, stop), gaps[0] if gaps else None)


def _numbers(string: str, first: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the numbers in "gap 1", "gaps 1, 2 and 4", "gaps 1-3", each with its stretch."""
    match: re.Match[str] | None = first
    begin = first.start()
    while match is not None:
        low, end = int(match["first"]), match.end()
        to = _RANGE.match(string, end)
        high = int(to["last"]) if to else low
        end = to.end() if to else end
        for number in range(low, min(high, low + _LONGEST_RANGE) + 1):
            yield number, begin, end
        match = _MORE.match(string, end)
        begin = match.start("first") if match else end


def _ids(string: str, start: int, index: _Index) -> Iterator[tuple[int, int, Sequence[GapRow]]]:
    """Yield the gaps that identifiers name: those of the table, and those that look like them."""
    match = _ID.match(string, start)
    while match is not None:
        gaps = index.ids.get((match["prefix"], int(match["number"])), ())
        if not gaps and match["prefix"] != index.prefix:
            return
        yield match.start(), match.end(), gaps
        more = _MORE_IDS.match(string, match.end())
        match = _ID.match(string, more.end()) if more else None


def _names(plain: str, string: str, start: int, index: _Index) -> Iterator[tuple[int, int, Sequence[GapRow]]]:
    """Yield the gap whose whole name stands here, if it is one's."""
    for opening in ('"', "'", "the gap ", "gap ", "the "):
        if string.startswith(opening, start):
            start += len(opening)
    for end in list(_NAME_END.finditer(string, start))[:8]:
        name = normal(plain[start : end.start()].strip(" \"'“”‘’"))
        if name in index.names:
            yield start, end.start(), index.names[name]
            return


class _Index:
    """Gaps by what notes may call them; ``prefix`` is that of the identifiers, where all gaps have the same one."""

    def __init__(self, plan: Plan, rows: Sequence[GapRow]) -> None:
        self._rows = {row.number: row for row in rows}
        self._last = max(self._rows, default=0)
        self.names: dict[str, list[GapRow]] = {}
        self.ids: dict[tuple[str, int], list[GapRow]] = {}
        self._given: dict[int, list[GapRow]] = {}
        prefixes = set()
        column = _number_column(plan)
        for row in rows:
            if row.gap:
                self.names.setdefault(normal(row.gap.plain), []).append(row)
            written = row.row.cells[column].text if column is not None else None
            match = _ID.match(row.id or (normal(written.plain) if written else ""))
            if match is not None:
                self.ids.setdefault((match["prefix"], int(match["number"])), []).append(row)
            prefixes.add(match["prefix"] if match else "")
            if written is not None and (digits := re.search(r"\d{1,5}", written.plain)):
                self._given.setdefault(int(digits[0]), []).append(row)
        self.prefix = prefixes.pop() if len(prefixes) == 1 else ""
        if plan.mapping is not None and len(rows) < len(plan.mapping.rows):
            # A row that cannot be read may be the one that is missed.
            self.prefix = ""

    def number(self, number: int) -> Sequence[GapRow]:
        """Give the gaps of a number: that in their identifiers or in a column of numbers, else that of their row."""
        if self.prefix in {"gap", "g"}:
            return self.ids.get((self.prefix, number), ())
        named = self.ids.get(("gap", number)) or self._given.get(number)
        if named or self._given:
            return named or ()
        row = self._rows.get(number)
        if row is None and number <= self._last:
            # A row that cannot be read: neither this gap nor none.
            return list(self._rows.values())
        return [row] if row else ()


def _number_column(plan: Plan) -> int | None:
    """Find a column that numbers the gaps, beside that with their names."""
    columns = plan.mapping.columns if plan.mapping else ()
    numbered = (place for place, column in enumerate(columns) if normal(column.text.plain) in _NUMBER_COLUMNS)
    return next((place for place in numbered if columns[place].name is None), None)
