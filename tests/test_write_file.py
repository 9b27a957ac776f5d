"""Writing a file: whole or not at all, as the file it was, and nobody else's words lost."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.lint.write_file import CannotWriteError, create_text, put_text, replace_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_bytes(b"old\r\n")
    return path


def test_the_new_text_stands_there_byte_for_byte_and_nothing_else_does(plan: Path) -> None:
    replace_text(str(plan), "old\r\n", "néw\r\n\n")
    assert plan.read_bytes() == "néw\r\n\n".encode()
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_is_kept(plan: Path, mode: int) -> None:
    plan.chmod(mode)
    replace_text(str(plan), "old\r\n", "new\n")
    assert stat.S_IMODE(plan.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_the_owner_is_kept(plan: Path) -> None:
    os.chown(plan, 1234, 4321)
    replace_text(str(plan), "old\r\n", "new\n")
    assert (plan.stat().st_uid, plan.stat().st_gid) == (1234, 4321)


def test_a_link_is_followed_to_the_file(plan: Path) -> None:
    folder = plan.parent / "links"
    folder.mkdir()
    link = folder / "link.md"
    link.symlink_to("../plan.md")
    replace_text(str(link), "old\r\n", "new\n")
    assert link.is_symlink()
    assert not plan.is_symlink()
    assert plan.read_bytes() == b"new\n"


def test_a_read_only_file_is_left_alone(plan: Path) -> None:
    plan.chmod(0o444)
    with pytest.raises(CannotWriteError, match=r"\Ait is read-only\Z"):
        replace_text(str(plan), "old\r\n", "new\n")
    assert plan.read_bytes() == b"old\r\n"


def test_a_file_with_several_names_is_left_alone(plan: Path) -> None:
    os.link(plan, plan.with_name("other.md"))
    with pytest.raises(CannotWriteError, match="several names"):
        replace_text(str(plan), "old\r\n", "new\n")
    assert plan.with_name("other.md").read_bytes() == b"old\r\n"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="not a regular file"):
        replace_text(str(tmp_path), "", "new")
    with pytest.raises(CannotWriteError, match="no such file"):
        replace_text(str(tmp_path / "none.md"), "", "new")
    with pytest.raises(CannotWriteError, match="null"):
        replace_text("a\0b", "", "new")


@pytest.mark.parametrize("now", [b"", b"old\n", b"older\r\n", b"\xff"])
def test_a_file_that_changed_is_left_alone(plan: Path, now: bytes) -> None:
    plan.write_bytes(now)
    with pytest.raises(CannotWriteError, match="it changed while it was read; run again"):
        replace_text(str(plan), "old\r\n", "new\n")
    assert plan.read_bytes() == now
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


def test_a_file_that_changes_while_the_new_one_is_written_is_left_alone(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def slowly(descriptor: int) -> None:
        plan.write_bytes(b"mine\n")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", slowly)
    with pytest.raises(CannotWriteError, match="it changed meanwhile"):
        replace_text(str(plan), "old\r\n", "new\n")
    assert plan.read_bytes() == b"mine\n"
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
def test_a_step_that_fails_leaves_the_old_file_and_no_other(
    plan: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(CannotWriteError, match="no space left on device"):
        replace_text(str(plan), "old\r\n", "new\n")
    assert plan.read_bytes() == b"old\r\n"
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


def test_a_new_file_is_made_as_others_are(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    before = os.umask(0o027)
    try:
        create_text(str(path), "néw\r\n")
    finally:
        os.umask(before)
    assert path.read_bytes() == "néw\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["new.txt"]


def test_a_new_file_takes_no_place_of_another(plan: Path) -> None:
    with pytest.raises(CannotWriteError, match="it came to be meanwhile; run again"):
        create_text(str(plan), "new\n")
    assert plan.read_bytes() == b"old\r\n"
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


@pytest.mark.parametrize("there", [False, True])
def test_where_there_are_no_links_a_new_file_is_made_all_the_same(
    plan: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    if there:
        with pytest.raises(CannotWriteError, match="it came to be meanwhile"):
            create_text(str(plan), "new\n")
    else:
        create_text(str(plan.with_name("new.md")), "new\n")
        assert plan.with_name("new.md").read_bytes() == b"new\n"
    assert plan.read_bytes() == b"old\r\n"
    assert {path.name for path in plan.parent.iterdir()} == {"plan.md"} | (set() if there else {"new.md"})


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_new_file_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(CannotWriteError, match="no space left on device"):
        create_text(str(tmp_path / "new.md"), "new\n")
    with pytest.raises(CannotWriteError, match="no such file"):
        create_text(str(tmp_path / "none" / "new.md"), "new\n")
    with pytest.raises(CannotWriteError, match="null"):
        create_text(str(tmp_path / "a\0b"), "new\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(plan: Path) -> None:
    plan.parent.chmod(0o555)
    try:
        with pytest.raises(CannotWriteError, match="cannot write beside it: permission denied"):
            replace_text(str(plan), "old\r\n", "new\n")
    finally:
        plan.parent.chmod(0o755)


def test_what_is_put_takes_the_place_of_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    put_text(str(path), "first, and longer\n")
    put_text(str(path), "é\r\n")
    assert path.read_bytes() == "é\r\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_what_is_put_keeps_the_mode_and_follows_links(tmp_path: Path, mode: int) -> None:
    path, link, loose = (tmp_path / name for name in ("report.json", "link.json", "loose.json"))
    path.write_text("old")
    path.chmod(mode)
    link.symlink_to("report.json")
    loose.symlink_to("made.json")
    put_text(str(link), "new\n")
    put_text(str(loose), "made\n")
    assert path.read_text() == "new\n"
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert (tmp_path / "made.json").read_text() == "made\n"


def test_what_cannot_be_put_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    locked = tmp_path / "locked"
    locked.write_text("old")
    locked.chmod(0o444)
    for name, said in (
        ("folder", "it is not a regular file"),
        ("locked", "it is read-only"),
        ("gone/file", "no such file or directory"),
        ("nul\0", "embedded null"),
    ):
        with pytest.raises(CannotWriteError, match=said):
            put_text(str(tmp_path / name), "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "locked"]
    assert locked.read_text() == "old"
