"""Match the gaps of a gap map with the rows of the Gap → Stage table: by identifier, else by their words.

What may be two gaps is matched with neither. A gap that was put into other words in one of the two places is told by
the words that stayed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.gap_mentions import Mentions
from lint_migration_plan.plan.facts.gap_names import number_column
from lint_migration_plan.plan.facts.gaps import gap_rows, mapping_blocks
from lint_migration_plan.plan.facts.near_words import NearWords
from lint_migration_plan.plan.table_rows import says_nothing
from lint_migration_plan.plan.values.gap_titles import (
    GapTitle,
    bare_number,
    column_identifiers,
    read_gap_title,
    series,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.gap_map import GapMap
    from lint_migration_plan.plan.gap_map_forms import MapGap
    from lint_migration_plan.plan.nodes import GapRow, Plan
    from lint_migration_plan.plan.values.gap_titles import Identifier


class PlanRow(NamedTuple):
    """A row with a gap, and the plan whose table it stands in: several plans may share a gap map.

    ``key`` is the cell that holds the identifiers of the title, the one with the gap or one of their own.
    """

    plan: Plan
    row: GapRow
    gap: Text
    key: Text
    title: GapTitle


class Pair(NamedTuple):
    """A gap of the map, and a row that surely is about it."""

    gap: MapGap
    row: PlanRow


class Stale(NamedTuple):
    """A row, or an identifier in it, that names no gap of the map; ``near`` is the gap that it may be meant for.

    ``named`` is True where the map speaks of it all the same.
    """

    row: PlanRow
    text: Text
    near: MapGap | None
    named: bool


class Missing(NamedTuple):
    """A gap of the map without a row; ``near`` is the row that may be meant for it.

    ``named`` is True where the section speaks of it all the same.
    """

    gap: MapGap
    near: PlanRow | None
    named: bool


class GapMatching(NamedTuple):
    """How a gap map and the tables of the plans that share it fit together.

    ``ambiguous`` are the gaps that no row can surely be about, because two of them or two rows are called alike;
    ``unsure`` are these rows.
    """

    pairs: tuple[Pair, ...]
    ambiguous: tuple[MapGap, ...]
    unsure: tuple[PlanRow, ...]
    stale: tuple[Stale, ...]
    missing: tuple[Missing, ...]

    @property
    def is_apart(self) -> bool:
        """Not one row has to do with the map: it is another map's, or in other words throughout."""
        return not (self.pairs or self.unsure) and all(each.near is None and not each.named for each in self.stale)


def match_gaps(gap_map: GapMap, plans: Sequence[Plan]) -> GapMatching:
    """Match a gap map with the tables of one or several plans."""
    rows = [plan_row for plan in plans for plan_row in plan_rows(plan)]
    finder = _Finder(gap_map.gaps)
    found = [(row, finder.find(row)) for row in rows]
    claims = Counter(id(gap) for _, each in found for gap in each.gaps)
    doubtful = {key for key, rows_of_it in claims.items() if rows_of_it > 1}
    doubtful |= finder.doubled | {id(gap) for _, each in found for gap in each.either}
    pairs = [Pair(gap, row) for row, each in found for gap in each.gaps if id(gap) not in doubtful]
    unsure = [row for row, each in found if each.either or any(id(gap) in doubtful for gap in each.gaps)]
    settled = doubtful | {id(pair.gap) for pair in pairs}
    left = [gap for gap in gap_map.gaps if id(gap) not in settled]
    stale = list(_stale([(row, stray) for row, each in found for stray in each.strays], left, gap_map))
    return GapMatching(
        tuple(pairs),
        tuple(gap for gap in gap_map.gaps if id(gap) in doubtful),
        tuple(unsure),
        tuple(stale),
        tuple(_missing(left, {id(each.near): each.row for each in stale if each.near}, plans)),
    )


def plan_rows(plan: Plan) -> Iterator[PlanRow]:
    """Yield the rows that can be read and name a gap."""
    column = number_column(plan)
    for row in gap_rows(plan):
        if row.gap is not None and not says_nothing(row.gap):
            title, key = read_gap_title(row.gap.plain), row.gap
            if column is not None and column < len(row.row.cells):
                own = column_identifiers(row.row.cells[column].text.plain)
                if own:
                    title, key = title._replace(identifiers=own), row.row.cells[column].text
            yield PlanRow(plan, row, row.gap, key, title)


class _Stray(NamedTuple):
    """A stretch of a row that names no gap of the map; ``meant`` is one with its words and another identifier."""

    text: Text
    title: GapTitle
    meant: MapGap | None = None


class _Found(NamedTuple):
    """What a row is about: these gaps, or one of several."""

    gaps: Sequence[MapGap] = ()
    either: Sequence[MapGap] = ()
    strays: Sequence[_Stray] = ()


