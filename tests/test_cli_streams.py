"""The command line among other programs: pipes, signals, terminals, encodings, streams that are closed."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from program import BAD, COMMAND, GOOD, PATIENCE, impersonal, lint_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: What the summary says of the bad plan.
FIXABLE = " (1 can be mended with --fix)"

#: More than a pipe holds.
MANY = "## Migration: x\n\n" + "".join(f"### Stage {n} — Move it\n\n**Risk**: {n:0150}\n\n" for n in range(1, 600))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a good plan, a bad one, and one with very many defects."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_bytes(GOOD)
    (tmp_path / "bad.md").write_bytes(BAD)
    (tmp_path / "many.md").write_text(MANY, encoding="utf-8")
    return tmp_path


def in_shell(redirections: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program with what a shell can do to its streams."""
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirections}', "sh", *COMMAND, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=impersonal(),
    )


@pytest.mark.parametrize(
    "arguments", [("many.md",), ("--format=json", "many.md"), ("--show-source", "many.md", "good.md")]
)
def test_a_reader_that_has_enough_ends_it_quietly(arguments: tuple[str, ...]) -> None:
    program = subprocess.Popen(
        [*COMMAND, "--select=unknown-risk", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=impersonal(),
    )
    assert program.stdout is not None
    assert program.stderr is not None
    with program, program.stderr:
        assert program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(PATIENCE) == 141


@pytest.mark.parametrize(
    "arguments",
    [("bad.md",), ("good.md", "missing.md"), ("--help",), ("--version",), ("--list-rules",), ("--nonsense",)],
)
@pytest.mark.parametrize("both", [False, True])
def test_a_pipe_that_nobody_reads_is_no_reason_to_complain(arguments: tuple[str, ...], *, both: bool) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        stderr = pipe if both else subprocess.PIPE
        done = subprocess.run(
            [*COMMAND, *arguments], check=False, stdout=pipe, stderr=stderr, timeout=PATIENCE, env=impersonal()
        )
    assert done.returncode in {0, 2, 141}
    assert both or b"Traceback" not in done.stderr
    assert both or b"Broken" not in done.stderr


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Let an interrupt reach what is started, even where the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_an_interrupt_ends_it_quietly() -> None:
    program = subprocess.Popen(
        [*COMMAND, "missing.md", "bad.md", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=impersonal(),
    )
    assert program.stderr is not None
    # The first complaint shows that it is at work; then it waits for its standard input.
    assert program.stderr.readline() == b"lint-migration-plan: missing.md: no such file or directory\n"
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=PATIENCE)
    assert said == b""
    assert program.returncode == 130


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8", "ascii:strict"])
def test_what_the_encoding_lacks_is_escaped(place: Path, encoding: str) -> None:
    (place / "ü→.md").write_bytes(BAD.replace(b"Meduim", "mittel → 日本".encode()))
    run = subprocess.run(
        [*COMMAND, "--select=unknown-risk", "--show-source", "ü→.md", "→.md"],
        check=False,
        capture_output=True,
        timeout=PATIENCE,
        env=impersonal({"PYTHONIOENCODING": encoding}),
    )
    assert run.returncode == 2
    codec = encoding.partition(":")[0]
    shown = run.stdout.decode(codec)
    where = "ü→.md".encode(codec, "backslashreplace").decode(codec)
    risk = "mittel → 日本".encode(codec, "backslashreplace").decode(codec)
    assert shown.startswith(f"{where}:70:11: error: risk '{risk}' is not one of: low, medium, high [unknown-risk]\n")
    assert "lint-migration-plan: " in run.stderr.decode(codec)
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--list-rules",), ("--explain", "stage-heading"), ("--show-config",)]
)
def test_pages_are_printed_in_any_encoding(arguments: tuple[str, ...]) -> None:
    run = lint_process(*arguments, environment={"PYTHONIOENCODING": "ascii"})
    assert (run.status, run.err) == (0, "")
    assert run.out.isascii()


