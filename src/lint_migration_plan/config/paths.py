"""Paths as text: what the configuration asks of the file system.

Every start comes through here, and ``pathlib`` takes longer to import than all of this takes to run.
"""

from __future__ import annotations

import os


def absolute(path: str) -> str:
    """Make a path absolute, without a look at links."""
    try:
        return os.path.abspath(path)
    except OSError:
        # The folder that we stand in is gone.
        return os.path.join(os.sep, path)


def folder_of(path: str) -> str:
    """Give the absolute path of the folder that a file stands in; a path that ends with a slash is a folder itself."""
    return absolute(os.path.dirname(path))


def name_of(path: str) -> str:
    """Give the last name of a path."""
    return os.path.basename(path)


def ending_of(path: str) -> str:
    """Give the ending of a path's last name, with its dot."""
    return os.path.splitext(path)[1]


def inside(folder: str, name: str) -> str:
    """Name a file of a folder."""
    return os.path.join(folder, name)


def is_file(path: str) -> bool:
    """Tell whether there is a regular file; a folder that may not be entered hides what is in it."""
    return os.path.isfile(path)


def is_something_else(path: str) -> bool:
    """Tell whether there is something that is no regular file, such as a folder or a pipe."""
    return os.path.exists(path) and not os.path.isfile(path)


def read_bytes(path: str, most: int) -> bytes:
    """Read the start of a file."""
    with open(path, "rb") as file:
        return file.read(most)


def as_named(path: str) -> str:
    """Name a file as messages do: from the folder that we stand in where it is below that."""
    try:
        return path.removeprefix(os.path.join(os.getcwd(), ""))
    except OSError:
        return path


def is_within(folder: str, path: str) -> bool:
    """Tell whether an absolute path is a folder or lies in it, without a look at links."""
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def below(folder: str, path: str) -> str:
    """Give the names that lead from a folder to a path, with ``/`` between them; of a path elsewhere the last one only.

    A path that ends with a slash keeps it.
    """
    top = os.path.join(absolute(folder), "")
    whole = absolute(path)
    if os.path.join(whole, "") == top:
        return ""
    names = whole[len(top) :] if whole.startswith(top) else name_of(whole)
    return names.replace(os.sep, "/") + ("/" if path.endswith(("/", os.sep)) else "")
