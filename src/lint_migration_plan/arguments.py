"""The options of the command line."""

from __future__ import annotations

import argparse
import os

from lint_migration_plan import TYPE_CHECKING, __version__
from lint_migration_plan.report.columns import CODEPOINT, UNITS
from lint_migration_plan.report.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

_DESCRIPTION = "Lint migration plans written in Markdown."
#: Where nothing says how wide a line may be.
_COLUMNS = 80

#: What a new plan can be; the same words as in `plan.new_plan`, without its import.
TYPES = ("dependency-upgrade", "platform", "database-upgrade", "blank")
#: The options that bound what is read and reported, by the names of their keys in a configuration.
_LIMITS = {
    "max-file-size": ("SIZE", "the size up to which a file is read, such as 4MiB (10 MiB)"),
    "max-nesting": ("N", "how deep lists and quotes may lie in one another (100, the most that is read)"),
    "max-diagnostics": ("N", "the most diagnostics of one file (1000); one more counts the others"),
    "max-gap-map-links": ("N", "how many links may lead from a plan to its gap map (1)"),
}
#: The shells that `completion` knows.
_SHELLS = ("bash", "zsh", "fish")
#: A number with as many digits is no limit that anybody means.
_DIGITS = 19
_EPILOG = """\
exit status:
  0  nothing was reported at --fail-on or above
  1  something was
  2  something that was asked for could not be done

A folder stands for the Markdown files in it that git does not ignore; those that hold no plan are skipped.
"""


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; ends the program with status 2, or after ``--help``, as argparse does."""
    parser = build_parser()
    # Options may stand between the files. The parser loses its way at two dashes then, behind which all are files.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = parser.parse_intermixed_args(arguments[:end])
    options.files += arguments[end + 1 :]
    _check_output(parser, options)
    _check_new(parser, options)
    _check_stage_options(parser, options)
    if view_wanted(options) is not None:
        _check_view(parser, options)
    told = (options.explain, options.new, options.completion)
    asks_only = options.list_rules or options.show_config or any(value is not None for value in told)
    if not options.files and not asks_only:
        parser.error("name a file or a folder, or - for standard input")
    if options.config is not None and options.isolated:
        parser.error("--config and --isolated exclude each other")
    if options.statistics and options.format != "text":
        parser.error("--statistics counts in --format text only; JSON has all that there is to count")
    if options.column_unit != CODEPOINT and options.format != "text":
        parser.error("--column-unit counts in --format text only; each other format has a unit of its own")
    if options.unsafe_fixes and not (options.fix or options.diff):
        parser.error("--unsafe-fixes goes with --fix or --diff")
    if options.fix and options.diff:
        parser.error("--fix and --diff exclude each other: one writes, the other shows what would be written")
    if options.diff and (options.format != "text" or options.statistics):
        parser.error("--diff prints a diff and nothing else; leave --format and --statistics out")
    if options.fix and "-" in options.files and len(options.files) > 1:
        parser.error("--fix writes the text of standard input to standard output; name no other file beside -")
    _check_adoption(parser, options)
    if options.stdin_filename is not None and "-" not in options.files:
        parser.error("--stdin-filename goes with - for standard input")
    options.severity = dict(options.severity) if options.severity else None
    return options


#: The options that show something of a plan and report nothing, by the names of their attributes.
VIEWS = ("explain_plan", "coverage", "rollback_path", "what_if")

#: The options that name the stage that a view is about: each such view goes with one of its own.
STAGE_OPTIONS = {"rollback_path": ("at",), "what_if": ("drop", "fail")}


def view_wanted(options: argparse.Namespace) -> str | None:
    """Say which view of a plan is asked for, by the name of its option; None where plans are to be linted."""
    return next((view for view in VIEWS if getattr(options, view)), None)


def _check_stage_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    for view, names in STAGE_OPTIONS.items():
        option = f"--{view.replace('_', '-')}"
        given = [name for name in names if getattr(options, name) is not None]
        if given and not getattr(options, view):
            parser.error(f"--{given[0]} goes with {option}")
        if len(given) > 1:
            parser.error(f"--{given[0]} and --{given[1]} exclude each other: one stage at a time")
        if getattr(options, view) and not given:
            parser.error(f"{option} goes with {' or '.join(f'--{name} N' for name in names)}, the number of a stage")


def _check_view(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    wanted = [f"--{view.replace('_', '-')}" for view in VIEWS if getattr(options, view)]
    if len(wanted) > 1:
        parser.error(f"{wanted[0]} and {wanted[1]} exclude each other")
    if len(options.files) != 1:
        parser.error(f"{wanted[0]} goes with one file")
    if options.fix or options.diff or options.statistics or options.show_config:
        parser.error(f"{wanted[0]} shows a plan and does nothing else; leave --fix and the like out")
    if options.format not in {"text", "json"}:
        parser.error(f"{wanted[0]} has the formats text and json; nothing is reported")


def _check_adoption(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what does not go together among baselines, changes and suppressions."""
    writes = options.write_baseline is not None
    suppresses = options.add_suppressions is not None
    if writes and (options.diff or options.prune_baseline or options.changed_since is not None):
        parser.error("--write-baseline goes with none of --diff, --prune-baseline and --changed-since")
    if options.write_baseline and options.baseline is not None:
        parser.error("--write-baseline names the file already; leave --baseline out")
    if suppresses and (options.fix or options.diff or writes):
        parser.error("--add-suppressions goes with none of --fix, --diff and --write-baseline")
    if suppresses and "-" in options.files and len(options.files) > 1:
        parser.error("--add-suppressions writes the text of standard input to standard output; name no file beside -")
    if (writes or options.changed_since is not None) and "-" in options.files and options.stdin_filename is None:
        parser.error("baselines and changes go by the names of files; give standard input one with --stdin-filename")
    if suppresses:
        from lint_migration_plan.lint.add_suppressions import wrong_reason

        wrong = wrong_reason(options.add_suppressions)
        if wrong:
            parser.error(f"--add-suppressions: {wrong}")


