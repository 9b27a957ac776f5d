"""Patterns for paths, much as in a ``.gitignore``.

``*`` and ``?`` stand for characters of one name, ``[...]`` for one of a set, ``**`` for any folders. A pattern without
a slash holds at any depth, another one from the top. A pattern that names a folder holds for all that is below; with a
slash at its end it holds for nothing but folders. Letter case counts.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

_ANY_FOLDERS = "**"


def holds(pattern: str, path: str) -> bool:
    """Tell whether a pattern holds for a path: relative, with ``/`` between names, and at the end of a folder's."""
    parts, folders_only = _parts(pattern)
    names = [name for name in path.split("/") if name]
    if not (folders_only and not path.endswith("/")) and _agree(parts, names):
        return True
    return _agree((*parts, _ANY_FOLDERS, "*"), names)


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[tuple[str, ...], bool]:
    folders_only = pattern.endswith("/")
    anchored = "/" in pattern.rstrip("/")
    # fnmatch knows only the exclamation mark for "none of these".
    parts = [part.replace("[^", "[!") for part in pattern.split("/") if part not in {"", "."}]
    if parts and not anchored:
        parts.insert(0, _ANY_FOLDERS)
    if len(parts) > 1 and parts[-1] == _ANY_FOLDERS:
        parts.append("*")
    return tuple(parts), folders_only


def _agree(parts: tuple[str, ...], names: list[str]) -> bool:
    """Match name by name; going back to the last ``**`` alone is enough, which keeps the time to parts times names."""
    part = name = 0
    last_any, resume = -1, 0
    while name < len(names):
        if part < len(parts) and parts[part] == _ANY_FOLDERS:
            last_any, resume = part, name
            part += 1
        elif part < len(parts) and fnmatchcase(names[name], parts[part]):
            part += 1
            name += 1
        elif last_any >= 0:
            resume += 1
            part, name = last_any + 1, resume
        else:
            return False
    return all(rest == _ANY_FOLDERS for rest in parts[part:])
