"""Standard input and output: what they are called, and texts on them byte for byte."""

from __future__ import annotations

import os
import sys


def place_of(path: str, stdin_filename: str | None) -> str:
    """Say where a path that was named counts as standing when it is asked what holds for it."""
    from lint_migration_plan.lint.collect import STDIN, is_folder

    if path == STDIN:
        return stdin_filename or os.path.join(os.curdir, "stdin")
    return os.path.join(path, "") if is_folder(path) else path


def read_stdin(max_size: int) -> str:
    """Read standard input as `lint.read_file.read_text` reads a file."""
    from lint_migration_plan.lint.read_file import CannotReadError, read_stream

    if sys.stdin is None:
        raise CannotReadError("standard input is closed")
    return read_stream(sys.stdin.buffer, max_size)


def pass_through() -> None:
    """Write standard input to standard output as it is."""
    if sys.stdin is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(sys.stdin.buffer.read())


def write_text(text: str) -> None:
    """Write a text as UTF-8 with the line ends that it has, whatever the terminal would have."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))


def write_diff(path: str, old: str, new: str) -> None:
    """Write the unified diff of a file, which ``patch`` and ``git apply`` understand; nothing where nothing changes.

    A terminal gets no control character raw.
    """
    if old == new:
        return
    from difflib import unified_diff

    from lint_migration_plan.report.safe import safe_text

    lines = list(unified_diff(_lines(old), _lines(new), _diff_name(f"a/{path}"), _diff_name(f"b/{path}")))
    if sys.stdout.isatty():
        sys.stdout.writelines(safe_text(line.removesuffix("\n")) + "\n" for line in lines)
        return
    write_text("".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines))


def _diff_name(name: str) -> str:
    """Quote a file's name as git does where it holds what would end it, or what is no text."""
    if not any(char <= " " or char in '"\\\x7f' or "\ud800" <= char <= "\udfff" for char in name):
        return name
    return '"' + "".join(map(_quoted_char, name)) + '"'


def _quoted_char(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff":
        return "".join(f"\\{byte:03o}" for byte in os.fsencode(char))
    return char


def _lines(text: str) -> list[str]:
    """Cut a text where ``diff`` does: behind each line feed, and nowhere else."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
