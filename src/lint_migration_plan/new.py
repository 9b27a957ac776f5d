"""Start a new plan: ``lint-migration-plan --new TYPE``."""

from __future__ import annotations

import os

from lint_migration_plan.lint.write_file import CannotWriteError, create_text
from lint_migration_plan.plan.new_plan import new_plan
from lint_migration_plan.streams import write_text


def start_plan(kind: str, name: str, path: str | None) -> str:
    """Write a new plan to a file that is not there yet, or to standard output; give what went wrong, empty if nothing.

    ``kind`` is one of `plan.new_plan.TYPES`.
    """
    text = new_plan(kind, name)
    if path is None:
        write_text(text)
        return ""
    if os.path.lexists(path):
        # A link that leads nowhere is somebody's too.
        return f"{path}: not written: it is there already, and is not overwritten"
    try:
        create_text(path, text)
    except CannotWriteError as error:
        return f"{path}: not written: {error}"
    return ""
