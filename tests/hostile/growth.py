"""Print how the time to lint each shape grows: ``python tests/hostile/growth.py [--size=N] [--fix] [SHAPE...]``.

Each shape is linted by all rules at N, 2 N, 4 N and 8 N characters (of runs so many that the last is the longest that
is read). The exponent is that of the last doubling and of the whole way: 1 is linear, 2 is square. ``!`` marks what is
above `TOO_MUCH`, and is the exit status 1; ``limit`` is what a limit catches, which is then timed all the same.
"""

from __future__ import annotations

import gc
import sys
import time
from math import log2
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hostile.shapes import SHAPES, Shape
from hostile.targets import EVERY_RULE, be_strict
from lint_migration_plan.lint.fixer import fix_text
from lint_migration_plan.lint.runner import lint_text
from lint_migration_plan.markdown.parser import LONGEST_TEXT

#: Above this an exponent is no measuring error.
TOO_MUCH = 1.3
SIZE = 32 * 1024


def main() -> int:
    """Time the shapes that are named, or all."""
    be_strict()
    options = [each for each in sys.argv[1:] if each.startswith("--")]
    size = next((int(each.removeprefix("--size=")) for each in options if each.startswith("--size=")), SIZE)
    fixes = "--fix" in options
    names = [each for each in sys.argv[1:] if not each.startswith("--")] or list(SHAPES)
    slow = 0
    print(f"{'shape':28} {'size of the last':>16} {'seconds':>29}  {'last':>5} {'whole':>5}")
    lint_text(SHAPES["stages"].text(1000), config=EVERY_RULE)
    for name in names:
        shape = SHAPES[name]
        sizes = (
            [largest_run() // 8 * times for times in (1, 2, 4, 8)] if shape.is_run else [size * n for n in (1, 2, 4, 8)]
        )
        seconds = [timed(shape, each, fixes=fixes) for each in sizes]
        last, whole = log2(seconds[3] / seconds[2]), log2(seconds[3] / seconds[0]) / 3
        text = shape.text(sizes[3])
        caught = any(each.rule == "unreadable-file" for each in lint_text(text, config=EVERY_RULE))
        # What takes no time at all has no growth.
        bad = min(last, whole) > TOO_MUCH and seconds[3] > 0.5 and not caught
        slow += bad
        times = " ".join(f"{each:7.3f}" for each in seconds)
        print(
            f"{name:28} {len(text):16,}  {times}  {last:5.2f} {whole:5.2f}{' limit' if caught else ''}{' !' if bad else ''}",
            flush=True,
        )
    return 1 if slow else 0


def largest_run() -> int:
    """Give the longest run that is read, with some room for what stands beside it."""
    return LONGEST_TEXT - 200


def timed(shape: Shape, size: int, *, fixes: bool) -> float:
    """Give the least time of the processor of some tries."""
    text = shape.text(size)
    best = float("inf")
    for _ in range(3):
        gc.collect()
        began = time.process_time()
        if fixes:
            fix_text(text, config=EVERY_RULE, unsafe=True)
        else:
            lint_text(text, config=EVERY_RULE)
        best = min(best, time.process_time() - began)
        if best > 2:
            break
    return best


if __name__ == "__main__":
    sys.exit(main())
