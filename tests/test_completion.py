"""Completion in the shells: typed into a real bash and zsh, and asked of a real fish."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan.arguments import TYPES, build_parser
from lint_migration_plan.completion import completion_script
from lint_migration_plan.completion.options import Kind, options_of
from lint_migration_plan.lint.registry import CATEGORIES, ENTRIES
from program import PATIENCE, impersonal, lint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHELLS = ("bash", "zsh", "fish")
RULES = list(ENTRIES)
SPELLINGS = [spelling for option in options_of(build_parser()) for spelling in option.spellings]

TAB = "\t"
#: Readline puts all candidates into the line.
ALL = "\x1b*"


class Typist:
    """A shell on a terminal of its own, in a folder."""

    def __init__(self, command: list[str], folder: Path, setup: str) -> None:
        pty = pytest.importorskip("pty", reason="there are no terminals of that kind here")
        self._terminal, inner = pty.openpty()
        environment = impersonal({"TERM": "dumb", "HOME": str(folder), "INPUTRC": os.devnull})
        self._shell = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, cwd=folder, env=environment)
        os.close(inner)
        # Its own words are put together, so that their echo is told from them.
        self._say(f"{setup}; show() {{ printf '<%s>' \"$@\"; echo '<e''nd>'; }}; echo '<e''nd>'\n")

    def complete(self, line: str, key: str = TAB) -> list[str]:
        """Type a line and a key that completes it; give the words that the line has then, but for the first."""
        # At its start, the line is made one that shows its words.
        answer = self._say(f"lint-migration-plan {line}{key}\x01show \n")
        shown = answer.replace("\r", "").splitlines()[-1]
        return re.findall(r"<(.*?)>", shown)[1:-1]

    def close(self) -> None:
        """End the shell."""
        self._shell.kill()
        self._shell.wait()
        os.close(self._terminal)

    def _say(self, keys: str) -> str:
        os.write(self._terminal, keys.encode())
        answer = b""
        while b"<end>" not in answer:
            ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
            assert ready, answer
            answer += os.read(self._terminal, 65536)
        return answer.partition(b"<end>")[0].decode() + "<end>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a plan and another whose name has a blank; the scripts are beside it."""
    place = tmp_path_factory.mktemp("home") / "plans"
    place.mkdir()
    for shell in SHELLS:
        (place.parent / f"script.{shell}").write_text(lint("--completion", shell).out, encoding="utf-8")
    for name in ("orders.md", "tax office.md"):
        (place / name).touch()
    return place


