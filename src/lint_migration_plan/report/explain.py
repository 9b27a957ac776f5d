"""The rules for a reader at a terminal: one rule's page, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.lint.registry import Entry
    from lint_migration_plan.lint.rule import AnyRule


def explain(rule: AnyRule) -> str:
    """Write a rule's page as Markdown: its id, its summary, how it stands by default, and the rest of its page."""
    summary, _, rest = rule.doc.strip().partition("\n")
    entry = ENTRIES.get(rule.id)
    facts = [f"- Category: {entry.category}"] if entry else []
    facts += [f"- Severity: {rule.severity.value}", f"- On by default: {'yes' if rule.enabled else 'no'}"]
    parts = (f"# {rule.id}", summary.strip(), "\n".join(facts), rest.strip())
    return "\n\n".join(part for part in parts if part) + "\n"


def reason(rule: AnyRule) -> str:
    """Give the section Why of a rule's page as one line."""
    _, _, behind = rule.doc.partition("## Why\n")
    return " ".join(behind.partition("\n## ")[0].split())


def list_rules(entries: Mapping[str, Entry] = ENTRIES) -> str:
    """List all rules by category, a line each: id, severity, summary."""
    wide = max((len(rule_id) for rule_id in entries), default=0)
    blocks = []
    for category in dict.fromkeys((*CATEGORIES, *(entry.category for entry in entries.values()))):
        lines = [_line(entry, wide) for entry in entries.values() if entry.category == category]
        if lines:
            blocks.append("\n".join([category, *lines, ""]))
    return "\n".join(blocks)


def _line(entry: Entry, wide: int) -> str:
    mark = "" if entry.enabled else " (off by default)"
    return f"  {entry.id:<{wide}}  {entry.severity:<7}  {entry.summary}{mark}".rstrip()
