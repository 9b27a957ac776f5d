"""The page of all rules, written from the rules themselves.

``python -m lint_migration_plan.report.rules_page FILE`` writes it; a test keeps ``docs/rules.md`` current.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.registry import Entry

_HEAD = """\
# Rules

Written from the rules by `python -m lint_migration_plan.report.rules_page docs/rules.md`; the same text is printed by
`lint-migration-plan --explain RULE`. A rule is named by its id: in a selection, in the configuration, and in a comment
`<!-- lint-migration-plan: ignore[RULE] -- reason -->`.
"""


def rules_page() -> str:
    """Write the page: an index by category, then each rule."""
    categories = [category for category in CATEGORIES if any(entry.category == category for entry in ENTRIES.values())]
    parts = [_HEAD]
    for category in categories:
        entries = [entry for entry in ENTRIES.values() if entry.category == category]
        parts.append(f"## {category.capitalize()}\n")
        parts.append("| rule | severity | what it finds |\n|---|---|---|\n" + "".join(map(_row, entries)))
        parts += [_section(entry) for entry in entries]
    return "\n".join(parts)


def _row(entry: Entry) -> str:
    off = "" if entry.enabled else ", off by default"
    return f"| [{entry.id}](#{entry.id}) | {entry.severity}{off} | {entry.summary} |\n"


def _section(entry: Entry) -> str:
    summary, _, rest = load(entry.id).doc.strip().partition("\n")
    off = "" if entry.enabled else ", off by default"
    return f"### {entry.id}\n\n{summary} ({entry.severity}{off})\n" + "\n".join(_lowered(rest)) + "\n"


def _lowered(text: str) -> Iterator[str]:
    """Lower the headings of a rule's page by two levels, but not those within its examples."""
    fence = ""
    for line in text.rstrip().split("\n"):
        mark = line[: len(line) - len(line.lstrip("`"))]
        if len(mark) >= 3 and not fence:  # noqa: PLR2004 - a fence
            fence = mark
        elif fence and line == fence:
            fence = ""
        yield f"##{line}" if line.startswith("#") and not fence else line


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rules_page(), encoding="utf-8")
