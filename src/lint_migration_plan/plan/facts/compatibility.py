"""Find where a plan says that old and new work together, what it adds for that, and what it takes away again."""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts import compatibility_words as words
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.values.fold import fold_whole
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Stage
    from lint_migration_plan.plan.vocabulary import Vocabulary

Pair = tuple[str, str]


class Addition(NamedTuple):
    """A thing that a stage adds so that old and new work together.

    ``words`` are the author's for the deed, ``text`` is the whole in which they stand.
    """

    name: str
    words: Text
    text: Text


class Removal(NamedTuple):
    """A thing that a stage takes away again, as in `Addition`; `OLD_FORM` stands for the old form itself."""

    name: str
    words: Text
    text: Text


OLD_FORM = "old form"


class Where(Enum):
    """Where a text stands, by which more or fewer words in it count."""

    WORK = "what a stage does"
    CODE = "code of a stage"
    PROOF = "how a stage is verified"
    OUTSIDE = "outside the stages"


class Firmness(IntEnum):
    """How much a statement says of the old, so that it may hold beyond what the plan adds and removes for that."""

    COPIED = 1
    #: The new stands beside the old, or a thing is done to both.
    BESIDE = 2
    #: Something keeps the old working.
    KEPT = 3
    #: Something serves the old by itself: a view, a version of its own.
    STANDING = 4


def firmness(string: str, vocabulary: Vocabulary, where: Where) -> Firmness:
    """Say how much a folded text or code that holds a statement says of the old."""
    denied = _patterns(vocabulary.compatible, vocabulary.removable).denied
    levels = (Firmness.STANDING, Firmness.KEPT, Firmness.BESIDE)
    said = (level for level in levels if _stated(string, _firm(level, where, vocabulary.compatible), denied))
    return next(said, Firmness.COPIED)


def statement(text: Text, vocabulary: Vocabulary, where: Where = Where.WORK) -> Text | None:
    """Find words that say that old and new both work; None where there are none, or where they are denied."""
    place = _place_of_statement(text, vocabulary, where)
    return text.slice(*place) if place else None


@once_a_text
def _place_of_statement(text: Text, vocabulary: Vocabulary, where: Where) -> tuple[int, int] | None:
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    found = _stated(fold_whole(text.plain), patterns.statements[where], patterns.denied)
    return found.span() if found else None


