"""Run the rules: over a text, a file, or many files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint import registry
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Fix, NoFix, Replacement, Suggestion
from lint_migration_plan.lint.gap_maps import GapMaps, gap_map_uses
from lint_migration_plan.lint.limit import limited
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text
from lint_migration_plan.lint.rule import AnyRule, Place, Scope, Violation
from lint_migration_plan.lint.subject import File
from lint_migration_plan.lint.suppress import Suppressions, find_suppressions
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.markdown.source import Source
from lint_migration_plan.plan.facts.open_fences import open_fence
from lint_migration_plan.plan.recognition import may_hold_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lint_migration_plan.lint.baseline import Baseline
    from lint_migration_plan.lint.sieve import Key, Known, Mark, Sieve
    from lint_migration_plan.lint.subject import GapMapUse
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan

#: What a text is called that stands in no file.
NOWHERE = "<text>"

#: The rule name of a diagnostic that says that a rule itself failed.
INTERNAL_ERROR = "internal-error"

#: The rule whose word stands for all that would be said of a plan.
UNCLOSED_FENCE = "unclosed-fence"


class Judgement(NamedTuple):
    """What a file comes to: its diagnostics in order, how many plans it holds, how many diagnostics are suppressed.

    ``skipped`` is True for a file without a plan that nobody asked to be one. ``source`` is the text that was judged,
    and ``whole`` is False where that is a guess at what the file holds, or where a plan in it is cut off. The others
    are there where something was known of the file before: what the sieve tells, and the rules that ran to their end
    (`lint.sieve`).
    """

    diagnostics: tuple[Diagnostic, ...]
    plans: int
    suppressed: int
    skipped: bool
    source: Source
    whole: bool = True
    baselined: int = 0
    unchanged: int = 0
    marks: tuple[Mark, ...] = ()
    met: frozenset[Key] = frozenset()
    ran: frozenset[str] = frozenset()


def lint_text(text: str, path: str = NOWHERE, config: Config | None = None) -> tuple[Diagnostic, ...]:
    """Lint a Markdown text.

    ``path`` is what its diagnostics call it, what overrides are matched with, and where its gap map is looked for;
    without it no file is read.
    """
    maps = None if path == NOWHERE else GapMaps()
    config = (config or Config()).for_file(path)
    judgement = judge_text(text, path, config, maps=maps, known=known_of(path, config, {}))
    return limited(judgement.diagnostics, config.max_diagnostics)


def lint_file(path: str, config: Config | None = None) -> tuple[Diagnostic, ...]:
    """Lint a file, by default by the configuration that is found for it.

    Raises CannotReadError where there is no such file, and ConfigError where the configuration cannot be used.
    """
    return _judge_named(path, config, GapMaps(), {}).diagnostics


def lint_files(paths: Iterable[str], config: Config | None = None) -> Outcome:
    """Lint files in their order, by default each by the configuration that is found for it.

    Raises as `lint_file` does.
    """
    diagnostics: list[Diagnostic] = []
    judged: list[str] = []
    plans = skipped = suppressed = baselined = 0
    maps = GapMaps()
    baselines: dict[str, Baseline] = {}
    for path in paths:
        judgement = _judge_named(path, config, maps, baselines)
        diagnostics += judgement.diagnostics
        judged += [] if judgement.skipped else [path]
        plans += judgement.plans
        skipped += judgement.skipped
        suppressed += judgement.suppressed
        baselined += judgement.baselined
    return Outcome(
        tuple(diagnostics), len(judged), plans, skipped, suppressed, baselined=baselined, judged=tuple(judged)
    )


def known_of(path: str, config: Config, baselines: dict[str, Baseline]) -> Known | None:
    """Look a file up in the baseline that is configured, None where none is; raises ConfigError.

    ``baselines`` are those that were read already, by their files.
    """
    file = config.baseline_file
    if file is None:
        return None
    from lint_migration_plan.lint.baseline import read_baseline
    from lint_migration_plan.lint.sieve import Known

    if file not in baselines:
        baselines[file] = read_baseline(file)
    keys = baselines[file].keys(path)
    return Known(keys) if keys else None


def _judge_named(path: str, config: Config | None, maps: GapMaps, baselines: dict[str, Baseline]) -> Judgement:
    """Judge a file for who calls from Python: an error must say by itself which file it is about."""
    try:
        config = (config or _found_config(path)).for_file(path)
        judgement = judge_file(path, config, maps, known=known_of(path, config, baselines))
        return judgement._replace(diagnostics=limited(judgement.diagnostics, config.max_diagnostics))
    except CannotReadError as error:
        raise CannotReadError(f"{path}: {error}") from error


def judge_file(path: str, config: Config, maps: GapMaps, *, known: Known | None = None) -> Judgement:
    """Read and judge a file by settings that are already those for it; raises CannotReadError.

    ``maps`` holds the gap maps that the run has read already.
    """
    try:
        text = read_text(path, config.max_file_size)
    except UnreadableFileError as error:
        return judge_unreadable(error, path, config, known=known)
    return judge_text(text, path, config, maps=maps, known=known)


def judge_unreadable(error: UnreadableFileError, path: str, config: Config, *, known: Known | None = None) -> Judgement:
    """Judge a file whose text could not be read, or not for certain."""
    if error.text is None:
        judgement = judge(File(parse_document(""), (), unreadable=str(error)), path, config, None, known)
    else:
        judgement = judge_text(error.text, path, config, unreadable=str(error), known=known)
    return judgement._replace(whole=False)


def judge_text(  # noqa: PLR0913 - what is optional is asked of other parts
    text: str,
    path: str,
    config: Config,
    *,
    unreadable: str = "",
    maps: GapMaps | None = None,
    known: Known | None = None,
) -> Judgement:
    """Judge a text by settings that are already those for it; ``unreadable`` says why it is a guess at best.

    Without ``maps`` the text stands nowhere, and no gap map that it names is looked for. What is ``known`` is not
    reported, and the rest has marks and fingerprints.
    """
    if config.plans_only and not may_hold_plan(text, vocabulary_of(config.vocabulary, config.orderings)):
        return _passed_over(Source(text), config, known)
    file, config = parse_file(text, config, unreadable=unreadable)
    if config.plans_only and not file.may_hold_plan:
        return _passed_over(file.document.source, config, known)
    return judge(file, path, config, maps, known)


def _passed_over(source: Source, config: Config, known: Known | None) -> Judgement:
    ran = frozenset(config.enabled_rules() if known else ())
    return Judgement((), 0, 0, skipped=True, source=source, ran=ran)


def judge(file: File, path: str, config: Config, maps: GapMaps | None, known: Known | None) -> Judgement:
    """Judge what `parse_file` made of a text, by the settings that it gave; the rest is as for `judge_text`."""
    if maps is not None:
        maps.followed.clear()
    rules = [registry.load(rule_id) for rule_id in config.enabled_rules()]
    sieve = _sieve(file, known)
    ran: set[str] = set()
    suppressions = Suppressions(find_suppressions(file.document), frozenset(rule.id for rule in rules))
    subjects = _Subjects(file, suppressions, lambda: gap_map_uses(file, path, config, maps) if maps else ())
    diagnostics: list[Diagnostic] = []
    suppressed = 0
    # What is left of the suppressions is known only when all other rules have run.
    for rule in sorted(rules, key=lambda rule: rule.scope is Scope.SUPPRESSIONS):
        try:
            violations = list(_violations(rule, config, subjects))
        except Exception as error:  # noqa: BLE001 - one bad rule must not hide fifty good ones
            diagnostics.append(crashed(rule, error, path))
            continue
        ran.add(rule.id)
        shown = suppressions.shown(rule.id, violations)
        suppressed += len(violations) - len(shown)
        if sieve is not None:
            shown = sieve.left(rule.id, shown)
        diagnostics += (_diagnostic(rule, violation, file.document, path, config) for violation in shown)
    diagnostics.sort(key=lambda diagnostic: (diagnostic.location, diagnostic.rule))
    judgement = Judgement(
        tuple(diagnostics),
        len(file.plans),
        suppressed,
        skipped=False,
        source=file.document.source,
        whole=subjects.whole,
    )
    if sieve is None:
        return judgement
    return judgement._replace(
        baselined=sieve.baselined,
        unchanged=sieve.unchanged,
        marks=tuple(sieve.marks),
        met=frozenset(sieve.met),
        # Of a file that cannot be read, most rules had nothing to judge.
        ran=frozenset(ran) if subjects.whole else frozenset(),
    )


def _sieve(file: File, known: Known | None) -> Sieve | None:
    """Make a sieve where something is known, or marks are asked for; most runs need none."""
    if known is None:
        return None
    from lint_migration_plan.lint.sieve import Sieve

    return Sieve(file, known)


def crashed(rule: AnyRule, error: Exception, path: str) -> Diagnostic:
    """Say that a rule failed. The tests put a function here that raises instead."""
    message = f"rule {rule.id} failed with {type(error).__name__}: {error}; the other rules went on"
    return Diagnostic(INTERNAL_ERROR, Severity.ERROR, message, Location(path, 1, 1, 1, 1))


class _Subjects:
    """What the rules of each scope judge; gap maps are read when the first rule asks for them.

    ``whole`` is False where a part of the file cannot be read, or is code that was not meant to be.
    """

    def __init__(self, file: File, suppressions: Suppressions, find_maps: Callable[[], Sequence[GapMapUse]]) -> None:
        self._file = file
        self._plans = tuple(plan for plan in file.plans if not _is_told_cut_off(plan, suppressions))
        self.whole = not file.unreadable and len(self._plans) == len(file.plans)
        self._suppressions = suppressions
        self._find_maps = find_maps
        self._maps: Sequence[GapMapUse] | None = None

    def of(self, scope: Scope) -> Sequence[object]:
        """Give what is judged; of a file that cannot be read, and of a plan cut off, only rules for files can speak."""
        if scope is Scope.FILE:
            return (self._file,)
        if scope is Scope.PLAN and not self._file.unreadable:
            return self._plans
        if not self.whole:
            return ()
        if scope is Scope.SUPPRESSIONS:
            return (self._suppressions,)
        if self._maps is None:
            self._maps = self._find_maps()
        return self._maps


def _is_told_cut_off(plan: Plan, suppressions: Suppressions) -> bool:
    """Say whether it is reported that a fence takes in a part of a plan; where it is not, the plan is judged as it is.

    Else a plan would look clean of which nothing was judged.
    """
    fence = open_fence(plan)
    if fence is None or UNCLOSED_FENCE not in suppressions.ran:
        return False
    return bool(suppressions.shown(UNCLOSED_FENCE, [Violation(fence.opening, "")]))


def _violations(rule: AnyRule, config: Config, subjects: _Subjects) -> Iterator[Violation]:
    options = config.rule_options.get(rule.id) or rule.options()
    for subject in subjects.of(rule.scope):
        yield from rule.check(subject, options)


def _diagnostic(rule: AnyRule, violation: Violation, document: Document, path: str, config: Config) -> Diagnostic:
    configured = config.severity_of(rule.id)
    severity = Severity(configured) if configured else violation.severity or rule.severity
    source = document.source
    alike = [place._replace(message=violation.again or place.message) for place in violation.alike]
    fix, no_fix = _suggestion([violation.fix, *(place.fix for place in violation.alike)], source, path)
    count = f" (and {len(alike)} more like it)" if alike else ""
    return Diagnostic(
        rule=rule.id,
        severity=severity,
        message=violation.message + count,
        location=_location(source, violation.span, path),
        related=tuple(_related(place, source, path) for place in (*violation.related, *alike)),
        fix=fix,
        no_fix=no_fix,
        fingerprint=violation.fingerprint,
    )


def _related(place: Place, source: Source, path: str) -> Related:
    if place.file is not None:
        path, source = place.file
    return Related(_location(source, place.span, path), place.message)


def _suggestion(offers: Sequence[Fix | NoFix | None], source: Source, path: str) -> tuple[Suggestion | None, str]:
    """Join what mends the places of a habit; else say why none of them is mended."""
    fixes = [offer for offer in offers if isinstance(offer, Fix)]
    if not fixes:
        return None, next((offer.why for offer in offers if isinstance(offer, NoFix)), "")
    edits = sorted({edit for fix in fixes for edit in fix.edits})
    replacements = tuple(
        # Text that a fix moves has the file's line ends already.
        Replacement(_location(source, span, path), text.replace("\r\n", "\n").replace("\n", source.newline))
        for span, text in edits
    )
    return Suggestion(fixes[0].title, replacements, all(fix.safe for fix in fixes)), ""


def _location(source: Source, span: Span, path: str) -> Location:
    start, end = source.position(span.start), source.position(max(span.end, span.start))
    return Location(path, start.line, start.column, end.line, end.column)


def _found_config(path: str) -> Config:
    from lint_migration_plan.config.discover import ConfigFinder

    return ConfigFinder().config_for(path)
