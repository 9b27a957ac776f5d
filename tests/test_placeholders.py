"""What a template left is found; routes, macros, statuses and rules that look like it are not."""

from __future__ import annotations

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.values.placeholders import is_placeholder, placeholders_in

PLACEHOLDERS = (
    # the guide's own
    *("{name}", "{dates}", "{Specific change 1}", "{current state summary — one line per layer}", "{duration}"),
    *("{condition 1: e.g., more than 3 stages fail on first attempt}", "{Why now? What triggers the migration?}"),
    *("{infrastructure / data / dependencies / code / config / consumers}", "low / medium / high", "yes / no / N/A"),
    *("infrastructure / data / dependencies / code / config / consumers", 'Stage N-1 (or "none")', "Stage N-1"),
    *("Stage N", "Stage N — {Name}", "Phase N-1", "Exact steps to undo this stage", "Brief description"),
    # blanks of other templates
    *("<name>", "<your name here>", "&lt;owner&gt;", "<start date> – <end date>", "{a} / {b}", "{{DURATION}}"),
    *("{How to confirm `pytest` passes}", "**{name}**", "[Your team]", "[Add DBA contact]", "[date]", "[X hours]"),
    *("[Benefit 1 - e.g., 30% faster]", "[YYYY-MM-DD]", "YYYY-MM-DD", "YYYY-MM-DD to YYYY-MM-DD", "<Name>, <Role>"),
    # notes to oneself
    *("TBD", "tbd", "TBD.", "[TBD]", "_[TBD]_", "(TBD)", '"TBD"', "TODO", "TODO:", "FIXME", "???", "?", "XXX", "..."),
    *("…", r"\_\_\_\_", "to be determined", "To be decided.", "待定", "TBC", "Lorem ipsum dolor sit amet"),
    # lists of choices of which none was taken
    *("Low/Medium/High", r"low \| medium \| high", "low, medium, or high", "[Critical/High/Medium/Low]", "yes/no"),
    *("Yes | No | N/A", "high or medium or low", "[Hours/Days/Weeks]", "(yes / no)"),
)

VALUES = (
    *("", " ", "low", "none", "n/a", "-", "—", "yes", "Stage 2", "Stage N2", "maybe", "stage name", "`{id}`", "`TBD`"),
    *("[x]", "[ ]", "[X]", "[M]", "[M] [CW]", "[Your team](team.md)", "[TBD](https://example.org)", "/orders/{id}"),
    *("{sitemap.ts, robots.ts}", "{dev,staging,prod}", "${HOME}", "{#anchor}", "{% include x %}", "{}", "{ }"),
    *('{"a": 1}', "{id: 5}", "<br>", "<kbd>x</kbd>", "<App />", "<!-- TBD -->", "<https://example.org>"),
    *("5 < 6 and 7 > 4", "low / medium", "Low-Medium", "yes and no", "[Done]", "[Not applicable]", "[Stage 2]"),
    *("infrastructure, data, dependencies, code, config, consumers", "[March 2026]", "[WIP DRAFT]", "[P0]", "[^1]"),
    *("infrastructure, data, dependencies, code, config and consumers", "[[Wiki page]]", "[See appendix A]"),
    *("Todo", "⏳ TODO", "TODO list", "DOC-XXX", "TBD-12", "mcp[cli]", "A {name} for all", "the {x} route is kept"),
    *("[Low]", "[data, code]", "x", "{name} " * 60),
)


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_a_placeholder_is_told_by_its_form(value: str) -> None:
    assert is_placeholder(literal(value))


@pytest.mark.parametrize("value", VALUES)
def test_what_only_looks_like_one_is_none(value: str) -> None:
    assert not is_placeholder(literal(value))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Owner is TBD, ask Ann", ["TBD"]),
        ("TODO: write it", ["TODO:"]),
        ("TODO(ann): write it", ["TODO(ann):"]),
        ("First. FIXME: this", ["FIXME:"]),
        ("  TODO — write the rollback", ["TODO"]),
        ("[TBD] by Ann", ["[TBD]"]),
        ("at [tbd], then at TBD", ["[tbd]", "TBD"]),
        ("Set the owner (TBD).", ["TBD"]),
        ("{hours} hours", ["{hours}"]),
        ("Planning: {dates} (2 weeks)", ["{dates}"]),
        ("Do {Specific change 1} first", ["{Specific change 1}"]),
        ("or {condition 2: e.g., total timeline exceeds estimate by 2x}", None),
        ("Why: {Why now? What triggers the migration?} and more", ["{Why now? What triggers the migration?}"]),
        ("DBA: [Add DBA contact]", ["[Add DBA contact]"]),
        ("Signed off on: [date]", ["[date]"]),
    ],
)
def test_placeholders_stand_in_prose(text: str, found: list[str] | None) -> None:
    wanted = found if found is not None else [text[text.index("{") :]]
    assert [placeholder.plain for placeholder in placeholders_in(literal(text))] == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("⏳ TODO", "TODO list", "Status: TODO", "BORRAR TODO: nada queda", "Todo: eso", "TODO/FIXME comments"),
        *(
            "remove every TODO: comment",
            "no TBD left",
            "all TBD items",
            "Closes #TBD",
            "TBD-12",
            "DOC-XXXX",
            "a .tbd file",
        ),
        *("`TODO: x`", "`{name}`", "/orders/{name}", "greet with {name} and {date}", "logs-{date}.txt", "${name}"),
        *("{{name}}", "Click [Add user]", "[Add user] is the button", "see [TBD](x.md)", 'the "TBD" marker', "____"),
        *("{sitemap.ts, robots.ts}", "[x] done", "Legend: [M]", "Note: [Not applicable]", "Ref: [Smith 2020]"),
        *(
            "progress ____----",
            "see https://example.org/TODO:x",
            "key: [a, b]",
            "stage N needs stage N-1",
            "low / medium / high",
        ),
    ],
)
def test_prose_with_look_alikes_holds_none(text: str) -> None:
    assert list(placeholders_in(literal(text))) == []
