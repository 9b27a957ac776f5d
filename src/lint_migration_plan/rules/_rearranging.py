"""The fixes that move or renumber stages: what is written where, or what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.renumber import Renumbering, Unclear

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


def rearranging(plan: Plan, title: str, outcome: Renumbering | Unclear) -> Fix | NoFix:
    """Make a fix of the edits, which needs a look, or say which place keeps the stages as they are."""
    if isinstance(outcome, Renumbering):
        return Fix(title, tuple(Edit(*edit) for edit in outcome.edits), safe=False)
    return in_the_way(plan, outcome)


def in_the_way(plan: Plan, unclear: Unclear) -> NoFix:
    """Say which place keeps the stages as they are, and why."""
    source = plan.document.source
    said = quote(source.text[slice(*unclear.span)])
    return NoFix(f"line {source.position(unclear.span.start).line} says {said}, and {unclear.why}")
