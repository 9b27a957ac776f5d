"""All rules: their table, and their modules when one is needed.

The table is read from ``rule_table``, which holds what the rule modules say of themselves; run this module to write it
anew after a rule came, went or changed its summary or severity.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.lint.rule_table import TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.lint.rule import AnyRule

#: The categories in the order of a plan; each is a folder below ``rules/``.
CATEGORIES = ("document", "overview", "stages", "order", "gaps", "verification")


class Entry(NamedTuple):
    """A rule as the table has it; ``severity`` is a word: error, warning or info."""

    id: str
    category: str
    severity: str
    enabled: bool
    summary: str


ENTRIES: Mapping[str, Entry] = {row[0]: Entry(*row) for row in TABLE}


@cache
def load(rule_id: str) -> AnyRule:
    """Import a rule's module and give the rule; a KeyError where there is no such rule."""
    entry = ENTRIES[rule_id]
    module = import_module(f"lint_migration_plan.rules.{entry.category}.{rule_id.replace('-', '_')}")
    rule: AnyRule = module.RULE
    return rule


def scan() -> list[Entry]:
    """Read the entries from the rule modules themselves, in the order of the categories and then of the ids."""
    from pathlib import Path

    from lint_migration_plan import rules

    entries = []
    for category in CATEGORIES:
        for path in sorted((Path(rules.__path__[0]) / category).glob("[a-z]*.py")):
            rule: AnyRule = import_module(f"{rules.__name__}.{category}.{path.stem}").RULE
            summary = rule.doc.strip().splitlines()[0].rstrip(".")
            entries.append(Entry(rule.id, category, rule.severity.value, rule.enabled, summary))
    return entries


def table_text() -> str:
    """Write the module ``rule_table`` as it should be."""
    rows = "".join(f"    ({', '.join(map(_literal, entry))}),\n" for entry in scan())
    return _TABLE_MODULE.format(rows=rows)


def _literal(value: object) -> str:
    # The formatter wants double quotes.
    quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"' if isinstance(value, str) else repr(value)


_TABLE_MODULE = '''"""The table of all rules, so that a start imports only the rules that run.

Generated from the modules below ``rules/`` by ``python -m lint_migration_plan.lint.registry``; a test keeps it true.
"""

from __future__ import annotations

# fmt: off
# id, category, severity, on by default, summary
TABLE: tuple[tuple[str, str, str, bool, str], ...] = (
{rows})
'''


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name("rule_table.py").write_text(table_text(), encoding="utf-8")
