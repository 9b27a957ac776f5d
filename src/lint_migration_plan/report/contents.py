"""What there is to report: the one argument of each format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.lint.outcome import Outcome
    from lint_migration_plan.markdown.source import Source


class Report(NamedTuple):
    """The outcome of a run, and the texts of the files that it tells something about.

    The texts, by the paths of the diagnostics, are there for the formats of which the table of formats says that they
    need them. ``show_source`` says whether a reader wants to see lines of them.
    """

    outcome: Outcome
    sources: Mapping[str, Source] = {}
    show_source: bool = False
