"""The run itself: a rule that fails, and files judged from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from lint_migration_plan import CannotReadError, Severity, lint_file, lint_files, lint_text
from lint_migration_plan.lint import registry
from lint_migration_plan.lint.runner import crashed
from program import BAD, BAD_RULES, GOOD

if TYPE_CHECKING:
    from lint_migration_plan.lint.rule import AnyRule


def test_a_rule_that_fails_is_told_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    load = registry.load

    def load_broken(rule_id: str) -> AnyRule:
        def fail(_subject: object, _options: object) -> NoReturn:
            raise ZeroDivisionError("so it goes")

        rule = load(rule_id)
        return rule._replace(check=fail) if rule_id == "unknown-risk" else rule

    monkeypatch.setattr("lint_migration_plan.lint.runner.crashed", crashed)
    monkeypatch.setattr(registry, "load", load_broken)
    first, *others = lint_text(BAD.decode(), "plan.md")
    assert (first.rule, first.severity, first.location[:3]) == ("internal-error", Severity.ERROR, ("plan.md", 1, 1))
    assert first.message == "rule unknown-risk failed with ZeroDivisionError: so it goes; the other rules went on"
    assert [other.rule for other in others] == BAD_RULES[1:]


def test_files_are_judged_from_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.md").write_bytes(GOOD)
    Path("bad.md").write_bytes(BAD)
    assert lint_file("good.md") == ()
    outcome = lint_files(["good.md", "bad.md"])
    assert outcome.judged == ("good.md", "bad.md")
    assert (outcome.files, outcome.plans, outcome.counts.errors) == (2, 2, 3)
    assert [diagnostic.rule for diagnostic in outcome.diagnostics] == BAD_RULES
    Path(".lint-migration-plan.yaml").write_text("ignore: [unknown-risk]\n", encoding="utf-8")
    assert [diagnostic.rule for diagnostic in lint_file("bad.md")] == BAD_RULES[1:]
    with pytest.raises(CannotReadError, match=r"missing\.md: no such file"):
        lint_files(["good.md", "missing.md"])
