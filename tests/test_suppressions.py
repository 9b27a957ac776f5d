"""What a suppression covers, what it does not, and how one that hides nothing is told."""

from __future__ import annotations

import mdformat
import pytest

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.runner import judge_text
from program import lint

MARK = "lint-migration-plan"
RISKS = Config().with_command_line(select=["unknown-risk", "unused-suppression"])

#: Two stages with a risk that nobody can read, each by a word of its own, so that each is reported.
PLAN = """\
## Migration: Orders to PostgreSQL 16

{before}

### Stage 1 — Prepare {heading}

{first}

**What changes**: The driver.
{above}
**Risk**: lwo{risk}
**Estimated effort**: 4h{effort}

{last}

### Stage 2 — Switch

{second}

- **Risk**: hihg{item}
- **Estimated effort**: 4h

{end}
"""

PLACES = ("before", "heading", "first", "above", "risk", "effort", "last", "second", "item", "end")


def ignore(*rules: str, verb: str = "ignore", reason: str = " -- agreed with the board") -> str:
    return f"<!-- {MARK}: {verb}[{', '.join(rules)}]{reason} -->"


def plan(**comments: str) -> str:
    return PLAN.format(**{place: comments.get(place, "") for place in PLACES})


def judged(text: str, config: Config = RISKS) -> list[str]:
    """Lint a text; each diagnostic is its quoted word, or its rule."""
    diagnostics = judge_text(text, "plan.md", config).diagnostics
    return [each.message.split("'")[1] if each.rule == "unknown-risk" else each.rule for each in diagnostics]


def test_without_a_suppression_both_risks_are_reported() -> None:
    assert judged(plan()) == ["lwo", "hihg"]


COVERED = [
    # Alone before a heading: its section, with the deeper ones in it.
    ({"before": ignore("unknown-risk")}, ["hihg"]),
    ({"last": ignore("unknown-risk")}, ["lwo"]),
    # Alone before another block: that block, which may be a paragraph of several fields, or a list.
    ({"first": ignore("unknown-risk")}, ["unused-suppression", "lwo", "hihg"]),
    ({"above": ignore("unknown-risk")}, ["hihg"]),
    ({"second": ignore("unknown-risk")}, ["lwo"]),
    # At the end of a line or of an item: that line, and no other of its paragraph.
    ({"risk": " " + ignore("unknown-risk")}, ["hihg"]),
    ({"effort": " " + ignore("unknown-risk")}, ["lwo", "unused-suppression", "hihg"]),
    ({"heading": ignore("unknown-risk")}, ["unused-suppression", "lwo", "hihg"]),
    ({"item": " " + ignore("unknown-risk")}, ["lwo"]),
    ({"item": "\n\n  " + ignore("unknown-risk")}, ["lwo"]),
    # The file, from anywhere in it.
    ({"before": ignore("unknown-risk", verb="ignore-file")}, []),
    ({"risk": ignore("unknown-risk", verb="ignore-file")}, []),
    ({"end": ignore("unknown-risk", verb="ignore-file")}, []),
    # Behind all blocks there is nothing to cover.
    ({"end": ignore("unknown-risk")}, ["lwo", "hihg", "unused-suppression"]),
    # Several comments before one block, and others among them.
    ({"before": f"{ignore('stage-heading')}\n<!-- a note -->\n\n{ignore('unknown-risk')}"}, ["hihg"]),
    # Several rules in one comment, in any layout.
    ({"before": ignore("stage-heading", "unknown-risk")}, ["hihg"]),
    ({"before": f"<!--{MARK}:ignore[stage-heading,unknown-risk]-->"}, ["hihg"]),
    ({"before": f"<!--\n  {MARK}:\n  ignore[\n    stage-heading\n    unknown-risk\n  ]\n  -- why\n-->"}, ["hihg"]),
    ({"risk": f" <!-- {MARK}: ignore[unknown-risk]\n-- why -->"}, ["hihg"]),
    # Two comments that hide the same thing are both of use.
    ({"before": ignore("unknown-risk"), "risk": ignore("unknown-risk")}, ["hihg"]),
    # Another rule's suppression hides nothing here; whether it is of use is not known where that rule does not run.
    ({"before": ignore("stage-heading")}, ["lwo", "hihg"]),
]