def _check_output(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Read what ``--output`` says: the file of a new plan, or the formats and files of reports."""
    options.new_file, options.reports, options.fingerprints = None, [], False
    if options.new is not None:
        if len(options.output) > 1:
            parser.error("--output names one file for a new plan")
        options.new_file = options.output[0] if options.output else None
        return
    options.reports = [_report(parser, value) for value in options.output]
    asks_only = options.explain is not None or options.list_rules or options.show_config
    if options.reports and (asks_only or view_wanted(options) is not None):
        parser.error("--output writes what is reported of plans; there is nothing to report here")
    if options.reports:
        _check_files(parser, options)
    formats = (options.format, *(name for name, _ in options.reports))
    options.fingerprints = any(FORMATS[name].needs_fingerprints for name in formats)


def _report(parser: argparse.ArgumentParser, value: str) -> tuple[str, str]:
    """Read the format and the file of a report."""
    from lint_migration_plan.lint.collect import ENDINGS, is_folder

    name, equals, file = value.partition("=")
    if not equals or not file:
        parser.error(f"--output: {value!r} is not of the form FORMAT=FILE, such as sarif=plans.sarif")
    try:
        _one_of(name, tuple(FORMATS))
    except argparse.ArgumentTypeError as wrong:
        parser.error(f"--output: {wrong}")
    if file == "-":
        parser.error("--output writes files; --format is what standard output gets")
    # Whoever meant to lint a plan must not lose it.
    if is_folder(file) or file.lower().endswith(ENDINGS):
        parser.error(f"--output: {file!r} is a folder or may be a plan; a report needs a file of its own")
    return name, file


def _check_files(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse reports that would take the place of one another, or of what is read."""
    from os.path import realpath

    read = (*options.files, options.baseline, options.write_baseline, options.config)
    taken = {realpath(path) for path in read if path}
    for _, file in options.reports:
        if realpath(file) in taken:
            parser.error(f"--output: {file!r} is named twice; a report needs a file of its own")
        taken.add(realpath(file))


def _check_new(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse options of a new plan without one, and files that a new plan would not be made of."""
    if options.new is None:
        if options.name is not None:
            parser.error("--name goes with --new")
        return
    if options.files or options.fix or options.diff:
        parser.error("--new lints and mends nothing; say with -o where the plan is to be written")
    if options.name is not None:
        from lint_migration_plan.plan.new_plan import LONGEST_NAME, heading_text

        if not heading_text(options.name):
            parser.error("--name is empty; leave it out for a placeholder")
        if len(options.name) > LONGEST_NAME:
            parser.error(f"--name has more than {LONGEST_NAME} characters")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help in the width that argparse gives it, without `shutil`, which imports all that can compress a file."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(1).columns or _COLUMNS
    except OSError:
        return _COLUMNS


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="lint-migration-plan",
        # All options would fill a screen above each word on a slip.
        usage="%(prog)s [--help] [OPTION ...] [FILE ...]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a plan, a folder, or - for standard input")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument(
        "--completion",
        type=_shell,
        metavar=f"{{{','.join(_SHELLS)}}}",
        help="print the completion of the command line for a shell",
    )

    rules = parser.add_argument_group("rules")
    for option, purpose in (
        ("--select", "run only these rules or categories; all stands for every rule"),
        ("--extend-select", "run these as well"),
        ("--ignore", "do not run these"),
    ):
        rules.add_argument(option, type=_words, action="extend", metavar="RULE,...", help=purpose)
    rules.add_argument(
        "--severity", type=_severity, action="append", metavar="RULE=LEVEL", help="error, warning or info for a rule"
    )
    rules.add_argument(
        "--fail-on", metavar="LEVEL", help="the least severity that gives exit status 1, or never (warning)"
    )
    rules.add_argument("--plans-only", action="store_true", help="skip files that hold no plan without a word")
    rules.add_argument("--explain", metavar="RULE", help="print a rule's page")
    rules.add_argument("--list-rules", action="store_true", help="print all rules")

    views = parser.add_argument_group("views of one plan")
    views.add_argument(
        "--explain-plan", action="store_true", help="print what is read from the plan: kinds, windows, states of layers"
    )
    views.add_argument("--coverage", action="store_true", help="print what becomes of each gap, by table and gap map")
    views.add_argument("--rollback-path", action="store_true", help="print the way back from a stage, step by step")
    views.add_argument("--at", metavar="N", help="the latest stage that is done, for --rollback-path")
    views.add_argument(
        "--what-if", action="store_true", help="print what cannot run, stays open or is left half moved without a stage"
    )
    views.add_argument("--drop", metavar="N", help="the stage that is left out, for --what-if")
    views.add_argument("--fail", metavar="N", help="the stage that fails, for --what-if")

    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="mend the files where that is safe, and report what remains")
    fixes.add_argument("--diff", action="store_true", help="print what --fix would change as a unified diff")
    fixes.add_argument(
        "--unsafe-fixes", action="store_true", help="mend also what may need a look, such as numbers and skeletons"
    )

    new = parser.add_argument_group("new plans")
    new.add_argument(
        "--new",
        type=_type_of_plan,
        metavar="TYPE",
        help=f"write a new plan, to -o FILE if that is given: {', '.join(TYPES)}",
    )
    new.add_argument("--name", help="the name of the migration")

    _add_adoption(parser.add_argument_group("older plans"))

    settings = parser.add_argument_group("configuration")
    settings.add_argument("--config", metavar="FILE", help="use this configuration for all files")
    settings.add_argument("--isolated", action="store_true", help="use no configuration file")
    settings.add_argument(
        "--show-config", action="store_true", help="print what holds for the files, and where it is from"
    )
    settings.add_argument("--jobs", type=_jobs, metavar="N", help="lint with so many processes (one for each core)")
    settings.add_argument(
        "--cache-dir", metavar="DIR", help="keep results here and not in the cache folder of the user"
    )
    settings.add_argument("--no-cache", action="store_true", help="neither use results of earlier runs nor keep any")
    settings.add_argument("--stdin-filename", metavar="PATH", help="what standard input is called, and configured as")

    limits = parser.add_argument_group("limits")
    for key, (value, purpose) in _LIMITS.items():
        limits.add_argument(f"--{key}", type=_number, metavar=value, help=purpose)

    output = parser.add_argument_group("output")
    _add_choice(output, "--format", tuple(FORMATS), "what is written to standard output (text)")
    output.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="write a report to a file as well, of any format; may be given several times. With --new it is just "
        "-o FILE: where the new plan goes, which must not be there yet",
    )
    output.add_argument("--show-source", action="store_true", help="show source lines, as on a terminal")
    _add_choice(output, "--column-unit", UNITS, "what columns count in text; editors differ (codepoint)")
    _add_choice(output, "--color", ("auto", "always", "never"), "colors in text (auto)")
    output.add_argument("--statistics", action="store_true", help="print how often each rule reported, and no more")
    output.add_argument("-q", "--quiet", action="store_true", help="print no summary")
    return parser


def _add_adoption(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--baseline", metavar="FILE", help="report nothing that this baseline holds")
    group.add_argument(
        "--write-baseline",
        nargs="?",
        const="",
        type=_baseline,
        metavar="FILE",
        help="put all that is reported into the baseline, by default the configured one",
    )
    group.add_argument(
        "--prune-baseline", action="store_true", help="drop the entries of the baseline that hide nothing any more"
    )
    group.add_argument(
        "--changed-since", metavar="REV", help="report only what changed, or was caused, since a git revision"
    )
    group.add_argument(
        "--add-suppressions", metavar="REASON", help="write a comment with this reason for all that is reported"
    )


def _baseline(value: str) -> str:
    """Take a name that may be meant for a baseline; who forgot that, and meant a plan, must not lose it."""
    from lint_migration_plan.lint.collect import ENDINGS, is_folder

    if value == "-" or is_folder(value) or value.lower().endswith(ENDINGS):
        raise argparse.ArgumentTypeError(
            f"{value!r} is no baseline; name the plans first, or write --write-baseline=FILE"
        )
    return value


def _add_choice(group: argparse._ArgumentGroup, option: str, words: tuple[str, ...], purpose: str) -> None:
    """Add an option whose first word is the default; a wrong word is answered as one in a configuration is."""

    def word(value: str) -> str:
        return _one_of(value, words)

    group.add_argument(option, type=word, default=words[0], metavar=f"{{{','.join(words)}}}", help=purpose)


def _one_of(value: str, words: tuple[str, ...]) -> str:
    if value in words:
        return value
    from lint_migration_plan.config.faults import quoted, suggestion

    raise argparse.ArgumentTypeError(f"{quoted(value)} is not one of: {', '.join(words)}{suggestion(value, words)}")


def _jobs(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < len(value) < 5 or int(value) < 1:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes, from 1 to 9999")
    return int(value)


def _type_of_plan(value: str) -> str:
    return _one_of(value, TYPES)


def _shell(value: str) -> str:
    return _one_of(value, _SHELLS)


def _words(value: str) -> list[str]:
    return [word for word in (part.strip() for part in value.split(",")) if word]


def _number(value: str) -> int | str:
    """Read a whole number; what is none is left for the key to read, or to refuse."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < _DIGITS else value


def _severity(value: str) -> tuple[str, str]:
    rule, equals, level = value.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{value!r} is not of the form RULE=LEVEL")
    return rule.strip(), level.strip()
