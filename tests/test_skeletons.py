"""Skeletons and other unsafe fixes: whatever is cut out of a sound plan, mending leaves nothing but placeholders."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import mdformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_migration_plan import fix_text, lint_text, parse_plan
from lint_migration_plan.config.settings import Config
from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.template import FIELDS
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan

FIXTURES = Path(__file__).parent.parent / "fixtures"

#: The rules whose fixes are tested here.
RULES = frozenset(
    (
        *("missing-overview-section", "missing-timeline-entry", "missing-stage-field", "missing-gap-mapping"),
        *("missing-verification-table", "unverified-stage", "unordered-stage-fields", "unlisted-steps"),
    )
)

#: Sound plans that differ in how they are written: lines, items, sub-headings, tables; underlined headings, wrappers.
SOUND = [
    FIXTURES / f"{name}.md"
    for name in (
        *("plans/orders-database", "empty-stage-field/valid-table", "missing-stage-field/valid-plain-labels"),
        *("infeasible-schedule/valid-overnight", "risky-start/valid-behind-risky", "missing-overview/valid-setext"),
        *(
            "missing-timeline-entry/valid-forms",
            "missing-timeline-entry/valid-table",
            "misplaced-section/valid-overview",
        ),
        *("misplaced-section/valid-below-title", "unverified-stage/valid-all", "unverified-stage/valid-ranges"),
        *("missing-gap-mapping/valid-one-row", "unlisted-steps/valid-table", "missing-overview/valid-spelled"),
    )
]

OPENING = "## Migration: Orders\n\n### Stage 1 — Copy\n\n"


class Cut(NamedTuple):
    """A stretch of whole lines that a plan can lose."""

    start: int
    end: int


def cuts(text: str) -> list[Cut]:
    """Find what can be cut out: each section, line of the timeline, row and field that has lines of its own."""
    (plan,) = parse_plan(text)
    return [cut for cut in _cuts(plan, text) if 0 <= cut.start < cut.end]


def _cuts(plan: Plan, text: str) -> Iterator[Cut]:
    starts = [stage.span.start for stage in plan.stages] + [section.section.span.start for section in plan.sections]
    for section in plan.sections:
        behind = [start for start in (*starts, section.section.span.end) if start > section.span.start]
        yield Cut(line_start(text, section.span.start), line_start(text, min(behind)))
    for entry in plan.overview.timeline:
        if entry.name:
            yield Cut(line_start(text, entry.text.span.start), line_end(text, entry.text.span.end))
    for row in plan.verification.rows if plan.verification else ():
        yield Cut(line_start(text, row.row.span.start), line_end(text, row.row.span.end))
    for stage in plan.stages:
        labels = sorted(field.label.span.start for field in stage.fields)
        for field in stage.fields:
            end = line_end(text, max(field.span.end, field.label.span.end))
            behind = [label for label in labels if label > field.label.span.start]
            if not field.nested and (not behind or line_start(text, behind[0]) >= end):
                yield Cut(line_start(text, field.label.span.start), end)


def line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    return text.find("\n", offset) + 1 or len(text)


def without(text: str, chosen: list[Cut]) -> str:
    begin = len(text)
    for cut in sorted(chosen, reverse=True):
        if cut.end <= begin:
            text = text[: cut.start] + text[cut.end :]
            begin = cut.start
    return text


def rules(text: str) -> set[str]:
    return {diagnostic.rule for diagnostic in lint_text(text)}


def mended(text: str) -> str:
    return fix_text(text, unsafe=True)


def formatted(text: str, wrap: str | int) -> str:
    return mdformat.text(text, options={"wrap": wrap}, extensions={"gfm", "frontmatter"})


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_plans_here_are_sound_and_have_something_to_lose(path: Path) -> None:
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert rules(text) == set()
    assert len(cuts(text)) > 15


@given(
    path=st.sampled_from(SOUND),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
    data=st.data(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_plan_loses_is_put_back_as_a_skeleton(
    path: Path, newline: str, mark: str, data: st.DataObject
) -> None:
    sound = path.read_bytes().decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    lost = data.draw(st.lists(st.sampled_from(cuts(sound)), min_size=1, max_size=9, unique=True))
    text = mark + without(sound, lost).replace("\n", newline)
    before = rules(text)
    fixed = mended(text)
    after = rules(fixed)
    assert after <= before | {"placeholder-text"}
    assert not after & RULES
    assert mended(fixed) == fixed
    assert fixed.startswith(mark)
    if newline != "\r":
        # All lines end as they did.
        assert fixed.count("\n") == fixed.count(newline)
        assert rules(formatted(fixed.removeprefix("\ufeff"), "keep")) == after


@given(path=st.sampled_from(SOUND), random=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fields_in_any_order_come_into_the_guides_and_no_word_is_lost(path: Path, random: object) -> None:
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    shuffled = with_a_field_moved(text, random)
    fixed = mended(shuffled)
    assert rules(fixed) <= rules(shuffled)
    assert "unordered-stage-fields" not in rules(fixed)
    assert sorted(shuffled.split()) == sorted(fixed.split())
    assert mended(fixed) == fixed


def with_a_field_moved(text: str, random: object) -> str:
    """Move one field of one stage to another place among the fields, below or above each of which a blank line is."""
    (plan,) = parse_plan(text)
    stage = plan.stages[random.randrange(len(plan.stages))]  # type: ignore[attr-defined]
    fields = sorted((each for each in stage.fields if not each.nested), key=lambda field: field.label.span.start)
    spans = [
        (line_start(text, field.label.span.start), line_end(text, max(field.span.end, field.label.span.end)) - 1)
        for field in fields
    ]
    same = {text[start : start + 1] in "-*|" and text[start : start + 2] != "**" for start, _ in spans}
    if len(same) > 1 or any(one[1] >= two[0] for one, two in pairwise(spans)):
        return text
    parts = [text[start:end] for start, end in spans]
    parts.insert(random.randrange(len(parts)), parts.pop(random.randrange(len(parts))))  # type: ignore[attr-defined]
    written = parts[0]
    for one, two in pairwise(parts):
        is_apart = same == {False} and ("\n" in one or "\n" in two or one.startswith("#") or two.startswith("#"))
        written += ("\n\n" if is_apart else "\n") + two
    return text[: spans[0][0]] + written + text[spans[-1][1] :]


FORMS = {
    "bold lines": "**{}**: {}\n",
    "labels with the colon inside": "__{}:__ {}\n",
    "plain lines, each a paragraph": "{}: {}\n\n",
    "items": "- **{}**: {}\n",
    "items with tabs": "*\t{}: {}\n",
    "lines that break": "**{}**: {}  \n",
    "a label with a dash": "**{}** — {}\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("heading", ["### Stage {} — Move", "**Phase {}: Move**"])
def test_a_stage_gets_what_it_lacks_in_the_form_of_the_others(form: str, heading: str) -> None:
    values = dict.fromkeys(REQUIRED_FIELDS, "x") | {REQUIRED_FIELDS[2]: "low", REQUIRED_FIELDS[3]: "4h"}
    whole = "".join(form.format(name.value, values[name]) for name in REQUIRED_FIELDS if name not in STEP_FIELDS)
    few = "".join(form.format(name.value, values[name]) for name in REQUIRED_FIELDS[1:4])
    text = f"## Migration: M\n\n{heading.format(1)}\n\n{whole}\n\n{heading.format(2)}\n\n{few}\nNo label.\n\n## Notes\n\nx\n"
    fixed = fix_text(text, config=Config().with_command_line(select=["missing-stage-field"]), unsafe=True)
    (plan,) = parse_plan(fixed)
    for stage in plan.stages:
        assert {field.name for field in stage.fields} == set(REQUIRED_FIELDS)
        order = [REQUIRED_FIELDS.index(field.name) for field in stage.fields]
        assert order == sorted(order)
    written = form.format(REQUIRED_FIELDS[0].value, FIELDS[REQUIRED_FIELDS[0]]).strip("\n")
    assert written.rstrip() in fixed


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        (
            "What changes: x\nLayers affected: data\nRisk: low\nabout **Rollback tested**: yes",
            "about **Estimated effort**: {hours} **Rollback tested**: yes\n",
        ),
        (
            "soon, **Layers affected**: data\n\nRisk: low\nEstimated effort: 4h\nRollback tested: yes",
            "soon, **What changes**: {Brief description} **Layers affected**: data\n",
        ),
    ],
)
def test_a_label_in_the_middle_of_a_line_is_one_that_is_known_there(lines: str, written: str) -> None:
    config = Config().with_command_line(select=["missing-stage-field"])
    steps = "".join(f"{name}:\n\n- x\n\n" for name in ("Changes", "Verification", "Rollback"))
    text = f"## Migration: M\n\n### Stage 1 — Move it\n\n{lines}\n\nDependencies: none\n\n{steps}"
    fixed = fix_text(text, config=config, unsafe=True)
    assert written in fixed
    assert lint_text(fixed, config=config) == ()


def test_fields_do_not_become_items_of_a_list_that_is_there() -> None:
    items = "".join(f"- step {number}\n" for number in range(12))
    stages = (
        f"### Stage 1 — A\n\n- **Risk**: low\n- **Estimated effort**: 4h\n\n### Stage 2 — B\n\nWe do this:\n\n{items}"
    )
    config = Config().with_command_line(select=["missing-stage-field"])
    fixed = fix_text(f"## Migration: M\n\n{stages}", config=config, unsafe=True)
    assert f"{items}\n**What changes**: " in fixed
    assert lint_text(fixed, config=config) == ()


def test_fields_that_cannot_be_put_in_order_get_no_others_between_them() -> None:
    text = "## Migration: M\n\n### Stage 1 — A\n\n**Estimated effort**: 4h\n\nWords.\n\n**Risk**: low\n"
    fixed = fix_text(text, config=Config().with_command_line(select=list(RULES)), unsafe=True)
    labels = [line.split("**")[1] for line in fixed.splitlines() if line.startswith("**")]
    names = [name.value for name in REQUIRED_FIELDS]
    assert labels == [*names[:2], "Estimated effort", "Risk", *names[4:]]


def test_a_list_takes_in_no_heading_that_stands_to_the_right() -> None:
    text = "## Migration: M\n\n### From\n\n- Data: A\n\n### Timeline\n\nSoon.\n\n  ### Stage 1 — A\n"
    config = Config().with_command_line(select=["missing-overview-section", "missing-timeline-entry"])
    fixed = fix_text(text, config=config, unsafe=True)
    (plan,) = parse_plan(fixed)
    assert len(plan.stages) == 1


def test_an_open_fence_takes_no_section_in() -> None:
    text = "## Migration: M\n\n### Stage 1 — A\n\n**Risk**: low\n\n```sh\nmake\n"
    config = Config().with_command_line(select=["missing-gap-mapping", "missing-verification-table"])
    assert fix_text(text, config=config, unsafe=True) == text


def test_a_comment_stays_with_what_it_stands_before() -> None:
    text = (
        "## Migration: M\n\n### From\n\n- Data: A\n\n"
        "<!-- lint-migration-plan: ignore[unlabelled-state] -- why -->\n### Motivation\n\nWhy.\n"
    )
    config = Config().with_command_line(select=["missing-overview-section"])
    fixed = fix_text(text, config=config, unsafe=True)
    assert "- Data: A\n\n### To\n\n- {target" in fixed
    assert "-- why -->\n### Motivation" in fixed


@pytest.mark.parametrize(
    ("prose", "items"),
    [
        ("One thing.", ["One thing."]),
        (
            "Stop it, i.e. the job. Then wait 5 min. and start it.",
            ["Stop it, i.e. the job.", "Then wait 5 min. and start it."],
        ),
        ("Go to No. 7. See Mr. Ames. Done!", ["Go to No. 7.", "See Mr. Ames.", "Done!"]),
        (
            "Run `a. B`. Open [x. Y](z). **All. Of it.** End.",
            ["Run `a. B`.", "Open [x. Y](z).", "**All. Of it.**", "End."],
        ),
        ("停止作业。恢复备份。", ["停止作业。", "恢复备份。"]),
        ("Version 1.2 goes. 3 nodes stop.", ["Version 1.2 goes.", "3 nodes stop."]),
        ("first line\\\nsecond line", ["first line", "second line"]),
        ("a wrapped\nline. Next\none", ["a wrapped\n  line.", "Next\n  one"]),
    ],
)
def test_each_sentence_becomes_an_item(prose: str, items: list[str]) -> None:
    text = f"## Migration: M\n\n### Stage 1 — A\n\n**Rollback**: {prose}\n**Rollback tested**: yes\n"
    fixed = fix_text(text, config=Config().with_command_line(select=["unlisted-steps"]), unsafe=True)
    listed = "\n".join(f"- {item}" for item in items)
    assert fixed == text.replace(f" {prose}\n", f"\n\n{listed}\n\n")


def test_that_the_changes_are_numbered_says_nothing_of_the_way_back() -> None:
    text = f"{OPENING}**Changes**:\n\n1. Stop `a`\n2. Start `b`\n\n**Rollback**: Stop `b`. Start `a`.\n"
    fixed = fix_text(text, config=Config().with_command_line(select=["unlisted-steps"]), unsafe=True)
    assert fixed == text.replace(" Stop `b`. Start `a`.", "\n\n- Stop `b`.\n- Start `a`.")


@pytest.mark.parametrize(
    "prose", ["**Rollback: stop `x` and start `y`**", "**Rollback**: Stop `x`\n\n> a note\n\nStart `y`."]
)
def test_what_is_no_plain_text_behind_a_label_is_left_alone(prose: str) -> None:
    text = f"## Migration: M\n\n### Stage 1 — A\n\n{prose}\n"
    assert fix_text(text, config=Config().with_command_line(select=["unlisted-steps"]), unsafe=True) == text


ORDER = Config().with_command_line(select=["unordered-stage-fields"])


@pytest.mark.parametrize(
    ("fields", "ordered"),
    [
        ("**Estimated effort**: 1d\\\n**Risk**: low\n", "**Risk**: low\\\n**Estimated effort**: 1d\n"),
        (
            "**Estimated effort**: 1d\\\n__Note__: x\\\n**Risk**: low\n",
            "__Note__: x\\\n**Risk**: low\\\n**Estimated effort**: 1d\n",
        ),
        (
            "**Estimated effort**: 1d\n\n__Note__: x\n\n**Risk**: low\n",
            "__Note__: x\n\n**Risk**: low\n\n**Estimated effort**: 1d\n",
        ),
        (
            "**Layers affected**: data\n**Estimated effort**: 1d\\\n**Dependencies**: none\n**Risk**: low\n",
            "**Layers affected**: data\n**Risk**: low\n**Estimated effort**: 1d\\\n**Dependencies**: none\n",
        ),
        ("**Estimated effort**: 1d **Risk**: low\n", "**Risk**: low **Estimated effort**: 1d\n"),
        ("#### Estimated effort\n\n1d\n\n**Risk**: low\n", "**Risk**: low\n\n#### Estimated effort\n\n1d\n"),
        (
            "#### Estimated effort\n\n1d\n\n**Risk**: low\n### Stage 2 — Switch\n",
            "**Risk**: low\n\n#### Estimated effort\n\n1d\n\n### Stage 2 — Switch\n",
        ),
    ],
)
def test_fields_change_places_and_what_is_between_them_stays(fields: str, ordered: str) -> None:
    assert fix_text(OPENING + fields, config=ORDER, unsafe=True) == OPENING + ordered


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ("- **Estimated effort**: 1d\n\n**Risk**: low\n", "the fields of stage 1 are not all in one list or table"),
        (
            "**Estimated effort**: 1d\n\n> A quote.\n\n**Risk**: low\n",
            "something stands between 'Estimated effort' and 'Risk'",
        ),
        (
            "**Dependencies**: none\n\n#### Estimated effort\n\n1d\n\n**Risk**: low\n",
            "'Dependencies' would stand under the heading 'Estimated effort'",
        ),
    ],
)
def test_fields_that_cannot_change_places_say_why(fields: str, why: str) -> None:
    (diagnostic,) = lint_text(OPENING + fields, config=ORDER)
    assert (diagnostic.fix, diagnostic.no_fix) == (None, why)


@pytest.mark.parametrize(
    ("line", "added"),
    [
        ("**Planning:** Week 1", "**Total:** {duration}"),
        ("_Planning_: Week 1", "_Total_: {duration}"),
        ("**Planning: Week 1**", "**Total: {duration}**"),
        # Marks that close at different places are not copied.
        ("***Planning:** Week 1*", "Total: {duration}"),
        ("*__Planning__: Week 1*", "Total: {duration}"),
    ],
)
def test_lines_of_a_timeline_have_the_marks_of_the_first(line: str, added: str) -> None:
    text = f"## Migration: Orders\n\n### Timeline\n\n- {line}\n"
    config = Config().with_command_line(select=["missing-timeline-entry"])
    assert fix_text(text, config=config, unsafe=True).endswith(f"\n- {added}\n")


def test_a_field_goes_behind_all_that_the_guide_has_before_it_whatever_their_order() -> None:
    text = f"{OPENING}**What changes**: x\n**Risk**: low\n**Layers affected**: data\n"
    mended = fix_text(text, config=Config().with_command_line(select=["missing-stage-field"]), unsafe=True)
    assert mended.startswith(f"{text}**Estimated effort**: {FIELDS[FieldName.EFFORT]}\n")


def test_what_is_added_stays_in_its_stage_where_the_next_heading_follows_at_once() -> None:
    text = f"{OPENING}**Verification**: y\n### Stage 2 — Switch\n"
    mended = fix_text(text, config=Config().with_command_line(select=["missing-stage-field"]), unsafe=True)
    first, _, second = mended.partition("### Stage 2 — Switch")
    for part in (first, second):
        assert [part.count(f"**{name.value}**") for name in REQUIRED_FIELDS] == [1] * len(REQUIRED_FIELDS)


def test_a_section_goes_before_what_follows_the_stages() -> None:
    text = f"{OPENING}Copies all rows.\n\n## Notes\n\nAsk Mara.\n"
    mended = fix_text(text, config=Config().with_command_line(select=["missing-gap-mapping"]), unsafe=True)
    assert [line for line in mended.splitlines() if line.startswith("## ")][1:] == [
        "## Gap → Stage Mapping",
        "## Notes",
    ]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Pipe `dump | load`", "Pipe `dump \\| load`"),
        ("Ask [Mara](#mara)", "Ask [Mara](#mara)"),
        ("**All** rows", "All rows"),
    ],
)
def test_the_name_of_a_stage_in_a_row_is_whole_and_splits_none(name: str, cell: str) -> None:
    text = (
        f"{OPENING}### Stage 2 — {name}\n\n## Verification per stage\n\n"
        "| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n"
        "| Stage 1 — Copy | rows counted | ten rows read | copy deleted |\n"
    )
    mended = fix_text(text, config=Config().with_command_line(select=["unverified-stage"]), unsafe=True)
    assert mended.startswith(f"{text}| Stage 2 — {cell} | {{")


@pytest.mark.parametrize(
    ("said", "risk"),
    [
        ("Copy them.", "- **Risk**: low / medium / high"),
        # An item below a list would be one of that list.
        ("Copy these:\n\n- rows\n- files", "**Risk**: low / medium / high"),
    ],
)
def test_fields_below_what_a_stage_says_are_items_where_that_is_no_list(said: str, risk: str) -> None:
    text = f"{OPENING}- **Risk**: low\n\n### Stage 2 — Switch\n\n{said}\n"
    mended = fix_text(text, config=Config().with_command_line(select=["missing-stage-field"]), unsafe=True)
    stage = mended.partition("### Stage 2 — Switch\n\n")[2]
    assert stage.startswith(f"{said}\n\n")
    assert risk in stage.splitlines()
