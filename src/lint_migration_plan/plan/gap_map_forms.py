"""The forms in which a gap map lists its gaps: tables, headings, items with identifiers, and plain lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lint_migration_plan.markdown.document import List, Table, walk_blocks
from lint_migration_plan.plan.facts.gap_names import NUMBER_COLUMNS
from lint_migration_plan.plan.overview import lines
from lint_migration_plan.plan.spelling import normal, normal_heading
from lint_migration_plan.plan.table_rows import extra_cells, is_aligned, own_rows, says_nothing
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.choices import read_exemption, read_risk
from lint_migration_plan.plan.values.fold import LIMIT, folded
from lint_migration_plan.plan.values.gap_titles import (
    GAP_PREFIXES,
    GapTitle,
    Identifier,
    bare_number,
    column_identifiers,
    is_struck,
    read_gap_title,
    says_closed,
)
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.markdown.document import Block, Row, Section
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.terms import Reading, Risk
    from lint_migration_plan.plan.values.amounts import Effort
    from lint_migration_plan.plan.values.choices import Exemption
    from lint_migration_plan.plan.vocabulary import Vocabulary

T = TypeVar("T")

#: The columns of a gap map, and the labels of what stands below a gap's heading or item.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "Gap": (
        *("gap", "gaps", "gap name", "gap title", "gap description", "description of gap", "known gap", "open gap"),
        *("identified gap", "lücke", "écart", "brecha", "lacuna", "разрыв", "差距", "缺口", "ギャップ"),
    ),
    "Description": (
        *("description", "title", "name", "summary", "what", "what is missing", "details", "issue", "finding"),
        *("beschreibung", "descripción", "descrição", "описание", "描述", "説明"),
    ),
    "Risk": ("risk", "risk level", "risk rating", "migration risk"),
    "Effort": ("effort", "estimated effort", "effort estimate", "estimate", "effort to close", "effort to fix"),
    "Status": ("status", "gap status", "resolution status", "done", "closed", "resolved"),
    "Notes": ("notes", "note", "comment", "comments", "remarks", "decision", "resolution"),
}
_COLUMNS = {word: name for name, words in _WORDS.items() for word in words}
_GAP_IDS = frozenset(word for word in NUMBER_COLUMNS if word.startswith("gap")) | {"gap number", "gap nr"}

#: What a heading says that has gaps below it, and what it begins with where it speaks of something to do with them.
_GAP_LISTS = ("gap map", "gap list", "gap register", "gap inventory", "gap table", "gap overview", "gap analysis")
_ABOUT_GAPS = frozenset(
    (
        *("how", "why", "what", "when", "where", "closing", "filling", "finding", "bridging", "addressing", "about"),
        *("handling", "rules", "process", "method", "using", "reading", "no", "closed", "resolved", "former"),
    )
)
#: What a heading begins or ends with below which nothing is left to close, what else says so, and what says otherwise.
_CLOSED = frozenset(("closed", "done", "resolved", "fixed", "completed", "withdrawn", "rejected", "obsolete", "former"))
_CLOSED_PARTS = frozenset(("out of scope", "not applicable", "no longer gaps", "history"))
_NOT_CLOSED = frozenset(("not", "be", "yet", "never", "must", "how", "when", "until", "only", "half", "partly"))
_LISTS_OF = ("list of", "map of", "table of", "register of", "inventory of")
#: What divides a heading, and which words behind a name say more of the same gaps.
_DIVIDED = LazyPattern(r"\s*(?:[:：(（,]|\s[—–-]\s)\s*")
_MORE = LazyPattern(r"\s(?:of|in|for|by|from|between|on|to|before|with|at)\s")
#: What an identifier of a gap never begins with, whatever stands above it.
_OTHER_PREFIXES = frozenset(
    (
        *("stage", "phase", "step", "wave", "sprint", "week", "day", "part", "section", "chapter", "version", "row"),
        *("release", "milestone", "table", "figure", "level", "adr", "rfc", "tier", "priority", "round", "rev"),
    )
)

_BOX = LazyPattern(r"\s*\[[ xX]\]\s+")
#: A prefix that needs company: "G7" may be a word of a sentence.
_SHORT = "g"
#: What stands under Gap where there is none.
_NO_GAP = frozenset(
    (
        *("yes", "no", "none", "na", "n a", "partial", "full", "match", "gap", "ok", "nil", "not applicable"),
        *("total", "totals", "grand total", "subtotal", "sum"),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class MapGap:
    """A gap of a gap map.

    ``name`` is what messages call it, ``text`` where it stands. ``number`` is that of a column which only numbers the
    gaps. ``closed`` says that nothing is left to close, ``exemption`` why no stage will. A reading is None where the
    map does not say, or says two things.
    """

    title: GapTitle
    name: str
    text: Text
    number: int | None = None
    risk: Reading[Risk] | None = None
    effort: Reading[Effort] | None = None
    closed: bool = False
    exemption: Exemption | None = None


class Group(NamedTuple):
    """The gaps of one table or list; it is not ``complete`` where a row of it cannot be read."""

    gaps: Sequence[MapGap]
    complete: bool = True


# --- tables -----------------------------------------------------------------------------------------------------------


def in_tables(section: Section, vocabulary: Vocabulary) -> list[Group]:
    """Read the tables with a column for gaps, or with one for their identifiers and one for their descriptions."""
    groups = []
    for inner, says_gaps in _under_gaps(section, says_gaps=False):
        for block in walk_blocks(inner.blocks):
            if isinstance(block, Table):
                columns = _columns(block)
                if _lists_gaps(block, columns, says_gaps=says_gaps):
                    groups.append(_table(block, columns, vocabulary))
    return groups


def _under_gaps(section: Section, *, says_gaps: bool) -> Iterator[tuple[Section, bool]]:
    """Yield a section and those below it, and say whether a heading above or its own says gaps."""
    says_gaps = says_gaps or _says_gaps(section)
    yield section, says_gaps
    for child in section.children:
        yield from _under_gaps(child, says_gaps=says_gaps)


def _columns(table: Table) -> dict[str, int]:
    """Find the columns: their places by the names that they have here, Id among them."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(table.header.cells):
        word = " ".join(folded(cell.text).split()).strip(" :.?!*_")
        name = _COLUMNS.get(word) or ("Id" if word in NUMBER_COLUMNS or word in _GAP_IDS else None)
        if name is not None:
            columns.setdefault(name, place)
    return columns


