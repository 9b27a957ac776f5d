"""The look at the letters of a text agrees with the parser: what it takes for no plan is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lint_migration_plan.lint import runner
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.recognition import may_hold_plan
from lint_migration_plan.plan.terms import FieldName, SectionKind
from lint_migration_plan.plan.vocabulary import (
    DEFAULT,
    MIGRATION_STEMS,
    OTHER_FIELD_LABELS,
    OTHER_SECTION_NAMES,
    OTHER_STAGE_WORDS,
    Vocabulary,
)
from program import BAD, GOOD, PROSE, ROOT, lint

#: A team that has words of its own.
OWN = Vocabulary(
    stage_words=frozenset(("stage", "adım", "akt")),
    labels={**DEFAULT.labels, "gefahr für alle": FieldName.RISK, "i̇z": FieldName.ROLLBACK},
)

#: Texts that are plans by one sign each.
SIGNS = (
    "# Migration: A\n\nText.\n",
    "# Notes\n\nText.\n\n## Migration\n\nMore.\n",
    "---\nmigration-plan:\n  type: platform\n---\n\n# A\n\n## Stage 1: B\n",
    "# A\n\n## Gap → Stage Mapping\n\n| A |\n|---|\n| b |\n",
    "# A\n\n## Gap assignment (draft)\n\n| A | B |\n|---|---|\n| b | c |\n",
    "# A\n\n## Gaps\n\n| Gap ID | Closed by |\n|---|---|\n| b | c |\n",
    "# A\n\n## 3. Verification per stage\n\n| A |\n|---|\n| b |\n",
    "# A\n\n## From\n\nB\n\n## To\n\nC\n",
    "A\n===\n\nFrom\n----\n\nB\n\nTo\n--\n\nC\n",
    "# A\n\n## To\n\nB\n\n## Abort criteria\n\n- C\n",
    "# A\n\n## Stage 1: B\n\n**Risk**: low\n\n## Stage 2: C\n\n**Risk**: high\n",
    "# A\n\n**Phase 1: B**\n\n- Roll back: C\n\n**Phase 2: D**\n\n- Layers touched: E\n",
    "# A\n\n### Étape 1\n\n**Retour arrière** : B\n",
    "# A\n\n## Stage 1 — B\n",
    "# Move plan\n\n## Step 1: Migrate the data\n\n## Step 2: Look\n",
    "# Roll-out plan\n\n## Phase 1: A\n\n## Phase 2: B\n",
    "# Cut-over\n\n## Phase 1: A\n\n**Back-out**: B\n\n## Phase 2: C\n",
    "# מעבר ל\n\n## Phase 1: A\n\n## Phase 2: B\n",
    "# Upgrade to 9\n\n## Why\n\nB\n\n## Timeline\n\nC\n",
    "# A\n\n## Adım 1: B\n\n**Gefahr für alle**: klein\n",
    "# A\n\n## AKT 1: B\n\n**İz**: klein\n",
    GOOD.decode(),
    BAD.decode(),
)

#: What may stand between two letters and not be seen by a reader, and other things that may not help.
MARKUP = (
    *(
        "*",
        "**",
        "_",
        "`",
        "\\",
        "<b>",
        "</b>",
        "<!-- a -->",
        "[",
        "]",
        "](a)",
        "](<a> 'b')",
        "[a]",
        "![a](b)",
        "&shy;",
    ),
    *(
        "~~",
        "<http://a>",
        "\n",
        "\r\n",
        "\r",
        " ",
        "  \n",
        "\t",
        "\n\n",
        "\u200b",
        "\u0307",
        "> ",
        "- ",
        "1. ",
        "# ",
        "&#x",
    ),
    *("-", "—", ":", "|", "\0", "\n===\n", "\n---\n", "```\n", "[a]: /b\n", "İ", "ſ", "&nbsp;", "<!--", "-->", "<p>\n"),
)


def is_plan(text: str, vocabulary: Vocabulary) -> bool:
    return any(plan.evident for plan in parse_plan(text, vocabulary))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a text that is a plan by one sign, and break into its words."""
    text: str = draw(st.sampled_from(SIGNS[:-2]))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(text)))
        after = place + draw(st.sampled_from((0, 0, 0, 1, 1, 4)))
        change = draw(st.sampled_from(("markup", "markup", "markup", "entity", "case", "letters", "link")))
        taken = text[place:after]
        if change == "markup":
            taken += draw(st.sampled_from(MARKUP))
        elif change == "entity":
            taken = "".join(f"&#{ord(letter)};" for letter in text[place : place + 1])
            after = place + 1
        elif change == "case":
            taken = taken.swapcase()
        elif change == "link":
            taken = f"[{text[place : place + 2]}](a)"
            after = place + 2
        else:
            taken = draw(st.text(max_size=3))
        text = text[:place] + taken + text[after:]
    return text


