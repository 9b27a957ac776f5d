"""Share work among processes that are copies of this one, and give what comes of it in order."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import TYPE_CHECKING, Generic, NamedTuple, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

Item = TypeVar("Item")
Done = TypeVar("Done")


class Lost(NamedTuple):
    """What there is of an item whose process ended before it had done it, and ``how`` that ended."""

    how: str


class _Worker(NamedTuple):
    process: int
    results: IO[bytes]


def workers_wanted(jobs: int | None, items: int) -> int:
    """Say how many processes shall share so many items, by default one for each core; below 2 is this one alone.

    A process with threads must not be copied: a lock that one of them holds is never let go in the copy.
    """
    threading = sys.modules.get("threading")
    if not hasattr(os, "fork") or (threading is not None and threading.active_count() > 1):
        return 1
    return min(jobs or _cores(), items)


class Workers(Generic[Item, Done]):
    """So many copies of this process, which do ``work`` on the items, each on its part of them.

    What a copy gives is pickled. What it has when it is made it needs not import or compute again.
    """

    def __init__(self, work: Callable[[Item], Done], items: Sequence[Item], count: int) -> None:
        self._workers: list[_Worker | None] = []
        # Who started us may have wished not to hear of the ends of processes, and then nobody would.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            for number in range(count):
                self._workers.append(_start(work, items[number::count]))
        except OSError:
            # The system has no room for more; those that are there do their part, and we do the rest.
            self._workers += [None] * (count - len(self._workers))

    def __enter__(self) -> Workers[Item, Done]:
        return self

    def __exit__(self, *_error: object) -> None:
        """End those that still work; nobody waits for them."""
        for number, worker in enumerate(self._workers):
            if worker is not None:
                os.kill(worker.process, signal.SIGTERM)
                self._end(number, worker)

    def results(self) -> Iterator[Done | Lost | None]:
        """Yield what came of each item, in order and without end; None for one whose worker was gone before."""
        number = 0
        while True:
            worker = self._workers[number]
            yield None if worker is None else self._result(number, worker)
            number = (number + 1) % len(self._workers)

    def _result(self, number: int, worker: _Worker) -> Done | Lost:
        try:
            done: Done = pickle.load(worker.results)  # noqa: S301 - a copy of this process wrote it
        except (EOFError, pickle.UnpicklingError):
            return Lost(self._end(number, worker))
        return done

    def _end(self, number: int, worker: _Worker) -> str:
        """Wait for the end of a worker, and say how it ended."""
        self._workers[number] = None
        worker.results.close()
        _, status = os.waitpid(worker.process, 0)
        code = os.waitstatus_to_exitcode(status)
        return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _start(work: Callable[[Item], Done], items: Sequence[Item]) -> _Worker:
    read, write = os.pipe()
    # What is not written yet would be written by both.
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        process = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        raise
    if not process:
        os.close(read)
        _do(work, items, write)
    os.close(write)
    return _Worker(process, open(read, "rb"))


def _do(work: Callable[[Item], Done], items: Sequence[Item], write: int) -> NoReturn:
    """Be a worker, whose end is nobody's business but that of who reads from it."""
    status = 1
    try:
        with open(write, "wb") as results:
            for item in items:
                pickle.dump(work(item), results, pickle.HIGHEST_PROTOCOL)
                results.flush()
        status = 0
    except BrokenPipeError:
        # Nobody wants the rest.
        status = 0
    except Exception:  # noqa: BLE001 - said as it would be of one process
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(status)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
