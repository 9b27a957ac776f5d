"""Input that nobody means well with: it is told, or judged, within seconds, and the plan beside it is still linted."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from program import BAD, BAD_RULES, GOOD, PROSE, Run, git, lint, lint_process

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_CODES = re.compile(r"\x1b\[(?:0|1|2|1;31)m")

PLAN = "## Migration: x\n\n### From\n\n- Data: a\n\n### Stage 1 — Move it\n\n**Risk**: low\n\n"
TABLE = "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a plan that has three defects."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.md").write_bytes(BAD)
    return tmp_path


def lint_beside(*names: str | bytes, options: tuple[str, ...] = ()) -> Run:
    """Lint files and, behind them, the plan with three defects; give what is said of the files alone."""
    run = lint_process("-q", *options, *names, "bad.md")
    theirs = [line for line in run.out.splitlines(keepends=True) if line.startswith("bad.md:")]
    assert Run(0, "".join(theirs), "").rules == BAD_RULES
    assert "Traceback" not in run.err
    return Run(run.status, run.out.removesuffix("".join(theirs)), run.err)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# Überblick\n".encode("latin-1"), "the file is not UTF-8: byte 0xdc in line 1; save it as UTF-8"),
        (GOOD + b"\r\nna\xefve\r\n", "the file is not UTF-8: byte 0xef in line 210; save it as UTF-8"),
        (b"\xff\xfe" + GOOD.decode().encode("utf-16-le"), "the file is UTF-16, not UTF-8; save it as UTF-8"),
        (b"\xfe\xff" + GOOD.decode().encode("utf-16-be"), "the file is UTF-16, not UTF-8; save it as UTF-8"),
        (GOOD + b"\xf0\x9f\x9a", "the file is not UTF-8: byte 0xf0 in line 209; save it as UTF-8"),
        (b"\xed\xa0\x80", "the file is not UTF-8: byte 0xed in line 1; save it as UTF-8"),
        (bytes(range(128, 256)) * 400, "the file is not UTF-8: byte 0x80 in line 1; save it as UTF-8"),
    ],
    ids=["latin-1", "one byte", "UTF-16 LE", "UTF-16 BE", "cut off", "surrogate", "noise"],
)
def test_what_is_not_utf_8_is_told_once(content: bytes, message: str) -> None:
    Path("it.md").write_bytes(content)
    run = lint_beside("it.md")
    assert run == (1, f"it.md:1:1: error: {message} [unreadable-file]\n", "")


def test_a_file_that_is_too_large_is_not_read() -> None:
    with open("it.md", "wb") as file:
        file.truncate(50_000_000)
    expected = "the file has 50,000,000 bytes, and at most 10,485,760 are read; split it, or raise max-file-size"
    assert lint_beside("it.md") == (1, f"it.md:1:1: error: {expected} [unreadable-file]\n", "")
    Path("it.md").write_bytes(GOOD)
    Path(".lint-migration-plan.yaml").write_text(f"max-file-size: {len(GOOD)}\n", encoding="utf-8")
    assert lint("-q", "it.md") == (0, "", "")
    assert lint("-q", "-", stdin=GOOD) == (0, "", "")
    assert lint("-q", "-", stdin=GOOD + b"\n").out.startswith("<stdin>:1:1: error: the file has more than ")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.md", "no such file or directory"),
        ("bad.md/it.md", "not a directory"),
        ("/dev/null", "not a regular file but a device"),
        ("/dev/zero", "not a regular file but a device"),
        ("fifo.md", "not a regular file but a pipe"),
        ("round.md", "too many levels of symbolic links"),
        ("nowhere.md", "no such file or directory"),
        ("to-fifo.md", "not a regular file but a pipe"),
        ("empty", "the folder holds no migration plan"),
        ("folder.md", "the folder holds no migration plan"),
        ("a" * 300 + ".md", "file name too long"),
    ],
)
def test_what_the_caller_must_mend_is_said_on_stderr(path: str, message: str) -> None:
    os.mkfifo("fifo.md")
    Path("round.md").symlink_to("round.md")
    Path("nowhere.md").symlink_to("missing.md")
    Path("to-fifo.md").symlink_to("fifo.md")
    os.mkdir("empty")
    os.mkdir("folder.md")
    Path("folder.md/notes.md").write_bytes(PROSE)
    assert lint_beside(path) == (2, "", f"lint-migration-plan: {path}: {message}\n")


def test_a_socket_is_no_file() -> None:
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("it.md")
        run = lint_beside("it.md")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("lint-migration-plan: it.md: ")


def test_a_folder_with_all_of_that_is_linted(place: Path) -> None:
    os.mkdir("docs")
    os.mkfifo("docs/fifo.md")
    os.mkdir("docs/folder.md")
    Path("docs/round.md").symlink_to("round.md")
    Path("docs/null.md").symlink_to("/dev/null")
    Path("docs/plan.md").write_bytes(BAD)
    Path("docs/up").symlink_to(place, target_is_directory=True)
    run = lint_process("-q", "docs")
    assert (run.status, run.rules, run.err) == (1, BAD_RULES, "")
    git(place, "init", "--quiet")
    assert lint_process("-q", "docs") == run


@contextmanager
def nobody(place: Path) -> Iterator[None]:
    """Be somebody who may not read everything, even where the tests are run by root."""
    lint("bad.md", str(place))  # All that is imported late is imported now, while it may be read.
    user = os.geteuid()
    if user == 0:
        for path in (place, *place.rglob("*")):
            os.chown(path, 65534, -1)
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_no_permission_is_told(place: Path) -> None:
    Path("secret.md").write_bytes(BAD)
    Path("secret.md").chmod(0)
    with nobody(place):
        run = lint("-q", "secret.md", "bad.md")
    assert (run.status, run.err) == (2, "lint-migration-plan: secret.md: permission denied\n")
    assert run.rules == BAD_RULES


@pytest.mark.parametrize("versioned", [False, True])
def test_a_folder_that_may_not_be_read_is_told(place: Path, *, versioned: bool) -> None:
    for name in ("open", "closed", "open/closed"):
        Path(name).mkdir()
        (place / name / "plan.md").write_bytes(BAD)
    if versioned:
        git(place, "init", "--quiet")
        git(place, "add", ".")
    for name in ("closed", "open/closed"):
        Path(name).chmod(0)
    with nobody(place):
        run = lint("-q", "closed", "open")
    for name in ("closed", "open/closed"):
        Path(name).chmod(0o755)
    assert (run.status, run.rules) == (2, BAD_RULES)
    said = [f"lint-migration-plan: {name}: permission denied" for name in ("closed", "open/closed")]
    assert [line.replace("/plan.md:", ":") for line in run.err.splitlines()] == said


FIVE_MB = 5_000_000


@pytest.mark.parametrize(
    "unit", ["a", "*", "[", "![", "`", "<", "&", "_a ", "\\", "|", "> ", "# ", "{", "日", "a\u0301", " ", "\t"]
)
def test_a_line_of_5_mb(unit: str) -> None:
    Path("it.md").write_text(f"{PLAN}x{unit * (FIVE_MB // len(unit.encode()))}x\n", encoding="utf-8")
    run = lint_beside("it.md")
    said = "line 11 holds more than 20,000 characters in one piece; divide it"
    assert run == (1, f"it.md:1:1: error: {said} [unreadable-file]\n", "")


@pytest.mark.parametrize(
    "unit", ["*a ", "[", "`a", "<a", "&a;", "**a** ", "{a} ", "TBD ", "Stage 1, ", "1h, ", "2026-01-01 ", "a: "]
)
@pytest.mark.parametrize("where", ["**Risk**: {}", "### Stage 2 — {}", "- {}", "| {} | low | 1h | 1 | |"])
def test_a_line_that_is_just_short_enough(unit: str, where: str) -> None:
    text = PLAN + (TABLE if where.startswith("|") else "") + where.format(unit * (19_500 // len(unit))) + "\n"
    run = lint("-q", "-", stdin=text.encode())
    assert "unreadable-file" not in run.rules
    assert max(map(len, run.out.splitlines())) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5000 + "a\n",
        "\n".join("> " * depth + "a" for depth in range(1, 1000)),
        "- " * 5000 + "a\n",
        "".join("  " * depth + "- a\n" for depth in range(1000)),
        "1. " * 5000 + "a\n",
        "> - " * 2500 + "a\n",
    ],
    ids=["quotes in a line", "quotes", "lists in a line", "lists", "numbers", "both"],
)
def test_what_is_nested_too_deep_is_told(text: str) -> None:
    Path("it.md").write_text(PLAN + text, encoding="utf-8")
    run = lint_beside("it.md")
    assert (run.status, run.rules) == (1, ["unreadable-file"])
    assert "is nested more than 100 levels deep; flatten it" in run.out


def test_a_table_of_20_000_rows_is_judged_to_its_last_row() -> None:
    rows = "".join(f"| Gap {n} of many | low | 1h | Stage 1 | |\n" for n in range(20_000))
    Path("it.md").write_text(f"{PLAN}{TABLE}{rows}| The last | lwo | 1h | Stage 1 | |\n", encoding="utf-8")
    run = lint_beside("it.md", options=("--select=unknown-gap-risk,unknown-risk,untested-rollback,unassigned-gap",))
    assert run.out.startswith("it.md:20015:14: error: risk 'lwo' is not one of: low, medium, high")
    assert run.out.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "a b\n\n" * 5_000,
        "- a\n" * 5_000,
        "# a\n\n" * 2_000,
        "### Motivation\n\na\n\n" * 2_000,
        "<!-- lint-migration-plan: ignore[unknown-risk] -->\n\na\n\n" * 2_000,
        "a <!-- lint-migration-plan: ignore[unknown-risk] -->\n\n" * 2_000,
        "<!-- lint-migration-plan: ignore[unknown-risk] -->\n\n" * 5_000,
        "<!-- lint-migration-plan: ignore[" + "unknown-rsk, " * 2_000 + "] -->\n",
        "**Risk**: low\n" * 1_000,
        "[a]: b\n" * 20_000,
        "| a | b |\n| - | - |\n" + "c\n" * 5_000,
        TABLE + "| Gap | low | 1h | Stage 1 | Depends on gap 1 |\n" * 1_000,
        "**Dependencies**: Stages 1-999999999\n**Estimated effort**: " + "9" * 10_000 + " hours\n",
        TABLE + "| A | low | 1h | 1-99999999999 | Depends on gap " + "9" * 10_000 + " |\n",
        "\0" * 10_000 + "\n" + "**Risk\0**: lo\0w\n",
        "\f\n\v\n\x85\n\u2028\n\x1c\n" * 1_000,
        "\r" * 20_000,
    ],
    # A whole text as a name is more than a system lets the program inherit.
    ids=count(),
)
def test_much_of_one_thing_is_judged(text: str) -> None:
    Path("it.md").write_text(PLAN + text, encoding="utf-8", newline="")
    run = lint_beside("it.md")
    assert run.status == 1
    assert "internal-error" not in run.rules


def test_nul_bytes_do_not_hide_a_plan() -> None:
    run = lint("-q", "-", stdin=b"\0\n" + BAD.replace(b"Meduim", b"Med\0uim"))
    assert "unknown-risk" in run.rules
    assert "<stdin>:71:11: error: risk 'Med\ufffduim' is not one of" in run.out
    assert lint("-", stdin=b"\0" * 1000).rules == ["not-a-plan"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"lone-\xff.md", r"lone-\udcff.md"),
        (b"new\nline.md", r"new\nline.md"),
        (b"\x1b[31mred\x07.md", r"\x1b[31mred\x07.md"),
        ("\u202egro.md".encode(), r"\u202egro.md"),
        (b" ::error::it.md", r"\x20::error::it.md"),
        (b"##[command]it.md", r"##\[command]it.md"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--format=json",), ("--show-source", "--color=always")])
def test_a_name_can_neither_break_a_line_nor_command_a_terminal(
    place: Path, name: bytes, shown: str, options: tuple[str, ...]
) -> None:
    Path("bad.md").unlink()
    Path(os.fsdecode(name)).write_bytes(BAD)
    run = lint(*options, "--select=unknown-risk", "--", os.fsdecode(name))
    in_folder = lint(*options, "--select=unknown-risk", str(place))
    missing = lint("--", os.fsdecode(b"no" + name))
    assert (run.status, in_folder.status, missing.status) == (1, 1, 2)
    assert run.err == in_folder.err == "1 error in 1 file (1 can be mended with --fix)\n"
    assert missing.err.count("\n") == 2
    for text in (run.out, in_folder.out, missing.err):
        assert not set(OWN_CODES.sub("", text)) & set("\x07\x1b\r\u202e\udcff")
    if "--format=json" not in options:
        assert OWN_CODES.sub("", run.out).startswith(f"{shown}:70:11: error: ")
        assert shown.removeprefix(r"\x20") in in_folder.out
    else:
        assert json.loads(run.out)["diagnostics"][0]["path"] == os.fsdecode(name)


def bomb(levels: int) -> str:
    """Write YAML whose last alias stands for 10 to the power of ``levels`` values."""
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x, x]", *lines])


def merge_bomb(levels: int) -> str:
    lines = [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 10)}]}}" for n in range(1, levels)]
    return "\n".join(["m0: &m0 {k: v}", *lines])


@pytest.mark.parametrize(
    "yaml",
    [
        bomb(30),
        bomb(30) + "\nmigration-plan: *a29",
        bomb(30) + "\nmigration-plan: {type: *a29}",
        merge_bomb(30),
        merge_bomb(30) + "\n<<: *m29",
        merge_bomb(30) + "\nmigration-plan: *m29",
        "a: " + "[" * 5000 + "]" * 5000,
        "a: " + "{a: " * 5000 + "}" * 5000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "a: &a [*a]",
        "a: &a {<<: *a}",
        "a: " + "9" * 100_000,
        "a: 1e999999999",
        "a: 0x" + "f" * 100_000,
        "? " * 5000 + "a",
        "- " * 5000 + "a",
        '"' + "\\" * 100_000,
        "a: !!binary " + "=" * 10_000,
        "a: |" + "\n  b" * 50_000,
        "*" * 10_000,
        "&" * 10_000,
        "%YAML 9.9\n" * 100,
        "\t: \t",
        "a: b\n...\nc: d",
        "b: c\n" * 60_000,
        "migration-plan: " + "[" * 60 + "]" * 60,
        "migration-plan: &a {type: *a}",
        "migration-plan:\n" + "".join(f"  key{n}: x\n" for n in range(10_000)),
        f"migration-plan: {{gap-map: {'x' * 100_000}}}",
    ],
)
@pytest.mark.parametrize("start", [PLAN, "# Notes\n"], ids=["plan", "notes"])
def test_front_matter_cannot_explode(yaml: str, start: str) -> None:
    Path("it.md").write_text(f"---\n{yaml}\n---\n\n{start}", encoding="utf-8")
    run = lint("-q", "--select=invalid-front-matter,unknown-risk", "it.md", "bad.md")
    assert run.rules[-1] == "unknown-risk"
    assert run.rules.count("invalid-front-matter") <= 1
    assert max(map(len, run.out.splitlines())) < 1000


def test_front_matter_runs_nothing(place: Path) -> None:
    ran = place / "ran"
    for tag in ("!!python/object/apply:os.system", "!!python/object/new:os.system", "!!python/name:os.system"):
        yaml = f"---\na: {tag} ['touch {ran}']\nmigration-plan: {{type: {tag} ['touch {ran}']}}\n---\n\n"
        run = lint("-q", "--isolated", "--select=invalid-front-matter", "-", stdin=yaml.encode() + GOOD)
        assert run.rules == ["invalid-front-matter"]
        Path(".lint-migration-plan.yaml").write_text(f"fail-on: {tag} ['touch {ran}']\n", encoding="utf-8")
        assert lint("-q", "bad.md").status == 2
    assert not ran.exists()


def test_a_linted_repository_runs_nothing(place: Path) -> None:
    git(place, "init", "--quiet")
    git(place, "add", "bad.md")
    ran = place / "ran"
    script = place / "script"
    script.write_text(f"#!{sys.executable}\nopen({str(ran)!r}, 'w').close()\n", encoding="utf-8")
    script.chmod(0o755)
    hooks = place / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout", "pre-commit"):
        (hooks / hook).symlink_to(script)
    for key in ("core.fsmonitor", "core.pager", "pager.ls-files", "core.sshCommand", "core.editor", "core.askPass"):
        git(place, "config", key, str(script))
    git(place, "config", "filter.evil.clean", str(script))
    git(place, "config", "filter.evil.process", str(script))
    (place / ".gitattributes").write_text("*.md filter=evil\n", encoding="utf-8")
    os.utime("bad.md", (1, 1))
    assert lint_process("-q", ".").rules == BAD_RULES
    assert not ran.exists()
    # So that this test can fail: git itself does run the script.
    git(place, "ls-files", "--others")
    assert ran.exists()
