"""What goes wrong around the program: it is killed, the disk is full, files go and change, places are not there.

Each file is old or new and whole, whatever happens; the exit status and the message say what did.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import multiprocessing
import os
import pty
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.cli import main, run
from program import BAD, COMMAND, GOOD, PATIENCE, git, impersonal, lint, lint_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.context import ForkServerContext

#: What is left of the bad plan when the one defect that can be mended is.
MENDED = BAD.replace(b"Meduim", b"medium")

#: The one defect of the bad plan that can be mended, and of a small plan, which is linted in no time.
OPTIONS = ("-q", "--isolated", "--select=unknown-risk")
SMALL_OLD = b"# Migration\n\n### Stage 1 \xe2\x80\x94 Copy\n\n**Risk**: Meduim\n"
SMALL_NEW = SMALL_OLD.replace(b"Meduim", b"medium")

#: The file that who is killed outright may leave.
TEMPORARY = re.compile(r"\.lint-migration-plan\.[0-9a-f]{16}\.tmp")

#: The name of a result that is kept, within the folder of its first two digits.
ENTRY = re.compile(r"[0-9a-f]{30}")

FULL = os.path.exists("/dev/full")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a bad plan and a good one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.md").write_bytes(BAD)
    (tmp_path / "good.md").write_bytes(GOOD)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# Killed.


@pytest.fixture(scope="module")
def forks() -> ForkServerContext:
    """Give what starts processes that have the program imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["lint_migration_plan.cli", "lint_migration_plan.lint.fixer"])
    return context


def small_plans(folder: Path) -> list[Path]:
    """Write a hundred plans with one defect each."""
    folder.mkdir()
    plans = [folder / f"{n:02}.md" for n in range(100)]
    for plan in plans:
        plan.write_bytes(SMALL_OLD)
    return plans


@pytest.mark.slow
def test_whoever_is_killed_leaves_each_file_old_or_new(place: Path, forks: ForkServerContext) -> None:
    plans = small_plans(place / "plans")
    fix = [*OPTIONS, "--fix", str(place / "plans")]
    moments = random.Random(7)  # noqa: S311 - nobody is to be kept from guessing them
    in_the_middle = 0
    for number in range(200):
        anew = number % 2 == 0
        if anew or plans[-1].read_bytes() == SMALL_NEW:
            for plan in plans:
                plan.write_bytes(SMALL_OLD)
        process = forks.Process(target=main, args=(fix,))
        process.start()
        # Half of them are killed while they write, however slow the machine is.
        while anew and process.is_alive() and plans[0].read_bytes() == SMALL_OLD:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.1 if anew else 0.3))
        process.kill()
        process.join()
        done = [plan.read_bytes() for plan in plans]
        assert set(done) <= {SMALL_OLD, SMALL_NEW}
        in_the_middle += len(set(done)) == 2
    left = names(place / "plans") - {plan.name for plan in plans}
    assert [name for name in left if not TEMPORARY.fullmatch(name)] == []
    # How many depends on the machine; none would mean that nothing was tried.
    assert in_the_middle > 5
    # Half a file is nobody's plan, and the next run does what is left to do.
    (place / "plans" / next(iter(left), f".lint-migration-plan.{'0' * 16}.tmp")).write_bytes(BAD)
    assert lint(*fix) == (0, "", "")
    assert {plan.read_bytes() for plan in plans} == {SMALL_NEW}


@pytest.mark.slow
def test_whoever_is_killed_leaves_results_that_are_whole(place: Path, forks: ForkServerContext) -> None:
    plans = small_plans(place / "plans")
    for number, plan in enumerate(plans):
        # No two of them have the same result.
        plan.write_bytes(SMALL_OLD + b"\n" * (number % 7) + b"No more than that: %d.\n" % number)
    kept = place / "kept"
    paths = [str(plan) for plan in plans]
    options = [*OPTIONS, "--jobs=1"]
    expected = lint(*options, "--no-cache", *paths)
    moments = random.Random(8)  # noqa: S311 - likewise
    in_the_middle = 0
    for _ in range(200):
        if len(entries(kept)) >= len(plans):
            shutil.rmtree(kept)
        before = len(entries(kept))
        process = forks.Process(target=main, args=([*options, "--cache-dir", str(kept), *paths],))
        process.start()
        while process.is_alive() and len(entries(kept)) == before:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.1))
        process.kill()
        process.join()
        in_the_middle += before < len(entries(kept)) < len(plans)
    assert in_the_middle > 5
    # Half an entry would have no signature, and would not be told; what is told is right.
    for _ in range(2):
        assert lint(*options, "--cache-dir", str(kept), *paths) == expected
    assert len(entries(kept)) == len(plans)
    left = [name for name in names_below(kept) if not ENTRY.fullmatch(name)]
    assert {name for name in left if not re.fullmatch(r"[0-9a-f]{30}\.\d+", name)} == {".gitignore", "CACHEDIR.TAG"}


