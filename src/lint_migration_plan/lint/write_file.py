"""Write a file that others may read and write at the same time.

The new text goes to a temporary file beside the old one, which then takes its place in one step: whoever reads, and
whoever pulls the plug, gets the old text or the new one, whole. Only who is killed outright leaves a temporary file,
whose name no lint takes for a plan's.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator


class CannotWriteError(Exception):
    """A file was not written, and is as it was. The message says why, without the path."""


def replace_text(path: str, old: str, new: str) -> None:
    """Put a text in the place of another in a file, which keeps its mode and its owner; links are followed.

    Raises CannotWriteError where the file cannot be written, or no longer holds the old text.
    """
    try:
        real = os.path.realpath(path, strict=True)
        status = os.stat(real)
    except (OSError, ValueError) as error:
        raise CannotWriteError(_reason(error)) from error
    _refuse(real, status)
    if _cannot_be_same(real, old):
        raise CannotWriteError("it changed while it was read; run again")
    try:
        with _beside(real, new, status, "cannot write beside it: ") as temporary:
            # The last look is as close to the deed as it can be.
            if _cannot_be_same(real, old):
                raise CannotWriteError("it changed meanwhile; run again")
            os.replace(temporary, real)
    except OSError as error:
        raise CannotWriteError(_reason(error)) from error
    _sync_folder(os.path.dirname(real))


def create_text(path: str, text: str) -> None:
    """Write a text to a file that is not there yet, as others make files; raises CannotWriteError.

    Where a link leads nowhere, the file that it names is made.
    """
    try:
        real = os.path.realpath(path)
        with _beside(real, text, None) as temporary:
            _give_name(temporary, real)
    except FileExistsError as error:
        raise CannotWriteError("it came to be meanwhile; run again") from error
    except (OSError, ValueError) as error:
        raise CannotWriteError(_reason(error)) from error
    _sync_folder(os.path.dirname(real))


def put_text(path: str, text: str) -> None:
    """Write a text to a file, whatever that held, if it is there; raises CannotWriteError.

    A file that is replaced keeps its mode and its owner; links are followed.
    """
    try:
        real = os.path.realpath(path)
        status = os.stat(real) if os.path.lexists(real) else None
        if status is not None:
            _refuse(real, status)
        with _beside(real, text, status) as temporary:
            os.replace(temporary, real)
    except (OSError, ValueError) as error:
        raise CannotWriteError(_reason(error)) from error
    _sync_folder(os.path.dirname(real))


@contextmanager
def _beside(real: str, text: str, status: os.stat_result | None, complaint: str = "") -> Iterator[str]:
    """Write a text beside a file; what is still there of it afterwards goes, and no interrupt comes before that."""
    with _uninterrupted():
        try:
            temporary = _write_beside(real, text.encode("utf-8"), status)
        except OSError as error:
            raise CannotWriteError(f"{complaint}{_reason(error)}") from error
        try:
            yield temporary
        finally:
            with suppress(OSError):
                os.unlink(temporary)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C, and what else asks a program to end, wait until no temporary file is left."""
    import signal  # few runs write

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGHUP, signal.SIGINT, signal.SIGTERM))
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _give_name(temporary: str, path: str) -> None:
    """Give a file a name that no other file has; raises OSError, FileExistsError among them."""
    try:
        # To replace would be to throw away what came to be a moment ago.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # Not every file system knows links.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.replace(temporary, path)


def _refuse(path: str, status: os.stat_result) -> None:
    """Leave alone what its owner locked, and what would come apart."""
    if not stat.S_ISREG(status.st_mode):
        raise CannotWriteError("it is not a regular file")
    # The superuser may write all the same, and should not.
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise CannotWriteError("it is read-only")
    if status.st_nlink > 1:
        raise CannotWriteError("it has several names (hard links), which would come apart")


def _cannot_be_same(path: str, text: str) -> bool:
    """Tell whether a file holds something else than a text."""
    content = text.encode("utf-8")
    try:
        return read_text(path, len(content)) != text
    except (CannotReadError, UnreadableFileError):
        return True


def _write_beside(path: str, content: bytes, status: os.stat_result | None) -> str:
    """Write a temporary file in the same folder, ready to take the place of the one at ``path``.

    ``status`` is that one's, None where there is none yet.
    """
    temporary = os.path.join(os.path.dirname(path), f".lint-migration-plan.{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666 if status is None else 0o600)
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        if status is not None:
            _like(descriptor, temporary, status)
        os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    finally:
        os.close(descriptor)
    return temporary


def _like(descriptor: int, path: str, status: os.stat_result) -> None:
    """Give a new file the owner and the mode of the one that it replaces; raises OSError where that is forbidden."""
    own = os.fstat(descriptor)
    if hasattr(os, "fchown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    else:
        os.chmod(path, stat.S_IMODE(status.st_mode))


def _sync_folder(folder: str) -> None:
    """Have the change of names reach the disk; not every system lets a folder be opened for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or "cannot be written").lower()
