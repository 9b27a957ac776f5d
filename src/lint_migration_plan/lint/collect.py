"""Find the files to lint: those that are named, and the Markdown files of folders that git does not ignore."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: What a Markdown file's name ends with, in any letter case.
ENDINGS = (".md", ".markdown")

#: A repository may set programs for git to run; listing files must run none of them.
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat")
_GIT_TIMEOUT = 60


class Target(NamedTuple):
    """A file to lint; ``folder`` is the one that it was found in, None where the file itself was named."""

    path: str
    folder: str | None


def collect(paths: Iterable[str], leaves_out: Callable[[str], bool]) -> Iterator[Target]:
    """Yield the files to lint, each once: named ones as they are named, those of a folder in the order of their names.

    ``leaves_out`` is asked for each folder, its path ended by a slash, so that what is excluded is not walked.
    """
    seen: set[str] = set()
    for path in paths:
        for target in _targets(path, leaves_out):
            key = os.path.normcase(os.path.abspath(target.path))
            if key not in seen:
                seen.add(key)
                yield target


def _targets(path: str, leaves_out: Callable[[str], bool]) -> Iterator[Target]:
    if not _is_folder(path):
        yield Target(path, None)
        return
    listed = _listed_by_git(path)
    found = _walk(path, leaves_out) if listed is None else _existing(path, listed)
    for name in sorted(found):
        yield Target(name if path in {"", os.curdir} else os.path.join(path, name), path)


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _listed_by_git(folder: str) -> list[str] | None:
    """List the Markdown files that git knows or would add; None where the folder is in no repository."""
    if not _in_repository(folder):
        return None
    import subprocess

    command = [*_GIT, "-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        result = subprocess.run(  # noqa: S603 - no shell, and nothing of the arguments is an option
            command, capture_output=True, check=False, timeout=_GIT_TIMEOUT, env=environment, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if result.returncode:
        return None
    names = [os.fsdecode(name) for name in result.stdout.split(b"\0") if name]
    return [name for name in names if name.lower().endswith(ENDINGS)] + _nested(folder, names)


def _nested(folder: str, names: Iterable[str]) -> list[str]:
    """List the files of repositories within the repository, which git gives as folders."""
    nested = []
    for name in names:
        if name.endswith("/"):
            below = _listed_by_git(os.path.join(folder, name)) or []
            nested += [os.path.join(name, file) for file in below]
    return nested


def _in_repository(folder: str) -> bool:
    place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return False
        place = above
    return True


def _existing(folder: str, names: Iterable[str]) -> Iterator[str]:
    """Leave out what git still lists though it is gone, and links out of the folder."""
    for name in names:
        if os.path.isfile(os.path.join(folder, name)):
            yield name


def _walk(folder: str, leaves_out: Callable[[str], bool]) -> Iterator[str]:
    """Walk a folder that git does not know; folders whose name begins with a dot are nobody's documents."""
    for place, folders, files in os.walk(folder):
        folders[:] = [
            name for name in folders if not name.startswith(".") and not leaves_out(os.path.join(place, name, ""))
        ]
        for name in files:
            path = os.path.join(place, name)
            if name.lower().endswith(ENDINGS) and os.path.isfile(path):
                yield os.path.relpath(path, folder)
