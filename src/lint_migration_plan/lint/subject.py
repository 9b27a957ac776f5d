"""What rules of the scopes FILE and GAP_MAP judge: a file as it came, and a gap map with the plans that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lint_migration_plan.config.front_matter import FrontMatterError
    from lint_migration_plan.lint.rule import OtherFile
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.facts.gap_matching import GapMatching
    from lint_migration_plan.plan.gap_map import GapMap
    from lint_migration_plan.plan.nodes import Plan


class File(NamedTuple):
    """A file, read as far as it can be.

    ``unreadable`` says why its author must mend it before it can be judged, else it is empty; the document is then what
    could be read, maybe nothing. ``front_matter`` is what is wrong with the front matter, None where nothing is.
    """

    document: Document
    plans: tuple[Plan, ...]
    unreadable: str = ""
    front_matter: FrontMatterError | None = None

    @property
    def may_hold_plan(self) -> bool:
        """Tell whether the file holds a plan, or may hold one in what was lost."""
        return bool(self.plans) or (self.document.loss is not None and self.document.loss.with_rest)


class ReadGapMap(NamedTuple):
    """A gap map that could be read, the file that it stands in, and how the plans fit with it."""

    file: OtherFile
    gap_map: GapMap
    matching: GapMatching


class GapMapUse(NamedTuple):
    """A gap map, and the plans of a file that use it: together their tables have a row for each of its gaps.

    ``name`` is what the author calls it, and ``span`` is where. ``read`` is a text that says why it could not be read.
    """

    plans: tuple[Plan, ...]
    name: str
    span: Span
    read: ReadGapMap | str
