"""Find and read gap maps: which one a plan names, and that nothing else is ever read."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.gap_maps import GapMaps
from lint_migration_plan.lint.read_file import read_text
from lint_migration_plan.lint.runner import judge_file, lint_text
from program import lint

RULES = ["unmapped-gap", "stale-gap", "gap-map-mismatch", "unreadable-gap-map"]
HEAD = "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
MAP = "# Gap map\n\n| Gap |\n|---|\n| No index |\n"


def plan_of(front: str = "", section: str = "", row: str = "No index") -> str:
    front = f"---\nmigration-plan:\n  gap-map: {front}\n---\n\n" if front else ""
    stage = "### Stage 1 — Move\n\n**Risk**: low\n\n"
    table = f"{HEAD}| {row} | low | 1h | Stage 1 | |\n"
    return f"{front}## Migration: Orders\n\n{stage}## Gap → Stage Mapping\n\n{section}\n\n{table}"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "repository"
    (place / ".git").mkdir(parents=True)
    (place / "docs").mkdir()
    monkeypatch.chdir(place)
    return place


def said(text: str, path: str = "docs/plan.md", config: Config | None = None) -> list[str]:
    Path(path).write_text(text, encoding="utf-8")
    config = (config or Config()).with_command_line(select=RULES)
    return [f"{each.rule}: {each.message}" for each in judge_file(path, config, GapMaps()).diagnostics]


def test_front_matter_wins_over_the_link_in_the_section() -> None:
    Path("docs/gaps.md").write_text(MAP)
    Path("docs/other.md").write_text(MAP.replace("index", "copy"))
    assert said(plan_of("gaps.md", "[Gap map](other.md)")) == []
    assert said(plan_of("other.md", "[Gap map](gaps.md)")) != []
    assert said(plan_of("", "[Gap map](gaps.md)")) == []


def test_a_path_of_the_configuration_is_relative_to_it() -> None:
    Path(".lint-migration-plan.yaml").write_text("gap-map: lists/gaps.md\n")
    Path("lists").mkdir()
    Path("lists/gaps.md").write_text(MAP + "| No copy |\n")
    Path("docs/plan.md").write_text(plan_of())
    run = lint("--select", ",".join(RULES), "docs/plan.md")
    assert run.rules == ["unmapped-gap"]
    # A map that is linted along with the plans is no plan without a map.
    assert "is the plan itself" not in lint("--select", ",".join(RULES), "lists/gaps.md").out


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("[gap map](gaps.md)", True),
        ("[the gaps](gaps.md#part)", True),
        ("[here](gaps.md)", True),
        ("[list](list-of-gaps.md)", True),
        ("[gap map](./gaps.md?plain=1)", True),
        ("[gap map](%2Ftmp/gaps.md)", False),
        ("[gap map](%5C%5Chost/gaps.md)", False),
        ("[gap map](https%3A//example.org/gaps.md)", False),
        ("[gap map](/docs/gaps.md)", False),
        ("[gap map](https://example.org/gaps.md)", False),
        ("[gap map](file:gaps.md)", False),
        ("[gap map](//host/gaps.md)", False),
        ("[gap map](\\\\host\\gaps.md)", False),
        ("[gap map](gaps.txt)", False),
        ("[how to write a gap map](gaps.md)", False),
        ("[runbook](runbook.md)", False),
        ("`[gap map](gaps.md)`", False),
        ("<!-- [gap map](gaps.md) -->", False),
    ],
)
def test_only_a_link_that_speaks_of_gaps_is_followed(link: str, read: bool) -> None:  # noqa: FBT001
    for name in ("gaps", "list-of-gaps", "runbook"):
        Path(f"docs/{name}.md").write_text(MAP.replace("No index", "No index |\n| No copy"))
    assert [each.partition(":")[0] for each in said(plan_of("", link))] == ["unmapped-gap"] * read


def test_a_link_that_may_be_meant_for_something_else_is_no_reason_to_complain() -> None:
    assert said(plan_of("", "[gap analysis of 2024](gap-analysis-2024.md)")) == []
    Path("docs/gap-analysis-2024.md").write_text(MAP.replace("No index", "No lift"))
    assert said(plan_of("", "[gap analysis of 2024](gap-analysis-2024.md)")) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.md", "cannot be read: no such file or directory; the path is relative to the plan"),
        ("../../secret.md", "lies outside the repository"),
        ("../../../../../../../../etc/passwd", "lies outside the repository"),
        ("linked-file.md", "lies outside the repository"),
        ("linked-folder/secret.md", "lies outside the repository"),
        ("linked-passwd.md", "lies outside the repository"),
        ("ring-1.md", "cannot be read"),
        ("binary.md", "cannot be read: the file is not UTF-8"),
        ("nul.md", "holds no table"),
        ("folder.md", "not a regular file but a folder"),
        ("pipe.md", "not a regular file but a pipe"),
        ("plan.md", "is the plan itself"),
        ("./x/../plan.md", ""),
        ("same.md", "is the plan itself"),
        ("hard.md", "is the plan itself"),
        ("gaps.csv", "is no Markdown file"),
        ("to-csv.md", "is no Markdown file"),
        ("empty.md", "holds no table with a column Gap, and no list of gaps"),
        ("x" * 300 + ".md", "cannot be read"),
    ],
)
def test_what_cannot_be_a_map_is_said_and_not_read(repository: Path, name: str, reason: str) -> None:
    docs, outside = repository / "docs", repository.parent
    (outside / "secret.md").write_text(MAP)
    (docs / "linked-file.md").symlink_to(outside / "secret.md")
    (docs / "linked-folder").symlink_to(outside)
    (docs / "linked-passwd.md").symlink_to("/etc/passwd")
    (docs / "ring-1.md").symlink_to("ring-2.md")
    (docs / "ring-2.md").symlink_to("ring-1.md")
    (docs / "binary.md").write_bytes(bytes(range(256)) * 10)
    (docs / "nul.md").write_bytes(b"\0" * 100)
    (docs / "folder.md").mkdir()
    os.mkfifo(docs / "pipe.md")
    (docs / "plan.md").write_text("")
    (docs / "same.md").symlink_to("plan.md")
    os.link(docs / "plan.md", docs / "hard.md")
    (docs / "gaps.csv").write_text("gap\n")
    (docs / "to-csv.md").symlink_to("gaps.csv")
    (docs / "empty.md").write_text("")
    diagnostics = said(plan_of(name))
    assert len(diagnostics) == 1
    assert diagnostics[0].startswith("unreadable-gap-map: gap map '")
    assert reason in diagnostics[0]
    run = lint("--select", ",".join(RULES), "--show-source", "docs/plan.md")
    assert run.out.replace("\n", "").isprintable()
    assert lint("--coverage", "docs/plan.md").status == 2


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "https://example.org/gaps.md",
        "//host/gaps.md",
        '"a\\0b.md"',
        '"\\e]0;x\\a.md"',
        "x" * 5000 + ".md",
        "[a]",
    ],
)
def test_what_no_path_of_a_repository_looks_like_is_wrong_in_the_front_matter(name: str) -> None:
    with mock.patch.object(GapMaps, "document") as document:
        assert said(plan_of(name)) == []
        run = lint("--select", "invalid-front-matter," + ",".join(RULES), "--show-source", "docs/plan.md")
    assert document.call_count == 0
    assert "[invalid-front-matter]" in run.out
    assert "gap-map]" not in run.out
    assert run.out.replace("\n", "").isprintable()
    assert lint("--coverage", "docs/plan.md").status == 2


def test_a_map_that_is_too_large_or_too_deep_is_said() -> None:
    Path("docs/gaps.md").write_text(MAP + "\ntext" * 1000)
    (large,) = said(plan_of("gaps.md"), config=Config(max_file_size=2000))
    assert "at most 2,000 are read" in large
    Path("docs/gaps.md").write_text(MAP + "\n" + ">" * 300 + " x\n")
    (deep,) = said(plan_of("gaps.md"))
    assert "cannot be read: line " in deep


def test_a_link_inside_the_repository_may_lead_through_links_and_dots(repository: Path) -> None:
    (repository / "real").mkdir()
    (repository / "real/gaps.md").write_text(MAP)
    (repository / "docs/via").symlink_to("../real")
    assert said(plan_of("via/gaps.md")) == []
    assert said(plan_of("../real/gaps.md")) == []
    assert said(plan_of("via/../real/gaps.md")) == []


def test_without_a_repository_the_folder_of_the_plan_is_the_border(tmp_path: Path, repository: Path) -> None:
    (repository / ".git").rmdir()
    (repository / "gaps.md").write_text(MAP)
    (repository / "docs/gaps.md").write_text(MAP)
    assert said(plan_of("gaps.md")) == []
    assert "lies outside" in said(plan_of("../gaps.md"))[0]
    assert tmp_path.is_dir()


def test_a_map_is_read_once_a_run_and_again_when_it_is_forgotten() -> None:
    Path("docs/gaps.md").write_text(MAP)
    names = ["docs/a.md", "docs/b.md", "docs/c.md"]
    for name in names:
        Path(name).write_text(plan_of("gaps.md"))
    config = Config().with_command_line(select=RULES)
    maps = GapMaps()
    with mock.patch("lint_migration_plan.lint.gap_maps.read_text", wraps=read_text) as read:
        for name in names:
            judge_file(name, config, maps)
            # Who runs on for days, as a server does, keeps no more than what the last file asked for.
            assert len(maps.followed) == 1
        assert read.call_count == 1
        Path("docs/gaps.md").write_text(MAP + "| No copy |\n")
        assert judge_file(names[0], config, maps).diagnostics == ()
        maps.forget("docs/gaps.md")
        assert len(judge_file(names[0], config, maps).diagnostics) == 1
        assert read.call_count == 2


def test_no_map_is_read_where_no_rule_asks_for_it() -> None:
    Path("docs/gaps.md").write_text(MAP)
    Path("docs/plan.md").write_text(plan_of("gaps.md"))
    with mock.patch("lint_migration_plan.lint.gap_maps.read_text", wraps=read_text) as read:
        judge_file("docs/plan.md", Config().with_command_line(select=["stage-heading"]), GapMaps())
        lint_text(plan_of("gaps.md"))
    assert read.call_count == 0


def test_a_text_without_a_place_has_no_map_and_one_with_a_place_has() -> None:
    Path("docs/gaps.md").write_text(MAP + "| No copy |\n")
    config = Config().with_command_line(select=RULES)
    assert lint_text(plan_of("gaps.md"), config=config) == ()
    assert [each.rule for each in lint_text(plan_of("gaps.md"), "docs/plan.md", config)] == ["unmapped-gap"]
    selected = ("--select", ",".join(RULES))
    assert lint(*selected, "-", stdin=plan_of("gaps.md").encode()).out == ""
    run = lint(*selected, "--stdin-filename=docs/plan.md", "-", stdin=plan_of("gaps.md").encode())
    assert run.rules == ["unmapped-gap"]


def test_the_related_place_is_one_of_the_map_in_text_and_in_json() -> None:
    Path("docs/gaps.md").write_text(MAP + "| No copy |\n")
    Path("docs/plan.md").write_text(plan_of("gaps.md"))
    selected = ("--select", ",".join(RULES), "docs/plan.md")
    assert "    related: docs/gaps.md:6:3: 'No copy'\n" in lint("--show-source", *selected).out
    assert '"related": [{"path": "docs/gaps.md", "line": 6, "column": 3' in lint("--format=json", *selected).out


@pytest.mark.parametrize(("unit", "column"), [("codepoint", 9), ("utf16", 10), ("byte", 13)])
def test_the_column_in_the_map_counts_what_is_asked_for(unit: str, column: int) -> None:
    Path("docs/gaps.md").write_text("# Map\n\n| Of | Gap |\n|---|---|\n| | No index |\n| 🚀 é | No copy |\n", "utf-8")
    Path("docs/plan.md").write_text(plan_of("gaps.md"))
    options = ("--show-source", f"--column-unit={unit}", "--select", ",".join(RULES))
    related = f"    related: docs/gaps.md:6:{column}: 'No copy'\n"
    assert related in lint(*options, "docs/plan.md").out
    # The text in an editor may be called by its whole path, from anywhere.
    whole = os.path.abspath("docs/plan.md")
    os.chdir("/")
    run = lint(*options, f"--stdin-filename={whole}", "-", stdin=plan_of("gaps.md").encode())
    assert related.replace("docs/gaps.md", whole.replace("plan.md", "gaps.md")) in run.out


def test_a_diagnostic_of_a_map_can_be_suppressed() -> None:
    Path("docs/gaps.md").write_text(MAP + "| No copy |\n")
    comment = "<!-- lint-migration-plan: ignore-file[unmapped-gap] -- copied by the vendor -->\n\n"
    assert said(plan_of("gaps.md").replace("## Migration", f"{comment}## Migration")) == []