@settings(max_examples=400, deadline=None)
@given(texts(), st.sampled_from((DEFAULT, OWN)))
@example("# M&#105;gration: A\n\nB\n", DEFAULT)
@example("# MİGRATION: A\n\nB\n", DEFAULT)
@example("# Mıgratıon: A\n\nB\n", DEFAULT)
@example("# Cut\\-over\n\n## Why\n\nB\n\n## Timeline\n\nC\n", DEFAULT)
@example("# Migr<b>at</b>ion: A\n\nB\n", DEFAULT)
@example("# Migr[at](a)ion: A\n\nB\n", DEFAULT)
@example("# Migr![](a)ation: A\n\nB\n", DEFAULT)
@example("Fr*o*m\n!!\n---\n\nB\n\nTo\n===\n\nC\n", DEFAULT)
@example("From <!-- a\n--> <!--\nb -->\n---\n\nB\n\nTo\n===\n\nC\n", DEFAULT)
@example("From\n*\n---\n\nB\n\nTo\n===\n\nC\n", DEFAULT)
@example("From\n_\n---\n\nB\n\nTo\n===\n\nC\n", DEFAULT)
@example("From ![\n][x]\n---\n\nB\n\nTo\n===\n\nC\n\n[x]: /y\n", DEFAULT)
@example("# Cut-<!-- a -->over plan\n\n## Phase 1: A\n\n## Phase 2: B\n", DEFAULT)
@example("# Roll-<b></b>out plan\n\n## Phase 1: A\n\n## Phase 2: B\n", DEFAULT)
@example("# Roll-[](x)out plan\n\n## Phase 1: A\n\n## Phase 2: B\n", DEFAULT)
@example("# Roll[](x)-out plan\n\n## Phase 1: A\n\n## Phase 2: B\n", DEFAULT)
@example("# מעבר <b></b>ל\n\n## Phase 1: A\n\n## Phase 2: B\n", DEFAULT)
@example("# A\n\n## Phase 1: B\n\n**Back-<i></i>out**: C\n\n## Phase 2: D\n", DEFAULT)
def test_what_the_parser_takes_for_a_plan_is_looked_at(text: str, vocabulary: Vocabulary) -> None:
    assert may_hold_plan(text, vocabulary) or not is_plan(text, vocabulary)


@pytest.mark.parametrize("text", SIGNS, ids=lambda text: text[:30])
def test_each_sign_is_one(text: str) -> None:
    assert is_plan(text, OWN)
    assert may_hold_plan(text, OWN)


def test_no_plan_of_the_fixtures_is_overlooked() -> None:
    for path in filter(Path.is_file, sorted(ROOT.glob("fixtures/**/*.md"))):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert may_hold_plan(text, DEFAULT) or not is_plan(text, DEFAULT), path


def test_other_documents_are_told_without_the_parser() -> None:
    assert not may_hold_plan(PROSE.decode(), DEFAULT)
    assert not may_hold_plan(
        "# How orders work\n\nSee [the queue](../queue.md) for **more**.\n\n## Step 2: set up the queue\n\n"
        "- `orders-queue` from *last* year\n\n---\n\n| Name | Value |\n|---|---|\n| a | 1 |\n",
        DEFAULT,
    )


def test_the_words_are_those_of_the_vocabulary() -> None:
    for stem in MIGRATION_STEMS:
        assert may_hold_plan(f"x {stem.upper()} y", DEFAULT)
    for name in ("Gap → Stage Mapping", *OTHER_SECTION_NAMES[SectionKind.MAPPING], SectionKind.VERIFICATION.value):
        assert may_hold_plan(f"# {name}\n", DEFAULT)
    for word in ("stage", *OTHER_STAGE_WORDS):
        for field in (FieldName.RISK, FieldName.LAYERS, FieldName.ROLLBACK, FieldName.ROLLBACK_TESTED):
            for label in (field.value, *OTHER_FIELD_LABELS[field]):
                assert may_hold_plan(f"# {word} 1\n\n**{label}**: x\n", DEFAULT)


def test_a_folder_is_gone_through_without_the_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(3):
        (tmp_path / f"{number}.md").write_bytes(PROSE)
    (tmp_path / "plan.md").write_bytes(GOOD)
    parsed = []

    def note(text: str, *others: object, **more: object) -> object:
        parsed.append(text)
        return parse_file(text, *others, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "parse_file", note)
    assert lint("--no-cache", "--jobs=1", ".") == (0, "", "no complaints in 1 plan (3 files without a plan skipped)\n")
    assert parsed == [GOOD.decode()]
