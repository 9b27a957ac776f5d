"""Results that are kept from one run to the next, in a folder of the user's.

It is not in the repository that is linted: whoever can write there could say in advance what is found in a plan.

A result is kept under a key that everything goes into that it hangs on: the text, its path, the options that matter,
the configuration files above it, the code of the linter and the version of Python. What a text names, a gap map,
stands in the entry with the digest that it had, and is looked at again. So an entry is never out of date, it is only
not found; and one that is broken, or not ours, is told by its own digest. The folder may go at any time.

To find that all is known is most of what a hook does, so this module imports next to nothing.
"""

from __future__ import annotations

import os
import stat
import sys

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - an interpreter that has it elsewhere only
    from hashlib import blake2b

from lint_migration_plan import TYPE_CHECKING, __version__
from lint_migration_plan.plain_arguments import DEFAULTS, LIMITS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

#: Names another folder for the results; empty, it asks for none.
VARIABLE = "LINT_MIGRATION_PLAN_CACHE_DIR"

#: The options by which a result differs, and those by which only its looks do; with any other nothing is kept.
_OF_RESULTS = (
    *("config", "extend_select", "fail_on", "ignore", "isolated", "plans_only", "select", "severity"),
    *LIMITS,
)
_OF_LOOKS = (
    *("cache_dir", "color", "column_unit", "files", "format", "jobs", "no_cache", "quiet", "show_source"),
    *("output", "reports", "statistics"),
)

#: The files of a folder that may hold a configuration.
_CONFIGS = (".lint-migration-plan.yaml", ".lint-migration-plan.yml", "pyproject.toml")

#: What a folder for results is to git, and to programs that make backups (https://bford.info/cachedir/).
_SIGNS = {
    ".gitignore": b"# Written by lint-migration-plan.\n*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# Results of lint-migration-plan.\n",
}

_MAGIC = b"lint-migration-plan 1 "
_DIGEST = 16
#: In bytes: no larger file is looked at, and no larger entry is kept.
_LARGEST_FILE = 10 * 1024 * 1024
_LARGEST_ENTRY = 64 * 1024
#: How many entries each of the 256 folders of the cache may hold; the oldest half goes then.
_MOST = 64
#: In nanoseconds: a file that is younger may change again without a trace in its time (some file systems count in 2 s).
_YOUNG = 2_000_000_000


class Dependency:
    """A file that was read beside the one that is judged.

    ``name`` is how it is named and ``base`` the folder that the name is relative to, ``real`` its real path and
    ``repository`` the one that it must lie in. ``digest`` is of what it held.
    """

    __slots__ = ("base", "digest", "name", "real", "repository")

    def __init__(self, name: str, base: str, real: str, repository: str, digest: str) -> None:
        self.name = name
        self.base = base
        self.real = real
        self.repository = repository
        self.digest = digest

    def lines(self) -> list[str]:
        """Give what an entry keeps, in the order of the parameters."""
        return [self.name, self.base, self.real, self.repository, self.digest]

    def holds(self) -> bool:
        """Tell whether the name leads to the same file, and it holds the same."""
        if os.path.realpath(self.name) != self.real or repository_of(self.base) != self.repository:
            return False
        content = read_file(self.real, _LARGEST_FILE)
        return content is not None and digest_of(content) == self.digest


class Entry:
    """What is kept of a file: numbers for the summary, its diagnostics as lines and as data, what it was read with."""

    __slots__ = ("counts", "data", "lines")

    def __init__(self, counts: Sequence[int], lines: str, data: str) -> None:
        self.counts = counts
        self.lines = lines
        self.data = data