def _lists_gaps(table: Table, columns: Mapping[str, int], *, says_gaps: bool) -> bool:
    if "Gap" in columns:
        return True
    if "Id" not in columns or "Description" not in columns:
        return False
    identifiers = [read_gap_title(_plain(row, columns["Id"])).identifiers for row in table.rows]
    return says_gaps or (bool(identifiers) and all(each and is_gaps(each[0]) for each in identifiers))


def _table(table: Table, columns: Mapping[str, int], vocabulary: Vocabulary) -> Group:
    gaps = []
    complete = True
    for row in own_rows(table):
        cells = {name: row.cells[place].text for name, place in columns.items() if place < len(row.cells)}
        if is_aligned(row, table) and not any(cell.text for cell in extra_cells(row, table)):
            gap = _row_gap(cells, vocabulary)
            gaps += [gap] if gap else []
        else:
            complete = False
    return Group(gaps, complete)


def _row_gap(cells: Mapping[str, Text], vocabulary: Vocabulary) -> MapGap | None:
    given, gap, description = cells.get("Id"), cells.get("Gap"), cells.get("Description")
    text = gap if gap is not None else description
    if not text or (says_nothing(text) and not is_struck(text)):
        return None
    if is_placeholder(text) or (given is not None and is_placeholder(given)):
        return None
    title, name = read_gap_title(text.plain), text.plain
    if text is gap and title.identifiers and not title.rest and description:
        # The column Gap has nothing but identifiers.
        title = read_gap_title(description.plain)._replace(identifiers=title.identifiers)
        name = f"{text.plain.strip()}: {description.plain}"
    own = column_identifiers(given.plain) if given else ()
    if own and given:
        title, name = title._replace(identifiers=own), f"{given.plain.strip()}: {name}"
    if not any(char.isalpha() for char in title.words) or title.words in _NO_GAP:
        return None
    number = bare_number(given.plain) if given and not own else None
    return replace(_gap(title, name, text, cells, vocabulary), number=number)