def entries(kept: Path) -> list[str]:
    """Give the results that are kept, without what is still being written."""
    return [name for name in names_below(kept) if ENTRY.fullmatch(name)]


def names_below(folder: Path) -> list[str]:
    return [name for _, _, names in os.walk(folder) for name in names]


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGHUP, -1)])
def test_whoever_is_asked_to_end_leaves_no_temporary_file(place: Path, ending: signal.Signals, status: int) -> None:
    plans = small_plans(place / "plans")
    moments = random.Random(ending)  # noqa: S311 - likewise
    for _ in range(5):
        for plan in plans:
            plan.write_bytes(SMALL_OLD)
        program = subprocess.Popen(
            ["env", f"--default-signal={ending.name}", *COMMAND, *OPTIONS, "--fix", "plans"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=impersonal(),
        )
        while plans[0].read_bytes() == SMALL_OLD:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.2))
        program.send_signal(ending)
        assert program.communicate(timeout=PATIENCE) == (b"", b"")
        assert program.returncode in {status, 0}
        assert {plan.read_bytes() for plan in plans} <= {SMALL_OLD, SMALL_NEW}
        assert names(place / "plans") == {plan.name for plan in plans}


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_an_interrupt_waits_until_the_file_is_whole(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    original: Callable[..., object] = getattr(os, step)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupted(*arguments: object) -> object:
        if step != "open" or ".tmp" in str(arguments[0]):
            signal.raise_signal(signal.SIGINT)
        return original(*arguments)

    monkeypatch.setattr(os, step, interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            main([*OPTIONS, "--fix", "bad.md"])
    finally:
        signal.signal(signal.SIGINT, before)
    assert (place / "bad.md").read_bytes() == MENDED
    assert names(place) == {"bad.md", "good.md"}
    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
def test_two_runs_at_once_mend_each_file_once(place: Path) -> None:
    plans = small_plans(place / "plans")
    programs = [
        subprocess.Popen([*COMMAND, *OPTIONS, "--fix", "plans"], stderr=subprocess.PIPE, text=True, env=impersonal())
        for _ in range(3)
    ]
    for program in programs:
        _, said = program.communicate(timeout=PATIENCE)
        lines = said.splitlines()
        assert program.returncode == (2 if lines else 0)
        for line in lines:
            assert re.fullmatch(
                r"lint-migration-plan: plans/\d\d\.md: not mended: it changed (while it was read|meanwhile); run again",
                line,
            )
    assert {plan.read_bytes() for plan in plans} == {SMALL_NEW}
    assert names(place / "plans") == {plan.name for plan in plans}


@pytest.mark.slow
def test_two_runs_at_once_lose_nothing_of_a_baseline_and_mix_no_reports(place: Path) -> None:
    (place / "bad.md").rename("a.md")
    shutil.copy("a.md", "b.md")
    said = {
        "lint-migration-plan: known: not written: it came to be meanwhile; run again\n",
        "lint-migration-plan: known: not written: it changed meanwhile; run again\n",
    }
    for _ in range(5):
        programs = {
            name: subprocess.Popen(
                [*COMMAND, *OPTIONS, "--write-baseline=known", "--output=json=report.json", name],
                stderr=subprocess.PIPE,
                text=True,
                env=impersonal(),
            )
            for name in ("a.md", "b.md")
        }
        complaints = {name: program.communicate(timeout=PATIENCE)[1] for name, program in programs.items()}
        written = {name for name, program in programs.items() if program.returncode == 0}
        assert written
        assert {complaints[name] for name in written} == {""}
        assert {complaints[name] for name in {*programs} - written} <= said
        # Whoever was told that all went well finds what is known there, and nobody else's is in its place.
        known = Path("known").read_text()
        assert {name for name in programs if f"{name}\t" in known} == written
        assert json.loads(Path("report.json").read_text())["summary"]["plans"] == 1
        assert names(place) == {"a.md", "b.md", "good.md", "known", "report.json"}
        os.unlink("known")


# Files that go, change, and turn into something else while they are looked at.


def at_first_open(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], *, before: bool) -> None:
    """Have something done just before, or just after, the bad plan is opened for the first time."""
    original = os.open
    done = False

    def opened(path: str, *arguments: int, **others: int) -> int:
        nonlocal done
        now = not done and path.endswith("bad.md")
        done |= now
        if now and before:
            deed()
        descriptor = original(path, *arguments, **others)
        if now and not before:
            deed()
        return descriptor

    monkeypatch.setattr(os, "open", opened)


@pytest.mark.parametrize("named", ["bad.md", "."])
def test_a_file_that_goes_before_it_is_read_is_told(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    at_first_open(monkeypatch, Path("bad.md").unlink, before=True)
    assert lint(*OPTIONS, named) == (2, "", "lint-migration-plan: bad.md: no such file or directory\n")


def test_a_file_that_goes_while_it_is_read_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_open(monkeypatch, Path("bad.md").unlink, before=False)
    assert lint(*OPTIONS, "bad.md").rules == ["unknown-risk"]


def append(more: bytes) -> None:
    with open("bad.md", "ab") as file:
        file.write(more)


def test_a_file_that_grows_while_it_is_read_is_judged_or_told(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_open(monkeypatch, lambda: append(b"\n" * 12_000_000), before=False)
    run = lint(*OPTIONS, "--select=unreadable-file", "bad.md")
    assert (run.status, run.rules, run.err) == (1, ["unreadable-file"], "")
    assert "bytes, and at most 10,485,760 are read" in run.out


def test_a_file_that_shrinks_while_it_is_read_is_judged_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_open(monkeypatch, lambda: os.truncate("bad.md", 0), before=False)
    assert lint(*OPTIONS, "--select=not-a-plan", "--fix", "bad.md").rules == ["not-a-plan"]


def becomes(make: Callable[[], object]) -> Callable[[], None]:
    def change() -> None:
        os.unlink("bad.md")
        make()

    return change


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lambda: os.unlink("bad.md"), "no such file or directory"),
        (becomes(lambda: os.mkdir("bad.md")), "it is not a regular file"),
        (becomes(lambda: os.mkfifo("bad.md")), "it is not a regular file"),
        (becomes(lambda: os.symlink("bad.md", "bad.md")), "too many levels of symbolic links"),
        (becomes(lambda: os.symlink("good.md", "bad.md")), "it changed while it was read; run again"),
        (becomes(lambda: os.symlink("/dev/null", "bad.md")), "it is not a regular file"),
        (becomes(lambda: os.link("good.md", "bad.md")), "it has several names (hard links), which would come apart"),
        (lambda: os.replace("good.md", "bad.md"), "it changed while it was read; run again"),
        (lambda: os.chmod("bad.md", 0o444), "it is read-only"),
    ],
    ids=["gone", "a folder", "a pipe", "a loop", "a link", "a device", "two names", "another", "locked"],
)
@pytest.mark.parametrize("option", ["--fix", "--add-suppressions=so it is"])
def test_what_changes_between_reading_and_writing_is_left_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], said: str, option: str
) -> None:
    at_first_open(monkeypatch, deed, before=False)
    run = lint(*OPTIONS, option, "bad.md")
    failed = "not mended" if option == "--fix" else "nothing suppressed"
    assert (run.status, run.err) == (2, f"lint-migration-plan: bad.md: {failed}: {said}\n")
    # What was read had the defect.
    assert run.rules == ["unknown-risk"]
    assert names(place) <= {"bad.md", "good.md"}
    assert all(path.read_bytes() in {GOOD, BAD} for path in place.iterdir() if path.is_file() and path.stat().st_size)


