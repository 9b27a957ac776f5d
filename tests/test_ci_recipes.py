"""What CI runs of ours, as plain shell: the action's steps, the GitLab example, the Dockerfile, the problem matcher."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from packaging.requirements import Requirement

from lint_migration_plan import __version__
from lint_migration_plan.lint.registry import ENTRIES
from program import BAD, GOOD, OFFLINE, ROOT, git, impersonal, lint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
EXAMPLES: list[Any] = [
    yaml.safe_load(fence) for fence in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]
WORKFLOWS = [example for example in EXAMPLES if "jobs" in example]

#: An installation from a registry takes its time.
LONG = 300

# What a repository must not be able to have run by lying there.
TRAPS = ("venv.py", "pip.py", "sitecustomize.py", "lint_migration_plan.py", "yaml.py")


class Done(NamedTuple):
    """What a shell came to."""

    status: int
    out: str
    err: str


def shell(script: str, place: Path, environment: Mapping[str, str]) -> Done:
    """Run a script as GitHub runs one whose shell is bash; skips the test where pip reaches no registry."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONG,
        cwd=place,
        env=impersonal(environment),
    )
    if done.returncode and any(words in done.stderr for words in OFFLINE):
        pytest.skip("pip reaches no registry to install from")
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run the action's first step, in a repository that has laid traps; give what the runner sets."""
    place = tmp_path_factory.mktemp("trapped")
    for name in TRAPS:
        (place / name).write_text("raise SystemExit('trapped')\n", encoding="utf-8")
    temporary = tmp_path_factory.mktemp("runner temp")
    variables = {"RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT)}
    step = ACTION["runs"]["steps"][0]
    assert shell(step["run"], place, {**variables, **step["env"]})[:2] == (0, "")
    return variables


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a repository with a good plan and a bad one, and with traps."""
    place = tmp_path / "project"
    (place / "docs").mkdir(parents=True)
    (place / "good.md").write_bytes(GOOD)
    (place / "docs" / "bad plan.md").write_bytes(BAD)
    for name in TRAPS:
        (place / name).write_text("raise SystemExit('trapped')\n", encoding="utf-8")
    git(place, "init", "--quiet")
    return place


def action(project: Path, runner: Mapping[str, str], **inputs: str) -> Done:
    """Run the action's second step with some inputs (``_`` for ``-``), the others as they are by default."""
    given = {name: each["default"] for name, each in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    step = ACTION["runs"]["steps"][1]
    return shell(step["run"], project, {**runner, **{name: _filled(text, given) for name, text in step["env"].items()}})


def _filled(text: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda named: inputs[named[1]], text)


def test_the_action_hands_inputs_over_as_variables_only() -> None:
    install, run = ACTION["runs"]["steps"]
    for step in (install, run):
        assert "${{" not in step["run"]
        assert set(step) <= {"name", "shell", "env", "run"}
        assert step["shell"] == "bash"
    assert "${{" not in str(install)
    assert sorted(run["env"].values()) == sorted(f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"])
    for name, declared in ACTION["inputs"].items():
        assert f"\n| `{name}` |" in PAGE
        assert isinstance(declared["default"], str)


def pins() -> dict[str, str]:
    """Give the versions of what the action and the container install."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = [line.partition("==") for line in lines if not line.startswith("#")]
    assert all(version for _, _, version in pinned)
    return {name: version for name, _, version in pinned}


def test_all_that_the_linter_needs_is_pinned_within_its_ranges() -> None:
    # What pip goes by when it installs, and when it builds.
    heeded = {"PIP_CONSTRAINT": "constraints.txt", "PIP_BUILD_CONSTRAINT": "constraints.txt"}
    assert ACTION["runs"]["steps"][0]["env"] == heeded
    assert ("ENV", " ".join("=".join(each) for each in heeded.items())) in instructions()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for text in (*project["project"]["dependencies"], *project["build-system"]["requires"]):
        needed = Requirement(text)
        assert needed.specifier.contains(pins()[needed.name]), text


@pytest.mark.slow
def test_the_action_installs_what_is_pinned(runner: dict[str, str]) -> None:
    python = f"{runner['RUNNER_TEMP']}/lint-migration-plan/bin/python"
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json", "--exclude=pip", "--exclude=setuptools"],
        check=True,
        capture_output=True,
        text=True,
        timeout=LONG,
    )
    installed = {each["name"].lower(): each["version"] for each in json.loads(listed.stdout)}
    assert installed.pop("lint-migration-plan") == __version__
    assert installed.items() <= pins().items()


@pytest.mark.parametrize("example", WORKFLOWS)
def test_what_the_workflows_use_cannot_change(example: Any) -> None:  # noqa: ANN401 - any YAML
    uses = [step["uses"] for job in example["jobs"].values() for step in job["steps"] if "uses" in step]
    others = [each for each in uses if "/lint-migration-plan@" not in each]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in others)
    assert "secrets." not in str(example)


@pytest.mark.parametrize("example", WORKFLOWS)
def test_the_workflows_give_the_action_what_it_takes(example: Any) -> None:  # noqa: ANN401 - any YAML
    (job,) = example["jobs"].values()
    steps = job["steps"]
    (ours,) = (step for step in steps if "lint-migration-plan@" in step["uses"])
    assert set(ours["with"]) <= set(ACTION["inputs"])
    for upload in (step for step in steps if "upload-sarif" in step["uses"]):
        assert upload["with"]["sarif_file"] == ours["with"]["sarif-file"]
        assert job["permissions"]["security-events"] == "write"


@pytest.mark.slow
def test_the_action_prints_text_on_request(project: Path, runner: dict[str, str]) -> None:
    done = action(project, runner, annotations="false", paths="docs\n\ngood.md\n")
    assert done.status == 1
    assert done.out == "".join(f"{line}\n" for line in text_of(project / "docs" / "bad plan.md", "docs/bad plan.md"))
    assert action(project, runner, annotations="false", paths="good.md")[:2] == (0, "")


def text_of(plan: Path, shown: str) -> list[str]:
    """Give the lines on a plan as if it had another path."""
    return [line.replace(str(plan), shown) for line in lint("--isolated", str(plan)).out.splitlines()]


@pytest.mark.slow
def test_the_options_of_the_action_are_lines(project: Path, runner: dict[str, str]) -> None:
    (project / "my rules.yaml").write_text("ignore: [all]\n", encoding="utf-8")
    done = action(project, runner, annotations="false", options="--config\nmy rules.yaml\n")
    assert done[:2] == (0, "")
    done = action(project, runner, annotations="false", options="--no-such-option")
    assert done.status == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "attack",
    [
        "$(touch hacked)",
        "`touch hacked`",
        '"; touch hacked; "',
        "'; touch hacked; '",
        "x\ntouch hacked",
        "&& touch hacked",
    ],
)
def test_no_input_of_the_action_is_run(attack: str, project: Path, runner: dict[str, str]) -> None:
    action(project, runner, paths=attack, options=attack, annotations=attack, sarif_file=attack)
    assert not (project / "hacked").exists()


@pytest.mark.slow
def test_a_path_of_the_action_is_no_option(project: Path, runner: dict[str, str]) -> None:
    done = action(project, runner, annotations="false", paths="--version\ngood.md")
    assert (done.status, done.out) == (2, "")
    assert "--version: " in done.err


@pytest.mark.slow
def test_the_action_annotates(project: Path, runner: dict[str, str]) -> None:
    done = action(project, runner)
    assert done.status == 1
    marks = [line for line in done.out.splitlines() if line.startswith("::error ")]
    assert len(marks) == 3
    assert all("file=docs/bad plan.md," in mark for mark in marks)


@pytest.mark.slow
def test_the_action_writes_sarif(project: Path, runner: dict[str, str]) -> None:
    done = action(project, runner, annotations="false", sarif_file="out of here.sarif")
    assert done.status == 1
    (run,) = json.loads((project / "out of here.sarif").read_text("utf-8"))["runs"]
    assert len(run["results"]) == 3
    assert len(done.out.splitlines()) == 3


@pytest.mark.slow
def test_the_gitlab_example_writes_its_report(project: Path, tmp_path: Path) -> None:
    (job,) = (example["migration-plans"] for example in EXAMPLES if "migration-plans" in example)
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "python")], check=True, timeout=LONG)
    variables = {"PATH": f"{tmp_path}/python/bin{os.pathsep}{os.environ['PATH']}"}
    # In place of an address of this repository, the repository.
    assert list(job["variables"]) == ["LINTER"]
    for name in TRAPS:
        # GitLab runs what the repository says in any case.
        (project / name).unlink()
    done = shell("\n".join(job["script"]), project, {**variables, "LINTER": str(ROOT)})
    assert done.status == 1
    report = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert [entry["location"]["path"] for entry in report] == ["docs/bad plan.md"] * 3


def instructions() -> list[tuple[str, str]]:
    """Give the instructions of the Dockerfile, each with its arguments."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.slow
def test_the_commands_of_the_dockerfile_make_a_linter(project: Path, tmp_path: Path) -> None:
    source, where = tmp_path / "src", tmp_path / "opt"
    variables = {"GIT_CONFIG_SYSTEM": str(tmp_path / "gitconfig")}
    for word, rest in instructions():
        if word == "ENV":
            variables |= dict(each.split("=") for each in rest.split() if not each.startswith("PATH="))
        if word == "COPY" and not rest.startswith("--from"):
            *names, _ = rest.split()
            source.mkdir(exist_ok=True)
            subprocess.run(["cp", "-r", *names, str(source)], check=True, cwd=ROOT)
        if word == "RUN" and rest != "apk add --no-cache git":
            done = shell(rest.replace("/opt/", f"{where}/"), source, variables)
            assert done.status == 0, done.err
    linter = where / "lint-migration-plan" / "bin" / "lint-migration-plan"
    done = shell(f"'{linter}' docs/", project, {})
    assert (done.status, len(done.out.splitlines())) == (1, 3)
    assert "safe" in (tmp_path / "gitconfig").read_text("utf-8")
    # Python has written its compiled modules: a user who may write nothing would compile them at each start.
    assert list(where.rglob("lint_migration_plan/__pycache__/cli.*.pyc"))


def test_the_image_is_one_for_good_with_a_user_who_is_not_root_and_runs_the_linter() -> None:
    last: dict[str, str] = {}
    for word, rest in instructions():
        last = {} if word == "FROM" else {**last, word: rest}
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last["USER"])
    assert last["ENTRYPOINT"] == '["lint-migration-plan"]'
    assert last["ENV"].startswith("PATH=/opt/lint-migration-plan/bin:")
    copied = {name for word, rest in instructions() if word == "COPY" and "--from" not in rest for name in rest.split()}
    images = {rest.partition(" ")[0] for word, rest in instructions() if word == "FROM"}
    assert all(re.fullmatch(r"python:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)
    assert len(images) == 1
    let_in = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {f"!{name}" for name in copied - {"./"}} == {line for line in let_in if line.startswith("!")}


def matchers() -> list[tuple[str | None, re.Pattern[str], dict[str, int]]]:
    """Give the problem matchers: severity, pattern, and the group of each property."""
    written = json.loads((ROOT / ".github" / "problem-matcher.json").read_text("utf-8"))["problemMatcher"]
    assert len({matcher["owner"] for matcher in written}) == len(written)
    return [
        (matcher.get("severity"), re.compile(pattern["regexp"]), {k: v for k, v in pattern.items() if k != "regexp"})
        for matcher in written
        for pattern in matcher["pattern"]
    ]


def matched(line: str) -> dict[str, str]:
    """Read a line as GitHub would; empty where no matcher takes it, and no two may."""
    read = [
        {"severity": severity or "", **{name: found[group] for name, group in groups.items()}}
        for severity, pattern, groups in matchers()
        if (found := pattern.search(line))
    ]
    assert len(read) <= 1
    return read[0] if read else {}


@pytest.mark.parametrize("indent", ["", "  "])  # some runners of hooks indent what a hook prints
def test_the_problem_matcher_reads_what_the_linter_prints(
    indent: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    shown = lint("--isolated", "--show-source", "--severity", "untested-rollback=info", "docs/bad plan.md").out
    read = [found for line in shown.splitlines() if (found := matched(indent + line))]
    assert [(each["file"], each["severity"], each["code"]) for each in read] == [
        ("docs/bad plan.md", "error", "unknown-risk"),
        ("docs/bad plan.md", "notice", "untested-rollback"),
        ("docs/bad plan.md", "error", "unassigned-gap"),
    ]
    assert (read[0]["line"], read[0]["column"]) == ("70", "11")
    assert read[0]["message"] == "risk 'Meduim' is not one of: low, medium, high; did you mean 'medium'?"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a:1.md:2:3: error: 'x.md:4:5: info: y [z]' is [odd] [unknown-risk]", ("a:1.md", "2", "3", "error")),
        ("a b.md:1:1: warning: x [acme/own-rule]", ("a b.md", "1", "1", "warning")),
        ("lint-migration-plan: a.md: no such file", None),
        ("3 errors in 1 plan", None),
        ("   70 | **Risk**: Meduim [x]", None),
    ],
)
def test_the_problem_matcher_takes_whole_lines_only(line: str, expected: tuple[str, ...] | None) -> None:
    read = matched(line)
    assert (expected is None) is (not read)
    if expected:
        assert (read["file"], read["line"], read["column"], read["severity"]) == expected


def test_the_problem_matcher_knows_the_names_of_all_rules() -> None:
    for rule in ENTRIES:
        assert matched(f"a.md:1:1: error: x [{rule}]")["code"] == rule
