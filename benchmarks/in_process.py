"""Lint and parse the same texts in one process, in turn, and print the ratios; run by the Python that has both.

``compare STAGES TIMES`` prints lint / full parse; ``growth`` the exponents by which both grow from 250 to 4,000 stages.
Each text is another one: of those that were linted before, much is still known.
"""

from __future__ import annotations

import gc
import math
import random
import statistics
import sys
import time
from typing import TYPE_CHECKING

import inputs
from markdown_it import MarkdownIt

from lint_migration_plan import lint_text

if TYPE_CHECKING:
    from collections.abc import Callable

_FULL = MarkdownIt("commonmark").enable("table")
_SMALL, _LARGE = 250, 4000


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def _compare(stages: int, times: int) -> None:
    texts = [_plan(stages, number) for number in range(times + 1)]
    ratios = [_seconds(lint_text, text) / _seconds(_FULL.parse, text) for text in texts]
    print(statistics.median(ratios[1:]))


def _growth() -> None:
    lint_text(_plan(_SMALL, 0))
    texts = {stages: [_plan(stages, number) for number in (1, 2)] for stages in (_SMALL, 1000, _LARGE)}
    for work in (lint_text, _FULL.parse):
        spent = {stages: min(_seconds(work, text) for text in same) for stages, same in texts.items()}
        print(math.log(spent[_LARGE] / spent[_SMALL]) / math.log(_LARGE / _SMALL))


def _plan(stages: int, number: int) -> str:
    return inputs.plan(random.Random(stages + number), stages)  # noqa: S311 - the same plans on each machine


if __name__ == "__main__":
    # The program does the same.
    gc.disable()
    if sys.argv[1] == "compare":
        _compare(int(sys.argv[2]), int(sys.argv[3]))
    else:
        _growth()
