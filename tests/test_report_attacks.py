"""Hostile plans, file names and rules of plugins: no format lets them talk to a terminal or a build service."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Replacement, Suggestion
from lint_migration_plan.report.formats import FORMATS
from lint_migration_plan.report.safe import safe_text
from reports import azure_command, github_command, render

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = [
    "::error::x",
    "  ::set-output name=a::b",
    "x\n::add-mask::secret",
    "x\r::stop-commands::now",
    "x\r\n::error file=a.md::b",
    "x\v::group::y\f::endgroup::",
    "x\u2028::error::y\u2029::error::z\x85::error::w",
    "##[error]x",
    "###[group]x",
    "x ##[set-env name=PATH;]y",
    "##vso[task.setvariable variable=a]b",
    "x##VSO[task.complete result=Succeeded;]",
    "##teamcity[buildStatus status='SUCCESS']",
    "##",
    "##vso",
    "[task.complete]",
    "x::y,file=z,line=1::w",
    "x;code=y;]z",
    "a]b",
    "%0A::error::x",
    "%0D%0A##[error]x",
    "%25%0A%3A%2C%AZP25%5D",
    "\x1b[2J\x1b]0;owned\x07",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x9b31m\x00\x7f\x08\x08\x08",
    "section_start:1:x\r\x1b[0K",
    "\u202egnp.exe\u202c \u2066a\u2069 \u200f\u200e\u061c",
    "\ufeff\ufffe\uffff",
    "\ud800\udcff",
    "</failure></testcase><testcase name='x'/>",
    "]]><!-- x --><?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    "\"' onload='x' a=\"",
    '"},{"rule":"x',
    "\\",
    "\\\\\n\\",
    "{0} {{x}} [a](1) [b](https://evil.example)",
    "![x](https://evil.example/x.png) <script>alert(1)</script> @everyone #1",
    "x" * 5000,
    "",
    " ",
]


def hostile(attack: str, path: str, rule: str) -> tuple[Diagnostic, ...]:
    """Put an attack wherever a report quotes the document, a file's name or a plugin."""
    location = Location(path, 3, 12, 3, 18)
    edits = Suggestion(attack, (Replacement(location, attack),), safe=True)
    related = (Related(location, attack), Related(Location(attack, 1, 1, 1, 1), attack))
    return tuple(Diagnostic(rule, severity, attack, location, related, edits) for severity in Severity)


def nameable(path: str) -> str:
    """Make of a text what can be the name of a file."""
    return path.replace("\0", "\x01").replace("/", "_") or "x"


# A rule that is ours would bring its page.
HARMLESS = hostile("harmless", "plan.md", "acme/harmless")

#: The starts of the commands that these two formats consist of, and of which no other may be in them.
OWN = {
    "github": re.compile(r"^::(?:error|warning|notice) title="),
    "azure": re.compile(r"^##vso\[task\.logissue type="),
}
COMMAND = re.compile(r"##(?:vso|teamcity)?\[", re.IGNORECASE)
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def height(text: str) -> int:
    """Count the lines; but for what SARIF adds to each path that is relative, for an attack may be an absolute one."""
    return sum('"uriBaseId": "' not in line for line in text.split("\n"))


def check(name: str, attack: str) -> None:
    path = nameable(attack)
    text = render(name, *hostile(attack, path, attack), failures=(attack,))
    lines = text.split("\n")
    assert height(text) == height(render(name, *HARMLESS, failures=("harmless",)))
    assert not set(text) & BIDI
    assert not [char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    text.encode("utf-8")
    for line in lines:
        foreign = OWN[name].sub("", line, count=1) if name in OWN else line
        assert not foreign.lstrip().startswith("::")
        assert not COMMAND.search(foreign)


@pytest.fixture(scope="module", autouse=True)
def _place(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - of a fixture
    folder: Path = tmp_path_factory.mktemp("attacks")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_stays_in_its_line_and_is_no_command(name: str, attack: str) -> None:
    check(name, attack)


ANY = st.lists(
    st.one_of(st.characters(), st.sampled_from([*ATTACKS, *"\n\r:#[];,=%<>&\"'", "::", "##", "##vso", "vso["]))
).map("".join)


@pytest.mark.parametrize("name", FORMATS)
@given(ANY)
@example("/")
def test_nor_does_any_other_text_get_out(name: str, attack: str) -> None:
    check(name, attack)


@given(ANY)
def test_github_reads_the_commands_that_were_meant(attack: str) -> None:
    path = nameable(attack)
    for line in render("github", *hostile(attack, path, attack)).split("\n")[:-1]:
        command = github_command(line)
        assert command is not None
        assert set(command.properties) == {"title", "file", "line", "col", "endLine", "endColumn"}
        assert command.properties["title"] == f"lint-migration-plan ({safe_text(attack)})"
        assert command.data == f"{safe_text(path)}:3:12: {safe_text(attack)} [{safe_text(attack)}]"
        # What the service prints of it is a line, and none that it would read again.
        assert command.data.isprintable() or not any(unicodedata.category(char) == "Cc" for char in command.data)
        assert not COMMAND.search(command.data)


@given(ANY)
def test_azure_reads_the_commands_that_were_meant(attack: str) -> None:
    path = nameable(attack)
    *issues, told = render("azure", *hostile(attack, path, attack)).split("\n")[:-1]
    assert azure_command(told) is None
    for line in issues:
        command = azure_command(line)
        assert command is not None
        assert command.name == "task.logissue"
        assert set(command.properties) == {"type", "sourcepath", "linenumber", "columnnumber", "code"}
        assert command.properties["code"] == safe_text(attack)
        assert command.data == f"{safe_text(path)}:3:12: {safe_text(attack)} [{safe_text(attack)}]"


@given(ANY)
def test_xml_keeps_its_form(attack: str) -> None:
    for name in ("junit", "checkstyle"):
        tree = [(part.tag, sorted(part.attrib)) for part in ET.fromstring(render(name, *HARMLESS)).iter()]
        root = ET.fromstring(render(name, *hostile(attack, nameable(attack), attack)))
        assert [(part.tag, sorted(part.attrib)) for part in root.iter()] == tree
        messages = [part.attrib["message"] for part in root.iter() if "message" in part.attrib]
        assert set(messages) == {safe_text(attack)}


# Two surrogates may make one character.
TRUE = ANY.filter(lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text))


@given(TRUE)
def test_json_keeps_the_true_text(attack: str) -> None:
    path = nameable(attack)
    told = hostile(attack, path, attack)
    (first, *_), *_ = json.loads(render("json", *told))["diagnostics"], None
    line = json.loads(render("jsonl", *told).split("\n")[0])
    assert first == line
    assert (first["message"], first["path"], first["rule"]) == (attack, path, attack)
    (run,) = json.loads(render("sarif", *told))["runs"]
    result = run["results"][0]
    assert (result["message"]["text"], result["ruleId"]) == (attack, attack)
    assert result["fixes"][0]["description"]["text"] == attack
    suggestion = json.loads(render("rdjson", *told))["diagnostics"][0]["suggestions"][0]
    assert suggestion["text"] == attack


@given(TRUE)
def test_what_is_for_people_only_is_safe_in_json_too(attack: str) -> None:
    told = hostile(attack, nameable(attack), attack)
    assert json.loads(render("gitlab", *told))[0]["description"] == safe_text(attack)
    row = json.loads(render("rdjson", *told))["diagnostics"][0]
    assert row["message"] == safe_text(attack)
    assert row["location"]["path"] == nameable(attack)
