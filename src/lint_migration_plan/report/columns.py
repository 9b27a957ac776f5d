"""Columns in the units that editors count in: code points, UTF-16 units, or bytes of UTF-8."""

from __future__ import annotations

#: The units by their names, the one that all else here counts in first.
CODEPOINT, UTF16, BYTE = UNITS = ("codepoint", "utf16", "byte")


def column_in(unit: str, line: str, column: int) -> int:
    """Count a column of a line, given in code points, in another unit; both count from 1."""
    before = line[: column - 1]
    if unit == UTF16:
        return column + sum(char > "\uffff" for char in before)
    if unit == BYTE:
        # A text from elsewhere than a file may hold half a pair, which UTF-8 has no bytes for.
        return column + len(before.encode("utf-8", "surrogatepass")) - len(before)
    return column
