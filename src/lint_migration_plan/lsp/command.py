"""The command ``lint-migration-plan-lsp``: the language server on standard input and output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from lint_migration_plan import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

PROGRAM = "lint-migration-plan-lsp"
_HELP = f"""\
usage: {PROGRAM} [--stdio] [--version] [--help]

A language server for migration plans in Markdown. An editor starts it and speaks to it
on standard input and output; --stdio says so and changes nothing.
"""


def run() -> NoReturn:
    """Run as a program."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for, and give the exit status."""
    unknown = [each for each in arguments if each not in {"--stdio", "--version", "--help", "-h"}]
    if unknown:
        sys.stderr.write(f"{PROGRAM}: unknown argument {unknown[0]!r}\n{_HELP}")
        return 2
    if {"--help", "-h"} & {*arguments}:
        sys.stdout.write(_HELP)
        return 0
    if "--version" in arguments:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    try:
        from lint_migration_plan.lsp.server import serve  # needs pygls, and takes longer than all of the above
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        sys.stderr.write(
            f"{PROGRAM}: the language server needs pygls, which the extra 'lsp' of lint-migration-plan brings\n"
        )
        return 2
    serve()
    return 0
