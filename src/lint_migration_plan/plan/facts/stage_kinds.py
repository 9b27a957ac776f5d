"""Tell what each stage is for: to prepare, to migrate, to switch, to prove, to watch, or to clear away.

The words are data, and a team adds its own in `Vocabulary.stage_kinds`. A name counts by the words that it begins with,
or by a noun in it where no word of it moves something; what a stage says of its changes counts only where it says that
nothing changes. A stage of no other kind migrates something.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import LIMIT, fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Stage
    from lint_migration_plan.plan.vocabulary import Vocabulary


class StageKind(Enum):
    """What a stage is for. Only the two kinds that move something leave the system other than it was."""

    PREPARE = "prepare"
    ADD_COMPATIBILITY = "add compatibility"
    MIGRATE = "migrate"
    SWITCH = "switch"
    VERIFY = "verify"
    MONITOR = "monitor"
    REMOVE_COMPATIBILITY = "remove compatibility"
    CLEAN_UP = "clean up"
    DECOMMISSION = "decommission"

    @property
    def moves(self) -> bool:
        """A stage of this kind takes something from its old state to its new one."""
        return self in {StageKind.MIGRATE, StageKind.SWITCH}


class Kind(NamedTuple):
    """A kind, and the author's words that made it so; None for a stage that migrates because no word says otherwise."""

    kind: StageKind
    words: Text | None


#: What a name begins with; with a space at its end a whole word, else the beginning of one.
BEGINNINGS: Mapping[StageKind, tuple[str, ...]] = MappingProxyType(
    {
        StageKind.PREPARE: (
            *("prepar", "plan ", "planning ", "set up ", "setup", "set-up", "provision", "bootstrap", "stand up "),
            *("back up ", "backup", "take a backup", "snapshot ", "inventory", "audit ", "assess", "analy", "discover"),
            *("document ", "train ", "announce ", "communicate", "inform ", "notify ", "freeze ", "baseline"),
            *("measure ", "rehears", "dry run", "dry-run", "scaffold", "research", "spike ", "prototype", "vorbereit"),
            *("préparation", "préparer", "preparación", "preparação", "подготов", "准备", "準備"),
        ),
        StageKind.ADD_COMPATIBILITY: (
            *("compatibility", "dual write", "dual-write", "dual read", "dual-read", "double write", "double-write"),
            *("write to both", "read from both", "write both", "read both", "support both", "accept both"),
            *("expand ", "expand:", "expand-", "backfill-ready", "make compatible", "feature flag", "feature-flag"),
        ),
        StageKind.REMOVE_COMPATIBILITY: ("contract ", "contract:"),
        StageKind.VERIFY: (
            *("test ", "tests ", "testing ", "verif", "validat", "check ", "checks ", "confirm", "prove ", "load test"),
            *("smoke test", "shadow test", "acceptance", "qa ", "quality assurance", "überprüf", "vérif"),
            *("проверка", "проверить", "验证", "検証"),
        ),
        StageKind.MONITOR: ("monitor", "observe", "watch ", "soak ", "hypercare", "stabili", "мониторинг", "监控"),
        StageKind.CLEAN_UP: (
            *("clean up", "clean-up", "cleanup", "cleaning", "tidy", "aufräum", "nettoy", "limpi", "limpeza", "очист"),
            *("清理",),
        ),
        StageKind.DECOMMISSION: (
            *("decommission", "retire", "sunset", "tear down", "teardown", "shut down", "shutdown", "switch off"),
            *("turn off", "power off", "archive the old", "delete the old", "remove the old", "remove old", "drop old"),
            *("drop the old", "stilllegung", "abschalt", "décommission", "вывод из эксплуатации", "下线"),
        ),
        StageKind.SWITCH: (
            *("switch", "cut over", "cutover", "cut-over", "flip ", "reroute", "route traffic", "redirect", "repoint"),
            *("point ", "fail over", "failover", "promote ", "go live", "go-live", "swap ", "shift traffic", "dns "),
            *("move traffic", "traffic switch", "umschalt", "bascul", "переключ", "切换", "切り替え"),
        ),
    }
)

#: What keeps old and new working together, and what is done with it: "Add a dual write", "Remove the shims".
COMPATIBILITY_VERBS: Mapping[StageKind, tuple[str, ...]] = MappingProxyType(
    {
        StageKind.ADD_COMPATIBILITY: ("add", "introduce", "build", "enable", "start", "create", "implement", "install"),
        StageKind.REMOVE_COMPATIBILITY: ("remove", "drop", "delete", "disable", "stop", "retire", "end", "turn off"),
    }
)
COMPATIBILITY_THINGS = (
    *("compat", "shim", "adapter", "fallback", "fall back", "dual write", "dual-write", "dual read", "dual-read"),
    *("feature flag", "feature-flag", "toggle", "bridge", "facade", "translation layer", "double write"),
    *("double-write", "dual-running", "dual running"),
)
#: What stands beside the old and takes nothing from it: "Add the column `price_cents`", "Create the new topic".
ADDED_BESIDE = (
    r"(?:add|create|introduce) (?:[\w`'./-]+ ){0,4}?"
    r"(?:columns?|tables?|index(?:es)?|fields?|views?|topics?|queues?|buckets?|endpoints?|routes?|keys?|settings?)(?!\w)"
)
#: What makes the old ready for the new while it still runs with the old: a change, but no move.
MAKES_READY = (
    r"(?:fix|resolve|address|remove|clear)(?: (?:all|any|the|known|remaining)){0,2}"
    r" (?:incompatibilit|deprecat|compatibility (?:issue|problem|warning))"
    r"|make (?:[\w-]+ ){1,5}?(?:backwards?[- ])?compatible|make (?:[\w-]+ ){1,5}?work with both"
)

