"""Tell the stages that change nothing for good: they prepare, prove, watch or clear away what other stages change.

The words are data. A name counts by the word that it begins with, or by a noun in it where no word of it moves
something; what a stage says of its changes counts only where it says that nothing changes.
"""

from __future__ import annotations

import re
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.fold import fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.nodes import Stage


class StageKind(Enum):
    """What a stage is for that changes nothing for good."""

    PREPARE = "prepare"
    COMPATIBILITY = "compatibility"
    VERIFY = "verify"
    MONITOR = "monitor"
    CLEAN_UP = "clean up"
    DECOMMISSION = "decommission"


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
        StageKind.COMPATIBILITY: ("compatibility",),
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
    }
)

#: What is done with what keeps old and new working together: "Add a dual write", "Remove the shims".
COMPATIBILITY_VERBS = ("add", "introduce", "build", "enable", "remove", "drop", "delete", "disable", "stop", "retire")
COMPATIBILITY_THINGS = (
    *("compat", "shim", "adapter", "fallback", "fall back", "dual write", "dual-write", "dual read", "dual-read"),
    *("feature flag", "feature-flag", "toggle", "bridge", "facade", "translation layer"),
)

#: Nouns that say it anywhere in a name.
NOUNS: Mapping[StageKind, tuple[str, ...]] = MappingProxyType(
    {
        StageKind.PREPARE: (
            *("preparation", "rehearsal", "dry run", "dry-run", "backup", "backups", "baseline", "setup"),
            *("documentation", "training"),
        ),
        StageKind.COMPATIBILITY: ("shim", "shims", "compatibility layer", "compatibility window"),
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
_COMPATIBILITY = LazyPattern(
    rf"(?:{'|'.join(COMPATIBILITY_VERBS)}) (?:[\w-]+ ){{0,4}}?(?:{'|'.join(COMPATIBILITY_THINGS)})"
)
_BEGINNINGS = {
    kind: LazyPattern(rf"\W*(?:final |full |initial |first )?(?:{'|'.join(map(re.escape, words))})")
    for kind, words in BEGINNINGS.items()
}
_NOUNS = {kind: LazyPattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") for kind, words in NOUNS.items()}


def stage_kind(stage: Stage) -> StageKind | None:
    """Say what a stage is for by its name; None for one that changes something."""
    name = fold(stage.name).strip() + " "
    if _COMPATIBILITY.match(name):
        return StageKind.COMPATIBILITY
    for kind, pattern in _BEGINNINGS.items():
        if pattern.match(name):
            return kind
    core = _AFTER.sub(" ", name)
    if _MOVING.search(core):
        return None
    return next((kind for kind, pattern in _NOUNS.items() if pattern.search(core)), None)


def changes_something(stage: Stage) -> bool:
    """Say whether a stage leaves the system other than it was, as far as its name and its summary tell."""
    if stage_kind(stage) is not None or _NO_CHANGE.search(fold(stage.name)):
        return False
    summary = stage.field(FieldName.WHAT_CHANGES)
    if summary is None:
        return True
    string = folded(summary.value)
    return not _NO_CHANGE.search(string) and not _NOTHING.match(string)
