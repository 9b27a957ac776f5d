"""Risk that is not low, medium or high.

## Why
The guide runs the stages with the lowest risk first, which needs risks that can be compared. It has three of them,
low, medium and high. A risk such as "moderate" or "medium-high" makes each reader draw the line elsewhere, and a
sentence on what may go wrong, without one of the three words, says nothing of how much. A team that has other words
for the three can name them in its configuration, as `vocabulary.risks`.

## Bad
```markdown
### Stage 1 — Replace the account cookie

**Risk**: moderate
```

## Good
```markdown
### Stage 1 — Replace the account cookie

**Risk**: medium (all users log in once more)
```

## Fix
An abbreviation, a sign or a slip of the pen becomes the word that it stands for: "med", 🟡, "meduim". What a word of
another scale such as "moderate" comes to is for the author to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix
from lint_migration_plan.lint.rule import NoOptions, Rule, Severity, Violation
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.plan.values.choices import mistyped_risk, suggest_risk
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.rules.stages._unreadable import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.plan.nodes import Plan
    from lint_migration_plan.plan.terms import Reading, Risk


_LEVEL = LazyPattern(r"\b(?:low|medium|high)\b")


def check(plan: Plan, options: NoOptions) -> Iterator[Violation]:
    """Yield a violation for each risk that cannot be read."""
    del options
    yield from unreadable((stage.risk for stage in plan.stages), _message, fix_risk)


def fix_risk(risk: Reading[Risk]) -> Fix | None:
    """Put the risk in the place of what can mean nothing else."""
    mistyped = mistyped_risk(risk.text)
    if mistyped is None:
        return None
    word, meant = mistyped
    return Fix(f"write '{meant}' for {quote(word.plain)}", (Edit(word.span, meant),))


def _message(risk: Reading[Risk]) -> str:
    said = f"risk {quote(risk.text.plain)} is not one of: low, medium, high"
    if risk.reason:
        return f"{said}; {risk.reason}"
    if len(set(_LEVEL.findall(risk.text.plain.casefold()))) > 1:
        return f"{said}; a stage has one of them"
    meant = suggest_risk(risk.text.plain)
    return f"{said}; did you mean '{meant}'?" if meant else said


RULE = Rule(id="unknown-risk", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check)
