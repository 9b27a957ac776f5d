"""Each rule against single defects in sound plans of many forms: told once, on its line, and nothing else.

``fixtures/plans`` holds the plans, written in different words and forms; each is taken as it is, formatted by mdformat,
wrapped by it, and with the line ends of Windows. `defect_makers` breaks them. The usual run takes a sample, the same one
each time, in which every rule meets every plan that it can be tried on; ``pytest --every-defect`` runs them all.
"""

from __future__ import annotations

import random
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import mdformat
import pytest

from defect_makers import HERE, MAKERS, linked_map, mapped
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint import registry
from lint_migration_plan.lint.gap_maps import GapMaps
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.lint.runner import judge_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defect_makers import Defect
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.plan.nodes import Plan

FOLDER = Path(__file__).parent.parent / "fixtures" / "plans"
PLANS = sorted(path for path in FOLDER.glob("*.md") if not path.with_suffix(".out").exists())
FORMS = ("as written", "formatted", "wrapped", "crlf")
#: So many defects of a rule the matrix has at least, and so many of each plan the sample.
LEAST, SAMPLE = 10, 1


class Base(NamedTuple):
    """A sound plan in one of its forms."""

    name: str
    text: str
    plan: Plan
    config: Config


@lru_cache(maxsize=1)
def bases() -> list[Base]:
    return [base(path, form) for path in PLANS for form in FORMS]


def base(path: Path, form: str) -> Base:
    config = settings(path)
    text = in_form(path.read_bytes().decode("utf-8"), form)
    (plan,) = parse_file(text, config, unreadable="")[0].plans
    return Base(f"{path.stem}, {form}", text, plan, config)


def settings(path: Path) -> Config:
    given = path.with_suffix(".config.yaml")
    return (read_config(str(given)) if given.exists() else Config()).with_command_line(select=["all"])


def in_form(text: str, form: str) -> str:
    if form == "as written":
        return text
    if form == "crlf":
        return text.replace("\n", "\r\n")
    return mdformat.text(text, extensions={"gfm", "frontmatter"}, options={"wrap": 64} if form == "wrapped" else {})


@cache
def defects(rule: str) -> list[tuple[Base, Defect]]:
    assert rule in MAKERS, "defect_makers needs a maker for this rule"
    return [(base, defect) for base in bases() for defect in MAKERS[rule](base.plan)]


def sample(rule: str) -> list[tuple[Base, Defect]]:
    """Take some defects of each plan, of the forms in turn, and as many more as make them enough."""
    chance = random.Random(rule)  # noqa: S311 - a sample needs no secret
    every = chance.sample(defects(rule), len(defects(rule)))
    by_plan: dict[str, list[tuple[Base, Defect]]] = {}
    for each in every:
        by_plan.setdefault(each[0].name.partition(",")[0], []).append(each)
    taken = [each for found in by_plan.values() for each in found[:SAMPLE]]
    rest = [each for found in by_plan.values() for each in found[SAMPLE:]]
    return taken + rest[: max(0, LEAST - len(taken))]


def judge(base: Base, text: str, files: Mapping[str, str], folder: Path) -> tuple[Diagnostic, ...]:
    """Judge a plan that stands in a folder with other files and without."""
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    file = folder / "plan.md"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    diagnostics = judge_file(str(file), base.config, GapMaps()).diagnostics
    for name in files:
        (folder / name).unlink()
    return diagnostics


def check(rule: str, cases: list[tuple[Base, Defect]], folder: Path) -> None:
    wrong = []
    for base, defect in cases:
        text, line = defect.made(base.text)
        diagnostics = judge(base, text, defect.files, folder)
        if [(one.rule, one.location.line) for one in diagnostics] != [(rule, line)]:
            said = "\n".join(f"    {one.location.line}: {one.rule}: {one.message}" for one in diagnostics)
            wrong.append(f"{base.name}, expected on line {line}, by {defect.edits}:\n{said}")
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(wrong[:10])


@pytest.mark.parametrize("rule", sorted(registry.ENTRIES))
def test_a_defect_is_told_on_its_line_and_nothing_else(
    rule: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cases = defects(rule) if request.config.getoption("--every-defect") else sample(rule)
    assert len(cases) >= LEAST, "defect_makers needs more ways to break a plan by this rule"
    check(rule, cases, tmp_path)


def test_the_sound_plans_are_sound_in_every_form(tmp_path: Path) -> None:
    assert [base.name for base in bases() if judge(base, base.text, {}, tmp_path)] == []


def test_a_gap_map_that_says_the_same_is_no_defect(tmp_path: Path) -> None:
    for base in bases():
        defect = linked_map(base.plan, rows=mapped(base.plan), here=HERE)
        assert judge(base, defect.made(base.text)[0], defect.files, tmp_path) == (), base.name
