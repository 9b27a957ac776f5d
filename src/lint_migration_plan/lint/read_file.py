"""Read a file that nobody vouches for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO


class CannotReadError(Exception):
    """The caller named something that cannot be read: no such file, no permission, not a regular file."""


class UnreadableFileError(Exception):
    """The file is there, but its author must mend it: not UTF-8, or too large.

    ``text`` is what can be guessed of it, enough to see whether it is a plan at all; None where nothing was read.
    """

    def __init__(self, message: str, text: str | None = None) -> None:
        super().__init__(message)
        self.text = text


def read_text(path: str, max_size: int) -> str:
    """Read a text file of at most ``max_size`` bytes, its line ends as they are.

    Raises CannotReadError and UnreadableFileError, each with a message without the path.
    """
    return decode(read_bytes(path, max_size))


def read_bytes(path: str, max_size: int) -> bytes:
    """Read what `read_text` decodes; raises as that does."""
    try:
        # Without O_NONBLOCK, to open a FIFO is to wait for a writer that may never come.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise CannotReadError(_reason(error)) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise CannotReadError(f"not a regular file but {_kind(status.st_mode)}")
        if status.st_size > max_size:
            raise UnreadableFileError(_too_large(status.st_size, max_size))
        with open(descriptor, "rb", closefd=False) as file:
            return _read_most(file, max_size)
    finally:
        os.close(descriptor)


def read_stream(stream: IO[bytes], max_size: int) -> str:
    """Read a text of at most ``max_size`` bytes from what is open already; raises as `read_text` does."""
    return decode(_read_most(stream, max_size))


def check_size(text: str, max_size: int) -> None:
    """Raise UnreadableFileError where a text that was never read from a file would be too large for one."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > max_size:
        raise UnreadableFileError(_too_large(size, max_size))


def decode(content: bytes) -> str:
    """Decode what a file holds; raises UnreadableFileError."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16", errors="replace")
            raise UnreadableFileError("the file is UTF-16, not UTF-8; save it as UTF-8", text) from error
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(
            f"the file is not UTF-8: byte 0x{content[error.start]:02x} in line {line}; save it as UTF-8",
            content.decode("utf-8", errors="replace"),
        ) from error


def _read_most(stream: IO[bytes], max_size: int) -> bytes:
    try:
        content = stream.read(max_size + 1)
    except OSError as error:
        raise CannotReadError(_reason(error)) from error
    if len(content) > max_size:
        raise UnreadableFileError(_too_large(len(content), max_size))
    return content


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return (reason or "cannot be read").lower()


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((name for test, name in kinds if test(mode)), "a device")


def _too_large(size: int, max_size: int) -> str:
    # Of what came through a pipe no more was read than shows that it is too much.
    least = "more than " if size == max_size + 1 else ""
    known = max_size if least else size
    return f"the file has {least}{known:,} bytes, and at most {max_size:,} are read; split it, or raise max-file-size"
