"""The programs that are compared: ours as a user has it, R, and the peers that pip and npm give."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import NamedTuple

from measure import environment

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_PIP_PEERS = ("rumdl", "pymarkdownlnt", "mdformat", "mdformat-gfm", "mdformat-frontmatter")
_NPM_PEERS = ("markdownlint-cli2", "remark-cli", "remark-preset-lint-recommended", "remark-gfm")

#: R: import the parser, and parse the files that are named.
_FULL_PARSE = """\
import sys
from markdown_it import MarkdownIt

parser = MarkdownIt("commonmark").enable("table")
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        parser.parse(file.read())
"""


class Tools(NamedTuple):
    """Commands without their files. ``python`` is the one that ours is installed for."""

    python: str
    ours: tuple[str, ...]
    full_parse: tuple[str, ...]
    rumdl: tuple[str, ...]
    peers: dict[str, tuple[str, ...]]
    versions: dict[str, str]


def install(scratch: str) -> Tools:
    """Install all into a scratch folder: peers once, ours anew each time."""
    ours, peers, node = (os.path.join(scratch, name) for name in ("ours", "peers", "node"))
    python = _python_environment(ours)
    # A launcher that pip 23 writes imports `re`, which takes longer than the interpreter's own start.
    _do(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip")
    _do(python, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", ROOT)
    _do(python, "-m", "pip", "install", "--quiet", f"{ROOT}[lsp]")
    if not os.path.isdir(peers):
        _do(_python_environment(peers), "-m", "pip", "install", "--quiet", *_PIP_PEERS)
    in_node = os.path.join(node, "node_modules", ".bin")
    if not os.path.isdir(in_node):
        os.makedirs(node, exist_ok=True)
        with suppress(OSError, subprocess.CalledProcessError):
            _do("npm", "install", "--silent", "--prefix", node, *_NPM_PEERS)
    npm = os.path.isdir(in_node)
    script = os.path.join(scratch, "full_parse.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(_FULL_PARSE)
    # It looks for its plugins from here.
    settings = os.path.join(node, ".remarkrc.json")
    with open(settings, "w", encoding="utf-8") as file:
        file.write('{"plugins": ["remark-gfm", "remark-preset-lint-recommended"]}')
    in_peers = os.path.join(peers, "bin")
    commands = {
        "mdformat --check": (os.path.join(in_peers, "mdformat"), "--check"),
        "PyMarkdown": (os.path.join(in_peers, "pymarkdown"), "scan"),
    }
    if npm:
        commands |= {
            "markdownlint-cli2": (os.path.join(in_node, "markdownlint-cli2"), "--no-globs"),
            "remark": (os.path.join(in_node, "remark"), "--quiet", "--no-stdout", "--rc-path", settings),
        }
    rumdl = (os.path.join(in_peers, "rumdl"), "check", "--silent", "--no-config")
    program = os.path.join(os.path.dirname(python), "lint-migration-plan")
    return Tools(
        python,
        (program, "--isolated", "--quiet"),
        (python, script),
        rumdl,
        commands,
        _versions(python, program, in_peers, in_node if npm else ""),
    )


def _python_environment(folder: str) -> str:
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        _do(sys.executable, "-m", "venv", folder)
    return python


def _do(*command: str) -> None:
    subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)  # noqa: S603 - our own


def _versions(python: str, program: str, in_peers: str, in_node: str) -> dict[str, str]:
    asked = {
        "lint-migration-plan": (program, "--version"),
        "Python": (python, "--version"),
        "markdown-it-py": (python, "-c", "import markdown_it; print(markdown_it.__version__)"),
        "rumdl": (os.path.join(in_peers, "rumdl"), "--version"),
        "mdformat": (os.path.join(in_peers, "mdformat"), "--version"),
        "PyMarkdown": (os.path.join(in_peers, "pymarkdown"), "version"),
    }
    if in_node:
        asked["markdownlint-cli2"] = (os.path.join(in_node, "markdownlint-cli2"), "--help")
        asked["remark"] = (os.path.join(in_node, "remark"), "--version")
    return {name: _first_line(command).removeprefix(f"{name} ") for name, command in asked.items()}


def _first_line(command: tuple[str, ...]) -> str:
    said = subprocess.run(command, check=False, env=environment(), capture_output=True, text=True)  # noqa: S603 - our own
    lines = (said.stdout or said.stderr).splitlines()
    return lines[0].split(" (")[0] if lines else "unknown"
