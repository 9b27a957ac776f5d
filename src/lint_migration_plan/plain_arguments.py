"""Read a plain command line without ``argparse``, which takes longer to import than a known plan takes in all.

Plain is what hooks, editors and people mostly write: files, and a few options. For all else there is `arguments`; a
test holds both to the same answer.
"""

from __future__ import annotations

from lint_migration_plan import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

#: The options that limit what is looked at, by the names of the attributes.
LIMITS = ("max_file_size", "max_nesting", "max_diagnostics", "max_gap_map_links")

#: What holds where an option is not given, by the names of the attributes.
DEFAULTS: dict[str, object] = {
    "files": [],
    "select": None,
    "extend_select": None,
    "ignore": None,
    "severity": None,
    "fail_on": None,
    "plans_only": False,
    **dict.fromkeys(LIMITS),
    "explain": None,
    "list_rules": False,
    "completion": None,
    "explain_plan": False,
    "coverage": False,
    "rollback_path": False,
    "at": None,
    "what_if": False,
    "drop": None,
    "fail": None,
    "fix": False,
    "diff": False,
    "unsafe_fixes": False,
    "new": None,
    "name": None,
    "output": [],
    "new_file": None,
    "reports": [],
    "fingerprints": False,
    "baseline": None,
    "write_baseline": None,
    "prune_baseline": False,
    "changed_since": None,
    "add_suppressions": None,
    "config": None,
    "isolated": False,
    "show_config": False,
    "stdin_filename": None,
    "cache_dir": None,
    "no_cache": False,
    "jobs": None,
    "format": "text",
    "show_source": False,
    "column_unit": "codepoint",
    "color": "auto",
    "statistics": False,
    "quiet": False,
}

_FLAGS = {
    "--plans-only": "plans_only",
    "--isolated": "isolated",
    "--no-cache": "no_cache",
    "--show-source": "show_source",
    "--quiet": "quiet",
    "-q": "quiet",
}
_WITH_VALUE = {"--config": "config", "--cache-dir": "cache_dir", "--fail-on": "fail_on"}
_CHOICES = {"--format": ("text",), "--color": ("auto", "always", "never")}


if TYPE_CHECKING:
    _Options = argparse.Namespace
else:

    class _Options:
        """An object for the attributes that are put into it."""


def limits_of(options: argparse.Namespace) -> dict[str, int | str | None]:
    """Give the limits by the names of their settings; None for those that are not given."""
    return {name: getattr(options, name) for name in LIMITS}


def read_plainly(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Read a command line as `arguments.parse_arguments` does; None where that is to be asked."""
    options = _Options()
    given = vars(options)
    given.update(DEFAULTS, files=[])
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            given["files"].append(argument)
            continue
        option, equals, value = argument.partition("=")
        if not equals and option in _FLAGS:
            given[_FLAGS[option]] = True
            continue
        if option not in _WITH_VALUE and option not in _CHOICES:
            return None
        if not equals:
            value = next(rest, "")
        # An empty value and one like an option are matters for who can complain.
        if not value or value.startswith("-") or value not in _CHOICES.get(option, (value,)):
            return None
        given[_WITH_VALUE.get(option) or option.removeprefix("--")] = value
    if not given["files"] or (given["config"] is not None and given["isolated"]):
        return None
    return options
