"""Run the program: within the tests' process, which is quick, or as a process of its own, as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from lint_migration_plan.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent

#: A plan without any defect, and one with a defect of each of the rules below.
GOOD = (ROOT / "fixtures" / "plans" / "orders-database.md").read_bytes()
BAD = (ROOT / "fixtures" / "plans" / "payments-platform.md").read_bytes()
BAD_RULES = ["unknown-risk", "untested-rollback", "unassigned-gap"]

#: A document that is no plan.
PROSE = b"# Notes\n\nNothing moves.\n"

COMMAND = (sys.executable, "-m", "lint_migration_plan")

#: No test of a good program comes near this many seconds; a test of one that hangs ends.
PATIENCE = 60

#: What pip and the resolver say where there is no registry.
OFFLINE = (
    "No matching distribution found",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
)

# What a developer may have set for his own terminal.
_PERSONAL = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED")


class Run(NamedTuple):
    """What a run came to."""

    status: int
    out: str
    err: str

    @property
    def rules(self) -> list[str]:
        """The rules of the diagnostics on stdout, in order."""
        return [line.rpartition("[")[2].rstrip("]") for line in self.out.splitlines() if not line.startswith(" ")]


def lint(*arguments: str, stdin: bytes = b"") -> Run:
    """Run the program in this process, in the folder that the test stands in."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(stdin))):
        status = main(arguments)
    return Run(status, *(_written(stream) for stream in (out, err)))


def lint_process(
    *arguments: str | bytes, stdin: bytes = b"", environment: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Run:
    """Run the program as a process of its own."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        check=False,
        capture_output=True,
        input=stdin,
        timeout=PATIENCE,
        env=impersonal(environment),
        cwd=cwd,
    )
    return Run(done.returncode, *(stream.decode("utf-8") for stream in (done.stdout, done.stderr)))


def scripted(
    command: Sequence[str], seen: Path, environment: Mapping[str, str], *, patience: float = PATIENCE
) -> tuple[str, str]:
    """Run an editor in the folder of the file to which a script in it writes; give what is in that, and what it printed."""
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=patience,
        env=impersonal(
            {"HOME": str(seen.parent), "LC_ALL": "C.UTF-8", "TERM": "xterm", "SEEN": str(seen), **environment}
        ),
        cwd=seen.parent,
    )
    assert seen.exists(), done.stdout
    return seen.read_text("utf-8"), done.stdout


def impersonal(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of a process without what a developer may have set for himself."""
    kept = {name: value for name, value in os.environ.items() if name not in _PERSONAL}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, **(environment or {})}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    person = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com")
    done = subprocess.run(
        ["git", "-C", str(folder), *person, *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=impersonal(),
    )
    return done.stdout


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    content: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined] # it is the BytesIO from above
    return content.decode("utf-8")
