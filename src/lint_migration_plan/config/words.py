"""The words that a configuration may use for the guide's things.

The labels and layers are the guide's own. They stand here as data, so that reading a configuration needs no parser.
"""

from __future__ import annotations

SEVERITIES = ("error", "warning", "info")
FAIL_ON = (*SEVERITIES, "never")

#: The types of migration that the guide gives an ordering for.
PLAN_TYPES = ("dependency-upgrade", "platform", "database-upgrade")

#: How to read 03/04/2026.
DATE_ORDERS = ("day-month", "month-day")

#: Monday to Sunday, each by its short and its full name.
WEEKDAYS = (
    ("mon", "monday"),
    ("tue", "tuesday"),
    ("wed", "wednesday"),
    ("thu", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
)

RISKS = ("low", "medium", "high")

LAYERS = ("infrastructure", "data", "dependencies", "code", "config", "consumers")

#: What a stage is for.
STAGE_KINDS = (
    "prepare",
    "add compatibility",
    "migrate",
    "switch",
    "verify",
    "monitor",
    "remove compatibility",
    "clean up",
    "decommission",
)

FIELD_LABELS = (
    "What changes",
    "Layers affected",
    "Risk",
    "Estimated effort",
    "Dependencies",
    "Changes",
    "Verification",
    "Rollback",
    "Rollback tested",
    "Compatibility",
)
