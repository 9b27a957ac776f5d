"""Run the rules: over a text, a file, or many files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint import registry
from lint_migration_plan.lint.diagnostic import Diagnostic, Location, Related, Severity
from lint_migration_plan.lint.fix import Fix, NoFix, Replacement, Suggestion
from lint_migration_plan.lint.outcome import Outcome
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text
from lint_migration_plan.lint.rule import AnyRule, Scope, Violation
from lint_migration_plan.lint.subject import File
from lint_migration_plan.lint.suppress import Suppressions, find_suppressions
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.builder import build_plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lint_migration_plan.config.front_matter import FrontMatterError
    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.source import Source, Span

#: The rule name of a diagnostic that says that a rule itself failed.
INTERNAL_ERROR = "internal-error"


class Judgement(NamedTuple):
    """What a file comes to: its diagnostics in order, how many plans it holds, how many diagnostics are suppressed.

    ``skipped`` is True for a file without a plan that nobody asked to be one. ``source`` is the text that was judged,
    and ``whole`` is False where that is a guess at what the file holds.
    """

    diagnostics: tuple[Diagnostic, ...]
    plans: int
    suppressed: int
    skipped: bool
    source: Source
    whole: bool = True


def lint_text(text: str, path: str = "<text>", config: Config | None = None) -> tuple[Diagnostic, ...]:
    """Lint a Markdown text; ``path`` is what its diagnostics call it and what overrides are matched with."""
    return judge_text(text, path, (config or Config()).for_file(path)).diagnostics


def lint_file(path: str, config: Config | None = None) -> tuple[Diagnostic, ...]:
    """Lint a file, by default by the configuration that is found for it.

    Raises CannotReadError where there is no such file, and ConfigError where the configuration cannot be used.
    """
    return _judge_named(path, config).diagnostics


def lint_files(paths: Iterable[str], config: Config | None = None) -> Outcome:
    """Lint files in their order, by default each by the configuration that is found for it.

    Raises as `lint_file` does.
    """
    diagnostics: list[Diagnostic] = []
    files = plans = skipped = suppressed = 0
    for path in paths:
        judgement = _judge_named(path, config)
        diagnostics += judgement.diagnostics
        files += not judgement.skipped
        plans += judgement.plans
        skipped += judgement.skipped
        suppressed += judgement.suppressed
    return Outcome(tuple(diagnostics), files, plans, skipped, suppressed)


def _judge_named(path: str, config: Config | None) -> Judgement:
    """Judge a file for who calls from Python: an error must say by itself which file it is about."""
    try:
        return judge_file(path, (config or _found_config(path)).for_file(path))
    except CannotReadError as error:
        raise CannotReadError(f"{path}: {error}") from error


def judge_file(path: str, config: Config) -> Judgement:
    """Read and judge a file by settings that are already those for it; raises CannotReadError."""
    try:
        text = read_text(path, config.max_file_size)
    except UnreadableFileError as error:
        return judge_unreadable(error, path, config)
    return judge_text(text, path, config)


def judge_unreadable(error: UnreadableFileError, path: str, config: Config) -> Judgement:
    """Judge a file whose text could not be read, or not for certain."""
    if error.text is None:
        judgement = _judge(File(parse_document(""), (), unreadable=str(error)), path, config)
    else:
        judgement = judge_text(error.text, path, config, unreadable=str(error))
    return judgement._replace(whole=False)


def judge_text(text: str, path: str, config: Config, *, unreadable: str = "") -> Judgement:
    """Judge a text by settings that are already those for it; ``unreadable`` says why it is a guess at best."""
    document = parse_document(text)
    if document.loss is not None and not unreadable:
        line = document.source.position(document.loss.span.start).line
        unreadable = f"line {line} {document.loss.reason}"
    config, front_matter = _with_front_matter(document, config)
    plans = build_plans(document, vocabulary_of(config.vocabulary, config.orderings), config.type)
    if config.plans_only:
        plans = tuple(plan for plan in plans if plan.evident)
        if not plans:
            return Judgement((), 0, 0, skipped=True, source=document.source)
    return _judge(File(document, plans, unreadable, front_matter), path, config)


def _with_front_matter(document: Document, config: Config) -> tuple[Config, FrontMatterError | None]:
    """Lay what the front matter sets over the settings, or give what is wrong with it."""
    if document.front_matter is None:
        return config, None
    # YAML is expensive to import, and most plans have no front matter.
    from lint_migration_plan.config.front_matter import FrontMatterError, read_front_matter

    settings = read_front_matter(document.front_matter.content, config.orderings)
    if isinstance(settings, FrontMatterError):
        return config, settings
    return config.with_plan_settings(settings), None


def _judge(file: File, path: str, config: Config) -> Judgement:
    rules = [registry.load(rule_id) for rule_id in config.enabled_rules()]
    suppressions = Suppressions(find_suppressions(file.document), frozenset(rule.id for rule in rules))
    diagnostics: list[Diagnostic] = []
    suppressed = 0
    # What is left of the suppressions is known only when all other rules have run.
    for rule in sorted(rules, key=lambda rule: rule.scope is Scope.SUPPRESSIONS):
        try:
            violations = list(_violations(rule, config, file, suppressions))
        except Exception as error:  # noqa: BLE001 - one bad rule must not hide fifty good ones
            diagnostics.append(crashed(rule, error, path))
            continue
        shown = suppressions.shown(rule.id, violations)
        suppressed += len(violations) - len(shown)
        diagnostics += (_diagnostic(rule, violation, file.document, path, config) for violation in shown)
    diagnostics.sort(key=lambda diagnostic: (diagnostic.location, diagnostic.rule))
    return Judgement(tuple(diagnostics), len(file.plans), suppressed, skipped=False, source=file.document.source)


def crashed(rule: AnyRule, error: Exception, path: str) -> Diagnostic:
    """Say that a rule failed. The tests put a function here that raises instead."""
    message = f"rule {rule.id} failed with {type(error).__name__}: {error}; the other rules went on"
    return Diagnostic(INTERNAL_ERROR, Severity.ERROR, message, Location(path, 1, 1, 1, 1))


def _violations(rule: AnyRule, config: Config, file: File, suppressions: Suppressions) -> Iterator[Violation]:
    """Run a rule over what it judges; of a file that cannot be read only the rules for files can speak."""
    subjects: tuple[object, ...] = file.plans
    if rule.scope is Scope.FILE:
        subjects = (file,)
    elif file.unreadable:
        subjects = ()
    elif rule.scope is Scope.SUPPRESSIONS:
        subjects = (suppressions,)
    options = config.rule_options.get(rule.id) or rule.options()
    for subject in subjects:
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
        related=tuple(
            Related(_location(source, place.span, path), place.message) for place in (*violation.related, *alike)
        ),
        fix=fix,
        no_fix=no_fix,
    )


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
