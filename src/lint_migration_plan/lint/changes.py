"""What of a file is new since a git revision: the lines that changed, and what was not reported before.

The files of the working tree are compared with those of the revision, so that what is staged, not staged and not yet
known to git counts alike. A file that the revision has not is compared with the one of its missing files that it is
most like: it was renamed. One that is like none of them is new as a whole.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.paths import folder_of
from lint_migration_plan.lint.changed_lines import changed_lines
from lint_migration_plan.lint.collect import ENDINGS
from lint_migration_plan.lint.git import GitError, ask_git, open_git
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_stream
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from lint_migration_plan.lint.sieve import IsOld, Key
    from lint_migration_plan.markdown.source import Span

#: A file was renamed where at least this part of its lines, or of the old file's, is the same.
_ALIKE = 0.5

#: The most files that a renamed one is compared with.
_MOST_MISSING = 200

_REGULAR = (b"100644", b"100755")


class Change(NamedTuple):
    """What a file was: its text, and what was reported of it; without a text it is new."""

    old: str | None = None
    reported: frozenset[Key] = frozenset()

    def is_old(self, source: Source) -> IsOld:
        """Tell of what is reported of the file as it is now whether it is older: known, and in no line that changed."""
        if self.old is None:
            return lambda _key, _span: False
        changed = changed_lines(Source(self.old).lines, source.lines)

        def is_old(key: Key, span: Span) -> bool:
            if key not in self.reported:
                return False
            lines = range(source.position(span.start).line - 1, source.position(max(span)).line)
            return changed.isdisjoint(lines)

        return is_old


class Revision:
    """A revision, as it is in each of the repositories that files are from."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._repositories: dict[str, _Repository | GitError] = {}
        self._folders: dict[str, str | GitError] = {}

    def text_of(self, path: str, now: str, max_size: int) -> str | None:
        """Give the text that a file had, ``now`` being the one that it has; None where it is new.

        Raises GitError where the file is in no repository, or its repository has no such revision.
        """
        real = os.path.realpath(path)
        repository = self._repository(folder_of(real))
        return repository.text_of(os.path.relpath(real, repository.top), now, max_size)

    def _repository(self, folder: str) -> _Repository:
        if folder not in self._folders:
            self._folders[folder] = _top_of(folder)
        top = self._folders[folder]
        if isinstance(top, GitError):
            raise top
        if top not in self._repositories:
            try:
                self._repositories[top] = _Repository(top, self._name)
            except GitError as error:
                self._repositories[top] = error
        repository = self._repositories[top]
        if isinstance(repository, GitError):
            raise repository
        return repository


def _top_of(folder: str) -> str | GitError:
    try:
        return os.fsdecode(ask_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    except GitError as error:
        return GitError(f"--changed-since needs a git repository: {error}")


class _Repository:
    """A repository at a revision; ``top`` is its folder."""

    def __init__(self, top: str, revision: str) -> None:
        self.top = top
        commit = self._commit(revision)
        listed = ask_git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
        # Each is "mode type object<TAB>path".
        entries = (entry.partition(b"\t") for entry in listed.split(b"\0") if entry)
        self._objects = {
            os.fsdecode(path): about.split()[2].decode("ascii")
            for about, _, path in entries
            if about.split()[0] in _REGULAR
        }
        self._missing: list[str] | None = None

    def _commit(self, revision: str) -> str:
        if revision.startswith("-") or "\0" in revision:
            raise GitError(f"there is no revision {revision!r}")
        try:
            # What is no name of a commit could be an option, or a path; this takes it for neither.
            found = ask_git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except GitError as error:
            raise GitError(f"there is no revision {revision!r} in {self.top}") from error
        return found.decode("ascii", errors="replace").strip()

    def text_of(self, path: str, now: str, max_size: int) -> str | None:
        """Give the text of a file at the revision, or that of the file that it was renamed from."""
        path = path.replace(os.sep, "/")
        if path in self._objects:
            # What could not be read then was not judged either, and all of the file is new.
            return self._read(path, max_size)
        return self._renamed(path, now, max_size)

    def _renamed(self, path: str, now: str, max_size: int) -> str | None:
        """Find the text that a new file is most like, of the files that are gone."""
        if self._missing is None:
            self._missing = [
                name
                for name in self._objects
                if name.lower().endswith(ENDINGS) and not os.path.lexists(os.path.join(self.top, name))
            ]
        base = os.path.basename(path)
        by_name = sorted(self._missing, key=lambda name: (os.path.basename(name) != base, name))
        lines = Counter(Source(now).lines)
        best, most = None, _ALIKE
        for name in by_name[:_MOST_MISSING]:
            text = self._read(name, max_size)
            if text is not None:
                others = Counter(Source(text).lines)
                alike = (lines & others).total() / max(lines.total(), others.total())
                if alike >= most and (best is None or alike > most):
                    best, most = text, alike
        return best

    def _read(self, path: str, max_size: int) -> str | None:
        with open_git(self.top, "cat-file", "blob", self._objects[path]) as process:
            try:
                return read_stream(process.stdout, max_size) if process.stdout else None
            except (CannotReadError, UnreadableFileError):
                return None
            finally:
                process.kill()
