"""Judge files with a cache: what is known is taken from there, what is not goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lint_migration_plan.cache import Dependency, Entry, digest_of, repository_of
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Replacement, Suggestion
from lint_migration_plan.lint.limit import limited
from lint_migration_plan.lint.read_file import UnreadableFileError, decode, read_bytes
from lint_migration_plan.lint.runner import INTERNAL_ERROR, Judgement, judge_text, judge_unreadable
from lint_migration_plan.markdown.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.cache import Cache
    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.gap_maps import Followed, GapMaps

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def judge_cached(path: str, config: Config, maps: GapMaps, cache: Cache, *, in_folder: bool) -> Judgement:
    """Judge a file as `runner.judge_file` does, by settings that are already those for it."""
    try:
        content = read_bytes(path, config.max_file_size)
        text = decode(content)
    except UnreadableFileError as error:
        return judge_unreadable(error, path, config)
    key = cache.key(path, content, in_folder=in_folder) if config.baseline is None else None
    entry = cache.get(key) if key is not None else None
    if entry is not None:
        return _judgement(entry, text)
    judgement = judge_text(text, path, config, maps=maps)
    if key is not None and all(diagnostic.rule != INTERNAL_ERROR for diagnostic in judgement.diagnostics):
        # A document that is passed over has nothing followed.
        read = [] if judgement.skipped else _read(maps.followed)
        # A map of the configuration that nothing was read for is this file itself, and only the file system knows.
        if read is not None and (read or config.gap_map is None):
            cache.put(key, _entry(judgement, config), read)
    return judgement


def _read(followed: Sequence[Followed]) -> list[Dependency] | None:
    """Give what was read beside a file; None where something was looked for and not read: it may come."""
    read = []
    for name, base, real, document in followed:
        if document is None:
            return None
        # What was read, and not what the file holds by now.
        digest = digest_of(document.source.text.encode())
        read.append(Dependency(name, base, real, repository_of(base), digest))
    return read


def _entry(judgement: Judgement, config: Config) -> Entry:
    # The lines are those of a run, which leaves out what is too much; the data is what a run begins with.
    diagnostics = limited(judgement.diagnostics, config.max_diagnostics)
    severities = [diagnostic.severity for diagnostic in diagnostics]
    fixes = [diagnostic.fix.safe for diagnostic in diagnostics if diagnostic.fix]
    reported = config.fail_on != "never" and any(
        severity.rank >= Severity(config.fail_on).rank for severity in severities
    )
    counts = (
        *(not judgement.skipped, judgement.plans, judgement.skipped, judgement.suppressed),
        *(severities.count(severity) for severity in _SEVERITIES),
        *(sum(fixes), len(fixes) - sum(fixes), reported),
    )
    if not diagnostics:
        return Entry(tuple(map(int, counts)), "", "")
    import json  # no clean plan needs it

    from lint_migration_plan.report.text import render

    lines = "".join(render(diagnostics, show_source=False, color=False, source_line=lambda _path, _line: None))
    return Entry(
        tuple(map(int, counts)), lines, json.dumps([_data(diagnostic) for diagnostic in judgement.diagnostics])
    )


def _data(diagnostic: Diagnostic) -> tuple[Any, ...]:
    rule, severity, *others = diagnostic
    return (rule, severity.value, *others)


def _judgement(entry: Entry, text: str) -> Judgement:
    _, plans, skipped, suppressed, *_ = entry.counts
    diagnostics: tuple[Diagnostic, ...] = ()
    if entry.data:
        import json

        diagnostics = tuple(_diagnostic(row) for row in json.loads(entry.data))
    return Judgement(diagnostics, plans, suppressed, bool(skipped), Source(text))


def _diagnostic(row: list[Any]) -> Diagnostic:
    rule, severity, message, location, related, fix, no_fix, fingerprint = row
    return Diagnostic(
        rule=rule,
        severity=Severity(severity),
        message=message,
        location=Location(*location),
        related=tuple(Related(Location(*place), said) for place, said in related),
        fix=fix and Suggestion(fix[0], tuple(Replacement(Location(*at), new) for at, new in fix[1]), fix[2]),
        no_fix=no_fix,
        fingerprint=fingerprint,
    )
