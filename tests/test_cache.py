"""Results that are kept: each run says what it would say without them, whatever has changed or is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_migration_plan import __version__, cache, cached
from lint_migration_plan.config.discover import FILE_NAMES
from lint_migration_plan.lint.runner import judge_text
from lint_migration_plan.plain_arguments import DEFAULTS
from program import BAD, COMMAND, GOOD, PROSE, ROOT, Run, lint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAP = "# Gap map\n\n| Gap |\n|---|\n| No index |\n"
MAPPED = """\
## Migration: Orders

### Stage 1 — Move

**Risk**: low

## Gap → Stage Mapping

See the [gap map](gaps.md).

| Gap | Risk | Effort | Stage | Notes |
|---|---|---|---|---|
| No index | low | 1h | Stage 1 | |
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a repository with plans, with an empty cache elsewhere and code that nobody works on."""
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.chdir(repository)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    monkeypatch.setattr(cache, "_code", lambda: "this code")
    for name, content in (("good.md", GOOD), ("bad.md", BAD), ("prose.md", PROSE)):
        (repository / name).write_bytes(content)
    return repository


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture(autouse=True)
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the files that were judged, and not known."""
    paths: list[str] = []

    def note(text: str, path: str, *others: object, **more: object) -> object:
        paths.append(path)
        return judge_text(text, path, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cached, "judge_text", note)
    return paths


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/*") if path.is_file()]


def cache_in(folder: Path) -> cache.Cache:
    """Give the cache of a run with ``--isolated``."""
    options = Namespace(**DEFAULTS)
    options.isolated = True
    return cache.Cache(str(folder), options, "this code")


def agreed(*arguments: str) -> Run:
    """Lint with what is known, and see that it is what is so."""
    run = lint(*arguments)
    assert run == lint("--no-cache", *arguments)
    return run


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-q",),
        ("--plans-only",),
        ("--format=json",),
        ("--show-source",),
        ("--show-source", "--color=always"),
        ("--statistics",),
        ("--column-unit=byte",),
        ("--fail-on=never",),
        ("--fail-on=error",),
        ("--select=unknown-risk", "--severity=unknown-risk=info"),
        ("--isolated",),
    ],
    ids=" ".join,
)
def test_what_is_known_is_told_once_more_and_not_judged(options: tuple[str, ...], judged: list[str]) -> None:
    first = lint(*options, "bad.md", "prose.md", "good.md")
    assert judged == ["bad.md", "prose.md", "good.md"]
    assert lint(*options, "bad.md", "prose.md", "good.md") == first
    assert judged == ["bad.md", "prose.md", "good.md"]
    assert lint(*options, "--no-cache", "bad.md", "prose.md", "good.md") == first


def test_a_run_may_know_some_of_its_files(judged: list[str]) -> None:
    lint("bad.md")
    run = agreed("good.md", "bad.md", ".")
    assert run.status == 1
    assert judged == ["bad.md", "good.md", "./prose.md" if "./prose.md" in judged else "prose.md"]


def rewrite(path: str, old: bytes, new: bytes) -> None:
    """Put something as long in the place of something else, and leave no trace of it in the times of the file."""
    file = Path(path)
    status = file.stat()
    content = file.read_bytes()
    assert content.count(old)
    assert len(old) == len(new)
    file.write_bytes(content.replace(old, new))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "text": lambda _: Path("bad.md").write_bytes(BAD.replace(b"Meduim", b"medium")),
    "text of the same size and time": lambda _: rewrite("bad.md", b"Meduim", b"medium"),
    "configuration": lambda _: Path(".lint-migration-plan.yaml").write_text("ignore: [unknown-risk]\n"),
    "configuration above": lambda _: Path("../.lint-migration-plan.yml").write_text("fail-on: never\n"),
    "pyproject": lambda _: Path("pyproject.toml").write_text("[tool.lint-migration-plan]\nselect = ['unknown-risk']\n"),
    "code": lambda patch: patch.setattr(cache, "_code", lambda: "other code"),
    "version": lambda patch: patch.setattr(cache, "__version__", "99"),
    "Python": lambda patch: patch.setattr(sys, "version", "4.0"),
    "where modules are": lambda patch: patch.syspath_prepend("/elsewhere"),
    "parser": lambda patch: patch.setattr(cache, "_state", lambda _: "other"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_result_is_of_all_that_it_hangs_on(change: str, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lint("bad.md")
    lint("bad.md")
    assert judged == ["bad.md"]
    CHANGES[change](monkeypatch)
    agreed("bad.md")
    assert judged == ["bad.md", "bad.md"]
    lint("bad.md")
    assert judged == ["bad.md", "bad.md"]


def test_too_many_diagnostics_are_too_many_the_next_time(place: Path, judged: list[str]) -> None:
    (place / ".lint-migration-plan.yaml").write_text("max-diagnostics: 1\n")
    first = agreed("bad.md")
    assert first.rules[1:] == ["too-many-diagnostics"]
    judged.clear()
    for options in ((), ("--format=json",), ("--fail-on=never",)):
        agreed(*options, "bad.md")
    assert lint("bad.md") == first
    assert judged == ["bad.md"]


@pytest.mark.parametrize(
    "options",
    [("--select=unassigned-gap",), ("--ignore=unknown-risk",), ("--severity=unknown-risk=info",), ("--isolated",)],
)
def test_options_have_results_of_their_own(options: tuple[str, ...], judged: list[str]) -> None:
    lint("bad.md")
    agreed(*options, "bad.md")
    agreed("bad.md")
    assert judged == ["bad.md", "bad.md"]


def test_a_name_has_results_of_its_own(place: Path, judged: list[str]) -> None:
    (place / "copy.md").write_bytes(BAD)
    assert "copy.md:" not in agreed("bad.md").out
    assert "bad.md:" not in agreed("copy.md").out
    assert "bad.md:" in agreed("./bad.md").out
    assert judged == ["bad.md", "copy.md", "./bad.md"]


def test_a_document_of_a_folder_is_not_one_that_is_named() -> None:
    assert agreed("prose.md").status == 1
    assert agreed(".", "--select=all").status == 1
    assert agreed("prose.md").status == 1


def test_a_gap_map_is_part_of_what_is_judged(place: Path, judged: list[str]) -> None:
    (place / "plan.md").write_text(MAPPED)
    (place / "gaps.md").write_text(MAP)
    rules = "--select=unmapped-gap,stale-gap,unreadable-gap-map"
    assert agreed(rules, "plan.md").status == 0
    agreed(rules, "plan.md")
    assert judged == ["plan.md"]
    rewrite("gaps.md", b"No index", b"No bloom")
    assert agreed(rules, "plan.md").rules == ["stale-gap"]
    # Another document under the same name.
    (place / "other.md").write_text(MAP)
    (place / "gaps.md").unlink()
    (place / "gaps.md").symlink_to("other.md")
    assert agreed(rules, "plan.md").status == 0
    # What lies outside the repository is not read.
    (place.parent / "outside.md").write_text(MAP)
    (place / "gaps.md").unlink()
    (place / "gaps.md").symlink_to("../outside.md")
    assert agreed(rules, "plan.md").rules == ["unreadable-gap-map"]


def test_a_repository_may_begin_elsewhere(place: Path) -> None:
    (place / "docs").mkdir()
    (place / "docs" / "plan.md").write_text(MAPPED.replace("gaps.md", "../gaps.md"))
    (place / "gaps.md").write_text(MAP)
    rules = "--select=unreadable-gap-map"
    assert agreed(rules, "docs/plan.md").status == 0
    (place / "docs" / ".git").mkdir()
    assert agreed(rules, "docs/plan.md").rules == ["unreadable-gap-map"]


def test_a_gap_map_that_is_not_there_may_come(place: Path) -> None:
    (place / "plan.md").write_text(MAPPED)
    assert agreed("--select=unreadable-gap-map", "plan.md").status == 1
    (place / "gaps.md").write_text(MAP)
    assert agreed("--select=unreadable-gap-map", "plan.md").status == 0


def test_lines_of_a_gap_map_are_shown_though_nobody_has_read_it(place: Path, judged: list[str]) -> None:
    shutil.copytree(ROOT / "fixtures" / "unmapped-gap", place, dirs_exist_ok=True)
    for _ in range(2):
        shown = agreed("--select=unmapped-gap", "--show-source", "invalid.md")
        assert "related: cinema-gaps.md:8:12" in shown.out
    assert judged == ["invalid.md"]


def test_a_baseline_is_heeded_and_its_runs_are_not_kept(kept: Path) -> None:
    assert lint("--write-baseline=known.txt", "bad.md").status == 0
    assert entries(kept) == []
    assert agreed("bad.md").status == 1
    assert agreed("--baseline=known.txt", "bad.md").status == 0
    assert agreed("bad.md").status == 1
    Path(".lint-migration-plan.yaml").write_text("baseline: known.txt\n")
    before = len(entries(kept))
    for _ in range(2):
        assert agreed("bad.md").status == 0
    assert len(entries(kept)) == before
    Path("known.txt").write_text(Path("known.txt").read_text().splitlines(keepends=True)[0])
    assert agreed("bad.md").status == 1


def test_changes_are_looked_at_anew(place: Path) -> None:
    (place / ".git").rmdir()
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "one")):
        subprocess.run([*git, *arguments], check=True)
    assert agreed("bad.md").status == 1
    assert agreed("--changed-since=HEAD", "bad.md").status == 0
    assert agreed("bad.md").status == 1


def test_what_is_mended_is_judged_anew() -> None:
    assert agreed("bad.md").status == 1
    assert "+**Risk**: medium" in agreed("--diff", "bad.md").out
    assert lint("--fix", "bad.md").err.endswith("(1 mended)\n")
    assert "unknown-risk" not in agreed("bad.md").out


def test_nothing_is_kept_where_that_is_not_wanted(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint("--no-cache", "bad.md")
    monkeypatch.setenv(cache.VARIABLE, "")
    lint("bad.md")
    assert not kept.exists()


def test_nothing_known_is_used_where_that_is_not_wanted(judged: list[str]) -> None:
    lint("bad.md")
    with mock.patch.object(cache.Cache, "get", side_effect=AssertionError):
        assert lint("--no-cache", "bad.md").status == 1
    assert judged == ["bad.md"]


def test_a_failure_is_not_kept(kept: Path) -> None:
    assert lint("nowhere.md").status == 2
    Path("latin.md").write_bytes(b"# \xe9\n")
    lint("latin.md")
    Path(".lint-migration-plan.yaml").write_text("select: [no-such-rule]\n")
    assert lint("bad.md").status == 2
    assert lint("bad.md").status == 2
    assert entries(kept) == []


def flips(held: bytes) -> Iterator[bytes]:
    """Break an entry in all the ways that a disk, a crash or a stranger may."""
    yield b""
    yield b"\0" * len(held)
    yield b"{}"
    for position in range(0, len(held), 7):
        yield held[:position]
        yield held[:position] + bytes((held[position] ^ 1,)) + held[position + 1 :]
    yield held + b"\n"
    yield held.replace(b"unknown-risk", b"unknown-ris_")


def test_an_entry_that_is_broken_is_none(kept: Path) -> None:
    sound = lint("--no-cache", "--isolated", "bad.md")
    lint("--isolated", "bad.md")
    (entry,) = entries(kept)
    held = entry.read_bytes()
    key = entry.parent.name + entry.name
    its_cache = cache_in(kept)
    assert its_cache.get(key) is not None
    for broken in flips(held):
        entry.write_bytes(broken)
        assert its_cache.get(key) is None
    assert lint("--isolated", "bad.md") == sound
    assert entry.read_bytes() == held


def test_an_entry_is_of_its_own_key_only(kept: Path) -> None:
    lint("good.md")
    (good,) = entries(kept)
    lint("bad.md")
    (bad,) = (entry for entry in entries(kept) if entry != good)
    bad.write_bytes(good.read_bytes())
    assert agreed("bad.md").status == 1


@pytest.mark.parametrize("kind", ["folder", "pipe", "ring", "large"])
def test_what_stands_in_the_place_of_an_entry_may_be_anything(kind: str, kept: Path) -> None:
    lint("bad.md")
    (entry,) = entries(kept)
    entry.unlink()
    if kind == "folder":
        entry.mkdir()
    elif kind == "pipe":
        os.mkfifo(entry)
    elif kind == "ring":
        entry.symlink_to(entry)
    else:
        entry.write_bytes(b"lint-migration-plan 1 " + bytes(1 << 20))
    assert agreed("bad.md").status == 1


@pytest.mark.parametrize("where", ["a file", "below a file", "/proc", "nowhere/\0", "read-only"])
def test_a_folder_that_cannot_be_written_is_no_error(where: str, place: Path) -> None:
    (place / "a file").write_bytes(b"")
    (place / "read-only").mkdir(mode=0o500)
    folder = {"below a file": "a file/folder"}.get(where, where)
    with mock.patch.dict(os.environ, {} if "\0" in folder else {cache.VARIABLE: folder}):
        for _ in range(2):
            assert agreed("bad.md").status == 1


def test_a_disk_may_be_full(kept: Path) -> None:
    write = os.write
    with mock.patch.object(os, "write", lambda descriptor, held: write(descriptor, held[: len(held) // 2])):
        assert agreed("bad.md").status == 1
    # Half a file would stay for good where nobody looks into it.
    assert [path for path in kept.rglob("*") if path.is_file()] == []
    assert agreed("bad.md").status == 1


def test_who_is_ended_in_the_middle_leaves_no_half_entry() -> None:
    with mock.patch.object(os, "replace", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        lint("bad.md")
    assert agreed("bad.md").status == 1


def test_the_folder_does_not_grow_without_end(kept: Path) -> None:
    its_cache = cache_in(kept)
    entry = cache.Entry([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], "", "")
    for number in range(300):
        key = f"00{number:030x}"
        its_cache.put(key, entry, ())
        assert its_cache.get(key) is not None
    assert len(entries(kept)) <= 65
    its_cache.put("ff" * 16, cache.Entry(entry.counts, "x" * (1 << 20), ""), ())
    assert its_cache.get("ff" * 16) is None


def test_nothing_is_left_in_the_repository(place: Path) -> None:
    before = sorted(place.rglob("*"))
    agreed("bad.md")
    assert sorted(place.rglob("*")) == before


def test_a_folder_within_the_repository_is_nothing_to_git(place: Path) -> None:
    (place / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], check=True)
    agreed("--cache-dir=.kept", "bad.md", "good.md")
    assert len(entries(place / ".kept")) == 2
    status = subprocess.run(["git", "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True)
    assert ".kept" not in status.stdout
    assert (place / ".kept" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other places")
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({cache.VARIABLE: "/x"}, "/x"),
        ({cache.VARIABLE: ""}, ""),
        ({"XDG_CACHE_HOME": "/caches", "HOME": "/home/me"}, "/caches/lint-migration-plan"),
        ({"XDG_CACHE_HOME": "caches", "HOME": "/home/me"}, "/home/me/.cache/lint-migration-plan"),
        ({"HOME": "/home/me"}, "/home/me/.cache/lint-migration-plan"),
        ({"HOME": "here"}, ""),
    ],
)
def test_where_results_are_kept(environment: dict[str, str], folder: str) -> None:
    with mock.patch.dict(os.environ, environment, clear=True):
        assert cache._users_folder() == folder  # noqa: SLF001


def test_the_names_of_configurations_are_those_that_are_looked_for() -> None:
    assert set(cache._CONFIGS) == {*FILE_NAMES, "pyproject.toml"}  # noqa: SLF001


def test_the_code_is_told_by_what_its_installer_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    package = tmp_path / "lint_migration_plan"
    package.mkdir()
    (package / "cache.py").write_text("")
    os.utime(package / "cache.py", (0, 0))
    monkeypatch.setattr(cache, "__file__", str(package / "cache.py"))
    worked_on = cache._code()  # noqa: SLF001
    record = tmp_path / f"lint_migration_plan-{__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("one")
    one = cache._code()  # noqa: SLF001
    record.write_text("two")
    assert len({worked_on, one, cache._code()}) == 3  # noqa: SLF001


def test_code_that_was_written_just_now_may_change_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    (tmp_path / "rules").mkdir()
    for name in ("cache.py", "rules/rule.py"):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (0, 0))
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    before = cache._code()  # noqa: SLF001
    assert before
    (tmp_path / "rules" / "rule.py").write_text("x")
    assert cache._code() == ""  # noqa: SLF001
    os.utime(tmp_path / "rules" / "rule.py", (1, 1))
    assert cache._code() not in {"", before}  # noqa: SLF001


@pytest.mark.slow
def test_many_runs_at_once_agree_and_leave_whole_entries(place: Path, kept: Path) -> None:
    plans = [f"plan-{number}.md" for number in range(3)]
    for number, name in enumerate(plans):
        (place / name).write_bytes(BAD + b"\n" * number)
    environment = {**os.environ, cache.VARIABLE: str(kept), "PYTHONPATH": str(ROOT / "src")}
    command = [*COMMAND, "--jobs=1", *plans]
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(6)]
    said = {run.communicate()[0] for run in runs}
    assert {run.returncode for run in runs} == {1}
    assert len(said) == 1
    assert len(entries(kept)) == 3
    assert all(entry.read_bytes().startswith(b"lint-migration-plan 1 ") for entry in entries(kept))


TEXTS = (
    GOOD,
    BAD,
    PROSE,
    MAPPED.encode(),
    MAPPED.replace("low", "lwo").encode(),
    b"",
    b"\xff\n",
    b"# Migration: A\0\n",
)
MAPS = (None, MAP, MAP.replace("index", "bloom"), "No map.\n")
CONFIGS = (
    None,
    "ignore: [unknown-risk]\n",
    "gap-map: gaps.md\n",
    "plans-only: true\n",
    "fail-on: never\n",
    "what: 1\n",
)
EDITS = st.one_of(
    st.tuples(st.sampled_from(("one.md", "docs/two.md")), st.sampled_from(TEXTS)),
    st.tuples(st.sampled_from(("gaps.md", "docs/gaps.md")), st.sampled_from(MAPS)),
    st.tuples(
        st.sampled_from((".lint-migration-plan.yaml", "docs/.lint-migration-plan.yaml")), st.sampled_from(CONFIGS)
    ),
)
ARGUMENTS = st.sampled_from(
    (("one.md", "docs/two.md"), ("docs/two.md",), (".",), ("--isolated", "one.md"), ("--format=json", ".", "one.md"))
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(EDITS, ARGUMENTS), min_size=2, max_size=8))
def test_with_or_without_a_cache_the_same_is_said_after_each_edit(
    steps: list[tuple[tuple[str, bytes | str | None], tuple[str, ...]]],
) -> None:
    here = Path.cwd()
    with TemporaryDirectory() as folder, TemporaryDirectory() as kept:
        try:
            os.chdir(folder)
            for name in (".git", "docs"):
                Path(name).mkdir()
            for name in ("one.md", "docs/two.md"):
                Path(name).write_bytes(GOOD)
            for (name, content), arguments in steps:
                if content is None:
                    Path(name).unlink(missing_ok=True)
                else:
                    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
                agreed(f"--cache-dir={kept}", *arguments)
                agreed(f"--cache-dir={kept}", *arguments)
        finally:
            os.chdir(here)