@pytest.mark.parametrize(("comments", "left"), COVERED)
def test_what_a_comment_covers(comments: dict[str, str], left: list[str]) -> None:
    assert judged(plan(**comments)) == left


@pytest.mark.parametrize(("comments", "left"), COVERED)
@pytest.mark.parametrize("form", ["CRLF", "CR", "BOM", "front matter", "formatted"])
def test_the_form_of_the_file_changes_nothing(form: str, comments: dict[str, str], left: list[str]) -> None:
    text = plan(**comments)
    forms = {
        "CRLF": lambda: text.replace("\n", "\r\n"),
        "CR": lambda: text.replace("\n", "\r"),
        "BOM": lambda: "\ufeff" + text,
        "front matter": lambda: f"---\nowner: orders\n---\n{text}",
        "formatted": lambda: mdformat.text(text, extensions={"gfm", "frontmatter"}),
    }
    assert judged(forms[form]()) == left


def test_a_cell_covers_its_row() -> None:
    def table(first: str, second: str) -> str:
        return (
            "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|--|--|--|--|--|\n"
            f"| Pool | lwo | 1h | Stage 1 | {first} |\n| Driver | hihg | 1h | Stage 1 | {second} |\n"
        )

    config = Config().with_command_line(select=["unknown-gap-risk", "unused-suppression"])
    hide = ignore("unknown-gap-risk")
    for text in (table(hide, ""), mdformat.text(table(hide, ""), extensions={"gfm"})):
        (diagnostic,) = judge_text(text, "plan.md", config).diagnostics
        assert "'hihg'" in diagnostic.message
    assert judge_text(table(hide, f"see a \\| b {hide}"), "plan.md", config).diagnostics == ()
    assert judge_text(f"{hide}\n\n{table('', '')}", "plan.md", config).diagnostics == ()
    assert judge_text(table("", "").replace("Mapping\n", f"Mapping\n\n{hide}\n"), "plan.md", config).diagnostics == ()


def test_an_item_of_several_lines_is_covered_whole() -> None:
    conditions = "## Migration: x\n\n### Abort criteria\n\n- If things go\n  wrong somehow {}\n- If it feels bad\n"
    config = Config().with_command_line(select=["vague-abort-condition", "unused-suppression"])
    hide = ignore("vague-abort-condition")
    assert len(judge_text(conditions.format(""), "plan.md", config).diagnostics) == 2
    for text in (conditions.format(hide), conditions.format("\n  " + hide)):
        for wrap in ("keep", "no"):
            formatted = mdformat.text(text, options={"wrap": wrap})
            (diagnostic,) = judge_text(formatted, "plan.md", config).diagnostics
            assert diagnostic.message.count("feels bad") == 1


def test_deeper_sections_belong_to_a_heading_and_the_next_of_its_level_does_not() -> None:
    text = (
        "# Plans\n\n{}\n\n## Migration: x\n\n### Stage 1 — A\n\n**Risk**: lwo\n\n"
        "## Migration: y\n\n### Stage 1 — B\n\n**Risk**: hihg\n"
    )
    assert judged(text.format(ignore("unknown-risk"))) == ["hihg"]
    assert judged(f"{ignore('unknown-risk')}\n\n{text.format('')}") == []