#: Nouns that say it anywhere in a name.
NOUNS: Mapping[StageKind, tuple[str, ...]] = MappingProxyType(
    {
        StageKind.PREPARE: (
            *("preparation", "rehearsal", "dry run", "dry-run", "backup", "backups", "baseline", "setup"),
            *("documentation", "training"),
        ),
        StageKind.ADD_COMPATIBILITY: ("shim", "shims", "compatibility layer", "compatibility window"),
        StageKind.VERIFY: ("verification", "validation", "testing", "test", "tests", "acceptance"),
        StageKind.MONITOR: ("monitoring", "hypercare", "observation", "soak", "stabilisation", "stabilization"),
        StageKind.CLEAN_UP: ("cleanup", "clean-up", "clean up"),
        StageKind.DECOMMISSION: ("decommission", "decommissioning", "retirement", "teardown", "shutdown"),
    }
)

#: Beginnings of words that move something, so that a noun beside them says nothing: "Move the test data".
MOVING = (
    *("switch", "migrat", "move", "moving", "replac", "upgrad", "updat", "cut", "convert", "rewrit", "swap"),
    *("transfer", "copy", "import", "deploy", "chang", "split", "merg", "renam"),
)

#: What a stage says of itself where nothing of the running system changes.
NO_CHANGE = (
    r"(?:no|without(?: any)?) (?:production |functional |user-visible )?(?:impact|behaviou?r changes?|changes?)\b"
    r"|\bnothing (?:in production )?changes\b|\bnothing is changed\b|\bnon-production\b|\bread-only (?:check|stage)\b"
)

_AFTER = LazyPattern(r"\b(?:post|pre|after|before)[- ](?:the )?\w+")
_MOVING = LazyPattern(rf"(?<!\w)(?:{'|'.join(MOVING)})")
_NO_CHANGE = LazyPattern(NO_CHANGE)
_NOTHING = LazyPattern(r"\s*(?:nothing|none|n/?a|[-—–]+)\s*(?:\Z|[.,;:(—–-])")
_THINGS = "|".join(COMPATIBILITY_THINGS)
_COMPATIBILITY = {
    kind: LazyPattern(rf"(?:{'|'.join(verbs)}) (?:[\w-]+ ){{0,4}}?(?:{_THINGS})")
    for kind, verbs in COMPATIBILITY_VERBS.items()
}
_ADDED_BESIDE = LazyPattern(ADDED_BESIDE)
_MAKES_READY = LazyPattern(MAKES_READY)
_BEGINNINGS = {kind: LazyPattern("|".join(map(re.escape, words))) for kind, words in BEGINNINGS.items()}
_NOUNS = {kind: LazyPattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") for kind, words in NOUNS.items()}
_REST_OF_WORD = LazyPattern(r"(?<=\w)\w+")
_DECORATION = LazyPattern(r"[\s\W]*(?:final |full |initial |first )?")


def stage_kind(stage: Stage, vocabulary: Vocabulary = DEFAULT) -> Kind:
    """Say what a stage is for by its name."""
    text = stage.heading.name.slice(0, LIMIT)
    name = fold(text.plain)
    start = _lead(name)
    for kind, found in _found(name, start, vocabulary):
        rest = _REST_OF_WORD.match(name, found.end())
        return Kind(kind, text.slice(found.start(), rest.end() if rest else found.end()).strip())
    return Kind(StageKind.MIGRATE, None)


def changes_something(stage: Stage, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Say whether a stage leaves the system other than it was, as far as its name and its summary tell."""
    name = fold(stage.name)
    kind = stage_kind(stage, vocabulary).kind
    makes_ready = _MAKES_READY.match(name, _lead(name)) or _ADDED_BESIDE.match(name, _lead(name))
    if not kind.moves and not makes_ready:
        return False
    if _NO_CHANGE.search(name):
        return False
    summary = stage.field(FieldName.WHAT_CHANGES)
    if summary is None:
        return True
    string = folded(summary.value)
    return not _NO_CHANGE.search(string) and not _NOTHING.match(string)


def _lead(name: str) -> int:
    found = _DECORATION.match(name)
    return found.end() if found else 0


def _found(name: str, start: int, vocabulary: Vocabulary) -> Iterator[tuple[StageKind, re.Match[str]]]:
    """Find the words of a folded name that say a kind, the surest ones first."""
    # A name may end with what would be followed by a space.
    spaced = f"{name} "
    for kind, pattern in (*_own(tuple(vocabulary.stage_kinds.items())), *_COMPATIBILITY.items()):
        if found := pattern.match(spaced, start):
            yield kind, found
    for pattern in (_MAKES_READY, _ADDED_BESIDE):
        if found := pattern.match(spaced, start):
            yield StageKind.ADD_COMPATIBILITY, found
    for kind, pattern in _BEGINNINGS.items():
        if found := pattern.match(spaced, start):
            yield kind, found
    core = _AFTER.sub(lambda after: " " * len(after[0]), name)
    if moving := _MOVING.search(core):
        yield StageKind.MIGRATE, moving
    for kind, pattern in _NOUNS.items():
        if found := pattern.search(core):
            yield kind, found


@lru_cache(maxsize=4)
def _own(stage_kinds: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[StageKind, LazyPattern], ...]:
    """Make the patterns of a team's own words."""
    return tuple(
        (StageKind(kind), LazyPattern(rf"(?:{'|'.join(re.escape(fold(word)) for word in words)})(?!\w)"))
        for kind, words in stage_kinds
        if words
    )
