"""The language server in real editors: what is marked behind an emoji, a fix from the menu, a stage renumbered."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from opened import GOOD_TEXT
from program import scripted

#: What is run within the editors.
SCRIPTS = Path(__file__).parent / "clients"

#: Editors start, load what they need and talk: more than a test of the program takes.
LONG = 180

#: A slip behind an emoji of several code points, one of a single, a tab and an accent behind its letter.
SLIP = GOOD_TEXT.replace("data\n**Risk**: medium", "data — 👩🏽\u200d🚀 🚀\tcafe\u0301 **Risk**: Meduim")
FIXED = SLIP.replace("Meduim", "medium")
RENAMED = FIXED.replace("Stage 4", "Stage 9").replace("| 4 |", "| 9 |")
MESSAGE = "risk 'Meduim' is not one of: low, medium, high; did you mean 'medium'?"

pytestmark = pytest.mark.slow


def seen_in(folder: Path, *command: str, newline: str = "\n") -> dict[str, Any]:
    """Have an editor open the plan and run its script; give what that saw."""
    plan, seen = folder / "the plan é.md", folder / "seen.json"
    plan.write_text(SLIP, "utf-8", newline=newline)
    surroundings = {"PLAN": str(plan), "SERVER": json.dumps([sys.executable, "-m", "lint_migration_plan.lsp"])}
    words = [word.replace("PLAN", str(plan)) for word in command]
    noted, printed = scripted(words, seen, surroundings, patience=LONG)
    found = json.loads(noted)
    assert "error" not in found, f"{found['error']}\n{printed}"
    assert isinstance(found, dict)
    return found


def check(found: dict[str, Any], name: str) -> None:
    """See that a person would have seen what is there to be seen."""
    assert found["diagnostics"] == [[name, "Meduim"]]
    assert {*found["squiggles"]} == {"Meduim"}
    assert found["titles"][:2] == ["Write 'medium' for 'Meduim'", "Suppress unknown-risk here, with a reason"]
    assert found["fixed"].rstrip("\n") == FIXED.rstrip("\n")
    assert found["renamed"].rstrip("\n") == RENAMED.rstrip("\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_neovim(tmp_path: Path, newline: str) -> None:
    if not shutil.which("nvim"):
        pytest.skip("there is no nvim here: apt-get install neovim")
    script = str(SCRIPTS / "neovim.lua")
    found = seen_in(
        tmp_path, "nvim", "-u", "NONE", "-i", "NONE", "--headless", "PLAN", "-c", f"luafile {script}", newline=newline
    )
    check(found, "unknown-risk")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_emacs(tmp_path: Path, newline: str) -> None:
    if not shutil.which("emacs"):
        pytest.skip("there is no emacs here: apt-get install emacs-nox elpa-eglot")
    start = ("emacs", "--batch", "-q", "--eval", "(package-initialize)")
    there = subprocess.run(
        [*start, "--eval", '(kill-emacs (if (locate-library "eglot") 0 1))'], check=False, capture_output=True
    )
    if there.returncode:
        pytest.skip("this Emacs lacks a package: apt-get install elpa-eglot")
    found = seen_in(tmp_path, *start, "-l", str(SCRIPTS / "eglot.el"), newline=newline)
    found["diagnostics"] = [[re.sub(r" \[.*\]\Z", "", said), at] for said, at in found["diagnostics"]]
    assert all(MESSAGE in said for said, _ in found["diagnostics"])
    check(found | {"diagnostics": [["unknown-risk", at] for _, at in found["diagnostics"]]}, "unknown-risk")
