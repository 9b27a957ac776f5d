"""Risks, answers to "Rollback tested" and exemptions are read as people write them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import Risk, State
from lint_migration_plan.plan.values.choices import (
    Answer,
    read_exemption,
    read_risk,
    read_rollback_tested,
    suggest_risk,
    suggest_rollback_tested,
)
from lint_migration_plan.plan.vocabulary import DEFAULT

RISKS = {
    Risk.LOW: (
        *(
            "low",
            "Low",
            "LOW",
            "**Low**",
            "`low`",
            "[low](risk.md)",
            "Low risk",
            "low-risk",
            "Low risk level",
            "🟢 Low",
        ),
        *(
            "Low (read-only analysis)",
            "Low — nothing moves",
            "Low – nothing",
            "Low - nothing",
            "Low, read-only",
            "Low.",
        ),
        *("Low; nothing", "Low: nothing", "Low. Nothing moves.", "Low<br>Nothing moves", "low because it only reads"),
        *("~~Critical~~ Low", "low ✅", "Low (high availability is kept)", "Low: high test coverage", "ＬＯＷ"),
        *("Low (low blast radius)", "Low (owner TBD)", "low — the impact is medium-sized tables", "Low\u00a0(x)"),
    ),
    Risk.MEDIUM: (
        *("medium", "🟡 **MEDIUM** (manageable)", "Medium - schema mismatch", "Medium - high volume endpoint"),
        *("Medium (low probability, high impact)", "Medium (high test coverage mitigates it)", "⚠️ Medium"),
    ),
    Risk.HIGH: ("high", "HIGH", "High: data loss", "High risk – 3 tables", "High, irreversible"),
}

NO_RISKS = (
    *("medium-high", "Low-Medium", "low to medium", "low/medium", "moderate", "critical", "very low", "lowest", "none"),
    *(
        "low for reads, high for writes",
        "Low, high for writes",
        "Medium (high if no backup)",
        "low – medium",
        "🟢",
        "7",
    ),
    *("Low → Medium", "Breaking API contracts", "Meduim", "Niedrig", "lowhigh", "not low", "-", "lower", "Slow"),
)


@pytest.mark.parametrize(("value", "risk"), [(value, risk) for risk, values in RISKS.items() for value in values])
def test_a_risk_is_read(value: str, risk: Risk) -> None:
    reading = read_risk(literal(value), DEFAULT)
    assert (reading.state, reading.value) == (State.READ, risk)


@pytest.mark.parametrize("value", NO_RISKS)
def test_what_is_no_level_or_two_is_unreadable(value: str) -> None:
    assert read_risk(literal(value), DEFAULT).state is State.UNREADABLE


@pytest.mark.parametrize(
    ("value", "state"),
    [
        *[(value, State.EMPTY) for value in ("", "  ", "<br>", "<!-- low -->")],
        *[(value, State.PLACEHOLDER) for value in ("low / medium / high", "{risk}", "TBD", "[TBD] or so", "<level>")],
    ],
)
def test_an_empty_risk_and_a_placeholder_are_told_apart(value: str, state: State) -> None:
    assert read_risk(literal(value), DEFAULT).state is state


def test_an_alias_of_the_team_is_a_risk() -> None:
    team = replace(DEFAULT, risks={**DEFAULT.risks, "critical": Risk.HIGH, "low-medium": Risk.MEDIUM})
    assert read_risk(literal("Critical (data)"), team).value is Risk.HIGH
    assert read_risk(literal("low-medium"), team).value is Risk.MEDIUM
    assert read_risk(literal("low"), team).value is Risk.LOW


def test_a_second_level_is_pointed_at() -> None:
    reading = read_risk(literal("**Low**, High for writes"), DEFAULT)
    assert reading.where is not None
    assert reading.where.plain == "High"
    assert reading.where.span == (9, 13)


@pytest.mark.parametrize(
    ("value", "risk"),
    [
        *[("Meduim", "medium"), ("medum", "medium"), ("hihg", "high"), ("lwo", "low"), ("Lw", None), ("med", "medium")],
        *[("moderate", "medium"), ("Critical", "high"), ("very low", "low"), ("🟢", "low"), ("🔴 critical!", "high")],
        *[("minimal (read-only)", "low"), ("none", "low"), ("(low)", "low"), ("🟡", "medium"), ("⚠️", "medium")],
        *[("low / medium", None), ("medium-high", None), ("low to medium", None), ("Low, high for writes", None)],
        *[("Breaking API contracts", None), ("", None), ("42", None), ("critical risk", "high"), ("🟢🔴", None)],
    ],
)
def test_the_meant_risk_is_suggested(value: str, risk: str | None) -> None:
    assert suggest_risk(value) == risk


ANSWERS = {
    Answer.YES: {
        **dict.fromkeys(("yes", "Yes", "YES.", "**Yes**", "✅", "✅ Yes", "yes ✅", "`yes`", "Yes!"), ""),
        "Yes, on staging 2026-01-02": "on staging 2026-01-02",
        "yes - on staging": "on staging",
        "Yes — see the log": "see the log",
        "yes (on staging)": "on staging",
        "Yes (2026-01-02).": "2026-01-02",
        "yes: in rehearsal 2": "in rehearsal 2",
        "yes; twice": "twice",
        "Yes on staging": "on staging",
        "✅ 2026-01-02": "2026-01-02",
        "Yes<br>on staging": "on staging",
    },
    Answer.NO: {
        **dict.fromkeys(("no", "No", "no.", "❌", "❌ No"), ""),
        "no; see ticket": "see ticket",
        "No (planned for 3 May)": "planned for 3 May",
        "❌ not yet": "not yet",
        "No, but rehearsed": "but rehearsed",
    },
    Answer.NOT_APPLICABLE: {
        **dict.fromkeys(("N/A", "n/a", "NA", "n.a.", "N / A", "not applicable", "N/A —", "N/A (-)"), ""),
        "N/A — read-only": "read-only",
        "N/A (nothing changes)": "nothing changes",
        "Not applicable: a dry run": "a dry run",
        "N/A, because it only reads": "because it only reads",
    },
}


@pytest.mark.parametrize(
    ("value", "answer", "why"),
    [(value, answer, why) for answer, values in ANSWERS.items() for value, why in values.items()],
)
def test_an_answer_is_read_with_its_reason(value: str, answer: Answer, why: str) -> None:
    reading = read_rollback_tested(literal(value))
    assert reading.value is not None
    assert (reading.value.answer, reading.value.why.plain) == (answer, why)


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        *[
            (value, "no")
            for value in ("not yet", "partially", "planned", "untested", "Nope", "pending", "false", "[ ]", "n")
        ],
        *[
            (value, "yes")
            for value in ("tested", "done", "y", "ja", "oui", "[x]", "true", "verified on staging", "yes?")
        ],
        *[(value, "N/A") for value in ("none", "—", "not needed", "no rollback needed", "no need", "nothing to undo")],
        *[
            (value, None)
            for value in ("✅ no", "❌ yes", "yes and no", "no-op", "yesterday", "nobody", "in May", "yes/no?")
        ],
    ],
)
def test_what_is_no_answer_is_unreadable_with_a_suggestion(value: str, suggestion: str | None) -> None:
    assert read_rollback_tested(literal(value)).state is State.UNREADABLE
    assert suggest_rollback_tested(value) == suggestion


@pytest.mark.parametrize("value", ["yes / no / N/A", "yes/no", "TBD", "{yes}"])
def test_an_answer_not_given_is_a_placeholder(value: str) -> None:
    assert read_rollback_tested(literal(value)).state is State.PLACEHOLDER


@pytest.mark.parametrize(
    ("stage", "notes", "kind", "why", "status"),
    [
        ("deferred", "vendor fix lands in May", "deferred", "vendor fix lands in May", True),
        ("deferred", "", "deferred", None, True),
        ("Deferred", "—", "deferred", None, True),
        ("deferred", "{notes}", "deferred", None, True),
        ("Deferred (vendor)", "", "deferred", "vendor", True),
        ("", "deferred to Q3 because the vendor is late", "deferred", "to Q3 because the vendor is late", True),
        ("—", "Deferred: vendor fix lands in May", "deferred", "vendor fix lands in May", True),
        ("", "Deferred until the audit", "deferred", "until the audit", True),
        ("", "Nightly job; deferred to 2027", "deferred", "to 2027", True),
        ("Stage 3", "deferred to Q3", "deferred", "to Q3", True),
        ("Stage 3 (deferred)", None, "deferred", None, True),
        ("none", "By Ann: risk accepted", "accepted risk", "By Ann:", False),
        ("none", "accepted risk - read-only table", "accepted risk", "read-only table", True),
        ("none", "**Accepted risk**: read-only", "accepted risk", "read-only", True),
        ("none", "Risk accepted", "accepted risk", None, True),
        ("none", "The board accepted the risk as the table is small", "accepted risk", "as the table is small", False),
        ("n/a", "table is empty", "not applicable", "table is empty", True),
        ("Not applicable: table is empty", "", "not applicable", "table is empty", True),
        ("", "N/A — table is empty", "not applicable", "table is empty", True),
        ("Stage 3", "N/A", "not applicable", None, False),
        (None, "not applicable to MySQL", "not applicable", "to MySQL", False),
    ],
)
def test_an_exemption_is_read_with_its_reason(
    stage: str | None, notes: str | None, kind: str, why: str | None, *, status: bool
) -> None:
    found = read_exemption(*(None if cell is None else literal(cell) for cell in (stage, notes)))
    assert found is not None
    assert (found.kind, found.why and found.why.plain, found.status) == (kind, why, status)


@pytest.mark.parametrize(
    ("stage", "notes"),
    [
        ("Stage 3", "uses deferred constraints"),
        ("Stage 3", "deferred jobs run at night"),
        ("Stage 3", "Deferred to the worker queue"),
        ("Stage 3", "validation is deferred to the worker"),
        ("Stage 3", "constraints, deferred, are checked"),
        ("Stage 3", "Depends on gap 1"),
        ("Stage 3", "no applicable index"),
        ("Stage 3", "accepts both formats"),
        ("—", ""),
        ("", None),
        (None, None),
    ],
)
def test_an_ordinary_word_is_no_exemption(stage: str | None, notes: str | None) -> None:
    assert read_exemption(*(None if cell is None else literal(cell) for cell in (stage, notes))) is None
