"""Which files the command line lints, what they are called, and which configuration holds for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from program import BAD, BAD_RULES, GOOD, PROSE, git, lint


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def linted(*arguments: str) -> list[str]:
    """Lint plans that are all bad, and give the files that were, in order."""
    run = lint("-q", "--select=unknown-risk,not-a-plan", *arguments)
    assert run.err == ""
    return [line.partition(":")[0] for line in run.out.splitlines()]


def test_a_folder_stands_for_its_markdown_files_in_the_order_of_their_names() -> None:
    write(dict.fromkeys(["b.md", "a.MD", "c/d.markdown", "c/a.md", "c/plan.txt", "c/md", ".hidden/a.md"], BAD))
    assert linted(".") == ["a.MD", "b.md", "c/a.md", "c/d.markdown"]
    assert linted("c") == linted("c/") == ["c/a.md", "c/d.markdown"]
    assert linted(os.path.abspath("c")) == [os.path.abspath("c/a.md"), os.path.abspath("c/d.markdown")]


def test_other_documents_of_a_folder_are_passed_over() -> None:
    write({"docs/plan.md": BAD, "docs/notes.md": PROSE})
    run = lint("docs")
    assert run.rules == BAD_RULES
    assert run.err == "3 errors in 1 file (1 file without a plan skipped, 1 can be mended with --fix)\n"
    assert linted("docs", "docs/notes.md") == ["docs/plan.md", "docs/notes.md"]


def test_what_git_ignores_is_left_out(place: Path) -> None:
    git(place, "init", "--quiet")
    write(dict.fromkeys(["plan.md", "build/plan.md", "docs/plan.md", "docs/draft.md", "docs/kept.md"], BAD))
    write({".gitignore": b"build/\n", "docs/.gitignore": b"draft.md\nkept.md\n", "docs/gone.md": BAD})
    git(place, "add", "--force", "docs/kept.md", "docs/gone.md")
    Path("docs/gone.md").unlink()
    assert linted(".") == ["docs/kept.md", "docs/plan.md", "plan.md"]
    assert linted("docs") == ["docs/kept.md", "docs/plan.md"]
    # Whoever names a file means it.
    assert linted("build/plan.md") == ["build/plan.md"]


def test_repositories_within_a_repository_have_rules_of_their_own(place: Path) -> None:
    git(place, "init", "--quiet")
    write({".gitignore": b"outer.md\n", "plan.md": BAD})
    for name in ("loose", "submodule"):
        write({f"{name}/.gitignore": b"inner.md\n", **dict.fromkeys([f"{name}/inner.md", f"{name}/plan.md"], BAD)})
        git(place / name, "init", "--quiet")
    git(place / "submodule", "add", "plan.md")
    git(place / "submodule", "commit", "--quiet", "--message", "Plan")
    git(place, "-c", "advice.addEmbeddedRepo=false", "add", "submodule")
    assert linted(".") == ["loose/plan.md", "plan.md", "submodule/plan.md"]


def test_a_folder_is_walked_where_git_cannot_help(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(place, "init", "--quiet")
    write({".gitignore": b"draft.md\n", "draft.md": BAD, "plan.md": BAD})
    monkeypatch.setenv("PATH", "")
    assert linted(".") == ["draft.md", "plan.md"]


def test_links_to_folders_are_not_followed_and_links_to_files_are(place: Path) -> None:
    write({"docs/plan.md": BAD})
    Path("docs/again").symlink_to(place / "docs", target_is_directory=True)
    Path("docs/other.md").symlink_to("plan.md")
    Path("docs/round.md").symlink_to("round.md")
    assert linted("docs") == ["docs/other.md", "docs/plan.md"]
    git(place, "init", "--quiet")
    assert linted("docs") == ["docs/other.md", "docs/plan.md"]


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (("a/plan.md", "a/plan.md"), ["a/plan.md"]),
        (("a/plan.md", "./a/../a/plan.md"), ["a/plan.md"]),
        (("a", "a/"), ["a/plan.md"]),
        (("a", "."), ["a/plan.md", "b/plan.md"]),
        ((".", "a/plan.md"), ["b/plan.md", "a/plan.md"]),
        (("a/plan.md", "a"), ["a/plan.md"]),
    ],
)
def test_what_is_named_twice_is_linted_once(arguments: tuple[str, ...], files: list[str]) -> None:
    write(dict.fromkeys(["a/plan.md", "b/plan.md"], BAD))
    assert linted(*arguments) == files


@pytest.mark.parametrize("content", [{}, {"docs/notes.md": PROSE}, {"docs/plan.txt": BAD}])
def test_a_folder_without_a_plan_is_told(content: dict[str, bytes]) -> None:
    os.mkdir("docs")
    write(content)
    said = "lint-migration-plan: docs: the folder holds no migration plan\n"
    run = lint("docs")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(said)
    assert run.err.splitlines()[1].startswith("nothing judged: ")
    assert lint("-q", "docs", "docs") == (2, "", said)
    assert lint("-q", "--plans-only", "docs") == (0, "", "")
    write({".lint-migration-plan.yaml": b"plans-only: true\n"})
    assert lint("-q", "docs") == (0, "", "")


def test_a_folder_whose_plan_cannot_be_judged_does_hold_one() -> None:
    write({"docs/plan.md": b"\xff" + BAD})
    assert lint("-q", "docs").rules == ["unreadable-file"]
    write({"docs/plan.md": BAD, "docs/.lint-migration-plan.yaml": b"ignroe: []\n"})
    run = lint("-q", "docs")
    assert run == (
        2,
        "",
        "lint-migration-plan: docs/.lint-migration-plan.yaml:1: unknown key 'ignroe'; did you mean 'ignore'?\n",
    )


def test_excluded_files_are_left_out_even_where_they_are_named() -> None:
    write({".lint-migration-plan.yaml": b"exclude: [archive/**, old.md]\n"})
    write(dict.fromkeys(["plan.md", "old.md", "docs/old.md", "archive/plan.md"], BAD))
    assert linted(".") == ["plan.md"]
    assert lint("old.md", "archive/plan.md") == (0, "", "nothing judged: 2 files excluded\n")
    assert lint("-q", "archive") == (0, "", "")
    assert linted("--isolated", "old.md") == ["old.md"]
    # What is left out need not even be there.
    assert lint("-q", "archive/gone.md") == (0, "", "")


def test_standard_input_is_a_file() -> None:
    assert lint("-", stdin=GOOD) == (0, "", "no complaints in 1 plan\n")
    run = lint("--select=unknown-risk", "-", stdin=BAD)
    assert run.status == 1
    assert run.out.startswith("<stdin>:70:11: error: ")
    assert lint("-", stdin=PROSE).rules == ["not-a-plan"]
    assert lint("-", stdin=b"").rules == ["not-a-plan"]
    assert lint("-q", "--plans-only", "-", stdin=PROSE) == (0, "", "")
    assert lint("-", stdin=b"\xff").rules == ["unreadable-file"]
    assert lint("-q", "-", "-", stdin=GOOD) == (0, "", "")


def test_a_dash_is_standard_input_whatever_is_called_so() -> None:
    write({"-/plan.md": BAD})
    assert lint("-q", "-", stdin=GOOD) == (0, "", "")
    assert linted("./-") == ["./-/plan.md"]


def test_the_name_of_standard_input_drives_its_configuration() -> None:
    config = (
        b"ignore: [unassigned-gap]\nexclude: [old.md]\noverrides:\n- {files: [draft.md], ignore: [untested-rollback]}\n"
    )
    write({"docs/.lint-migration-plan.yaml": config})
    assert lint("-", stdin=BAD).rules == BAD_RULES
    run = lint("--stdin-filename", "docs/plan.md", "-", stdin=BAD)
    assert run.rules == ["unknown-risk", "untested-rollback"]
    assert run.out.startswith("docs/plan.md:70:11: error: ")
    assert lint("--stdin-filename=docs/draft.md", "-", stdin=BAD).rules == ["unknown-risk"]
    assert lint("--stdin-filename=docs/old.md", "-", stdin=BAD) == (0, "", "nothing judged: 1 file excluded\n")
    # An editor tells the whole path, stands elsewhere, and may have a text that was never saved.
    folder = os.path.abspath("docs")
    os.chdir("/")
    assert lint(f"--stdin-filename={folder}/draft.md", "-", stdin=BAD).rules == ["unknown-risk"]
    assert lint("-q", f"--stdin-filename={folder}/old.md", "-", stdin=BAD) == (0, "", "")
    assert lint("--stdin-filename=", "-", stdin=BAD).rules == BAD_RULES


def test_the_nearest_configuration_holds_unless_another_is_given() -> None:
    write(
        {
            ".lint-migration-plan.yaml": b"select: [unknown-risk]\n",
            "docs/.lint-migration-plan.yaml": b"select: [gaps]\n",
        }
    )
    write(
        {
            "plan.md": BAD,
            "docs/plan.md": BAD,
            "other.toml": b"[tool.lint-migration-plan]\nselect = ['untested-rollback']\n",
        }
    )
    assert lint("plan.md", "docs/plan.md").rules == ["unknown-risk", "unassigned-gap"]
    assert lint("--config", "other.toml", "plan.md", "docs/plan.md").rules == ["untested-rollback"] * 2
    assert lint("--isolated", "docs/plan.md").rules == BAD_RULES
    assert lint("--select=stages", "docs/plan.md").rules == ["unknown-risk", "untested-rollback"]
    assert lint("--ignore=gaps", "docs/plan.md") == (0, "", "no complaints in 1 plan\n")


def test_a_broken_configuration_is_said_once_and_the_other_files_are_linted() -> None:
    write({"a/.lint-migration-plan.yaml": b"ignroe: []\nfail-on: eror\n", "b/.lint-migration-plan.yaml": b"[\n"})
    write(dict.fromkeys(["a/one.md", "a/two.md", "b/one.md", "c/one.md"], BAD))
    run = lint("-q", "--select=unknown-risk", "a/one.md", "c/one.md", "a", "b/one.md")
    assert run.status == 2
    assert run.out.count("\n") == 1
    assert run.out.startswith("c/one.md:70:11: ")
    assert [line.split(": ")[1] for line in run.err.splitlines()] == [
        "a/.lint-migration-plan.yaml:1",
        "a/.lint-migration-plan.yaml:2",
        "b/.lint-migration-plan.yaml:2",
    ]


def test_a_broken_configuration_for_all_files_is_said_before_any() -> None:
    write({"broken.yaml": b"ignroe: []\n", "plan.md": BAD})
    assert lint("--config=broken.yaml", "plan.md", "missing.md") == (
        2,
        "",
        "lint-migration-plan: broken.yaml:1: unknown key 'ignroe'; did you mean 'ignore'?\n",
    )


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        ((), ".lint-migration-plan.yaml"),
        (("plan.md",), ".lint-migration-plan.yaml"),
        (("docs/plan.md",), "docs/.lint-migration-plan.yaml"),
        (("docs",), "docs/.lint-migration-plan.yaml"),
        (("-", "--stdin-filename", "docs/plan.md"), "docs/.lint-migration-plan.yaml"),
        (("-",), ".lint-migration-plan.yaml"),
        (("docs/plan.md", "--isolated"), "none"),
        (("plan.md", "--config=docs/.lint-migration-plan.yaml"), "docs/.lint-migration-plan.yaml"),
    ],
)
def test_show_config_prints_what_holds_and_where_it_is_from(arguments: tuple[str, ...], file: str) -> None:
    write({".lint-migration-plan.yaml": b"fail-on: error\n", "docs/.lint-migration-plan.yaml": b"\nfail-on: info\n"})
    run = lint("--show-config", "--ignore=gaps", *arguments)
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == f"# configuration: {file}"
    assert 'ignore: ["gaps"]  # command line' in lines
    expected = {
        "none": 'fail-on: "warning"  # default',
        ".lint-migration-plan.yaml": 'fail-on: "error"  # .lint-migration-plan.yaml:1',
        "docs/.lint-migration-plan.yaml": 'fail-on: "info"  # docs/.lint-migration-plan.yaml:2',
    }
    assert expected[file] in lines


def test_show_config_says_what_is_wrong_with_it() -> None:
    write({".lint-migration-plan.yaml": b"fail-on: eror\n"})
    run = lint("--show-config", "plan.md")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("lint-migration-plan: .lint-migration-plan.yaml:1: fail-on 'eror' is not one of: ")


def test_the_folder_that_one_stands_in_may_be_gone(place: Path) -> None:
    os.mkdir("gone")
    os.chdir("gone")
    (place / "gone").rmdir()
    assert lint("-q", "-", stdin=GOOD) == (0, "", "")
    assert lint("-q", "plan.md").status == 2
