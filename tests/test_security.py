"""The threat model: its promises name the tests that hold them, and some are held here."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from program import BAD, PATIENCE, ROOT, git, impersonal

if TYPE_CHECKING:
    from pathlib import Path

SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")

NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", SECURITY)


def test_every_promise_names_a_test() -> None:
    rows = [line for line in SECURITY.splitlines() if line.startswith("| ") and line != "| promise | tests |"]
    assert len(rows) > 15
    assert [row for row in rows if not re.fullmatch(r"\| [^|]+ \| (`tests/\w+\.py::\w+`(, )?)+ \|", row)] == []


@pytest.mark.parametrize("module", sorted({module for module, _ in NAMED}))
def test_the_tests_that_are_named_exist(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for where, name in NAMED if where == module} <= tests


#: Runs the command line with a watch on what the interpreter is asked to do, and prints what went against the promise.
WATCHED = """
import json, os, sys
from lint_migration_plan.cli import main

forbidden = []

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
        if writes and "__pycache__" not in str(path) and path != os.devnull:
            forbidden.append(f"{event} {path}")
    elif event == "subprocess.Popen":
        forbidden.append(f"{event} {arguments[0]}")
    elif event.partition(".")[0] in {"socket", "urllib", "http", "ftplib", "smtplib", "webbrowser", "ctypes"}:
        forbidden.append(event)
    elif event in {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.spawn", "os.startfile",
                   "os.kill", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link",
                   "os.symlink", "os.truncate", "os.utime", "os.putenv", "shutil.rmtree", "shutil.move", "pty.spawn"}:
        forbidden.append(f"{event} {arguments}")

sys.addaudithook(watch)
status = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([status, sorted(set(forbidden))]), file=sys.stderr)
"""


def watched(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "-q", *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=folder,
        env=impersonal(),
    )
    status, forbidden = json.loads(done.stderr.splitlines()[-1])
    return status, forbidden


HOSTILE = """---
migration-plan:
  gap-map: ../../etc/passwd
---

## Migration: x <img src=https://example.com/a.png>

[a](https://example.com) ![b](https://example.com/b.png) <https://example.com> [c]

[c]: file:///etc/passwd

### Stage 1 — `rm -rf /` $(touch ran)

**Risk**: {{7*7}}

## Gap → Stage Mapping

[the gap map](https://example.com/gaps.md), [gaps](file:///gaps.md), [gap map](//host/gaps.md)
"""


def test_a_lint_neither_starts_nor_calls_nor_writes_anything(tmp_path: Path) -> None:
    plans = [str(path) for path in sorted((ROOT / "fixtures").glob("*/invalid*.md"))[::6]]
    (tmp_path / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    # Several files are shared among copies of the process, which this one ends.
    status, seen = watched(tmp_path, "--jobs=2", "--format=json", "--show-source", "hostile.md", *plans)
    assert (status, {each.partition(" ")[0] for each in seen}) == (1, {"os.fork", "os.kill"})
    assert watched(tmp_path, "--jobs=1", "--format=json", "--show-source", "hostile.md", *plans) == (1, [])
    assert watched(tmp_path, "--diff", "--unsafe-fixes", "hostile.md") == (1, [])
    assert watched(tmp_path, "--explain-plan", "hostile.md") == (0, [])
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.md"]


def test_what_is_kept_is_written_into_the_cache_alone(tmp_path: Path) -> None:
    linted, kept = tmp_path / "linted", tmp_path / "kept"
    linted.mkdir()
    (linted / "bad.md").write_bytes(BAD)
    # Of code that is being worked on nothing is kept for two seconds.
    time.sleep(2.1)
    status, seen = watched(linted, "--cache-dir", str(kept), "bad.md")
    assert status == 1
    assert {each.split(" ", 1)[0] for each in seen} == {"open", "os.mkdir", "os.rename"}
    assert [each for each in seen if str(kept) not in each.replace("'", " ")] == []
    assert [path.name for path in linted.iterdir()] == ["bad.md"]


def test_in_a_repository_git_is_all_that_is_started(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    status, seen = watched(tmp_path, "--changed-since", "HEAD", ".")
    assert status == 0
    # It ends the git that it started itself.
    assert {each for each in seen if not each.startswith("os.kill ")} == {"subprocess.Popen git"}