@pytest.mark.parametrize(
    ("redirections", "status", "out", "err"),
    [
        ("<&-", 2, 3, ["lint-migration-plan: <stdin>: standard input is closed", f"3 errors in 1 file{FIXABLE}"]),
        ("</dev/null >&-", 1, 0, [f"4 errors in 2 files{FIXABLE}"]),
        ("</dev/null 2>&-", 1, 4, []),
        ("<&- >&- 2>&-", 2, 0, []),
    ],
)
def test_closed_streams(redirections: str, status: int, out: int, err: list[str]) -> None:
    done = in_shell(redirections, "-", "bad.md")
    assert done.returncode == status
    assert done.stdout.count("\n") == out
    assert done.stderr.splitlines() == err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("arguments", [("bad.md",), ("--list-rules",), ("--format=json", "good.md")])
def test_a_full_disk_is_told(arguments: Sequence[str]) -> None:
    done = in_shell(">/dev/full", *arguments)
    assert done.returncode == 2
    assert re.fullmatch(r"lint-migration-plan: cannot go on: .*No space left on device\n", done.stderr)
    assert in_shell(">/dev/full 2>&1", *arguments).returncode == 2


def on_terminal(environment: dict[str, str], *arguments: str) -> str:
    """Run the program with a terminal as its stdout, and give what it writes there."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [*COMMAND, "-q", *arguments], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=impersonal(environment)
    )
    os.close(theirs)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        while True:
            try:
                chunk = terminal.read(4096)
            except OSError:
                # The other end is closed.
                break
            if not chunk:
                break
            shown += chunk
    _, said = program.communicate(timeout=PATIENCE)
    assert said == b""
    assert program.returncode == 1
    return shown.decode().replace("\r\n", "\n")


FRAMED = (
    "bad.md:70:11: error: risk 'Meduim' is not one of: low, medium, high; did you mean 'medium'? [unknown-risk]\n"
    "   70 | **Risk**: Meduim\n"
    "      |           ^^^^^^\n"
    "    --fix: write 'medium' for 'Meduim'\n"
)


@pytest.mark.parametrize(
    ("environment", "options", "colored"),
    [
        ({"TERM": "xterm"}, (), True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, (), False),
        ({"TERM": "xterm", "NO_COLOR": ""}, (), True),
        ({"TERM": "dumb"}, (), False),
        ({"TERM": "xterm"}, ("--color=never",), False),
    ],
)
def test_a_terminal_gets_the_source_and_colors(
    environment: dict[str, str], options: tuple[str, ...], *, colored: bool
) -> None:
    shown = on_terminal(environment, "--select=unknown-risk", *options, "bad.md")
    assert ("\x1b[1;31merror\x1b[0m" in shown) is colored
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == FRAMED
    assert colored or shown == FRAMED


def test_a_diff_on_a_terminal_has_no_raw_control_characters(place: Path) -> None:
    (place / "bad.md").write_bytes(BAD.replace(b"Meduim", b"Meduim (\x1b]0;x\x07)"))
    shown = on_terminal({}, "--diff", "--select=unknown-risk", "bad.md")
    assert "\n-**Risk**: Meduim (\\x1b]0;x\\x07)\n+**Risk**: medium (\\x1b]0;x\\x07)\n" in shown
    assert not {"\x1b", "\x07"} & set(shown)


def test_a_pipe_gets_neither() -> None:
    run = lint_process("-q", "--select=unknown-risk", "bad.md", environment={"TERM": "xterm"})
    assert run.out == FRAMED.partition("   70")[0]


def test_a_surrogate_or_control_in_an_argument_is_printed_safely() -> None:
    run = lint_process(b"no\xff\x1b[31m\nsuch.md", "--select=unknown-risk", "bad.md")
    assert run.status == 2
    assert run.err.splitlines()[0] == r"lint-migration-plan: no\udcff\x1b[31m\nsuch.md: no such file or directory"
    assert run.out == FRAMED.partition("   70")[0]


def test_the_module_runs_as_the_script_does(place: Path) -> None:
    script = os.path.join(os.path.dirname(sys.executable), "lint-migration-plan")
    runs = [
        subprocess.run(
            [*command, "bad.md"], check=False, capture_output=True, timeout=PATIENCE, cwd=place, env=impersonal()
        )
        for command in (COMMAND, (script,))
    ]
    assert runs[0].returncode == runs[1].returncode == 1
    assert runs[0].stdout == runs[1].stdout != b""
