"""The running texts of a plan: what a stage does, what stands beside its fields, and what stands outside the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.language import is_english, is_foreign
from lint_migration_plan.plan.facts.texts import codes, other_texts, stage_texts, texts_outside, work_texts

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan

PLAN = """\
Before the title

## Migration: Orders

### Motivation

It is time.

### Stage 1 — One

A line before.

**What changes**: A thing.
**Layers affected**: data
**Note**: a note
**Risk**: low

**Changes**:

- Do it
  - and this
- Run

  ```sh
  run --now
  ```

**Verification**:

- See it

> quoted

| left | right |
|------|-------|
| 1    | 2     |

### Stage 2 — Two

- **Changes**:
  - Do that
- **Risk**: low
- Loose end

## Gap → Stage Mapping

| Gap | Stage |
|-----|-------|
| Hole | 1 |

The end.
"""


@pytest.fixture(name="plan")
def parsed() -> Plan:
    [only] = parse_plan(PLAN)
    return only


def test_what_a_stage_does_is_its_name_its_summary_and_its_changes(plan: Plan) -> None:
    one, two = plan.stages
    assert [text.plain for text in work_texts(one)] == ["One", "A thing.", "Do it", "and this", "Run"]
    assert [text.plain for text in work_texts(two)] == ["Two", "Do that"]


def test_the_texts_of_a_stage_are_those_of_its_fields(plan: Plan) -> None:
    one, _ = plan.stages
    assert [text.plain for text in stage_texts(one)] == [
        "One",
        "A thing.",
        "data",
        "low",
        "Do it",
        "and this",
        "Run",
        "See it",
    ]


def test_lines_that_belong_to_no_field_are_found_too(plan: Plan) -> None:
    one, two = other_texts(plan)
    assert [text.plain for text in one] == ["A line before.", "Note: a note", "left", "right", "1", "2"]
    assert [text.plain for text in two] == ["Loose end"]


def test_code_stands_in_fields(plan: Plan) -> None:
    one, two = plan.stages
    assert list(codes(one)) == ["run --now\n"]
    assert list(codes(two)) == []


def test_what_stands_outside_the_stages_leaves_their_headings_out(plan: Plan) -> None:
    assert [text.plain for text in texts_outside(plan)] == [
        *("Before the title", "Migration: Orders", "Motivation", "It is time."),
        *("Gap → Stage Mapping", "Gap", "Stage", "Hole", "1", "The end."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("heading", ["### Stage 1 — Alpha", "Stage 1 — Alpha\n---", "**Stage 1 — Alpha**"])
def test_no_form_of_a_stage_counts_as_outside(heading: str, end: str) -> None:
    text = f"## Migration: Orders\n\nHello.\n\n{heading}\n\n**Risk**: low\n"
    [only] = parse_plan(text.replace("\n", end))
    assert [text.plain for text in texts_outside(only)] == ["Migration: Orders", "Hello."]


@pytest.mark.parametrize(
    ("changes", "english"),
    [
        ("Copy the orders to the new table and compare the sums", True),
        ("Run `orders.sql`, then restart the shop", True),
        ("Kopiere die Bestellungen in die neue Tabelle", False),
        ("Copier les commandes dans la nouvelle table", False),
        ("Скопировать заказы в новую таблицу", False),
        ("Copia los pedidos a la tabla nueva", False),
        ("复制订单", False),
        ("orders.sql", False),
    ],
)
def test_a_plan_in_english_is_told_by_its_little_words(changes: str, *, english: bool) -> None:
    [only] = parse_plan(f"## Migration: Orders\n\n### Stage 1 — Orders\n\n**Changes**:\n\n- {changes}\n")
    assert is_english(only) is english


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("La base est dans le sous-sol, avec les sauvegardes; on la copie dans la nuit.", True),
        ("Die Daten liegen auf der alten Platte, und die wird nicht gelesen.", True),
        ("まず旧システムを止める。次に新しい表を作る。最後に切り替える。確認する。終わり。", True),
        ("Copy the rows to the new table and count them.", False),
        ("Copy rows. Count. Switch.", False),
        (
            "The office is in the Rue de la Paix, next to Le Monde and the Place des Vosges, which is on du Louvre.",
            False,
        ),
        ("De de de de de de", False),
        ("Run `le les des du et`", False),
        ("", False),
    ],
)
def test_a_plan_is_foreign_where_it_says_enough_in_another_language(told: str, *, expected: bool) -> None:
    (plan,) = parse_plan(f"## Migration: M\n\n### Motivation\n\n{told}\n\n### Stage 1 — A\n\n**Risk**: low\n")
    assert is_foreign(plan) is expected
