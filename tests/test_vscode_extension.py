"""The extension for VS Code: its settings are current, it is packaged, and its code talks with the real server."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lint_migration_plan import __version__
from lint_migration_plan.config.keys import TOP
from program import ROOT, impersonal

EXTENSION = ROOT / "editors" / "vscode"
PACKAGE: Any = json.loads((EXTENSION / "package.json").read_text("utf-8"))

#: An installation from a registry takes its time.
LONG = 600

# What npm says where there is no registry.
OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")

SERVER = "lint-migration-plan-lsp"


def generator() -> Any:  # noqa: ANN401 - a module that lies in no package
    specification = importlib.util.spec_from_file_location("settings_of_extension", EXTENSION / "settings.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_settings_are_current() -> None:
    written = (EXTENSION / "package.json").read_text("utf-8")
    assert written == generator().package_text(), "run python editors/vscode/settings.py"


def test_the_settings_are_the_keys_of_a_configuration() -> None:
    own, mirrored = (set(group["properties"]) for group in PACKAGE["contributes"]["configuration"])
    section = generator().SECTION
    assert mirrored == {f"{section}.{key.name}" for key in TOP.keys if key.name not in generator().NOT_FOR_EDITORS}
    assert f"{section}.server.command" in own
    # A setting has no definitions to refer to, and the workspace of a stranger does not say what is started.
    assert "$ref" not in json.dumps(PACKAGE)
    assert PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] == [f"{section}.server.command"]


def test_the_extension_has_the_version_of_the_linter() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    assert PACKAGE["version"] == lock["version"] == __version__
    assert f"-{__version__}.vsix" in (EXTENSION / "README.md").read_text("utf-8")


def test_the_page_on_editors_says_the_same_of_the_extension() -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    (section,) = re.findall(r"^### The extension\n(.*?)^### ", page, re.MULTILINE | re.DOTALL)
    commands, settings = re.findall(r"^```\w+\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    assert commands in (EXTENSION / "README.md").read_text("utf-8")
    declared = {
        name: setting
        for group in PACKAGE["contributes"]["configuration"]
        for name, setting in group["properties"].items()
    }
    for name, value in json.loads(settings).items():
        jsonschema.validate(value, declared[name])


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, held in packages.items() if "resolved" in held]
    assert not [name for name, held in packages.items() if name and "integrity" not in held]


@pytest.fixture(scope="module")
def npm() -> list[str]:
    """Give the command for npm, with what the extension is built by installed."""
    found, node = shutil.which("npm"), shutil.which("node")
    if found is None or node is None or major_version(node) < 20:
        pytest.skip("Node 20 or newer with npm is not there; install the packages nodejs and npm")
    lock, installed = EXTENSION / "package-lock.json", EXTENSION / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = run([found, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        if done.returncode and any(word in done.stdout for word in OFFLINE):
            pytest.skip("npm reaches no registry to install from")
        assert done.returncode == 0, done.stdout
    return [found]


def major_version(node: str) -> int:
    said = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    return int(said.removeprefix("v").partition(".")[0])


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    scripts = Path(sys.executable).parent
    return subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=LONG,
        cwd=EXTENSION,
        env=impersonal({"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "npm_config_update_notifier": "false"}),
    )


@pytest.mark.slow
def test_the_extension_talks_with_the_server_and_is_packaged(npm: list[str], tmp_path: Path) -> None:
    # One test, for the server is talked with by what was packaged.
    package = tmp_path / "extension.vsix"
    done = run([*npm, "run", "package", "--", "--out", str(package)])
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout
    with zipfile.ZipFile(package) as packed:
        names = {name.removeprefix("extension/") for name in packed.namelist() if name.startswith("extension/")}
        licences = packed.read("extension/dist/third-party.txt").decode("utf-8")
    assert names == {
        *("package.json", "readme.md", "LICENSE.txt"),
        *("dist/extension.js", "dist/config.schema.json", "dist/third-party.txt"),
    }
    assert re.search(r"^vscode-languageclient [\d.]+ \(MIT\)$", licences, re.MULTILINE)
    if shutil.which(SERVER, path=str(Path(sys.executable).parent)) is None:
        pytest.skip(f"{SERVER} is not there; install lint-migration-plan with its extra lsp")
    done = run([*npm, "test", "--ignore-scripts"])
    assert done.returncode == 0, done.stdout
