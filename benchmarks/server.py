#!/usr/bin/env python3
"""Measure the language server beside what it is made of, and print a table in Markdown.

From a change of a plan until its diagnostics are there, beside ``lint_text`` of the same text; and from the start of
the server until ``initialize`` is answered, beside ``python -c pass``. Both of a pair are run in turn, once to warm up,
so that what the machine does besides hits both alike; a ratio is the median of those of the pairs. Run it by the Python
that has the linter and pygls: ``.venv/bin/python benchmarks/server.py``.

``--beside COMMAND`` compares with another server of Markdown instead, and prints for 6, 40 and 1,000 stages the 99th
percentiles in milliseconds, ours and theirs.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

import inputs

from lint_migration_plan import lint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVER = (sys.executable, "-m", "lint_migration_plan.lsp")
_PASS = (sys.executable, "-c", "pass")
#: A file that is not there: what an editor sends is all that a server has.
_URI = f"file://{tempfile.gettempdir()}/no-such-folder/plan.md"

#: The pairs for each number of stages, which come to about as many KB.
_PAIRS = {6: 300, 10: 300, 40: 120, 1000: 25}
_STARTS = 15
#: In seconds: how long a server may take to end.
_PATIENCE = 5
_PERCENTILES_OF = (6, 40, 1000)


class Server:
    """A server that is spoken to as an editor does that is pushed diagnostics, without what an editor does besides."""

    def __init__(self, command: Sequence[str] = _SERVER) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own command, or the peer's
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self._version = 0
        self._say("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, id=1)
        self._heard(lambda message: message.get("id") == 1)

    def begin(self, text: str) -> None:
        """Open a text, and wait for its diagnostics."""
        self._say("initialized", {})
        document = {"uri": _URI, "languageId": "markdown", "version": 0, "text": text}
        self._say("textDocument/didOpen", {"textDocument": document})
        self._heard(self._is_told)

    def change(self, text: str) -> int:
        """Change the text, wait for its diagnostics, and count them."""
        self._version += 1
        document = {"uri": _URI, "version": self._version}
        self._say("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return len(self._heard(self._is_told)["params"]["diagnostics"])

    def end(self) -> None:
        """End it as an editor does."""
        self._say("shutdown", None, id=2)
        self._heard(lambda message: message.get("id") == 2)  # noqa: PLR2004 - of the line above
        self._say("exit", None)
        self._to.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            # Not every server heeds it.
            self._process.kill()
            self._process.wait()

    def _is_told(self, message: dict[str, Any]) -> bool:
        told = message.get("method") == "textDocument/publishDiagnostics"
        return told and message["params"]["version"] == self._version

    def _say(self, method: str, params: object, **more: int) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._to.flush()

    def _heard(self, is_meant: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever can be called
        """Read messages until the one that is meant."""
        while True:
            size = 0
            while (line := self._from.readline().strip()) != b"":
                name, _, value = line.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
            if not size:
                raise RuntimeError("the server is gone")
            message: dict[str, Any] = json.loads(self._from.read(size))
            if is_meant(message):
                return message


class Times(NamedTuple):
    """Seconds of ours and of what it is compared with, pair by pair."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """The median of the ratios of the pairs."""
        return statistics.median(ours / theirs for ours, theirs in zip(*self, strict=True))


def changes(stages: int, pairs: int) -> Times:
    """Change a plan that has one defect, and lint each version alone in turn."""
    server = Server()
    server.begin(plan(stages, 0))
    times = Times([], [])
    for version in range(pairs + 1):
        text = plan(stages, version)
        start = time.perf_counter()
        told = server.change(text)
        between = time.perf_counter()
        alone = len(lint_text(text))
        end = time.perf_counter()
        if (told, alone) != (1, 1):
            raise RuntimeError(
                f"the plan of {stages} stages has one defect, and of it were reported {told} and {alone}"
            )
        if version:
            times.ours.append(between - start)
            times.theirs.append(end - between)
    server.end()
    return times


def changes_beside(command: Sequence[str], stages: int, pairs: int) -> Times:
    """Change a plan in ours and in another server, in turn."""
    servers = Server(), Server(command)
    for server in servers:
        server.begin(plan(stages, 0))
    times = Times([], [])
    for version in range(1, pairs + 2):
        text = plan(stages, version)
        for server, seconds in zip(servers, times, strict=True):
            start = time.perf_counter()
            server.change(text)
            if version > 1:
                seconds.append(time.perf_counter() - start)
    for server in servers:
        server.end()
    return times


def starts(number: int) -> Times:
    """Start the server, and an interpreter that does nothing, in turn."""
    times = Times([], [])
    for attempt in range(number + 1):
        start = time.perf_counter()
        server = Server()
        between = time.perf_counter()
        server.end()
        begin = time.perf_counter()
        subprocess.run(_PASS, check=True)  # noqa: S603 - our own command
        if attempt:
            times.ours.append(between - start)
            times.theirs.append(time.perf_counter() - begin)
    return times


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fifth of the repetitions")
    parser.add_argument("--beside", nargs=argparse.REMAINDER, metavar="COMMAND", help="a server to compare with")
    options = parser.parse_args()
    share = 5 if options.quick else 1
    if options.beside:
        for stages in _PERCENTILES_OF:
            times = changes_beside(options.beside, stages, _PAIRS[stages] // share)
            print(_p99(times.ours), _p99(times.theirs), flush=True)
        return
    print("| plan | pairs | lint_text, ms | change → diagnostics, ms | p99, ms | ratio |")
    print("|---|---|---|---|---|---|")
    for stages, pairs in _PAIRS.items():
        times = changes(stages, pairs // share)
        size = f"{stages:,} stages, {len(plan(stages, 0)) / 1000:,.0f} KB"
        _row(size, len(times.ours), _median(times.theirs), _median(times.ours), _p99(times.ours), f"{times.ratio:.2f}")
    times = starts(_STARTS // share)
    print("\n| until initialize is answered, ms | python -c pass, ms | ratio |\n|---|---|---|")
    _row(_median(times.ours), _median(times.theirs), f"{times.ratio:.0f}")


def _row(*cells: object) -> None:
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def _median(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}"


def _p99(seconds: Sequence[float]) -> str:
    return f"{sorted(seconds)[-1 - len(seconds) // 100] * 1000:.1f}"


def plan(stages: int, version: int) -> str:
    """Write a plan with one defect, in the middle; versions differ by a word."""
    before, heading, behind = _sound(stages).partition(f"### Stage {stages // 2} —")
    text = before + heading + behind.replace("**Risk**: low", "**Risk**: lwo", 1)
    return text.replace(
        "### Motivation\n\n", f"### Motivation\n\nTake {version} of this plan is the one that holds. ", 1
    )


@cache
def _sound(stages: int) -> str:
    return inputs.plan(random.Random(inputs.SEED), stages)  # noqa: S311 - the same plan on each machine


if __name__ == "__main__":
    main()