def code_states(code: str, vocabulary: Vocabulary) -> bool:
    """Say whether code may hold what makes old and new both work: ``create view old_orders``, ``dual_write = True``."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    return _stated(words_of_code(code), patterns.statements[Where.CODE], patterns.denied) is not None


def words_of_code(code: str) -> str:
    """Fold code so that the words in its names can be read."""
    return fold_whole(code).replace("_", " ")


def _stated(string: str, words: LazyPattern, denied: LazyPattern) -> re.Match[str] | None:
    for found in words.finditer(string):
        if not denied.search(string, max(found.start() - _DENIAL_REACH, 0), found.start()):
            return found
    return None


@once_a_text
def named_pairs(text: Text, vocabulary: Vocabulary) -> frozenset[Pair]:
    """Give the coupled pairs that a text names by what belongs to one of their layers: a column, a client."""
    string = fold_whole(text.plain)
    layers = {layer for layer, pattern in _layer_patterns().items() if pattern.search(string)}
    return frozenset(pair for pair in vocabulary.coupled_pairs if layers & set(pair))


def additions(stage: Stage, vocabulary: Vocabulary) -> Iterator[Addition]:
    """Find what a stage adds that must go again, each thing of a text once."""
    for text in work_texts(stage):
        for name, place in _added_in(text, vocabulary):
            yield Addition(name, text.slice(*place).strip(), text)


@once_a_text
def _added_in(text: Text, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Find what a text adds, each thing with the place of the words for the deed."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(text.plain)
    if not patterns.any_noun.search(string):
        return ()
    found = ((name, pattern.search(string), sure) for name, pattern, sure in patterns.added)
    return tuple(
        (name, deed.span())
        for name, deed, sure in found
        if deed is not None and (sure or patterns.for_a_while.search(string))
    )


def removals(stage: Stage, vocabulary: Vocabulary) -> Iterator[Removal]:
    """Find what a stage surely takes away, of what kept old and new working together."""
    for text in work_texts(stage):
        for name, place in _removed_in(text, vocabulary):
            yield Removal(name, text.slice(*place).strip(), text)


@once_a_text
def _removed_in(text: Text, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Find what a text takes away, each thing with the place of the words for the deed."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(text.plain)
    if not patterns.any_noun.search(string) or patterns.another_time.search(string):
        return ()
    found = ((name, pattern.search(string)) for name, pattern in patterns.removed)
    return tuple((name, deed.span()) for name, deed in found if deed is not None)


class Drop(NamedTuple):
    """What a text surely takes away of the data: the author's words, and the names of it in code, folded.

    Where it has no name, it is called the old one.
    """

    words: Text
    names: frozenset[str]


def dropped(text: Text) -> Drop | None:
    """Find what a text surely takes away of the data, and what something may still read.

    It says nothing else: what more it says may be what takes the place of that, or why nothing reads it.
    """
    place = _place_of_drop(text)
    if place is None:
        return None
    words = text.slice(*place).strip()
    return Drop(words, names_in_code(words) | frozenset(filter(None, (_name_behind(_CODE_AT_ONCE, words, text),))))


@once_a_text
def _place_of_drop(text: Text) -> tuple[int, int] | None:
    string = fold_whole(text.plain)
    found = _DROPPED.match(string)
    if found is None or _NOT_IN_USE.search(string) or not _NOTHING_ELSE.match(text.slice(found.end()).prose):
        return None
    words = text.slice(*found.span()).strip()
    named = found["old"] or names_in_code(words) or _name_behind(_CODE_AT_ONCE, words, text)
    return found.span() if named else None


@once_a_text
def puts_beside(text: Text) -> bool:
    """Say whether a text puts something new beside the old."""
    return _BESIDE.search(fold_whole(text.plain)) is not None


def ends(texts: Iterable[Text], vocabulary: Vocabulary) -> Iterator[str]:
    """Give what may come to its end by what texts say together: things, and names in code.

    It is generous, for it acquits.
    """
    together = tuple(texts)
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(" ".join(text.plain for text in together))
    if not patterns.ends.search(string):
        return
    # A file that goes is named as code names things: `mail_shim.py`.
    spaced = string.replace("_", " ")
    yield from (name for name, noun in patterns.nouns.items() if noun.search(spaced))
    yield from (word.strip(".,;:()") for word in string.split())
    yield from (name for text in together for name in names_in_code(text))


def own_name(deed: Addition | Removal) -> str | None:
    """Give the name in code that stands right behind what is added or removed, folded: "Add a shim `MailBridge`"."""
    return _name_behind(_CODE_BEHIND, deed.words, deed.text)


def _name_behind(pattern: LazyPattern, words: Text, text: Text) -> str | None:
    behind = text.slice(words.start_in(text) + len(words))
    found = pattern.match(behind.prose)
    return fold_whole(behind.plain[slice(*found.span(1))]) if found else None


_READS = LazyPattern(rf"(?<!\w)(?:{words.READS})(?!\w)")
_LEAVES = LazyPattern(rf"(?<!\w)(?:{words.LEAVES})(?!\w)")
_NEW = LazyPattern(r"(?<!\w)new(?!\w)")
_CODE = LazyPattern(f"{NO_PROSE}{{3,80}}")
_CODE_AT_ONCE = LazyPattern(rf"[\s(]{{0,3}}({NO_PROSE}{{3,80}})")
_NOTHING_ELSE = LazyPattern(
    rf"[\s(]{{0,3}}(?:{NO_PROSE}{{1,80}}\)?)?(?: (?:of|from|in|on) [^.;:,(—–]{{1,80}})?[.;\s]*\Z"
)
_CODE_BEHIND = LazyPattern(
    rf"[\s(,:]{{0,3}}(?:(?:called|named|in|as|with|to|package|module|class|file) ){{0,2}}({NO_PROSE}{{3,80}})"
)


def works_on_data(name: str | None) -> bool:
    """Say whether a thing keeps old data true: a dual write."""
    return name in words.OF_DATA


def is_choice(name: str) -> bool:
    """Say whether a thing only chooses between old and new: a feature flag."""
    return name in words.CHOICES


@once_a_text
def begins_to_read(text: Text) -> bool:
    """Say whether what a text speaks of reads or writes something from now on, and was there before."""
    string = fold_whole(text.plain)
    reads = _READS.search(string)
    return reads is not None and _NEW.search(string, 0, reads.start()) is None


@once_a_text
def leaves(text: Text) -> bool:
    """Say whether what a text speaks of read or wrote something until now: "reads `cents` instead of `price`"."""
    return _LEAVES.search(fold_whole(text.plain)) is not None


@once_a_text
def names_in_code(text: Text) -> frozenset[str]:
    """Give what stands in a text as code, folded."""
    plain = text.plain
    return frozenset(fold_whole(plain[slice(*code.span())]) for code in _CODE.finditer(text.prose))


def mentions(text: Text, names: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Say whether a text speaks of one of some things that must go again."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(text.plain)
    return any(patterns.things[name].search(string) for name in names)


def may_mean(words: Text, names: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Say whether a few words are another name of one of some things: "behind a flag" of a feature flag."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(words.plain)
    return any(patterns.other_names[name].search(string) for name in names if name in patterns.other_names)


class _Patterns(NamedTuple):
    """The words, each compiled when it is first asked: most plans have nothing to take away again."""

    statements: dict[Where, LazyPattern]
    denied: LazyPattern
    for_a_while: LazyPattern
    ends: LazyPattern
    another_time: LazyPattern
    any_noun: LazyPattern
    added: tuple[tuple[str, LazyPattern, bool], ...]
    removed: tuple[tuple[str, LazyPattern], ...]
    things: dict[str, LazyPattern]
    other_names: dict[str, LazyPattern]
    nouns: dict[str, LazyPattern]


_STATEMENTS = {
    Where.WORK: words.STATEMENTS,
    Where.CODE: (*words.STATEMENTS, *words.CODE_STATEMENTS),
    Where.PROOF: words.PROOFS,
    Where.OUTSIDE: words.PLAIN_STATEMENTS,
}
_NOT_SO_FIRM = {
    Firmness.BESIDE: words.COPIES,
    Firmness.KEPT: (*words.COPIES, *words.FALLBACKS, *words.BESIDE, *words.TWO_AT_ONCE, *words.OLD_AND_NEW),
}
#: How far before a word its denial may begin, in characters.
_DENIAL_REACH = 40
_CLAUSE = r"(?:\A\W{0,8}|(?<=[.;:!?(—–,] )|(?<=\band )|(?<=\bthen )|(?<=\] ))"
_SUBJECT = r"(?:(?:it|they|we|(?:the|a|an|each|our)(?: [\w`'/-]+){1,3}) (?:also |then |now )?)?"
#: A few words of the same clause.
_FEW = r"(?:[\w`'’/\"-]+(?:\.\w+)* ){0,6}?"
_BESIDE = LazyPattern(rf"(?<!\w)(?:{'|'.join(words.BESIDE)})(?!\w)")
_NOT_IN_USE = LazyPattern(rf"(?<!\w)(?:{words.NOT_IN_USE}|{words.ANOTHER_TIME})(?!\w)")
_DROPPED = LazyPattern(
    rf"\W{{0,8}}{_SUBJECT}(?:{words.REMOVING}) (?:(?:the )?(?P<old>{words.OLD}) )?{_FEW}"
    rf"(?:{words.FORMS_OF_DATA})(?!\w)",
    needs=("column", "table", "field", "collection"),
)
_IS = r" (?:is|are|gets?|will be|has been|have been) (?:then |now |finally )?"


@lru_cache(maxsize=4)
def _patterns(compatible: tuple[str, ...], removable: tuple[str, ...]) -> _Patterns:
    own = tuple(words.Thing(name, re.escape(fold_whole(name))) for name in removable)
    known = (*words.THINGS, *own)
    own_statements = _own_statements(compatible)
    return _Patterns(
        statements={where: _words((*known, *own_statements)) for where, known in _STATEMENTS.items()},
        denied=LazyPattern(rf"(?<!\w){words.DENIALS} ?\Z"),
        for_a_while=_words((words.FOR_A_WHILE,)),
        ends=LazyPattern(rf"(?<!\w)(?:{words.ENDS})"),
        another_time=_words((words.ANOTHER_TIME,)),
        any_noun=_words((*(thing.noun for thing in known), words.OLD_FORM)),
        added=tuple((thing.name, _added(thing), thing.sure) for thing in known),
        removed=tuple((thing.name, _removed(thing)) for thing in (*known, words.Thing(OLD_FORM, words.OLD_FORM))),
        things={thing.name: _words((thing.noun,)) for thing in known},
        other_names={thing.name: _words((thing.known_as,)) for thing in known if thing.known_as},
        nouns={thing.name: _words(filter(None, (thing.noun, thing.known_as, words.ANY_THING))) for thing in known},
    )


@lru_cache(maxsize=16)
def _firm(level: Firmness, where: Where, compatible: tuple[str, ...]) -> LazyPattern:
    """Compile the statements that are at least so firm; few plans need them."""
    if level is Firmness.STANDING:
        known: tuple[str, ...] = (*words.STANDING, *words.CODE_STATEMENTS)
    else:
        known = tuple(each for each in _STATEMENTS[where] if each not in _NOT_SO_FIRM[level])
    return _words((*known, *_own_statements(compatible)))


def _own_statements(compatible: Iterable[str]) -> tuple[str, ...]:
    return tuple(re.escape(fold_whole(word)) for word in compatible)


def _added(thing: words.Thing) -> LazyPattern:
    verbs = f"{words.ADDING}|{words.SWITCHING_ON}" if thing.switched else words.ADDING
    deed = f"|{_CLAUSE}{_SUBJECT}(?:{thing.verb})" if thing.verb else ""
    switched = f"|{_switched(thing, 'on')}" if thing.switched else ""
    return LazyPattern(rf"{_CLAUSE}{_SUBJECT}(?:{verbs}) {_FEW}(?:{thing.noun})(?!\w){switched}{deed}")


def _removed(thing: words.Thing) -> LazyPattern:
    verbs = f"{words.REMOVING}|{words.SWITCHING_OFF}" if thing.switched else words.REMOVING
    gone = f"{words.GONE}|{words.SWITCHED_OFF}" if thing.switched else words.GONE
    switched = f"|{_switched(thing, 'off')}" if thing.switched else ""
    return LazyPattern(
        rf"{_CLAUSE}{_SUBJECT}(?:{verbs}) {_FEW}(?:{thing.noun})(?!\w)"
        rf"|(?<!\w)(?:{thing.noun}){_IS}(?:{gone})(?!\w){switched}"
    )


def _switched(thing: words.Thing, way: str) -> str:
    return rf"{_CLAUSE}{_SUBJECT}(?:{words.SWITCHING}) {_FEW}(?:{thing.noun}) {way}(?!\w)"


@lru_cache(maxsize=1)
def _layer_patterns() -> dict[str, LazyPattern]:
    return {layer: _words((pattern,)) for layer, pattern in words.LAYER_WORDS.items()}


def _words(alternatives: Iterable[str]) -> LazyPattern:
    return LazyPattern(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")
