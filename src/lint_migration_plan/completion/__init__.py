"""Completion of the command line in shells: ``lint-migration-plan --completion SHELL``.

Each script is written from the parser of the arguments when it is asked for, so that none can be out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.completion.bash import bash_script
from lint_migration_plan.completion.fish import fish_script
from lint_migration_plan.completion.options import options_of
from lint_migration_plan.completion.zsh import zsh_script

if TYPE_CHECKING:
    import argparse

_SCRIPTS = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}


def completion_script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Write what a shell (bash, zsh or fish) is to run so that it completes the options of a parser."""
    return _SCRIPTS[shell](options_of(parser))