@pytest.mark.parametrize(
    ("hidden", "left", "more"),
    [
        ((), 1, "(and 2 more like it)"),
        ((1,), 2, "(and 1 more like it)"),
        ((2,), 1, "(and 1 more like it)"),
        ((1, 2), 3, ""),
        ((2, 3), 1, ""),
        ((1, 2, 3), None, ""),
    ],
)
def test_of_a_habit_each_place_is_suppressed_by_itself(hidden: tuple[int, ...], left: int | None, more: str) -> None:
    text = "## Migration: x\n\n" + "".join(
        f"{ignore('unknown-risk') if number in hidden else ''}\n\n### Stage {number} — Name {number}\n\n**Risk**: severe\n\n"
        for number in (1, 2, 3)
    )
    judgement = judge_text(text, "plan.md", RISKS)
    if left is None:
        assert judgement.diagnostics == ()
        return
    (diagnostic,) = judgement.diagnostics
    lines = judgement.source.lines
    assert f"Stage {left} " in lines[diagnostic.location.line - 3]
    assert diagnostic.message.endswith(more or "'high'?")
    assert len(diagnostic.related) == 2 - len(hidden)


def test_code_quotes_and_front_matter_hold_no_suppression() -> None:
    hide = ignore("unknown-risk", verb="ignore-file")
    assert judged(plan(before=f"```\n{hide}\n```\n\n    {hide}\n\n> {hide}\n\n`{hide}`")) == ["lwo", "hihg"]
    assert judged(f"---\na: '{hide}'\n---\n{plan()}") == ["lwo", "hihg"]


def unused(text: str, config: Config = RISKS) -> list[tuple[str, str]]:
    """Give what is said of suppressions, and the characters that it is said of."""
    judgement = judge_text(text, "plan.md", config)
    lines = judgement.source.lines
    return [
        (each.message, lines[each.location.line - 1][each.location.column - 1 : each.location.end_column - 1])
        for each in judgement.diagnostics
        if each.rule == "unused-suppression"
    ]


def test_a_suppression_that_hides_nothing_is_told_at_its_comment() -> None:
    comment = ignore("unknown-risk")
    assert unused(plan(first=comment)) == [("this suppression of unknown-risk hides nothing; delete it", comment)]