class Cache:
    """The results of runs with the same options."""

    def __init__(self, folder: str, options: argparse.Namespace, code: str) -> None:
        self._here = os.getcwd()
        self._folder = os.path.join(self._here, folder)
        self._isolated = options.isolated
        self._config = options.config
        given = [getattr(options, name) for name in _OF_RESULTS]
        # Another path to modules may lead to another parser.
        salt = (__version__, sys.version, repr(sys.path), code, self._here, repr(given))
        self._salt = blake2b("\0".join(salt).encode(errors="surrogateescape"), digest_size=_DIGEST).digest()
        self._settings: dict[str, bytes | None] = {}
        self._unchanged: dict[str, bool] = {}

    def key(self, path: str, content: bytes, *, in_folder: bool) -> str | None:
        """Give the key of a file's result, None where none can be kept.

        ``in_folder`` is True for a file that was not named itself.
        """
        whole = os.path.normpath(os.path.join(self._here, path))
        settings = self._settings_of(whole)
        if settings is None:
            return None
        digest = blake2b(self._salt, digest_size=_DIGEST)
        # Each part says how long it is, so that no two keys are made of the same bytes.
        for part in (settings, os.fsencode(path), os.fsencode(whole), b"%d" % in_folder, content):
            digest.update(b"%d:" % len(part))
            digest.update(part)
        return digest.hexdigest()

    def get(self, key: str) -> Entry | None:
        """Give the entry of a key, None where there is none that holds."""
        held = read_file(self._path(key), _LARGEST_ENTRY)
        start = len(_MAGIC) + 2 * _DIGEST
        if held is None or not held.startswith(_MAGIC):
            return None
        body = held[start:]
        if held[len(_MAGIC) : start] != _signature(key, body):
            return None
        counts, modules, read, lines, data = body.decode(errors="surrogateescape").split("\0")
        if modules and not all(map(self._is_unchanged, modules.split("\n"))):
            return None
        if read and not all(Dependency(*file).holds() for file in zip(*[iter(read.split("\n"))] * 5, strict=True)):
            return None
        return Entry([int(count) for count in counts.split()], lines, data)

    def put(self, key: str, entry: Entry, read: Iterable[Dependency]) -> None:
        """Keep an entry with what was read for it; where that cannot be done, it is not."""
        looked_at = [line for file in read for line in file.lines()]
        if any("\n" in line or "\0" in line for line in looked_at):
            return
        parts = (" ".join(map(str, entry.counts)), _modules(), "\n".join(looked_at), entry.lines, entry.data)
        if any("\0" in part for part in parts):
            return
        body = "\0".join(parts).encode(errors="surrogateescape")
        held = _MAGIC + _signature(key, body) + body
        if len(held) <= _LARGEST_ENTRY:
            self._sign()
            _write(self._path(key), held)
            _keep_few(os.path.join(self._folder, key[:2]))

    def _sign(self) -> None:
        """Let no other program take the folder for anybody's work."""
        for name, content in _SIGNS.items():
            path = os.path.join(self._folder, name)
            if not os.path.lexists(path):
                _write(path, content)

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key[:2], key[2:])

    def _settings_of(self, whole: str) -> bytes | None:
        """Give a digest of all files that may configure one; None where one of them cannot be read."""
        if self._isolated:
            return b""
        folder = os.path.dirname(whole)
        if folder not in self._settings:
            digest = blake2b(digest_size=_DIGEST)
            files = [self._config] if self._config is not None else _configs_above(folder)
            self._settings[folder] = b""
            for file in files:
                content = read_file(file, _LARGEST_FILE)
                if content is None:
                    self._settings[folder] = None
                    return None
                digest.update(b"%s\0%d:%s" % (os.fsencode(file), len(content), content))
            self._settings[folder] = digest.digest()
        return self._settings[folder]

    def _is_unchanged(self, line: str) -> bool:
        """Tell whether a module is as it was, once a run."""
        if line not in self._unchanged:
            path = line.partition(" ")[2]
            self._unchanged[line] = line == f"{_state(path)} {path}"
        return self._unchanged[line]


def cache_for(options: argparse.Namespace) -> Cache | None:
    """Give the cache for a run, None where its options want none, or do more than to report."""
    if options.no_cache:
        return None
    for name, value in vars(options).items():
        if name not in _OF_RESULTS and name not in _OF_LOOKS and value != DEFAULTS.get(name):
            return None
    folder = options.cache_dir or _users_folder()
    code = folder and _code()
    try:
        return Cache(folder, options, code) if code else None
    except OSError:
        # The folder that we stand in is gone, for one.
        return None


