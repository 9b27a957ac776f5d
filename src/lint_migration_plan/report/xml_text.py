"""XML that any reader takes, whatever was quoted in it and whatever the terminal can show.

The characters that XML forbids never come here: what is quoted is made safe first (`report.safe`). What is not plain
ASCII is written as a reference.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET


def xml_text(root: ET.Element) -> str:
    """Write a document, an element a line."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="us-ascii").decode("ascii")}\n'
