"""Fixes of form: labels, headings, layers, answers, columns and suppressions, each in the author's own writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hostile.targets import EVERY_RULE
from lint_migration_plan import Config, fix_text, lint_text
from test_properties import PLANS, torn, verdict

if TYPE_CHECKING:
    import random
    from pathlib import Path

FORMS = (
    *("gap-table-columns", "misspelled-section", "misspelled-stage-field", "stage-heading", "unknown-gap-risk"),
    *("unknown-layer", "unknown-rollback-tested", "unused-suppression", "verification-table-columns"),
)
FORMATTED_ALIKE = [path for path in PLANS if not path.stem.startswith("invalid")]
ONLY_FORMS = Config().with_command_line(select=list(FORMS))

PLAN = """\
## Migration: Orders

### From
- Data: x
- Code: y

### {section}
- a gap of more than 3 rows

{heading}

{label}: {layers}
**Risk**: low
**Rollback tested**: {tested}

## Gap → Stage Mapping

| Gap | Risk | Effort | {column} | Notes |
|-----|------|--------|-------|-------|
| a   | {risk}  | 1d     | 1   |   |
"""
SOUND = {
    "section": "Abort criteria",
    "heading": "### Stage 1 — Copy",
    "label": "**Layers affected**",
    "layers": "data",
    "tested": "yes",
    "column": "Stage",
    "risk": "low",
}


def fixed(**parts: str) -> str:
    return fix_text(PLAN.format(**{**SOUND, **parts}), config=ONLY_FORMS)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("section", "Abort critera", "Abort criteria"),
        ("section", "4.2 Stop conditions:", "4.2 Abort criteria:"),
        ("section", "🛑 **When to stop?** ###", "🛑 **Abort criteria** ###"),
        ("section", "[Abort critera](x.md) <!-- note -->", "[Abort criteria](x.md) <!-- note -->"),
        ("section", "Abort\tconditions  ", "Abort criteria  "),
        ("section", "Abort *critera*", None),
        ("section", "Abort conditions (draft)", None),
        ("section", "Target end state", "To"),
        ("section", "Target schema structure", None),
        ("heading", "### Phase 1: Copy", "### Stage 1 — Copy"),
        ("heading", "### STEP #1) `Copy` ###", "### Stage 1 — `Copy` ###"),
        ("heading", "### **Phase 1:** Copy", "### Stage 1 — Copy"),
        ("heading", "### **Phase 1**: Copy", "### Stage 1 — Copy"),
        ("heading", "### Stage 1 **Copy**", "### Stage 1 — **Copy**"),
        ("heading", "### Phase `1`: Copy", "### Stage `1` — Copy"),
        ("heading", "### [Stage 1 -](#notes) Copy", "### [Stage 1 —](#notes) Copy"),
        ("heading", "### Stage 1-Copy", "### Stage 1 — Copy"),
        ("heading", "### Stage 1\t–\tCopy", "### Stage 1 — Copy"),
        ("heading", "### Stage 1 (now): Copy", "### Stage 1 — Copy (now)"),
        ("heading", "### Stage 1 (now): Copy `rows`", "### Stage 1 — Copy `rows` (now)"),
        ("heading", "### Stage 1 (now): Copy [rows](#rows)", "### Stage 1 — Copy [rows](#rows) (now)"),
        ("heading", "### ✅ Phase 1: Copy", "### ✅ Stage 1 — Copy"),
        ("heading", "### ✅ Stage 1 — Copy", None),
        ("heading", "### Phase 1:", "### Stage 1:"),
        ("heading", "### Phase 1.5: Copy", None),
        ("heading", "### Étape 1 : Copy", None),
        ("heading", "Phase 1: Copy\n-------------", "### Stage 1 — Copy"),
        ("heading", "Phase 1: Copy C #\n-------------", None),
        ("heading", "Phase 1: Copy\nthe rows\n---", None),
        ("heading", "#### Stage 1 — Copy ####", "### Stage 1 — Copy ###"),
        ("heading", "# Stage 1 — Copy\n\n###### Deep", "### Stage 1 — Copy\n\n###### Deep"),
        ("heading", "# Stage 1 — Copy\n\n### Notes\n\n###### Deep", None),
        ("heading", "**Stage 1 — Copy**:", "### Stage 1 — Copy"),
        ("heading", "**Wave 1 - Copy** <!-- note -->", "### Stage 1 — Copy <!-- note -->"),
        ("heading", "***Stage 1 — Copy***", None),
        ("label", "**Layer**", "**Layers affected**"),
        ("label", "**Layers (only one)**", "**Layers affected (only one)**"),
        ("label", "- Layrs affected", "- Layers affected"),
        ("label", "**-ayers affected**", "**Layers affected**"),
        ("label", "**-Layers affected**", "**Layers affected**"),
        ("label", "**Layers *touched***", None),
        ("layers", "database", "data"),
        ("layers", "The database layer (orders)", "Data (orders)"),
        ("layers", "**infra**, conifg", "**infrastructure**, config"),
        ("layers", "frontend", None),
        ("layers", "API", None),
        ("layers", "client side", None),
        ("layers", "application, source code", None),
        ("layers", "data, database", None),
        ("tested", "Y (staging)", "yes (staging)"),
        ("tested", "nope — no staging", "no — no staging"),
        ("tested", "Not tested", "no"),
        ("tested", "not aplicable: read only", "N/A: read only"),
        ("tested", "tested on paper", None),
        ("tested", "partially", None),
        ("tested", "not yet, in May", None),
        ("column", "Phase", "Stage"),
        ("column", " **Stagee** ", " **Stage** "),
        ("risk", "Meduim", "medium"),
        ("risk", "moderate", None),
    ],
)
def test_words_are_mended_where_they_can_mean_one_thing(part: str, old: str, new: str | None) -> None:
    assert fixed(**{part: old}) == PLAN.format(**{**SOUND, part: old if new is None else new})


@pytest.mark.parametrize(
    ("part", "old", "why"),
    [
        ("section", "Abort *critera*", "'Abort critera' has marks within it"),
        ("heading", "Phase 1: Copy\nthe rows\n---", "its heading takes more than one line"),
        (
            "heading",
            "Phase 1: Copy C #\n---",
            "a heading of several lines, or one that ends in '#', cannot stand so deep",
        ),
        (
            *("heading", "# Stage 1 — Copy\n\n### Notes\n\n###### Deep"),
            "the headings within it would be more than six levels deep",
        ),
        ("heading", "***Stage 1 — Copy***", "its line holds more than its bold words"),
        ("layers", "data, database", "'data' would stand twice"),
    ],
)
def test_what_is_left_to_its_author_says_why(part: str, old: str, why: str) -> None:
    (diagnostic,) = lint_text(PLAN.format(**{**SOUND, part: old}), config=ONLY_FORMS)
    assert (diagnostic.fix, diagnostic.no_fix) == (None, why)


def test_a_plan_of_another_language_keeps_its_own_names() -> None:
    said = "Die Zeilen liegen auf der alten Platte, und die wird nicht gelesen."
    plan = PLAN.format(**SOUND).replace("a gap of more than 3 rows", said)
    for guide, own in (
        ("Abort criteria", "Abbruchkriterien"),
        ("Layers affected", "Betroffene Schichten"),
        ("| Stage |", "| Phase |"),
        ("Stage 1 —", "Phase 1:"),
    ):
        renamed = plan.replace(guide, own)
        assert fix_text(renamed, config=ONLY_FORMS, unsafe=True) == renamed
    assert fix_text(plan.replace("Abort criteria", "Abort critera"), config=ONLY_FORMS) == plan


@pytest.mark.parametrize(
    "text",
    [
        "# Cutover plan\n\n## Phase 1: A\n\nx\n\n## Phase 2: B\n\n### Notes\n\nx\n",
        "# Cutover plan\n\n## Phase 1: A\n\n**Risk**: low\n\n## Phase 2: B\n\n**Phase 3: C**\n\n**Risk**: low\n\n## Notes\n",
        "# Migration: M\n\n## Phase 1: A\n\n### Notes\n\nx\n",
        "## Migration: M\n\n## Phase 1: A\n\n### Notes\n\nx\n\n### Phase 2: B\n",
        "## Migration: M\n\n## Stages\n\n### Phase 1 — (now): A\n\n### Phase 2 (now): B\n",
        "## Migration: M\n\n### 🚀 Phase 1: A\n\n### 2. Phase 2: B\n\n### ✅ Stage 3 – C\n\n### 4) 🚀 Stage 4 — D\n",
        "## Migration: M\n\n**Phase 1: A**\n\n**Risk**: low\n\n**Phase 2**\n\n**Risk**: low\n",
        "## Migration: M\n\n### Phase 1: `A` and `B`\n\n### Phase 2: Ask [Mara](#mara)\n\n### Phase 3 (now): Copy ``C``\n",
    ],
)
def test_a_stage_heading_is_written_as_its_message_and_its_title_say(text: str) -> None:
    config = Config().with_command_line(select=["stage-heading"])
    said: set[str] = set()
    titles = set()
    for diagnostic in lint_text(text, config=config):
        assert diagnostic.fix is not None
        titles.add(diagnostic.fix.title.removeprefix("write "))
        for message in (diagnostic.message, *(place.message for place in diagnostic.related)):
            said.add(message.partition(" should read ")[2].partition(" (and ")[0].partition(", with")[0])
    mended = fix_text(text, config=config)
    assert titles <= said
    assert {line.strip("'") for line in said} <= set(mended.splitlines())
    assert lint_text(mended, config=config) == ()


def test_bold_lines_alone_become_headings_below_the_title() -> None:
    text = "# Migration: Orders\n\n**Stage 1 — Copy**\n\n**Risk**: low\n"
    assert fix_text(text, config=ONLY_FORMS) == text.replace("**Stage 1 — Copy**", "## Stage 1 — Copy")


def test_without_the_guides_title_the_level_of_most_stages_is_right() -> None:
    text = "# Cutover plan\n\n## Stage 1 — A\n\n**Risk**: low\n\n## Stage 2 — B\n\n**Risk**: low\n\n#### Stage 3 — C\n"
    (diagnostic,) = lint_text(text, config=Config().with_command_line(select=["stage-heading"]))
    assert diagnostic.message == "stage heading '#### Stage 3 — C' should read '### Stage 3 — C'"
    assert diagnostic.related == ()


@pytest.mark.parametrize(
    ("heading", "mended"),
    [
        ("**Stage 1:** Copy the rows", "Stage 1 — Copy the rows"),
        ("**Phase 1: Copy the rows**", "Stage 1 — Copy the rows"),
        ("**Phase 1: Copy** the rows", "Stage 1 — **Copy** the rows"),
        ("**Phase 1:** **Copy** the rows", "Stage 1 — **Copy** the rows"),
        ("Phase **1**: Copy the rows", "Stage 1 — Copy the rows"),
        ("Phase 1: *Copy* the rows", "Stage 1 — *Copy* the rows"),
        ("__Phase 1__ - Copy_the rows", "Stage 1 — Copy_the rows"),
        ("🚀 ***Phase 1***: Copy", "🚀 Stage 1 — Copy"),
        ("**Phase 1**", "Stage 1"),
        ("Stage 1**: Copy", "Stage 1 — Copy"),
        ("`Phase 1`: Copy", "`Stage 1` — Copy"),
    ],
)
def test_what_is_bold_in_a_stage_heading_is_whole_afterwards(heading: str, mended: str) -> None:
    text = f"## Migration: Orders\n\n### {heading}\n\n**Risk**: low\n"
    config = Config().with_command_line(select=["stage-heading"])
    (diagnostic,) = lint_text(text, config=config)
    assert diagnostic.fix is not None
    assert diagnostic.fix.title == f"write '### {mended}'"
    assert fix_text(text, config=config) == text.replace(heading, mended)
    assert "**" not in diagnostic.message.partition(" should read ")[2]


def test_inner_headings_go_deeper_with_their_stage() -> None:
    heading = "## Stage 1 — Copy\n\n### Notes ###\n\nx\n\nMore\n====\n"
    expected = "### Stage 1 — Copy\n\n#### Notes ####\n\nx\n\nMore\n====\n"
    assert fixed(heading=heading) == PLAN.format(**{**SOUND, "heading": expected})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Orders Migration Plan", "## Migration: Orders"),
        ("# Migration plan — *Orders*", None),
        ("## Migration Plan: Orders", "## Migration: Orders"),
        ("# Migrating the orders", None),
        ("# Plan: Orders migration plan", None),
        ("### Orders migration plan", None),
        ("Orders migration plan\n===", "Migration: Orders\n---"),
    ],
)
def test_a_title_is_mended_where_it_holds_the_name_alone(old: str, new: str | None) -> None:
    text = PLAN.format(**SOUND).replace("## Migration: Orders", "{title}", 1)
    assert fix_text(text.replace("{title}", old), config=ONLY_FORMS) == text.replace("{title}", new or old)


def comment(*rules: str) -> str:
    return f"<!-- lint-migration-plan: ignore[{', '.join(rules)}] -- why -->"


GONE = comment("unknown-risk")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"a\n\n{GONE}\n\n## B\n", "a\n\n## B\n"),
        (f"a\n\n{GONE}\n## B\n", "a\n\n## B\n"),
        (f"a\n{GONE}\n## B\n", "a\n## B\n"),
        (f"a\n{GONE}\nb\n", "a\n\nb\n"),
        (f"a\n{GONE}\n---\n", "a\n\n---\n"),
        (f"- a\n\n  {GONE}\n\n- b\n", "- a\n\n- b\n"),
        (f"- a {GONE}\n- b\n", "- a\n- b\n"),
        (f"a  {GONE}\nb\n", "a\nb\n"),
        (f"a {GONE} b\n", "a b\n"),
        (f"a {GONE}b\n", "a b\n"),
        (f"a {GONE}  \nb\n", "a  \nb\n"),
        (f"# A {GONE} #\n", "# A #\n"),
        (f"| a {GONE} | {GONE} |\n|---|---|\n", "| a |  |\n|---|---|\n"),
        (f"<div>\n{GONE}\n</div>\n", "<div>\n</div>\n"),
        (f"{GONE}\n\na\n", "a\n"),
        (f"a\n\n{GONE}\n", "a\n"),
        (f"a\n\n{GONE}", "a\n"),
        (f"a {GONE}", "a"),
        (GONE, ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_suppression_goes_with_its_line_and_parts_what_it_parted(old: str, new: str, newline: str) -> None:
    config = Config().with_command_line(select=["unknown-risk", "unused-suppression"])
    assert fix_text(old.replace("\n", newline), config=config) == new.replace("\n", newline)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unknown-risk, unknown-layer, a-plugin", "a-plugin"),
        ("a-plugin,unknown-risk , unknown-layer", "a-plugin"),
        ("unknown-risk a-plugin  unknown-layer another", "a-plugin another"),
        ("a-plugin, unknown-risk, another, unknown-risk", "a-plugin, another"),
    ],
)
def test_a_rule_is_taken_out_of_the_list_with_its_comma(old: str, new: str) -> None:
    config = Config().with_command_line(select=["unknown-risk", "unknown-layer", "unused-suppression"])
    # What is no rule is said, and stays.
    assert fix_text(f"{comment(old)}\n# A\n", config=config) == f"{comment(new)}\n# A\n"


def test_a_slip_in_a_rule_is_mended_and_what_it_hides_stays_hidden() -> None:
    config = Config().with_command_line(select=["unknown-risk", "unused-suppression"])
    text = PLAN.format(**SOUND).replace("**Risk**: low", f"**Risk**: moderate {comment('unknown-rsik')}")
    mended = fix_text(text, config=config)
    assert mended == text.replace("rsik", "risk")
    assert lint_text(mended, config=config) == ()


SLIPS = (
    *(("### Stage", "### Phase"), ("### Stage", "#### Stage"), (" — ", ": "), ("### Stage", "## Stage")),
    *(("**Rollback**", "**Rolback**"), ("**Risk**", "**Risk level**"), ("### Timeline", "### Schedule")),
    *(("## Verification per", "## 3. Verification by"), ("data\n", "database\n"), (": yes", ": Y")),
    *(("| Notes |", "| Remarks |"), ("**Changes**:", "**Tasks**:"), ("### From", "### Current state ###")),
)


@given(st.sampled_from(PLANS), st.lists(st.sampled_from(SLIPS), max_size=4), st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_fixing_ends_and_brings_no_new_error(path: Path, slips: list[tuple[str, str]], chance: random.Random) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in slips:
        text = text.replace(old, new)
    if chance.random() < 0.3:
        text = torn(text, chance)
    mended = fix_text(text, config=ONLY_FORMS)
    assert fix_text(mended, config=ONLY_FORMS) == mended
    assert fix_text(text.replace("\n", "\r\n"), config=ONLY_FORMS) == mended.replace("\n", "\r\n")
    assert [each.rule for each in lint_text(mended, config=ONLY_FORMS) if each.fix] == []


@given(st.sampled_from(FORMATTED_ALIKE), st.lists(st.sampled_from(SLIPS), min_size=1, max_size=4))
@example(
    next(path for path in PLANS if path.parts[-2:] == ("dependency-cycle", "valid.md")),
    [("### Stage", "#### Stage"), ("### Stage", "#### Stage"), ("### Stage", "### Phase")],
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_sound_plan_with_slips_gets_no_new_error_and_formats_alike(path: Path, slips: list[tuple[str, str]]) -> None:
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    for old, new in slips:
        text = text.replace(old, new)
    mended = fix_text(text, config=ONLY_FORMS)
    before = {each.rule for each in lint_text(text, config=EVERY_RULE) if each.severity.value == "error"}
    after = {each.rule for each in lint_text(mended, config=EVERY_RULE) if each.severity.value == "error"}
    assert after <= before
    formatted = mdformat.text(mended, extensions={"gfm", "frontmatter"})
    assert verdict(formatted) == verdict(mended)


@given(st.sampled_from(PLANS), st.lists(st.sampled_from(SLIPS), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_safe_fixes_first_and_then_all_come_to_the_same_as_all_at_once(
    path: Path, slips: list[tuple[str, str]], chance: random.Random
) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in slips:
        text = text.replace(old, new)
    if chance.random() < 0.7:
        text = torn(text, chance)
    assert fix_text(fix_text(text), unsafe=True) == fix_text(text, unsafe=True)
