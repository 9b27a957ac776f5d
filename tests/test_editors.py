"""The recipes for editors, taken from the page: in the real editor, the cursor lands on the character that is meant."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from program import GOOD, ROOT, lint, scripted

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")

#: What is run within the editors.
SCRIPTS = Path(__file__).parent / "editors"

#: Columns of each unit differ here, and those of the screen from all of them: tabs, an emoji of four code points, one
#: of a single, and an accent that stands behind its letter.
BEFORE = "|\tConnection 👩🏽\u200d🚀 strings\tin a cafe\u0301 🚀 | "
WRONG_RISK = "lwo | 4h | Stage 2 | |"
SUPPRESSION = "<!-- lint-migration-plan: ignore[unknown-risk] -- known -->"
PLAN = GOOD.decode().replace("| Connection strings stand in a file | low | 4h | Stage 2 | |", BEFORE + WRONG_RISK)
PLAN += f"\n🚀 See the wiki. {SUPPRESSION}\n"

PLACES = [WRONG_RISK, SUPPRESSION]
RULES = ["unknown-gap-risk", "unused-suppression"]


def recipe(heading: str) -> str:
    """Give the code below a heading of the page."""
    (section,) = re.findall(rf"^##+ {heading}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    (code,) = re.findall(r"^```\w+\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert isinstance(code, str)
    return code


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that is a home too, and has a plan."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "the plan é.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def put(code: str, name: str) -> str:
    """Write a recipe into a file below the home."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
    return str(path)


def seen_in(plan: Path, *command: str, package: str) -> tuple[list[str], str]:
    """Run an editor; give the lines that the script in it noted, and what it printed."""
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]} here: apt-get install {package}")
    home = plan.parent
    surroundings = {
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local"),
        # Whoever sets this for himself must not lose his editor by it.
        "FORCE_COLOR": "1",
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
        "PLAN": str(plan),
    }
    noted, printed = scripted(command, home / "seen", surroundings)
    return noted.splitlines(), printed


def test_the_plan_has_its_defects_where_each_unit_counts_differently(plan: Path) -> None:
    columns = {
        unit: [line.split(":")[2] for line in lint("--column-unit", unit, plan.name).out.splitlines()]
        for unit in ("codepoint", "utf16", "byte")
    }
    assert columns == {"codepoint": ["42", "17"], "utf16": ["46", "18"], "byte": ["57", "20"]}
    assert lint(plan.name).rules == RULES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "folder", "package"),
    [
        (("vim", "-N", "-u", "NONE", "-i", "NONE", "-es"), ".vim", "vim"),
        (("nvim", "-u", "NONE", "-i", "NONE", "--headless"), ".config/nvim", "neovim"),
    ],
    ids=["vim", "nvim"],
)
def test_vim(plan: Path, command: tuple[str, ...], folder: str, package: str) -> None:
    put(recipe("Vim"), f"{folder}/compiler/lint-migration-plan.vim")
    seen, _ = seen_in(plan, *command, "-S", str(SCRIPTS / "quickfix.vim"), package=package)
    assert seen[:2] == [f"e {WRONG_RISK}", f"w {SUPPRESSION}"]
    # A configuration that cannot be used is no empty list, which would read as praise.
    (said,) = seen[2:]
    assert said.startswith("lint-migration-plan: .lint-migration-plan.yaml:1: unknown key 'nonsense'")


def seen_in_neovim(plan: Path, heading: str, *options: str) -> list[str]:
    put(recipe(heading), ".config/nvim/init.lua")
    command = ("nvim", "--headless", "-i", "NONE", *options, str(plan), "-S", str(SCRIPTS / "diagnostics.lua"))
    return seen_in(plan, *command, package="neovim")[0]


IN_NEOVIM = [f"ERROR {RULES[0]} {WRONG_RISK}", f"WARN {RULES[1]} {SUPPRESSION}"]


@pytest.mark.slow
def test_neovim_with_a_plugin_for_linters(plan: Path) -> None:
    shutil.copytree(SCRIPTS / "nvim-lint", ".config/nvim")
    assert seen_in_neovim(plan, "With nvim-lint") == IN_NEOVIM


@pytest.fixture
def _server() -> None:
    """Skip a test where the language server is not installed."""
    if not shutil.which("lint-migration-plan-lsp", path=os.path.dirname(sys.executable)):
        pytest.skip("there is no language server here: pip install -e '.[lsp]'")


@pytest.mark.slow
@pytest.mark.usefixtures("_server")
def test_neovim_with_the_language_server(plan: Path) -> None:
    # An older Neovim than the recipe needs is given what it lacks.
    older = f"lua if vim.fn.has('nvim-0.11') == 0 then dofile('{SCRIPTS / 'lsp-of-0.11.lua'}') end"
    assert seen_in_neovim(plan, "With the language server", "--cmd", older) == IN_NEOVIM


