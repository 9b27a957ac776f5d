"""What is fuzzed: for each part a function that takes any bytes, and fails only where the part breaks a promise.

The bytes are what a stranger wrote into a file. `TARGETS` has them all by name, with the pieces that help to get
anywhere. A diagnostic, or an error that says what is wrong, is no failure.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from xml.etree import ElementTree as ET

from hostile import pieces
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.front_matter import FrontMatterError, read_front_matter
from lint_migration_plan.config.read import read_config
from lint_migration_plan.config.settings import Config
from lint_migration_plan.config.show import show
from lint_migration_plan.lint import fixer, runner
from lint_migration_plan.lint.add_suppressions import CannotSuppressError, add_suppressions
from lint_migration_plan.lint.baseline import baseline_text, read_baseline
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Replacement, Suggestion
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.lint.sieve import Known
from lint_migration_plan.lint.suppress import find_suppressions
from lint_migration_plan.lsp.convert import Converter, Encoding
from lint_migration_plan.markdown.document import Heading, Paragraph, Table, walk_blocks
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Position, Source
from lint_migration_plan.plan.facts.gap_matching import match_gaps
from lint_migration_plan.plan.gap_map import read_gap_map
from lint_migration_plan.report.columns import column_in
from lint_migration_plan.report.contents import Report
from lint_migration_plan.report.formats import FORMATS
from lint_migration_plan.report.formats import load as load_format
from lint_migration_plan.views import coverage, plan_table, rollback_path, what_if
from test_report_attacks import COMMAND, OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lint_migration_plan.lint.rule import AnyRule
    from lint_migration_plan.markdown.inline import Text

EVERY_RULE = Config().with_command_line(select=["all"])
_FRONT_MATTER_ONLY = Config().with_command_line(select=["invalid-front-matter"])

#: What a terminal may take for more than a character, but for the end of a line.
_COMMANDS = frozenset(map(chr, (*range(10), *range(11, 32), 127, *range(0x80, 0xA0), 0x202E, 0x2066)))

#: Of the offsets of a long text, about so many are tried.
_OFFSETS = 100

#: A plan of this many stages is not looked at from every one of them.
_SOME = 4


def be_strict() -> None:
    """Let rules and fixes that fail raise, rather than be reported."""

    def raise_again(rule: AnyRule, error: Exception, path: str) -> NoReturn:
        error.add_note(f"in the rule {rule.id}, on {path}")
        raise error

    def go_round(judgement: runner.Judgement, diagnostic: Diagnostic) -> NoReturn:
        del judgement
        raise AssertionError(f"fixes of {diagnostic.rule} and others undo one another, on {diagnostic.path}")

    runner.crashed = raise_again
    fixer.went_round = go_round


def text_of(data: bytes) -> str:
    """Read bytes as a file is read whose encoding is wrong in places."""
    return data.decode("utf-8", "replace")


def check_places(text: str, diagnostics: Sequence[Diagnostic]) -> None:
    """Hold that all places are in the text, all messages are one line, and no fix leaves all as it is."""
    source = Source(text)
    for diagnostic in diagnostics:
        for location in (diagnostic.location, *(related.location for related in diagnostic.related)):
            assert 1 <= location.line <= location.end_line <= len(source.lines)
            assert 1 <= location.column <= len(source.lines[location.line - 1]) + 1
            assert 1 <= location.end_column <= len(source.lines[location.end_line - 1]) + 1
            assert (location.line, location.column) <= (location.end_line, location.end_column)
        assert "\n" not in diagnostic.message
        assert not diagnostic.message.endswith(".")
        if diagnostic.fix is not None:
            assert any(_changes(each, source) for each in diagnostic.fix.replacements), diagnostic


def _changes(replacement: Replacement, source: Source) -> bool:
    at = replacement.location
    start, end = (source.offset(Position(*place)) for place in (at[1:3], at[3:5]))
    return source.text[start:end] != replacement.text


def parse(data: bytes) -> None:
    """Parse a text, and read all of it: each stretch lies in the text and in order."""
    text = text_of(data)
    document = parse_document(text)
    for block in walk_blocks(document.blocks):
        assert 0 <= block.span.start <= block.span.end <= len(text)
        if isinstance(block, Heading | Paragraph):
            _check_text(block.text, text)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    _check_text(cell.text, text)
    file, _ = parse_file(text, EVERY_RULE)
    for plan in file.plans:
        assert 0 <= plan.span.start <= plan.span.end <= len(text)


def _check_text(inline: Text, text: str) -> None:
    assert len(inline.plain) == len(inline.prose)
    for part in (inline, *inline.strongs, *(link.text for link in inline.links)):
        assert 0 <= part.span.start <= part.span.end <= len(text)


def lint(data: bytes) -> None:
    """Lint a text by all rules."""
    text = text_of(data)
    check_places(text, runner.lint_text(text, config=EVERY_RULE))


def fix(data: bytes) -> None:
    """Mend a text by all fixes: it comes to rest, and what comes out can be judged."""
    text = text_of(data)
    fixed = fixer.fix_text(text, config=EVERY_RULE, unsafe=True)
    assert fixer.fix_text(fixed, config=EVERY_RULE, unsafe=True) == fixed
    check_places(fixed, runner.lint_text(fixed, config=EVERY_RULE))


def config(data: bytes) -> None:
    """Read a configuration: it can be used, or is told why not."""
    ending = (".yaml", ".toml")[data[0] % 2 if data else 0]
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = os.path.join(folder, f"it{ending}")
        with open(path, "wb") as file:
            file.write(data[1:])
        try:
            read = read_config(path)
        except ConfigError as error:
            assert error.errors
            assert all(str(fault).isprintable() or "\t" in str(fault) for fault in error.errors), error
            return
        show(read, os.path.join(folder, "plan.md"))
        read.for_file(os.path.join(folder, "plan.md")).enabled_rules()


def front_matter(data: bytes) -> None:
    """Read a front matter: what is wrong with it stands in it."""
    text = text_of(data)
    read = read_front_matter(text)
    if isinstance(read, FrontMatterError):
        lines = Source(text).lines
        assert 0 <= read.line < len(lines)
        assert 0 <= (read.column or 0) <= (read.end_column or len(lines[read.line])) <= len(lines[read.line])
    plan = f"---\n{text}\n---\n\n## Migration: x\n\n### Stage 1 — Move it\n"
    check_places(plan, runner.lint_text(plan, config=_FRONT_MATTER_ONLY))


def suppressions(data: bytes) -> None:
    """Write the comments that hide all that is reported: then nothing is, or the text is left alone."""
    text = text_of(data)
    for one in find_suppressions(parse_document(text)):
        assert 0 <= one.removal.start <= one.span.start <= one.span.end <= one.removal.end <= len(text)

    def judge(text: str) -> runner.Judgement:
        return runner.judge_text(text, "it.md", EVERY_RULE, known=Known())

    judgement = judge(text)
    try:
        added = add_suppressions(judgement, judge, "why not")
    except CannotSuppressError:
        return
    assert len(added.judgement.diagnostics) <= len(judgement.diagnostics)


def baseline(data: bytes) -> None:
    """Read a baseline: what is read can be written, and read again as the same."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = os.path.join(folder, "known.txt")
        with open(path, "wb") as file:
            file.write(data)
        try:
            entries = list(read_baseline(path).entries)
        except ConfigError as error:
            assert error.errors
            return
        written = baseline_text(entries)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(written)
        assert baseline_text(read_baseline(path).entries) == written


