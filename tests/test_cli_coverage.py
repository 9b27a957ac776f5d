"""``--coverage``: what is printed, in text and JSON, and where there is nothing to print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from program import BAD, GOOD, PROSE, lint

MAP = """\
# Gap map

| Gap | Risk |
|---|---|
| Two queries use a type that PostgreSQL 16 does not have | low |
| Connection strings stand in a file | low |
| Orders exist in one database only | medium |
| The driver is too old for the new protocol | high |
| Nobody is told of a failover | medium |
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    front = b"---\nmigration-plan:\n  gap-map: gaps.md\n---\n\n"
    for name, content in (("plan.md", GOOD), ("bad.md", BAD), ("notes.md", PROSE), ("mapped.md", front + GOOD)):
        Path(name).write_bytes(content)
    Path("gaps.md").write_text(MAP)


def test_each_gap_has_a_line() -> None:
    run = lint("--coverage", "bad.md")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        "Payments service to Kubernetes",
        "gap map: none",
        "",
        "covered     'No chart for the service'                 stage 1 (verified, rollback tested)",
        "covered     'Secrets lie in plain files'               stage 2 (verified, rollback tested)",
        "covered     'The load balancer knows no cluster'       stage 3 (verified, rollback not tested)",
        "unassigned  'Backups of the machines run every night'  no stage, and no reason",
        "",
        "4 gaps: 3 covered, 1 unassigned",
    ]


def test_the_map_is_named_and_looked_at_from_both_sides() -> None:
    lines = lint("--coverage", "mapped.md").out.splitlines()
    assert lines[1] == "gap map: gaps.md"
    assert [line.split()[0] for line in lines[3:10]] == [
        *("covered", "covered", "covered", "covered", "unassigned", "orphaned", "deferred")
    ]
    assert lines[-1] == "7 gaps: 4 covered, 1 unassigned, 1 deferred, 1 orphaned"


def test_json_has_all_of_it() -> None:
    value = json.loads(lint("--coverage", "--format=json", "mapped.md").out)
    (plan,) = value["plans"]
    assert (value["version"], plan["title"], plan["gap_map"]) == (1, "Orders database to PostgreSQL 16", "gaps.md")
    assert plan["counts"] == {
        "covered": 4,
        "unassigned": 1,
        "deferred": 1,
        "closed": 0,
        "orphaned": 1,
        "ambiguous": 0,
    }
    first, *_, last = plan["gaps"]
    assert first == {
        "gap": "Two queries use a type that PostgreSQL 16 does not have",
        "status": "covered",
        "why": None,
        "stages": [{"stage": "1", "verified": True, "rollback_tested": True}],
        "line": first["line"],
        "map_line": 5,
    }
    assert GOOD.decode().splitlines()[first["line"] - 6].startswith("| Two queries")
    assert (last["status"], last["stages"], last["map_line"]) == ("deferred", [], None)
    assert last["why"].startswith("deferred: the reports team moves to the warehouse in May 2026")


def test_the_configuration_names_the_map_too_and_isolated_has_none() -> None:
    Path(".lint-migration-plan.yaml").write_text("gap-map: gaps.md\n")
    assert "gap map: gaps.md\n" in lint("--coverage", "plan.md").out
    assert "gap map: none\n" in lint("--coverage", "--isolated", "plan.md").out


def test_standard_input_has_a_map_where_it_has_a_name() -> None:
    text = Path("mapped.md").read_bytes()
    assert "gap map: none\n" in lint("--coverage", "-", stdin=text).out
    assert "gap map: gaps.md\n" in lint("--coverage", "--stdin-filename=plan.md", "-", stdin=text).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("notes.md",), "notes.md: the file holds no migration plan"),
        (("gone.md",), "gone.md: no such file or directory"),
        (("lost.md",), "lost.md: gap map 'gone.md' cannot be read: no such file or directory"),
        (("wrong.md",), "wrong.md: the front matter cannot be read: "),
        ((), "--coverage goes with one file"),
        (("--explain-plan", "plan.md"), "--explain-plan and --coverage exclude each other"),
    ],
)
def test_what_cannot_be_shown_is_said(arguments: tuple[str, ...], message: str) -> None:
    Path("lost.md").write_bytes(b"---\nmigration-plan: {gap-map: gone.md}\n---\n\n" + GOOD)
    Path("wrong.md").write_bytes(b"---\nmigration-plan: {gap-maps: gone.md}\n---\n\n" + GOOD)
    run = lint("--coverage", *arguments)
    assert (run.status, run.out) == (2, "")
    assert message in run.err


def test_hostile_texts_are_shown_safely_and_short() -> None:
    Path("gaps.md").write_text(MAP + "| No \x1b]0;x\x07 name | ##[error] |\n| " + "very " * 900 + "long | low |\n")
    plan = GOOD.replace(b"Deferred: the reports", "Deferred: the \x1b[2J\u202e reports ".encode() + b"and " * 900)
    Path("mapped.md").write_bytes(b"---\nmigration-plan: {gap-map: gaps.md}\n---\n\n" + plan)
    for arguments in ((), ("--format=json",)):
        out = lint("--coverage", *arguments, "mapped.md").out
        assert out.replace("\n", "").isprintable()
    assert max(map(len, lint("--coverage", "mapped.md").out.splitlines())) < 300
