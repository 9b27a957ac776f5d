"""Several processes find what one does, say it in its order, and are missed when they are gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from program import BAD, COMMAND, GOOD, PATIENCE, PROSE, ROOT, Run, impersonal, lint, lint_process

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process can be made here")

#: The fixtures of a few rules, gap maps and configurations among them, and files that cannot be judged.
FIXTURES = [str(ROOT / "fixtures" / rule) for rule in ("gap-map-mismatch", "unknown-risk", "unreadable-file")]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(9):
        content = (GOOD, BAD, PROSE)[number % 3]
        (tmp_path / f"{number}.md").write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        [*FIXTURES, "nowhere.md", "."],
        ["--statistics", *FIXTURES],
        ["--show-source", *FIXTURES],
        ["--format=json", *FIXTURES],
        ["--plans-only", ".", "nowhere.md"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_all_is_said_in_the_same_order(arguments: list[str]) -> None:
    alone = lint_process("--no-cache", "--jobs=1", *arguments)
    assert lint_process("--no-cache", "--jobs=3", *arguments) == alone
    assert lint_process("--no-cache", *arguments) == alone
    assert alone.status


@pytest.mark.parametrize("form", ["text", "json"])
def test_who_started_us_may_not_want_to_know_of_the_ends_of_processes(form: str) -> None:
    arguments = [f"--format={form}", "--no-cache", "."]
    deaf = ["env", "--ignore-signal=CHLD", *COMMAND, "--jobs=3", *arguments]
    run = subprocess.run(deaf, capture_output=True, text=True, env=impersonal(), timeout=PATIENCE, check=False)
    assert Run(run.returncode, run.stdout, run.stderr) == lint_process("--jobs=1", *arguments)


def test_what_is_known_is_shared() -> None:
    names = [f"{number}.md" for number in range(9)]
    alone = lint_process("--no-cache", "--jobs=1", *names)
    for jobs in "232":
        assert lint_process("--cache-dir=kept", f"--jobs={jobs}", *names) == alone


def test_a_configuration_that_cannot_be_used_is_said_once(place: Path) -> None:
    (place / "docs").mkdir()
    for number in range(5):
        (place / "docs" / f"{number}.md").write_bytes(BAD)
    (place / "docs" / ".lint-migration-plan.yaml").write_text("select: [no-such-rule]\n")
    run = lint_process("--no-cache", "--jobs=2", ".")
    assert run == lint_process("--no-cache", "--jobs=1", ".")
    assert run.err.count("no-such-rule") == 1
    assert run.status == 2


def test_a_baseline_hides_the_same_and_tells_the_same_of_what_is_gone(place: Path) -> None:
    names = [f"{number}.md" for number in range(9)]
    assert lint_process("--write-baseline=known.txt", "--jobs=2", *names).status == 0
    (place / "1.md").write_bytes(GOOD)
    alone = lint_process("--no-cache", "--baseline=known.txt", "--jobs=1", *names)
    assert "--prune-baseline" in alone.err
    assert lint_process("--no-cache", "--baseline=known.txt", "--jobs=3", *names) == alone


def test_files_that_are_mended_are_mended_by_one(place: Path) -> None:
    run = lint_process("--jobs=3", "--fix", *(f"{number}.md" for number in range(9)))
    assert "3 mended" in run.err
    assert b"Meduim" not in (place / "4.md").read_bytes()


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "", "12345"])
def test_a_number_of_processes_is_a_number(value: str) -> None:
    run = lint(f"--jobs={value}", "0.md")
    assert run.status == 2
    assert "is no number of processes, from 1 to 9999" in run.err


def sabotaged(code: str, *arguments: str) -> Run:
    """Run the program with code that changes ``judge_file``, a function of a path among others."""
    program = f"""
import os, sys
from lint_migration_plan.cli import main
from lint_migration_plan.lint import runner
first, real = os.getpid(), runner.judge_file
def judge_file(path, *others, **more):
    {code}
    return real(path, *others, **more)
runner.judge_file = judge_file
status = main({["--no-cache", "--jobs=2", *arguments]!r})
sys.stdout.flush()
os._exit(status)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return Run(result.returncode, result.stdout, result.stderr)


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("path == '4.md' and os.getpid() != first and os.kill(os.getpid(), 9)", "was killed by signal 9"),
        ("path == '4.md' and os.getpid() != first and os._exit(3)", "ended with status 3"),
        ("path == '4.md' and os.getpid() != first and 1 / 0", "ended with status 1"),
    ],
)
def test_a_process_that_is_gone_is_missed_and_the_others_go_on(code: str, how: str) -> None:
    names = [f"{number}.md" for number in range(9)]
    run = sabotaged(code, *names)
    assert run.status == 2
    assert f"lint-migration-plan: 4.md: not judged: the process that was to do it {how}\n" in run.err
    # Its other files are judged all the same, in their places.
    alone = lint(*(name for name in names if name != "4.md"))
    assert run.out == alone.out
    assert ("ZeroDivisionError" in run.err) == ("1 / 0" in code)


def test_all_processes_may_be_gone() -> None:
    run = sabotaged("os.getpid() != first and os.kill(os.getpid(), 9)", *(f"{number}.md" for number in range(9)))
    assert run.status == 2
    # The first file of each is lost with it; the rest is done by the first process.
    assert run.err.count("not judged") == 2
    assert run.out.count("unknown-risk") == 2


def test_a_system_without_room_for_processes_has_room_for_the_work() -> None:
    names = [f"{number}.md" for number in range(9)]
    program = f"import os\ndef fork():\n    raise OSError\nos.fork = fork\nfrom lint_migration_plan.cli import main\nmain({['--no-cache', '--jobs=2', *names]!r})"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == lint(*names)[1:]


def test_a_reader_who_leaves_ends_all() -> None:
    names = [f"{number}.md" for number in range(9)]
    command = f"{sys.executable} -m lint_migration_plan --no-cache --jobs=2 --show-source {' '.join(names)} | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert result.stdout.startswith("1.md:")
    assert "Traceback" not in result.stderr


def test_no_copy_is_made_of_a_process_with_threads() -> None:
    names = [f"{number}.md" for number in range(9)]
    program = (
        "import os, threading\nos.fork = None\n"
        "threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()\n"
        f"from lint_migration_plan.cli import main\nmain({['--no-cache', '--jobs=2', *names]!r})\nos._exit(0)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Traceback" not in result.stderr


def test_what_is_read_by_programs_is_whole() -> None:
    run = lint_process("--no-cache", "--jobs=2", "--format=json", *(f"{number}.md" for number in range(9)))
    assert len(json.loads(run.out)["diagnostics"]) == 9 + 3
