"""Compare what From and To say of each layer, and tell which layers the stages name.

Two lines are taken for different only if that is certain: each has a word that the other has not. A To that adds to
its From may only describe it better, and one that says "unchanged", "same schema" or "deferred" needs no stage.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.facts.concreteness import is_unfilled
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import LIMIT, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan, Stage, StateLine
    from lint_migration_plan.plan.terms import Layer

#: What a line says whose layer stays, moves by itself, moves elsewhere, or is still open.
LEAVES_OPEN = (
    r"unchanged|untouched|unaffected|nothing|stays?|remains?|as[ -]is|ditto|see|described|below|deferred|postponed",
    r"(?:not|never|\w+n't) (?:be )?(?:chang|touch|affect|mov|migrat|impact|includ|part)\w*",
    r"no (?:\w+ ){0,2}(?:changes?|difference|impact|effect|migration|action)|(?:out of|not in) scope|follow-?up",
    r"(?:as|like) (?:before|today|now|above|in from|in the current)|separate(?:ly)?|another (?:plan|team|project)",
    r"later|already|undecided|to be \w+|automatic(?:ally)?|by themselves|on their own|transparent(?:ly)?",
    r"optional(?:ly)?|n/?a|not applicable",
)
#: What a part of a line says that tells no difference: "the same schema", "keeps its address", "works with both".
TELLS_NO_DIFFERENCE = (r"same|identical|equal|keeps?|kept|still|continues?|both|compatible|works?|until|currently",)
#: How From says that there is nothing of a layer so far.
ABSENT = r"(?:none|nothing|n/a|no|does not exist|not there|[-—]+)(?: (?:yet|so far|today|at all))?"
#: Words that carry no state, without the "s" that they may end with.
GLUE = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "per", "each", "every", "all", "as"),
        *("is", "are", "be", "it", "its", "their", "our", "this", "that", "these", "which", "who", "own"),
        *("one", "single", "and", "or", "via", "through", "under", "over", "into", "only", "also", "any", "other"),
        *("ha", "have", "use", "used", "using", "run", "running", "hosted", "live", "stand", "sit", "come", "go"),
        *("call", "read", "ask", "v", "send", "hold", "store", "stored", "get", "set", "made", "based", "version"),
        *("existing", "current", "about", "some", "roughly", "approximately"),
    )
)
#: Other words for one thing.
ONE_THING: Mapping[str, str] = MappingProxyType(
    {
        **{"db": "database", "postgre": "postgresql", "pg": "postgresql", "mongo": "mongodb", "app": "application"},
        **{"config": "configuration", "env": "environment", "repo": "repository", "lib": "library", "vm": "machine"},
        **{"javascript": "js", "typescript": "ts", "prod": "production", "auth": "authentication", "dir": "directory"},
        **{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"},
    }
)

#: Sizes grow by themselves.
_SIZE = LazyPattern(r"[~<>]?\d[\d.,]{0,20}\s?(?:[kmgtp]i?b|million|thousand|rows|records|documents)\b")
_PART = LazyPattern(r"[;,()\[\]—–]|[.:](?=\s|\Z)|\s-+\s|\b(?:with|and|but|while|plus)\b")
_WORD = LazyPattern(r"\d+|[^\W\d_]+")
_ABSENT = LazyPattern(rf"\W*{ABSENT}\W*\Z")
_OPEN = LazyPattern(rf"(?<![\w-])(?:{'|'.join(LEAVES_OPEN)})(?![\w-])")
_SAME = LazyPattern(rf"(?<![\w-])(?:{'|'.join(TELLS_NO_DIFFERENCE)})(?![\w-])")


class LayerLines(NamedTuple):
    """A layer with its line under From and its line under To."""

    layer: str
    old: StateLine
    new: StateLine

    @property
    def differs(self) -> bool:
        """The two lines surely say something different."""
        old, new = self.old.value, self.new.value
        if not old or not new or any(len(value) > LIMIT or is_unfilled(value) for value in (old, new)):
            return False
        before, after = folded(old), folded(new)
        # "None" in To may mean that nothing changes as well as that the layer goes.
        if _OPEN.search(after) or _ABSENT.match(after):
            return False
        # What follows "the same schema" tells how that is done.
        wanted = _words(takewhile(lambda part: not _SAME.search(part), _PART.split(after)))
        if _ABSENT.match(before):
            return bool(wanted)
        given = _words([before])
        return not _OPEN.search(before) and bool(given - wanted) and bool(wanted - given)


def layer_lines(plan: Plan) -> tuple[LayerLines, ...]:
    """Pair the lines of From and To; none where one of them may be about any layer, or a layer stands twice."""
    sides = (_by_layer(plan.overview.from_lines), _by_layer(plan.overview.to_lines))
    old, new = sides
    return tuple(LayerLines(layer, old[layer], new[layer]) for layer in new if layer in old) if all(sides) else ()


def coupling_words(plan: Plan, pair: tuple[str, str]) -> frozenset[str]:
    """Give the words for what is to hold a pair of layers together: To has them of both, and From not of both."""
    lines = {each.layer: each for each in layer_lines(plan)}
    if not all(layer in lines for layer in pair):
        return frozenset()
    old = [words_in(lines[layer].old.value) for layer in pair]
    new = [words_in(lines[layer].new.value) for layer in pair]
    return new[0] & new[1] - (old[0] & old[1])


def words_in(text: Text) -> frozenset[str]:
    """Give the words of a text that carry a state, in the form in which they are compared, without numbers."""
    return frozenset(word for word in _words([folded(text)]) if not word.isdigit())


def declared_layers(plan: Plan) -> frozenset[str]:
    """Give all layers of From and To; none where one of the two says nothing, or has a line without a layer."""
    sides = (plan.overview.from_lines, plan.overview.to_lines)
    if not all(lines and all(line.layers for line in lines) for lines in sides):
        return frozenset()
    return frozenset(layer for lines in sides for line in lines for layer in line.layers)


def named_layers(stage: Stage) -> tuple[Layer, ...]:
    """Give what a stage's Layers affected name; nothing where that is missing or cannot be read."""
    return (stage.layers.value if stage.layers else None) or ()


