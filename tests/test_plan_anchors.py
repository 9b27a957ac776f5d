"""Links to headings: what they must read when a heading changes."""

from __future__ import annotations

import pytest

from lint_migration_plan.markdown.document import Heading
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.anchors import carried


def renamed(text: str, old: str, new: str) -> str:
    """Give a heading another text, the first one with these words, and let the links go along."""
    document = parse_document(text)
    headings = (block for block in document.blocks if isinstance(block, Heading))
    heading = next(block for block in headings if old in block.text.plain)
    start = heading.text.plain.index(old)
    edits = {heading.text.slice(start, start + len(old)).span: new}
    links = [link for found in carried(document, edits).values() for link in found]
    for (begin, end), words in sorted([*edits.items(), *links], reverse=True):
        text = text[:begin] + words + text[end:]
    return text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[x](#my-goal)", "[x](#my-aim)"),
        ("[x](#My-Goal)", "[x](#my-aim)"),
        ('[x](<#my-goal> "why")', '[x](<#my-aim> "why")'),
        ("[x]\n\n[x]: #my-goal", "[x]\n\n[x]: #my-aim"),
        ('<a href="#my-goal">x</a>', '<a href="#my-aim">x</a>'),
        ("- > [x](#my-goal)", "- > [x](#my-aim)"),
        ("[x](other.md#my-goal)", "[x](other.md#my-goal)"),
        ("[x](#my-goal-2)", "[x](#my-goal-2)"),
        ("posted in #my-goal", "posted in #my-goal"),
        ("```\n[x](#my-goal)\n```", "```\n[x](#my-goal)\n```"),
        ("write `[x](#my-goal)`", "write `[x](#my-goal)`"),
        ('<a id="my-goal"></a>[x](#my-goal)', '<a id="my-goal"></a>[x](#my-goal)'),
    ],
)
def test_a_link_to_a_heading_goes_along(old: str, new: str) -> None:
    before, after = (f"{link}\n\n# My {word}\n" for link, word in ((old, "Goal"), (new, "Aim")))
    assert renamed(before, "Goal", "Aim") == after


@pytest.mark.parametrize(
    ("link", "heading", "old", "new", "expected"),
    [
        ("#phase-1--copy", "Phase 1 — Copy", "Phase", "Stage", "#stage-1--copy"),
        ("#phase-1-copy", "Phase 1 — Copy", "Phase", "Stage", "#stage-1-copy"),
        ("#-goal", "🎯 Goal", "Goal", "Motivation", "#-motivation"),
        ("#goal", "**Goal**", "Goal", "Motivation", "#motivation"),
        ("#goal-of-x", "Goal of [x](y)", "Goal", "Motivation", "#motivation-of-x"),
        ("#ziel-füße", "Ziel: Füße", "Ziel", "Zweck", "#zweck-füße"),
    ],
)
def test_a_heading_is_named_as_its_readers_name_it(link: str, heading: str, old: str, new: str, expected: str) -> None:
    text = f"[x]({link})\n\n## {heading}\n"
    assert renamed(text, old, new).startswith(f"[x]({expected})")


def test_of_two_headings_with_one_name_the_second_has_a_number() -> None:
    text = "[a](#goal) [b](#goal-1)\n\n# Goal\n\n## Goal\n"
    assert renamed(text, "Goal", "Aim") == "[a](#aim) [b](#goal)\n\n# Aim\n\n## Goal\n"
    text = "[a](#goal) [b](#aim)\n\n# Goal\n\n## Aim\n"
    assert renamed(text, "Goal", "Aim") == "[a](#aim) [b](#aim-1)\n\n# Aim\n\n## Aim\n"
