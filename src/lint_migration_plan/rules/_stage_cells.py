"""Judge the Stage cells of the guide's two tables: do they name stages of the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.plan.nodes import Dependencies, State
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.spelling import normal
