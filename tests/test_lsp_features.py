"""What the language server says of a document: each feature at its characters, in each encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.read_file import UnreadableFileError
from lint_migration_plan.lsp.actions import FIX_ALL, Asked, code_actions, resolve
from lint_migration_plan.lsp.client import Client
from lint_migration_plan.lsp.completion import completions
from lint_migration_plan.lsp.convert import Encoding
from lint_migration_plan.lsp.diagnostics import report
from lint_migration_plan.lsp.edits import edits_to
from lint_migration_plan.lsp.formatting import CannotFormatError, formatted
from lint_migration_plan.lsp.hover import hover
from lint_migration_plan.lsp.references import (
    CannotRenameError,
    definition,
    prepare_rename,
    references,
    rename_at,
)
from lint_migration_plan.lsp.symbols import flat, folds, symbols
from opened import ABLE, CURSOR, GOOD_TEXT, Opened, applied, edits_in, opened, shown_at, with_cursor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAIN = Client()

#: A plan with a slip behind an emoji, a tab and a combined letter, in a file with carriage returns.
SLIP = GOOD_TEXT.replace("data\n**Risk**: medium", "data — 🚀\te\u0301 **Risk**: Meduim").replace("\n", "\r\n")


# --- diagnostics ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", Encoding)
def test_a_diagnostic_stands_at_its_characters(encoding: Encoding) -> None:
    text = GOOD_TEXT.replace("**Dependencies**: Stage 3", "**Dependencies**: 🚀\te\u0301 Stage 3, Stage 77")
    held, document, _ = opened(text.replace("\n", "\r\n"), encoding=encoding)
    said = report(held, document, PLAIN)
    assert (said[0].code, said[0].severity) == ("unreadable-dependency", types.DiagnosticSeverity.Error)
    assert shown_at(document, said[0].range) == "🚀\te\u0301 Stage 3"
    (line,) = [number for number, line in enumerate(document.text.split("\r\n")) if "Stage 77" in line]
    assert said[0].range.start.line == line


@pytest.mark.parametrize(
    ("encoding", "start"),
    [(Encoding.UTF8, 37), (Encoding.UTF16, 35), (Encoding.UTF32, 34)],
)
def test_a_word_behind_an_emoji_is_marked(encoding: Encoding, start: int) -> None:
    text = GOOD_TEXT.replace(
        "| Connection strings stand in a file | low | 4h | Stage 2 |", "| Strings 🚀\tin files | low | 4h | Stage 22 |"
    )
    held, document, _ = opened(text, encoding=encoding)
    said = next(each for each in report(held, document, PLAIN) if each.code == "unknown-gap-stage")
    assert shown_at(document, said.range) == "Stage 22"
    assert said.range.start.character == start


def test_a_document_that_is_no_plan_has_none() -> None:
    held, document, _ = opened("# Notes\n\nRisk: huge\n")
    assert report(held, document, PLAIN) == []


def test_related_places_tags_and_links_are_for_editors_that_show_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lint_migration_plan.report.link.PAGES", "https://example.com/rules#")
    text = GOOD_TEXT.replace("Stage 6 —", "Stage 5 —").replace(
        "### Motivation", "<!-- lint-migration-plan: ignore[unknown-risk] -- so be it -->\n\n### Motivation"
    )
    held, document, _ = opened(text)
    able = {each.code: each for each in report(held, document, ABLE)}
    plain = {each.code: each for each in report(held, document, PLAIN)}
    double = able["duplicate-stage-number"]
    assert double.related_information
    assert {place.location.uri for place in double.related_information} == {document.uri}
    assert double.code_description == types.CodeDescription("https://example.com/rules#duplicate-stage-number")
    assert able["unused-suppression"].tags == [types.DiagnosticTag.Unnecessary]
    assert double.tags is None
    for each in plain.values():
        assert (each.related_information, each.tags, each.code_description) == (None, None, None)


def test_a_related_place_in_a_gap_map_is_in_that_file(tmp_path: Path) -> None:
    gaps = tmp_path / "gaps.md"
    lines = [line for line in GOOD_TEXT.splitlines() if line.startswith("| ") and ("h |" in line or "2d |" in line)]
    table = [
        "| Gap | Risk | Effort | Stage | Notes |",
        "|---|---|---|---|---|",
        *lines,
        "| 🚀 The old 🚀 kiosk has no owner | low | 1h | | |",
    ]
    gaps.write_text("\n".join(table), "utf-8")
    text = GOOD_TEXT.replace("| Gap | Risk", "See [the gap map](gaps.md).\n\n| Gap | Risk")
    held, document, _ = opened(text, str(tmp_path / "plan.md"))
    places = [
        place.location
        for each in report(held, document, ABLE)
        if each.code == "unmapped-gap"
        for place in each.related_information or ()
    ]
    assert [(place.uri, place.range.start.line) for place in places] == [(gaps.as_uri(), len(table) - 1)]
    start, end = places[0].range.start.character, places[0].range.end.character
    line = table[-1]
    assert line.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "🚀 The old 🚀 kiosk has no owner"


def test_a_configuration_that_cannot_be_used_is_said_in_the_first_line(tmp_path: Path) -> None:
    (tmp_path / ".lint-migration-plan.yaml").write_text("nonsense: 1\n")
    held, document, _ = opened(SLIP, str(tmp_path / "plan.md"))
    (said,) = report(held, document, PLAIN)
    assert "unknown key 'nonsense'" in said.message
    assert shown_at(document, said.range) == "# Orders platform"


def test_what_fails_before_any_rule_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("lint_migration_plan.lsp.workspace.parse_file", fail)
    held, document, _ = opened(SLIP)
    (said,) = report(held, document, PLAIN)
    assert (said.code, said.message) == ("internal-error", "not linted: RecursionError: too deep")


def test_a_text_that_is_too_large_for_a_file_is_not_read_and_that_is_said(tmp_path: Path) -> None:
    config = tmp_path / ".lint-migration-plan.yaml"
    config.write_text("max-file-size: 1000\n")
    held, document, _ = opened(SLIP, str(tmp_path / "plan.md"))
    (said,) = report(held, document, ABLE)
    size = len(SLIP.encode())
    assert said.code == "unreadable-file"
    assert said.message == (
        f"the file has {size:,} bytes, and at most 1,000 are read; split it, or raise max-file-size"
    )
    with pytest.raises(UnreadableFileError):
        held.plans(document)
    small = held.put(document.uri, document.path, 2, "é" * 500)
    assert report(held, small, ABLE) == []
    config.write_text("max-file-size: 1000\nexclude: [plan.md]\n")
    held.forget_files()
    assert report(held, document.anew(), ABLE) == []


def test_no_more_diagnostics_are_shown_than_the_limit_allows(tmp_path: Path) -> None:
    from program import BAD, BAD_RULES

    (tmp_path / ".lint-migration-plan.yaml").write_text("max-diagnostics: 1\n")
    held, document, _ = opened(BAD.decode(), str(tmp_path / "plan.md"))
    assert [each.code for each in report(held, document, ABLE)] == [BAD_RULES[0], "too-many-diagnostics"]


def test_excluded_files_and_the_baseline_count_as_on_the_command_line(tmp_path: Path) -> None:
    from program import lint

    plan = tmp_path / "plan.md"
    plan.write_text(SLIP, "utf-8", newline="")
    config = tmp_path / ".lint-migration-plan.yaml"
    config.write_text("baseline: known.txt\n")
    assert lint(str(plan), "--write-baseline").status == 0
    held, document, _ = opened(SLIP, str(plan))
    assert report(held, document, PLAIN) == []
    worse = held.put(document.uri, document.path, 2, SLIP.replace("**Risk**: low", "**Risk**: lwo", 1))
    assert [each.code for each in report(held, worse, PLAIN)] == ["unknown-risk"]
    config.write_text("exclude: [plan.md]\n")
    held.forget_files()
    assert report(held, worse.anew(), PLAIN) == []


# --- actions ----------------------------------------------------------------------------------------------------------


def actions(
    held: Opened, client: Client = PLAIN, only: Sequence[str] | None = None, reason: str = "see ADR 12"
) -> dict[str, types.CodeAction]:
    """Give the actions at the cursor, each with its edit, by their titles."""
    asked = Asked(held.held, client, reason)
    here = types.Range(held.position, held.position)
    params = types.CodeActionParams(held.identifier, here, types.CodeActionContext([], only=only))
    found = code_actions(asked, held.document, params)
    return {each.title: resolve(asked, held.document, each) for each in found}


@pytest.mark.parametrize("client", [PLAIN, ABLE])
@pytest.mark.parametrize("encoding", Encoding)
def test_a_fix_changes_its_characters_only(encoding: Encoding, client: Client) -> None:
    held = opened(with_cursor(SLIP, "Medu"), encoding=encoding)
    action = actions(held, client)["Write 'medium' for 'Meduim'"]
    assert action.kind == types.CodeActionKind.QuickFix
    assert action.is_preferred
    assert [each.code for each in action.diagnostics or ()] == ["unknown-risk"]
    assert applied(held.document, edits_in(action.edit)) == SLIP.replace("Meduim", "medium")


def test_an_unsafe_fix_says_so_and_is_not_preferred() -> None:
    text = GOOD_TEXT.replace("**Rollback tested**: yes\n", "", 1)
    held = opened(with_cursor(text, "### Stage 1"))
    action = actions(held)["Add 'Rollback tested', to be filled in (unsafe: look at the result)"]
    assert not action.is_preferred
    assert "\n**Rollback tested**: yes / no / N/A\n" in applied(held.document, edits_in(action.edit))


def test_an_edit_is_of_the_version_that_the_editor_has() -> None:
    held = opened(with_cursor(SLIP, "Medu"))
    edit = actions(held, ABLE)["Write 'medium' for 'Meduim'"].edit
    assert edit is not None
    assert edit.changes is None
    (change,) = edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (held.document.uri, 1)


def test_one_diagnostic_is_suppressed_with_a_reason() -> None:
    text = SLIP.replace("**Risk**: low", "**Risk**: lwo", 1)
    held = opened(with_cursor(text, "Medu"))
    action = actions(held)["Suppress unknown-risk here, with a reason"]
    new = applied(held.document, edits_in(action.edit))
    comment = " <!-- lint-migration-plan: ignore[unknown-risk] -- see ADR 12 -->"
    assert new == text.replace("Meduim", f"Meduim{comment}")
    again = opened(new)
    assert [each.code for each in report(again.held, again.document, PLAIN)] == ["unknown-risk"]


def test_a_habit_is_suppressed_at_each_of_its_places() -> None:
    text = GOOD_TEXT.replace("### Stage", "### Phase")
    held = opened(with_cursor(text, "### Phase 1"))
    titles = actions(held)
    action = titles["Suppress stage-heading here, with a reason"]
    new = applied(held.document, edits_in(action.edit))
    assert new.count("ignore[stage-heading] -- see ADR 12") == 6
    again = opened(new)
    assert "stage-heading" not in [each.code for each in report(again.held, again.document, PLAIN)]


def test_at_a_place_that_is_alike_the_habit_can_be_mended() -> None:
    text = GOOD_TEXT.replace("### Stage", "### Phase")
    assert "Suppress stage-heading here, with a reason" in actions(opened(with_cursor(text, "### Phase 3")))


def test_all_that_is_safe_is_mended_at_once() -> None:
    text = SLIP.replace("**Risk**: low", "**Risk**: lwo", 1).replace("**Rollback tested**: yes\r\n", "", 1)
    held = opened(with_cursor(text, "# Orders"))
    (action,) = actions(held, only=["source.fixAll"]).values()
    assert action.kind == FIX_ALL
    new = applied(held.document, edits_in(action.edit))
    assert new == text.replace("Meduim", "medium").replace("lwo", "low")
    assert len(edits_in(action.edit)) == 2


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, {"quickfix", FIX_ALL}),
        (["quickfix"], {"quickfix"}),
        (["source"], {FIX_ALL}),
        ([FIX_ALL], {FIX_ALL}),
        (["source.fixAll.other", "refactor"], set()),
        (["quick"], set()),
    ],
)
def test_only_what_is_asked_for_is_offered(only: list[str] | None, kinds: set[str]) -> None:
    held = opened(with_cursor(SLIP, "Medu"))
    assert {getattr(each.kind, "value", each.kind) for each in actions(held, only=only).values()} == kinds


def test_an_action_that_comes_too_late_has_no_edit() -> None:
    held = opened(with_cursor(SLIP, "Medu"))
    asked = Asked(held.held, ABLE)
    params = types.CodeActionParams(
        held.identifier, types.Range(held.position, held.position), types.CodeActionContext([])
    )
    late = [each for each in code_actions(asked, held.document, params) if each.edit is None]
    assert len(late) == 2
    newer = held.held.put(held.document.uri, None, 2, held.document.text + "\nMore.\n")
    assert [resolve(asked, newer, each).edit for each in late] == [None, None]


def test_what_cannot_be_suppressed_is_not_offered_where_the_edit_must_come_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from lint_migration_plan.lint.add_suppressions import CannotSuppressError

    def refuse(*_: object) -> None:
        raise CannotSuppressError("no")

    monkeypatch.setattr("lint_migration_plan.lsp.actions.add_suppressions", refuse)
    held = opened(with_cursor(SLIP, "Medu"))
    assert "Suppress unknown-risk here, with a reason" not in actions(held)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("a\n", "a\n"),
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb", "a\nb\n"),
        ("a\r\nb\r\n", "b\r\n"),
        ("", "a\n"),
        ("a\n", ""),
        ("a\na\na\n", "a\na\n"),
        ("x\na\ny\nb\nz\n", "x\n1\ny\n2\nz\n"),
        ("\ufeffa\nb\n", "\ufeffa\nc\n"),
        ("a 🚀\nb\n" * 4000, "b\na 🚀\n" * 4000),
    ],
)
def test_edits_lead_to_the_other_text(old: str, new: str) -> None:
    document = opened(old).document
    edits = edits_to(document, new)
    assert applied(document, edits) == new
    assert bool(edits) == (old != new)


# --- hover ------------------------------------------------------------------------------------------------------------


def said_at(text: str, client: Client = ABLE) -> str | None:
    """Give what is said at the cursor."""
    held = opened(text)
    found = hover(held.held, held.document, held.position, client)
    assert found is None or isinstance(found.contents, types.MarkupContent)
    return None if found is None else found.contents.value  # type: ignore[union-attr] # asserted above


def test_the_page_of_a_rule_is_shown_with_what_the_field_may_hold() -> None:
    said = said_at(with_cursor(SLIP, "Medu"))
    assert said is not None
    assert said.startswith("# unknown-risk\n\nRisk that is not low, medium or high.")
    assert "\n\n---\n\n**Risk**\n\n`low`, `medium`, `high`." in said


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("**Risk**: l", "**Risk**\n\n`low`, `medium`, `high`. "),
        ("**Layers aff", "`infrastructure`, `data`, `dependencies`, `code`, `config`, `consumers`."),
        ("**Rollback tested**: y", "`yes`, `no`, `N/A`; N/A with a reason."),
        ("**Estimated eff", "`4h`, `2d`, `1w`"),
        ("**Dependenc", "`none`, or the stages that must be done first"),
    ],
)
def test_a_field_says_what_it_may_hold(at: str, expected: str) -> None:
    assert expected in (said_at(with_cursor(GOOD_TEXT, at)) or "")


def test_the_words_of_a_team_are_among_the_values(tmp_path: Path) -> None:
    (tmp_path / ".lint-migration-plan.yaml").write_text("vocabulary: {risks: {medium: [moderate]}}\n")
    held = opened(with_cursor(GOOD_TEXT, "**Risk**: l"), str(tmp_path / "plan.md"))
    found = hover(held.held, held.document, held.position, ABLE)
    assert found is not None
    assert "`moderate`" in str(found.contents)


@pytest.mark.parametrize(
    "at", ["### Stage 4 — Rep", "Stage 1, Stage 2, Sta", "| Orders exist in one database only | medium | 2d | S"]
)
def test_a_stage_is_summed_up_at_its_heading_and_where_it_is_named(at: str) -> None:
    assert said_at(with_cursor(GOOD_TEXT, at)) == (
        "**`Stage 4 — Replicate the orders`**\n\n"
        "- Layers affected: `data`\n"
        "- Risk: `medium`\n"
        "- Estimated effort: `3d`\n"
        "- Depends on: `stage 3`\n"
        "- Needed by: `stage 5`, `stage 6`\n"
        "- The layers after it: `config` both, `data` both, `code` both"
    )


@pytest.mark.parametrize("at", ["# Orders pl", "which reads `orders/d", "### Motiv"])
def test_elsewhere_nothing_is_said(at: str) -> None:
    assert said_at(with_cursor(GOOD_TEXT, at)) is None


def test_an_editor_without_markdown_gets_plain_text() -> None:
    held = opened(with_cursor(GOOD_TEXT, "**Risk**: l"))
    found = hover(held.held, held.document, held.position, PLAIN)
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.kind == types.MarkupKind.PlainText


# --- outline and folds ------------------------------------------------------------------------------------------------


def test_the_outline_is_the_plan_its_sections_stages_and_fields() -> None:
    held = opened(GOOD_TEXT)
    (plan,) = symbols(held.document, held.held.plans(held.document))
    assert plan.name == "Orders database to PostgreSQL 16"
    names = [child.name for child in plan.children or ()]
    assert names[:6] == [
        "From",
        "To",
        "Motivation",
        "Timeline",
        "Abort criteria",
        "Stage 1 — Test the service against PostgreSQL 16",
    ]
    assert names[-2:] == ["Gap → Stage Mapping", "Verification per stage"]
    stage = (plan.children or ())[5]
    assert [child.name for child in stage.children or ()][:3] == ["What changes", "Layers affected", "Risk"]
    assert shown_at(held.document, stage.selection_range) == "Stage 1 — Test the service against PostgreSQL 16"


@pytest.mark.parametrize("text", [GOOD_TEXT, SLIP, GOOD_TEXT.replace("## Migration: Orders database", "## Migration:")])
def test_what_is_chosen_of_a_symbol_lies_in_its_whole(text: str) -> None:
    held = opened(text)

    def check(symbol: types.DocumentSymbol) -> None:
        whole, chosen = symbol.range, symbol.selection_range
        assert (whole.start.line, whole.start.character) <= (chosen.start.line, chosen.start.character)
        assert (chosen.end.line, chosen.end.character) <= (whole.end.line, whole.end.character)
        assert symbol.name
        for child in symbol.children or ():
            check(child)

    for symbol in symbols(held.document, held.held.plans(held.document)):
        check(symbol)


def test_an_editor_without_trees_gets_a_list() -> None:
    held = opened(GOOD_TEXT)
    found = flat(held.document, symbols(held.document, held.held.plans(held.document)))
    risk = next(each for each in found if each.name == "Risk")
    assert risk.container_name == "Stage 1 — Test the service against PostgreSQL 16"
    assert len(found) == 1 + 7 + 6 + 6 * 9


def test_sections_stages_tables_code_and_comments_are_folded() -> None:
    text = (
        "---\nmigration-plan:\n  type: platform\n---\n\n## Migration: X\n\n### Stage 1 — A\n\n```sh\na\nb\n```\n\n"
        "<!-- one\ntwo -->\n\n## Verification per stage\n\n| Stage |\n|---|\n| 1 |\n"
    )
    held = opened(text)
    file = held.held.parsed(held.document).file
    found = folds(held.document, file.document, file.plans)
    assert [(each.start_line, each.end_line, getattr(each.kind, "value", each.kind)) for each in found] == [
        (0, 3, "region"),
        (5, 15, "region"),
        (7, 15, "region"),
        (9, 12, "region"),
        (14, 15, "comment"),
        (17, 21, "region"),
        (19, 21, "region"),
    ]


# --- definition, references, rename -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "headings"),
    [
        ("**Dependencies**: Stage 1, Stage 2, Stage", ["Stage 4 — Replicate the orders"]),
        ("🚀\te\u0301 before Sta", ["Stage 3 — Set up the managed instance"]),
        ("| 6", ["Stage 6 — Decommission the old database"]),
        ("| high | 4h | Sta", ["Stage 5 — Switch the service to the new instance"]),
        ("### Stage 2 — Read", ["Stage 2 — Read connection strings from the secret store"]),
        ("Stop the writers", None),
    ],
)
@pytest.mark.parametrize("encoding", Encoding)
def test_a_stage_that_is_named_leads_to_its_heading(at: str, headings: list[str] | None, encoding: Encoding) -> None:
    text = GOOD_TEXT.replace("empty.", "empty, 🚀\te\u0301 before Stage 3 ends.").replace("\n", "\r\n")
    held = opened(with_cursor(text, at, behind="## Verification" if at == "| 6" else ""), encoding=encoding)
    found = definition(held.document, held.held.plans(held.document), held.position)
    assert [shown_at(held.document, each.range) for each in found or ()] == (headings or [])
    assert (found is None) == (headings is None)


def test_a_range_leads_to_each_of_its_stages() -> None:
    text = GOOD_TEXT.replace("**Dependencies**: Stage 1, Stage 2, Stage 4", "**Dependencies**: Stages 1-4")
    held = opened(with_cursor(text, "Stages 1"))
    assert len(definition(held.document, held.held.plans(held.document), held.position) or ()) == 4


@pytest.mark.parametrize("declaration", [True, False])
def test_all_that_names_a_stage_is_found(declaration: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = GOOD_TEXT.replace("empty.", "empty. It waits for Stage 4; `stage 4` is code, and so is [Stage 4](#x).")
    held = opened(with_cursor(text, "### Stage 4"))
    found = references(held.document, held.held.plans(held.document), held.position, declaration=declaration)
    words = [shown_at(held.document, each.range) for each in found or ()]
    assert words == [
        *["Stage 4", "Stage 4"],
        *["Stage 4 — Replicate the orders"] * declaration,
        *["Stage 4", "Stage 4", "4"],
    ]


def test_where_no_stage_is_there_are_no_references() -> None:
    held = opened(with_cursor(GOOD_TEXT, "# Ord"))
    assert references(held.document, held.held.plans(held.document), held.position, declaration=True) is None
    held = opened(f"# {CURSOR}Notes\n")
    assert references(held.document, held.held.plans(held.document), held.position, declaration=True) is None


def renamed(text: str, new: str, encoding: Encoding = Encoding.UTF16) -> str:
    """Rename what stands at the cursor."""
    held = opened(text, encoding=encoding)
    params = types.RenameParams(held.identifier, held.position, new)
    return applied(held.document, edits_in(rename_at(held.document, held.held.plans(held.document), params, ABLE)))


@pytest.mark.parametrize("new", ["9", "Stage 9", " stage 9 "])
@pytest.mark.parametrize(
    ("at", "behind"), [("### Stage 4", ""), ("Stage 1, Stage 2, Stage 4", ""), ("| 4", "## Verification")]
)
def test_a_new_number_goes_wherever_the_old_one_stood(at: str, behind: str, new: str) -> None:
    new_text = renamed(with_cursor(GOOD_TEXT, at, behind=behind), new)
    expected = GOOD_TEXT.replace("Stage 4", "Stage 9").replace("| 4 |", "| 9 |")
    assert new_text == expected


@pytest.mark.parametrize("encoding", Encoding)
def test_a_new_number_keeps_all_other_bytes(encoding: Encoding) -> None:
    text = GOOD_TEXT.replace("empty.", "empty 🚀\t(e\u0301). Stage 4 waits.").replace("\n", "\r\n")
    assert renamed(with_cursor(text, "### Stage 4"), "9", encoding) == text.replace("Stage 4", "Stage 9").replace(
        "| 4 |", "| 9 |"
    )


def test_the_end_of_a_range_is_the_one_that_is_renamed() -> None:
    text = GOOD_TEXT.replace("**Dependencies**: Stage 5", "**Dependencies**: Stages 4-6 and Stage 5")
    held = opened(with_cursor(GOOD_TEXT.replace("Stage 1, Stage 2, Stage 4", "Stages 1-4"), "Stages 1-4"))
    found = prepare_rename(held.document, held.held.plans(held.document), held.position)
    assert found is not None
    assert (found.placeholder, shown_at(held.document, found.range)) == ("4", "4")
    assert text


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("5", "there is stage 5 already; renumber that one first"),
        ("last", "'last' is no number of a stage; give a whole number"),
        ("4b", "'4b' is no number of a stage; give a whole number"),
        ("Phase 9", "'Phase 9' is no number of a stage; give a whole number"),
        ("", "'' is no number of a stage; give a whole number"),
    ],
)
def test_what_is_no_free_number_is_turned_down(new: str, why: str) -> None:
    with pytest.raises(CannotRenameError) as turned_down:
        renamed(with_cursor(GOOD_TEXT, "### Stage 4"), new)
    assert str(turned_down.value) == why


@pytest.mark.parametrize(
    ("old", "text", "why"),
    [
        (
            "`test-pg16` is green",
            "`stage 4` is green",
            "stage 4 cannot be renumbered: this is code, which may need the number that it has: ",
        ),
        ("### Stage 6", "### Stage 3", "two stages have the same number"),
        ("### Stage 6", "### Stage 6a", "not all numbered with whole numbers"),
    ],
)
def test_what_cannot_be_carried_along_is_said(old: str, text: str, why: str) -> None:
    with pytest.raises(CannotRenameError) as turned_down:
        renamed(with_cursor(GOOD_TEXT.replace(old, text), "### Stage 4"), "9")
    assert why in str(turned_down.value)


def test_where_no_stage_is_nothing_is_renamed() -> None:
    held = opened(with_cursor(GOOD_TEXT, "# Ord"))
    assert prepare_rename(held.document, held.held.plans(held.document), held.position) is None
    with pytest.raises(CannotRenameError):
        renamed(with_cursor(GOOD_TEXT, "# Ord"), "9")


@pytest.mark.parametrize("name", ["Replicate `orders` now", "Replicate `orders`", "Replicate the [orders](#orders)"])
def test_a_name_is_renamed_with_its_markup(name: str) -> None:
    text = GOOD_TEXT.replace("Replicate the orders", name)
    held = opened(with_cursor(text, "### Stage 4 — Repl"))
    found = prepare_rename(held.document, held.held.plans(held.document), held.position)
    assert found is not None
    assert found.placeholder == name
    assert renamed(with_cursor(text, "### Stage 4 — Repl"), "Copy `orders`") == text.replace(name, "Copy `orders`")


# --- completion -------------------------------------------------------------------------------------------------------


def offered(text: str, client: Client = PLAIN, encoding: Encoding = Encoding.UTF16) -> list[tuple[str, str]]:
    """Give what is offered at the cursor: the label, and the line of the cursor when it is chosen."""
    held = opened(text, encoding=encoding)
    found = completions(held.document, held.held.parsed(held.document), held.position, client)
    lines = []
    for each in found:
        assert isinstance(each.text_edit, types.TextEdit)
        new = applied(held.document, [each.text_edit])
        lines.append((each.label, new.splitlines()[held.position.line]))
    assert [each.sort_text for each in found] == sorted(str(each.sort_text) for each in found)
    return lines


def last_stage(line: str) -> str:
    """Write a line into the last stage, before its changes."""
    return GOOD_TEXT.replace("**Dependencies**: Stage 5\n", f"{line}\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Risk**: ‸", [("low", "**Risk**: low"), ("medium", "**Risk**: medium"), ("high", "**Risk**: high")]),
        ("**Risk:** m‸", [("low", "**Risk:** low"), ("medium", "**Risk:** medium"), ("high", "**Risk:** high")]),
        ("- Risk: ‸", [("low", "- Risk: low"), ("medium", "- Risk: medium"), ("high", "- Risk: high")]),
        (
            "**Rollback tested**: ‸",
            [(each, f"**Rollback tested**: {each}") for each in ("yes", "no", "N/A")],
        ),
        ("**Estimated effort**: ‸", []),
        ("**What changes**: The service reads the‸", []),
        ("The service waits.‸", []),
    ],
)
def test_values_of_a_field_are_offered(line: str, expected: list[tuple[str, str]]) -> None:
    assert offered(last_stage(line)) == expected


def test_layers_are_offered_one_by_one() -> None:
    assert offered(last_stage("**Layers affected**: data / co‸"))[3] == ("code", "**Layers affected**: data / code")


def test_dependencies_are_none_or_stages_by_name_the_nearest_first() -> None:
    found = offered(last_stage("**Dependencies**: Stage 1, ‸"))
    assert found[:3] == [
        ("none", "**Dependencies**: Stage 1, none"),
        ("Stage 5 — Switch the service to the new instance", "**Dependencies**: Stage 1, Stage 5"),
        ("Stage 4 — Replicate the orders", "**Dependencies**: Stage 1, Stage 4"),
    ]
    assert len(found) == 6


def test_behind_the_word_for_stages_their_numbers_are_offered() -> None:
    found = offered(last_stage("The dump waits for Stage ‸"))
    assert found[2] == ("Stage 3 — Set up the managed instance", "The dump waits for Stage 3")


def test_labels_are_offered_those_first_that_are_missing() -> None:
    found = offered(last_stage("‸"))
    assert found[0] == ("Dependencies", "**Dependencies**: ")
    assert len(found) == 10
    assert offered(last_stage("**De‸"))[0] == ("Dependencies", "**Dependencies**: ")
    # An editor that closes marks by itself has put two there.
    assert offered(last_stage("**De‸**"))[0] == ("Dependencies", "**Dependencies**: ")
    assert offered(last_stage("- De‸"))[0] == ("Dependencies", "- **Dependencies**: ")


def test_labels_are_written_as_the_plan_writes_its_own() -> None:
    assert offered(last_stage("De‸").replace("**: ", ":** "))[0][1] == "**Dependencies:** "
    plain = last_stage("De‸").replace("**: ", ": ").replace("\n**", "\n")
    assert offered(plain)[0][1] == "Dependencies: "


def test_cells_offer_risks_and_stages() -> None:
    row = "| The kiosk has no owner | 🚀 ‸ | 2h | | |\n\n## Verification per stage"
    text = GOOD_TEXT.replace("\n\n## Verification per stage", f"\n{row}")
    assert offered(text)[0] == ("low", "| The kiosk has no owner | low | 2h | | |")
    stages = offered(text.replace("🚀 ‸ | 2h | |", "low | 2h | Stage 1, S‸ |"))
    assert stages[1][1] == "| The kiosk has no owner | low | 2h | Stage 1, Stage 2 | |"
    assert offered(text.replace("🚀 ‸ | 2h |", "low | ‸2h |")) == []


def test_headings_offer_the_next_stage_and_what_is_missing() -> None:
    text = GOOD_TEXT.replace("### Abort criteria", "### Was abort") + "\n##‸"
    found = offered(text)
    assert [label for label, _ in found] == ["Stage 7 — …", "Abort criteria"]
    assert found[0][1] == "### Stage 7 — {Name}"
    assert found[1][1] == "### Abort criteria"


def test_where_no_plan_is_a_whole_one_is_offered() -> None:
    found = offered("#‸")
    assert [label for label, _ in found] == [
        f"Migration plan: {kind}" for kind in ("dependency-upgrade", "platform", "database-upgrade", "blank")
    ]
    assert found[0][1] == "## Migration: {name}"


def test_placeholders_are_places_to_fill_in_where_the_editor_has_them() -> None:
    held = opened(last_stage("‸"))
    found = completions(held.document, held.held.parsed(held.document), held.position, ABLE)
    (rollback,) = [each for each in found if each.label == "Rollback"]
    assert isinstance(rollback.text_edit, types.TextEdit)
    assert rollback.text_edit.new_text == "**Rollback**:\n\n- ${1:{Exact steps to undo this stage\\}}"
    assert rollback.insert_text_format == types.InsertTextFormat.Snippet


def test_a_skeleton_has_the_line_ends_of_its_file() -> None:
    held = opened((GOOD_TEXT + "\n##‸").replace("\n", "\r\n"))
    found = completions(held.document, held.held.parsed(held.document), held.position, PLAIN)
    assert isinstance(found[0].text_edit, types.TextEdit)
    assert found[0].text_edit.new_text.replace("\r\n", "").count("\n") == 0


@pytest.mark.parametrize(
    "text",
    [
        "---\nmigration-plan:\n  #‸\n---\n\n" + GOOD_TEXT,
        last_stage("```\n**Risk**: ‸\n```"),
        last_stage("    code: Risk: ‸"),
    ],
)
def test_in_code_and_front_matter_nothing_is_offered(text: str) -> None:
    assert offered(text) == []


@pytest.mark.parametrize("encoding", Encoding)
def test_what_stands_behind_an_emoji_is_replaced_right(encoding: Encoding) -> None:
    found = offered(last_stage("🚀 e\u0301 waits for Stage 1‸ 🚀"), encoding=encoding)
    assert found[3][1] == "🚀 e\u0301 waits for Stage 4 🚀"


@pytest.mark.parametrize(
    "line", ["a" * 5000 + "!", "a " * 5000 + "!", "|" + " " * 5000 + "|x", "**" * 5000, "a:" * 5000]
)
def test_a_hostile_line_takes_no_time(line: str) -> None:
    assert offered(last_stage(f"{line}‸")) == []


# --- formatting -------------------------------------------------------------------------------------------------------


def test_a_plan_is_formatted_and_keeps_its_line_ends(tmp_path: Path) -> None:
    text = "---\r\ntitle: x\r\n---\r\n\r\n" + SLIP.replace("- ", "* ").replace("|-----|", "|:--|", 1)
    held = opened(text, str(tmp_path / "plan.md"))
    new = applied(held.document, formatted(held.document))
    assert new.startswith("---\r\ntitle: x\r\n---\r\n")
    assert "\r\n- Infrastructure: one virtual machine" in new
    assert new.replace("\r\n", "").count("\n") == 0
    assert formatted(held.held.put("file:///plan.md", held.document.path, 2, new)) == []


def test_the_settings_of_mdformat_hold(tmp_path: Path) -> None:
    settings = tmp_path / ".mdformat.toml"
    settings.write_text("wrap = 40\n")
    held = opened(GOOD_TEXT, str(tmp_path / "plan.md"))
    assert "The test pipeline runs\na second" in applied(held.document, formatted(held.document))
    settings.write_text("wrap = 'never'\n")
    with pytest.raises(CannotFormatError, match="Invalid 'wrap' value"):
        formatted(held.document)
    settings.write_text("extensions = ['nonsense']\n")
    with pytest.raises(CannotFormatError, match="mdformat has no plugin nonsense"):
        formatted(held.document)


# --- settings ---------------------------------------------------------------------------------------------------------


def test_the_editors_settings_hold_where_there_is_no_configuration(tmp_path: Path) -> None:
    settings = Config(ignore=("unknown-risk",))
    held = opened(SLIP, str(tmp_path / "plan.md"), settings=settings)
    assert report(held.held, held.document, PLAIN) == []
    (tmp_path / ".lint-migration-plan.yaml").write_text("fail-on: error\n")
    held.held.forget_files()
    assert [each.code for each in report(held.held, held.document.anew(), PLAIN)] == ["unknown-risk"]


def test_a_text_without_a_file_is_judged_by_the_folder_that_the_editor_stands_in(tmp_path: Path) -> None:
    from lint_migration_plan.lsp.workspace import Workspace

    (tmp_path / ".lint-migration-plan.yaml").write_text("ignore: [unknown-risk]\n")
    held = Workspace(Encoding.UTF16, str(tmp_path))
    assert report(held, held.put("untitled:1", None, 1, SLIP), PLAIN) == []
    held = Workspace(Encoding.UTF16)
    assert len(report(held, held.put("untitled:1", None, 1, SLIP), PLAIN)) == 1
