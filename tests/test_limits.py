"""Limits: each is a key of the configuration, and is said where it bites; what lies beyond is never passed in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lint_migration_plan import lint_file, lint_files, lint_text
from lint_migration_plan.arguments import build_parser
from lint_migration_plan.config.schema import schema_text
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity
from lint_migration_plan.lint.limit import TOO_MANY, limited
from program import BAD, BAD_RULES, GOOD, PROSE, ROOT, Run, lint

MAP = "# Gap map\n\n| Gap |\n|---|\n| No chart for the service |\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("bad.md").write_bytes(BAD)
    return tmp_path


def configure(text: str) -> None:
    Path(".lint-migration-plan.yaml").write_text(text, encoding="utf-8")


#: For each limit a value that bites in `NARROW`, one that does not, and what is said.
LIMITS = {
    "max-file-size": ("1 KiB", "1 MiB", "unreadable-file"),
    "max-nesting": ("10", "30", "unreadable-file"),
    "max-diagnostics": ("1", "3", TOO_MANY),
    "max-gap-map-links": ("1", "2", "unreadable-gap-map"),
}
OTHERS = "--select=unknown-risk,unreadable-gap-map"


@pytest.fixture
def narrow() -> None:
    """Write a plan with two defects that is nested deep, and whose gap map is two links away."""
    plan = BAD.replace(b"**Risk**: low", b"**Risk**: unheard-of", 1) + b"\n" + b">" * 20 + b" a\n"
    Path("narrow.md").write_bytes(b"---\nmigration-plan: { gap-map: index.md }\n---\n\n" + plan)
    Path("index.md").write_text("[The gap map](gaps.md)\n", encoding="utf-8")
    Path("gaps.md").write_text(MAP, encoding="utf-8")


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_is_a_key_and_an_option_which_wins(limit: str) -> None:
    bites, fits, said = LIMITS[limit]
    roomy = "".join(f"{key}: {value}\n" for key, (_, value, _) in LIMITS.items() if key != limit)

    def run(key: str, *options: str) -> Run:
        configure(f"{roomy}{limit}: {key}\n")
        return lint(OTHERS, *options, "narrow.md")

    for bitten in (run(bites), run(fits, f"--{limit}={bites}")):
        assert bitten.status == 1
        (line,) = (line for line in bitten.out.splitlines() if line.endswith(f" [{said}]"))
        assert f" {limit} " in line
    for fitting in (run(fits), run(bites, f"--{limit}={fits}")):
        assert fitting.rules == ["unknown-risk"] * 2


@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_is_declared_shown_and_told(limit: str) -> None:
    default = getattr(Config(), limit.replace("-", "_"))
    assert json.loads(schema_text())["properties"][limit]["default"] == default
    assert f"  --{limit} " in build_parser().format_help()
    (row,) = (
        row for row in (ROOT / "README.md").read_text("utf-8").splitlines() if row.startswith("|") and limit in row
    )
    assert f"`{LIMITS[limit][2]}`" in row
    assert f"{limit}: {default}  # default\n" in lint("--show-config", "bad.md").out
    _, fits, _ = LIMITS[limit]
    assert f"{limit}: {1024**2 if limit == 'max-file-size' else fits}  # command line\n" in (
        lint("--show-config", f"--{limit}", fits, "bad.md").out
    )


@pytest.mark.parametrize(
    ("option", "right"),
    [
        ("--max-file-size=0", '0 is not a size in bytes, such as 4096 or "10 MiB"'),
        ("--max-file-size=ten", "'ten' is not a size in bytes"),
        ("--max-nesting=101", "101 is not a whole number from 10 up to 100"),
        ("--max-nesting=deep", "'deep' is not a whole number from 10 up to 100"),
        ("--max-diagnostics=-1", "'-1' is not a whole number from 1"),
        ("--max-gap-map-links=1.5", "'1.5' is not a whole number from 1 up to 10"),
        (f"--max-diagnostics={'9' * 5000}", "is not a whole number from 1"),
    ],
)
def test_an_option_that_is_no_limit_is_told_with_its_name(option: str, right: str) -> None:
    for view in ((), ("--coverage",)):
        run = lint(*view, option, "bad.md")
        assert (run.status, run.out) == (2, "")
        assert f"lint-migration-plan: {option.partition('=')[0]}: " in run.err
        assert right in run.err


@pytest.mark.usefixtures("narrow")
def test_the_views_of_a_plan_are_held_to_the_limits_too() -> None:
    for options, said in (
        (("--max-file-size=1000",), "and at most 1,000 are read"),
        (("--max-nesting=10",), "is nested more than 10 levels deep"),
        ((), "only one link is followed"),
    ):
        run = lint("--coverage", *options, "narrow.md")
        assert (run.status, run.out) == (2, "")
        assert said in run.err
    assert lint("--coverage", "--max-gap-map-links=2", "narrow.md").status == 0


def test_what_cannot_be_read_is_said_whatever_is_selected() -> None:
    large = ("--max-file-size=1000", "bad.md")
    for choice in ((), ("--select=gap-order",), ("--select=stages", "--ignore=stages")):
        run = lint(*choice, *large)
        assert (run.status, run.rules) == (1, ["unreadable-file"])
    assert lint("--ignore=unreadable-file", *large).rules == []


def test_a_plan_that_is_lost_behind_what_is_too_deep_is_not_passed_over() -> None:
    nested = "".join(f"{'  ' * deep}- a\n" for deep in range(70))
    Path("docs").mkdir()
    Path("docs/plan.md").write_bytes(nested.encode() + b"\n" + BAD)
    for choice in (("--plans-only", "docs/plan.md"), ("docs",), ("-", "--plans-only")):
        run = lint(*choice, stdin=Path("docs/plan.md").read_bytes())
        assert (run.status, run.rules) == (1, ["unreadable-file"])
    # A long text loses itself, and nothing behind it.
    Path("docs/plan.md").write_text(f"# Notes\n\n{'a ' * 11_000}\n", encoding="utf-8")
    assert lint("--plans-only", "docs/plan.md").status == 0
    Path("docs/plan.md").write_text(f"{'a ' * 11_000}\n\n{nested}", encoding="utf-8")
    # Without a word that a plan has, nothing can be lost.
    assert lint("--plans-only", "docs/plan.md").status == 0
    Path("docs/plan.md").write_text(f"{'a ' * 11_000}\n\n{nested}\n## Gaps\n", encoding="utf-8")
    assert "line 52 is nested more than 100 levels deep" in lint("--plans-only", "docs/plan.md").out


def some(*severities: str) -> list[Diagnostic]:
    return [
        Diagnostic("gap-order", Severity(severity), severity, Location("a.md", line, 3, line, 5))
        for line, severity in enumerate(severities, 1)
    ]


def test_as_many_as_the_limit_stay_as_they_are() -> None:
    for severities in ((), ("info",), ("error", "info", "warning")):
        assert limited(some(*severities), 3) == tuple(some(*severities))


@pytest.mark.parametrize(
    ("severities", "gravest", "count"),
    [
        (("error", "info"), "info", "1 more diagnostic"),
        (("info", "info", "warning", "info"), "warning", "3 more diagnostics"),
        (("info", "error", "warning"), "error", "2 more diagnostics"),
        (("error", *["info"] * 1500), "info", "1,500 more diagnostics"),
    ],
)
def test_what_is_left_out_is_counted_where_it_begins_and_weighs_what_it_weighed(
    severities: tuple[str, ...], gravest: str, count: str
) -> None:
    first, last = limited(some(*severities), 1)
    assert first == some(*severities)[0]
    assert (last.rule, last.severity, last.location[:3]) == (TOO_MANY, Severity(gravest), ("a.md", 2, 3))
    assert last.message == (
        f"{count} from here on, and at most 1 of a file are reported; mend some, or raise max-diagnostics"
    )


def test_the_limit_holds_for_each_file_in_every_format_and_from_python() -> None:
    configure("max-diagnostics: 1\n")
    Path("good.md").write_bytes(GOOD)
    Path("too.md").write_bytes(BAD)
    expected = [BAD_RULES[0], TOO_MANY]
    run = lint("bad.md", "good.md", "too.md")
    assert (run.status, run.rules) == (1, expected * 2)
    assert "2 more diagnostics from here on" in run.out
    rows = json.loads(lint("--format=json", "bad.md").out)["diagnostics"]
    assert [row["rule"] for row in rows] == expected
    assert lint("-", stdin=BAD).rules == expected
    assert [each.rule for each in lint_file("bad.md")] == expected
    assert [each.rule for each in lint_files(["bad.md", "too.md"]).diagnostics] == expected * 2
    assert [each.rule for each in lint_text(BAD.decode(), config=Config(max_diagnostics=1))] == expected


def test_an_error_beyond_the_limit_fails_the_run_all_the_same() -> None:
    configure("max-diagnostics: 1\nseverity: {unknown-risk: info}\n")
    run = lint("--fail-on=error", "bad.md")
    assert run.rules[0] == "unknown-risk"
    assert run.status == 1


def test_what_is_not_reported_is_mended_and_known_all_the_same() -> None:
    configure("max-diagnostics: 1\n")
    Path("bad.md").write_bytes(BAD.replace(b"**Risk**: low", b"**Risk**: unheard-of", 1))
    assert lint("--fix", "bad.md").rules[0] == "unknown-risk"
    assert b"Meduim" not in Path("bad.md").read_bytes()
    assert lint("--write-baseline", "known.txt", "bad.md").status == 0
    assert lint("--baseline", "known.txt", "bad.md").out == ""


def test_a_flood_ends() -> None:
    rows = "".join(f"### Stage {n} — Move it\n\n**Risk**: {n:05}\n\n" for n in range(1, 3000))
    run = lint("-", "--select=unknown-risk", stdin=f"## Migration: x\n\n{rows}".encode())
    assert run.out.count("\n") == Config().max_diagnostics + 1
    assert run.rules[-1] == TOO_MANY
    assert "1,999 more diagnostics" in run.out


DEEP = b"## Migration: x\n\n### Stage 1 \xe2\x80\x94 Move it\n\n%s a\n"


def test_the_depth_is_counted_in_blocks() -> None:
    configure("max-nesting: 10\n")
    assert "unreadable-file" not in lint("-", stdin=DEEP % (b">" * 8)).rules
    assert "unreadable-file" not in lint("-", stdin=DEEP % (b"- " * 4)).rules
    for deep in (b">" * 10, b"- " * 5, b"1. " * 5, b"> - > - > - >"):
        run = lint("-", stdin=DEEP % deep)
        assert run.rules == ["unreadable-file"]
        assert "line 5 is nested more than 10 levels deep; flatten it, or raise max-nesting" in run.out


def test_the_greatest_depth_is_read_whatever_is_nested() -> None:
    for deep in (b">" * 98, b"- " * 49, b"1. " * 49, b"> - > " * 24):
        assert "unreadable-file" not in lint("-", stdin=DEEP % deep).rules
    run = lint("-", stdin=DEEP % (b">" * 200))
    assert "is nested more than 100 levels deep; flatten it [" in run.out


def test_a_gap_map_is_held_to_the_same_depth() -> None:
    configure("max-nesting: 10\ngap-map: gaps.md\n")
    Path("gaps.md").write_text(f"# Gaps\n\n{'>' * 20} a\n", encoding="utf-8")
    run = lint("--select=unreadable-gap-map", "bad.md")
    assert "cannot be read: line 3 is nested more than 10 levels deep" in run.out


def test_a_gap_map_is_one_link_away_and_further_ones_are_said() -> None:
    configure("gap-map: docs/index.md\n")
    Path("docs/deep").mkdir(parents=True)
    Path("docs/index.md").write_text("# Gaps\n\nThey are in [the gap map](deep/second.md).\n", encoding="utf-8")
    Path("docs/deep/second.md").write_text("Moved to the [gap map](../gaps.md)\n", encoding="utf-8")
    Path("docs/gaps.md").write_text(MAP, encoding="utf-8")
    select = "--select=unreadable-gap-map,unmapped-gap,stale-gap,gap-map-mismatch"
    run = lint(select, "bad.md")
    assert run.rules == ["unreadable-gap-map"]
    assert (
        "gap map 'docs/index.md' links to 'deep/second.md', and only one link is followed; name that file, or raise "
        "max-gap-map-links" in run.out
    )
    configure("gap-map: docs/index.md\nmax-gap-map-links: 2\n")
    assert (
        "gap map 'docs/index.md' links to 'deep/second.md', which links to '../gaps.md', and 2 links led here; name that"
        in lint(select, "bad.md").out
    )
    configure("gap-map: docs/index.md\nmax-gap-map-links: 3\n")
    run = lint(select, "--show-source", "bad.md")
    assert "unreadable-gap-map" not in run.out
    assert "docs/gaps.md:" in run.out


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            "missing.md",
            "cannot be read: no such file or directory; the path is relative to the document that links to it",
        ),
        ("../../outside.md", "lies outside the repository, where nothing is read"),
        ("index.md", "links to 'index.md', and 3 links led here"),
        ("bad.md", "is the plan itself"),
        ("notes.md", "holds no table with a column Gap, and no list of gaps"),
    ],
)
def test_a_link_on_the_way_is_followed_with_the_same_care(place: Path, link: str, said: str) -> None:
    configure("gap-map: index.md\nmax-gap-map-links: 3\n")
    (place.parent / "outside.md").write_text(MAP, encoding="utf-8")
    Path("notes.md").write_bytes(PROSE)
    Path("index.md").write_text(f"[the gap map]({link})\n", encoding="utf-8")
    run = lint("--select=unreadable-gap-map", "bad.md")
    assert f"gap map 'index.md' links to '{link}', which " in run.out
    assert said in run.out


@pytest.mark.parametrize(
    ("key", "right"),
    [
        ("max-nesting: 9", "a whole number from 10 up to 100"),
        ("max-nesting: 101", "a whole number from 10 up to 100"),
        ("max-nesting: deep", "a whole number from 10 up to 100"),
        ("max-diagnostics: 0", "a whole number from 1"),
        ("max-diagnostics: 1.5", "a whole number from 1"),
        ("max-gap-map-links: 0", "a whole number from 1 up to 10"),
        ("max-gap-map-links: 11", "a whole number from 1 up to 10"),
    ],
)
def test_a_limit_is_a_number_within_reason(key: str, right: str) -> None:
    configure(key)
    run = lint("bad.md")
    assert run.status == 2
    name, _, value = key.partition(": ")
    shown = f"'{value}'" if value.isalpha() else value
    assert f".lint-migration-plan.yaml:1: {name} {shown} is not {right}\n" in run.err
