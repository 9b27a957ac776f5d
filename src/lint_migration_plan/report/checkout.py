"""Paths as a build service knows them: from the top of what it checked out."""

from __future__ import annotations

import os
from urllib.parse import quote

from lint_migration_plan.config.paths import absolute, is_within
from lint_migration_plan.lint.collect import repository_of


class Checkout:
    """The repository that we stand in, or else the folder."""

    def __init__(self) -> None:
        self._top = repository_of("") or absolute("")

    def path(self, path: str) -> str:
        """Give the path from the top, with ``/`` between its names; of a file elsewhere the absolute path."""
        whole = absolute(path)
        if is_within(self._top, whole):
            whole = os.path.relpath(whole, self._top)
        return whole.replace(os.sep, "/")

    def uri(self, path: str) -> str:
        """Give the same path as a URI reference: relative below the top, else one of the scheme ``file``."""
        named = self.path(path)
        uri = quote(_bytes(named))
        if not os.path.isabs(named):
            return uri
        return f"file://{uri}" if uri.startswith("/") else f"file:///{uri}"


def _bytes(path: str) -> bytes:
    """Give the bytes of a path as the file system has them."""
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:
        # Whoever calls from Python may name a file as none can be named.
        return path.encode("utf-8", "surrogatepass")