def test_of_several_rules_the_useless_one_is_told() -> None:
    config = RISKS.with_command_line(extend_select=["duplicate-stage-name"])
    comment = ignore("unknown-risk", "duplicate-stage-name")
    message = "this suppression hides nothing of duplicate-stage-name; take it out of the list"
    assert unused(plan(before=comment), config) == [(message, "duplicate-stage-name")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("place", ["before", "risk", "item", "second"])
def test_an_unknown_rule_is_told_with_the_nearest_one(place: str, end: str) -> None:
    said = [("'unknwon-risk' is no rule; did you mean 'unknown-risk'?", "unknwon-risk")]
    for comment in (ignore("unknwon-risk"), f"<!-- {MARK}: ignore[\n  unknwon-risk] -->"):
        assert unused(plan(**{place: comment}).replace("\n", end)) == said
    assert judged(plan(before=ignore("unknwon-risk", "unknown-risk"))) == ["unused-suppression", "hihg"]


@pytest.mark.parametrize("name", ["stages", "all", "Unknown-Risk", "*", "x" * 10_000])
def test_categories_and_other_words_are_no_rules(name: str) -> None:
    ((message, place),) = unused(plan(before=ignore(name)))
    assert place == name
    assert "is no rule; " in message
    assert len(message) < 200


@pytest.mark.parametrize(
    "body",
    [
        "ignore",
        "ignore[]",
        "ignore[ , ]",
        "ignore unknown-risk",
        "ignore(unknown-risk)",
        "ignore[unknown-risk",
        "ignore[unknown-risk] because",
        "disable[unknown-risk]",
        "ignore-next-line[unknown-risk]",
        "",
    ],
)
def test_a_comment_in_another_form_names_no_rule(body: str) -> None:
    comment = f"<!-- {MARK}: {body} -->"
    form = "<!-- lint-migration-plan: ignore[rule-id] -- reason -->"
    assert unused(plan(before=comment)) == [(f"this suppression names no rule; write '{form}'", comment)]
    assert judged(plan(before=comment)) == ["unused-suppression", "lwo", "hihg"]


@pytest.mark.parametrize(
    "comment", ["<!-- a note -->", "<!-- see lint-migration-plan -->", "<!-- ignore[unknown-risk] -->"]
)
def test_other_comments_are_none_of_our_business(comment: str) -> None:
    assert judged(plan(before=comment)) == ["lwo", "hihg"]


def test_a_reason_is_asked_for_only_where_a_team_wants_it() -> None:
    config = RISKS.with_command_line(extend_select=["unexplained-suppression"])
    assert judged(plan(before=ignore("unknown-risk")), config) == ["hihg"]
    for reason in ("", " --", " -- ", " -- ?"):
        bare = plan(before=ignore("unknown-risk", reason=reason))
        assert judged(bare) == ["hihg"]
        assert judged(bare, config) == ["unexplained-suppression", "hihg"]


def test_rules_about_the_file_and_about_suppressions_are_suppressed_too() -> None:
    hide = ignore("not-a-plan", verb="ignore-file")
    assert lint("-q", "-", stdin=f"# Notes\n\n{hide}\n".encode()) == (0, "", "")
    broken = f"---\nmigration-plan: {{typ: x}}\n---\n{ignore('invalid-front-matter', verb='ignore-file')}\n{plan()}"
    assert judged(broken, Config().with_command_line(select=["document"])) == []
    both = ignore("unused-suppression", "unknown-risk")
    assert judged(plan(first=f"{ignore('unused-suppression')}\n\n{ignore('unknown-risk')}")) == [
        "unused-suppression",
        "lwo",
        "hihg",
    ]
    assert judged(plan(end=f"{ignore('unused-suppression', verb='ignore-file')}\n\n{both}")) == ["lwo", "hihg"]


def test_a_rule_that_does_not_run_leaves_its_suppressions_alone() -> None:
    comment = plan(first=ignore("unknown-risk"))
    assert judged(comment, Config().with_command_line(select=["unused-suppression"])) == []
    assert judged(comment, Config().with_command_line(select=["unknown-risk"])) == ["lwo", "hihg"]


def test_what_cannot_be_read_to_its_end_has_no_useless_suppressions() -> None:
    text = plan(first=ignore("unknown-risk"), end="> " * 200 + "deep")
    assert judged(text, Config()) == ["unreadable-file"]
    hidden = plan(first=ignore("unreadable-file", verb="ignore-file"), end="> " * 200 + "deep")
    assert judged(hidden, Config()) == []


def test_the_suppressed_are_counted() -> None:
    run = lint("--select=unknown-risk", "-", stdin=plan(before=ignore("unknown-risk")).encode())
    assert run.err == "1 error in 1 file (1 suppressed, 1 can be mended with --fix)\n"


HABIT = """\
## Migration: Orders to PostgreSQL 16

{first}

### Phase 1: Prepare

**Risk**: low

{second}

### Phase 2: Switch

**Risk**: high

### Phase 3: Clean up

**Risk**: low
"""
ORDER = f"<!-- {MARK}: ignore[stage-heading] -- our word -->"


@pytest.mark.parametrize(
    ("first", "second", "line", "more"),
    [("", "", 5, 2), (ORDER, "", 11, 1), ("", ORDER, 5, 1), (ORDER, ORDER, 15, 0)],
    ids=["none", "first", "second", "both"],
)
def test_each_place_of_a_habit_is_suppressed_by_itself(first: str, second: str, line: int, more: int) -> None:
    config = Config().with_command_line(select=["stage-heading", "unused-suppression"])
    (told,) = judge_text(HABIT.format(first=first, second=second), "plan.md", config).diagnostics
    assert (told.rule, told.location.line, len(told.related)) == ("stage-heading", line, more)
    assert told.message.endswith(f"(and {more} more like it)") is bool(more)


def test_a_habit_is_hidden_where_all_its_places_are() -> None:
    config = Config().with_command_line(select=["stage-heading", "unused-suppression"])
    text = HABIT.format(first=ORDER.replace("ignore", "ignore-file"), second="")
    judgement = judge_text(text, "plan.md", config)
    assert (judgement.diagnostics, judgement.suppressed) == ((), 1)
