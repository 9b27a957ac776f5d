"""What From and To say of each layer, and which layers the stages name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.overview_layers import declared_layers, layer_lines, layers_of_stages
from lint_migration_plan.plan.vocabulary import DEFAULT

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan


def overview(old: str, new: str) -> Plan:
    [plan] = parse_plan(f"## Migration: Orders\n\n### From\n\n{old}\n\n### To\n\n{new}\n")
    return plan


def differs(old: str, new: str) -> bool:
    [lines] = layer_lines(overview(f"- Data: {old}", f"- Data: {new}"))
    return lines.differs


def stages(*layers: str) -> Plan:
    text = "\n\n".join(
        f"### Stage {number} — Move the orders\n\n**Layers affected**: {named}\n**Risk**: low"
        for number, named in enumerate(layers, 1)
    )
    [plan] = parse_plan(f"## Migration: Orders\n\n{text}\n")
    return plan


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PostgreSQL 12", "PostgreSQL 16"),
        ("one table of orders", "one topic of events"),
        ("none yet", "readers subscribe to `orders`"),
        ("no", "40 topics"),
        ("PostgreSQL 12, no replica", "PostgreSQL 16, same schema"),
        ("two nodes", "three nodes"),
        ("3 shards of 3 copies", "3 shards of 4 copies"),
        ("orders in `O`, prices in `P`", "orders in `Q` and prices in `P`"),
    ],
)
def test_two_lines_differ_where_each_has_a_word_that_the_other_has_not(old: str, new: str) -> None:
    assert differs(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PostgreSQL 12", "PostgreSQL 12"),
        # To describes From better
        ("PostgreSQL", "PostgreSQL 16"),
        ("orders", "orders in 14 partitions"),
        ("PostgreSQL 12 with 40 GB", "PostgreSQL 12 with 55 GB"),
        ("about 3 million rows of orders", "4 million rows of orders"),
        # the same in other words
        ("two nodes with a PG db", "2 node with PostgreSQL databases"),
        ("config of the app", "application configuration"),
        # To says that nothing changes, or that it changes elsewhere
        ("PostgreSQL 12", "unchanged"),
        ("PostgreSQL 12", "remains on the old host"),
        ("PostgreSQL 12", "the same database, by a copy each night"),
        ("PostgreSQL 12", "keeps its schema"),
        ("PostgreSQL 12", "not moved by this plan"),
        ("PostgreSQL 12", "see the plan of the storage team"),
        ("PostgreSQL 12", "deferred to Q4"),
        ("PostgreSQL 12", "none"),
        ("PostgreSQL 12", "N/A"),
        ("already on Aurora", "Aurora Serverless"),
        ("to be decided", "Aurora"),
        # nothing to compare
        ("{what it is}", "Aurora"),
        ("PostgreSQL 12", "TBD"),
        ("", "Aurora"),
        ("PostgreSQL 12", "x" * 600),
    ],
)
def test_two_lines_are_the_same_where_that_is_not_certain(old: str, new: str) -> None:
    assert not differs(old, new)


def test_a_line_whose_state_stands_below_it_says_nothing_that_is_compared() -> None:
    plan = overview("- Data:\n  - PostgreSQL 12", "- Data:\n  - PostgreSQL 16")
    assert not any(lines.differs for lines in layer_lines(plan))


def test_layers_that_only_one_side_has_are_not_paired() -> None:
    plan = overview("- Data: PostgreSQL 12\n- Code: Java", "- Data: PostgreSQL 16\n- Config: YAML")
    assert [lines.layer for lines in layer_lines(plan)] == ["data"]
    assert declared_layers(plan) == {"data", "code", "config"}


@pytest.mark.parametrize(
    "old", ["- PostgreSQL 12", "- Data: PostgreSQL 12\n- a mail server", "- Data: PostgreSQL 12; Code: Java 8"]
)
def test_a_line_that_may_be_about_any_layer_hides_all(old: str) -> None:
    assert layer_lines(overview(old, "- Data: PostgreSQL 16")) == ()


def test_no_layer_is_declared_where_a_line_names_none() -> None:
    assert declared_layers(overview("- PostgreSQL 12", "- Data: PostgreSQL 16")) == frozenset()
    assert declared_layers(overview("", "- Data: PostgreSQL 16")) == frozenset()


def test_the_layers_of_all_stages_are_known_where_each_stage_names_its_own() -> None:
    assert layers_of_stages(stages("data", "data, code")) == {"data", "code"}


@pytest.mark.parametrize("unknown", ["{layer}", "", "plumbing", "data, plumbing"])
def test_one_stage_whose_layers_are_not_known_hides_all(unknown: str) -> None:
    assert layers_of_stages(stages("data", unknown)) == frozenset()


def test_a_layer_of_a_team_may_be_part_of_one_of_the_guide() -> None:
    vocabulary = replace(DEFAULT, layers={**DEFAULT.layers, "network": "network"})
    text = "## Migration: Orders\n\n### Stage 1 — Move the orders\n\n**Layers affected**: data, network\n"
    [plan] = parse_plan(text, vocabulary=vocabulary)
    assert layers_of_stages(plan) == frozenset()
