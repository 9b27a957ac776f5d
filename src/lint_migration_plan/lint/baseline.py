"""The baseline: a file of what is known of some plans, and not reported any more.

Each line is an entry: the plan, the rule, the fingerprint and, for readers, what it is about, with a tab between them.
Nothing in a line hangs on other lines, and they are sorted, so that two branches that change a baseline merge well.
Paths are relative to the folder of the baseline; one with odd characters stands as a JSON string.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.config.faults import ConfigError, ConfigFault
from lint_migration_plan.config.paths import absolute, folder_of
from lint_migration_plan.lint.read_file import CannotReadError, UnreadableFileError, read_text
from lint_migration_plan.lint.registry import ENTRIES
from lint_migration_plan.lint.sieve import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from lint_migration_plan.lint.sieve import Mark

#: The first line of every baseline; the number grows when an older program would go wrong.
HEAD = "# lint-migration-plan baseline 1: plan, rule, fingerprint, and what it is about"

#: In bytes: some hundred thousand entries.
_LARGEST = 64 * 1024 * 1024

_STARTS = re.compile(r"# lint-migration-plan baseline (?P<version>\d{1,9})\b")
_ENTRY = re.compile(r"(?P<path>[^\t]+)\t(?P<rule>[a-z0-9/-]{1,200})\t(?P<fingerprint>[0-9a-f]{16})(?:\t(?P<about>.*))?")


class Entry(NamedTuple):
    """A line of a baseline; ``path`` has slashes between its names, and ``about`` is for readers only."""

    path: str
    rule: str
    fingerprint: str
    about: str = ""

    @property
    def key(self) -> Key:
        """What it is known by within its file."""
        return Key(self.rule, self.fingerprint)


class Baseline:
    """A baseline: ``file`` is where it stands or will stand, ``text`` what the file holds, None where there is none."""

    def __init__(self, file: str, text: str | None, entries: Iterable[Entry]) -> None:
        self.file = file
        self.text = text
        self._by_path: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_path.setdefault(entry.path, []).append(entry)

    @property
    def entries(self) -> Iterator[Entry]:
        """All entries."""
        for entries in self._by_path.values():
            yield from entries

    def keys(self, path: str) -> frozenset[Key]:
        """Give what is known of a plan, by the path that leads to it from where we stand."""
        return frozenset(entry.key for entry in self._of(path))

    def gone(self, path: str, met: AbstractSet[Key], ran: AbstractSet[str]) -> list[Entry]:
        """Give the entries of a plan that nothing met, though their rules ran, or are no rules any more."""
        return [
            entry
            for entry in self._of(path)
            if entry.key not in met and (entry.rule in ran or not (entry.rule in ENTRIES or "/" in entry.rule))
        ]

    def orphans(self) -> list[Entry]:
        """Give the entries of plans that are not there any more."""
        folder = folder_of(self.file)
        gone = {path for path in self._by_path if not os.path.lexists(os.path.join(folder, path))}
        return [entry for path in sorted(gone) for entry in self._by_path[path]]

    def new_entries(self, path: str, marks: Iterable[Mark]) -> list[Entry]:
        """Make entries of the places that are reported of a plan."""
        name = self._name(path)
        return [Entry(name, *mark.key, mark.about) for mark in marks]

    def _of(self, path: str) -> list[Entry]:
        return self._by_path.get(self._name(path), [])

    def _name(self, path: str) -> str:
        """Name a plan from the folder of the baseline; one on another drive by its whole path."""
        whole = absolute(path)
        with suppress(ValueError):
            whole = os.path.relpath(whole, folder_of(self.file))
        return whole.replace(os.sep, "/")


def read_baseline(file: str) -> Baseline:
    """Read a baseline; raises ConfigError where there is none, or the file is something else."""
    try:
        text = read_text(file, _LARGEST)
    except (CannotReadError, UnreadableFileError) as error:
        raise _fault(file, None, f"the baseline cannot be read: {error}") from error
    head, *lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    starts = _STARTS.match(head)
    if starts is None:
        raise _fault(file, 1, "this is no baseline of lint-migration-plan, which begins with a line that says so")
    if int(starts["version"]) != 1:
        raise _fault(file, 1, f"this baseline is of version {starts['version']}, and this program knows version 1")
    return Baseline(file, text, [_entry(line, file, number) for number, line in enumerate(lines, 2) if line.strip()])


def baseline_text(entries: Iterable[Entry]) -> str:
    """Write entries as a file holds them: each once, and sorted."""
    by_key = {(entry.path, *entry.key): entry for entry in entries}
    lines = sorted("\t".join((_written(path), *rest)) for path, *rest in by_key.values())
    return "".join(f"{line}\n" for line in (HEAD, *lines))


def _entry(line: str, file: str, number: int) -> Entry:
    found = _ENTRY.fullmatch(line)
    path = _read(found["path"]) if found else None
    if found is None or not path:
        hint = "; it is left of a merge" if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")) else ""
        raise _fault(
            file, number, f"this line is no entry of a baseline: plan, rule, fingerprint, and tabs between{hint}"
        )
    return Entry(path, found["rule"], found["fingerprint"], found["about"] or "")


def _written(path: str) -> str:
    if path.isprintable() and not path.startswith(('"', "#")):
        return path
    import json

    return json.dumps(path)


def _read(path: str) -> str | None:
    if not path.startswith('"'):
        return path
    import json

    try:
        read = json.loads(path)
    except ValueError:
        return None
    return read if isinstance(read, str) else None


def _fault(file: str, line: int | None, message: str) -> ConfigError:
    return ConfigError([ConfigFault(file, line, message)])
