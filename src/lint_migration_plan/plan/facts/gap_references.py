"""Find the gaps that another gap's notes say it depends on: "Depends on gap 1", "blocked by GAP-03", or by name.

Only statements of order count, and only what surely speaks of a gap of the table: a dependency on the vendor's release
is none, and a choice between two gaps is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gap_names import IDENTIFIER, GapNames
from lint_migration_plan.plan.facts.gaps import gap_rows
from lint_migration_plan.plan.values.fold import folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import GapRow, Plan


class GapReference(NamedTuple):
    """A gap that notes name; ``row`` is None where the table has no such gap.

    ``beyond`` is True where it is the end of a range that begins with a gap of the table.
    """

    text: Text
    row: GapRow | None
    beyond: bool = False


class _Mention(NamedTuple):
    """A stretch of notes that names gaps; ``gaps`` as `GapNames` gives them, ``beyond`` as in `GapReference`."""

    start: int
    end: int
    gaps: Sequence[GapRow] | None
    beyond: bool = False


#: What surely speaks of order, whatever the gap is called, and what does so only before "gap 1" or an identifier.
_PHRASE = LazyPattern(
    r"(?<!\w)(?:(?P<sure>(?:depend(?:s|ent|ing)?\s+(?:up)?on|blocked\s+by)(?:\s*:)?)"
    r"|requires?|needs?|after|follows?|builds\s+on)\s+(?:that\s+|closing\s+|fixing\s+)?",
    needs=("depend", "blocked", "require", "need", "after", "follow", "builds"),
)
_NEGATED = LazyPattern(r"(?:\bnot|n't|\bnever|\bno longer|\bnothing|\bnone)\s+(?:\w+\s+)?\Z")
_JOINT = LazyPattern(r"\s*(?:,\s*and|,|&|\+|and)\s+")
_OR = LazyPattern(r"\s*,?\s*(?:or|/)\s")
_NUMBERED = LazyPattern(
    r"(?:the\s+)?(?:gaps?|rows?)\s*(?:#|no\.?|nr\.?|number)?\s*(?P<first>\d{1,5})(?!\w|[.,]\d)"
    r"(?:\s*(?:-|–|to|through)\s*(?:gap\s*)?(?P<last>\d{1,5})(?!\w|[.,]\d))?"
)
#: A further number in a list of gaps; "and 3 days" is none.
_MORE = LazyPattern(
    r"#?(?P<first>\d{1,5})(?:\s*[-–]\s*(?P<last>\d{1,5}))?(?=\s*(?:\Z|[;.()&+—–\n]|,|\s-|and\s))",
)
_NAME_END = LazyPattern(r"\s*(?:[,;.()\n\"]|[—–]|\s-\s|\s(?:and|being|is|are|first)(?!\w)|\Z)")
_NAME_LEAD = LazyPattern(r"(?:the\s+)?(?:gap\s+)?[\"']?")
#: No name holds so many commas.
_MOST_ENDS = 8


def gap_references(plan: Plan) -> Iterator[tuple[GapRow, GapReference]]:
    """Yield for each gap the gaps that its notes say it depends on."""
    rows = gap_rows(plan)
    names: GapNames | None = None
    for row in rows:
        if row.notes:
            string = folded(row.notes)
            for phrase in _PHRASE.finditer(string):
                if not _NEGATED.search(string, 0, phrase.start()):
                    names = names or GapNames(plan, rows)
                    yield from ((row, reference) for reference in _references(row.notes, string, phrase, names))


def _references(notes: Text, string: str, phrase: re.Match[str], names: GapNames) -> Iterator[GapReference]:
    start = phrase.end()
    mentions = list(_numbers(string, start, names)) or list(_identifiers(string, start, names))
    if not mentions and phrase["sure"]:
        mentions = list(_words(notes.plain, string, start, names))
    if mentions and _OR.match(string, mentions[-1].end):
        return
    for mention in mentions:
        text = notes.slice(mention.start, mention.end)
        if mention.gaps is not None:
            yield from (GapReference(text, gap, mention.beyond) for gap in mention.gaps or (None,))


def _numbers(string: str, start: int, names: GapNames) -> Iterator[_Mention]:
    """Read "gap 1", "gaps 1, 2 and 4", "gaps 1-3"."""
    found = _NUMBERED.match(string, start)
    while found is not None:
        first, last = int(found["first"]), int(found["last"] or found["first"])
        gaps = names.numbered(first, last)
        beyond = gaps == () and last > first and bool(names.numbered(first, first))
        yield _Mention(found.start(), found.end(), gaps, beyond)
        joint = _JOINT.match(string, found.end())
        found = (_NUMBERED.match(string, joint.end()) or _MORE.match(string, joint.end())) if joint else None


def _identifiers(string: str, start: int, names: GapNames) -> Iterator[_Mention]:
    """Read "GAP-03", "G1, G2 and G4"."""
    found = IDENTIFIER.match(string, start)
    while found is not None:
        gaps = names.identified(found["prefix"], int(found["number"]))
        if gaps is None:
            return
        yield _Mention(found.start(), found.end(), gaps)
        joint = _JOINT.match(string, found.end())
        found = IDENTIFIER.match(string, joint.end()) if joint else None


def _words(plain: str, string: str, start: int, names: GapNames) -> Iterator[_Mention]:
    """Read the whole name of a gap, if one stands here."""
    lead = _NAME_LEAD.match(string, start)
    begin = lead.end() if lead else start
    for count, end in enumerate(_NAME_END.finditer(string, begin)):
        gaps = names.worded(plain[begin : end.start()].strip(" \"'“”‘’"))
        if gaps is not None:
            yield _Mention(begin, end.start(), gaps)
            return
        if count > _MOST_ENDS:
            return