# --- headings and lists -----------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """A heading or an item that may be a gap: its text, without the box of a task, and what stands below it.

    ``says_gaps`` is True where a heading above it does.
    """

    text: Text
    below: Sequence[Block]
    ticked: bool = False
    says_gaps: bool = False


def in_headings(section: Section, vocabulary: Vocabulary) -> list[Group]:
    """Read the headings that begin with identifiers: "### GAP-03 — Orders exist in one database only"."""
    entries = [
        _Entry(inner.heading.text, inner.blocks, says_gaps=says_gaps)
        for inner, says_gaps in _under_gaps(section, says_gaps=False)
        if inner is not section and inner.heading
    ]
    return [Group(_identified(entries, vocabulary))]


def in_items(section: Section, vocabulary: Vocabulary) -> list[Group]:
    """Read the lists whose items begin with identifiers, however deep."""
    blocks = walk_blocks(tuple(section.all_blocks()))
    return [Group(_identified(_entries(block), vocabulary)) for block in blocks if isinstance(block, List)]


def in_lists(section: Section, vocabulary: Vocabulary) -> list[Group]:
    """Read the one list below each heading that says gaps; which of several lists has the gaps is not certain."""
    groups = []
    for inner in section.walk():
        lists = [block for block in inner.blocks if isinstance(block, List)]
        if lists and _says_gaps(inner):
            entries = _entries(lists[0]) if len(lists) == 1 else []
            groups.append(Group([_entry_gap(entry, vocabulary) for entry in entries], complete=len(lists) == 1))
    return groups


def _entries(block: List) -> list[_Entry]:
    entries = []
    for item in block.items:
        if item.text and not is_placeholder(item.text):
            box = _BOX.match(item.text.plain)
            text = item.text.slice(box.end()) if box else item.text
            entries.append(_Entry(text, item.blocks[1:], box is not None and "x" in box[0].lower()))
    return entries


def _identified(entries: Sequence[_Entry], vocabulary: Vocabulary) -> list[MapGap]:
    """Read the gaps among headings or items."""
    titles = [(entry, read_gap_title(entry.text.plain).identifiers) for entry in entries]
    found = [(entry, identifiers[0]) for entry, identifiers in titles if identifiers]
    own = Counter(
        identifier.prefix for entry, identifier in found if entry.says_gaps and _may_be_gaps(identifier, entry)
    )
    gaps = [(entry, identifier) for entry, identifier in found if is_gaps(identifier) or own[identifier.prefix] > 1]
    if len(gaps) == 1 and gaps[0][1].prefix == _SHORT:
        return []
    return [_entry_gap(entry, vocabulary) for entry, _ in gaps]


def _may_be_gaps(identifier: Identifier, entry: _Entry) -> bool:
    """Say whether an identifier with letters of its own may be a gap's: "ZONE-1", "DB_03"."""
    behind = entry.text.plain[identifier.start + len(identifier.prefix) :][:1]
    return behind in {"-", "_"} and identifier.prefix not in _OTHER_PREFIXES


def _entry_gap(entry: _Entry, vocabulary: Vocabulary) -> MapGap:
    labelled = lines(entry.below, lambda label: normal(label.plain) in _COLUMNS)
    cells: dict[str, Text] = {}
    for line in labelled:
        name = _COLUMNS.get(normal(line.label.plain)) if line.label else None
        if name is not None:
            cells.setdefault(name, line.value)
    gap = _gap(read_gap_title(entry.text.plain), entry.text.plain, entry.text, cells, vocabulary)
    return replace(gap, closed=True) if entry.ticked else gap


def _says_gaps(section: Section) -> bool:
    """Say whether a section's heading says that gaps stand below it: as a whole, or in one of its parts."""
    words = normal_heading(section.heading.text.plain if section.heading else "")
    return any(map(_is_name_of_gaps, _DIVIDED.split(words)))


def _is_name_of_gaps(words: str) -> bool:
    if words.partition(" ")[0] in _ABOUT_GAPS:
        return False
    kind = next((kind for kind in _LISTS_OF if words.startswith(f"{kind} ")), "")
    more = _MORE.search(words, len(kind))
    name = words[: more.start()] if more else words
    return name == "gaps" or name.endswith((" gaps", *_GAP_LISTS))


def says_closed_below(section: Section) -> bool:
    """Say whether a section's heading says that the gaps below it are closed."""
    name = normal_heading(section.heading.text.plain if section.heading else "")
    words = name.split()
    if not words or _NOT_CLOSED.intersection(words):
        return name in _CLOSED_PARTS
    return name in _CLOSED_PARTS or bool(_CLOSED.intersection((words[0], words[-1])))


# --- what all forms share ---------------------------------------------------------------------------------------------


def is_gaps(identifier: Identifier) -> bool:
    """Say whether an identifier is a gap's by its letters: "GAP-03", "GAP-DB-03", "G3"."""
    return identifier.plain and identifier.prefix.partition("-")[0] in GAP_PREFIXES


def _gap(title: GapTitle, name: str, text: Text, cells: Mapping[str, Text], vocabulary: Vocabulary) -> MapGap:
    risk, effort, status, notes = (cells.get(each) for each in ("Risk", "Effort", "Status", "Notes"))
    exemption = read_exemption(status, notes)
    if exemption is not None and not exemption.status and exemption.why is None:
        exemption = None
    return MapGap(
        title=title,
        name=" ".join(name[:LIMIT].replace("~~", "").split()),
        text=text,
        risk=read_risk(risk, vocabulary) if risk is not None else None,
        effort=read_effort(effort, vocabulary) if effort is not None else None,
        closed=is_struck(text) or (status is not None and says_closed(status)),
        exemption=exemption,
    )


def _plain(row: Row, place: int) -> str:
    return row.cells[place].text.plain if place < len(row.cells) else ""
