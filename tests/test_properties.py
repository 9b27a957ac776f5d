"""What must hold for any text, and for every plan however it is written down."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile.targets import EVERY_RULE, check_places
from lint_migration_plan import lint_text, parse_plan

if TYPE_CHECKING:
    import random


FIXTURES = Path(__file__).parent.parent / "fixtures"
#: A plan whose own settings change its verdict, or whose bytes are its point, is no material here.
PLANS = [
    path
    for path in sorted(FIXTURES.glob("*/*.md"))
    if path.parent.name != "unreadable-file" and not path.with_name(f"{path.stem}.config.yaml").exists()
]

PIECES = [
    *(
        "# ",
        "### Stage 2 — X\n",
        "### Phase 1: Y\n",
        "## Migration: Z\n",
        "## Gap → Stage Mapping\n",
        "**Stage 3 - W**\n\n",
    ),
    *(
        "### From\n",
        "### Timeline\n",
        "- Total: 3 weeks\n",
        "- Cutover: 2026-02-30\n",
        "- Data: x\n",
        "**Risk**: low\n",
    ),
    *(
        "**Changes**:\n",
        "- **Risk Level:** Medium\n",
        "#### Rollback\n",
        "**Dependencies**: Stage 1-9\n",
        "- ",
        "1. ",
        "> ",
    ),
    *(
        "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n",
        "| a | low | 1h | 1 | |\n",
        "| b \\| c | |\n",
    ),
    *("## Verification per stage\n", "| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n"),
    *(
        "**",
        "*",
        "`",
        "```\n",
        "[x](y)",
        "<!-- lint-migration-plan: ignore[unknown-risk] -->\n",
        "<!--",
        "-->",
        "---\n",
    ),
    *(
        "TBD",
        "{name}",
        "deferred",
        "Stage 1",
        "2h - 1d",
        "~3",
        "\n",
        "\n\n",
        "\t",
        "    ",
        "\r\n",
        "\r",
        "\u2028",
        "\0",
        "🚀",
    ),
]


def verdict(text: str) -> Counter[tuple[str, str, str]]:
    """Judge a text by all rules, without the places."""
    return Counter((one.rule, one.severity.value, one.message) for one in lint_text(text, config=EVERY_RULE))


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_judged_and_every_place_is_in_it(text: str) -> None:
    check_places(text, lint_text(text, config=EVERY_RULE))


@given(st.sampled_from(PLANS), st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_plan_torn_apart_is_judged_all_the_same(path: Path, chance: random.Random) -> None:
    text = torn(path.read_text(encoding="utf-8").removeprefix("\ufeff"), chance)
    check_places(text, lint_text(text, config=EVERY_RULE))
    assert verdict(text.replace("\n", "\r\n")) == verdict(text)
    assert verdict("\ufeff" + text) == verdict(text)


def torn(text: str, chance: random.Random) -> str:
    """Lose, double, swap and break some lines of a text."""
    lines = [line for line in text.splitlines() if line != "---"] or [""]
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(lines))
        action = chance.randrange(5)
        if action == 0:
            del lines[at]
        elif action == 1:
            lines.insert(at, chance.choice(lines))
        elif action == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif action == 3:
            column = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:column] + chance.choice(PIECES).strip("\r\n") + lines[at][column:]
        else:
            column = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:column]
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_verdict_does_not_hang_on_how_a_plan_is_written_down(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    expected = verdict(text)
    unix = text.replace("\r\n", "\n")
    assert verdict(unix) == expected
    assert verdict(unix.replace("\n", "\r\n")) == expected
    assert verdict("\ufeff" + text.removeprefix("\ufeff")) == expected
    if not unix.startswith(("---\n", "\ufeff---\n")):
        assert verdict("---\ntitle: A plan\n---\n" + unix.removeprefix("\ufeff")) == expected
    if "extra-cells" not in path.stem and path.parent.name != "unclosed-fence":
        # Cells beyond the columns are what mdformat throws away, and an open fence is closed by it at the end of the file.
        formatted = mdformat.text(unix.removeprefix("\ufeff"), extensions={"gfm", "frontmatter"})
        assert verdict(formatted) == expected


@given(st.text())
def test_parsing_never_fails(text: str) -> None:
    for plan in parse_plan(text):
        assert 0 <= plan.span.start <= plan.span.end <= len(text)
