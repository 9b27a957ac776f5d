"""One line for tools, and below it, indented, what helps a person."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Suggestion
from lint_migration_plan.report.text import render

PLAN = """\
## Migration: shop

### Stage 1 — Prepare
**Risk**: Meduim
**Changes**:
\t- add 日本 things
""".splitlines()

OWN_CODES = re.compile(r"\x1b\[(?:0|1|2|1;31|1;33|1;36)m")


def plan_line(_path: str, line: int) -> str | None:
    return PLAN[line - 1] if line <= len(PLAN) else None


def diagnostic(
    message: str = "risk 'Meduim' is not one of: low, medium, high",
    *,
    path: str = "plan.md",
    span: tuple[int, int, int, int] = (4, 11, 4, 17),
    severity: Severity = Severity.ERROR,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    return Diagnostic("unknown-risk", severity, message, Location(path, *span), related)


def text(*diagnostics: Diagnostic, show_source: bool = True, color: bool = False, width: int = 120) -> str:
    return "".join(
        render(diagnostics, show_source=show_source, color=color, source_line=plan_line, width=width),
    )


def test_a_line_each() -> None:
    assert text(
        diagnostic(),
        diagnostic("late", path="./a b/é.md", span=(1, 1, 1, 1), severity=Severity.WARNING),
        diagnostic("hm", severity=Severity.INFO),
        show_source=False,
    ) == (
        "plan.md:4:11: error: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n"
        "./a b/é.md:1:1: warning: late [unknown-risk]\n"
        "plan.md:4:11: info: hm [unknown-risk]\n"
    )


@pytest.mark.parametrize(
    ("path", "opens"), [(" plan.md", r"\x20plan.md:4:11: "), ("::error::\n", r"\::error::\n:4:11: ")]
)
def test_a_path_neither_indents_its_line_nor_opens_a_command(path: str, opens: str) -> None:
    assert text(diagnostic(path=path), show_source=False).startswith(opens)


def test_the_source_and_the_related_places() -> None:
    related = (
        Related(Location("plan.md", 3, 1, 3, 22), "stage 1 stands here"),
        Related(Location("gap map.md", 12, 3, 12, 9), "and its gap here"),
    )
    assert text(diagnostic(related=related)) == (
        "plan.md:4:11: error: risk 'Meduim' is not one of: low, medium, high [unknown-risk]\n"
        "    4 | **Risk**: Meduim\n"
        "      |           ^^^^^^\n"
        "    related: plan.md:3:1: stage 1 stands here\n"
        "    related: gap map.md:12:3: and its gap here\n"
    )


@pytest.mark.parametrize(
    ("span", "source", "caret"),
    [
        pytest.param(
            (3, 5, 6, 4), "    3 | ### Stage 1 — Prepare", "      |     ^^^^^^^^^^^^^^^^^", id="several lines"
        ),
        pytest.param((6, 8, 6, 10), "    6 |     - add 日本 things", "      |           ^^^^", id="tab and wide"),
        pytest.param((1, 19, 1, 19), "    1 | ## Migration: shop", "      |                   ^", id="behind the end"),
    ],
)
def test_frames(span: tuple[int, int, int, int], source: str, caret: str) -> None:
    assert text(diagnostic(span=span)).splitlines()[1:] == [source, caret]


def test_the_spaces_at_the_end_of_a_line_are_not_underlined() -> None:
    lines = render([diagnostic(span=(1, 1, 2, 3))], show_source=True, color=False, source_line=lambda *_: "ab  ")
    assert list(lines)[1:] == ["    1 | ab  \n", "      | ^^\n"]


def test_columns_in_the_unit_that_is_asked_for() -> None:
    lines = {"plan.md": "🚀 é risk", "gaps.md": "→ risk"}
    related = (
        Related(Location("gaps.md", 1, 3, 1, 7), "in a file that was read"),
        Related(Location("gone.md", 1, 3, 1, 7), "in one that was not"),
    )
    shown = {
        unit: "".join(
            render(
                [diagnostic("late", span=(1, 5, 1, 9), related=related)],
                show_source=True,
                color=False,
                source_line=lambda path, _: lines.get(path),
                column_unit=unit,
            )
        )
        for unit in ("codepoint", "utf16", "byte")
    }
    assert shown["byte"] == (
        "plan.md:1:9: error: late [unknown-risk]\n"
        "    1 | 🚀 é risk\n"
        "      |      ^^^^\n"
        "    related: gaps.md:1:5: in a file that was read\n"
        "    related: gone.md:1:3: in one that was not\n"
    )
    # The caret stands where a terminal shows the character, whatever the column counts.
    assert shown["utf16"] == shown["byte"].replace(":1:9:", ":1:6:").replace(":1:5:", ":1:3:")
    assert shown["codepoint"] == shown["byte"].replace(":1:9:", ":1:5:").replace(":1:5: in", ":1:3: in")


@pytest.mark.parametrize("line", [2, 99])
def test_a_blank_or_unknown_line_has_no_frame(line: int) -> None:
    assert len(text(diagnostic(span=(line, 1, line, 1))).splitlines()) == 1


def test_a_line_number_of_any_length_keeps_the_frame_indented() -> None:
    shown = list(
        render(
            [diagnostic(span=(1234567, 1, 1234567, 2))], show_source=True, color=False, source_line=lambda *_: "a" * 300
        )
    )
    assert shown[1].startswith(" 1234567 | aaa")
    assert shown[2] == "         | ^\n"
    assert len(shown[1].rstrip("\n")) == 120 - 2  # room for a second ellipsis and for a caret behind the end


def test_a_narrow_terminal_still_shows_something() -> None:
    assert "| **Risk**: Meduim\n" in text(diagnostic(), width=1)


@pytest.mark.parametrize(
    ("safe", "options"), [(True, "    --fix: write\\nthis\n"), (False, "    --fix --unsafe-fixes: write\\nthis\n")]
)
def test_what_would_mend_it(*, safe: bool, options: str) -> None:
    fixed = diagnostic()._replace(fix=Suggestion("write\nthis", (), safe))
    assert text(fixed).endswith(options)
    assert text(fixed, show_source=False).count("\n") == 1


def test_why_nothing_mends_it() -> None:
    assert text(diagnostic()._replace(no_fix="two stages have the number 2")).endswith(
        "    no fix: two stages have the number 2\n"
    )


def test_only_the_first_related_places_are_shown() -> None:
    def shown(count: int) -> list[str]:
        places = tuple(Related(Location("plan.md", number, 1, number, 2), "here too") for number in range(1, count + 1))
        return text(diagnostic(related=places)).splitlines()[3:]

    assert len(shown(10)) == 10
    assert shown(11)[-1] == "    related: 1 more place"
    assert shown(30)[-1] == "    related: 20 more places"
    assert len(shown(30)) == 11


@pytest.mark.parametrize(
    ("severity", "code"), [(Severity.ERROR, "1;31"), (Severity.WARNING, "1;33"), (Severity.INFO, "1;36")]
)
def test_colours(severity: Severity, code: str) -> None:
    place = Related(Location("plan.md", 3, 1, 3, 2), "here")
    assert text(diagnostic("late", severity=severity, related=(place,)), color=True) == (
        f"\x1b[1mplan.md\x1b[0m:4:11: \x1b[{code}m{severity.value}\x1b[0m: late [unknown-risk]\n"
        " \x1b[2m   4 |\x1b[0m **Risk**: Meduim\n"
        f" \x1b[2m     |\x1b[0m           \x1b[{code}m^^^^^^\x1b[0m\n"
        "    \x1b[2mrelated:\x1b[0m plan.md:3:1: here\n"
    )


ANY = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(
            [
                "\n",
                "\r",
                "\x1b[31m",
                "\x9b",
                "\u202e",
                "\u2069",
                "\u2028",
                "\ufeff",
                "\udcff",
                "::",
                "##[",
                "##vso[",
                " ",
            ]
        ),
    )
).map("".join)
NUMBER = st.integers(1, 10**6)
LOCATION = st.builds(Location, ANY, NUMBER, NUMBER, NUMBER, NUMBER)
DIAGNOSTIC = st.builds(
    Diagnostic,
    ANY,
    st.sampled_from(Severity),
    ANY,
    LOCATION,
    st.lists(st.builds(Related, LOCATION, ANY), max_size=3).map(tuple),
)


@given(
    diagnostics=st.lists(DIAGNOSTIC, max_size=3), source=st.none() | ANY, show_source=st.booleans(), color=st.booleans()
)
def test_whatever_is_told_stays_in_its_lines(
    *, diagnostics: list[Diagnostic], source: str | None, show_source: bool, color: bool
) -> None:
    printed = "".join(render(diagnostics, show_source=show_source, color=color, source_line=lambda *_: source))
    plain = OWN_CODES.sub("", printed) if color else printed
    lines = plain.split("\n")
    assert lines.pop() == ""
    assert lines == plain.splitlines()
    assert sum(not line.startswith(" ") for line in lines) == len(diagnostics)
    assert show_source or len(lines) == len(diagnostics)
    bad = {"Cc", "Cs", "Zl", "Zp"}
    assert not [char for line in lines for char in line if unicodedata.category(char) in bad]
    assert not [char for char in plain if unicodedata.bidirectional(char) in BIDI_MARKS]
    assert not re.search(r"##(vso|teamcity)?\[", plain, re.IGNORECASE)
    assert not [line for line in lines if line.lstrip().startswith("::")]


BIDI_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("", "wcwidth json argparse yaml markdown_it"),
        ("list(text.render([d], show_source=True, color=True, source_line=lambda *_: 'Größe — x'))", "wcwidth"),
    ],
)
def test_what_is_not_needed_is_not_imported(code: str, absent: str) -> None:
    program = (
        "import sys\n"
        "from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity\n"
        "from lint_migration_plan.report import color, text\n"
        "d = Diagnostic('r', Severity.INFO, 'm', Location('p', 1, 9, 1, 10))\n"
        f"{code}\n"
        f"print(*sorted(set({absent!r}.split()) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
