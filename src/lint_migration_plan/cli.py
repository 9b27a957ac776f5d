"""The command line: ``lint-migration-plan FILE...``.

Exit status: 0 where nothing was reported at ``--fail-on`` or above, 1 where something was, 2 where something that was
asked for could not be done, whatever else was reported.
"""

from __future__ import annotations

import gc
import os
import sys

from lint_migration_plan import __version__

# The constant of typing, without its import, which costs a start as much as the interpreter itself.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from lint_migration_plan.config.faults import ConfigError
    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.collect import Target
    from lint_migration_plan.lint.diagnostic import Diagnostic
    from lint_migration_plan.lint.gap_maps import GapMaps
    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lint.sieve import Known

PROGRAM = "lint-migration-plan"

#: To copy a process costs about as much as to judge a plan of 10 KB.
_WORTH_A_COPY = 4

CLEAN, REPORTED, FAILED = 0, 1, 2
# What a shell reports of a program that ended by SIGINT or SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 130, 141


def run() -> NoReturn:
    """Run as a program: the arguments are the process's, and a closed pipe or Ctrl-C ends it quietly."""
    # Whoever started us with a closed stream wants nothing of it; a file that is opened must not take its place.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - likewise
    # A run ends soon, and nearly all that it makes lives as long as what it is made from: to look for rings of garbage
    # takes the more time the larger a plan is, and finds nothing worth it.
    gc.disable()
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except KeyboardInterrupt:
        status = _drop_output(INTERRUPTED)
    except BrokenPipeError:
        status = _drop_output(PIPE_CLOSED)
    except (OSError, MemoryError) as error:
        from contextlib import suppress

        # A full disk, for one: what was to be said cannot be, and this may be no better off.
        with suppress(OSError):
            _complain(f"cannot go on: {str(error) or 'out of memory'}")
        status = _drop_output(FAILED)
    except Exception:  # noqa: BLE001 - the interpreter's own status for it is the one for defects of plans
        sys.excepthook(*sys.exc_info())
        status = FAILED
        from contextlib import suppress

        with suppress(OSError):
            sys.stdout.flush()
    # All is written. What the interpreter takes down at its end takes longer than to replay a known plan, and goes with
    # the process anyway.
    os._exit(status)


def _drop_output(status: int) -> int:
    """Give up what is not written yet: the interpreter would try once more when it ends, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    return status


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for, print it, and give the exit status."""
    if list(arguments) == ["--version"]:
        # Asked for at each installation of a hook, and the parser of arguments takes longer than the answer.
        print(f"{PROGRAM} {__version__}")
        return CLEAN
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character gets an escape for it; the text itself is made safe by the reporters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    from lint_migration_plan.plain_arguments import read_plainly
    from lint_migration_plan.replay import replay

    options = read_plainly(arguments)
    if options is not None:
        known = replay(options)
        if known is not None:
            return REPORTED if known else CLEAN
        return _Run(options).run()
    from lint_migration_plan.arguments import parse_arguments, view_wanted

    try:
        options = parse_arguments(arguments)
    except SystemExit as ended:
        return FAILED if ended.code else CLEAN
    if options.explain is not None:
        return _explain(options.explain)
    if options.completion is not None:
        from lint_migration_plan.arguments import build_parser
        from lint_migration_plan.completion import completion_script

        print(completion_script(options.completion, build_parser()), end="")
        return CLEAN
    if options.list_rules:
        from lint_migration_plan.report.explain import list_rules

        print(list_rules(), end="")
        return CLEAN
    if view_wanted(options) is not None:
        from lint_migration_plan.view_command import show_view

        return show_view(options)
    if options.new is not None:
        return _start_plan(options)
    return _Run(options).run()


def _start_plan(options: argparse.Namespace) -> int:
    from lint_migration_plan.new import start_plan

    wrong = start_plan(options.new, options.name or "", options.new_file)
    if wrong:
        _complain(wrong)
        return FAILED
    return CLEAN


def _explain(rule_id: str) -> int:
    from lint_migration_plan.config.selection import unknown_word
    from lint_migration_plan.lint import registry
    from lint_migration_plan.report.explain import explain

    wrong = unknown_word(rule_id, categories=False)
    if wrong:
        _complain(f"--explain: {wrong}")
        return FAILED
    print(explain(registry.load(rule_id)), end="")
    return CLEAN


def _complain(message: str) -> None:
    from lint_migration_plan.report.safe import safe_text

    print(f"{PROGRAM}: {safe_text(message)}", file=sys.stderr)