def touched_layers(stage: Stage) -> tuple[str, ...]:
    """Give the known layers that a stage names, each once."""
    return tuple(dict.fromkeys(layer.name for layer in named_layers(stage) if layer.name is not None))


def own_layers(plan: Plan) -> frozenset[str]:
    """Give the layers of a team's own that From and To have lines for: such a layer is no part of another one."""
    return declared_layers(plan).difference(LAYERS)


def layers_of_stages(plan: Plan) -> frozenset[str]:
    """Give the layers of all stages; none where a stage may touch another one than it could be read to name.

    That is so where its layers are missing or unreadable, where its parts have their own, and where a layer of a team's
    own has no line under From and To, so that it may be a part of one of the guide's.
    """
    own = own_layers(plan)
    touched: set[str] = set()
    for stage in plan.stages:
        names = [layer.name for layer in named_layers(stage)]
        known = [name for name in names if name in LAYERS or name in own]
        fields = sum(field.name is FieldName.LAYERS for field in stage.fields)
        if not known or len(known) < len(names) or fields > 1:
            return frozenset()
        touched.update(known)
    return frozenset(touched)


def _by_layer(lines: Sequence[StateLine]) -> dict[str, StateLine]:
    layers = {line.layers[0]: line for line in lines if len(line.layers) == 1}
    return layers if len(layers) == len(lines) else {}


def _words(strings: Iterable[str]) -> Counter[str]:
    """Count the words that carry a state; a number counts each time, another word once."""
    words: Counter[str] = Counter()
    for string in strings:
        for word in _WORD.findall(_SIZE.sub(" ", string)):
            stem = word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004
            known = ONE_THING.get(stem, stem)
            if known.isdigit():
                words[known] += 1
            elif word not in GLUE and known not in GLUE:
                words[known] = 1
    return words