def test_what_was_written_meanwhile_is_not_lost(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_open(monkeypatch, lambda: append(b"\nMine.\n"), before=False)
    lint(*OPTIONS, "--fix", "bad.md")
    assert (place / "bad.md").read_bytes().endswith(b"\nMine.\n")


def test_a_folder_that_goes_while_it_is_linted_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(place, place / "docs")
    os.rename("docs/good.md", "docs/later.md")
    at_first_open(monkeypatch, lambda: shutil.rmtree("docs"), before=False)
    run = lint(*OPTIONS, "docs")
    assert (run.status, run.err) == (2, "lint-migration-plan: docs/later.md: no such file or directory\n")
    assert run.rules == ["unknown-risk"]


# What stands where a file should.


def stand_in(kind: str, name: str = "it") -> None:
    """Make something that is no file, or a file in the place of a folder."""
    match kind:
        case "folder":
            os.mkdir(name)
        case "pipe":
            os.mkfifo(name)
        case "loop":
            os.symlink(name, name)
        case "device":
            os.symlink("/dev/zero", name)
        case "socket":
            with socket.socket(socket.AF_UNIX) as plug:
                plug.bind(name)
        case _:
            Path(name).write_bytes(b"")


def what_it_is(name: str) -> tuple[int, ...]:
    """Give all that is known of a file but when it was last looked at."""
    status = os.lstat(name)
    return status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


WHY = {
    "folder": "not a regular file but a folder",
    "pipe": "not a regular file but a pipe",
    "loop": "too many levels of symbolic links",
    "device": "not a regular file but a device",
    "socket": "no such device or address",
    "behind a file": "not a directory",
}


@pytest.mark.parametrize("kind", WHY)
def test_what_is_no_file_is_neither_waited_for_nor_overwritten(place: Path, kind: str) -> None:
    stand_in(kind)
    name = "it/plan" if kind == "behind a file" else "it"
    before = what_it_is("it")
    cases = [
        (("--fix", name), WHY[kind]),
        (("--baseline", name, "good.md"), f"the baseline cannot be read: {WHY[kind]}"),
        ((f"--write-baseline={name}", "bad.md"), f"the baseline cannot be read: {WHY[kind]}"),
    ]
    if kind == "folder":
        # Folders are looked into, and what is to be written is no folder: that is said elsewhere.
        cases = cases[1:2]
    for arguments, why in cases:
        assert lint_process(*OPTIONS, *arguments) == (2, "", f"lint-migration-plan: {name}: {why}\n")
    why = WHY[kind] if "/" in name else "it is there already, and is not overwritten"
    assert lint("--new=blank", "-o", name) == (2, "", f"lint-migration-plan: {name}: not written: {why}\n")
    assert what_it_is("it") == before
    assert names(place) == {"bad.md", "good.md", "it"}


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "device", "socket"])
def test_a_configuration_that_is_no_file_is_told(kind: str) -> None:
    stand_in(kind, "it.yaml")
    run = lint_process("-q", "--config=it.yaml", "bad.md")
    assert (run.status, run.out) == (2, "")
    assert re.fullmatch(r"lint-migration-plan: it\.yaml: [^\n]+\n", run.err)


