"""What all tests share: the option that rewrites expectations, and rules that may not fail quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from lint_migration_plan.lint.rule import AnyRule


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write expected outputs anew; read them before committing")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected outputs are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _rules_may_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_again(rule: AnyRule, error: Exception, path: str) -> NoReturn:
        error.add_note(f"in the rule {rule.id}, on {path}")
        raise error

    monkeypatch.setattr("lint_migration_plan.lint.runner.crashed", raise_again)
