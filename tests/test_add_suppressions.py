"""Writing suppressions: where they go, that the next run is silent, and that nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from hostile.targets import EVERY_RULE
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.add_suppressions import (
    LONGEST_REASON,
    CannotSuppressError,
    add_suppressions,
    wrong_reason,
)
from lint_migration_plan.lint.runner import Judgement, judge_text
from lint_migration_plan.lint.sieve import Key, Known, Mark
from lint_migration_plan.lint.suppress import find_suppressions
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Span
from program import BAD, BAD_RULES, GOOD, lint
from test_properties import PIECES, PLANS, torn

if TYPE_CHECKING:
    import random

#: The others have nothing to suppress, or are not read whole.
INVALID = [path for path in PLANS if not path.stem.startswith("valid") and path.parent.name != "unclosed-fence"]
WHY = "agreed with the board"
RISK = "<!-- lint-migration-plan: ignore[unknown-risk] -- agreed with the board -->"
STAGE = "## Migration: x\n\n### Stage 1 — Prepare\n\n"


def judge(text: str, *rules: str) -> Judgement:
    config = Config().with_command_line(select=[*rules, "unused-suppression"]) if rules else EVERY_RULE
    return judge_text(text, "plan.md", config, known=Known())


def suppressed(text: str, *rules: str, reason: str = WHY) -> str:
    """Suppress all that some rules report, by default all rules, and hold the result to what is promised."""
    added = add_suppressions(judge(text, *rules), lambda text: judge(text, *rules), reason)
    assert added.judgement.diagnostics == ()
    assert judge(added.text, *rules).diagnostics == ()
    check_nothing_is_lost(text, added.text)
    return added.text


def check_nothing_is_lost(old: str, new: str) -> None:
    """Hold a text to have all characters of another, in their order, and between them nothing but comments."""
    characters = iter(new)
    assert all(character in characters for character in old)
    ours = re.compile(r"<!-- lint-migration-plan: .*?-->", re.DOTALL)
    assert re.sub(r"\s", "", ours.sub("", new)) == re.sub(r"\s", "", ours.sub("", old))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Risk**: hihg", f"**Risk**: hihg {RISK}"),
        ("**Risk**: hihg  \n**Estimated effort**: 4h", f"**Risk**: hihg {RISK}  \n**Estimated effort**: 4h"),
        ("**Risk**: hihg\\\n**Estimated effort**: 4h", f"**Risk**: hihg {RISK}\\\n**Estimated effort**: 4h"),
        ("**Risk**: hihg\t", f"**Risk**: hihg {RISK}\t"),
        ("- **Risk**: hihg", f"- **Risk**: hihg {RISK}"),
        ("- **Risk**:\n  hihg\n\n  - More", f"- **Risk**:\n  hihg {RISK}\n\n  - More"),
        ("#### Risk\n\nhihg", f"#### Risk\n\nhihg {RISK}"),
        # A comment in the line would stand in the code span.
        ("**Risk**: hihg `a\nb`", f"{RISK}\n**Risk**: hihg `a\nb`"),
        # A comment in the line would break the link.
        ('**Risk**: hihg [a](b\n"c")', f'{RISK}\n**Risk**: hihg [a](b\n"c")'),
    ],
    ids=["line", "two spaces", "backslash", "tab", "item", "long item", "heading", "code span", "link"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_comment_covers_as_little_as_it_can(line: str, expected: str, newline: str, mark: str) -> None:
    def written(text: str) -> str:
        return mark + (STAGE + text).replace("\n", newline)

    assert suppressed(written(line), "unknown-risk") == written(expected)


GAPS = """\
## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| One | {} | 1h | 1 | |
"""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| One | severe | 1h | 1 | |", "| One | severe {} | 1h | 1 | |"),
        ("| One | severe| 1h | 1 | |", "| One | severe {} | 1h | 1 | |"),
        ("One | severe | 1h | 1 | none", "One | severe {} | 1h | 1 | none"),
    ],
)
def test_in_a_table_it_stands_in_the_cell(row: str, expected: str) -> None:
    text = GAPS.replace("| One | {} | 1h | 1 | |", row)
    comment = "<!-- lint-migration-plan: ignore[unknown-gap-risk] -- a \\| b -->"
    changed = suppressed(text, "unknown-gap-risk", reason="a | b")
    assert changed == GAPS.replace("| One | {} | 1h | 1 | |", expected.format(comment))
    (found,) = find_suppressions(parse_document(changed))
    assert "a" in found.reason


def test_an_empty_cell_stays_empty_to_the_linter() -> None:
    changed = suppressed(GAPS.format(" "), "incomplete-gap-row")
    assert "|    | 1h" not in changed
    assert judge(changed, "incomplete-gap-row").suppressed == 1


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("### Stage 1 — Prepare", "{}\n### Stage 1 — Prepare"),
        ("  ### Stage 1 — Prepare ###", "{}\n  ### Stage 1 — Prepare ###"),
        ("Stage 1 — Prepare\n---", "{}\nStage 1 — Prepare\n---"),
        ("Before.\n### Stage 1 — Prepare", "Before.\n{}\n### Stage 1 — Prepare"),
        ("- An item\n### Stage 1 — Prepare", "- An item\n{}\n### Stage 1 — Prepare"),
        ("<!-- a note -->\n### Stage 1 — Prepare", "<!-- a note -->\n{}\n### Stage 1 — Prepare"),
    ],
)
def test_what_a_heading_stands_for_is_suppressed_before_it(heading: str, expected: str) -> None:
    comment = "<!-- lint-migration-plan: ignore[missing-stage-field] -- agreed with the board -->"
    text = "## Migration: x\n\n{}\n\n**Risk**: low\n"
    changed = suppressed(text.format(heading), "missing-stage-field")
    assert changed == text.format(expected.format(comment))


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (
            "ignore[untested-rollback] -- no copy",
            "ignore[untested-rollback, unknown-risk] -- no copy; agreed with the board",
        ),
        ("ignore[untested-rollback]", "ignore[untested-rollback, unknown-risk] -- agreed with the board"),
        ("ignore[untested-rollback] --", "ignore[untested-rollback, unknown-risk] -- agreed with the board"),
        (f"ignore[untested-rollback] -- {WHY}", f"ignore[untested-rollback, unknown-risk] -- {WHY}"),
    ],
)
def test_a_comment_that_covers_the_same_is_extended(present: str, expected: str) -> None:
    text = STAGE + "**Risk**: hihg <!-- lint-migration-plan: {} -->\n"
    config = Config().with_command_line(select=["unknown-risk"])

    def judged(text: str) -> Judgement:
        return judge_text(text, "plan.md", config, known=Known())

    added = add_suppressions(judged(text.format(present)), judged, WHY)
    assert added.text == text.format(expected)
    assert added.judgement.diagnostics == ()


def test_one_comment_names_all_rules_of_its_place() -> None:
    text = "## Migration: x\n\n### Stage 1 - Prepare\n\n**Risk**: low\n"
    changed = suppressed(text, "stage-heading", "missing-stage-field")
    assert changed.count("<!--") == 1
    assert "ignore[missing-stage-field, stage-heading]" in changed


def test_only_what_was_reported_is_suppressed() -> None:
    text = BAD.decode("utf-8")
    changed = suppressed(text, "unknown-risk")
    assert changed == text.replace("Meduim", f"Meduim {RISK}")
    assert [each.rule for each in judge(changed).diagnostics] == BAD_RULES[1:]


def test_of_a_habit_each_place_has_a_comment() -> None:
    text = "## Migration: x\n\n" + "".join(f"### Stage {number} - Name {number}\n\n" for number in (1, 2, 3))
    assert suppressed(text, "stage-heading").count("ignore[stage-heading]") == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Notes\n", "{}\n\n# Notes\n"),
        ("\ufeff# Notes\r\n", "\ufeff{}\r\n\r\n# Notes\r\n"),
        ("---\na: 1\n---\n# Notes\n", "---\na: 1\n---\n\n{}\n# Notes\n"),
        ("---\na: 1\n---", "---\na: 1\n---\n\n{}\n"),
        ("", "{}\n\n"),
    ],
)
def test_what_is_said_of_a_file_is_suppressed_at_its_top(text: str, expected: str) -> None:
    comment = "<!-- lint-migration-plan: ignore-file[not-a-plan] -- agreed with the board -->"
    assert suppressed(text, "not-a-plan") == expected.format(comment)


def test_a_clean_text_stays_as_it_is() -> None:
    assert suppressed(GOOD.decode("utf-8")) == GOOD.decode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n@\n  b\n", "{}\n- a\n\n  b\n"),
        ("| a |\n|@---|\n", "{}\n| a |\n|---|\n"),
        ("-\n-@\n", "{}\n-\n-\n"),
        ("```\n@\n```\n", "{}\n```\n\n```\n"),
        ("# H\n\n@\n\na\n", "{}\n# H\n\n\n\na\n"),
        ("# H\n\n<p>@</p>\n", "{}\n# H\n\n<p></p>\n"),
        ("- # H @#\n", "- # H {} #\n"),
        ("- #@\n", "{}\n- #\n"),
    ],
    ids=["blank line", "dashes", "empty item", "code", "between", "html", "heading in an item", "empty heading"],
)
def test_what_lies_where_no_comment_can_goes_before_what_holds_it(text: str, expected: str) -> None:
    place, text = text.index("@"), text.replace("@", "")
    silent = judge_text(text, "plan.md", Config().with_command_line(select=["unknown-risk"]), known=Known())
    mark = Mark(Key("unknown-risk", ""), Span(place, place), "")
    added = add_suppressions(silent._replace(marks=(mark,)), lambda text: judge(text)._replace(marks=()), WHY)
    assert added.text == expected.format(RISK)


def test_a_text_that_is_not_read_whole_is_left_alone() -> None:
    with pytest.raises(CannotSuppressError, match="not read whole"):
        add_suppressions(judge("x")._replace(whole=False), judge, WHY)


def test_a_text_that_would_read_otherwise_is_left_alone() -> None:
    before = judge(STAGE + "**Risk**: hihg\n", "unknown-risk")
    other = judge(STAGE + "**Risk**: severe\n", "unknown-risk")
    with pytest.raises(CannotSuppressError, match="change how it reads"):
        add_suppressions(before, lambda _: other, WHY)


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("", "a few words"),
        (" - ", "a few words"),
        ("done --> now", "cannot begin or end one"),
        ("done --!> now", "cannot begin or end one"),
        ("a <!-- b", "cannot begin or end one"),
        ("one\ntwo", "on one line"),
        ("one\rtwo", "on one line"),
        ("one\x1b[2J", "on one line"),
        ("one\u2028two", "on one line"),
        ("one \udcff", "on one line"),
        ("x" * (LONGEST_REASON + 1), f"at most {LONGEST_REASON}"),
        ("the vendor's word -- see ADR 12 | `a` ]", ""),
        ("Wie 2025 vereinbart – siehe §4", ""),
    ],
)
def test_a_reason_cannot_break_its_comment(reason: str, wrong: str) -> None:
    assert wrong in wrong_reason(reason)
    assert bool(wrong) is bool(wrong_reason(reason))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_fixture_is_silent_afterwards_and_after_mdformat(path: Path) -> None:
    changed = suppressed(path.read_bytes().decode("utf-8"), reason="a | b")
    unix = changed.replace("\r\n", "\n").removeprefix("\ufeff")
    if "extra-cells" not in path.stem and "nested" not in path.stem:
        formatted = mdformat.text(unix, extensions={"gfm", "frontmatter"})
        assert judge(formatted).diagnostics == ()


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(deadline=None)
def test_any_text_is_silent_afterwards_or_is_left_alone(text: str) -> None:
    try:
        suppressed(text)
    except CannotSuppressError:
        # Many of these texts are broken beyond what can be commented on; a plan is not.
        reject()


@given(st.sampled_from(PLANS), st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_plan_torn_apart_is_silent_afterwards(path: Path, chance: random.Random) -> None:
    text = torn(path.read_text(encoding="utf-8"), chance)
    try:
        suppressed(text)
    except CannotSuppressError:
        reject()


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("plan.md")
    path.write_bytes(BAD)
    return path


def test_a_run_writes_them_and_the_next_is_silent(plan: Path) -> None:
    assert lint("--add-suppressions", WHY, "plan.md") == (0, "", "no complaints in 1 plan (3 suppressed)\n")
    assert lint("plan.md") == (0, "", "no complaints in 1 plan (3 suppressed)\n")
    assert lint("--select=unexplained-suppression", "plan.md").out == ""
    before = plan.stat()
    assert lint("--add-suppressions", WHY, "plan.md").status == 0
    assert (plan.stat().st_mtime_ns, plan.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_selection_chooses_what_is_suppressed(plan: Path) -> None:
    assert lint("--select=unknown-risk", "--add-suppressions", WHY, "plan.md").status == 0
    assert lint("plan.md").rules == BAD_RULES[1:]
    assert plan.read_text("utf-8").count("<!--") == 1


def test_standard_input_goes_to_standard_output() -> None:
    run = lint("--select=unknown-risk", "--add-suppressions", WHY, "-", stdin=BAD)
    assert run.out == BAD.decode("utf-8").replace("Meduim", f"Meduim {RISK}")
    assert (run.status, run.err) == (0, "no complaints in 1 plan (1 suppressed)\n")


def test_what_cannot_be_read_whole_is_left_alone(plan: Path) -> None:
    plan.write_bytes(b"\xff" + BAD)
    run = lint("--add-suppressions", WHY, "plan.md")
    assert (run.status, run.rules) == (2, ["unreadable-file"])
    assert "plan.md: nothing suppressed: it is not read whole\n" in run.err
    plan.write_bytes(b"\xff\n")
    assert lint("--plans-only", "--add-suppressions", WHY, "plan.md").status == 0
    piped = lint("--plans-only", "--add-suppressions", WHY, "-", stdin=b"\xff\n")
    assert (piped.status, piped.out) == (2, "")
    assert "nothing passed on" in piped.err


def test_what_is_no_plan_is_passed_on() -> None:
    assert lint("--plans-only", "--add-suppressions", WHY, "-", stdin=b"# Notes\r\n").out == "# Notes\r\n"


def test_a_file_that_cannot_be_written_is_said_and_reported(plan: Path) -> None:
    plan.chmod(0o444)
    run = lint("--add-suppressions", WHY, "plan.md")
    assert (run.status, run.rules) == (2, BAD_RULES)
    assert "plan.md: nothing suppressed: it is read-only\n" in run.err
    assert plan.read_bytes() == BAD


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--add-suppressions", "a --> b", "plan.md"], "--add-suppressions: a reason stands in a comment"),
        (["--add-suppressions", "", "plan.md"], "--add-suppressions: a reason is a few words"),
        (["--add-suppressions", WHY, "--fix", "plan.md"], "goes with none of --fix"),
        (["--add-suppressions", WHY, "--write-baseline", "-q", "plan.md"], "goes with none of --fix"),
        (["--add-suppressions", WHY, "-", "plan.md"], "name no file beside -"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(arguments: list[str], message: str) -> None:
    run = lint(*arguments)
    assert run.status == 2
    assert message in run.err
