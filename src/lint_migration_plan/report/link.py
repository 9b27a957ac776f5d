"""Where a rule's page can be read on the web."""

from __future__ import annotations

#: What stands before a rule's id in the address of its page; None as long as the pages are published nowhere.
PAGES: str | None = None


def rule_url(rule_id: str) -> str | None:
    """Give the address of a rule's page, or None where it has none; ``--explain`` shows every page."""
    return None if PAGES is None else PAGES + rule_id
