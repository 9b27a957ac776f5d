"""Texts on standard output, byte for byte, and diffs of them."""

from __future__ import annotations

import sys


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

    lines = list(unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}"))
    if sys.stdout.isatty():
        sys.stdout.writelines(safe_text(line.removesuffix("\n")) + "\n" for line in lines)
        return
    write_text("".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines))


def _lines(text: str) -> list[str]:
    """Cut a text where ``diff`` does: behind each line feed, and nowhere else."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
