"""What rules of the scope FILE judge: a file as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lint_migration_plan.config.front_matter import FrontMatterError
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.plan.nodes import Plan


@dataclass(frozen=True, slots=True)
class File:
    """A file, read as far as it can be.

    ``unreadable`` says why its author must mend it before it can be judged, else it is empty; the document is then what
    could be read, maybe nothing. ``front_matter`` is what is wrong with the front matter, None where nothing is.
    """

    document: Document
    plans: tuple[Plan, ...]
    unreadable: str = ""
    front_matter: FrontMatterError | None = None
