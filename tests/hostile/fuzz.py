"""Fuzz with atheris, which is led by the code that an input reaches: ``python tests/hostile/fuzz.py [OPTION...] [TARGET...]``.

It needs ``pip install atheris``. All targets take their turn, or those that are named; each starts from its corpus
(``tests/hostile/corpus/TARGET``) and from the fixtures. At the end stands how many inputs each target was given.

``--inputs=N``      how many inputs all of them are given together (100,000), each its share
``--found=FOLDER``  where the first input of each kind that breaks a promise is put, beside what it raised (``fuzz-found``)
``--keep=N``        put the N smallest inputs that reach what no seed does into the corpus of their target

What is found does not end a run; the exit status is then 1.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = HERE / "corpus"
FIXTURES = HERE.parent.parent / "fixtures"

#: The longest input in bytes, which is what a stage and some more take.
LONGEST = 1024
#: No input may take longer, in seconds of the processor; code that is watched takes several times as long as other code.
SLOW = 10.0
#: How many inputs each target has of a thousand; what judges whole plans takes a hundred times as long as a report.
SHARES = {"parse": 50, "lint": 40, "front-matter": 30, "gap-map": 20, "fix": 15, "suppressions": 15, "views": 15}
SHARES |= {"config": 120, "baseline": 120, "positions": 40, "server-positions": 40}
SHARE = 50


class Options(NamedTuple):
    """What was asked for."""

    targets: list[str]
    inputs: int = 100_000
    found: Path = Path("fuzz-found")
    keep: int = 0


def main() -> int:
    """Let the targets take their turn, each in a process of its own: libFuzzer ends the one that it runs in."""
    from hostile.targets import TARGETS

    named = dict(each[2:].split("=", 1) for each in sys.argv[1:] if each.startswith("--"))
    options = Options(
        [each for each in sys.argv[1:] if not each.startswith("--")] or list(TARGETS),
        int(named.get("inputs", "100000")),
        Path(named.get("found", "fuzz-found")).resolve(),
        int(named.get("keep", "0")),
    )
    shares = {name: SHARES.get(name, SHARE) for name in options.targets}
    given = {}
    for name, share in shares.items():
        began = time.monotonic()
        given[name] = fuzz(name, options.inputs * share // sum(shares.values()) + 1, options)
        print(f"{name:20} {given[name]:9,} inputs {time.monotonic() - began:7.0f} s", flush=True)
    found = sorted(path for path in options.found.rglob("*") if path.is_file() and path.suffix != ".txt")
    print(f"{'together':20} {sum(given.values()):9,} inputs, {len(found)} found", *found, sep="\n")
    return 1 if found else 0


def fuzz(name: str, inputs: int, options: Options) -> int:
    """Give a target so many inputs, and say how many they were."""
    with tempfile.TemporaryDirectory() as work:
        new, old = Path(work, "new"), Path(work, "old")
        new.mkdir()
        old.mkdir()
        for seed in seeds(name):
            Path(old, sha256(seed).hexdigest()[:16]).write_bytes(seed)
        found = options.found / name
        found.mkdir(parents=True, exist_ok=True)
        arguments = [
            *(f"-max_len={LONGEST}", f"-runs={inputs}", "-timeout=300", "-rss_limit_mb=4096", "-reduce_inputs=0"),
            *("-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={found}/", str(new), str(old)),
        ]
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(found), *arguments],
            check=False,
            cwd=work,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="backslashreplace",
        )
        counted = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
        if counted is None or done.returncode:
            print(done.stderr[-4000:], file=sys.stderr)
        for path in sorted(new.iterdir(), key=lambda path: path.stat().st_size)[: options.keep]:
            (CORPUS / name).mkdir(parents=True, exist_ok=True)
            (CORPUS / name / path.name[:16]).write_bytes(path.read_bytes())
        return int(counted[1]) if counted else 0


def run_one() -> None:
    """Run a target in this process; it does not come back."""
    import atheris

    with atheris.instrument_imports(include=["lint_migration_plan"]):
        from hostile.targets import TARGETS, be_strict
        from lint_migration_plan.lint import registry

        for rule_id in registry.ENTRIES:
            registry.load(rule_id)
    name, found, *arguments = sys.argv[2:]
    be_strict()
    target = TARGETS[name]
    kinds: set[str] = set()

    def note(data: bytes, kind: str, said: str) -> None:
        if kind not in kinds:
            kinds.add(kind)
            Path(found, kind).write_bytes(data)
            Path(found, f"{kind}.txt").write_text(said, encoding="utf-8", errors="backslashreplace")
            print(f"== {name} {kind}\n{said}", flush=True)

    def run(data: bytes) -> None:
        began = time.process_time()
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - that is what it is for
            note(data, kind_of(error), "".join(traceback.format_exception(error)))
        taken = time.process_time() - began
        if taken > SLOW:
            note(data, f"slow-{len(data).bit_length()}", f"{taken:.1f} s for {len(data)} bytes")

    mutate = mutator(target.pieces, lambda data, longest: bytes(atheris.Mutate(data, longest)))
    atheris.Setup([sys.argv[0], *arguments], run, custom_mutator=mutate)
    atheris.Fuzz()


def kind_of(error: BaseException) -> str:
    """Tell one way to fail from another: by the error, and the place in our code that it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}lint_migration_plan{os.sep}" in frame.filename] or frames
    return f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}-{frames[-1].lineno}"


def seeds(name: str) -> Iterator[bytes]:
    """Yield what to start from: the corpus of a target, and fixtures cut to size."""
    for path in (CORPUS / name).glob("*"):
        yield path.read_bytes()
    wanted, before = ((".yaml", ".toml"), b"\0") if name == "config" else ((".md",), b"")
    for path in sorted(FIXTURES.glob("*/*"))[:: 1 if name == "config" else 4]:
        if path.suffix in wanted:
            content = path.read_bytes()
            for at in range(0, len(content), LONGEST):
                yield before + content[at : at + LONGEST]


def mutator(pieces: tuple[str, ...], of_bytes: Callable[[bytes, int], bytes]) -> Callable[[bytes, int, int], bytes]:
    """Change lines as authors do as often as bytes as libFuzzer does."""

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.4:
            return of_bytes(data, longest)[:longest]
        lines = data.split(b"\n")
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            at = chance.randrange(len(lines))
            column = chance.randint(0, len(lines[at]))
            piece = chance.choice(pieces).encode()
            action = chance.randrange(6)
            if action == 0 and len(lines) > 1:
                del lines[at]
            elif action == 1:
                lines.insert(at, chance.choice(lines))
            elif action == 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            elif action == 3:
                lines[at] = lines[at][:column] + piece + lines[at][column:]
            elif action == 4:
                lines[at] = lines[at][:column] + piece + lines[at][column + len(piece) :]
            else:
                lines[at] = lines[at][:column]
        return b"\n".join(lines)[:longest]

    return mutate


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run_one()
    sys.exit(main())
