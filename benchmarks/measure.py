"""Run commands in turn and compare them: what a machine does besides hits both alike."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What the commands see of ours: bytecode is kept, as on any machine, and nothing is colored or unbuffered.
_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "FORCE_COLOR", "PYTHONPATH", "VIRTUAL_ENV")


class Run(NamedTuple):
    """A process that ended: its seconds by the clock, its peak memory in MB."""

    seconds: float
    megabytes: float


def environment() -> dict[str, str]:
    """Give the environment that each command runs in."""
    return {name: value for name, value in os.environ.items() if name not in _UNWANTED}


def run(command: Sequence[str]) -> Run:
    """Run a command, which may end with any status below 3, with its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1, 2}:
        raise RuntimeError(f"{command[:4]} ended with {process.returncode}: {errors[-500:].decode(errors='replace')}")
    # Linux counts in KB, macOS in bytes.
    return Run(seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))


def ratio(ours: Sequence[str], theirs: Sequence[str], times: int) -> float:
    """Run two commands in turn, each once to warm up, and give the median of the ratios of their seconds."""
    ratios = []
    for number in range(times + 1):
        pair = run(ours).seconds / run(theirs).seconds
        if number:
            ratios.append(pair)
    return statistics.median(ratios)


def instructions(command: Sequence[str]) -> int:
    """Count the instructions of a process by valgrind: the same on each run, whatever else the machine does."""
    run(command)
    # A hash seed changes the order of sets, and with it a little of the count.
    counted = subprocess.run(  # noqa: S603 - our own commands
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command],  # noqa: S607
        env={**environment(), "PYTHONHASHSEED": "0"},
        capture_output=True,
        check=False,
    )
    found = re.search(rb"I\s+refs:\s+([\d,]+)", counted.stderr)
    if found is None:
        raise RuntimeError(f"valgrind counted nothing: {counted.stderr[-500:].decode(errors='replace')}")
    return int(found[1].replace(b",", b""))
