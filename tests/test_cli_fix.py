"""Mending from the command line: what is written, what is shown, and what remains."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from program import BAD, GOOD, PROSE, git, lint, lint_process

#: A plan with a defect that a fix mends, and with another that only its author can.
TEXT = GOOD.decode("utf-8")
SLIP = TEXT.replace("**Risk**: high", "**Risk**: hihg", 1)
BOTH = SLIP.replace("**Risk**: medium", "**Risk**: moderate", 1)
SELECT = "--select=unknown-risk,not-a-plan"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert TEXT != SLIP != BOTH
    return tmp_path


def write(text: str, name: str = "plan.md") -> Path:
    path = Path(name)
    path.write_bytes(text.encode("utf-8"))
    return path


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def test_what_can_be_mended_is_and_the_rest_is_reported() -> None:
    path = write(BOTH)
    run = lint("--fix", SELECT, "plan.md")
    assert run.rules == ["unknown-risk"]
    assert "'moderate'" in run.out
    assert (run.status, run.err) == (1, "1 error in 1 file (1 mended)\n")
    assert read(path) == BOTH.replace("hihg", "high")


def test_the_status_is_that_of_what_remains() -> None:
    path = write(SLIP)
    assert lint("--fix", "plan.md") == (0, "", "no complaints in 1 plan (1 mended)\n")
    assert read(path) == TEXT
    before = path.stat()
    assert lint("--fix", "plan.md") == (0, "", "no complaints in 1 plan\n")
    # What needs no mending is not written again.
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_every_other_byte_stays() -> None:
    odd = (
        "\ufeff" + SLIP.replace("\n", "\r\n").replace("**Dependencies**: none", "**Dependencies**:\tnone  ") + "\t \r\n"
    )
    path = write(odd)
    lint("--fix", SELECT, "plan.md")
    assert read(path) == odd.replace("hihg", "high")


def test_without_fix_nothing_is_written_and_the_output_says_what_could_be() -> None:
    path = write(BOTH)
    run = lint(SELECT, "--show-source", "plan.md")
    assert read(path) == BOTH
    assert run.out.count("    --fix: write 'high' for 'hihg'\n") == 1
    assert run.err == "2 errors in 1 file (1 can be mended with --fix)\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_diff_can_be_applied(place: Path, newline: str) -> None:
    text = BOTH.replace("\n", newline)
    path = write(text)
    run = lint_process("--diff", SELECT, "plan.md")
    assert run.status == 1
    assert read(path) == text
    git(place, "init", "--quiet")
    subprocess.run(["git", "apply", "-"], input=run.out.encode("utf-8"), check=True)
    assert read(path) == text.replace("hihg", "high")


def test_a_diff_knows_a_file_without_a_last_newline(place: Path) -> None:
    path = write(f"### Stage 1 — One{chr(10)}**Risk**: hihg")
    run = lint_process("--diff", SELECT, "plan.md")
    assert "\\ No newline at end of file\n" in run.out
    git(place, "init", "--quiet")
    subprocess.run(["git", "apply", "-"], input=run.out.encode("utf-8"), check=True)
    assert read(path).endswith("**Risk**: high")


def test_a_diff_of_a_clean_plan_is_empty() -> None:
    write(TEXT)
    assert lint("--diff", "plan.md")[:2] == (0, "")


def test_standard_input_goes_to_standard_output_and_what_remains_to_the_other_stream() -> None:
    run = lint("--fix", SELECT, "-", stdin=BOTH.encode("utf-8"))
    assert run.out == BOTH.replace("hihg", "high")
    assert run.err.startswith("<stdin>:")
    assert "'moderate'" in run.err
    assert run.status == 1


def test_what_is_no_plan_or_excluded_is_passed_on_as_it_is() -> None:
    odd = b"# Notes\r\n\xef\xbb\xbf\r\n"
    assert lint("--fix", "--plans-only", "-", stdin=odd).out == odd.decode("utf-8")
    write("exclude: ['*.md']\n", ".lint-migration-plan.yaml")
    assert lint("--fix", "--stdin-filename=a.md", "-", stdin=odd).out == odd.decode("utf-8")


def test_standard_input_that_cannot_be_read_is_not_passed_on() -> None:
    run = lint("--fix", "-", stdin=b"\xff\xfe")
    assert (run.status, run.out) == (2, "")
    assert "not passed on" in run.err


@pytest.mark.parametrize("content", [b"\xff" + BAD, PROSE])
def test_what_is_not_read_whole_or_is_no_plan_is_left_alone(content: bytes) -> None:
    Path("plan.md").write_bytes(content)
    assert lint("--fix", "plan.md").status == 1
    assert Path("plan.md").read_bytes() == content


def test_a_file_that_cannot_be_written_is_said_and_reported_as_it_is() -> None:
    path = write(SLIP)
    path.chmod(0o444)
    run = lint("--fix", "plan.md")
    assert run.status == 2
    assert run.rules == ["unknown-risk"]
    assert "lint-migration-plan: plan.md: not mended: it is read-only\n" in run.err
    assert read(path) == SLIP


def test_the_others_are_mended_all_the_same() -> None:
    write(SLIP, "a.md").chmod(0o444)
    other = write(SLIP, "b.md")
    assert lint("--fix", "a.md", "b.md", "gone.md").status == 2
    assert read(other) == TEXT


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unsafe-fixes", "a.md"], "--unsafe-fixes goes with --fix or --diff"),
        (["--fix", "--diff", "a.md"], "--fix and --diff exclude each other"),
        (["--diff", "--format=json", "a.md"], "--diff prints a diff and nothing else"),
        (["--fix", "-", "a.md"], "name no other file beside -"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str], message: str) -> None:
    run = lint(*arguments)
    assert run.status == 2
    assert message in run.err
