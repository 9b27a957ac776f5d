"""Completion in bash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.completion.options import Kind, Option, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# An empty answer lets readline complete the names of files, with its own care for blanks in them.
_SCRIPT = """\
# Completion of lint-migration-plan for bash, by: lint-migration-plan --completion bash
_lint_migration_plan() {
    # Bash takes "--option=value" apart; here it is one word again.
    local before='' word='' only_files='' index
    for ((index = 1; index <= COMP_CWORD; index++)); do
        if [[ ${COMP_WORDS[index]} == = || ${COMP_WORDS[index - 1]} == = ]]; then
            word+=${COMP_WORDS[index]}
        else
            [[ $word != -- ]] || only_files=yes
            before=$word word=${COMP_WORDS[index]}
        fi
    done
    COMPREPLY=()
    [[ ! $only_files ]] || return 0

    local IFS=$' \\t\\n' option=$before value=$word words='' behind='' kept='' sign=''
    if [[ $word == --*=* ]]; then
        option=${word%%=*} value=${word#*=}
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W 'OPTIONS' -- "$word"))
        return 0
    fi
    case $option in
CASES
        *) return 0 ;;
    esac
    # What is kept of the word: that before the last comma, and that before "=" unless bash took it away.
    case $sign$value in
        ,*,*) kept=${value%,*}, value=${value##*,} ;;
        ==*=* | =*=*)
            [[ $COMP_WORDBREAKS == *=* ]] || kept=${value%=*}=
            value=${value##*=} words=$behind sign='' ;;
    esac
    [[ $COMP_WORDBREAKS == *=* || $word != --*=* ]] || kept=${word%%=*}=$kept
    if [[ $sign == = ]]; then
        compopt -o nospace 2>/dev/null
        COMPREPLY=($(compgen -P "$kept" -S = -W "$words" -- "$value"))
    else
        COMPREPLY=($(compgen -P "$kept" -W "$words" -- "$value"))
    fi
}
complete -o bashdefault -o default -F _lint_migration_plan lint-migration-plan
"""


def bash_script(options: Sequence[Option]) -> str:
    """Write the script for bash."""
    spellings = " ".join(spelling for option in options for spelling in option.spellings)
    return _SCRIPT.replace("OPTIONS", spellings).replace("CASES", "\n".join(_cases(options)))


def _cases(options: Iterable[Option]) -> Iterator[str]:
    """Write what each option sets, those that set the same together."""
    by_setting: dict[str, list[str]] = {}
    for option in options:
        if option.value and option.value.kind is not Kind.FILE:
            by_setting.setdefault(_setting(option.value), []).extend(option.spellings)
    for setting, spellings in by_setting.items():
        yield f"        {' | '.join(spellings)}) {setting} ;;"


def _setting(value: Value) -> str:
    words = f"words='{' '.join(value.words)}'"
    if value.kind is Kind.WORDS:
        return f"{words} sign=,"
    if value.kind is Kind.PAIR:
        return f"{words} behind='{' '.join(value.behind)}' sign='='"
    return words if value.words else "compopt +o default +o bashdefault 2>/dev/null; return 0"