def seen_in_emacs(plan: Path, heading: str, script: str, *, package: str = "emacs-nox") -> tuple[list[str], str]:
    files = (str(SCRIPTS / "walk.el"), put(recipe(heading), "init.el"), str(SCRIPTS / script))
    loads = [word for file in files for word in ("-l", file)]
    found = "(package-initialize)"
    if package != "emacs-nox" and shutil.which("emacs"):
        library = f"(progn {found} (kill-emacs (if (locate-library {json.dumps(package.removeprefix('elpa-'))}) 0 1)))"
        there = subprocess.run(["emacs", "--batch", "-q", "--eval", library], check=False, capture_output=True)
        if there.returncode:
            pytest.skip(f"this Emacs lacks a package: apt-get install {package}")
    return seen_in(plan, "emacs", "--batch", "-q", "--eval", found, *loads, package=package)


@pytest.mark.slow
def test_emacs_in_compilation_mode(plan: Path) -> None:
    assert seen_in_emacs(plan, "Compilation mode", "compilation.el")[0] == PLACES


@pytest.mark.slow
def test_emacs_with_flycheck(plan: Path) -> None:
    seen, said = seen_in_emacs(plan, "Flycheck", "flycheck.el", package="elpa-flycheck")
    assert seen == PLACES
    assert f"error {RULES[0]}\nwarning {RULES[1]}\n" in said


@pytest.mark.slow
@pytest.mark.usefixtures("_server")
def test_emacs_with_eglot(plan: Path) -> None:
    assert seen_in_emacs(plan, "Eglot", "eglot.el", package="elpa-eglot")[0] == PLACES


@pytest.mark.slow
def test_kakoune(plan: Path) -> None:
    put(recipe("Kakoune"), ".config/kak/kakrc")
    script = f"source {SCRIPTS / 'lint.kak'}"
    assert seen_in(plan, "kak", "-ui", "dummy", "-e", script, str(plan), package="kakoune")[0] == PLACES


def test_the_matcher_of_vs_code_finds_what_it_should(plan: Path) -> None:
    (task,) = json.loads(recipe("A task"))["tasks"]
    assert (task["type"], task["command"]) == ("process", "lint-migration-plan")
    matcher = task["problemMatcher"]["pattern"]
    pattern = re.compile(matcher["regexp"])
    # In the terminal of a task the source is shown too.
    shown = lint("--show-source", *task["args"]).out.splitlines()
    found = [match for match in map(pattern.search, shown) if match]
    assert [match[matcher["file"]] for match in found] == [plan.name] * 2
    assert [match[matcher["severity"]] for match in found] == ["error", "warning"]
    assert [match[matcher["code"]] for match in found] == RULES
    assert found[0][matcher["message"]] == "risk 'lwo' is not one of: low, medium, high; did you mean 'low'?"
    for match, rest in zip(found, PLACES, strict=True):
        line = PLAN.splitlines()[int(match[matcher["line"]]) - 1].encode("utf-16-le")
        assert line[2 * (int(match[matcher["column"]]) - 1) :].decode("utf-16-le") == rest


def test_the_build_system_of_sublime_text_finds_what_it_should(plan: Path) -> None:
    (_, section) = PAGE.split("\n## Sublime Text\n")
    build, settings = map(json.loads, re.findall(r"^```json\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))
    program, *arguments = (word.replace("$file", plan.name) for word in build["cmd"])
    assert program == "lint-migration-plan"
    found = [re.search(build["file_regex"], line) for line in lint(*arguments).out.splitlines()]
    assert [match and match.groups()[:3] for match in found] == [(plan.name, "193", "42"), (plan.name, "210", "17")]
    assert settings["clients"]["lint-migration-plan"]["command"] == ["lint-migration-plan-lsp"]


def test_the_tool_of_jetbrains_runs(plan: Path) -> None:
    (arguments,) = re.findall(r"^\| Arguments \| `(.*)` \|$", PAGE, re.MULTILINE)
    run = lint(*shlex.split(arguments.replace("$FilePath$", plan.name)))
    assert (run.rules, run.err) == (RULES, "")
    assert run.out.startswith(f"{plan.name}:193:46: ")


def test_the_languages_of_helix_are_some() -> None:
    languages = tomllib.loads(recipe("Helix"))
    (markdown,) = languages["language"]
    assert markdown["language-servers"][-1] in languages["language-server"]


def test_the_files_that_the_page_names_are_those_that_the_tests_wrote() -> None:
    for name in ("`~/.vim/compiler/lint-migration-plan.vim`", "`init.lua`", "`~/.config/kak/kakrc`"):
        assert name in PAGE
