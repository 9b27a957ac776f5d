"""The XML of Checkstyle, which Jenkins, reviewdog and others read: files, and in each of them its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from lint_migration_plan.report.safe import safe_text
from lint_migration_plan.report.xml_text import xml_text

if TYPE_CHECKING:
    from lint_migration_plan.report.contents import Report

#: The version of Checkstyle whose form this is; readers look no further than that there is one.
VERSION = "4.3"


def render(report: Report) -> str:
    """Write the document: the files that something is told of, in order."""
    root = ET.Element("checkstyle", version=VERSION)
    files: dict[str, ET.Element] = {}
    for diagnostic in report.outcome.diagnostics:
        path = diagnostic.path
        if path not in files:
            files[path] = ET.SubElement(root, "file", name=safe_text(path))
        ET.SubElement(
            files[path],
            "error",
            line=str(diagnostic.location.line),
            column=str(diagnostic.location.column),
            severity=diagnostic.severity.value,
            message=safe_text(diagnostic.message),
            source=f"lint-migration-plan.{safe_text(diagnostic.rule)}",
        )
    return xml_text(root)
