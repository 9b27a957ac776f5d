"""Print what is known of all files of a run already, and import nothing that could judge them."""

from __future__ import annotations

import os
import sys

from lint_migration_plan import TYPE_CHECKING
from lint_migration_plan.cache import cache_for, read_file
from lint_migration_plan.report.summary import Tally, summary_line

if TYPE_CHECKING:
    import argparse

#: In bytes; a larger file is a matter for who can say so.
_LARGEST = 1024 * 1024


def replay(options: argparse.Namespace) -> bool | None:
    """Print the diagnostics and the summary of a run; say whether something was reported, None where not all is known.

    That also goes for what only `report` can print: JSON, source lines and colors.
    """
    paths = options.files
    cache = cache_for(options)
    if cache is None or options.format != "text" or "-" in paths:
        return None
    if len({os.path.abspath(path) for path in paths}) < len(paths):
        return None
    tally = Tally()
    lines = []
    reported = 0
    for path in paths:
        content = read_file(path, _LARGEST)
        key = None if content is None else cache.key(path, content, in_folder=False)
        entry = None if key is None else cache.get(key)
        if entry is None:
            return None
        reported |= tally.add(entry.counts)
        lines.append(entry.lines)
    shown = "".join(lines)
    if shown and not _is_plain(options):
        return None
    sys.stdout.write(shown)
    sys.stdout.flush()
    if not options.quiet:
        print(summary_line(tally), file=sys.stderr)
    return bool(reported)


def _is_plain(options: argparse.Namespace) -> bool:
    """Tell whether diagnostics are shown as bare lines."""
    forced = any(os.environ.get(name) for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    return not (options.show_source or options.color == "always" or forced or sys.stdout.isatty())