class _Run:
    """One run over all files: what was reported, and whether anything could not be done."""

    def __init__(self, options: argparse.Namespace) -> None:
        from lint_migration_plan.adoption import Adoption
        from lint_migration_plan.cache import cache_for
        from lint_migration_plan.config.discover import ConfigFinder
        from lint_migration_plan.lint.gap_maps import GapMaps
        from lint_migration_plan.reports import Reports

        self._options = options
        self._finder = ConfigFinder(options.config, isolated=options.isolated, lay_over=self._with_options)
        # The settings for the file that was linted last, before and after it was known to be found in a folder.
        self._neighbours: tuple[Config, Config] | None = None
        self._maps = GapMaps()
        self._cache = cache_for(options)
        self._failed = False
        self._reported = False
        self._complaints: set[str] = set()
        # Where the text of standard input is written, what remains to be said goes to the other stream.
        writes = options.fix or options.add_suppressions is not None
        self._out = sys.stderr if writes and "-" in options.files else sys.stdout
        self._diagnostics: list[Diagnostic] = []
        self._judged: list[str] = []
        self._failures: list[str] = []
        self._reports = Reports(options)
        self._plans = self._skipped = self._suppressed = self._excluded = self._fixed = 0
        self._baselined = self._unchanged = 0
        self._adoption = Adoption(options, self._maps, _complain, self._fail)
        # The files that were more than passed over because they hold no plan, by their absolute paths.
        self._heeded: list[str] = []

    def run(self) -> int:
        """Lint what is named, print it, and give the exit status."""
        from lint_migration_plan.config.faults import ConfigError
        from lint_migration_plan.config.paths import absolute
        from lint_migration_plan.config.settings import Config
        from lint_migration_plan.lint.collect import collect, is_folder

        options = self._options
        try:
            if options.show_config:
                return self._show_config()
            # What is wrong with the options or with the one configuration for all is said once, before any file.
            if options.isolated or options.config:
                self._finder.config_for("")
            else:
                self._with_options(Config())
            if options.baseline is not None:
                self._adoption.known("", self._with_options(Config()))
        except ConfigError as error:
            self._config_failed(error)
            return FAILED
        self._lint_all(list(collect(options.files, self._leaves_out)))
        for folder in filter(is_folder, dict.fromkeys(options.files)):
            within = os.path.join(absolute(folder), "")
            # A folder that could not be read stands for itself.
            if not any(os.path.join(path, "").startswith(within) for path in self._heeded):
                self._folder_is_bare(folder)
        self._finish()
        return FAILED if self._failed else REPORTED if self._reported else CLEAN

    def _with_options(self, config: Config) -> Config:
        from lint_migration_plan.plain_arguments import limits_of

        options = self._options
        if options.baseline is not None:
            config = config.with_baseline(options.baseline)
        return config.with_command_line(
            select=options.select,
            extend_select=options.extend_select,
            ignore=options.ignore,
            severities=options.severity,
            fail_on=options.fail_on,
            plans_only=options.plans_only or None,
            limits=limits_of(options),
        )

    def _show_config(self) -> int:
        from lint_migration_plan.config.show import show
        from lint_migration_plan.streams import place_of

        for path in self._options.files or [None]:
            place = os.path.join(os.curdir, "") if path is None else place_of(path, self._options.stdin_filename)
            print(show(self._finder.config_for(place), path and place), end="")
        return CLEAN

    def _leaves_out(self, folder: str) -> bool:
        from lint_migration_plan.config.faults import ConfigError

        try:
            return self._finder.config_for(folder).excludes(folder)
        except ConfigError:
            # It is said where a file of that folder is linted.
            return False

    def _lint_all(self, targets: Sequence[Target]) -> None:
        """Lint files in their order, by several processes where that is worth it."""
        if len(targets) >= _WORTH_A_COPY and self._may_judge_ahead():
            from lint_migration_plan.workers import workers_wanted

            # The first file makes us import what the copies of us would import each.
            count = workers_wanted(self._options.jobs, len(targets) - 1)
            if count > 1:
                self._share(targets, count)
                return
        for target in targets:
            self._lint(target)

    def _share(self, targets: Sequence[Target], count: int) -> None:
        """Lint files but the first by so many other processes."""
        from lint_migration_plan.config.paths import absolute
        from lint_migration_plan.workers import Lost, Workers

        first, *rest = targets
        self._lint(first)
        with Workers(self._judge_ahead, rest, count) as workers:
            for target, ahead in zip(rest, workers.results(), strict=False):
                if isinstance(ahead, Lost):
                    self._heeded.append(absolute(target.path))
                    self._fail(target.path, f"not judged: the process that was to do it {ahead.how}")
                else:
                    self._lint(target, ahead)

    def _may_judge_ahead(self) -> bool:
        """Tell whether a file can be judged by itself: nothing is written that a later one may be judged by."""
        options = self._options
        writes = options.fix or options.diff or options.add_suppressions is not None
        compares = options.write_baseline is not None or options.changed_since is not None
        return not (writes or compares or "-" in options.files)

    def _judge_ahead(self, target: Target) -> Judgement | str | None:
        """Judge a file for `_lint` in another process, or say why it cannot be read.

        None is for a file that is excluded, or has no good configuration: `_lint` meets that too.
        """
        from lint_migration_plan.config.faults import ConfigError
        from lint_migration_plan.lint.read_file import CannotReadError
        from lint_migration_plan.markdown.source import Source

        try:
            config = self._config_of(target)
            if config is None:
                return None
            judgement = self._judge_file(target, config, self._adoption.known(target.path, config))
        except ConfigError:
            return None
        except CannotReadError as error:
            return str(error)
        # Nobody wants to see a line of a file without a complaint.
        source = judgement.source if judgement.diagnostics else Source("")
        return judgement._replace(marks=(), source=source)

    def _config_of(self, target: Target) -> Config | None:
        """Give the settings for a file, None where they leave it out; raises ConfigError."""
        from lint_migration_plan.streams import place_of

        place = place_of(target.path, self._options.stdin_filename)
        config = self._finder.config_for(place)
        if config.excludes(place):
            return None
        config = config.for_file(place)
        if target.folder is None:
            return config
        # Somebody named the folder, not each of the documents in it. Neighbours have the same settings.
        if self._neighbours is None or self._neighbours[0] is not config:
            self._neighbours = config, config.with_command_line(plans_only=True)
        return self._neighbours[1]

    def _lint(self, target: Target, ahead: Judgement | str | None = None) -> None:
        """Lint a file; ``ahead`` is what another process has made of it (`_judge_ahead`)."""
        from functools import partial

        from lint_migration_plan.config.faults import ConfigError
        from lint_migration_plan.config.paths import absolute
        from lint_migration_plan.lint.collect import STDIN
        from lint_migration_plan.lint.git import GitError
        from lint_migration_plan.lint.read_file import CannotReadError
        from lint_migration_plan.lint.runner import judge_text
        from lint_migration_plan.streams import pass_through

        options = self._options
        from_stdin = target.path == STDIN
        path = options.stdin_filename or "<stdin>" if from_stdin else target.path
        self._heeded.append(absolute(target.path))
        try:
            config = self._config_of(target)
            if config is None:
                self._excluded += 1
                if self._out is not sys.stdout:
                    pass_through()
                return
            known = self._adoption.known(path, config)
            judge = partial(
                judge_text, path=path, config=config, maps=self._maps_of(from_stdin=from_stdin), known=known
            )
            if from_stdin:
                judgement = self._judge_stdin(path, config, known)
            else:
                judgement = self._judge_file(target, config, known, ahead)
            if options.fix or options.diff:
                judgement = self._mend(judgement, path, config, judge, from_stdin=from_stdin)
            if options.add_suppressions is not None:
                judgement = self._adoption.suppress(judgement, path, judge)
            judgement = self._adoption.take(path, config, judgement)
        except ConfigError as error:
            self._config_failed(error)
        except GitError as error:
            self._say_once(str(error))
        except CannotReadError as error:
            self._fail(path, str(error))
        else:
            self._take(path, judgement, config)
            if judgement.skipped:
                self._heeded.pop()

    def _judge_file(
        self, target: Target, config: Config, known: Known | None, ahead: Judgement | str | None = None
    ) -> Judgement:
        from lint_migration_plan.lint.read_file import CannotReadError

        if isinstance(ahead, str):
            raise CannotReadError(ahead)
        if ahead is not None:
            return ahead
        if self._cache is None or known is not None:
            from lint_migration_plan.lint.runner import judge_file

            return judge_file(target.path, config, self._maps, known=known)
        from lint_migration_plan.cached import judge_cached

        return judge_cached(target.path, config, self._maps, self._cache, in_folder=target.folder is not None)

    def _mend(
        self,
        judgement: Judgement,
        path: str,
        config: Config,
        judge: Callable[[str], Judgement],
        *,
        from_stdin: bool,
    ) -> Judgement:
        """Mend a file, or show how; give the judgement to report, which after mending is of what remains."""
        from lint_migration_plan.lint.fixer import mend
        from lint_migration_plan.lint.write_file import CannotWriteError, replace_text
        from lint_migration_plan.streams import write_diff, write_text

        text = judgement.source.text
        if not judgement.whole:
            if from_stdin and self._options.fix:
                self._fail(path, "not mended, and not passed on: it is not read whole")
            return judgement
        fixed = mend(judgement, judge, unsafe=self._options.unsafe_fixes)
        if self._options.diff:
            write_diff(path, text, fixed.text)
            self._reported |= bool(fixed.applied) and config.fail_on != "never"
            return judgement
        try:
            if from_stdin:
                write_text(fixed.text)
            elif fixed.applied:
                replace_text(path, text, fixed.text)
        except CannotWriteError as error:
            self._fail(path, f"not mended: {error}")
            return judgement
        self._fixed += fixed.applied
        return fixed.judgement

    def _maps_of(self, *, from_stdin: bool) -> GapMaps | None:
        """Give the gap maps of the run; only a file that standard input is called after says where its own may be."""
        return None if from_stdin and not self._options.stdin_filename else self._maps

    def _judge_stdin(self, path: str, config: Config, known: Known | None) -> Judgement:
        from lint_migration_plan.lint.read_file import UnreadableFileError
        from lint_migration_plan.lint.runner import judge_text, judge_unreadable
        from lint_migration_plan.streams import read_stdin

        try:
            return judge_text(
                read_stdin(config.max_file_size), path, config, maps=self._maps_of(from_stdin=True), known=known
            )
        except UnreadableFileError as error:
            return judge_unreadable(error, path, config, known=known)

    def _take(self, path: str, judgement: Judgement, config: Config) -> None:
        from lint_migration_plan.lint.diagnostic import Severity
        from lint_migration_plan.lint.limit import limited

        judgement = judgement._replace(diagnostics=limited(judgement.diagnostics, config.max_diagnostics))
        if not judgement.skipped:
            self._judged.append(path)
        self._skipped += judgement.skipped
        self._plans += judgement.plans
        self._suppressed += judgement.suppressed
        self._baselined += judgement.baselined
        self._unchanged += judgement.unchanged
        if config.fail_on != "never":
            least = Severity(config.fail_on).rank
            self._reported |= any(diagnostic.severity.rank >= least for diagnostic in judgement.diagnostics)
        self._diagnostics += judgement.diagnostics
        if judgement.diagnostics:
            self._reports.keep(path, judgement.source)
        if self._options.format == "text" and not self._options.statistics and not self._options.diff:
            self._print_text(judgement, config)

    def _print_text(self, judgement: Judgement, config: Config) -> None:
        if not judgement.diagnostics:
            return
        from lint_migration_plan.report.color import color_wanted
        from lint_migration_plan.report.text import render

        out = self._out
        judged = judgement.diagnostics[0].path

        def source_line(path: str, line: int) -> str | None:
            # What is said of a plan may point into its gap map too.
            source = judgement.source if path == judged else self._maps.source(path, config)
            return source.lines[line - 1] if source is not None and line <= len(source.lines) else None

        shown = render(
            judgement.diagnostics,
            show_source=self._options.show_source or out.isatty(),
            color=color_wanted(self._options.color, out),
            source_line=source_line,
            column_unit=self._options.column_unit,
        )
        out.writelines(shown)

    def _folder_is_bare(self, folder: str) -> None:
        """Say that a folder holds nothing to lint: a slip in its name would else read as praise."""
        from lint_migration_plan.config.faults import ConfigError

        try:
            if not self._finder.config_for(os.path.join(folder, "")).plans_only:
                self._fail(folder, "the folder holds no migration plan")
        except ConfigError as error:
            self._config_failed(error)

    def _finish(self) -> None:
        """Print what is said of the run as a whole."""
        from lint_migration_plan.lint.outcome import Outcome
        from lint_migration_plan.report.summary import render_statistics, render_summary

        self._adoption.finish()
        outcome = Outcome(
            tuple(self._diagnostics),
            len(self._judged),
            self._plans,
            self._skipped,
            self._suppressed,
            self._excluded,
            self._fixed,
            self._baselined,
            self._unchanged,
            tuple(self._judged),
            tuple(self._failures),
        )
        if self._options.format != "text":
            self._out.write(self._reports.render(self._options.format, outcome))
        elif self._options.statistics:
            self._out.write(render_statistics(outcome.diagnostics))
        for file, wrong in self._reports.write(outcome):
            self._fail(file, f"not written: {wrong}")
        sys.stdout.flush()
        if not self._options.quiet:
            print(render_summary(outcome), file=sys.stderr)

    def _config_failed(self, error: ConfigError) -> None:
        for fault in map(str, error.errors):
            self._say_once(fault)

    def _say_once(self, fault: str) -> None:
        """Say what is wrong with something that may hold for a thousand files."""
        if fault not in self._complaints:
            self._complaints.add(fault)
            _complain(fault)
            self._failures.append(fault)
        self._failed = True

    def _fail(self, path: str, message: str) -> None:
        _complain(f"{path}: {message}")
        self._failures.append(f"{path}: {message}")
        self._failed = True