def _memory() -> str | None:
    return "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a folder of our own is made in it


#: A line of a document for each kind of diagnostic, and as many more as show that they do not mix.
_DIAGNOSTICS = 6


def _strange_report(data: bytes) -> Report:
    """Make a report in which everything is strange: the name of the file, its lines, and what is said of them."""
    name, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
    # What no file's name can have.
    name = name.replace("\0", "\x01").replace("/", "_") or "x"
    source = Source(text)
    diagnostics = []
    for number, line in enumerate(source.lines[:_DIAGNOSTICS], 1):
        at = Location(name, number, min(len(line), number) + 1, number, len(line) + 1)
        mend = Suggestion(line, (Replacement(at, line),), safe=number % 2 == 0)
        severity = tuple(Severity)[number % len(Severity)]
        related = (Related(at, line),) if number % 2 else ()
        diagnostics.append(Diagnostic(line, severity, line, at, related, mend, fingerprint="0123456789abcdef"))
    outcome = Outcome(tuple(diagnostics), 1, 1, judged=(name,), failures=(text,) if len(text) % 2 else ())
    return Report(outcome, {name: source}, show_source=True)


def _reported(name: str) -> Callable[[bytes], None]:
    """Make the target for a format: whoever reads it finds as many diagnostics as there are, and no command but ours."""
    render = load_format(name)
    count = _COUNTS[name]
    own = OWN.get(name)

    def run(data: bytes) -> None:
        report = _strange_report(data)
        written = render(report)
        assert not _COMMANDS & set(written)
        written.encode("utf-8")
        for line in written.split("\n"):
            foreign = own.sub("", line, count=1) if own else line
            assert not foreign.lstrip().startswith("::")
            assert not COMMAND.search(foreign)
        assert count(written) == len(report.outcome.diagnostics)

    return run


def _heads(written: str) -> int:
    return sum(not line.startswith(" ") for line in written.split("\n")[:-1])


