"""Forget what is kept from one plan to the next, so that each is judged as if it were the first."""

from __future__ import annotations

from lint_migration_plan.lint import words
from lint_migration_plan.markdown import inline
from lint_migration_plan.plan import spelling
from lint_migration_plan.plan.facts import milestones
from lint_migration_plan.plan.values import fold


def forget() -> None:
    """Forget all texts, with what is known of them."""
    for kept in (inline._parse_alone, milestones._reader, fold.fold_whole, spelling._normal):  # noqa: SLF001
        kept.cache_clear()
    words._built.clear()  # noqa: SLF001
