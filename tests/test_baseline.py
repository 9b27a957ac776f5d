"""The baseline: what is known and not reported, what is new all the same, and a file that merges."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import mdformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile.targets import EVERY_RULE
from lint_migration_plan import Config, ConfigError, lint_file, lint_files, lint_text
from lint_migration_plan.adoption import DEFAULT_BASELINE
from lint_migration_plan.config.read import read_config
from lint_migration_plan.lint.baseline import HEAD, Baseline, Entry, baseline_text, read_baseline
from lint_migration_plan.lint.runner import judge_text
from lint_migration_plan.lint.sieve import Known
from program import BAD, BAD_RULES, GOOD, PROSE, git, lint
from test_properties import PIECES, PLANS, torn

if TYPE_CHECKING:
    import random
    from typing import NoReturn

TEXT = BAD.decode("utf-8")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("plan.md").write_bytes(BAD)
    return tmp_path


def written(*arguments: str) -> list[str]:
    """Write a baseline, and give its lines without the first."""
    assert lint("-q", *(arguments or ("plan.md",)), "--write-baseline", "known") == (0, "", "")
    head, *lines = Path("known").read_text("utf-8").splitlines()
    assert head == HEAD
    return lines


def test_after_writing_nothing_is_reported() -> None:
    run = lint("plan.md", "--write-baseline", "known")
    assert run == (
        0,
        "",
        "lint-migration-plan: known: 3 entries (3 new)\nno complaints in 1 plan (3 in the baseline)\n",
    )
    assert lint("--baseline=known", "plan.md") == (0, "", "no complaints in 1 plan (3 in the baseline)\n")


def test_the_places_of_a_habit_are_entries_and_it_is_one_diagnostic() -> None:
    Path("plan.md").write_text("# Cutover plan\n\n## Phase 1: A\n\nx\n\n## Phase 2: B\n\nx\n", "utf-8")
    run = lint("--select=stage-heading", "plan.md", "--write-baseline", "known")
    assert run.err == (
        "lint-migration-plan: known: 2 entries (2 new, the places of 1 diagnostic)\n"
        "no complaints in 1 plan (1 in the baseline)\n"
    )


def test_an_entry_is_a_line_that_a_reader_understands() -> None:
    lines = written()
    assert lines == sorted(lines)
    assert [line.split("\t")[::3] for line in lines if "risk" in line] == [
        ["plan.md", "stage 'Move the configuration', Risk: 'Meduim'"]
    ]


def test_lines_above_change_nothing_and_other_words_do() -> None:
    written()
    Path("plan.md").write_text(TEXT.replace("### Motivation\n", "### Motivation\n\nIt is old.\n", 1), "utf-8")
    assert lint("--baseline=known", "plan.md").status == 0
    # One is mended, another is made: a count would not see it.
    Path("plan.md").write_text(TEXT.replace("Meduim", "medium").replace("**Risk**: high", "**Risk**: hihg", 1), "utf-8")
    run = lint("--baseline=known", "--select=unknown-risk", "plan.md")
    assert (run.status, run.rules) == (1, ["unknown-risk"])


def test_mdformat_changes_nothing() -> None:
    written()
    Path("plan.md").write_text(mdformat.text(TEXT, extensions={"gfm", "frontmatter"}), "utf-8")
    assert lint("-q", "--baseline=known", "plan.md") == (0, "", "")


def test_of_a_habit_only_the_new_place_is_reported() -> None:
    plan = "## Migration: x\n\n### Stage 1 - A\n\n### Stage 2 {} B\n\n### Stage 3 - C\n"
    Path("plan.md").write_text(plan.format("—"), "utf-8")
    written("--select=stage-heading", "plan.md")
    Path("plan.md").write_text(plan.format("-"), "utf-8")
    run = lint("--select=stage-heading", "--baseline=known", "--show-source", "plan.md")
    assert run.out.startswith("plan.md:5:")
    assert "more like it" not in run.out
    assert "related" not in run.out


def test_what_is_gone_is_said_and_pruned() -> None:
    lines = written()
    Path("plan.md").write_text(TEXT.replace("Meduim", "medium"), "utf-8")
    run = lint("--baseline=known", "plan.md")
    assert run.status == 0
    assert run.err == (
        "lint-migration-plan: known: 1 entry of what is not there any more; --prune-baseline drops what is gone\n"
        "lint-migration-plan:   plan.md: unknown-risk: stage 'Move the configuration', Risk: 'Meduim'\n"
        "no complaints in 1 plan (2 in the baseline)\n"
    )
    assert lint("-q", "--baseline=known", "plan.md").err == ""
    pruned = lint("--baseline=known", "--prune-baseline", "plan.md")
    assert (pruned.status, pruned.out) == (0, "")
    assert pruned.err.startswith("lint-migration-plan: known: 2 entries (1 dropped)\n")
    assert Path("known").read_text("utf-8").splitlines()[1:] == [line for line in lines if "Meduim" not in line]
    assert "any more" not in lint("--baseline=known", "plan.md").err


def test_many_that_are_gone_are_counted() -> None:
    Path("known").write_text(baseline_text(Entry("gone.md", "unknown-risk", f"{n:016x}") for n in range(25)), "utf-8")
    run = lint("--baseline=known", "plan.md")
    assert "known: 25 entries of what" in run.err
    assert "  and 15 more\n" in run.err


def test_what_was_not_looked_at_is_not_gone() -> None:
    shutil.copy("plan.md", "other.md")
    lines = written("plan.md", "other.md")
    for arguments in (["other.md"], ["--select=unknown-risk", "plan.md", "other.md"], ["--ignore=stages", "plan.md"]):
        run = lint("--baseline=known", "--prune-baseline", *arguments)
        assert run.out == ""
        assert "dropped" not in run.err
        assert Path("known").read_text("utf-8").splitlines()[1:] == lines


@pytest.mark.parametrize("content", [b"\xff\xfe", b"> " * 200 + b"deep\n"])
def test_of_a_file_that_cannot_be_read_nothing_is_gone(content: bytes) -> None:
    written()
    Path("plan.md").write_bytes(content)
    run = lint("--baseline=known", "--prune-baseline", "plan.md")
    assert run.rules == ["unreadable-file"]
    assert "dropped" not in run.err


def test_the_entries_of_a_plan_that_is_no_more_are_gone() -> None:
    shutil.copy("plan.md", "other.md")
    written("plan.md", "other.md")
    Path("other.md").unlink()
    assert "known: 3 entries of what is not there" in lint("--baseline=known", "plan.md").err
    Path("plan.md").write_bytes(PROSE)
    run = lint("--baseline=known", "--plans-only", "--prune-baseline", "plan.md")
    assert "known: 0 entries (6 dropped)" in run.err


def test_a_rule_that_is_none_any_more_is_gone() -> None:
    written()
    with Path("known").open("a", encoding="utf-8") as file:
        file.write("plan.md\tformer-rule\t0123456789abcdef\n")
        file.write("plan.md\tacme/house-rule\t0123456789abcdef\n")
    assert "known: 4 entries (1 dropped)" in lint("--baseline=known", "--prune-baseline", "plan.md").err


def test_writing_again_keeps_what_was_known_and_adds_what_is_new() -> None:
    lines = written("--select=unknown-risk", "plan.md")
    shutil.copy("plan.md", "other.md")
    run = lint("plan.md", "other.md", "--write-baseline", "known")
    assert "known: 6 entries (5 new)" in run.err
    assert set(lines) < set(Path("known").read_text("utf-8").splitlines())
    before = Path("known").stat()
    assert "known: 6 entries\n" in lint("plan.md", "other.md", "--write-baseline", "known").err
    after = Path("known").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_paths_are_from_the_folder_of_the_baseline(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "docs" / "in").mkdir(parents=True)
    for name in ("docs/a.md", "docs/in/b.md"):
        shutil.copy("plan.md", name)
    assert lint("-q", ".", "--write-baseline=docs/known").status == 0
    paths = {line.split("\t")[0] for line in (place / "docs" / "known").read_text("utf-8").splitlines()[1:]}
    assert paths == {"a.md", "in/b.md", "../plan.md"}
    monkeypatch.chdir(place / "docs" / "in")
    assert lint("-q", "--baseline=../known", "b.md", "../a.md", str(place / "plan.md")) == (0, "", "")


def test_the_configuration_names_it_from_its_own_folder(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "docs").mkdir()
    shutil.move("plan.md", "docs/plan.md")
    Path(".lint-migration-plan.yaml").write_text("baseline: docs/known\n", "utf-8")
    missing = lint("docs")
    assert (missing.status, missing.out) == (2, "")
    assert "docs/known: the baseline cannot be read: no such file" in missing.err
    monkeypatch.chdir(place / "docs")
    # Without a name it is the configured one.
    assert "known: 3 entries (3 new)" in lint("plan.md", "--write-baseline").err
    assert lint("plan.md") == (0, "", "no complaints in 1 plan (3 in the baseline)\n")
    assert lint("--isolated", "plan.md").status == 1
    assert '"docs/known"  # ' in lint("--show-config").out


def test_python_heeds_it_too() -> None:
    Path(".lint-migration-plan.yaml").write_text("baseline: known\n", "utf-8")
    written()
    assert lint_file("plan.md") == ()
    outcome = lint_files(["plan.md", "plan.md"])
    assert (outcome.diagnostics, outcome.baselined) == ((), 6)
    config = read_config(".lint-migration-plan.yaml")
    assert lint_text(TEXT, "plan.md", config) == ()
    assert len(lint_text(TEXT, "other.md", config)) == len(BAD_RULES)
    with pytest.raises(ConfigError, match="the baseline cannot be read"):
        lint_text(TEXT, "plan.md", Config(baseline="none"))


def test_without_any_name_it_is_one_that_is_then_said() -> None:
    run = lint("plan.md", "--write-baseline")
    assert f"{DEFAULT_BASELINE}: 3 entries (3 new)\n" in run.err
    assert f"--baseline {DEFAULT_BASELINE}\n" in run.err
    assert lint("plan.md").status == 1
    assert lint(f"--baseline={DEFAULT_BASELINE}", "plan.md").status == 0


def test_what_is_mended_first_is_not_written() -> None:
    assert lint("--fix", "plan.md", "--write-baseline", "known").status == 0
    assert "unknown-risk" not in Path("known").read_text("utf-8")
    assert "**Risk**: medium" in Path("plan.md").read_text("utf-8")
    # And what is known is not mended.
    Path("plan.md").write_bytes(BAD)
    written()
    assert lint("--fix", "--baseline=known", "plan.md").status == 0
    assert Path("plan.md").read_bytes() == BAD


def test_standard_input_goes_by_its_name() -> None:
    written()
    assert lint("-q", "--baseline=known", "--stdin-filename=plan.md", "-", stdin=BAD) == (0, "", "")
    assert lint("--baseline=known", "-", stdin=BAD).rules == BAD_RULES


def test_a_rule_that_fails_is_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    from lint_migration_plan.lint import registry
    from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Severity

    monkeypatch.setattr(
        "lint_migration_plan.lint.runner.crashed",
        lambda rule, _error, path: Diagnostic("internal-error", Severity.ERROR, rule.id, Location(path, 1, 1, 1, 1)),
    )
    lines = written()
    rule = registry.load("unknown-risk")

    def fail(_plan: object, _options: object) -> NoReturn:
        raise RuntimeError

    load = registry.load
    broken = rule._replace(check=fail)
    monkeypatch.setattr(registry, "load", lambda name: load(name) if name != rule.id else broken)
    run = lint("--baseline=known", "--prune-baseline", "plan.md")
    assert run.rules == ["internal-error"]
    assert Path("known").read_text("utf-8").splitlines()[1:] == lines
    assert lint("plan.md", "--write-baseline", "other").rules == ["internal-error"]


# --- a file that cannot be used ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "known:1: this is no baseline"),
        (GOOD, "known:1: this is no baseline"),
        (b"\xff\xfe", "the baseline cannot be read: the file is UTF-16"),
        (b"# lint-migration-plan baseline 2: more\n", "known:1: this baseline is of version 2"),
        (f"{HEAD}\n\nplan.md\tunknown-risk\n".encode(), "known:3: this line is no entry"),
        (f"{HEAD}\nplan.md unknown-risk 0123456789abcdef\n".encode(), "known:2: this line is no entry"),
        (f"{HEAD}\nplan.md\tunknown-risk\t0123\n".encode(), "known:2: this line is no entry"),
        (f'{HEAD}\n"plan\tunknown-risk\t0123456789abcdef\n'.encode(), "known:2: this line is no entry"),
        (f"{HEAD}\n<<<<<<< ours\n".encode(), "it is left of a merge"),
    ],
)
@pytest.mark.parametrize("options", [["--baseline=known"], ["--write-baseline=known"]])
def test_another_file_is_said_and_left_alone(content: bytes, said: str, options: list[str]) -> None:
    Path("known").write_bytes(content)
    run = lint(*options, "plan.md")
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert Path("known").read_bytes() == content


def test_a_baseline_that_is_not_there_is_said() -> None:
    run = lint("--baseline=none", "plan.md")
    assert run == (2, "", "lint-migration-plan: none: the baseline cannot be read: no such file or directory\n")
    assert "there is no baseline" in lint("--prune-baseline", "plan.md").err
    assert lint("--prune-baseline", "plan.md").status == 2


def test_a_baseline_that_cannot_be_written_is_said(place: Path) -> None:
    run = lint("plan.md", "--write-baseline=none/known")
    assert run.status == 2
    assert "none/known: not written: no such file or directory\n" in run.err
    written()
    Path("known").chmod(0o444)
    shutil.copy("plan.md", "other.md")
    assert "known: not written: it is read-only" in lint("other.md", "--write-baseline=known").err
    assert sorted(path.name for path in place.iterdir()) == ["known", "other.md", "plan.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write-baseline", "plan.md"], "'plan.md' is no baseline; name the plans first"),
        (["--write-baseline", "."], "'.' is no baseline; name the plans first"),
        (["--write-baseline", "-"], "'-' is no baseline; name the plans first"),
        (["--write-baseline=a", "--baseline=b", "plan.md"], "leave --baseline out"),
        (["--write-baseline=a", "--diff", "plan.md"], "goes with none of --diff"),
        (["--write-baseline=a", "--prune-baseline", "plan.md"], "goes with none of --diff"),
        (["--write-baseline=a", "--changed-since=HEAD", "plan.md"], "goes with none of --diff"),
        (["--write-baseline=a", "-"], "give standard input one with --stdin-filename"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str], message: str) -> None:
    run = lint(*arguments)
    assert run.status == 2
    assert message in run.err
    assert Path("plan.md").read_bytes() == BAD


# --- the form of the file ----------------------------------------------------------------------------------------------


ENTRY = st.builds(
    Entry,
    st.text(st.characters(blacklist_characters="\0"), min_size=1),
    st.sampled_from(["unknown-risk", "acme/house-rule"]),
    st.integers(0, 2**64 - 1).map("{:016x}".format),
    st.text(st.characters(min_codepoint=32, blacklist_categories=["Cs", "Cc", "Zl", "Zp"])),
)


@given(st.lists(ENTRY))
def test_what_is_written_is_read(entries: list[Entry]) -> None:
    text = baseline_text(entries)
    file = Path("known")
    file.write_bytes(text.encode("utf-8"))
    read = list(read_baseline("known").entries)
    assert {(entry.path, entry.key) for entry in read} == {(entry.path, entry.key) for entry in entries}
    assert baseline_text(read) == text
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))
    assert list(read_baseline("known").entries) == read


def test_the_ends_of_its_lines_stay() -> None:
    written()
    Path("known").write_bytes(Path("known").read_bytes().replace(b"\n", b"\r\n"))
    shutil.copy("plan.md", "other.md")
    lint("other.md", "--write-baseline=known")
    content = Path("known").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 7


def test_a_link_is_followed() -> None:
    Path("link").symlink_to("known")
    assert lint("-q", "plan.md", "--write-baseline=link").status == 0
    assert Path("link").is_symlink()
    assert lint("-q", "plan.md", "--baseline=known").status == 0


def test_branches_that_add_to_it_merge(place: Path) -> None:
    git(place, "init", "--quiet", "--initial-branch=main")
    shutil.copy("plan.md", "b.md")
    written("b.md")
    for branch, plan in (("one", "a.md"), ("two", "z.md")):
        git(place, "add", "known")
        git(place, "commit", "--quiet", "--message=x", "--allow-empty")
        git(place, "checkout", "--quiet", "-b", branch, *(["main"] if branch == "two" else []))
        shutil.copy("plan.md", plan)
        written(plan)
        git(place, "commit", "--quiet", "--all", "--message=y")
        if branch == "one":
            git(place, "branch", "--force", "main", "HEAD~1")
    git(place, "merge", "--quiet", "--no-edit", "one")
    assert lint("-q", "--baseline=known", "a.md", "b.md", "z.md") == (0, "", "")


# --- for any text -----------------------------------------------------------------------------------------------------


def check_silence(text: str) -> None:
    judgement = judge_text(text, "plan.md", EVERY_RULE, known=Known())
    baseline = Baseline("known", None, Baseline("known", None, ()).new_entries("plan.md", judgement.marks))
    again = judge_text(text, "plan.md", EVERY_RULE, known=Known(baseline.keys("plan.md")))
    assert (again.diagnostics, again.marks) == ((), ())
    assert baseline.gone("plan.md", again.met, again.ran) == []
    assert again.baselined == len(judgement.diagnostics)


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_silent_with_its_baseline(text: str) -> None:
    check_silence(text)


@given(st.sampled_from(PLANS), st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
def test_a_plan_torn_apart_is_silent_with_its_baseline(path: Path, chance: random.Random) -> None:
    check_silence(torn(path.read_text(encoding="utf-8"), chance))


def test_a_thousand_stages_are_no_burden() -> None:
    stages = "".join(
        f"### Stage {n} - Name {n}\n\n**Risk**: hihg\n**Dependencies**: Stage {n - 1}\n\n" for n in range(1, 1001)
    )
    check_silence("## Migration: x\n\n" + stages)
