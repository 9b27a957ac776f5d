"""The words of the guide's template: what a skeleton holds until its author fills it in.

Each of them is told as a placeholder, so that nobody takes a skeleton for a plan.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.plan.terms import FieldName, SectionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a section of the overview holds: a line that leads to its list, maybe empty, and the items of the list.
ABORT_LEAD = "Stop the migration and reconsider if:"
SECTIONS: Mapping[SectionKind, str] = MappingProxyType(
    {
        SectionKind.FROM: "{current state summary — one line per layer}",
        SectionKind.TO: "{target state summary — one line per layer}",
        SectionKind.MOTIVATION: "{Why now? What triggers the migration?}",
        SectionKind.ABORT: "{condition 1}",
    }
)

#: The lines of a timeline, by the names that `plan.overview` gives them.
TIMELINE: Mapping[str, str] = MappingProxyType(
    {
        "planning": "{dates}",
        "execution": "{dates}",
        "cutover": "{date}",
        "cleanup": "{date}",
        "total": "{duration}",
    }
)

#: The value of each field; of Changes, Verification and Rollback the one item of its list.
FIELDS: Mapping[FieldName, str] = MappingProxyType(
    {
        FieldName.WHAT_CHANGES: "{Brief description}",
        FieldName.LAYERS: "{infrastructure / data / dependencies / code / config / consumers}",
        FieldName.RISK: "low / medium / high",
        FieldName.EFFORT: "{hours}",
        FieldName.DEPENDENCIES: 'Stage N-1 (or "none")',
        FieldName.CHANGES: "{Specific change 1}",
        FieldName.VERIFICATION: "{How to confirm the stage succeeded}",
        FieldName.ROLLBACK: "{Exact steps to undo this stage}",
        FieldName.ROLLBACK_TESTED: "yes / no / N/A",
    }
)

#: The cells of a row, by the guide's columns; a row of the verification table begins with its stage.
GAP_ROW: Mapping[str, str] = MappingProxyType(
    {"Gap": "{gap 1}", "Risk": "{risk}", "Effort": "{hours}", "Stage": "{stage}", "Notes": "{notes}"}
)
VERIFICATION_ROW: Mapping[str, str] = MappingProxyType(
    {"Automated test": "{automated test}", "Manual check": "{manual check}", "Rollback test": "{rollback test}"}
)
