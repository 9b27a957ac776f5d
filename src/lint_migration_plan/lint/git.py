"""Ask git, and run nothing but git.

A repository is a stranger's: it may set programs to run at what git does (hooks, monitors, filters, textconv, external
diffs, helpers that fetch what is missing). Only commands are used here that read the index, the objects and the names
of files; none reads what a file of the working tree holds, and nothing is fetched.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

_GIT = (
    "git",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
)

#: In seconds.
PATIENCE = 30


class GitError(Exception):
    """Git could not do what was asked; the message says why, in one line."""


def ask_git(folder: str, *arguments: str) -> bytes:
    """Give what git says in a folder; raises GitError. The arguments must be such that none becomes an option."""
    import subprocess

    try:
        result = subprocess.run(  # noqa: S603 - no shell, and who calls keeps options out
            [*_GIT, "-C", folder, *arguments],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env=_environment(),
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git did not answer within {PATIENCE} seconds") from error
    except FileNotFoundError as error:
        raise GitError("git is not there") from error
    except (OSError, ValueError) as error:
        raise GitError(f"git cannot be asked: {error}") from error
    if result.returncode:
        raise GitError(_first_line(result.stderr) or f"git ended with status {result.returncode}")
    return result.stdout


def open_git(folder: str, *arguments: str) -> Popen[bytes]:
    """Start git in a folder and let its answer be read as it comes; raises GitError where it cannot be started."""
    import subprocess

    try:
        return subprocess.Popen(  # noqa: S603 - as above
            [*_GIT, "-C", folder, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
    except (OSError, ValueError) as error:
        raise GitError(f"git cannot be asked: {error}") from error


def _environment() -> dict[str, str]:
    """Leave out what points git elsewhere, as the environment of a hook does."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**environment, "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _first_line(said: bytes) -> str:
    lines = said.decode("utf-8", errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else ""