# Disks that are full, and folders that may not be written.


def limited(size: int) -> Callable[[], None]:
    """Let a process write no file larger than so many bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


WRITERS = [
    (("--fix", "bad.md"), "bad.md: not mended: cannot write beside it: {}"),
    (("--add-suppressions=so it is", "bad.md"), "bad.md: nothing suppressed: cannot write beside it: {}"),
    (("--write-baseline=known.txt", "bad.md"), "known.txt: not written: {}"),
    (("--new=blank", "-o", "new.md"), "new.md: not written: {}"),
    (("--output=json=report.json", "bad.md"), "report.json: not written: {}"),
]


@pytest.mark.parametrize(("arguments", "said"), WRITERS)
@pytest.mark.parametrize("size", [0, 10])
def test_a_file_that_may_not_become_so_large_is_not_written(
    place: Path, arguments: tuple[str, ...], said: str, size: int
) -> None:
    options = () if "-o" in arguments else OPTIONS
    done = subprocess.run(
        [*COMMAND, *options, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=impersonal(),
        preexec_fn=limited(size),
    )
    assert done.returncode == 2
    assert done.stderr == f"lint-migration-plan: {said.format('file too large')}\n"
    assert (place / "bad.md").read_bytes() == BAD
    assert names(place) == {"bad.md", "good.md"}


def test_output_that_may_not_become_so_large_is_told(place: Path) -> None:
    with open("out", "wb") as out:
        done = subprocess.run(
            [*COMMAND, *OPTIONS, "bad.md"],
            check=False,
            stdout=out,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            env=impersonal(),
            preexec_fn=limited(10),
        )
    assert (done.returncode, done.stderr) == (2, b"lint-migration-plan: cannot go on: [Errno 27] File too large\n")
    assert (place / "out").read_bytes() == b"bad.md:70:"


@pytest.mark.skipif(not FULL, reason="there is no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [("--fix", "-"), ("--diff", "bad.md"), ("--new=blank",), ("--explain-plan", "bad.md"), ("--show-config",)],
)
def test_a_text_that_cannot_be_written_out_is_told(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            check=False,
            input=BAD,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            env=impersonal(),
        )
    assert done.returncode == 2
    assert done.stderr.endswith(b"lint-migration-plan: cannot go on: [Errno 28] No space left on device\n")


@pytest.mark.skipif(not FULL, reason="there is no device that is always full")
def test_what_is_found_is_printed_though_the_summary_cannot_be() -> None:
    with open("/dev/full", "wb") as full:
        runs = [
            subprocess.run(
                [*COMMAND, *options, "--select=unknown-risk", "bad.md"],
                check=False,
                stdout=subprocess.PIPE,
                stderr=full,
                timeout=PATIENCE,
                env=impersonal(),
            )
            for options in ((), ("-q",))
        ]
    assert [run.returncode for run in runs] == [2, 1]
    assert runs[0].stdout == runs[1].stdout != b""


def in_namespace(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the shell where it may mount, and nobody else sees it; skip where that is forbidden."""
    unshare = ["unshare", "--user", "--map-root-user", "--mount"]
    if os.geteuid() == 0:
        unshare = ["unshare", "--mount"]
    probe = "mount -t tmpfs -o size=16k none /mnt"
    if not shutil.which("unshare") or subprocess.run([*unshare, "sh", "-c", probe], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    return subprocess.run(
        [*unshare, "sh", "-euc", f"mkdir disk; {script}", "sh", *COMMAND, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=impersonal(),
    )


FILLED = """
mount -t tmpfs -o size=32k none disk; cp bad.md disk; cat /dev/zero >disk/rest 2>/dev/null || true
cd disk; "$@" && status=0 || status=$?; cmp bad.md ../bad.md; ls -A; exit $status
"""

LOCKED = """
mount -t tmpfs none disk; cp bad.md disk; mount -o remount,ro disk
cd disk; "$@" && status=0 || status=$?; cmp bad.md ../bad.md; ls -A; exit $status
"""


@pytest.mark.parametrize(("arguments", "said"), WRITERS)
def test_a_full_disk_leaves_all_as_it_was(arguments: tuple[str, ...], said: str) -> None:
    options = () if "-o" in arguments else OPTIONS
    done = in_namespace(FILLED, *options, *arguments)
    assert done.stderr == f"lint-migration-plan: {said.format('no space left on device')}\n"
    assert done.returncode == 2
    assert done.stdout.endswith("bad.md\nrest\n")


@pytest.mark.parametrize(("arguments", "said"), WRITERS)
def test_a_disk_that_is_read_only_is_told(arguments: tuple[str, ...], said: str) -> None:
    options = () if "-o" in arguments else OPTIONS
    done = in_namespace(LOCKED, *options, *arguments)
    why = "read-only file system"
    if "beside" in said:
        said, why = said.replace("cannot write beside it: {}", "{}"), "it is read-only"
    assert done.stderr == f"lint-migration-plan: {said.format(why)}\n"
    assert done.returncode == 2


def without_power() -> None:
    """Take from the superuser, if it is he who runs the tests, the power to pass over permissions."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override, read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for capability in (override, read_search):
            if libc.prctl(drop_from_bounding_set, capability, 0, 0, 0):
                os._exit(77)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        *WRITERS,
        (("secret.md",), "secret.md: {}"),
        (("--fix", "secret.md"), "secret.md: {}"),
        (("--baseline=secret.md", "bad.md"), "secret.md: the baseline cannot be read: {}"),
        (("--coverage", "secret.md"), "secret.md: {}"),
        (("closed/plan.md",), "closed/plan.md: {}"),
        (("closed",), "closed: {}"),
        (("--new=blank", "-o", "closed/plan.md"), "closed/plan.md: not written: {}"),
        (("--write-baseline=closed/known", "bad.md"), "closed/known: the baseline cannot be read: {}"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the superuser cannot be bound so")
def test_what_is_not_permitted_is_told(place: Path, arguments: tuple[str, ...], said: str) -> None:
    (place / "secret.md").write_bytes(BAD)
    (place / "secret.md").chmod(0)
    (place / "closed").mkdir(mode=0)
    place.chmod(0o555)
    options = () if {"-o", "--coverage"} & {*arguments} else OPTIONS
    try:
        done = subprocess.run(
            [*COMMAND, *options, *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=impersonal(),
            preexec_fn=without_power,
        )
    finally:
        place.chmod(0o755)
        (place / "closed").chmod(0o755)
    if done.returncode == 77:
        pytest.skip("the superuser cannot be bound here")
    assert done.stderr == f"lint-migration-plan: {said.format('permission denied')}\n"
    assert done.returncode == 2
    assert (place / "bad.md").read_bytes() == BAD
    assert names(place) == {"bad.md", "good.md", "secret.md", "closed"}


# Places that are not there.


@pytest.mark.parametrize("home", [None, "/nonexistent", "/dev/null"])
def test_no_home_is_needed(place: Path, home: str | None) -> None:
    git(place, "init", "--quiet")
    git(place, "add", ".")
    git(place, "commit", "--quiet", "--message=Plans")
    unset = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "USER", "LOGNAME", "TMPDIR")
    environment = {name: value for name, value in impersonal().items() if name not in unset}
    for argument, status in ((".", 1), ("--changed-since=HEAD", 0)):
        done = subprocess.run(
            [*COMMAND, "-q", "--select=unknown-risk", argument, "bad.md"],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=environment if home is None else {**environment, "HOME": home},
        )
        assert (done.returncode, done.stderr) == (status, "")
    assert names(place) == {"bad.md", "good.md", ".git"}


def in_nowhere(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a folder that is gone."""
    return subprocess.run(
        ["sh", "-euc", 'mkdir gone; cd gone; rmdir ../gone; exec "$@"', "sh", *COMMAND, "-q", *arguments],
        check=False,
        capture_output=True,
        input=BAD,
        timeout=PATIENCE,
        env=impersonal(),
    )


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--select=unknown-risk", "{}/bad.md"), 1, ""),
        (("--select=unknown-risk", "{}"), 1, ""),
        (("--select=unknown-risk", "-"), 1, ""),
        (("--select=unknown-risk", "--diff", "-"), 1, ""),
        (("--select=unknown-risk", "--fix", "{}/bad.md"), 0, ""),
        (("--show-config",), 0, ""),
        (("--show-config", "{}/bad.md"), 0, ""),
        (("--explain-plan", "{}/bad.md"), 0, ""),
        (("--coverage", "-"), 0, ""),
        (("bad.md",), 2, "bad.md: no such file or directory"),
        ((".",), 2, ".: the folder holds no migration plan"),
        (
            ("--baseline=known.txt", "{}/bad.md"),
            2,
            "/known.txt: the baseline cannot be read: no such file or directory",
        ),
        (("--write-baseline=known.txt", "{}/bad.md"), 2, "known.txt: not written: no such file or directory"),
        (("--write-baseline={}/known.txt", "{}/bad.md"), 0, ""),
        (("--config={}/none.yaml", "{}/bad.md"), 2, "{}/none.yaml: cannot be read: no such file or directory"),
        (("--new=blank", "-o", "new.md"), 2, "new.md: not written: no such file or directory"),
    ],
)
def test_the_folder_that_one_stands_in_is_gone(place: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = in_nowhere(*(argument.format(place) for argument in arguments))
    assert b"Traceback" not in done.stderr
    assert done.returncode == status
    assert done.stderr.decode().startswith(f"lint-migration-plan: {said.format(place)}\n" if said else "")
    assert bool(said) or done.stderr == b""


# Terminals and names.


@contextlib.contextmanager
def terminal() -> Iterator[tuple[int, Callable[[], bytes]]]:
    """Give the end of a terminal for a program, and what reads all that is written there."""
    ours, theirs = pty.openpty()

    def shown() -> bytes:
        os.close(theirs)
        text = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 4096):
                text += chunk
        return text

    try:
        yield theirs, shown
    finally:
        os.close(ours)


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("environment", "arguments", "status"),
    [
        (ASCII, ("--show-source",), 1),
        (ASCII, ("--diff",), 1),
        (ASCII, ("--explain-plan",), 0),
        (ASCII, ("--what-if", "--drop=1"), 0),
        ({"LC_ALL": "POSIX"}, ("--show-source",), 1),
        ({"LANG": "C", "PYTHONIOENCODING": "ascii"}, ("--show-source",), 1),
        ({"PYTHONIOENCODING": "latin-1:strict"}, ("--show-source",), 1),
        ({"LC_ALL": "no_SUCH.locale"}, ("--show-source",), 1),
    ],
)
def test_a_terminal_without_utf_8_gets_what_it_can_show(
    place: Path, environment: dict[str, str], arguments: tuple[str, ...], status: int
) -> None:
    name = "pl\u00e4ne-\u65e5.md".encode()
    (place / os.fsdecode(name)).write_bytes(BAD.replace(b"Meduim", "Meduim (→ 日本, \x1b[31m)".encode()))
    with terminal() as (stream, shown):
        done = subprocess.Popen(
            [*COMMAND, *arguments, name],
            stdin=stream,
            stdout=stream,
            stderr=stream,
            env={key: value for key, value in impersonal(environment).items() if key not in {"LANG", "LC_CTYPE"}}
            | environment
            | {"TERM": "dumb"},
        )
        text = shown()
        assert done.wait(PATIENCE) == status
    assert b"Traceback" not in text
    assert b"\x1b" not in text
    if environment == ASCII or environment.get("PYTHONIOENCODING") == "ascii":
        assert text.isascii()