class _Finder:
    """Finds the gaps of a map by what a row calls them."""

    def __init__(self, gaps: Sequence[MapGap]) -> None:
        self._prefixes = series(gap.title for gap in gaps)
        self._keys: dict[str, list[MapGap]] = {}
        self._words: dict[str, list[MapGap]] = {}
        self._leads: dict[str, list[MapGap]] = {}
        self._numbers: dict[int, list[MapGap]] = {}
        for gap in gaps:
            for identifier in self._sure(gap.title):
                self._keys.setdefault(identifier.key, []).append(gap)
            for words in {gap.title.words, gap.title.rest} - {""}:
                self._words.setdefault(words, []).append(gap)
            if gap.title.lead:
                self._leads.setdefault(gap.title.lead, []).append(gap)
            if gap.number is not None:
                self._numbers.setdefault(gap.number, []).append(gap)
        #: The gaps, by identity, that the map itself calls like another one.
        self.doubled = {id(gap) for alike in self._keys.values() if len(alike) > 1 for gap in alike}
        nameless = [[gap for gap in alike if not self._sure(gap.title)] for alike in self._words.values()]
        self.doubled |= {id(gap) for alike in nameless if len(alike) > 1 for gap in alike}

    def find(self, row: PlanRow) -> _Found:
        """Find what a row is about."""
        identifiers = self._sure(row.title)
        named = [self._keys.get(identifier.key, []) for identifier in identifiers]
        known = list({id(gap): gap for gaps in named for gap in gaps}.values())
        worded = self._worded(row.title)
        if known:
            if worded and not any(gap in known for gap in worded):
                # The identifier is one gap's, the words are another's.
                return _Found(either=[*known, *worded])
            unknown = [identifier for identifier, gaps in zip(identifiers, named, strict=True) if not gaps]
            return _Found(gaps=known, strays=[_unknown(row, identifier) for identifier in unknown])
        worded = worded or self._nearly_worded(row)
        if len(worded) > 1:
            return _Found(either=worded)
        if worded and not (identifiers and self._sure(worded[0].title)):
            return _Found(gaps=worded)
        # Where the words are known, the identifier is what is not.
        text = _unknown(row, identifiers[0]).text if worded else row.gap
        return _Found(strays=[_Stray(text, row.title, *worded)])

    def _sure(self, title: GapTitle) -> list[Identifier]:
        """Give the identifiers of a title that surely are some: the map has a series of them, or a column."""
        return [each for each in title.identifiers if each.plain and (not each.prefix or each.prefix in self._prefixes)]

    def _worded(self, title: GapTitle) -> list[MapGap]:
        """Find the gaps that have all of these words, and no others."""
        return self._words.get(title.words) or self._words.get(title.rest, [])

    def _nearly_worded(self, row: PlanRow) -> list[MapGap]:
        """Find the gaps that have these words before an explanation, or as a number; the row may explain as well."""
        title = row.title
        number = bare_number(row.gap.plain)
        found = (self._leads.get(title.words), self._leads.get(title.rest), self._words.get(title.lead))
        numbered = self._numbers.get(number) if number is not None else None
        return next((gaps for gaps in (*found, numbered) if gaps), [])


def _unknown(row: PlanRow, identifier: Identifier) -> _Stray:
    text = row.key.slice(identifier.start, identifier.end) if identifier.prefix else row.key
    return _Stray(text, GapTitle((identifier,), "", "", ""))


def _stale(strays: Sequence[tuple[PlanRow, _Stray]], left: Sequence[MapGap], gap_map: GapMap) -> Iterator[Stale]:
    """Find for each stray the gap that it may be meant for, no gap for two of them."""
    if not strays:
        return
    near = NearWords([gap.title.rest or gap.title.words for gap in left])
    places = {id(gap): place for place, gap in enumerate(left)}
    taken = {places[id(stray.meant)] for _, stray in strays if stray.meant and id(stray.meant) in places}
    mentions = Mentions(gap_map.document.blocks)
    for row, stray in strays:
        if stray.meant is not None:
            yield Stale(row, stray.text, stray.meant, named=False)
            continue
        place = near.nearest(stray.title.rest or stray.title.words, taken)
        if place is not None:
            taken.add(place)
        yield Stale(row, stray.text, None if place is None else left[place], mentions.name(stray.title))


def _missing(left: Sequence[MapGap], near: dict[int, PlanRow], plans: Sequence[Plan]) -> Iterator[Missing]:
    if left:
        mentions = Mentions(block for plan in plans for block in mapping_blocks(plan))
        for gap in left:
            yield Missing(gap, near.get(id(gap)), mentions.name(gap.title))
