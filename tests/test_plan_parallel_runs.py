"""Which risky switches come without any run of old and new side by side."""

from __future__ import annotations

import time

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.parallel_runs import bare_switches


def switches(name: str, change: str = "Set the new address", *, before: str = "", risk: str = "high") -> list[str]:
    """Give the words of the bare switches of a plan with one stage, and a text that stands before it."""
    text = f"""\
## Migration: Orders

{before}

### Stage 1 — {name}

**What changes**: All of the orders are read from the new system.
**Layers affected**: infrastructure
**Risk**: {risk}

**Changes**:

- {change}
"""
    [plan] = parse_plan(text)
    return [switch.words.plain for switch in bare_switches(plan)]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("Switch DNS to the new host", "Set it", "Switch DNS to the new host"),
        ("Cut over the queue", "Set it", "Cut over the queue"),
        ("Domain cutover of all customers", "Set it", "Domain cutover of all customers"),
        ("New host", "Point the load balancer at it", "Point the load balancer"),
        ("New host", "Route all traffic to `web-2`", "Route all traffic to web-2"),
        ("New host", "Move the reads of `/search` over to it", "Move the reads of /search over to it"),
        ("New host", "The DNS switch takes an hour", "DNS switch"),
        ("New host", "Change the CNAME of `www`", "Change the CNAME"),
        ("Move the orders", "Update the connection string", "Update the connection string"),
    ],
)
def test_a_switch_is_told_by_what_is_switched(name: str, change: str, words: str) -> None:
    assert switches(name, change) == [words]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        # settings, secrets, and what is not live
        ("Switch the database password to the vault", "Set it"),
        ("Switch the secrets of the queue", "Set it"),
        ("Switch staging to the new database", "Set it"),
        ("Switch DNS of the test site", "Set it"),
        # a piece of code
        ("New client", "Switch the search client in `pyproject.toml`"),
        ("New client", "Switch the database driver"),
        ("New page", "Point the user's page at `/v2`"),
        # no switch
        ("Verify the DNS switch", "Point DNS at the new host"),
        ("Decommission the old host", "Switch off the database"),
        ("Move the orders", "Copy the database"),
        ("Move the orders", "Set the traffic light to red"),
    ],
)
def test_other_switches_are_none(name: str, change: str) -> None:
    assert switches(name, change) == []


@pytest.mark.parametrize("risk", ["low", "medium", "Meduim", "{risk}"])
def test_only_a_switch_of_high_risk_counts(risk: str) -> None:
    assert switches("Switch DNS", risk=risk) == []


@pytest.mark.parametrize(
    "said",
    [
        "A replica follows the database.",
        "The subscription is created by `CREATE SUBSCRIPTION`.",
        "rsync copies the files each hour.",
        "Debezium copies each order.",
        "Both systems get each order.",
        "The old host keeps running for a week.",
        "The basement keeps its broker running.",
        "The old cluster stays reachable.",
        "Requests are mirrored.",
        "Shadow traffic for a week.",
        "Blue/green deployment.",
        "A canary of 5 % comes first.",
        "5 % of the traffic comes first.",
        "Tenant by tenant.",
        "For one region at first.",
        "A feature flag decides.",
        "The shop is closed from 22:00 on.",
        "It takes a maintenance window of an hour.",
        "There is a planned outage.",
        "Writes are frozen: the database is read-only for an hour.",
        "We accept a downtime of ten minutes.",
        "```text\nold ──> users\nnew (shadow)\n```",
        "> Run old and new in parallel",
    ],
)
def test_any_word_of_a_parallel_run_or_of_a_choice_is_enough(said: str) -> None:
    assert switches("Switch DNS", before=said) == []
    assert switches("Switch DNS", f"Set it\n\n  {said}" if said[0] not in "`>" else f"Set it\n\n{said}") == []


@pytest.mark.parametrize(
    "said",
    [
        "There must be zero downtime.",
        "Stages 3 and 4 can be done in parallel with stage 5.",
        "The deployment has `replicas: 3`.",
        "The old host is deleted.",
        "Run the tests with Node 22.",
    ],
)
def test_other_words_are_not(said: str) -> None:
    assert switches("Switch DNS", before=said) == ["Switch DNS"]


def test_what_from_and_to_say_is_a_state_and_no_way() -> None:
    states = "### From\n\n- Data: PostgreSQL with a standby\n\n### To\n\n- Data: Aurora with a replica\n"
    assert switches("Switch DNS", before=states) == ["Switch DNS"]
    assert switches("Switch DNS", before=f"{states}\n### Motivation\n\nA replica is there.") == []


def test_a_run_after_the_switch_comes_too_late() -> None:
    stage = "### Stage {} — {}\n\n**Layers affected**: infrastructure\n**Risk**: high\n\n**Changes**:\n\n- Set the {}\n"
    first, second = stage.format(1, "Switch DNS", "name"), stage.format(2, "Switch the queue", "name of the replica")
    [plan] = parse_plan(f"## Migration: Orders\n\n{first}\n{second}")
    assert [switch.stage.label for switch in bare_switches(plan)] == ["1"]


@pytest.mark.parametrize(("name", "expected"), [("Verify the new host", []), ("Verify the new host in staging", ["2"])])
def test_a_trial_on_the_new_host_itself_is_a_run_beside_the_old(name: str, expected: list[str]) -> None:
    stage = (
        "### Stage {} — {}\n\n**Layers affected**: infrastructure\n**Risk**: high\n\n**Changes**:\n\n- Set the name\n"
    )
    [plan] = parse_plan(f"## Migration: Orders\n\n{stage.format(1, name)}\n{stage.format(2, 'Switch DNS')}")
    assert [switch.stage.label for switch in bare_switches(plan)] == expected


def test_doubled_numbers_and_placeholders_are_for_other_rules() -> None:
    stage = "### Stage 1 — Switch DNS\n\n**Risk**: high\n\n**Changes**:\n\n- Set the {}\n"
    [plan] = parse_plan(f"## Migration: Orders\n\n{stage.format('name')}\n{stage.format('name')}")
    assert list(bare_switches(plan)) == []
    assert switches("Switch DNS", "{Specific change 1}") == []


@pytest.mark.parametrize("piece", ["old ", "keep ", "switch ", "a by ", "send some ", "no ", "both ", "5 % "])
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    start = time.perf_counter()
    switches("Switch DNS", piece * 20_000)
    assert time.perf_counter() - start < 5
