"""Completion in zsh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.completion.options import Kind, Option, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

# Both ways to use it work: as a file on the path of functions, and evaluated when a shell starts.
_SCRIPT = """\
#compdef lint-migration-plan
# Completion of lint-migration-plan for zsh, by: lint-migration-plan --completion zsh
_lint-migration-plan() {
  _arguments -s -S : \\
OPTIONS
    '*:FILE:_files'
}

# A word, "=", and another word; a file where there are no other words.
_lint-migration-plan-pair() {
  if compset -P 1 '*='; then
    [[ -z $2 ]] || compadd -- ${(s: :)2}
  else
    compadd -S = -- ${(s: :)1}
  fi
  [[ -n $2 ]] || _files
}

if [[ $funcstack[1] == _lint-migration-plan ]]; then
  _lint-migration-plan "$@"
else
  compdef _lint-migration-plan lint-migration-plan
fi
"""


def zsh_script(options: Sequence[Option]) -> str:
    """Write the script for zsh."""
    lines = (f"    {_specification(option, spelling)} \\" for option in options for spelling in option.spellings)
    return _SCRIPT.replace("OPTIONS", "\n".join(lines))


def _specification(option: Option, spelling: str) -> str:
    """Write what the function for arguments is to know of one spelling of an option."""
    purpose = option.purpose.replace("[", "\\[").replace("]", "\\]")
    value = option.value
    if value is None:
        return _quoted(f"*{spelling}[{purpose}]")
    behind = "=" if spelling.startswith("--") else "+"
    colon = ":" if value.required else "::"
    return _quoted(f"*{spelling}{behind}[{purpose}]{colon}{value.name}:{_action(value)}")


def _action(value: Value) -> str:
    words = " ".join(value.words)
    match value.kind:
        case Kind.WORD:
            return f"({words})"
        case Kind.WORDS:
            return f"_sequence compadd - {words}"
        case Kind.PAIR:
            return f' _lint-migration-plan-pair "{words}" "{" ".join(value.behind)}"'
        case Kind.FILE:
            return "_files"
        case Kind.OTHER:
            return " "


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
