"""The hook, run by the real pre-commit from a copy of this checkout, and our own configuration of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from program import BAD, GOOD, OFFLINE, PROSE, ROOT, git, impersonal

if TYPE_CHECKING:
    from pathlib import Path

PRE_COMMIT = (sys.executable, "-m", "pre_commit")

#: An installation from a registry takes its time.
LONG = 300


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the work tree, with what is not committed yet, in a repository of its own."""
    place = tmp_path_factory.mktemp("checkout")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    return commit(place)


def commit(place: Path) -> Path:
    git(place, "init", "--quiet")
    git(place, "add", ".")
    git(place, "commit", "--quiet", "--message", "Begin")
    return place


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a repository with a good plan, a bad one, and Markdown that is no plan."""
    place = tmp_path / "project"
    (place / "docs").mkdir(parents=True)
    files = {
        "good.md": GOOD,
        "docs/bad plan.md": BAD,
        "docs/notes.markdown": PROSE,
        "README.md": PROSE,
        "code.py": b"\n",
    }
    for name, content in files.items():
        (place / name).write_bytes(content)
    return commit(place)


def pre_commit(place: Path, *arguments: str) -> tuple[int, str]:
    """Run pre-commit in a repository, with a cache of the test's own; skips the test without a registry."""
    environment = impersonal({"PRE_COMMIT_HOME": os.path.join(place.parent, "cache"), "PRE_COMMIT_COLOR": "never"})
    done = subprocess.run(
        [*PRE_COMMIT, *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=LONG,
        cwd=place,
        env=environment,
    )
    if done.returncode == 3 and any(words in done.stdout for words in OFFLINE):
        pytest.skip("pip reaches no registry to install the hook from")
    return done.returncode, done.stdout


def verdict(output: str, name: str = "lint migration plans") -> str:
    """Give the line on one of our hooks, without its dots."""
    (line,) = [line for line in output.splitlines() if line.startswith(name)]
    return line.removeprefix(name).replace(".", "")


def with_hooks(project: Path, checkout: Path, *hooks: str) -> None:
    """Have a repository use some of our hooks."""
    revision = git(checkout, "rev-parse", "HEAD").strip()
    ids = "".join(f"      - id: {hook}\n" for hook in hooks)
    config = f"repos:\n  - repo: {checkout}\n    rev: {revision}\n    hooks:\n{ids}"
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")


def test_the_manifest_and_our_own_configuration_are_valid() -> None:
    for command, file in (
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", ".pre-commit-config.yaml"),
    ):
        done = subprocess.run(
            [*PRE_COMMIT, command, file], check=False, capture_output=True, text=True, cwd=ROOT, timeout=LONG
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_our_own_configuration_installs_what_the_project_needs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert config["repos"][0]["hooks"][0]["additional_dependencies"] == project["dependencies"]


def test_the_hook_is_as_the_readme_says() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == [
        "lint-migration-plan",
        "lint-migration-plan-fix",
        "lint-migration-plan-repo",
    ]
    readme = (ROOT / "README.md").read_text("utf-8")
    for hook in hooks:
        assert f"| `{hook['id']}` |" in readme
        assert hook["entry"].split()[:2] == ["lint-migration-plan", "--plans-only"]
        assert (hook["language"], hook["types"]) == ("python", ["markdown"])
        # What a user sets would take their place.
        assert not {"files", "args", "language_version"} & hook.keys()


@pytest.mark.slow
def test_a_repository_may_try_the_hook(checkout: Path, project: Path) -> None:
    status, output = pre_commit(project, "try-repo", str(checkout), "lint-migration-plan", "--all-files")
    assert status == 1, output
    assert verdict(output) == "Failed"
    assert "- exit code: 1\n" in output
    shown = [line for line in output.splitlines() if line.endswith("]") and ": error: " in line]
    assert [line.partition(":")[0] for line in shown] == ["docs/bad plan.md"] * 3
    assert shown[0] == (
        "docs/bad plan.md:70:11: error: risk 'Meduim' is not one of: low, medium, high; did you mean 'medium'? [unknown-risk]"
    )


@pytest.mark.slow
def test_the_hook_passes_fails_and_is_skipped(checkout: Path, project: Path) -> None:
    with_hooks(project, checkout, "lint-migration-plan")

    def run(*arguments: str) -> tuple[int, str, str]:
        status, output = pre_commit(project, "run", *arguments)
        return status, verdict(output), output

    assert run("--files", "good.md", "README.md", "docs/notes.markdown")[:2] == (0, "Passed")
    assert run("--files", "README.md")[:2] == (0, "Passed")
    assert run("--files", "code.py")[:2] == (0, "(no files to check)Skipped")
    status, word, output = run("--files", "docs/bad plan.md", "good.md")
    assert (status, word) == (1, "Failed")
    assert "3 errors in " in output

    # A team's own settings hold, and files that they exclude are left out although they are named.
    (project / ".lint-migration-plan.yaml").write_text("exclude: [docs]\n", encoding="utf-8")
    assert run("--all-files")[:2] == (0, "Passed")
    (project / ".lint-migration-plan.yaml").write_text("exclud: [docs]\n", encoding="utf-8")
    status, word, output = run("--all-files")
    assert (status, word) == (1, "Failed")
    assert "- exit code: 2\n" in output
    assert "lint-migration-plan: .lint-migration-plan.yaml:1: unknown key 'exclud'; did you mean 'exclude'?" in output
    (project / ".lint-migration-plan.yaml").unlink()

    # And so it guards a commit.
    assert pre_commit(project, "install")[0] == 0
    git(project, "add", ".pre-commit-config.yaml")
    (project / "good.md").write_bytes(BAD)
    git(project, "add", "good.md")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(project, "commit", "--message", "Break the plan")
    assert "good.md:70:11: error: " in refused.value.stdout + refused.value.stderr


@pytest.mark.slow
def test_our_own_configuration_runs_the_hook_on_our_own_plans(checkout: Path, tmp_path: Path) -> None:
    place = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(checkout), str(place))
    status, output = pre_commit(place, "run", "--all-files", "--verbose")
    assert (status, verdict(output)) == (0, "Passed"), output
    assert "no complaints in 1 plan" in output
    plan = place / "fixtures" / "plans" / "orders-database.md"
    plan.write_bytes(plan.read_bytes().replace(b"**Risk**: low", b"**Risk**: lwo", 1))
    status, output = pre_commit(place, "run", "--all-files")
    assert (status, verdict(output)) == (1, "Failed"), output
    assert "fixtures/plans/orders-database.md:" in output


@pytest.mark.slow
def test_the_fixing_hook_mends_what_is_staged_and_loses_nothing_that_is_not(checkout: Path, project: Path) -> None:
    with_hooks(project, checkout, "lint-migration-plan-fix")
    plan = project / "docs" / "bad plan.md"
    staged = BAD + b"\nStaged.\n"
    plan.write_bytes(staged)
    git(project, "add", "docs/bad plan.md", ".pre-commit-config.yaml")
    plan.write_bytes(staged.replace(b"Staged.", b"Staged.\n\nUnstaged."))
    status, output = pre_commit(project, "run")
    assert (status, verdict(output, "fix migration plans")) == (1, "Failed"), output
    assert "- files were modified by this hook\n" in output
    mended = plan.read_bytes()
    assert mended.endswith(b"\nStaged.\n\nUnstaged.\n")
    assert b"Meduim" not in mended
    # The index holds what was staged, until somebody has looked at the fix.
    assert "Meduim" in git(project, "show", ":docs/bad plan.md")

    # A fix where something unstaged stands would undo that: pre-commit takes the fix back, and says so.
    git(project, "checkout", "--", "docs/bad plan.md")
    plan.write_bytes(staged.replace(b"Meduim", b"Meduim, as long as nobody pays"))
    status, output = pre_commit(project, "run")
    assert status == 1
    assert "Rolling back fixes" in output
    assert plan.read_bytes() == staged.replace(b"Meduim", b"Meduim, as long as nobody pays")


@pytest.mark.slow
def test_the_hook_for_the_repository_sees_plans_that_did_not_change(checkout: Path, project: Path) -> None:
    with_hooks(project, checkout, "lint-migration-plan-repo")
    (project / "README.md").write_bytes(PROSE + b"\nMore.\n")
    git(project, "add", "README.md", ".pre-commit-config.yaml")
    status, output = pre_commit(project, "run")
    assert (status, verdict(output, "lint all migration plans")) == (1, "Failed"), output
    assert "docs/bad plan.md:70:11: error: " in output
    (project / "docs" / "bad plan.md").write_bytes(GOOD)
    assert pre_commit(project, "run", "--all-files")[0] == 0
    # Where no Markdown changes, no plan can go wrong.
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "Mend", "--no-verify")
    (project / "code.py").write_bytes(b"x = 1\n")
    git(project, "add", "code.py")
    assert verdict(pre_commit(project, "run")[1], "lint all migration plans") == "(no files to check)Skipped"


@pytest.mark.slow
def test_one_bad_plan_among_five_thousand_files_is_found_by_each_hook(checkout: Path, project: Path) -> None:
    for number in range(5000):
        place = project / "docs" / f"{number // 100}"
        place.mkdir(exist_ok=True)
        (place / f"page {number}.md").write_bytes(GOOD if number % 250 == 0 else PROSE)
    (project / "docs" / "bad plan.md").unlink()
    (project / "docs" / "7" / "page 700.md").write_bytes(BAD)
    git(project, "add", ".")
    with_hooks(project, checkout, "lint-migration-plan", "lint-migration-plan-fix", "lint-migration-plan-repo")
    status, output = pre_commit(project, "run", "--all-files")
    assert status == 1
    assert output.count("docs/7/page 700.md:70:11: error: ") == 1
    assert output.count("[untested-rollback]") == 3