def needed(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not there; install the package {shell}")
    return found


BASH = "bind 'set bell-style none'; bind 'set completion-query-items 0'; . ../script.bash"


@pytest.fixture(scope="module")
def bash(folder: Path) -> Iterator[Typist]:
    """Start bash as it is without anybody's settings."""
    typist = Typist([needed("bash"), "--norc", "--noprofile", "-i"], folder, BASH)
    yield typist
    typist.close()


@pytest.fixture(scope="module")
def other_bash(folder: Path) -> Iterator[Typist]:
    """Start a bash that was told not to part words at "="."""
    setting = "COMP_WORDBREAKS=${COMP_WORDBREAKS//=/}"
    typist = Typist([needed("bash"), "--norc", "--noprofile", "-i"], folder, f"{setting}; {BASH}")
    yield typist
    typist.close()


@pytest.fixture(scope="module")
def zsh(folder: Path) -> Iterator[Typist]:
    """Start zsh as it is without anybody's settings."""
    typist = Typist(
        [needed("zsh"), "-f", "-i"],
        folder,
        "unsetopt beep; bindkey -e; autoload -U compinit; compinit -u -D; . ../script.zsh",
    )
    yield typist
    typist.close()


#: What is typed, and the words that stand there after the tabulator key.
WORDS = [
    ("--sel", ["--select"]),
    ("--fail-on warn", ["--fail-on", "warning"]),
    ("--fail-on=nev", ["--fail-on=never"]),
    ("--format gitl", ["--format", "gitlab"]),
    ("--select unknown-ri", ["--select", "unknown-risk"]),
    ("--select=unknown-ri", ["--select=unknown-risk"]),
    ("--ignore gaps,unknown-ri", ["--ignore", "gaps,unknown-risk"]),
    ("--ignore=gaps,unknown-ri", ["--ignore=gaps,unknown-risk"]),
    ("--explain unassigned-g", ["--explain", "unassigned-gap"]),
    ("--severity unknown-ri", ["--severity", "unknown-risk="]),
    ("--severity unknown-risk=warn", ["--severity", "unknown-risk=warning"]),
    ("--severity=unknown-risk=warn", ["--severity=unknown-risk=warning"]),
    ("--output sar", ["--output", "sarif="]),
    ("-o gitl", ["-o", "gitlab="]),
    ("--new plat", ["--new", "platform"]),
    ("--at ord", ["--at", "ord"]),
    ("-- --sel", ["--", "--sel"]),
]
FILES = [
    ("ord", ["orders.md"]),
    ("tax", ["tax office.md"]),
    ("--fix orders.md ta", ["--fix", "orders.md", "tax office.md"]),
    ("--config ord", ["--config", "orders.md"]),
    ("--config=ord", ["--config=orders.md"]),
    ("--output sarif=ord", ["--output", "sarif=orders.md"]),
    ("--output=sarif=ord", ["--output=sarif=orders.md"]),
    ("--new blank -o ord", ["--new", "blank", "-o", "orders.md"]),
    ("--write-baseline=ord", ["--write-baseline=orders.md"]),
    ("-- ord", ["--", "orders.md"]),
]


@pytest.mark.parametrize(("line", "words"), WORDS + FILES)
def test_bash_completes(line: str, words: list[str], bash: Typist) -> None:
    assert bash.complete(line) == words


@pytest.mark.parametrize(("line", "words"), WORDS)
def test_bash_completes_words_however_it_parts_them(line: str, words: list[str], other_bash: Typist) -> None:
    assert other_bash.complete(line) == words


@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("--", [spelling for spelling in SPELLINGS if spelling.startswith("--")]),
        ("-", SPELLINGS),
        ("--color ", ["auto", "always", "never"]),
        ("--new ", list(TYPES)),
        ("--explain ", RULES),
        ("--select ", ["all", *CATEGORIES, *RULES]),
        ("--completion ", list(SHELLS)),
        ("", ["orders.md", "tax office.md"]),
        ("--write-baseline ", ["orders.md", "tax office.md"]),
        ("--changed-since ", []),
    ],
)
def test_bash_knows_all_candidates(line: str, candidates: list[str], bash: Typist) -> None:
    *before, _ = line.split(" ")
    assert sorted(bash.complete(line, ALL)) == sorted(before + candidates)


@pytest.mark.parametrize(("line", "words"), WORDS + FILES)
def test_zsh_completes(line: str, words: list[str], zsh: Typist) -> None:
    assert zsh.complete(line) == words


@pytest.mark.parametrize(("line", "words"), WORDS + FILES)
def test_fish_completes(line: str, words: list[str], folder: Path) -> None:
    assert (fish_candidates(line, folder) or line.split()[-1:]) == words[-1:]


def fish_candidates(line: str, folder: Path) -> list[str]:
    """Ask fish for the candidates, without what it says of them."""
    command = [needed("fish"), "--no-config", "-c", "source ../script.fish; complete -C $argv[1]"]
    done = subprocess.run(
        [*command, f"lint-migration-plan {line}"],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=PATIENCE,
        env=impersonal({"HOME": str(folder)}),
    )
    assert done.stderr == ""
    return [each.partition("\t")[0] for each in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_names_all_options(shell: str) -> None:
    script = completion_script(shell, build_parser())
    for spelling in SPELLINGS:
        in_fish = f" -l {spelling[2:]} " if spelling.startswith("--") else f" -s {spelling[1:]} "
        assert (in_fish if shell == "fish" else spelling) in script
    assert script.endswith("\n")
    assert not re.search(r"%[(a-z]*[)]", script), "argparse would have put something in"


def test_every_value_that_is_a_file_or_a_word_is_known_as_such() -> None:
    unknown = {each.value.name for each in options_of(build_parser()) if each.value and each.value.kind is Kind.OTHER}
    assert unknown == {"N", "NAME", "REV", "REASON", "SIZE"}
