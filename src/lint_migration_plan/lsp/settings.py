"""The settings that an editor sends: the keys of a configuration, and the reason that suppressions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.config.faults import ConfigError, ConfigFault
from lint_migration_plan.config.read import read_settings
from lint_migration_plan.lint.add_suppressions import wrong_reason
from lint_migration_plan.lsp.actions import NO_REASON

if TYPE_CHECKING:
    from lint_migration_plan.config.settings import Config

#: What an editor calls our part of all its settings, and what messages call them.
SECTION = "lint-migration-plan"
_NAME = "the editor's settings"
#: The one key that is no configuration's.
_REASON = "suppression-reason"


def read_editor_settings(given: object, root: str | None) -> tuple[Config, str]:
    """Read settings, given alone or as a section of others; raises ConfigError.

    Some editors send each setting that they know, null where it is not set.
    """
    held = given.get(SECTION, given) if isinstance(given, dict) else given
    table = {key: value for key, value in held.items() if value is not None} if isinstance(held, dict) else held
    if table is None:
        table = {}
    reason = table.pop(_REASON, NO_REASON) if isinstance(table, dict) else NO_REASON
    wrong = wrong_reason(reason) if isinstance(reason, str) else "a reason is a text"
    if wrong:
        raise ConfigError([ConfigFault(_NAME, None, f"{_REASON}: {wrong}")])
    return read_settings(table, _NAME, root), reason
