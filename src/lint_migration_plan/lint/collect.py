"""Find the files to lint: those that are named, and the Markdown files of folders that git does not ignore."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.paths import absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: What standard input is called among the paths.
STDIN = "-"

#: What a Markdown file's name ends with, in any letter case.
ENDINGS = (".md", ".markdown")


class Target(NamedTuple):
    """A file to lint; ``folder`` is the one that it was found in, None where the file itself was named."""

    path: str
    folder: str | None


def collect(paths: Sequence[str], leaves_out: Callable[[str], bool]) -> Iterator[Target]:
    """Yield the files to lint, each once: named ones as they are named, those of a folder in the order of their names.

    A folder that cannot be read is yielded as if it were a file: who reads it learns why. ``leaves_out`` is asked for
    each folder, its path ended by a slash, so that what is excluded is not walked.
    """
    named = {_key(path) for path in paths if not is_folder(path)}
    seen: set[str] = set()
    for path in paths:
        for target in _targets(path, leaves_out):
            key = _key(target.path)
            # A file that is named is meant to be a plan, wherever else it is found.
            if key in seen or (target.folder is not None and key in named):
                continue
            seen.add(key)
            yield target


def is_folder(path: str) -> bool:
    """Tell whether a path stands for the files of a folder."""
    try:
        return path != STDIN and stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def repository_of(folder: str) -> str | None:
    """Find the top of the git repository that a folder is in, None where it is in none."""
    place = absolute(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return None
        place = above
    return place


def _key(path: str) -> str:
    return path if path == STDIN else os.path.normcase(absolute(path))


def _targets(path: str, leaves_out: Callable[[str], bool]) -> Iterator[Target]:
    if not is_folder(path):
        yield Target(path, None)
        return
    listed = _listed_by_git(path)
    found = _walk(path, leaves_out) if listed is None else _existing(path, listed)
    for name in sorted(found):
        yield Target(_below(path, name), path)


def _listed_by_git(folder: str) -> list[str] | None:
    """List the Markdown files that git knows or would add; None where the folder is in no repository."""
    if repository_of(folder) is None:
        return None
    from lint_migration_plan.lint.git import GitError, ask_git

    try:
        listed = ask_git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except GitError:
        return None
    # A folder that git may not read is empty to git.
    if not os.access(folder, os.R_OK | os.X_OK):
        return None
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    return [name for name in names if _is_markdown(name)] + _nested(folder, names)


def _nested(folder: str, names: Iterable[str]) -> list[str]:
    """List the files of repositories within the repository, submodules among them, which git gives as folders."""
    nested = []
    for name in names:
        place = os.path.join(folder, name)
        if os.path.lexists(os.path.join(place, ".git")) and not os.path.islink(place.rstrip("/")):
            nested += [os.path.join(name, file) for file in _listed_by_git(place) or ()]
    return nested


def _existing(folder: str, names: Iterable[str]) -> Iterator[str]:
    """Leave out what git still lists though it is gone, and what is no regular file."""
    for name in names:
        try:
            regular = stat.S_ISREG(os.stat(os.path.join(folder, name)).st_mode)
        except PermissionError:
            regular = True
        except (OSError, ValueError):
            regular = False
        if regular:
            yield name


def _walk(folder: str, leaves_out: Callable[[str], bool]) -> Iterator[str]:
    """Walk a folder that git does not know; folders whose name begins with a dot are nobody's documents."""
    unreadable: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = [
            name for name in folders if not name.startswith(".") and not leaves_out(os.path.join(place, name, ""))
        ]
        names = (os.path.relpath(os.path.join(place, name), folder) for name in files if _is_markdown(name))
        yield from _existing(folder, names)
    yield from (os.path.relpath(place, folder) for place in unreadable)


def _below(folder: str, name: str) -> str:
    """Name what is in a folder as a reader would, without a dot that stands for nothing."""
    if os.curdir in {folder, name}:
        return name if folder == os.curdir else folder
    return os.path.join(folder, name)


def _is_markdown(name: str) -> bool:
    return name.lower().endswith(ENDINGS)
