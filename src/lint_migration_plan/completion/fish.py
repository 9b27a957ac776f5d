"""Completion in fish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.completion.options import Kind, Option, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = """\
# Completion of lint-migration-plan for fish, by: lint-migration-plan --completion fish

# What is typed of a value.
function __lint_migration_plan_value
    commandline --current-token --cut-at-cursor | string replace --regex -- '^--[a-z-]+=' ''
end

# Several words, parted by commas.
function __lint_migration_plan_words
    set -l kept (__lint_migration_plan_value | string replace --regex -- '[^,]*$' '')
    printf '%s\\n' $kept$argv
end

# A word, "=", and another word.
function __lint_migration_plan_pair
    set -l parts (__lint_migration_plan_value | string split --max 1 =)
    if set -q parts[2]
        printf '%s\\n' $parts[1]=(string split ' ' -- $argv[2])
    else
        printf '%s=\\n' (string split ' ' -- $argv[1])
    end
end

"""


def fish_script(options: Sequence[Option]) -> str:
    """Write the script for fish."""
    return _SCRIPT + "".join(f"complete -c lint-migration-plan{_specification(option)}\n" for option in options)


def _specification(option: Option) -> str:
    spellings = "".join(
        f" -l {spelling[2:]}" if spelling.startswith("--") else f" -s {spelling[1:]}" for spelling in option.spellings
    )
    return f"{spellings} -d {_quoted(option.purpose)}{_arguments(option.value) if option.value else ''}"


def _arguments(value: Value) -> str:
    words = " ".join(value.words)
    required = " -r" if value.required else ""
    match value.kind:
        case Kind.WORD:
            return f"{required} -f -a {_quoted(words)}"
        case Kind.WORDS:
            return f"{required} -f -a {_quoted(f'(__lint_migration_plan_words {words})')}"
        case Kind.PAIR:
            pair = f"(__lint_migration_plan_pair '{words}' '{' '.join(value.behind)}')"
            return f"{required}{' -f' if value.behind else ''} -a {_quoted(pair)}"
        case Kind.FILE:
            return f"{required} -F" if value.required else ""
        case Kind.OTHER:
            return f"{required} -f"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
