"""One defect at a time, put into a sound plan: for each rule the ways to break it.

A maker is a generator that takes a plan and yields defects of its rule. It edits the text where the parser says that
something stands, and marks the place where the rule must speak by `HERE` in one of its edits, so that the line that is
expected comes from the edit and from nothing that a rule says. What a maker needs to know of a plan it reads from the
author's words, never from what the rules conclude.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.facts.compatibility import statement
from lint_migration_plan.plan.terms import FieldName, SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lint_migration_plan.markdown.document import Cell, Item, Row
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Field, GapRow, Plan, PlanSection, Stage, TimelineEntry

#: Where the rule must speak; it stands in an edit's text and is taken out again.
HERE = "\0"

#: A comment that hides a diagnostic, or would.
IGNORE = "lint-migration-plan: ignore"


class Edit(NamedTuple):
    """A stretch of the plan and what takes its place."""

    span: Span
    text: str


class Defect(NamedTuple):
    """The edits that break a plan; ``files`` stand beside it, by their names."""

    edits: tuple[Edit, ...]
    files: Mapping[str, str] = {}

    def made(self, text: str) -> tuple[str, int]:
        """Break a text, and give it with the line on which the rule must speak."""
        newline = "\r\n" if "\r\n" in text else "\n"
        pieces, end = [], 0
        for span, put in sorted(self.edits, key=lambda edit: edit.span):
            assert span.start >= end, "the edits of a defect lie beside one another"
            pieces += [text[end : span.start], put.replace("\r\n", "\n").replace("\n", newline)]
            end = span.end
        before, mark, behind = "".join((*pieces, text[end:])).partition(HERE)
        assert mark, "a defect says where it is seen"
        assert HERE not in behind, "a defect is seen in one place"
        return before + behind, before.count("\n") + 1


MAKERS: dict[str, Callable[[Plan], Iterator[Defect]]] = {}


def makes(rule: str) -> Callable[[Callable[[Plan], Iterator[Defect]]], Callable[[Plan], Iterator[Defect]]]:
    """Enter a maker under its rule."""

    def enter(maker: Callable[[Plan], Iterator[Defect]]) -> Callable[[Plan], Iterator[Defect]]:
        MAKERS[rule] = maker
        return maker

    return enter


# --- edits ------------------------------------------------------------------------------------------------------------


def defect(*edits: Edit) -> Defect:
    return Defect(edits)


def put(where: Span | Text | Cell, text: str) -> Edit:
    """Put a text in the place of what stands there."""
    return Edit(where if isinstance(where, Span) else where.span, text)


def insert(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


def seen(where: Text | Cell) -> Edit:
    """Say that the rule speaks of something that is not edited."""
    return insert(where.span.start, HERE)


def is_spare(plan: Plan, field: Field) -> bool:
    """Say whether a plan lacks no more than a field without it: nothing else says that old and new work together."""
    return statement(field.value, plan.vocabulary) is None


def raw(plan: Plan, span: Span) -> str:
    return plan.document.source.text[span.start : span.end]


def lines(plan: Plan, span: Span) -> Span:
    """Widen a span to whole lines, with the end of the last."""
    text = plan.document.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.start, span.end - 1))
    return Span(start, len(text) if end < 0 else end + 1)


def paragraph(plan: Plan, span: Span) -> Span:
    """Widen a span to whole lines and the blank lines behind them."""
    start, end = lines(plan, span)
    text = plan.document.source.text
    while (next_end := text.find("\n", end) + 1) and not text[end:next_end].strip():
        end = next_end
    return Span(start, end)


def marked(plan: Plan, text: Text) -> Span:
    """Span a text with the marks of code around it."""
    source, (start, end) = plan.document.source.text, text.span
    while source[start - 1] == "`":
        start -= 1
    while source[end : end + 1] == "`":
        end += 1
    return Span(start, end)


def whole(plan: Plan, field: Field) -> Span:
    """Span a field with its marks: its lines where it has them for itself, else what it has of its line."""
    text = plan.document.source.text
    start, end = field.label.span.start, field.span.end
    while text[start - 1] in "*_":
        start -= 1
    line = lines(plan, Span(start, end))
    before, behind = text[line.start : start], text[end : line.end]
    if re.fullmatch(r"[\s|*+#-]*", before) and not behind.strip(" \r\n|\\*_"):
        return line
    return Span(start, end + len(behind) - len(behind.lstrip(" ")))


# --- parts of a plan --------------------------------------------------------------------------------------------------


def section(plan: Plan, kind: SectionKind) -> PlanSection:
    return next(section for section in plan.sections if section.kind is kind)


def heading_span(section: PlanSection) -> Span:
    assert section.section.heading is not None
    return section.section.heading.span


def body(plan: Plan, section: PlanSection) -> Span:
    """Span what stands under a heading."""
    return Span(lines(plan, heading_span(section)).end, section.section.span.end)


def one_field(stage: Stage, name: FieldName) -> Field:
    field = stage.field(name)
    assert field is not None
    return field


def value(stage: Stage, name: FieldName) -> Text:
    return one_field(stage, name).value


def numbers(text: Text) -> list[str]:
    return re.findall(r"\d+", text.plain)


def needed_by(plan: Plan, stage: Stage) -> set[str]:
    """Collect the numbers of the stages that a stage depends on, straight or through others."""
    direct = {each.label: numbers(value(each, FieldName.DEPENDENCIES)) for each in plan.stages}
    found: set[str] = set()
    waiting = [stage.label]
    while waiting:
        new = set(direct[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def called(stage: Stage) -> str:
    return f"{stage.heading.word.plain} {stage.heading.number.plain}"


def pairs(plan: Plan) -> Iterator[tuple[Stage, Stage]]:
    """Give each two stages, the earlier one first."""
    for place, stage in enumerate(plan.stages):
        for later in plan.stages[place + 1 :]:
            yield stage, later


def risk(stage: Stage) -> str:
    return value(stage, FieldName.RISK).plain.lower()


def layer(stage: Stage) -> str:
    return value(stage, FieldName.LAYERS).plain.lower()


def is_ending(stage: Stage) -> bool:
    """Say by its name whether a stage only takes away."""
    return stage.name.startswith(("Decommission", "Remove", "Stop"))


def is_preparing(stage: Stage) -> bool:
    """Say by its name whether a stage only prepares or proves."""
    return stage.name.startswith(
        ("Set up", "Rehearse", "Test", "Build", "Order", "Add shims", "Clean", "Update Django in development")
    )


def is_bridging(stage: Stage) -> bool:
    """Say by its name whether a stage only makes ready what works with old and new."""
    return stage.name.startswith(("Accept", "Add shims", "Fix", "Read both"))


def gap_rows(plan: Plan) -> tuple[GapRow, ...]:
    assert plan.mapping is not None
    return plan.mapping.rows


def assigned(plan: Plan) -> Iterator[tuple[GapRow, Stage]]:
    """Give the gaps that a stage closes, with it."""
    for row in gap_rows(plan):
        assert row.stage is not None
        number = numbers(row.stage)
        if number:
            yield row, next(stage for stage in plan.stages if stage.label == number[0])


def alone(plan: Plan, stage: Stage) -> bool:
    """Say whether a stage closes one gap only."""
    return sum(closer is stage for _, closer in assigned(plan)) == 1


def verification(plan: Plan) -> Iterator[tuple[Row, Stage]]:
    """Give the rows of the verification table with their stages."""
    assert plan.verification is not None
    for row in plan.verification.rows:
        assert row.stage is not None
        yield row.row, next(stage for stage in plan.stages if stage.label == numbers(row.stage)[0])


def behind(plan: Plan, row: Row, text: str) -> Edit:
    """Put a row behind another one."""
    return insert(lines(plan, row.span).end, text + "\n")


def last_row(plan: Plan, *, of_gaps: bool) -> Row:
    part = plan.mapping if of_gaps else plan.verification
    assert part is not None
    return part.rows[-1].row


def entries(plan: Plan) -> dict[str, TimelineEntry]:
    return {entry.name: entry for entry in plan.overview.timeline if entry.name}


def time(plan: Plan, name: str) -> Text:
    entry = entries(plan)[name]
    reading = entry.dates or entry.duration
    assert reading is not None
    return reading.text


def inside(plan: Plan, item: Item) -> Span:
    """Span an item without its mark."""
    mark = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", raw(plan, item.span))
    assert mark is not None
    return Span(item.span.start + mark.end(), item.span.end)


def more_item(plan: Plan, item: Item, text: str) -> Edit:
    """Put an item behind another one, with the same mark."""
    start = lines(plan, Span(item.span.start, item.span.start)).start
    mark = raw(plan, Span(start, inside(plan, item).start))
    return insert(lines(plan, item.span).end, f"{mark}{text}\n")


def only_item(plan: Plan, field: Field, text: str) -> Edit:
    """Put an item in the place of all items of a field."""
    return put(Span(inside(plan, field.items[0]).start, field.items[-1].span.end), text)


def in_prose(plan: Plan, field: Field) -> Edit:
    """Write the items of a field as one paragraph."""
    text = "; ".join(re.sub(r"\s+", " ", raw(plan, inside(plan, item))) for item in field.items)
    first = lines(plan, field.items[0].span)
    indent = re.match(r" *", raw(plan, first))
    assert indent is not None
    return put(Span(first.start, field.items[-1].span.end), f"{indent[0]}{HERE}{text}")


# --- document ---------------------------------------------------------------------------------------------------------


@makes("duplicate-section")
def _(plan: Plan) -> Iterator[Defect]:
    for kind in (SectionKind.MOTIVATION, SectionKind.ABORT, SectionKind.TIMELINE, SectionKind.FROM, SectionKind.TO):
        span = section(plan, kind).section.span
        yield defect(insert(span.end, f"{HERE}{raw(plan, span)}"))


@makes("invalid-front-matter")
def _(plan: Plan) -> Iterator[Defect]:
    for lines_of_it in (
        ["migration-plan:", f"  {HERE}kind: platform"],
        ["migration-plan:", f"  {HERE}type: house"],
        ["owner: depot", f"{HERE}migration-plan: 7"],
        ["migration-plan:", f"  gap-map: {HERE}[1, 2]"],
    ):
        old = plan.document.front_matter
        text = "\n".join(["---", *lines_of_it, "---"])
        yield defect(insert(0, f"{text}\n\n") if old is None else put(old.span, text))


@makes("misplaced-section")
def _(plan: Plan) -> Iterator[Defect]:
    mapping, checks = (section(plan, kind) for kind in (SectionKind.MAPPING, SectionKind.VERIFICATION))
    first, second = mapping.section.span, checks.section.span
    yield defect(insert(first.start, f"{HERE}{raw(plan, second).rstrip()}\n\n"), put(second, ""))
    for kind in (SectionKind.MOTIVATION, SectionKind.ABORT, SectionKind.TIMELINE):
        span = section(plan, kind).section.span
        yield defect(put(span, ""), insert(first.start, f"{HERE}{raw(plan, span).rstrip()}\n\n"))
        here = section(plan, kind)
        yield defect(put(heading_span(here), f"{HERE}##### {here.text.plain}"))


@makes("unclosed-fence")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages[1:]:
        yield defect(insert(lines(plan, stage.heading.span).start, f"{HERE}~~~sh\nmake check\n\n"))


@makes("misspelled-section")
def _(plan: Plan) -> Iterator[Defect]:
    for kind, slip in (
        (SectionKind.MOTIVATION, "Motivaton"),
        (SectionKind.TIMELINE, "Timelime"),
        (SectionKind.ABORT, "Abort critera"),
        (SectionKind.MAPPING, "Gap to Stage Maping"),
        (SectionKind.VERIFICATION, "Verfication per stage"),
    ):
        yield defect(put(section(plan, kind).text, f"{HERE}{slip}"))


@makes("not-a-plan")
def _(plan: Plan) -> Iterator[Defect]:
    everything = Span(0, len(plan.document.source.text))
    for kind in (SectionKind.MOTIVATION, SectionKind.ABORT):
        words = raw(plan, body(plan, section(plan, kind)))
        yield defect(put(everything, f"{HERE}# Notes of the meeting\n{words}"))
    yield defect(put(everything, f"{HERE}# To do\n\n```markdown\n{raw(plan, plan.stages[0].span)}```\n"))


@makes("placeholder-text")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if is_spare(plan, one_field(stage, FieldName.WHAT_CHANGES)):
            yield defect(put(marked(plan, value(stage, FieldName.WHAT_CHANGES)), f"{HERE}{{Brief description}}"))
        yield defect(put(value(stage, FieldName.RISK), f"{HERE}low / medium / high"))
        yield defect(put(value(stage, FieldName.EFFORT), f"{HERE}TBD"))
        yield defect(only_item(plan, one_field(stage, FieldName.ROLLBACK), f"{HERE}TODO"))
    for name in ("planning", "cleanup"):
        yield defect(put(time(plan, name), f"{HERE}{{dates}}"))
    yield defect(put(gap_rows(plan)[0].row.cells[2], f"{HERE}???"))
    yield defect(put(plan.overview.abort_conditions[1], f"{HERE}{{condition 2}}"))


@makes("unexplained-suppression")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        comment = insert(lines(plan, stage.heading.span).start, f"{HERE}<!-- {IGNORE}[unknown-risk] -->\n\n")
        yield defect(comment, put(value(stage, FieldName.RISK), "severe"))
        comment = insert(lines(plan, stage.heading.span).start, f"{HERE}<!-- {IGNORE}[unreadable-effort] -->\n\n")
        yield defect(comment, put(value(stage, FieldName.EFFORT), "not long"))


@makes("unreadable-file")
def _(plan: Plan) -> Iterator[Defect]:
    for part in plan.sections:
        # A surrogate is saved as the one byte that an é has in an older encoding.
        yield defect(insert(0, HERE), insert(part.section.span.end, "Caf\udce9\n"))


@makes("unused-suppression")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        start = lines(plan, stage.heading.span).start
        for rule in ("unknown-risk", "untested-rolback"):
            yield defect(insert(start, f"{HERE}<!-- {IGNORE}[{rule}] -- the team agreed -->\n\n"))
    yield defect(insert(section(plan, SectionKind.MAPPING).section.span.start, f"{HERE}<!-- {IGNORE}[] -- why -->\n\n"))


# --- overview ---------------------------------------------------------------------------------------------------------


@makes("empty-overview-section")
def _(plan: Plan) -> Iterator[Defect]:
    for kind in (SectionKind.FROM, SectionKind.TO, SectionKind.MOTIVATION, SectionKind.TIMELINE, SectionKind.ABORT):
        here = section(plan, kind)
        yield defect(seen(here.text), put(body(plan, here), "\n"))


@makes("missing-abort-condition")
def _(plan: Plan) -> Iterator[Defect]:
    here = section(plan, SectionKind.ABORT)
    for prose in ("The steering group decides when to stop.", "Stop when it takes longer than 3 months."):
        yield defect(seen(here.text), put(body(plan, here), f"\n{prose}\n\n"))


@makes("missing-overview")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.title is not None
    assert plan.title.section.heading is not None
    title = lines(plan, plan.title.section.heading.span)
    yield defect(put(title, ""), seen(section(plan, SectionKind.FROM).text))


@makes("missing-overview-section")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.title is not None
    for kind in (SectionKind.FROM, SectionKind.TO, SectionKind.MOTIVATION, SectionKind.TIMELINE, SectionKind.ABORT):
        yield defect(seen(plan.title.text), put(section(plan, kind).section.span, ""))


@makes("missing-timeline-entry")
def _(plan: Plan) -> Iterator[Defect]:
    timeline = section(plan, SectionKind.TIMELINE)
    for name, entry in entries(plan).items():
        yield defect(seen(timeline.text), put(lines(plan, entry.text.span), ""))
        yield defect(seen(entry.text), put(time(plan, name), ""))


@makes("timeline-order")
def _(plan: Plan) -> Iterator[Defect]:
    early = raw(plan, time(plan, "planning").span)
    for name in ("cutover", "cleanup"):
        yield defect(put(time(plan, name), f"{HERE}{early}"))


@makes("timeline-total")
def _(plan: Plan) -> Iterator[Defect]:
    for total in ("2 days", "3 years", "400 days", "90 weeks"):
        yield defect(put(time(plan, "total"), f"{HERE}{total}"))


@makes("unlabelled-state")
def _(plan: Plan) -> Iterator[Defect]:
    sides = (plan.overview.from_lines, plan.overview.to_lines)
    for line in (line for side in sides for line in side):
        yield defect(put(line.text, f"{HERE}{line.value.plain}"))
        assert line.label is not None
        other = next(each for each in sides[0] if each.layers != line.layers)
        yield defect(put(line.label, f"{HERE}{line.label.plain} and {other.layers[0]}"))


@makes("unmatched-state")
def _(plan: Plan) -> Iterator[Defect]:
    sides = (plan.overview.from_lines, plan.overview.to_lines)
    for here, there in (sides, sides[::-1]):
        for line in here:
            other = next(other for other in there if other.layers == line.layers)
            yield defect(seen(other.text), put(lines(plan, line.text.span), ""))


@makes("unnamed-migration")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.title is not None
    yield defect(seen(plan.title.text), put(plan.title.name, ""))
    yield defect(put(plan.title.text, f"{HERE}Migration"))


@makes("unreadable-date")
def _(plan: Plan) -> Iterator[Defect]:
    for name in ("planning", "execution", "cutover", "cleanup"):
        for date in ("2026-02-30", "31 April 2027", "when the choir is back", "2026-06-12 to 2026-06-01"):
            yield defect(put(time(plan, name), f"{HERE}{date}"))


@makes("vague-abort-condition")
def _(plan: Plan) -> Iterator[Defect]:
    for condition in plan.overview.abort_conditions:
        for vague in ("things go wrong", "it does not work out"):
            yield defect(put(condition, f"{HERE}{vague}"))


# --- stages -----------------------------------------------------------------------------------------------------------


@makes("duplicate-stage-field")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name in (FieldName.RISK, FieldName.EFFORT, FieldName.LAYERS, FieldName.CHANGES, FieldName.ROLLBACK):
            field = one_field(stage, name)
            span = whole(plan, field)
            span = paragraph(plan, span) if field.items else span
            copy, start = raw(plan, span), field.label.span.start - span.start
            shared = not copy.endswith("\n")
            yield defect(insert(span.end, ("\n" if shared else "") + copy[:start] + HERE + copy[start:]))


@makes("duplicate-stage-name")
def _(plan: Plan) -> Iterator[Defect]:
    for first, second in pairs(plan):
        if is_ending(first) == is_ending(second) and is_preparing(first) == is_preparing(second):
            yield defect(put(second.heading.name, HERE + raw(plan, first.heading.name.span)))


def renumbered(plan: Plan, stage: Stage, number: int) -> Iterator[Edit]:
    """Give a stage another number, and carry what names it along."""
    yield put(stage.heading.number, str(number))
    texts = [row.stage for row in gap_rows(plan)]
    texts += [row.stage for row in plan.verification.rows] if plan.verification else []
    texts += [field.value for each in plan.stages for field in each.fields if field.name is FieldName.DEPENDENCIES]
    texts += [field.value for each in plan.stages for field in each.fields if field.name is FieldName.COMPATIBILITY]
    for text in texts:
        if text is not None and stage.label in numbers(text):
            yield put(text, re.sub(rf"\b{stage.label}\b", str(number), raw(plan, text.span)))


@makes("duplicate-stage-number")
def _(plan: Plan) -> Iterator[Defect]:
    for stage, later in pairwise(plan.stages):
        assert stage.number is not None
        if later is plan.stages[-1]:
            yield defect(insert(later.heading.span.start, HERE), *renumbered(plan, later, stage.number))


@makes("empty-stage-field")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name in (
            FieldName.WHAT_CHANGES,
            FieldName.LAYERS,
            FieldName.RISK,
            FieldName.EFFORT,
            FieldName.DEPENDENCIES,
        ):
            if is_spare(plan, one_field(stage, name)):
                yield defect(seen(one_field(stage, name).label), put(marked(plan, value(stage, name)), ""))
        for name in (FieldName.CHANGES, FieldName.VERIFICATION, FieldName.ROLLBACK):
            field = one_field(stage, name)
            items = Span(lines(plan, field.items[0].span).start, lines(plan, field.items[-1].span).end)
            yield defect(seen(field.label), put(items, ""))


@makes("entangled-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for stage, later in pairwise(plan.stages):
        changes = one_field(stage, FieldName.CHANGES).items[-1]
        yield defect(more_item(plan, changes, f"{HERE}Deploy `site.yml` together with {called(later)}"))
        proof = one_field(stage, FieldName.VERIFICATION)
        yield defect(only_item(plan, proof, f"{HERE}Verified in {called(later)}"))
        way_back = one_field(later, FieldName.ROLLBACK).items[-1]
        yield defect(more_item(plan, way_back, f"{HERE}Roll back {called(stage)} as well"))


@makes("irreversible-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for denial in ("Not possible", "There is no way back", "N/A"):
            yield defect(only_item(plan, one_field(stage, FieldName.ROLLBACK), f"{HERE}{denial}"))


@makes("missing-stage-field")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for field in stage.fields:
            if field.name is not FieldName.COMPATIBILITY and is_spare(plan, field):
                yield defect(seen(stage.heading.text), put(whole(plan, field), ""))


@makes("missing-stages")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.title is not None
    yield defect(seen(plan.title.text), put(Span(plan.stages[0].span.start, plan.stages[-1].span.end), ""))


@makes("misspelled-stage-field")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name, slip in (
            (FieldName.ROLLBACK, "Rolback"),
            (FieldName.EFFORT, "Effort"),
            (FieldName.DEPENDENCIES, "Depends on"),
            (FieldName.LAYERS, "Layers afected"),
            (FieldName.VERIFICATION, "Verfication"),
        ):
            yield defect(put(one_field(stage, name).label, f"{HERE}{slip}"))


@makes("mixed-layers")
def _(plan: Plan) -> Iterator[Defect]:
    known = [line.layers[0] for line in plan.overview.from_lines]
    for stage in plan.stages:
        if is_ending(stage):
            for other in known:
                if other != layer(stage):
                    yield defect(put(value(stage, FieldName.LAYERS), f"{HERE}{layer(stage)}, {other}"))


@makes("skipped-stage-number")
def _(plan: Plan) -> Iterator[Defect]:
    last = plan.stages[-1]
    assert last.number is not None
    for further in (1, 2, 5):
        yield defect(seen(last.heading.word), *renumbered(plan, last, last.number + further))


@makes("stage-heading")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for separator in (":", "-", "–"):
            yield defect(seen(stage.heading.word), put(stage.heading.separator, separator))
        yield defect(put(stage.heading.word, f"{HERE}Sprint"))
    last = plan.stages[-1]
    line = Span(lines(plan, last.heading.span).start, last.heading.span.end)
    yield defect(put(line, f"{HERE}## {last.heading.text.plain}"))


@makes("unjustified-rollback-exemption")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in verification(plan):
        answer = "N/A, nothing is stored" if risk(stage) == "high" else "N/A"
        yield defect(put(value(stage, FieldName.ROLLBACK_TESTED), f"{HERE}{answer}"), put(row.cells[3], "N/A"))


@makes("unknown-layer")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name in ("firmware", "buildings", "Codde"):
            yield defect(put(value(stage, FieldName.LAYERS), f"{HERE}{name}"))


@makes("unknown-risk")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name in ("severe", "Meduim", "medium-high", "3 of 5"):
            yield defect(put(value(stage, FieldName.RISK), f"{HERE}{name}"))


@makes("unknown-rollback-tested")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for answer in ("partly", "maybe", "last year"):
            yield defect(put(value(stage, FieldName.ROLLBACK_TESTED), f"{HERE}{answer}"))


@makes("unlisted-steps")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for name in (FieldName.CHANGES, FieldName.VERIFICATION, FieldName.ROLLBACK):
            yield defect(in_prose(plan, one_field(stage, name)))


@makes("unnamed-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        yield defect(seen(stage.heading.word), put(stage.heading.name, ""))


@makes("unordered-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for first, second in pairwise(plan.stages):
        if first.label not in needed_by(plan, second):
            moved = raw(plan, first.span)
            yield defect(put(first.span, raw(plan, second.span)), put(second.span, f"{HERE}{moved}"))


@makes("unordered-stage-fields")
def _(plan: Plan) -> Iterator[Defect]:
    order = (FieldName.LAYERS, FieldName.RISK, FieldName.EFFORT, FieldName.DEPENDENCIES)
    for stage in plan.stages:
        for first, second in pairwise(order):
            one, other = whole(plan, one_field(stage, first)), whole(plan, one_field(stage, second))
            label = one_field(stage, first).label.span.start - one.start
            moved = raw(plan, one)
            yield defect(put(one, raw(plan, other)), put(other, moved[:label] + HERE + moved[label:]))


@makes("unreadable-compatibility")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if stage.compatibility is not None:
            text = stage.compatibility.text
            old, last = raw(plan, text.span), re.escape(text.plain.split()[-1])
            yield defect(put(text, re.sub(rf"(\w+)\s+{last}\Z", rf"{HERE}\1 42", old)))
            for new in (re.sub(r"/\w+", "", old, count=1), re.sub(r"\w+/", "cod/", old)):
                yield defect(put(text, f"{HERE}{new}"))


@makes("unreadable-dependency")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for text in ("the usual ones", "as agreed with the depot"):
            yield defect(put(value(stage, FieldName.DEPENDENCIES), f"{HERE}{text}"))


@makes("unreadable-effort")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        for text in ("not long", "0h", "5h - 2h", "-3h"):
            yield defect(put(value(stage, FieldName.EFFORT), f"{HERE}{text}"))


@makes("untested-rollback")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if risk(stage) != "low":
            for answer in ("no", "No, planned for May", "**no**"):
                yield defect(put(value(stage, FieldName.ROLLBACK_TESTED), f"{HERE}{answer}"))


def _vague(plan: Plan, name: FieldName, words: Iterable[str]) -> Iterator[Defect]:
    for stage in plan.stages:
        for text in words:
            yield defect(only_item(plan, one_field(stage, name), f"{HERE}{text}"))


@makes("vague-change")
def _(plan: Plan) -> Iterator[Defect]:
    yield from _vague(plan, FieldName.CHANGES, ("Update things as needed", "Make the necessary changes"))


@makes("vague-rollback")
def _(plan: Plan) -> Iterator[Defect]:
    yield from _vague(plan, FieldName.ROLLBACK, ("Undo the changes", "Roll back", "Revert if necessary"))


@makes("vague-verification")
def _(plan: Plan) -> Iterator[Defect]:
    yield from _vague(plan, FieldName.VERIFICATION, ("Check that it works", "Make sure everything is fine"))


# --- order ------------------------------------------------------------------------------------------------------------


def depending_on(stage: Stage, other: Stage) -> Edit:
    """Let a stage depend on another one as well."""
    field = value(stage, FieldName.DEPENDENCIES)
    if numbers(field):
        return insert(field.span.end, f", {HERE}{called(other)}")
    return put(field, f"{HERE}{called(other)}")


@makes("dependency-cycle")
def _(plan: Plan) -> Iterator[Defect]:
    for stage, later in pairs(plan):
        if stage.label in needed_by(plan, later):
            yield defect(depending_on(stage, later))


@makes("forward-dependency")
def _(plan: Plan) -> Iterator[Defect]:
    for stage, later in pairs(plan):
        if stage.label not in needed_by(plan, later):
            yield defect(depending_on(stage, later))


@makes("unknown-dependency")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        field, word = value(stage, FieldName.DEPENDENCIES), stage.heading.word.plain
        yield defect(put(field, f"{HERE}{word} 42"))
        if not numbers(field):
            yield defect(put(field, f"{HERE}{called(stage)}"))
        else:
            yield defect(insert(field.span.end, f", {HERE}{word} 77"))


@makes("undeclared-dependency")
def _(plan: Plan) -> Iterator[Defect]:
    for stage, later in pairs(plan):
        if stage.label not in needed_by(plan, later):
            item = one_field(later, FieldName.CHANGES).items[-1]
            # "Step 2" in a numbered list may be the list's own.
            if stage.heading.word.plain != "Step":
                yield defect(more_item(plan, item, f"{HERE}Run `switch.sh` after {called(stage)} is live"))
            summary = marked(plan, value(later, FieldName.WHAT_CHANGES))
            yield defect(insert(summary.end, f" {HERE}Requires {called(stage)}."))


@makes("undeclared-layer")
def _(plan: Plan) -> Iterator[Defect]:
    known = {line.layers[0] for line in plan.overview.from_lines}
    for stage in plan.stages:
        others = [other for other in plan.stages if other is not stage and layer(other) == layer(stage)]
        if others and not (is_ending(stage) or is_preparing(stage) or is_bridging(stage)):
            for name in sorted({"dependencies", "infrastructure"} - known):
                yield defect(put(value(stage, FieldName.LAYERS), f"{HERE}{name}"))


@makes("uncovered-layer")
def _(plan: Plan) -> Iterator[Defect]:
    known = {line.layers[0] for line in plan.overview.from_lines}
    for name in sorted({"dependencies", "infrastructure", "consumers", "data"} - known):
        start, goal = plan.overview.from_lines[-1].text, plan.overview.to_lines[-1].text
        lines_of_it = []
        for line, text in ((start, "two old ones"), (goal, f"three new ones{HERE}")):
            at = lines(plan, line.span)
            mark = raw(plan, Span(at.start, line.span.start))
            lines_of_it.append(insert(at.end, f"{mark}{name.capitalize()}: {text}\n"))
        yield defect(*lines_of_it)


@makes("infeasible-schedule")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if not is_ending(stage):
            for effort in ("90w", "900 days"):
                yield defect(put(value(stage, FieldName.EFFORT), effort), seen(time(plan, "cutover")))


@makes("lingering-compatibility")
def _(plan: Plan) -> Iterator[Defect]:
    if all(stage.compatibility is None for stage in plan.stages):
        for stage in plan.stages:
            item = one_field(stage, FieldName.CHANGES).items[-1]
            yield defect(more_item(plan, item, f"{HERE}Add a shim for the former callers"))
            yield defect(more_item(plan, item, f"{HERE}Introduce the migration flag `use-next`"))


@makes("early-compatibility-removal")
def _(plan: Plan) -> Iterator[Defect]:
    for place, stage in enumerate(plan.stages):
        if stage.compatibility is None:
            continue
        text = stage.compatibility.text
        for until in re.finditer(r"(\w+)/(\w+)\s+until\s+(\w+\s+(\d+))", raw(plan, text.span)):
            movers = [
                index
                for index, other in enumerate(plan.stages)
                if layer(other) in until.group(1, 2) and not is_ending(other)
            ]
            for closer in plan.stages[place + 1 : movers[-1]]:
                span = Span(*(text.span.start + offset for offset in until.span(3)))
                yield defect(put(span, f"{HERE}{called(closer)}"))


@makes("missing-compatibility-window")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if stage.compatibility is not None and len(stage.compatibility.value or ()) == 1:
            old = raw(plan, stage.compatibility.text.span)
            pair = re.findall(r"\w+", old)[:2]
            later = plan.stages[plan.stages.index(stage) :]
            movers = [each for each in later if layer(each) in pair and not (is_bridging(each) or is_ending(each))]
            for other in ("code/data", "code/consumers", "code/config"):
                if set(other.split("/")) != set(pair) == set(map(layer, movers)):
                    first = movers[0]
                    text = re.sub(r"\w+/\w+", other, old, count=1)
                    yield defect(seen(first.heading.text), put(stage.compatibility.text, text))


@makes("missing-parallel-run")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in plan.stages:
        if stage.name.startswith("Switch") and risk(stage) != "high":
            for high in ("high", "High", "**high**"):
                yield defect(seen(stage.heading.text), put(value(stage, FieldName.RISK), high))


def exchanged(plan: Plan, one: Stage, other: Stage) -> Iterator[Edit]:
    """Let two stages change places: each keeps its number and its dependencies, and gets all else of the other."""

    def parts(stage: Stage) -> Iterator[Span]:
        yield stage.heading.name.span
        for name in (FieldName.WHAT_CHANGES, FieldName.LAYERS, FieldName.RISK, FieldName.EFFORT):
            yield value(stage, name).span
        for name in (FieldName.CHANGES, FieldName.VERIFICATION, FieldName.ROLLBACK):
            items = one_field(stage, name).items
            yield Span(items[0].span.start, items[-1].span.end)
        yield from (row.row.cells[3].span for row, closer in assigned(plan) if closer is stage)

    for here, there in zip(list(parts(one))[:8], list(parts(other))[:8], strict=True):
        yield put(here, raw(plan, there))
        yield put(there, raw(plan, here))
    for row, closer in assigned(plan):
        if closer in (one, other):
            yield put(row.row.cells[3], called(other if closer is one else one))


@makes("out-of-sequence-stage")
def _(plan: Plan) -> Iterator[Defect]:
    early, late = plan.stages[-2:]
    kind = (
        "database-upgrade" if "database" in late.name else "dependency-upgrade" if "shims" in late.name else "platform"
    )
    if early.name.startswith(("Switch", "Update")):
        front = plan.document.front_matter
        typed = () if front else (insert(0, f"---\nmigration-plan:\n  type: {kind}\n---\n\n"),)
        # What lasts until the switch lasts until it is where it went.
        until = [stage.compatibility.text for stage in plan.stages if stage.compatibility is not None]
        later = [put(text, raw(plan, text.span).replace(called(early), called(late))) for text in until]
        yield defect(*typed, *later, seen(early.heading.word), *exchanged(plan, early, late))


@makes("risky-start")
def _(plan: Plan) -> Iterator[Defect]:
    risks = ["low", "medium", "high"]
    for place, stage in enumerate(plan.stages):
        for name in risks[risks.index(risk(stage)) + 1 :]:
            # What follows may build on what was prepared, and what switches or ends something on all before it.
            free = [
                later
                for later in plan.stages[place + 1 :]
                if stage.label not in needed_by(plan, later)
                and risks.index(risk(later)) < risks.index(name)
                and not (is_ending(later) or later.name.startswith("Switch"))
            ]
            if free and not (is_preparing(stage) or is_bridging(stage)):
                yield defect(seen(stage.heading.text), put(value(stage, FieldName.RISK), name))


# --- gaps -------------------------------------------------------------------------------------------------------------


@makes("contradictory-gap")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in assigned(plan):
        for reason in ("Deferred to Q3 2028", "Accepted risk: nobody uses it"):
            yield defect(put(row.row.cells[4], f"{HERE}{reason}"))


@makes("duplicate-gap")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in assigned(plan):
        copy = raw(plan, lines(plan, row.row.span)).replace("|", f"|{HERE}", 1).rstrip()
        yield defect(behind(plan, last_row(plan, of_gaps=True), copy))


@makes("effort-mismatch")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in assigned(plan):
        yield defect(seen(value(stage, FieldName.EFFORT)), put(row.row.cells[2], "700h"))
        yield defect(put(value(stage, FieldName.EFFORT), f"{HERE}0.5h"))


@makes("gap-order")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in assigned(plan):
        for other, later in assigned(plan):
            if later.span > stage.span:
                yield defect(put(row.row.cells[4], f"{HERE}Depends on gap {other.number}"))
        yield defect(put(row.row.cells[4], f"{HERE}Depends on gap 77"))


@makes("gap-outweighs-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in assigned(plan):
        if risk(stage) != "high":
            yield defect(put(row.row.cells[1], f"{HERE}high"))


def _slips(header: Row, slips: Iterable[tuple[int, str]]) -> Iterator[Defect]:
    for column, slip in slips:
        yield defect(put(header.cells[column], f"{HERE}{slip}"))


@makes("gap-table-columns")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.mapping is not None
    assert plan.mapping.table is not None
    yield from _slips(plan.mapping.table.header, ((1, "Rsik"), (2, "Efort"), (3, "Satge"), (4, "Noets"), (4, "Effort")))


@makes("incomplete-gap-row")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in assigned(plan):
        for column in (0, 1, 2):
            yield defect(put(row.row.cells[column], f"{HERE} "))


@makes("missing-gap-mapping")
def _(plan: Plan) -> Iterator[Defect]:
    mapping = section(plan, SectionKind.MAPPING)
    yield defect(seen(mapping.text), put(body(plan, mapping), "\nThe gaps are known to the team.\n\n"))


@makes("stage-without-gap")
def _(plan: Plan) -> Iterator[Defect]:
    needed = {number for row in gap_rows(plan) if row.notes for number in numbers(row.notes)}
    for row, stage in assigned(plan):
        if str(row.number) not in needed and alone(plan, stage) and not is_ending(stage) and not is_preparing(stage):
            reason = put(row.row.cells[4], "Deferred: the budget comes next year")
            yield defect(seen(stage.heading.text), put(row.row.cells[3], "—"), reason)


@makes("unassigned-gap")
def _(plan: Plan) -> Iterator[Defect]:
    for stage in ("—", "none", "", "-"):
        text = f"| {HERE}The runbook names the old system | low | 1h | {stage} | |"
        yield defect(behind(plan, last_row(plan, of_gaps=True), text))
    for row, closer in assigned(plan):
        if not alone(plan, closer):
            yield defect(put(row.row.cells[3], f"{HERE}—"))


@makes("unknown-gap-risk")
def _(plan: Plan) -> Iterator[Defect]:
    for row in gap_rows(plan):
        for name in ("severe", "Meduim"):
            yield defect(put(row.row.cells[1], f"{HERE}{name}"))


@makes("unknown-gap-stage")
def _(plan: Plan) -> Iterator[Defect]:
    word = plan.stages[0].heading.word.plain
    for stage in ("42", f"{word} 42"):
        text = f"| The runbook names the old system | low | 1h | {HERE}{stage} | |"
        yield defect(behind(plan, last_row(plan, of_gaps=True), text))
    for row, closer in assigned(plan):
        if not alone(plan, closer):
            yield defect(put(row.row.cells[3], f"{HERE}{word} 42"))


@makes("unreadable-gap-effort")
def _(plan: Plan) -> Iterator[Defect]:
    for row in gap_rows(plan):
        yield defect(put(row.row.cells[2], f"{HERE}not long"))
    # A gap that no stage closes may take no time.
    for row, _stage in assigned(plan):
        yield defect(put(row.row.cells[2], f"{HERE}0h"))


def linked_map(
    plan: Plan, *edits: Edit, rows: Iterable[tuple[str, ...]], here: str = "", name: str = "gaps.md"
) -> Defect:
    """Link a gap map in the section of the mapping; ``rows`` are what it holds."""
    assert plan.mapping is not None
    assert plan.mapping.table is not None
    link = insert(lines(plan, plan.mapping.table.header.span).start, f"{here}They are those of [the map]({name}).\n\n")
    table = ["| Gap | Risk | Effort |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return Defect((link, *edits), {"gaps.md": "\n".join(["# Gap map", "", *table, ""])})


def mapped(plan: Plan) -> list[tuple[str, ...]]:
    """Give the rows of a gap map that says what the plan says."""
    return [tuple(raw(plan, cell.span) for cell in row.row.cells[:3]) for row in gap_rows(plan)]


@makes("unmapped-gap")
def _(plan: Plan) -> Iterator[Defect]:
    here = seen(section(plan, SectionKind.MAPPING).text)
    for gap in ("The backup is never read", "Nobody answers the telephone"):
        yield linked_map(plan, here, rows=[*mapped(plan), (gap, "low", "1h")])
        yield linked_map(plan, here, rows=[(gap, "high", "9d"), *mapped(plan)])


@makes("stale-gap")
def _(plan: Plan) -> Iterator[Defect]:
    for place, row in enumerate(gap_rows(plan)):
        # The map needs no gap that is none.
        if row.notes and row.notes.plain.startswith("Not applicable"):
            continue
        rest = [other for number, other in enumerate(mapped(plan)) if number != place]
        yield linked_map(plan, seen(row.row.cells[0]), rows=rest)


@makes("gap-map-mismatch")
def _(plan: Plan) -> Iterator[Defect]:
    for place, row in enumerate(gap_rows(plan)):
        rows = mapped(plan)
        gap, weight, effort = rows[place]
        rows[place] = (gap, "low" if weight != "low" else "high", effort)
        yield linked_map(plan, seen(row.row.cells[1]), rows=rows)
        rows[place] = (gap, weight, "77h")
        yield linked_map(plan, seen(row.row.cells[2]), rows=rows)


@makes("unreadable-gap-map")
def _(plan: Plan) -> Iterator[Defect]:
    yield linked_map(plan, rows=mapped(plan), here=HERE, name="gap-map.md")
    found = linked_map(plan, rows=(), here=HERE)
    yield found._replace(files={"gaps.md": "# Gap map\n\nIt is in the drawer.\n"})


# --- verification -----------------------------------------------------------------------------------------------------


@makes("duplicate-verification-row")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in verification(plan):
        again = f"| {HERE}{stage.label} | `again` is green | Seen again | Tried again |"
        yield defect(behind(plan, row, again))
        yield defect(behind(plan, last_row(plan, of_gaps=False), again))


@makes("incomplete-verification")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in verification(plan):
        for column in (1, 2, 3):
            yield defect(seen(row.cells[0]), put(row.cells[column], "—" if column == 1 else " "))


@makes("missing-verification-table")
def _(plan: Plan) -> Iterator[Defect]:
    checks = section(plan, SectionKind.VERIFICATION)
    yield defect(seen(checks.text), put(body(plan, checks), "\nEach stage is verified.\n"))


@makes("rollback-test-mismatch")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in verification(plan):
        for text in ("not tested", "No", "untested"):
            yield defect(put(row.cells[3], f"{HERE}{text}"))


@makes("unknown-verification-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for row, _stage in verification(plan):
        yield defect(behind(plan, row, f"| {HERE}42 | `all` is green | Seen | Tried in staging |"))


@makes("unverified-stage")
def _(plan: Plan) -> Iterator[Defect]:
    for row, stage in verification(plan):
        yield defect(seen(stage.heading.text), put(lines(plan, row.span), ""))


@makes("verification-table-columns")
def _(plan: Plan) -> Iterator[Defect]:
    assert plan.verification is not None
    assert plan.verification.table is not None
    slips = ((0, "Satge"), (1, "Automated tset"), (2, "Manual chekc"), (3, "Rolback test"), (3, "Manual check"))
    yield from _slips(plan.verification.table.header, slips)
