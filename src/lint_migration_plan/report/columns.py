"""Columns in the units that editors count in: code points, UTF-16 units, or bytes of UTF-8."""

from __future__ import annotations

#: The units by their names, the one that all else here counts in first.
CODEPOINT, UTF16, BYTE = UNITS = ("codepoint", "utf16", "byte")


def length_in(unit: str, text: str) -> int:
    """Count the units of a text; half a surrogate pair, which JSON can bring, counts too."""
    if unit == CODEPOINT or text.isascii():
        return len(text)
    if unit == UTF16:
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def column_in(unit: str, line: str, column: int) -> int:
    """Count a column of a line, given in code points, in another unit; both count from 1."""
    before = line[: column - 1]
    return column + length_in(unit, before) - len(before)