#: How many diagnostics a reader of each format finds.
_COUNTS: dict[str, Callable[[str], int]] = {
    "text": _heads,
    "json": lambda written: len(json.loads(written)["diagnostics"]),
    "jsonl": lambda written: len([json.loads(line) for line in written.split("\n")[:-1]]),
    "sarif": lambda written: len(json.loads(written)["runs"][0]["results"]),
    "github": _heads,
    "gitlab": lambda written: len(json.loads(written)),
    "junit": lambda written: sum(
        case.find("failure") is not None or case.find("system-out") is not None
        for case in ET.fromstring(written).iter("testcase")
    ),
    "checkstyle": lambda written: sum(1 for _ in ET.fromstring(written).iter("error")),
    "rdjson": lambda written: len(json.loads(written)["diagnostics"]),
    "azure": _heads,
}


def views(data: bytes) -> None:
    """Show each plan in all ways: nothing commands a terminal."""
    text = text_of(data)
    file, _ = parse_file(text, EVERY_RULE)
    shown = [*coverage.render(coverage.as_dicts(file.plans, []))]
    for plan in file.plans:
        shown += plan_table.render(plan)
        written = [plan_table.as_dict(plan)]
        labels = Counter(stage.label for stage in plan.stages)
        # Of two stages with one number, none can be chosen.
        for stage in islice((stage for stage in plan.stages if labels[stage.label] == 1), _SOME):
            shown += rollback_path.render(plan, stage)
            written.append(rollback_path.as_dict(plan, stage))
            for fails in (False, True):
                shown += what_if.render(plan, stage, fails=fails)
                written.append(what_if.as_dict(plan, stage, fails=fails))
        json.dumps(written)
    assert not _COMMANDS & set("".join(shown))


def gap_map(data: bytes) -> None:
    """Read a gap map and hold a plan against it; a line of equals signs stands between the two."""
    map_text, _, plan_text = text_of(data).partition("\n====\n")
    file, _ = parse_file(plan_text or map_text, EVERY_RULE)
    for plan in file.plans:
        read = read_gap_map(parse_document(map_text), plan.vocabulary)
        if read is not None:
            match_gaps(read, file.plans)


_BYTES = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "byte": ("utf-8", 1)}


def positions(data: bytes) -> None:
    """Lead from offsets to places and back, in all units that editors count in: nothing is moved, or lies outside."""
    text = data.decode("utf-8", "surrogateescape")
    source = Source(text)
    for offset in range(0, len(text) + 1, 1 + len(text) // _OFFSETS):
        line, column = place = source.position(offset)
        again = source.offset(place)
        # What stands in the end of a line, or in front of the first, has no place of its own.
        assert again == offset or not text[min(again, offset) : max(again, offset)].strip("\r\n\ufeff")
        before = source.lines[line - 1][: column - 1]
        for unit, (encoding, size) in _BYTES.items():
            assert (
                column_in(unit, source.lines[line - 1], column)
                == len(before.encode(encoding, "surrogatepass")) // size + 1
            )


def server_positions(data: bytes) -> None:
    """Lead from offsets to an editor's places and back, and from places that there may not be into the text."""
    first, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
    source = Source(text)
    for encoding in Encoding:
        converter = Converter(source, encoding)
        for offset in range(0, len(text) + 1, 1 + len(text) // _OFFSETS):
            point = converter.point(offset)
            again = converter.offset(*point)
            assert again == offset or not text[min(again, offset) : max(again, offset)].strip("\r\n")
            assert converter.point(again) == point
        for line, character in pairwise(map(ord, first)):
            for moved in (0, 2**31 - 1, -1):
                assert 0 <= converter.offset(line + moved, character - moved) <= len(text)


class Target(NamedTuple):
    """What is fuzzed: the function, and pieces to build inputs from."""

    run: Callable[[bytes], None]
    pieces: tuple[str, ...]


TARGETS = {
    "parse": Target(parse, pieces.ALL),
    "lint": Target(lint, pieces.ALL),
    "fix": Target(fix, pieces.ALL),
    "config": Target(config, (*pieces.YAML, *pieces.TOML)),
    "front-matter": Target(front_matter, pieces.YAML),
    "suppressions": Target(suppressions, pieces.ALL),
    "baseline": Target(baseline, pieces.BASELINE),
    **{f"report-{name}": Target(_reported(name), pieces.REPORT) for name in FORMATS},
    "views": Target(views, pieces.ALL),
    "positions": Target(positions, (*pieces.ALL, *pieces.REPORT)),
    "server-positions": Target(server_positions, (*pieces.ALL, *pieces.REPORT)),
    "gap-map": Target(gap_map, (*pieces.ALL, "\n====\n")),
}
