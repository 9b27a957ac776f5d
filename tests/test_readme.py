"""What the README says is true: its commands, its options, its samples, its links and its numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lint_migration_plan
from lint_migration_plan.arguments import build_parser
from lint_migration_plan.config.front_matter import FrontMatterError, read_front_matter
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.suppress import find_suppressions
from lint_migration_plan.markdown.commonmark import MAX_NESTING
from lint_migration_plan.markdown.parser import LONGEST_TEXT, parse_document
from lint_migration_plan.plan.orderings import GUIDE
from lint_migration_plan.report.formats import FORMATS
from lint_migration_plan.report.rdjson import LONGEST_SUGGESTION
from program import BAD_RULES, GOOD, PATIENCE, ROOT, lint

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
EDITORS = (ROOT / "docs" / "editors.md").read_text("utf-8")

#: Options of ours; those of the other programs that the texts name are told apart by the program before them.
OPTIONS = {option for action in build_parser()._actions for option in action.option_strings}  # noqa: SLF001 - there is no other way to ask
OTHERS = {
    *("--quiet", "--update", "--wrap", "--ignore-scripts", "--install-extension", "--every-defect", "--sample"),
}


def fences(language: str, text: str = README) -> list[str]:
    """Give the contents of the fences of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def named_options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


@pytest.mark.parametrize("text", [README, CONTRIBUTING, EDITORS], ids=["README", "CONTRIBUTING", "editors"])
def test_the_options_that_are_named_exist(text: str) -> None:
    assert named_options(text) - OTHERS <= OPTIONS


def test_help_names_all_options_and_no_others() -> None:
    assert named_options(lint("--help").out) == {option for option in OPTIONS if option.startswith("--")}


def test_the_formats_are_listed_and_the_sample_writes_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (section,) = re.findall(r"^## In a build\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(FORMATS)
    assert f"more than {LONGEST_SUGGESTION} lines" in section
    (sample,) = fences("sh", section)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "plan.md").write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    run = lint(*sample.split()[1:])
    assert (run.status, run.out) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"docs", "plans.sarif", "plans.xml"}


def test_the_first_line_that_a_reader_sees_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "fixtures" / "plans")
    run = lint("payments-platform.md")
    (shown,) = fences("text")
    assert shown == run.out.splitlines(keepends=True)[0]
    assert run.rules == BAD_RULES
    assert "with three defects in it" in README


def test_the_two_commands_are_as_the_gate_runs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_ = fences("sh")
    monkeypatch.chdir(ROOT)
    *_, arguments = first.strip().partition(".venv/bin/lint-migration-plan ")
    run = lint(*arguments.split())
    assert (run.status, run.rules) == (1, BAD_RULES)
    assert first.startswith("python3 -m venv .venv && .venv/bin/python -m pip install --quiet . && ")
    gate = (ROOT / ".ci" / "run").read_text("utf-8")
    (extraction,) = re.findall(r"^tests=\$\((.*)\)$", gate, re.MULTILINE)
    done = subprocess.run(["bash", "-c", extraction], check=True, capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout == second
    assert "-m pytest" in second


@pytest.mark.parametrize("line", fences("sh")[2].splitlines())
def test_the_commands_below_use_work(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("PLAN.md", "docs/plan.md"):
        (tmp_path / name).write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    command = line.partition("#")[0].replace("RULE", "unknown-risk").partition("<")[0].split()
    assert command[0] == "lint-migration-plan"
    assert lint(*command[1:], stdin=GOOD).status == 0


@pytest.mark.parametrize("sample", fences("console"))
def test_the_runs_that_are_shown_are_real(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, _, shown = sample.partition("\n")
    prompt, program, *arguments = command.split()
    assert (prompt, program) == ("$", "lint-migration-plan")
    run = lint(*arguments)
    assert (run.status, run.out, run.err) == (0, shown, "")


def test_the_sample_of_a_configuration_is_one(tmp_path: Path) -> None:
    (sample,) = (fence for fence in fences("yaml") if "vocabulary:" in fence)
    file = tmp_path / ".lint-migration-plan.yaml"
    file.write_text(sample, encoding="utf-8")
    config = read_config(str(file))
    assert config.fail_on == "error"
    assert config.vocabulary.stage_words == ("Phase",)
    assert config.excludes(str(tmp_path / "archive" / "old.md"))
    assert "placeholder-text" not in config.for_file(str(tmp_path / "drafts" / "plan.md")).enabled_rules()


def test_the_sample_of_front_matter_is_some() -> None:
    (sample,) = (fence for fence in fences("yaml") if fence.startswith("---"))
    settings = read_front_matter(sample.strip().removeprefix("---").removesuffix("---"))
    assert not isinstance(settings, FrontMatterError)
    assert settings == ("platform", "gaps.md")


def test_the_sample_of_an_ordering_is_one(tmp_path: Path) -> None:
    (sample,) = (fence for fence in fences("yaml") if fence.startswith("type:"))
    file = tmp_path / ".lint-migration-plan.yaml"
    file.write_text(sample, encoding="utf-8")
    config = read_config(str(file))
    assert list(config.orderings) == [config.type]


def test_the_form_of_a_plan_has_the_milestones_that_are_judged() -> None:
    form = (ROOT / "docs" / "plan.md").read_text("utf-8")
    for ordering in GUIDE.values():
        lines = "; ".join(milestone.line for milestone in ordering.milestones)
        assert f"\n| `{ordering.name}` | {lines} |\n" in form


def test_the_samples_of_hooks_are_some(tmp_path: Path) -> None:
    ours, beside_mdformat = (fence for fence in fences("yaml") if fence.startswith("repos:"))
    for sample in (ours, beside_mdformat):
        check_hook(sample, tmp_path)
    assert f"rev: v{lint_migration_plan.__version__} " in ours


def check_hook(sample: str, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(sample, encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_sample_of_a_suppression_covers_its_stage() -> None:
    (sample,) = fences("markdown")
    (suppression,) = find_suppressions(parse_document(sample))
    assert {name for name, _ in suppression.rules} <= set(ENTRIES)
    assert suppression.reason
    assert suppression.scope is not None
    assert sample[suppression.scope.start :].startswith("### Stage 5")


def test_the_sample_of_python_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.md").write_bytes(GOOD)
    (sample,) = fences("python")
    exec(compile(sample, "README.md", "exec"), {})  # noqa: S102 - it is ours
    assert capsys.readouterr().out.startswith("[(1, 'Test the service")
    for name in re.findall(r"`((?:lint|parse|fix)_\w+)`", README):
        assert callable(getattr(lint_migration_plan, name))


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_links_and_modules_lead_somewhere(text: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (ROOT / link).exists(), link
    for module in re.findall(r"python -m (lint_migration_plan[\w.]*)", text):
        assert (ROOT / "src" / Path(*module.split("."))).with_suffix(".py").exists(), module


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"at most {Config().max_file_size // 1024**2} MiB" in README
    assert Config().max_nesting == MAX_NESTING
    assert f"at most {MAX_NESTING} levels" in README
    assert f"{LONGEST_TEXT:,} characters" in README
    assert f"at most {Config().max_diagnostics:,} diagnostics" in README
    assert Config().max_gap_map_links == 1
    assert f"(default: `{Config().fail_on}`)" in README
