"""What mends a violation: edits of the text that leave every other character as it was.

A rule offers a `Fix` in offsets of its file; the runner turns it into a `Suggestion` in lines and columns, which is
all that reporters, the language server and ``--fix`` see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Location
    from lint_migration_plan.markdown.source import Span


class Edit(NamedTuple):
    r"""Put ``text`` in the place of a span, which is empty where something is inserted.

    Lines in ``text`` end with ``\n``; in the file they end as its own lines do.
    """

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a violation together or not at all.

    ``title`` says in the imperative what they do. They are ``safe`` where no prose is lost and no meaning changed; the
    others are applied only with ``--unsafe-fixes``.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class NoFix(NamedTuple):
    """Why a violation is not mended that its rule can mend elsewhere."""

    why: str


class Replacement(NamedTuple):
    """An edit in lines and columns; the lines in ``text`` end as the file's own do."""

    location: Location
    text: str


class Suggestion(NamedTuple):
    """A fix in lines and columns, its replacements in the order of the file, of which no two touch."""

    title: str
    replacements: tuple[Replacement, ...]
    safe: bool
