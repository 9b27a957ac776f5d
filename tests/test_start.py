"""What a start may import: people pay for that at each commit.

Whoever needs one module more looks first whether it is needed by a plan without a defect, and then adds it here.
"""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from program import COMMAND, GOOD, ROOT, impersonal

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "lint_migration_plan"
PLAN = str(ROOT / "fixtures" / "plans" / "orders-database.md")

#: For ``--version``: nothing but the words.
VERSION = {"cli"}

#: For a plan that is known: how it is found, and told.
KNOWN = VERSION | {"cache", "plain_arguments", "replay", "report", "report.summary"}

#: For a plan without a defect that is not known: how it is read and judged, besides the rules and what they ask.
JUDGED = KNOWN | {
    *("adoption", "config", "config.discover", "config.faults", "config.files", "config.paths", "config.selection"),
    *("config.settings", "config.words", "lint", "cached", "lint.collect", "lint.diagnostic", "lint.fix"),
    *(
        "lint.gap_map_links",
        "lint.gap_maps",
        "lint.git",
        "lint.limit",
        "lint.outcome",
        "lint.parse_file",
        "lint.read_file",
    ),
    *("lint.registry", "lint.rule", "lint.rule_table", "lint.runner", "lint.subject", "lint.suppress", "lint.words"),
    *("markdown", "markdown.comments", "markdown.commonmark", "markdown.document", "markdown.html_tags"),
    *(
        "markdown.inline",
        "markdown.locate",
        "markdown.parser",
        "markdown.source",
        "report.formats",
        "reports",
        "streams",
    ),
}

#: Of others, besides what the interpreter has imported by itself. All are small.
OTHERS = {"__future__", "gc", "pwd", "_blake2"}
#: And besides what the parser of Markdown imports: dates, which are read of each plan.
JUDGED_OTHERS = OTHERS | {"_datetime", "datetime", "_heapq", "heapq", "_bisect", "bisect", "fnmatch", "copy", "math"}


def imported_by(code: str, *, kept: str = "") -> set[str]:
    """Run code in a process of its own and give the modules that it imported."""
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env=impersonal({"LINT_MIGRATION_PLAN_CACHE_DIR": kept}),
    )
    return set(result.stdout.splitlines()[-1].split())


def lint_imports(*arguments: str, kept: str = "") -> tuple[set[str], set[str]]:
    """Run the command line, and give the modules of ours that it imported, and those of others."""
    imported = imported_by(
        f"from {PACKAGE}.cli import main\ntry:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass", kept=kept
    )
    ours = {name for name in imported if name.partition(".")[0] == PACKAGE}
    return {name.removeprefix(f"{PACKAGE}.") for name in ours - {PACKAGE}}, imported - ours - by_nothing()


@lru_cache(maxsize=1)
def by_nothing() -> set[str]:
    """Give the modules that a bare interpreter imports here (an editable installation adds some)."""
    return imported_by("")


def test_the_version_is_told_by_next_to_nothing() -> None:
    ours, others = lint_imports("--version")
    assert ours - VERSION == set()
    assert others - OTHERS == set()


def test_a_plan_that_is_known_needs_nothing_that_could_judge_it(tmp_path: Path) -> None:
    kept = str(tmp_path)
    # Of code that is being worked on nothing is kept for two seconds.
    not_young = f"from {PACKAGE} import cache\ncache._YOUNG = 0\n"
    imported_by(f"{not_young}from {PACKAGE}.cli import main\nmain({['--isolated', PLAN]!r})", kept=kept)
    ours, others = lint_imports("--isolated", PLAN, kept=kept)
    # Python's own clock is asked how old the code is only where somebody works on it.
    assert ours - KNOWN == set()
    assert others - OTHERS - {"time"} == set()
    assert "replay" in ours
    assert "lint" not in ours


def test_a_plan_without_a_defect_needs_little_besides_the_parser(tmp_path: Path) -> None:
    parser = imported_by("from markdown_it import MarkdownIt")
    ours, others = lint_imports("--isolated", PLAN, kept=str(tmp_path))
    asked = {name for name in ours if name.partition(".")[0] in {"plan", "rules"}}
    assert "rules.stages.unknown_risk" in asked
    assert ours - asked - JUDGED == set()
    assert others - parser - JUDGED_OTHERS == set()
    assert parser - others - by_nothing() == set()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["--list-rules"], ["--explain", "unknown-risk"]])
def test_what_lints_nothing_imports_no_parser(arguments: list[str]) -> None:
    _, others = lint_imports(*arguments)
    assert not others & {"markdown_it", "yaml", "wcwidth", "mdformat", "tomllib", "json"}


def test_no_garbage_is_looked_for_in_a_run_that_ends_soon() -> None:
    code = (
        f"import gc, sys\nfrom unittest import mock\nfrom {PACKAGE} import cli\n"
        "with mock.patch.object(cli, 'main', lambda _: print(gc.isenabled()) or 0):\n    cli.run()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_who_imports_us_keeps_his_garbage_collection() -> None:
    code = f"import gc\nfrom {PACKAGE} import lint_text\nlint_text({GOOD.decode()!r})\nprint(gc.isenabled())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "True\n"
    code = f"import gc\nfrom {PACKAGE}.cli import main\nmain(['-q', {PLAN!r}])\nprint(gc.isenabled())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "True\n"


def test_the_program_is_what_these_tests_say_of_its_parts(tmp_path: Path) -> None:
    run = subprocess.run([*COMMAND, "--isolated", PLAN], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert run.stderr == "no complaints in 1 plan\n"