@pytest.mark.parametrize("name", [b"lone-\xff.md", b"new\nline.md", b"\x1b[31mred.md", b'a "b" \\c\t.md', b"a b.md"])
def test_any_name_can_be_mended_compared_and_known(place: Path, name: bytes) -> None:
    (place / "good.md").unlink()
    (place / "bad.md").unlink()
    plan = place / os.fsdecode(name)
    plan.write_bytes(BAD)
    diff = subprocess.run(
        [*COMMAND, *OPTIONS, "--diff", name], check=False, capture_output=True, timeout=PATIENCE, env=impersonal()
    )
    assert (diff.returncode, diff.stderr) == (1, b"")
    assert diff.stdout.count(b"\n+++ ") == 1
    for tool in (["git", "apply"], ["patch", "--quiet", "-p1"]):
        # GNU's patch takes no name with a line end in it, from whomever.
        if shutil.which(tool[0]) and not (tool[0] == "patch" and b"\n" in name):
            plan.write_bytes(BAD)
            subprocess.run(tool, check=True, input=diff.stdout, timeout=PATIENCE, env=impersonal())
            assert plan.read_bytes() == MENDED
    plan.write_bytes(BAD)
    assert lint(*OPTIONS, "--write-baseline=known", plan.name)[:2] == (0, "")
    assert lint(*OPTIONS, "--baseline=known", plan.name) == (0, "", "")
    assert lint(*OPTIONS, "--fix", plan.name) == (0, "", "")
    assert plan.read_bytes() == MENDED
    plan.unlink()
    assert lint(*OPTIONS, plan.name).err.count("\n") == 1