def read_file(path: str, most: int) -> bytes | None:
    """Read a regular file of at most so many bytes; None for any other."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        content = os.read(descriptor, status.st_size + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    # One that grows or shrinks while it is read is better looked at in full.
    return content if len(content) == status.st_size else None


def digest_of(content: bytes) -> str:
    """Digest what a file holds."""
    return blake2b(content, digest_size=_DIGEST).hexdigest()


def repository_of(folder: str) -> str:
    """Find the folder with a ``.git`` in it at a folder or above, by its real path; empty where there is none."""
    place = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            return ""
        place = above
    return os.path.realpath(place)


def _users_folder() -> str:
    """Find the folder for such things; empty where there is none, or the user wants none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return named
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        home = os.path.expanduser("~/Library/Caches")
    else:
        home = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(home):
            home = os.path.expanduser("~/.cache")
    return os.path.join(home, "lint-migration-plan") if os.path.isabs(home) else ""


def _configs_above(folder: str) -> list[str]:
    found = []
    while True:
        found += [path for name in _CONFIGS if os.path.lexists(path := os.path.join(folder, name))]
        above = os.path.dirname(folder)
        if above == folder:
            return found
        folder = above


def _modules() -> str:
    """Name the modules of others that a result hangs on, each with the time and size of its file."""
    files = (getattr(sys.modules.get(name), "__file__", None) for name in ("markdown_it", "mdurl", "yaml"))
    return "\n".join(f"{_state(file)} {file}" for file in files if file)


def _state(file: str) -> str:
    """Say when a module was installed and what it holds: each of these names its version."""
    content = read_file(file, _LARGEST_FILE)
    if content is None:
        return "gone"
    try:
        return f"{os.stat(file).st_mtime_ns}/{digest_of(content)}"
    except OSError:
        return "gone"


def _code() -> str:
    """Tell this code from any other; empty where it cannot be told.

    An installer leaves a list of all files with their digests. Of code that somebody works on, all files are looked at.
    """
    own = os.path.dirname(__file__)
    record = os.path.join(f"{own}-{__version__}.dist-info", "RECORD")
    installed = read_file(record, _LARGEST_FILE)
    if installed is not None:
        return f"{own} {digest_of(installed)}"
    stamps: list[tuple[int, int, str]] = []
    try:
        _take_stamps(own, stamps)
    except OSError:
        return ""
    import time  # builtin, and nothing for who has installed us

    if max(stamps)[0] > time.time_ns() - _YOUNG:
        return ""
    return f"{own} {sorted(stamps)}"


def _take_stamps(folder: str, stamps: list[tuple[int, int, str]]) -> None:
    with os.scandir(folder) as inner:
        for entry in inner:
            if entry.is_dir():
                _take_stamps(entry.path, stamps)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                stamps.append((status.st_mtime_ns, status.st_size, entry.path))


def _signature(key: str, body: bytes) -> bytes:
    """Say that a body is whole, and that of a key."""
    return digest_of(key.encode() + body).encode()


def _write(path: str, held: bytes) -> None:
    """Write a file whole or not at all, whoever else does so at the same time."""
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            if os.write(descriptor, held) < len(held):
                raise OSError("no room for all of it")
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except OSError:
        _drop(temporary)


def _keep_few(folder: str) -> None:
    """Drop the oldest half of a folder that holds too many, and what was left by a process that was killed."""
    try:
        names = os.listdir(folder)
    except OSError:
        return
    if len(names) <= _MOST:
        return
    aged = []
    for name in names:
        path = os.path.join(folder, name)
        try:
            aged.append((os.stat(path).st_mtime_ns, path))
        except OSError:
            continue
    for _, path in sorted(aged)[: len(aged) // 2]:
        _drop(path)


def _drop(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        # It is not there, or somebody else has dropped it.
        return
