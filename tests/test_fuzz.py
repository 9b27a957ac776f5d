"""Every part that reads what strangers write keeps its promises for any bytes; `hostile/fuzz.py` tries millions more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile.fuzz import CORPUS, LONGEST, mutator, seeds
from hostile.targets import TARGETS
from lint_migration_plan.report.formats import FORMATS

if TYPE_CHECKING:
    import random
    from pathlib import Path

#: How many inputs a target gets that mends a text over and over, and how many each other one.
FEW, MANY = 15, 60
SLOW = frozenset(("fix", "suppressions", "views"))


@cache
def some_seeds(name: str) -> list[bytes]:
    """Give what the inputs of a target are made from, in a stable order."""
    return sorted(seeds(name))


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Make inputs for a target: any bytes, its pieces in any order, and seeds that were changed."""
    pieces = TARGETS[name].pieces
    mutate = mutator(pieces, lambda data, longest: data[:longest])

    def changed(seed: bytes, chance: random.Random) -> bytes:
        for _ in range(chance.randint(1, 4)):
            seed = mutate(seed, LONGEST, chance.getrandbits(32))
        return seed

    return st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(pieces), max_size=40).map(lambda chosen: "".join(chosen).encode()),
        st.builds(changed, st.sampled_from(some_seeds(name)), st.randoms(use_true_random=False)),
    )


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_leave_all_promises_kept(name: str) -> None:
    @settings(max_examples=FEW if name in SLOW else MANY)
    @given(inputs(name))
    def holds(data: bytes) -> None:
        TARGETS[name].run(data)

    holds()


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_is_found_no_more(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())


def test_each_format_and_each_part_of_the_corpus_is_a_target() -> None:
    assert {f"report-{name}" for name in FORMATS} <= TARGETS.keys()
    assert {path.name for path in CORPUS.iterdir()} <= TARGETS.keys()
    # It is read at every start of a longer run, and is part of every clone.
    assert sum(path.stat().st_size for path in CORPUS.glob("*/*")) < 256 * 1024
