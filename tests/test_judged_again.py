"""A plan that is changed again and again is judged each time as if nobody had seen it before.

What is known of texts and parts that did not change is kept: it must never be known of another one, nor of another
place.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from forgetting import forget
from hostile.targets import EVERY_RULE
from lint_migration_plan.config.settings import VocabularySettings
from lint_migration_plan.lint import words
from lint_migration_plan.lsp.convert import Encoding
from lint_migration_plan.lsp.diagnostics import report
from lint_migration_plan.lsp.workspace import Workspace
from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.once import once_a_text
from opened import ABLE
from test_markdown_parts import LINES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lint_migration_plan.markdown.inline import Text

FIXTURES = Path(__file__).parent.parent / "fixtures"
#: Sound plans, and one plan with a defect for each rule.
PLANS = [
    path.read_bytes().decode("utf-8", "replace")
    for path in sorted([*FIXTURES.glob("plans/*.md"), *FIXTURES.glob("*/invalid.md")])
]
#: What makes or mends a defect, wherever it is put.
PIECES = [
    *(
        "**Risk**: low",
        "**Risk**: lwo",
        "**Dependencies**: Stage 2, Stage 9",
        "**Effort**: 3 weeks",
        "**Rollback**: TBD",
    ),
    *("- {dates}", "- [x] done", "[Stage 2]", "see [r]", "[r]: /elsewhere", "[x]: https://a.example 'T'", "TBD", "n/a"),
    *("## Migration: Another to B", "### Stage 9 — Drop the old column", "### Phase 2: Y", "#### Rollback", "# Notes"),
    *("| low | high |", "Depends on Stage 3.", "- Drop the old column `a`", "- Reads `a` instead of `b`", "type: x"),
    *("<!-- lint-migration-plan: ignore[unknown-risk] -- so -->", "<!-- lint-migration-plan: ignore -->", "---"),
    *(
        "Both the old and the new API work until Stage 4.",
        "- Add a shim",
        "- Remove the shim",
        "Stage",
        "**",
        "`",
        "~~",
    ),
]
EDITS = ("put", "type", "delete", "double a section", "drop a section", "rename", "rename headings", "ends", "indent")
edits = st.lists(
    st.tuples(
        st.sampled_from(EDITS),
        st.integers(0, 10_000),
        st.integers(0, 5),
        st.sampled_from([*PIECES, *LINES]),
    ),
    min_size=1,
    max_size=5,
)


def edited(text: str, edit: str, place: int, size: int, piece: str) -> str:
    """Change a text in one way, at a place that is taken modulo of those that there are."""
    lines = text.splitlines(keepends=True) or [""]
    line = place % len(lines)
    sections = re.split(r"(?m)^(?=#{2,3} )", text)
    section = place % len(sections)
    match edit:
        case "put":
            lines.insert(line, f"{piece}\n")
        case "type":
            at = place % (len(text) + 1)
            return text[:at] + piece[: size + 1] + text[at:]
        case "delete":
            del lines[line : line + size + 1]
        case "double a section":
            return "".join([*sections[: section + 1], *sections[section:]])
        case "drop a section":
            return "".join([*sections[:section], *sections[section + 1 :]])
        case "rename":
            return text.replace("Stage", "Phase") if "Stage" in text else text.replace("Phase", "Stage")
        case "rename headings":
            return re.sub(r"(?m)^(#{2,4} )(?:Stage|Phase)\b", r"\1Wave", text)
        case "ends":
            return text.replace("\r\n", "\n") if "\r\n" in text else text.replace("\n", "\r\n")
        case "indent":
            lines[line] = " " * size + lines[line]
    return "".join(lines)


def verdicts(texts: Iterable[str]) -> list[object]:
    """Judge texts in one editor, one after the other: what is known of each, and what the editor is told."""
    held = Workspace(Encoding.UTF16, None, EVERY_RULE)
    found: list[object] = []
    for version, text in enumerate(texts):
        document = held.put("file:///plan.md", None, version, text)
        told = report(held, document, ABLE)
        found.append((held.judged(document).diagnostics, told))
    return found


@settings(max_examples=30)
@given(st.sampled_from(PLANS), edits)
@example(PLANS[0], [("rename headings", 0, 0, ""), ("put", 30, 0, "- Depends on phase 1 and wave 2")])
@example(PLANS[0], [("put", 0, 0, ""), ("put", 3, 0, "[r]: /u"), ("ends", 0, 0, ""), ("rename", 0, 0, "")])
def test_each_version_of_a_plan_is_judged_as_if_it_were_the_first(
    plan: str, changes: list[tuple[str, int, int, str]]
) -> None:
    texts = [plan]
    for change in changes:
        texts.append(edited(texts[-1], *change))
    # Back to where it began: by now all of it is known.
    texts += [plan]
    again = verdicts(texts)
    for text, verdict in zip(texts, again, strict=True):
        forget()
        assert verdicts([text]) == [verdict], text


def test_a_fact_is_kept_for_a_text_a_stretch_and_what_else_is_given() -> None:
    asked: list[tuple[str, int]] = []

    @once_a_text
    def fact(text: Text, given: int) -> int:
        asked.append((text.plain, given))
        return len(text) * given

    forget()
    for text in (literal("one two"), literal("one two")):
        assert [fact(text, 1), fact(text, 2), fact(text.slice(0, 3), 2), fact(text.slice(4), 1)] == [7, 14, 6, 3]
    assert asked == [("one two", 1), ("one two", 2), ("one", 2), ("two", 1)]


def test_a_text_that_names_a_reference_is_read_with_those_of_its_document() -> None:
    plan = "## Migration: A to B\n\n### Stage 1 — X\n\n**Risk**: [low]\n"
    defined = f"{plan}\n[low]: /scale\n"
    again = verdicts([plan, defined, plan])
    assert again[0] == again[2] != again[1]


def test_a_stage_is_read_anew_where_only_a_part_below_its_heading_changes() -> None:
    def plan(rollback: str) -> str:
        return (
            "## Migration: A to B\n\n### Stage 1 — X\n\n**Risk**: low\n\n"
            f"#### Rollback\n\n{rollback}\n\n#### Verification\n\n- Call `x`, and see 200.\n"
        )

    texts = [plan(rollback) for rollback in ("- Restore it.", "- TBD", "None.", "- Restore it.")]
    again = verdicts(texts)
    for text, verdict in zip(texts, again, strict=True):
        forget()
        assert verdicts([text]) == [verdict]
    assert again[0] != again[1] != again[2] != again[3]


def test_what_is_known_of_a_text_has_an_end() -> None:
    text = literal("one two")

    @once_a_text
    def fact(text: Text, given: int) -> int:
        return len(text) * given

    for number in range(10_000):
        assert fact(text, number) == 7 * number
        assert len(text.kept) <= 100


def test_the_same_settings_have_one_vocabulary() -> None:
    for hours in (8, 6, 7, 6):
        vocabulary = words.vocabulary_of(VocabularySettings(hours_per_day=hours))
        assert vocabulary is words.vocabulary_of(VocabularySettings(hours_per_day=hours))
        assert vocabulary.hours_per_day == hours
