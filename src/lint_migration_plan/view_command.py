"""Print a view of the plans of one file: what is read from them, and what follows from it.

Nothing is reported and nothing judged, so that the exit status is 0, or 2 where there is nothing to show.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.arguments import view_wanted
from lint_migration_plan.config.discover import ConfigFinder
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.lint.collect import STDIN
from lint_migration_plan.lint.gap_maps import GapMaps, gap_map_uses
from lint_migration_plan.lint.parse_file import parse_file
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text
from lint_migration_plan.plain_arguments import limits_of
from lint_migration_plan.plan.quote import quote
from lint_migration_plan.report.json_text import json_text
from lint_migration_plan.report.safe import safe_text
from lint_migration_plan.streams import place_of, read_stdin

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.subject import File, GapMapUse
    from lint_migration_plan.plan.nodes import Plan, Stage

#: Grows when a reader of the older JSON would go wrong.
VERSION = 1


#: What standard input is called where nobody says what it is.
NAMELESS = "<stdin>"


class CannotShowError(Exception):
    """There is nothing to show; the message says why."""


class Shown(NamedTuple):
    """A view: the lines of text, each with its end, and for each plan its object in JSON."""

    lines: list[str]
    plans: list[dict[str, Any]]


def show_view(options: argparse.Namespace) -> int:
    """Print the view that is asked for, and give the exit status."""
    try:
        shown = _view(options)
    except ConfigError as error:
        return _fail(map(str, error.errors))
    except CannotShowError as error:
        return _fail([str(error)])
    if options.format == "json":
        sys.stdout.write(json_text({"version": VERSION, "plans": shown.plans}) + "\n")
    else:
        sys.stdout.writelines(shown.lines)
    return 0


def _view(options: argparse.Namespace) -> Shown:
    path = options.files[0]
    file, config = _read(path, options)
    name = options.stdin_filename or NAMELESS if path == STDIN else path
    if file.unreadable:
        raise CannotShowError(f"{name}: {file.unreadable}")
    if not file.plans:
        raise CannotShowError(f"{name}: the file holds no migration plan")
    if view_wanted(options) == "explain_plan":
        from lint_migration_plan.views.plan_table import as_dict, render

        return Shown([line for plan in file.plans for line in render(plan)], [as_dict(plan) for plan in file.plans])
    if view_wanted(options) == "coverage":
        from lint_migration_plan.views.coverage import as_dicts
        from lint_migration_plan.views.coverage import render as render_coverage

        covers = as_dicts(file.plans, _gap_maps(file, name, config, is_named=name != NAMELESS))
        return Shown(list(render_coverage(covers)), covers)
    if view_wanted(options) == "rollback_path":
        from lint_migration_plan.views import rollback_path

        plan, stage = _chosen(file, options.at, name)
        return Shown(list(rollback_path.render(plan, stage)), [rollback_path.as_dict(plan, stage)])
    if view_wanted(options) == "what_if":
        from lint_migration_plan.views import what_if

        fails = options.drop is None
        plan, stage = _chosen(file, options.fail if fails else options.drop, name)
        return Shown(list(what_if.render(plan, stage, fails=fails)), [what_if.as_dict(plan, stage, fails=fails)])
    raise AssertionError(view_wanted(options))


def _gap_maps(file: File, name: str, config: Config, *, is_named: bool) -> list[GapMapUse]:
    """Read the gap maps of a file; only one that has a name says where they may be."""
    if file.front_matter is not None:
        raise CannotShowError(f"{name}: the front matter cannot be read: {file.front_matter.message}")
    uses = gap_map_uses(file, name, config, GapMaps()) if is_named else []
    for use in uses:
        if isinstance(use.read, str):
            raise CannotShowError(f"{name}: gap map {quote(use.name)} {use.read}")
    return uses


def _chosen(file: File, word: str, name: str) -> tuple[Plan, Stage]:
    """Find the stage that an option names."""
    from lint_migration_plan.views.stage_choice import NoSuchStageError, choose_stage

    try:
        return choose_stage(file.plans, word)
    except NoSuchStageError as error:
        raise CannotShowError(f"{name}: {error}") from error


def _read(path: str, options: argparse.Namespace) -> tuple[File, Config]:
    """Read the file by the configuration that holds for it."""
    place = place_of(path, options.stdin_filename)
    finder = ConfigFinder(options.config, isolated=options.isolated, lay_over=partial(_with_limits, options))
    config = finder.config_for(place).for_file(place)
    name = options.stdin_filename or NAMELESS if path == STDIN else path
    try:
        text = read_stdin(config.max_file_size) if path == STDIN else read_text(path, config.max_file_size)
    except (CannotReadError, UnreadableFileError) as error:
        raise CannotShowError(f"{name}: {error}") from error
    return parse_file(text, config)


def _with_limits(options: argparse.Namespace, config: Config) -> Config:
    return config.with_command_line(limits=limits_of(options))


def _fail(messages: Iterable[str]) -> int:
    sys.stderr.writelines(f"lint-migration-plan: {safe_text(message)}\n" for message in messages)
    return 2
