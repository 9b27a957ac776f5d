"""Only what changed since a revision: which lines those are, what a change causes elsewhere, and what git may not do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.lint.changed_lines import changed_lines
from lint_migration_plan.lint.git import GitError, ask_git, open_git
from program import BAD, BAD_RULES, GOOD, git, impersonal, lint, lint_process

TEXT = BAD.decode("utf-8")
SINCE = "--changed-since=HEAD"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a repository in which a plan with defects was committed."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    Path("plan.md").write_bytes(BAD)
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


def test_what_did_not_change_is_not_reported() -> None:
    assert lint(SINCE, "plan.md") == (0, "", "no complaints in 1 plan (3 from before)\n")
    assert lint(SINCE, ".") == (0, "", "no complaints in 1 plan (3 from before)\n")


@pytest.mark.parametrize("stage", [False, True], ids=["not staged", "staged"])
def test_what_lies_in_a_changed_line_is_reported(place: Path, *, stage: bool) -> None:
    Path("plan.md").write_text(TEXT.replace("**Risk**: Meduim", "**Risk**: Meduim!"), "utf-8")
    if stage:
        git(place, "add", "--all")
    run = lint(SINCE, "plan.md")
    assert (run.status, run.rules) == (1, ["unknown-risk"])
    assert run.err == "1 error in 1 file (2 from before, 1 can be mended with --fix)\n"


def test_a_line_that_changed_elsewhere_reports_what_it_holds_and_no_more() -> None:
    Path("plan.md").write_text(
        TEXT.replace("| Backups of the machines run every night |", "| Backups of the machines run every night  |"),
        "utf-8",
    )
    assert lint(SINCE, "plan.md").rules == ["unassigned-gap"]


def test_lines_that_only_moved_down_are_not_reported() -> None:
    Path("plan.md").write_text("# Plans\n\nOf the payments.\n\n" + TEXT, "utf-8")
    assert lint(SINCE, "plan.md").rules == []


def test_what_a_change_causes_elsewhere_is_reported(place: Path) -> None:
    Path("plan.md").write_bytes(GOOD)
    commit(place)
    text = GOOD.decode("utf-8")
    start, end = text.rindex("### Stage "), text.index("## Gap")
    Path("plan.md").write_text(text[:start] + text[end:], "utf-8")
    rules = set(lint(SINCE, "plan.md").rules)
    # The row that names the stage did not change, and is right no more.
    assert rules == {"unknown-verification-stage"}


@pytest.mark.parametrize("track", [False, True], ids=["untracked", "added"])
def test_a_new_file_is_new_as_a_whole(place: Path, *, track: bool) -> None:
    shutil.copy("plan.md", "other.md")
    if track:
        git(place, "add", "--all")
    assert lint(SINCE, "other.md").rules == BAD_RULES


@pytest.mark.parametrize("track", [False, True], ids=["moved", "git mv"])
def test_a_renamed_file_is_compared_with_what_it_was(place: Path, *, track: bool) -> None:
    (place / "docs").mkdir()
    if track:
        git(place, "mv", "plan.md", "docs/other.md")
    else:
        shutil.move("plan.md", "docs/other.md")
    Path("docs/other.md").write_text(TEXT.replace("**Risk**: high", "**Risk**: hihg", 1), "utf-8")
    run = lint(SINCE, "docs")
    assert (run.rules, run.err.count("from before")) == (["unknown-risk"], 1)
    assert "'hihg'" in run.out


def test_a_file_that_is_like_none_that_is_gone_is_new(place: Path) -> None:
    """What two plans share by chance is no reason to take one for the other."""
    plan = "## Migration: x\n\n### Stage 1 — A\n\n**Risk**: hihg\n\n"
    Path("gone.md").write_text(plan + "".join(f"Line {number}.\n" for number in range(20)), "utf-8")
    commit(place)
    Path("gone.md").unlink()
    Path("new.md").write_text(plan + "".join(f"Another {number}.\n" for number in range(20)), "utf-8")
    assert "unknown-risk" in lint(SINCE, "new.md").rules
    Path("new.md").write_text(plan + "".join(f"Line {number}.\n" for number in range(19)), "utf-8")
    assert "unknown-risk" not in lint(SINCE, "new.md").rules


def test_line_ends_are_no_change(place: Path) -> None:
    Path("plan.md").write_bytes(BAD.replace(b"\n", b"\r\n"))
    assert lint(SINCE, "plan.md").rules == []
    commit(place)
    assert lint("--changed-since=HEAD~1", "plan.md").rules == []


def test_any_name_of_a_commit_will_do(place: Path) -> None:
    git(place, "tag", "v1")
    head = git(place, "rev-parse", "HEAD").strip()
    Path("plan.md").write_text(TEXT.replace("Meduim", "hihg"), "utf-8")
    commit(place)
    for name in ("v1", "HEAD~1", head, head[:10], "main@{1}", "HEAD^"):
        assert lint(f"--changed-since={name}", "plan.md").rules == ["unknown-risk"]
    assert lint("--changed-since=main", "plan.md").rules == []


def test_a_file_elsewhere_and_a_link_go_by_where_they_are(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.parent / "link.md").symlink_to(place / "plan.md")
    monkeypatch.chdir(place.parent)
    assert lint(SINCE, "repository/plan.md").rules == []
    assert lint(SINCE, "link.md").rules == []


def test_standard_input_goes_by_its_name() -> None:
    changed = TEXT.replace("Meduim", "hihg").encode()
    assert lint(SINCE, "--stdin-filename=plan.md", "-", stdin=changed).rules == ["unknown-risk"]
    run = lint(SINCE, "-", stdin=changed)
    assert run.status == 2
    assert "--stdin-filename" in run.err


def test_what_was_not_readable_is_new(place: Path) -> None:
    Path("plan.md").write_bytes(b"\xff" + BAD)
    commit(place)
    Path("plan.md").write_bytes(BAD)
    assert lint(SINCE, "plan.md").rules == BAD_RULES
    Path("plan.md").write_bytes(b"\xff" + BAD)
    assert lint(SINCE, "plan.md").rules == ["unreadable-file"]


def test_it_goes_with_a_baseline_fixes_and_suppressions() -> None:
    assert lint("-q", "--select=unassigned-gap", "plan.md", "--write-baseline=known").status == 0
    Path("plan.md").write_text(TEXT.replace("**Risk**: high", "**Risk**: hihg", 1), "utf-8")
    run = lint(SINCE, "--baseline=known", "plan.md")
    assert run.err == "1 error in 1 file (1 in the baseline, 1 from before, 1 can be mended with --fix)\n"
    assert lint(SINCE, "--fix", "plan.md").status == 0
    assert Path("plan.md").read_bytes() == BAD
    Path("plan.md").write_text(TEXT.replace("**Risk**: high", "**Risk**: severe", 1), "utf-8")
    assert lint(SINCE, "--add-suppressions=agreed", "plan.md").status == 0
    assert Path("plan.md").read_text("utf-8").count("<!--") == 1
    assert lint(SINCE, "plan.md").status == 0


# --- what is refused, and what git may not do --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "none",
        "",
        "-",
        "--output=taken",
        "--upload-pack=touch taken",
        "HEAD:plan.md",
        "a\0b",
        "HEAD..main",
        "*",
        "\udcff",
    ],
)
def test_what_is_no_revision_is_said(place: Path, name: str) -> None:
    run = lint(f"--changed-since={name}", "plan.md")
    assert (run.status, run.out) == (2, "")
    assert "there is no revision" in run.err
    assert sorted(path.name for path in place.iterdir()) == [".git", "plan.md"]


def test_a_revision_is_missed_once() -> None:
    shutil.copy("plan.md", "other.md")
    assert lint("--changed-since=none", ".").err.count("there is no revision") == 1


def test_a_file_in_no_repository_is_said(place: Path) -> None:
    other = place.parent / "plan.md"
    other.write_bytes(BAD)
    run = lint(SINCE, str(other))
    assert (run.status, run.out) == (2, "")
    assert "--changed-since needs a git repository: not a git repository" in run.err


def test_a_repository_without_a_commit_is_said(place: Path) -> None:
    other = place.parent / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    shutil.copy("plan.md", other / "plan.md")
    assert "there is no revision 'HEAD'" in lint(SINCE, str(other)).err


def test_without_git_that_is_said(place: Path) -> None:
    run = lint_process(SINCE, "plan.md", environment={"PATH": str(place)})
    assert run.status == 2
    assert "git is not there" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="names such as these are none there")
@pytest.mark.parametrize(
    "name", ["-x.md", "--output=taken.md", ":(glob)*.md", "a\nb.md", 'q"u.md', "é\t.md", "\udcff.md", "*.md"]
)
def test_an_odd_name_is_a_name(place: Path, name: str) -> None:
    Path(name).write_bytes(BAD)
    commit(place)
    assert lint(SINCE, "--", name).rules == []
    Path(name).write_text(TEXT.replace("Meduim", "hihg"), "utf-8")
    assert len(lint(SINCE, "--", name).out.splitlines()) == 1
    assert lint(SINCE, "--statistics", ".").out == "1  unknown-risk\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
def test_a_repository_runs_nothing_of_its_own(place: Path) -> None:
    trap = place.parent / "trap"
    taken = place.parent / "taken"
    trap.write_text(f"#!/bin/sh\ntouch '{taken}'\ncat\n", "utf-8")
    trap.chmod(0o755)
    Path(".gitattributes").write_text("*.md diff=trap filter=trap merge=trap\n", "utf-8")
    commit(place)
    for key in (
        *("diff.external", "diff.trap.textconv", "diff.trap.command", "filter.trap.clean", "filter.trap.smudge"),
        *("filter.trap.process", "core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass"),
        *("core.editor", "credential.helper", "uploadpack.packObjectsHook", "pager.ls-tree", "alias.ls-tree"),
    ):
        git(place, "config", key, str(trap))
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
        shutil.copy(trap, place / ".git" / "hooks" / hook)
    Path("plan.md").write_text(TEXT.replace("Meduim", "hihg"), "utf-8")
    shutil.copy("plan.md", "other.md")
    assert lint_process(SINCE, ".").status == 1
    assert not taken.exists()
    # Git itself would have fallen into it.
    git(place, "diff", "HEAD")
    assert taken.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
def test_what_is_missing_is_not_fetched(place: Path) -> None:
    taken = place.parent / "taken"
    blob = git(place, "rev-parse", "HEAD:plan.md").strip()
    git(place, "config", "extensions.partialClone", "origin")
    git(place, "config", "core.repositoryFormatVersion", "1")
    git(place, "config", "remote.origin.url", f"ext::sh -c touch% {taken}")
    git(place, "config", "remote.origin.promisor", "true")
    git(place, "config", "protocol.ext.allow", "always")
    (place / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    run = lint_process(SINCE, "plan.md")
    assert not taken.exists()
    # What cannot be had is not compared with.
    assert run.rules == BAD_RULES
    # Git itself would have tried.
    subprocess.run(["git", "cat-file", "blob", blob], cwd=place, check=False, capture_output=True, env=impersonal())
    assert taken.exists()


def test_git_that_fails_says_why(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GitError, match="ambiguous argument 'none'"):
        ask_git(str(place), "rev-list", "none")
    with pytest.raises(GitError, match="cannot be asked"):
        ask_git(str(place), "a\0b")
    with pytest.raises(GitError, match="cannot be asked"):
        open_git(str(place), "a\0b")
    monkeypatch.setattr("lint_migration_plan.lint.git.PATIENCE", 0)
    with pytest.raises(GitError, match="did not answer"):
        ask_git(str(place), "rev-parse", "HEAD")


# --- which lines changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("", "", ""),
        ("abc", "abc", ""),
        ("abc", "axc", "x"),
        ("abc", "abxc", "x"),
        ("abc", "ac", ""),
        ("", "abc", "abc"),
        ("abc", "", ""),
        ("abcdef", "abcXdef", "X"),
        # Of what moved, the smaller part has.
        ("abcdefg", "cabdefg", "c"),
        # A line that stands often belongs to its neighbours.
        ("a-b-c-", "a-b-x-c-", "x-"),
        ("a-b-c-", "a-c-", ""),
        ("---", "----", "-"),
        ("aa", "bb", "bb"),
    ],
)
def test_changed_lines(old: str, new: str, changed: str) -> None:
    assert "".join(new[index] for index in sorted(changed_lines(old, new))) == changed


@given(st.text("abc-"), st.text("abc-"))
def test_what_did_not_change_stands_in_both_in_order(old: str, new: str) -> None:
    changed = changed_lines(old, new)
    rest = iter(old)
    assert all(line in rest for index, line in enumerate(new) if index not in changed)
    assert changed_lines(new, new) == frozenset()


def test_long_texts_that_share_little_take_little_time() -> None:
    lines = [str(number % 977) for number in range(100_000)]
    assert changed_lines(lines, lines[::-1])
    numbers = [str(number) for number in range(100_000)]
    assert len(changed_lines(numbers, numbers[::-1])) == 99_999
