"""What all tests share: the option that rewrites expectations, and rules that may not fail quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.lint.rule import AnyRule
    from lint_migration_plan.lint.runner import Judgement


# A machine with other work to do is slow at odd moments, which says nothing of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write expected outputs anew; read them before committing")
    parser.addoption("--every-defect", action="store_true", help="try each defect of the matrix, not a sample")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Tell whether expected outputs are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def _nothing_is_known_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test shows what the code does now, and leaves nothing in anybody's cache."""
    monkeypatch.setenv("LINT_MIGRATION_PLAN_CACHE_DIR", "")


@pytest.fixture(autouse=True)
def _rules_may_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_again(rule: AnyRule, error: Exception, path: str) -> NoReturn:
        error.add_note(f"in the rule {rule.id}, on {path}")
        raise error

    def go_round(judgement: Judgement, diagnostic: Diagnostic) -> NoReturn:
        del judgement
        raise AssertionError(f"fixes of {diagnostic.rule} and others undo one another, on {diagnostic.path}")

    monkeypatch.setattr("lint_migration_plan.lint.runner.crashed", raise_again)
    monkeypatch.setattr("lint_migration_plan.lint.fixer.went_round", go_round)
