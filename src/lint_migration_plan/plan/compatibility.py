"""Read the Compatibility field: which pairs of layers work together old and new, and until which stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.fold import BREAK, folded
from lint_migration_plan.plan.layers import meant_layer
from lint_migration_plan.plan.nodes import Reading, State
from lint_migration_plan.plan.readings import unread, unreadable
from lint_migration_plan.plan.references import NONE, StageReference, reference_at

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

#: The pairs that must work together while one of them is new and the other still old.
COUPLED_PAIRS = (("code", "data"), ("code", "consumers"), ("code", "config"))
_PAIRS_SAID = ", ".join(map("/".join, COUPLED_PAIRS))

_PAIR = re.compile(
    r"\s*(?:the\s+|between\s+)?(?P<one>[^\W\d_][\w -]{0,30}?)\s*(?:/|&|\+|<?-+>|↔|⇔|[-–—]|\band\b)\s*(?P<other>[^\W\d_][\w]{0,30})"
)
_UNTIL = re.compile(r"\s*(?:(?:compatible|open|layers?)\s+)*(?:[-–—:,(]\s*)?(?:until|till|up to|through|bis|jusqu'à|hasta)\s+")
_END = re.compile(r"(?:the\s+)?end\b(?:\s+of(?:\s+the)?\s+(?:migration|plan))?|further notice")
_NEXT = re.compile(r"[,;\n]|\s(?:and|und|et)\s")


class Compatibility(NamedTuple):
    """A window: ``pair`` as in `COUPLED_PAIRS`, the stage that closes it (None: none does), and its stretch."""

    pair: tuple[str, str]
    until: StageReference | None
    text: Text
