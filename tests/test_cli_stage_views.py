"""The way back from a stage, and the plan without one, from the command line: what is shown, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from program import BAD, GOOD, PROSE, lint

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_RETURN = """\
## Migration: Stock to the new store

### Stage 1 — Set up the store of the shop

**Layers affected**: infrastructure
**Dependencies**: none

**Rollback**:

- Run `terraform destroy`; not possible after Stage 3

**Rollback tested**: yes

### Stage 2 — Move the rows to the store

**Layers affected**: data
**Dependencies**: Stage 1

**Rollback**: Revert if needed

### Stage 3 — Point the shop to the store

**Layers affected**: code
**Dependencies**: Stage 2

**Rollback**:

1. Tell the shop:

   ```sh
   ::set-output name=shop::old
   ```

2. Restart it

**Rollback tested**: no

### Stage 4 — Drop the old rows

**Layers affected**: data
**Dependencies**: somebody

**Rollback**: Not possible, the rows are gone
"""
DOUBLED = (
    "### Stage 1 — Move\n\n**Risk**: low\n\n### Stage 1 — Turn\n\n**Risk**: low\n\n### Stage 2 — End\n\n**Risk**: low\n"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (
        *(("plan.md", GOOD), ("bad.md", BAD), ("notes.md", PROSE), ("latin.md", b"\xe9")),
        *(("no-return.md", NO_RETURN.encode()), ("doubled.md", DOUBLED.encode())),
        ("two.md", GOOD + b"\n" + NO_RETURN.encode()),
        ("nameless.md", b"## Migration: Orders\n\n### From\n\n- Data: old\n\n### To\n\n- Data: new\n"),
        ("many.md", "".join(f"### Stage {one} — Move\n\n**Risk**: low\n\n" for one in range(1, 41)).encode()),
    ):
        Path(name).write_bytes(content)


def shown(*arguments: str) -> list[str]:
    run = lint(*arguments)
    assert (run.status, run.err) == (0, "")
    return run.out.splitlines()


def as_json(*arguments: str) -> dict[str, Any]:
    run = lint("--format=json", *arguments)
    assert (run.status, run.err) == (0, "")
    value = json.loads(run.out)
    assert value["version"] == 1
    (plan,) = value["plans"]
    assert isinstance(plan, dict)
    return plan


# --- the way back -----------------------------------------------------------------------------------------------------


def test_the_way_back_is_printed_latest_stage_first() -> None:
    lines = shown("--rollback-path", "plan.md", "--at", "3")
    assert lines[:7] == [
        "Orders database to PostgreSQL 16",
        "",
        "the way back from stage 3 leads to the start",
        "point of no return: the plan names none",
        "",
        "stage 3 — Set up the managed instance: tested, 'Destroyed and applied again'",
        "  1. Run `terraform destroy -target=module.orders_db`",
    ]
    assert [line.partition(" —")[0] for line in lines if line.startswith("stage")] == ["stage 3", "stage 2", "stage 1"]


def test_the_way_back_ends_at_what_cannot_be_undone() -> None:
    assert shown("--rollback-path", "no-return.md", "--at", "4") == [
        "Stock to the new store",
        "",
        "there is no way back from stage 4",
        "point of no return: stage 3, passed, after which stage 1 cannot be undone: 'not possible after Stage 3'",
        "",
        "stage 4 — Drop the old rows: irreversible, 'Not possible, the rows are gone'",
        "",
        "stage 3 — Point the shop to the store: out of reach; untested",
        "",
        "stage 2 — Move the rows to the store: out of reach; not written out, 'Revert if needed'",
        "",
        "stage 1 — Set up the store of the shop: out of reach; irreversible, 'not possible after Stage 3'",
    ]


def test_the_way_back_tells_its_holes_and_what_nobody_tested() -> None:
    assert shown("--rollback-path", "no-return.md", "--at", "3") == [
        "Stock to the new store",
        "",
        "the way back from stage 3 ends at stage 1, which cannot be undone",
        "the way back from stage 3 has holes: no steps are written out for stage 2",
        "point of no return: stage 3, passed, after which stage 1 cannot be undone: 'not possible after Stage 3'",
        "untested: stage 3",
        "",
        "stage 3 — Point the shop to the store: untested",
        "  1. Tell the shop:",
        "    | ::set-output name=shop::old",
        "  2. Restart it",
        "  the layers then: data new, code old",
        "",
        "stage 2 — Move the rows to the store: not written out",
        "  - Revert if needed",
        "  the layers then: data old, code old",
        "",
        "stage 1 — Set up the store of the shop: irreversible, 'not possible after Stage 3'",
    ]


def test_the_way_back_tells_how_long_it_is_open() -> None:
    lines = shown("--rollback-path", "no-return.md", "--at", "1")
    assert "  possible until stage 3 is done" in lines
    assert lines[3].startswith("point of no return: stage 3, still ahead, after which stage 1 cannot be undone: ")


def test_the_way_back_is_an_object_in_json() -> None:
    plan = as_json("--rollback-path", "no-return.md", "--at", "4")
    assert (plan["title"], plan["at"], plan["ends_at"], plan["in_order"]) == ("Stock to the new store", "4", "4", True)
    assert plan["point_of_no_return"] == {
        "stage": "3",
        "undoes": "1",
        "words": "not possible after Stage 3",
        "passed": True,
    }
    assert [(step["stage"], step["mark"], step["in_reach"]) for step in plan["steps"]] == [
        ("4", "irreversible", True),
        ("3", "untested", False),
        ("2", "not written out", False),
        ("1", "irreversible", False),
    ]
    assert plan["steps"][1]["lines"][:2] == [
        {"kind": "step", "depth": 0, "text": "Tell the shop:"},
        {"kind": "verbatim", "depth": 1, "text": "::set-output name=shop::old"},
    ]
    assert plan["steps"][3]["possible_until"] == "3"
    plan = as_json("--rollback-path", "plan.md", "--at", "1")
    assert (plan["ends_at"], plan["point_of_no_return"], plan["steps"][0]["mark"]) == (None, None, "tested")
    assert set(plan["steps"][0]["layers"].values()) == {"old"}


def test_a_section_about_the_whole_is_named_where_there_are_holes() -> None:
    Path("plan.md").write_text(f"{NO_RETURN}\n## 5. Rollback plan\n\nCall Ann.\n")
    line = len(NO_RETURN.splitlines()) + 2
    assert f"the section '5. Rollback plan' in line {line} may say more" in shown(
        "--rollback-path", "plan.md", "--at=2"
    )
    assert not any("may say more" in line for line in shown("--rollback-path", "plan.md", "--at=1"))
    assert as_json("--rollback-path", "plan.md", "--at=1")["sections"] == [
        {"heading": "5. Rollback plan", "line": line}
    ]


def test_stages_that_stand_out_of_order_are_told() -> None:
    Path("plan.md").write_text("### Stage 2 — Move\n\n**Risk**: low\n\n### Stage 1 — Turn\n\n**Risk**: low\n")
    lines = shown("--rollback-path", "plan.md", "--at", "1")
    assert any(line.startswith("the numbers of the stages do not rise") for line in lines)
    assert [line for line in lines if line.startswith("stage")] == [
        "stage 1 — Turn: not written out",
        "stage 2 — Move: not written out",
    ]


# --- what if ----------------------------------------------------------------------------------------------------------


def test_what_becomes_of_a_plan_without_a_stage_is_printed() -> None:
    assert shown("--what-if", "plan.md", "--drop", "4") == [
        "Orders database to PostgreSQL 16",
        "",
        "without stage 4 — Replicate the orders",
        "",
        "cannot run:",
        "  stage 5 — Switch the service to the new instance: needs stage 4",
        "  stage 6 — Decommission the old database: needs stage 5",
        "",
        "gaps left open:",
        "  gap 'Orders exist in one database only': stage 4 was to close it",
        "  gap 'The driver is too old for the new protocol': stage 5 was to close it",
        "",
        "layers left half moved:",
        "  code/config: from stage 2 on, and never finished; old and new both work",
        "layers that stay old:",
        "  data: stage 4 was to move it",
        "  code: stage 5 was to move it",
    ]


def test_what_becomes_of_a_plan_where_a_stage_fails_is_printed() -> None:
    assert shown("--what-if", "no-return.md", "--fail", "2") == [
        "Stock to the new store",
        "",
        "if stage 2 — Move the rows to the store fails",
        "its rollback: not written out, 'Revert if needed'",
        "",
        "cannot run:",
        "  stage 3 — Point the shop to the store: needs stage 2",
        "not known, their dependencies could not be read: stage 4",
        "",
        "gaps left open: the plan has no Gap → Stage table",
        "",
        "layers left half moved:",
        "  data: begun by stage 2",
        "  code/data: from stage 2 on, and never finished; nothing keeps both working",
        "layers that stay old:",
        "  code: stage 3 was to move it",
    ]


def test_a_stage_that_nothing_hangs_on_leaves_the_rest_alone() -> None:
    Path("plan.md").write_bytes(GOOD.replace(b"**Dependencies**: Stage 5", b"**Dependencies**: none"))
    assert shown("--what-if", "plan.md", "--drop", "6")[4:] == [
        "cannot run: none",
        "",
        "gaps left open: none",
        "",
        "layers left half moved: none",
    ]


def test_what_if_is_an_object_in_json() -> None:
    plan = as_json("--what-if", "plan.md", "--fail=5")
    assert (plan["dropped"], plan["failed"], plan["certain"], plan["unknown"]) == (None, "5", True, [])
    assert plan["cannot_run"] == [{"stage": "6", "name": "Decommission the old database", "needs": ["5"]}]
    assert plan["open_gaps"] == [
        {"gap": "The driver is too old for the new protocol", "row": 5, "stages": ["5"], "rows": []}
    ]
    assert plan["layers"] == [{"layer": "code", "state": "both", "moved_by": [], "not_moved_by": ["5"]}]
    assert plan["pairs"][0] == {"pair": "code/data", "from": "4", "until": None, "exposed": None}
    assert plan["rollback"] == {"mark": "tested", "words": "Version 3.9 deployed in staging"}
    plan = as_json("--what-if", "no-return.md", "--drop=1")
    assert (plan["dropped"], plan["failed"], plan["open_gaps"], plan["rollback"]) == ("1", None, None, None)


# --- which stage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["2", "02", "stage 2", "Stage 2", " phase 2 "])
def test_a_stage_is_named_by_its_number(word: str) -> None:
    assert as_json("--rollback-path", "plan.md", "--at", word)["at"] == "2"


@pytest.mark.parametrize(("number", "word"), [("A", "A"), ("A", "Phase A"), ("2.1", "2.1"), ("2a", "2A")])
def test_a_number_need_not_be_whole(number: str, word: str) -> None:
    Path("plan.md").write_text(f"## Migration: Orders\n\n### Phase {number}: Move\n\n**Risk**: low\n")
    assert as_json("--what-if", "plan.md", "--drop", word)["dropped"] == number.lower()


def test_the_plan_that_has_the_stage_is_taken() -> None:
    assert as_json("--rollback-path", "two.md", "--at", "6")["title"] == "Orders database to PostgreSQL 16"


def test_the_plan_may_come_by_standard_input() -> None:
    run = lint("--what-if", "-", "--drop", "6", stdin=GOOD)
    assert (run.status, run.err) == (0, "")
    assert "\nwithout stage 6 — " in run.out


BACK, IF = ("--rollback-path", "--at"), ("--what-if", "--drop")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rollback-path", "plan.md"), "--rollback-path goes with --at N"),
        (("--at=2", "plan.md"), "--at goes with --rollback-path"),
        (("--what-if", "plan.md"), "--what-if goes with --drop N or --fail N"),
        (("--drop=2", "plan.md"), "--drop goes with --what-if"),
        (("--fail=2", "plan.md"), "--fail goes with --what-if"),
        (("--what-if", "--at=2", "plan.md"), "--at goes with --rollback-path"),
        (("--what-if", "--drop=2", "--fail=3", "plan.md"), "--drop and --fail exclude each other"),
        (("--what-if", "--drop=2", "--explain-plan", "plan.md"), "--explain-plan and --what-if exclude each other"),
        (("--rollback-path", "--at=2"), "--rollback-path goes with one file"),
        (("--rollback-path", "--at=2", "plan.md", "bad.md"), "--rollback-path goes with one file"),
        (("--rollback-path", "--at=2", "--fix", "plan.md"), "--rollback-path shows a plan and does nothing else"),
        ((*BACK, "2", "gone.md"), "gone.md: no such file or directory"),
        ((*IF, "2", "latin.md"), "latin.md: the file is not UTF-8"),
        ((*IF, "2", "notes.md"), "notes.md: the file holds no migration plan"),
        ((*BACK, "9", "bad.md"), "bad.md: the plan has no stage '9'; it has the stages 1, 2, 3 and 4\n"),
        ((*BACK, "", "bad.md"), "bad.md: the plan has no stage ''; it has the stages 1, 2, 3 and 4\n"),
        ((*BACK, "swich the traffic", "bad.md"), "; did you mean '3', 'Switch the traffic'?\n"),
        ((*IF, "41", "many.md"), "the plan has no stage '41'; it has the stages 1, 2, 3, …, 40\n"),
        ((*IF, "1", "nameless.md"), "nameless.md: the plan has no stages\n"),
        ((*IF, "1", "doubled.md"), "doubled.md: 2 stages have the number '1', in the lines 1 and 5; give each "),
        (
            (*IF, "2", "two.md"),
            "two.md: stage 2 stands in more than one plan of the file: 'Orders database to PostgreSQL 16' and 'Stock to",
        ),
        (
            (*IF, "7", "two.md"),
            "none of the 2 plans in the file has a stage '7': 'Orders database to PostgreSQL 16' has the stages 1, 2, 3,",
        ),
    ],
)
def test_what_cannot_be_shown_is_said(arguments: Sequence[str], message: str) -> None:
    run = lint(*arguments)
    assert (run.status, run.out) == (2, "")
    assert message in run.err


def test_another_stage_of_a_plan_with_a_doubled_number_is_shown() -> None:
    assert [step["stage"] for step in as_json("--rollback-path", "doubled.md", "--at", "2")["steps"]] == ["2", "1", "1"]
    assert as_json("--what-if", "doubled.md", "--drop", "2")["unknown"] == ["1", "1"]


# --- hostile plans ----------------------------------------------------------------------------------------------------

ESCAPE = "\x1b]0;x\x07\u202e"
HOSTILE = f"""\
## Migration: ::error::{ESCAPE}

### Stage 1 — Move {ESCAPE}

**Layers affected**: code
**Dependencies**: none

**Rollback**:

- Stop {ESCAPE}

  ::error::{ESCAPE}

```
::error::{ESCAPE}
```

### Stage 2 — Turn {ESCAPE}

**Dependencies**: Stage 1

**Rollback**: Not possible, {ESCAPE} it is gone

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|-----|------|--------|-------|-------|
| It is {ESCAPE} | low | 1h | Stage 1 | |
"""


@pytest.mark.parametrize(
    "arguments", [("--rollback-path", "--at=1"), ("--rollback-path", "--at=2"), ("--what-if", "--fail=1")]
)
def test_a_hostile_plan_is_shown_safely(arguments: Sequence[str]) -> None:
    Path("plan.md").write_text(HOSTILE, encoding="utf-8")
    for more in ((), ("--format=json",)):
        out = lint(*arguments, *more, "plan.md").out
        assert out.replace("\n", "").isprintable()
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_a_hostile_number_is_refused_safely() -> None:
    run = lint("--rollback-path", "plan.md", "--at", ESCAPE)
    assert (run.status, run.out) == (2, "")
    assert run.err.replace("\n", "").isprintable()