# Pipes and what nobody foresaw.


@pytest.mark.parametrize(
    "arguments", [("--format=json",), ("--diff",), ("--explain-plan",), ("--show-source",), ("--coverage",)]
)
def test_whoever_reads_one_line_hears_no_complaint(place: Path, arguments: tuple[str, ...]) -> None:
    stages = "".join(f"### Stage {n} — Move {'it ' * 40}\n\n**Risk**: Meduim\n\n" for n in range(1, 600))
    (place / "many.md").write_text("## Migration: x\n\n" + stages, encoding="utf-8")
    options = () if arguments[0] in {"--explain-plan", "--coverage"} else OPTIONS
    done = subprocess.run(
        ["bash", "-c", '"$@" | head -c 9; echo ":${PIPESTATUS[0]}"', "bash", *COMMAND, *options, *arguments, "many.md"],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=impersonal(),
    )
    assert done.stderr == ""
    # What is short has been written before the reader goes.
    assert done.stdout.rpartition(":")[2].strip() in {"141", "0", "1"}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "lint-migration-plan: cannot go on: out of memory\n"),
        (RecursionError("too deep"), "RecursionError: too deep\n"),
        (UnicodeError("odd"), "UnicodeError: odd\n"),
    ],
)
def test_what_nobody_foresaw_is_no_defect_of_a_plan(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: Exception, said: str
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("lint_migration_plan.cli.main", fail)
    monkeypatch.setattr("lint_migration_plan.cli._drop_output", lambda status: status)
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 2
    assert capfd.readouterr().err.endswith(said)
