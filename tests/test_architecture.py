"""Imports point one way."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import lint_migration_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(lint_migration_plan.__file__).parent
NAME = lint_migration_plan.__name__

#: What each part may import of ours, besides itself. The command line and the package itself may import everything.
ALLOWED = {
    "markdown": set(),
    "plan": {"markdown"},
    # The names of all rules are in the registry, which imports no rule before it is asked for one.
    "config": {"lint.registry", "lint.rule", "markdown.source"},
    "lint": {"markdown", "plan", "config", "rules"},
    "rules": {"markdown.source", "markdown.document", "markdown.inline", "plan", "lint", "config.front_matter"},
    "report": {"lint", "markdown.source", "config.paths", "__version__"},
    "completion": {"arguments", "config.selection", "config.words", "lint.registry", "report.formats"},
    "views": {"plan", "markdown.document", "markdown.inline", "report.safe", "report.cells", "lint.subject"},
    "lsp": {
        "__version__",
        "markdown",
        "plan",
        "config",
        "lint",
        "report.columns",
        "report.explain",
        "report.link",
        "report.safe",
        "views.names",
    },
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what is imported of ours, at any depth, for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{NAME}"):
            module = node.module.removeprefix(NAME).removeprefix(".")
            if (PACKAGE / module.replace(".", "/")).is_dir():
                yield from (f"{module}.{alias.name}".removeprefix(".") for alias in node.names)
            else:
                yield module


def imports_at_start(tree: ast.Module) -> Iterator[str]:
    """Yield what is imported when the module is: not within functions, nor for types."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            yield from imports(node)


def test_each_part_imports_only_what_it_may() -> None:
    wrong = []
    for name, tree in modules():
        part = name.partition(".")[0]
        for imported in imports(tree) if part in ALLOWED else ():
            mine = imported.partition(".")[0] in {part, "TYPE_CHECKING"}
            if not mine and not any(f"{imported}.".startswith(f"{allowed}.") for allowed in ALLOWED[part]):
                wrong.append(f"{name} imports {imported}")
    assert wrong == []


def test_only_the_registry_imports_rules() -> None:
    importers = {name for name, tree in modules() for imported in imports(tree) if imported.startswith("rules")}
    assert {name for name in importers if not name.startswith("rules.")} <= {"lint.registry"}


def test_nothing_imports_in_a_ring() -> None:
    graph = {name: set(imports_at_start(tree)) for name, tree in modules()}
    TopologicalSorter(graph).prepare()


def test_only_the_markdown_part_and_the_plugin_for_mdformat_know_the_parser() -> None:
    knowing = {name.partition(".")[0] for name, tree in modules() if "markdown_it" in imported_from_outside(tree)}
    assert knowing == {"markdown", "mdformat_plugin"}


def imported_from_outside(tree: ast.AST) -> Iterator[str]:
    """Yield the packages that are imported, at any depth."""
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.partition(".")[0] for name in names)


def test_only_the_server_knows_pygls_and_only_its_part_the_protocol() -> None:
    knowing = {package: set[str]() for package in ("pygls", "lsprotocol")}
    for name, tree in modules():
        for package in knowing.keys() & {*imported_from_outside(tree)}:
            knowing[package].add(name)
    assert knowing["pygls"] == {"lsp.server"}
    assert {name.partition(".")[0] for name in knowing["lsprotocol"]} == {"lsp"}


def test_nothing_imports_the_language_server() -> None:
    importers = {name for name, tree in modules() for imported in imports(tree) if f"{imported}.".startswith("lsp.")}
    assert {name for name in importers if name.partition(".")[0] != "lsp"} == set()


def test_places_and_documents_know_no_protocol() -> None:
    pure = {
        name: tree
        for name, tree in modules()
        if name in {"lsp.convert", "lsp.documents", "lsp.workspace", "lsp.stage_at"}
    }
    assert len(pure) == 4
    assert not any({*imported_from_outside(tree)} & {"pygls", "lsprotocol"} for tree in pure.values())
