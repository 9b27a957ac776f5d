"""Lint and parse the same texts in one process, in turn, and print the ratios; run by the Python that has both.

``compare PATH TIMES`` prints lint / full parse; ``growth`` the exponents by which both grow from 250 to 4,000 stages.
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


def _compare(path: str, times: int) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    ratios = [_seconds(lint_text, text) / _seconds(_FULL.parse, text) for _ in range(times + 1)]
    print(statistics.median(ratios[1:]))


def _growth() -> None:
    texts = {stages: inputs.plan(random.Random(stages), stages) for stages in (_SMALL, 1000, _LARGE)}  # noqa: S311
    lint_text(texts[_SMALL])
    for work in (lint_text, _FULL.parse):
        spent = {stages: min(_seconds(work, text) for _ in range(2)) for stages, text in texts.items()}
        print(math.log(spent[_LARGE] / spent[_SMALL]) / math.log(_LARGE / _SMALL))


if __name__ == "__main__":
    # The program does the same.
    gc.disable()
    if sys.argv[1] == "compare":
        _compare(sys.argv[2], int(sys.argv[3]))
    else:
        _growth()
