"""What the command line does for plans that are older than the linter: baselines, changes, and suppressions.

A run asks here what is known of each file before it is judged, and hands the judgement in. `arguments` knows the
options, this module what becomes of them.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.lint.baseline import Baseline, Entry
    from lint_migration_plan.lint.changes import Change, Revision
    from lint_migration_plan.lint.gap_maps import GapMaps
    from lint_migration_plan.lint.runner import Judgement
    from lint_migration_plan.lint.sieve import IsOld, Key, Known
    from lint_migration_plan.markdown.source import Source

#: Where a baseline goes that nobody gave a name.
DEFAULT_BASELINE = ".lint-migration-plan-baseline"

# Of the entries that are gone, as many as fit on a screen.
_SHOWN = 10


class Adoption:
    """The part of a run that hangs on what is known of its files.

    ``tell`` prints a line for the user; ``fail`` does it for a path and what could not be done with it.
    ``maps`` are the gap maps of the run, as they are now: no older revision of them is looked at.
    """

    def __init__(
        self, options: argparse.Namespace, maps: GapMaps, tell: Callable[[str], None], fail: Callable[[str, str], None]
    ) -> None:
        self._options = options
        self._maps = maps
        self._tell = tell
        self._fail = fail
        self._baselines: dict[str, Baseline] = {}
        self._new: dict[str, list[Entry]] = {}
        # How many diagnostics these are of: one may have several places, and an entry for each.
        self._accepted: dict[str, int] = {}
        self._gone: dict[str, list[Entry]] = {}
        self._revision: Revision | None = None
        # The file that was compared last: to mend it is to judge it several times.
        self._compared: tuple[str, str | None, Change] | None = None

    def known(self, path: str, config: Config) -> Known | None:
        """Look up what is known of a file, before it is read; raises ConfigError."""
        options = self._options
        baseline = self._baseline(config)
        keys: frozenset[Key] = baseline.keys(path) if baseline else frozenset()
        needs_marks = options.write_baseline is not None or options.add_suppressions is not None or options.fingerprints
        if not keys and not needs_marks and options.changed_since is None:
            return None
        from lint_migration_plan.lint.sieve import Known

        return Known(keys, partial(self._since, path, config, keys) if options.changed_since is not None else None)

    def take(self, path: str, config: Config, judgement: Judgement) -> Judgement:
        """Note what a judgement means for the baseline, and give the judgement to report."""
        baseline = self._baseline(config)
        if baseline is None:
            return judgement
        self._gone.setdefault(baseline.file, []).extend(baseline.gone(path, judgement.met, judgement.ran))
        if self._options.write_baseline is None:
            return judgement
        self._new.setdefault(baseline.file, []).extend(baseline.new_entries(path, judgement.marks))
        # What is no rule's word, such as that a rule failed, has no fingerprint and stays.
        left = tuple(diagnostic for diagnostic in judgement.diagnostics if not diagnostic.fingerprint)
        accepted = len(judgement.diagnostics) - len(left)
        self._accepted[baseline.file] = self._accepted.get(baseline.file, 0) + accepted
        return judgement._replace(diagnostics=left, baselined=judgement.baselined + accepted)

    def suppress(self, judgement: Judgement, path: str, judge: Callable[[str], Judgement]) -> Judgement:
        """Write suppressions into a file, or of standard input to standard output; give what is left to report."""
        from lint_migration_plan.lint.add_suppressions import CannotSuppressError, add_suppressions
        from lint_migration_plan.lint.write_file import CannotWriteError, replace_text
        from lint_migration_plan.streams import write_text

        from_stdin = "-" in self._options.files
        if not judgement.marks and not from_stdin:
            return judgement
        text = judgement.source.text
        try:
            added = add_suppressions(judgement, judge, self._options.add_suppressions)
            if from_stdin:
                write_text(added.text)
            elif added.text != text:
                replace_text(path, text, added.text)
        except (CannotSuppressError, CannotWriteError) as error:
            self._fail(path, f"nothing suppressed: {error}" + (", and nothing passed on" if from_stdin else ""))
            return judgement
        return added.judgement

    def finish(self) -> None:
        """Write the baselines that are to be written, and say what a user should know of them."""
        options = self._options
        if options.prune_baseline and not self._baselines:
            self._fail("--prune-baseline", "there is no baseline; name it with --baseline, or in the configuration")
        for file, baseline in self._baselines.items():
            gone = [*self._gone.get(file, ()), *baseline.orphans()]
            if options.write_baseline is not None or options.prune_baseline:
                self._write(baseline, gone)
            elif gone and not options.quiet:
                self._say_gone(file, gone)

    def _since(self, path: str, config: Config, keys: frozenset[Key], source: Source) -> IsOld:
        """Compare a file with what it was; raises GitError."""
        from lint_migration_plan.lint.changes import Change, Revision
        from lint_migration_plan.lint.runner import judge_text
        from lint_migration_plan.lint.sieve import Known

        self._revision = self._revision or Revision(self._options.changed_since)
        if self._compared is None or self._compared[0] != path:
            old = self._revision.text_of(path, source.text, config.max_file_size)
            change = Change(old)
            if old is not None and old != source.text:
                was = judge_text(old, path, config, maps=self._maps, known=Known(keys))
                change = Change(old, frozenset(mark.key for mark in was.marks))
            self._compared = (path, old, change)
        _, old, change = self._compared
        return (lambda _key, _span: True) if old == source.text else change.is_old(source)

    def _write(self, baseline: Baseline, gone: Sequence[Entry]) -> None:
        from lint_migration_plan.lint.baseline import baseline_text
        from lint_migration_plan.lint.write_file import CannotWriteError, create_text, replace_text

        file = baseline.file
        out = set(gone)
        new = self._new.get(file, [])
        entries = {*(entry for entry in baseline.entries if entry not in out), *new}
        text = baseline_text(entries)
        if baseline.text is not None and "\r\n" in baseline.text:
            text = text.replace("\n", "\r\n")
        try:
            if baseline.text is None:
                create_text(file, text)
            elif baseline.text != text:
                replace_text(file, baseline.text, text)
        except CannotWriteError as error:
            self._fail(file, f"not written: {error}")
            return
        if not self._options.quiet:
            accepted = self._accepted.get(file, 0)
            places = "" if len(new) == accepted else f", the places of {accepted} diagnostic{'s' * (accepted != 1)}"
            asides = [f"{len(new)} new{places}"] * bool(new) + [f"{len(out)} dropped"] * bool(out)
            self._tell(f"{file}: {_count(len(entries))}" + (f" ({', '.join(asides)})" if asides else ""))
            if baseline.text is None and file == DEFAULT_BASELINE:
                self._tell(f"put 'baseline: {file}' into the configuration, or use it with --baseline {file}")

    def _say_gone(self, file: str, gone: Sequence[Entry]) -> None:
        self._tell(f"{file}: {_count(len(gone))} of what is not there any more; --prune-baseline drops what is gone")
        for path, rule, _, about in gone[:_SHOWN]:
            self._tell(f"  {path}: {rule}: {about}")
        if len(gone) > _SHOWN:
            self._tell(f"  and {len(gone) - _SHOWN} more")

    def _baseline(self, config: Config) -> Baseline | None:
        """Give the baseline that holds for a file; one that is to be written need not be there yet."""
        file = config.baseline_file
        writes = self._options.write_baseline is not None
        if writes:
            file = self._options.write_baseline or file or DEFAULT_BASELINE
        if file is None:
            return None
        if file not in self._baselines:
            from lint_migration_plan.lint.baseline import Baseline, read_baseline

            absent = writes and not _leads_to_something(file)
            self._baselines[file] = Baseline(file, None, ()) if absent else read_baseline(file)
        return self._baselines[file]


def _leads_to_something(path: str) -> bool:
    """Tell whether there is something at a path, or something in the way of it, which who reads it will name."""
    try:
        os.stat(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _count(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
