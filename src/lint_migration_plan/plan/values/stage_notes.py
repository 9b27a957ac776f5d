"""Read what stands beside a stage in a list: that it is a stage of another plan, or that it need not be done first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.spelling import normal
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Collection

#: What stages are parts of: "Stage 3 of the billing project".
PLANS = ("plan", "programme", "program", "project", "roadmap", "initiative", "workstream", "runbook")
#: What does so only behind "of": in parentheses it may be the work of the stage, or who does it.
EFFORTS = ("migration", "upgrade", "rollout", "track", "epic", "rfc", "adr", "team", "document")
#: Words beside such a noun that make it this plan itself: "of this plan", "in the same migration".
_ITSELF = frozenset(("this", "the", "our", "same", "current", "present", "overall", "whole", "above", "own"))
#: What makes a note about a stage say that it is no condition, or not a plain one.
LOOSE_WORDS = (
    *(
        "optional",
        "optionally",
        "soft",
        "parallel",
        "concurrent",
        "concurrently",
        "overlaps",
        "overlapping",
        "together",
    ),
    *("partial", "partially", "partly", "part", "draft", "planned", "only", "recommended", "preferably", "ideally"),
    *("nice", "if", "unless", "where", "when", "not", "no", "never", "without", "before", "until", "blocks", "feeds"),
    *("informs", "feedback", "informational", "later", "may", "can", "could", "either", "alternatively"),
    # The stage is the one that waits: "Stage 1, and Stage 3 needs this one".
    *("needs", "need", "requires", "require", "waits", "wait", "depends", "depend", "follows", "follow", "uses"),
)
#: What makes the stages on both sides of it a choice, or a route on which this stage may lie.
CHOICES = ("or", "oder", "ou", "o", "или", "→", "->")

_WORDS = r"(?P<words>(?:[\w'-]+\s+){0,5}?)"
#: What a stage is part of, behind its number: " of the billing project".
OF = LazyPattern(
    r"\s+(?:of|in|from|on)\s+"
    rf"(?:[\w./-]+\.md(?!\w)|{_WORDS}(?:{'|'.join((*PLANS, *EFFORTS))})(?!\w)(?P<name>\s+[\w-]+)?)",
    needs=(".md", *PLANS, *EFFORTS),
)
_IN_PARENTHESES = LazyPattern(rf"\s*\((?P<note>{_WORDS}(?:{'|'.join(PLANS)})(?P<name>\s+\w{{1,2}})?)\)", needs=("(",))
_LOOSE = LazyPattern(rf"(?<![\w-])(?:{'|'.join(LOOSE_WORDS)})(?![\w-])|n't(?!\w)", needs=(*LOOSE_WORDS, "n't"))
_CHOICE = LazyPattern(rf"(?<!\w)(?:{'|'.join(CHOICES)})(?!\w)", needs=CHOICES)


def is_elsewhere(note: str, stage_names: Collection[str]) -> bool:
    """Say whether a folded note makes the stage before it one of another plan: " of the billing migration".

    ``stage_names`` are the names of this plan's stages in normal form: "(data migration)" may be one.
    """
    if found := OF.match(note):
        return found["words"] is None or _is_other(found["words"], found["name"])
    if found := _IN_PARENTHESES.match(note):
        return normal(found["note"]) not in stage_names and _is_other(found["words"], found["name"])
    return False


def is_loose(note: str) -> bool:
    """Say whether a folded note leaves open whether the stage before it must be done first: " (optional)"."""
    return _LOOSE.search(note) is not None


def is_choice(joint: str) -> bool:
    """Say whether what stands between two stages makes them a choice, or the two ends of a route."""
    return _CHOICE.search(joint) is not None


def _is_other(words: str, name: str | None) -> bool:
    """Say whether a whole is another one than this plan: by a word before it, or a name behind it ("plan b")."""
    given = words.split()
    # "of plan b" has no article; behind "of this plan" goes the sentence on.
    return bool(set(given) - _ITSELF) or (not given and name is not None)
