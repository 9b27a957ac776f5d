"""SARIF 2.1.0, as OASIS defines it and GitHub's code scanning reads it.

Messages hold the true text, as plain text only: a viewer that reads Markdown in them would read the author's. Columns
count code points, and paths are relative to what was checked out. A rule that failed, and whatever else could not be
done, is no result but a notification, with which the run counts as not successful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan import __version__
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.registry import load as load_rule
from lint_migration_plan.lint.runner import INTERNAL_ERROR
from lint_migration_plan.report.checkout import Checkout
from lint_migration_plan.report.explain import explain, reason
from lint_migration_plan.report.json_text import json_text
from lint_migration_plan.report.link import rule_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related
    from lint_migration_plan.lint.fix import Suggestion
    from lint_migration_plan.report.contents import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
# What GitHub calls a severity, for rules that are no security rules.
_SEVERITIES = {"error": "error", "warning": "warning", "info": "recommendation"}

#: The name of our fingerprints among those of others; the number grows when they come out otherwise.
FINGERPRINT = "lintMigrationPlan/v1"

#: GitHub refuses a run with more results, and a result with more places.
MOST_RESULTS, MOST_PLACES = 25_000, 1_000

# The folder that was checked out, by the name that GitHub knows it by.
_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """Write the log, which holds one run."""
    checkout = Checkout()
    diagnostics = [diagnostic for diagnostic in report.outcome.diagnostics if diagnostic.rule != INTERNAL_ERROR]
    shown = _weightiest(diagnostics)
    rules = {rule: index for index, rule in enumerate(dict.fromkeys(diagnostic.rule for diagnostic in shown))}
    run = {
        "tool": {
            "driver": {
                "name": "lint-migration-plan",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": "lint-migration-plan/"},
        "invocations": [_invocation(report, len(diagnostics) - len(shown), checkout)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that was checked out."}}},
        "results": [_result(diagnostic, rules[diagnostic.rule], checkout) for diagnostic in shown],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _weightiest(diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Give as many as are read, in their order; where there are more, the weightiest of them."""
    if len(diagnostics) <= MOST_RESULTS:
        return diagnostics
    by_weight = sorted(range(len(diagnostics)), key=lambda index: -diagnostics[index].severity.rank)
    return [diagnostics[index] for index in sorted(by_weight[:MOST_RESULTS])]


def _rule(rule_id: str) -> dict[str, Any]:
    """Describe a rule by its page; all that is known of one that is not ours is its name."""
    described: dict[str, Any] = {
        "id": rule_id,
        "name": "".join(map(str.capitalize, rule_id.replace("/", "-").split("-"))),
    }
    url = rule_url(rule_id)
    if url:
        described["helpUri"] = url
    if rule_id not in ENTRIES:
        about = {"text": f"The rule {rule_id}."}
        return {**described, "shortDescription": about, "fullDescription": about, "help": about}
    rule, entry = load_rule(rule_id), ENTRIES[rule_id]
    page = explain(rule)
    return {
        **described,
        "shortDescription": {"text": f"{entry.summary}."},
        "fullDescription": {"text": reason(rule)},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity.value]},
        "properties": {
            "tags": ["migration-plan", entry.category],
            "precision": "high",
            "problem.severity": _SEVERITIES[rule.severity.value],
        },
    }


def _invocation(report: Report, left_out: int, checkout: Checkout) -> dict[str, Any]:
    failed = [
        {
            "level": "error",
            "message": {"text": diagnostic.message},
            "locations": [_location(diagnostic.location, checkout)],
        }
        for diagnostic in report.outcome.diagnostics
        if diagnostic.rule == INTERNAL_ERROR
    ]
    failed += [{"level": "error", "message": {"text": failure}} for failure in report.outcome.failures]
    notifications = list(failed)
    if left_out:
        text = f"{left_out} more results, of no more weight than these, were left out"
        notifications.append({"level": "warning", "message": {"text": text}})
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notifications}


def _result(diagnostic: Diagnostic, rule_index: int, checkout: Checkout) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity.value],
        "message": {"text": diagnostic.message},
        "locations": [_location(diagnostic.location, checkout)],
    }
    if diagnostic.fingerprint:
        result["partialFingerprints"] = {FINGERPRINT: diagnostic.fingerprint}
    if diagnostic.related:
        result["relatedLocations"] = [_related(related, checkout) for related in diagnostic.related[:MOST_PLACES]]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, checkout)]
    return result


def _related(related: Related, checkout: Checkout) -> dict[str, Any]:
    location, message = related
    return {**_location(location, checkout), "message": {"text": message}}


def _fix(fix: Suggestion, checkout: Checkout) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(at), "insertedContent": {"text": text}} for at, text in fix.replacements]
    path = fix.replacements[0].location.path
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": _artifact(path, checkout), "replacements": replacements}],
        "properties": {"safe": fix.safe},
    }


def _location(at: Location, checkout: Checkout) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(at.path, checkout), "region": _region(at)}}


def _region(at: Location) -> dict[str, Any]:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }


def _artifact(path: str, checkout: Checkout) -> dict[str, Any]:
    uri = checkout.uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}
