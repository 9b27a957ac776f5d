"""Other rules stay silent on a placeholder and rely on placeholder-text: it must tell each one that they pass over."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lint_migration_plan.lint.rule import NoOptions
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.terms import Reading, State
from lint_migration_plan.rules.document.placeholder_text import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

PLAN = (Path(__file__).parent.parent / "fixtures" / "plans" / "orders-database.md").read_text(encoding="utf-8")
#: The values of the plan: what stands behind a label, in an item or in a cell.
VALUES = re.compile(r"(?<=\*\*: )\S.*|(?<=^- )\S.*|(?<=: )2026.*|(?<=\| )[^|\n-]+(?= \|)", re.MULTILINE)
PLACEHOLDERS = (
    "TBD",
    "{dates}",
    "low / medium / high",
    "Stage N-1",
    "[Name of the owner]",
    "<date>",
    "??",
    "TODO: ask",
)


def readings(plan: Plan) -> Iterator[Reading[Any]]:
    for stage in plan.stages:
        values = stage.risk, stage.layers, stage.effort, stage.dependencies, stage.rollback_tested, stage.compatibility
        yield from (reading for reading in values if reading)
    for entry in plan.overview.timeline:
        yield from (reading for reading in (entry.dates, entry.duration) if reading)
    for gap in plan.mapping.rows if plan.mapping else ():
        yield from (reading for reading in (gap.risk, gap.effort, gap.stages) if reading)
    for row in plan.verification.rows if plan.verification else ():
        yield from (reading for reading in (row.stages,) if reading)


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_each_value_that_is_a_placeholder_is_told_once(placeholder: str) -> None:
    (plan,) = parse_plan(VALUES.sub(lambda _: placeholder, PLAN))
    told = [violation.span for violation in check(plan, NoOptions())]
    passed_over = [reading.text for reading in readings(plan) if reading.state is State.PLACEHOLDER]
    assert passed_over
    for text in passed_over:
        assert [span for span in told if span.start < text.span.end and text.span.start < span.end], text
    assert all(one.end <= other.start for one, other in pairwise(told))
