"""Find where a plan says that old and new work together, what it adds for that, and what it takes away again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts import compatibility_words as words
from lint_migration_plan.plan.facts.texts import work_texts
from lint_migration_plan.plan.values.fold import fold_whole

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


def statement(text: Text, vocabulary: Vocabulary, *, plain: bool = False) -> Text | None:
    """Find words that say that old and new both work; None where there are none, or where they are denied.

    With ``plain`` only words count that mean it wherever they stand.
    """
    string = fold_whole(text.plain)
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    for found in (patterns.plain_statement if plain else patterns.statement).finditer(string):
        if not patterns.denied.search(string, max(found.start() - _DENIAL_REACH, 0), found.start()):
            return text.slice(*found.span())
    return None


def named_pairs(text: Text, vocabulary: Vocabulary) -> frozenset[Pair]:
    """Give the coupled pairs that a text names by what belongs to one of their layers: a column, a client."""
    string = fold_whole(text.plain)
    layers = {layer for layer, pattern in _layer_patterns().items() if pattern.search(string)}
    return frozenset(pair for pair in vocabulary.coupled_pairs if layers & set(pair))


def additions(stage: Stage, vocabulary: Vocabulary) -> Iterator[Addition]:
    """Find what a stage adds that must go again, each thing of a text once."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    for text in work_texts(stage):
        string = fold_whole(text.plain)
        for name, pattern, sure in patterns.added:
            found = pattern.search(string)
            if found is not None and (sure or patterns.for_a_while.search(string)):
                yield Addition(name, text.slice(*found.span()).strip(), text)


def removals(stage: Stage, vocabulary: Vocabulary) -> Iterator[Removal]:
    """Find what a stage surely takes away, of what kept old and new working together."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    for text in work_texts(stage):
        string = fold_whole(text.plain)
        for name, pattern in patterns.removed:
            found = pattern.search(string)
            if found is not None:
                yield Removal(name, text.slice(*found.span()).strip(), text)


def speaks_of_end(text: Text, name: str, vocabulary: Vocabulary) -> bool:
    """Say whether a text may speak of the end of a thing, by its name or with others: generous, it acquits."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    # A file that goes is named as code names things: `mail_shim.py`.
    string = fold_whole(text.plain).replace("_", " ")
    return patterns.ends.search(string) is not None and patterns.nouns[name].search(string) is not None


def mentions(text: Text, names: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Say whether a text speaks of one of some things that must go again."""
    patterns = _patterns(vocabulary.compatible, vocabulary.removable)
    string = fold_whole(text.plain)
    return any(patterns.things[name].search(string) for name in names)


class _Patterns(NamedTuple):
    """The words, compiled."""

    plain_statement: re.Pattern[str]
    statement: re.Pattern[str]
    denied: re.Pattern[str]
    for_a_while: re.Pattern[str]
    ends: re.Pattern[str]
    added: tuple[tuple[str, re.Pattern[str], bool], ...]
    removed: tuple[tuple[str, re.Pattern[str]], ...]
    things: dict[str, re.Pattern[str]]
    nouns: dict[str, re.Pattern[str]]


#: How far before a word its denial may begin, in characters.
_DENIAL_REACH = 40
_CLAUSE = r"(?:\A\W{0,8}|(?<=[.;:!?(—–,] )|(?<=\band )|(?<=\bthen )|(?<=\] ))"
_SUBJECT = r"(?:(?:it|they|we|(?:the|a|an|each|our)(?: [\w`'/-]+){1,3}) (?:also |then |now )?)?"
#: A few words of the same clause.
_FEW = r"(?:[\w`'’/\"-]+(?:\.\w+)* ){0,6}?"


@lru_cache(maxsize=4)
def _patterns(compatible: tuple[str, ...], removable: tuple[str, ...]) -> _Patterns:
    own = tuple(words.Thing(name, re.escape(fold_whole(name)), sure=True) for name in removable)
    known = (*words.THINGS, *own)
    any_thing = "|".join((words.ANY_THING, *(thing.noun for thing in known)))
    passive = r"(?: (?:is|are|gets?|will be|has been|have been) (?:then |now |finally )?)"
    gone = r"(?:removed|deleted|dropped|disabled|retired|stopped|turned off|switched off|taken out|decommissioned)"

    def removed(noun: str) -> re.Pattern[str]:
        return re.compile(
            rf"{_CLAUSE}{_SUBJECT}(?:{words.REMOVING}) {_FEW}(?:{noun})(?!\w)|(?<!\w)(?:{noun}){passive}{gone}(?!\w)"
        )

    own_statements = tuple(re.escape(fold_whole(word)) for word in compatible)
    return _Patterns(
        plain_statement=_words((*words.PLAIN_STATEMENTS, *own_statements)),
        statement=_words((*words.STATEMENTS, *own_statements)),
        denied=re.compile(rf"(?<!\w)(?:{words.DENIALS[0]})(?: {words.DENIALS[1]})? ?\Z"),
        for_a_while=_words((words.FOR_A_WHILE,)),
        ends=re.compile(rf"(?<!\w)(?:{words.ENDS})"),
        added=tuple(
            (thing.name, re.compile(rf"{_CLAUSE}{_SUBJECT}(?:{words.ADDING}) {_FEW}(?:{thing.noun})(?!\w)"), thing.sure)
            for thing in known
        ),
        removed=(
            *((thing.name, removed(thing.noun)) for thing in known),
            (OLD_FORM, removed(words.OLD_FORM)),
        ),
        things={thing.name: _words((thing.noun,)) for thing in known},
        nouns={thing.name: _words((thing.noun, any_thing)) for thing in known},
    )


@lru_cache(maxsize=1)
def _layer_patterns() -> dict[str, re.Pattern[str]]:
    return {layer: _words((pattern,)) for layer, pattern in words.LAYER_WORDS.items()}


def _words(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")
