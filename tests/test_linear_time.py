"""Work grows as the text does, whatever its shape; it is counted, or compared with far more, so that no clock decides.

``tests/hostile/growth.py`` takes the time of the same shapes up to a size of one's choice.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

from forgetting import forget
from hostile.patterns import PACKAGE, Found, Pump, call_sites, collect, pumps
from hostile.shapes import SHAPES
from hostile.targets import EVERY_RULE
from lint_migration_plan import lint_text
from lint_migration_plan.plan.values.fold import LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

SMALL, TIMES = 1_000, 4
#: Where the code stands whose lines are counted: the package, and these tests.
OURS = (str(PACKAGE), __file__)
#: A line that runs no more often than this is no burden, however it grows.
SELDOM = 800


def lines_run(work: Callable[[], object]) -> Counter[tuple[CodeType, int]]:
    """Count how often each line of ours is run by some work; the parser's own are left to the clock of ``growth.py``."""
    counts: Counter[tuple[CodeType, int]] = Counter()

    def on_line(frame: FrameType, event: str, _argument: Any) -> Any:  # noqa: ANN401 - as the interpreter has it
        if event == "line":
            counts[frame.f_code, frame.f_lineno] += 1
        return on_line if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(on_line)
    try:
        work()
    finally:
        sys.settrace(before)
    return counts


def grown_too_fast(work: Callable[[int], object]) -> list[str]:
    """Find the lines that run far more than `TIMES` as often for `TIMES` as much work."""
    few, many = (lines_run(lambda times=times: work(times)) for times in (1, TIMES))  # type: ignore[misc]
    # At a square's pace a line would run sixteen times as often.
    return [
        f"{code.co_filename}:{line} ran {few[code, line]:,} times, and then {count:,}"
        for (code, line), count in many.items()
        if count > TIMES * 1.6 * max(few[code, line], SELDOM)
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_no_faster_than_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is short and was read before in the same text would not be counted.
    monkeypatch.setattr("lint_migration_plan.markdown.inline._OFTEN_SAID", 0)
    # A run stands in twenty places.
    size = SMALL // 5 if SHAPES[name].is_run else SMALL
    texts = {times: SHAPES[name].text(size * times) for times in (1, TIMES)}
    # What is done once is done before.
    lint_text(texts[1], config=EVERY_RULE)

    def work(times: int) -> None:
        forget()
        lint_text(texts[times], config=EVERY_RULE)

    assert grown_too_fast(work) == []


def test_work_that_grows_as_the_square_is_caught() -> None:
    def square(times: int) -> bool:
        return any(one == other for one in range(50 * times) for other in range(-50 * times, 0))

    def straight(times: int) -> bool:
        return any(one < 0 for one in range(5000 * times))

    assert len(grown_too_fast(square)) == 1
    assert grown_too_fast(straight) == []


@cache
def patterns() -> list[Found]:
    return collect()


def test_all_patterns_are_seen() -> None:
    seen = {place for found in patterns() for place in found.places}
    lines = {place for place, pattern in call_sites() if pattern is None}
    # A call may stand on several lines, of which the interpreter names one.
    missing = {(path, line) for path, line in lines if not any((path, line + more) in seen for more in range(12))}
    # It compiles what others wrote.
    assert {path for path, _ in missing} <= {"plan/values/lazy_pattern.py"}
    assert len(patterns()) > 300


#: How often what repeats is repeated. It grows so slowly that what never ends with more is seen before.
TIMES_REPEATED = (*range(4, 32), *range(32, 100, 8), 100, 130, 170, 220, 290, 380)
#: What a pattern may get that is asked of more than the beginning of a value.
LONG = 20_000
#: How many of the texts are tried at that length: those that took longest before.
KEPT = 5
#: In seconds of the processor, far more than any step needs that does not go back: such takes a hundredth of it.
FAR_TOO_MUCH, FAR_TOO_MUCH_FOR_LONG = 0.05, 0.2


def ways(found: Found) -> dict[str, int]:
    """Give the ways in which a pattern is asked, each with the most characters that it gets."""
    asked: dict[str, int] = {}
    for name, longest in found.asked.items():
        way = name if name in {"match", "fullmatch"} else "search"
        asked[way] = max(asked.get(way, 0), longest)
    return asked or {"match": 0, "search": 0}


def seconds(ask: Callable[[str], object], text: str, tries: int = 1) -> float:
    """Take the time of asking; the least of some tries is no accident of the machine."""
    best = float("inf")
    for _ in range(tries):
        began = time.process_time()
        ask(text)
        best = min(best, time.process_time() - began)
    return best


def slow_text(ask: Callable[[str], object], tried: list[Pump], longest: int) -> str | None:
    """Find a text that takes far too long; None where there is none."""

    def is_slow(text: str) -> bool:
        most = FAR_TOO_MUCH if len(text) < LONG else FAR_TOO_MUCH_FOR_LONG
        return seconds(ask, text) > most and seconds(ask, text, tries=2) > most

    repeated = ((pump, times * len(pump.body)) for times in TIMES_REPEATED for pump in tried)
    short = (pump.text(length) for pump, length in repeated if length < LIMIT)
    value = (pump.text(LIMIT) for pump in tried)
    text = next(filter(is_slow, chain(short, value)), None)
    if text is None and longest > 2 * LIMIT:
        worst = sorted(tried, key=lambda pump: -seconds(ask, pump.text(LIMIT)))[:KEPT]
        text = next(filter(is_slow, (pump.text(LONG) for pump in worst)), None)
    return text


def test_no_pattern_goes_back_over_and_over() -> None:
    slow = []
    for found in patterns():
        tried = pumps(found.compiled.pattern, found.compiled.flags)
        for way, longest in ways(found).items():
            text = slow_text(getattr(found.compiled, way), tried, longest)
            if text is not None:
                slow.append((min(found.places), way, len(text), text[:40]))
    assert slow == []


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(?:a|a)*b", r"(?:\w+\s?)*!", r"(?P<one>a+)+b", r"x*(?:y|x*)*z", r"x\s*a?\s*a?\s*a?\s*b", r"(?:\s*,?\s*)*x"),
        *(r"(?=(a+)+!)a", r"(?<!x)(?:ab|a|b)*c", r"1(?:[.\d]*\d)*x", r"(?i:q(?:e+|E+)*)\Z"),
    ],
)
def test_a_pattern_that_does_is_caught(pattern: str) -> None:
    assert slow_text(re.compile(pattern).match, pumps(pattern, 0), LIMIT) is not None


@pytest.mark.parametrize(
    "text",
    [
        "<!-- lint-migration-plan :" + " " * 20_000 + "x -->\n",
        "<!-- lint-migration-plan: ignore" + " " * 20_000 + "x -->\n",
        "<!-- lint-migration-plan: ignore[" + "unknown-risk, " * 1_000 + "\n-->\n",
        "### 1.1." + " " * 9_000 + "x" + " " * 9_000 + "y\n",
        "### **1.1." + "\u00a0" * 18_000 + "x**\n",
        "### Stage" + " " * 18_000 + "x\n",
        "**Risk**: [" + " " * 19_000 + "x [\n",
    ],
)
def test_spaces_in_odd_places_take_no_time(text: str) -> None:
    began = time.process_time()
    lint_text(f"## Migration: x\n\n### From\n\n- Data: a\n\n### Stage 1 — Move it\n\n{text}", config=EVERY_RULE)
    # It took hours.
    assert time.process_time() - began < 10
