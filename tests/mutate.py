"""Mutation testing of ``plan/`` and ``rules/``: which small changes of the code does no test notice?

``python tests/mutate.py --sample 1000 --seed 1`` takes a sample of all mutants, tries the tests on each, and prints a
line for each as it goes and the score at the end; ``--minutes 20`` stops early, with a smaller sample, ``--files
rules/gaps`` takes the mutants of some files, and ``--sample 0`` all of them. It needs ``pip install -e '.[dev,mutation]'``.

The mutants are those of mutmut: in functions, not in tables of words. mutmut itself would run the whole suite once in
its copy of the tree, and then a pytest for each mutant; cosmic-ray starts a new process for each. Here each mutant is a
fork of one process that has imported all but our package, and first tries what runs the changed function at all:
fixtures, then the defects of `test_defect_matrix`, then whole files of unit tests. That is found out once, by running
each of them with a profile. A mutant that fails to import, crashes or does not end counts as killed. Nothing is said of
equivalent mutants: they survive. So do some that the whole suite would notice, as each mutant gets a part of what runs
its function (``MOST``, ``TEST_SECONDS``): the share of those killed is rather too low than too high.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import importlib.abc
import importlib.util
import io
import json
import math
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType, FrameType

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "lint_migration_plan"
#: Unit tests that start programs or a server, take time on purpose, draw at random or read what is no code.
LEFT_OUT = re.compile(
    r"test_(?:fixtures|defect_matrix|properties|editors|pre_commit|readme|architecture|mdformat_plugin|write_file|cli\w*"
    r"|rules_page|changed_since|config\w*|baseline|report\w*|suppressions|add_suppressions|bad_input|cache|ci_recipes"
    r"|completion|faults|fuzz|jobs|linear_time|lsp_\w*|plain_arguments|security|start|vscode_extension)\.py"
)
#: So many fixtures and defects of other rules, so many seconds of unit tests, and so many in all, each mutant gets.
MOST, TEST_SECONDS, PATIENCE = 100, 15, 240

#: A function: its file within the package and the line of its "def" or first decorator.
Function = tuple[str, int]


class Mutant(NamedTuple):
    """A changed function of a file: the code of the whole file, and what is different."""

    file: str
    function: Function
    code: str
    line: int
    change: str


class Target(NamedTuple):
    """Something to run: a fixture, a defect of the matrix or a file of tests; ``rule`` is what it is about."""

    kind: str
    name: str
    rule: str
    content: Any


# --- mutants ----------------------------------------------------------------------------------------------------------


def changes(file: Path) -> tuple[str, Any, list[Any]]:
    """Give a file's code, its tree and the changes that mutmut makes to it, all without those outside of functions.

    mutmut passes over functions with decorators, so it does not get to see these.
    """
    from mutmut.mutation.file_mutation import create_mutations

    code = file.read_text(encoding="utf-8")
    hidden = re.sub(r"^( *)@(?=once_a_plan|lru_cache|cache|property)", r"\1# @", code, flags=re.MULTILINE)
    tree, found, _, _ = create_mutations(str(file), hidden)
    return code, tree, [change for change in found if change.contained_by_top_level_function is not None]


def mutant(file: Path, number: int) -> Mutant | None:
    """Write one mutant of a file, which is worth its time only for those that are tried; None for the same again."""
    from mutmut.mutation.file_mutation import deep_replace

    code, tree, found = changes(file)
    whole: Any = deep_replace(tree, found[number].original_node, found[number].mutated_node)
    changed = whole.code.replace("# @", "@")
    if changed == code:
        return None
    starts = functions_of(compile(code, str(file), "exec"))
    diff = list(difflib.unified_diff(code.splitlines(), changed.splitlines(), n=0, lineterm=""))
    place = re.match(r"@@ -(\d+)", diff[2])
    assert place is not None
    line = int(place[1])
    start = max((start for start in starts if start <= line), default=0)
    name = file.relative_to(PACKAGE).as_posix()
    return Mutant(name, (name, start), changed, line, "\n".join(diff[3:]))


def functions_of(code: CodeType) -> set[int]:
    """Collect the first lines of the functions of a module and of its classes, the inner ones left out."""
    found = set()
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            if is_class(constant):
                found |= functions_of(constant)
            elif not constant.co_name.startswith("<"):
                found.add(constant.co_firstlineno)
    return found


def is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names


class MutantFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's code."""

    def __init__(self, mutant: Mutant) -> None:
        self.code = mutant.code
        self.file = PACKAGE / mutant.file
        self.module = "lint_migration_plan." + mutant.file.removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> Any:
        """Find the one module."""
        del path, target
        if fullname != self.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.file, loader=self)

    def exec_module(self, module: Any) -> None:
        """Run the mutant's code as the module."""
        exec(compile(self.code, str(self.file), "exec"), module.__dict__)  # noqa: S102


# --- targets ----------------------------------------------------------------------------------------------------------


def all_targets() -> list[Target]:
    """Collect what can be run, as plain data: the package must not be imported before the fork."""
    return [Target(*target) for target in in_a_fork(_collect, PATIENCE * 10)]


def _collect() -> list[Target]:
    import test_defect_matrix as matrix
    from defect_makers import MAKERS
    from test_fixtures import FIXABLE, INVALID, PLANS, VALID

    found = [Target("fixture", str(path), path.parent.name, None) for path in (*INVALID, *VALID, *PLANS)]
    found += [Target("fix", str(path), path.parent.name, None) for path in FIXABLE]
    for rule in sorted(MAKERS):
        for base, defect in matrix.sample(rule):
            text, line = defect.made(base.text)
            content = (base.name.partition(",")[0], text.encode("utf-8", "surrogateescape").decode("latin-1"), line)
            found.append(Target("defect", f"{rule} in {base.name}", rule, (*content, dict(defect.files))))
    files = sorted(path for path in (ROOT / "tests").glob("test_*.py") if not LEFT_OUT.fullmatch(path.name))
    return found + [Target("tests", str(path), "", None) for path in files]


def passes(target: Target) -> bool:
    """Run a target in this process."""
    if target.kind == "fixture":
        from test_fixtures import output

        expected = Path(target.name).with_suffix(".out")
        return output(Path(target.name)) == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    if target.kind == "fix":
        from test_fixtures import mended

        fixed = mended(Path(target.name).read_bytes().decode(), Path(target.name))
        return fixed == Path(target.name).with_suffix(".fixed").read_bytes().decode()
    if target.kind == "defect":
        plan, text, line, files = target.content
        return _is_told(plan, text, line, files, target.rule)
    # Some of what pytest would rewrite is there since before the fork.
    known = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    silent = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *known]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return pytest.main([*silent, target.name]) == pytest.ExitCode.OK


def _is_told(plan: str, text: str, line: int, files: dict[str, str], rule: str) -> bool:
    import test_defect_matrix as matrix
    from lint_migration_plan.lint.gap_maps import GapMaps
    from lint_migration_plan.lint.runner import judge_file

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_text(content, encoding="utf-8")
        Path(folder, "plan.md").write_bytes(text.encode("latin-1"))
        told = judge_file(f"{folder}/plan.md", matrix.settings(matrix.FOLDER / f"{plan}.md"), GapMaps()).diagnostics
    return [(one.rule, one.location.line) for one in told] == [(rule, line)]


def functions_run(target: Target) -> list[Function]:
    """Run a target and collect the functions of the package that it calls; nothing where it does not pass."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        del argument
        if event == "call":
            seen.add(frame.f_code)

    sys.setprofile(note)
    passed = passes(target)
    sys.setprofile(None)
    folder = f"{PACKAGE}/"
    mine = (code for code in seen if code.co_filename.startswith(folder) and not code.co_name.startswith("<"))
    return sorted({(code.co_filename.removeprefix(folder), code.co_firstlineno) for code in mine}) if passed else []


# --- runs -------------------------------------------------------------------------------------------------------------


def in_a_fork(work: Callable[[], Any], patience: float) -> Any:
    """Do some work in a fork and give what it returns, by way of JSON; None where it fails or takes too long."""
    return _answer(*_begun(work, patience))


def side_by_side(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do some works in forks at once, however long they take."""
    return [_answer(*begun) for begun in [_begun(work, 24 * 3600) for work in works]]


def _begun(work: Callable[[], Any], patience: float) -> tuple[int, int]:
    """Begin a fork, and give its process and the pipe to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        signal.alarm(math.ceil(patience))
        answer = json.dumps(work())
        with os.fdopen(writing, "w") as pipe:
            pipe.write(answer)
        status = 0
    except BaseException:  # noqa: BLE001 - whatever a mutant does
        if "--trace" in sys.argv:
            traceback.print_exc()
    finally:
        os._exit(status)


def _answer(child: int, reading: int) -> Any:
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return json.loads(said) if os.waitpid(child, 0)[1] == 0 else None


def killer(mutant: Mutant, targets: Sequence[Target]) -> str | None:
    """Say which target fails on a mutant; None where none does."""
    sys.meta_path.insert(0, MutantFinder(mutant))
    for target in targets:
        try:
            if not passes(target):
                return target.name
        except BaseException as error:  # noqa: BLE001 - whatever a mutant does
            return f"{target.name}: {type(error).__name__}"
    return None


class Reach(NamedTuple):
    """By which targets each function is run; ``seconds`` is how long each file of tests takes, by its name."""

    functions: dict[Function, list[Target]]
    seconds: dict[str, float]

    def of(self, mutant: Mutant) -> list[Target]:
        """Give what runs a function. One that keeps its result for all runs to come goes with those of its file."""
        found = self.functions.get(mutant.function)
        if found is None:
            alike = [targets for (file, _), targets in self.functions.items() if file == mutant.file]
            found = list({target.name: target for targets in alike for target in targets}.values())
        return found


def chosen(mutant: Mutant, reach: Reach, chance: random.Random) -> list[Target]:
    """Choose what to run: what is about the changed rule, then others, then tests, each where it runs the function."""
    targets = reach.of(mutant)
    rule = Path(mutant.file).stem.replace("_", "-")
    single = [target for target in targets if target.kind != "tests"]
    own = [target for target in single if target.rule == rule]
    others = [target for target in single if target.rule != rule]
    some = chance.sample(others, min(len(others), MOST))
    named = f"_{Path(mutant.file).stem}."
    tests = [target for target in targets if target.kind == "tests"]
    tests.sort(key=lambda target: (named not in target.name, reach.seconds[target.name]))
    ends = accumulate(reach.seconds[target.name] for target in tests)
    tests = [target for target, end in zip(tests, ends, strict=True) if end < TEST_SECONDS]
    return [*own, *some[:20], *tests, *some[20:]]


def find_reach(targets: Sequence[Target], jobs: int) -> Reach:
    """Find out by which targets each function is run."""
    reach = Reach({}, {})
    parts = side_by_side([functools.partial(_runs, targets[job::jobs]) for job in range(jobs)])
    for job, part in enumerate(parts):
        for target, (functions, seconds) in zip(targets[job::jobs], part, strict=True):
            if target.kind == "tests":
                reach.seconds[target.name] = seconds
            if not functions:
                print(f"passed over: {target.kind} {target.name}", flush=True)
            for file, line in functions or ():
                reach.functions.setdefault((file, line), []).append(target)
    return reach


def kept_reach(file: str | None, jobs: int) -> Reach:
    """Read from a file what an earlier run found out, or find it out and write it."""
    if file is not None and os.path.exists(file):
        kept = json.loads(Path(file).read_text(encoding="utf-8"))
        targets = [Target(*target) for target in kept["targets"]]
        functions = {(name, line): [targets[at] for at in places] for name, line, places in kept["functions"]}
        return Reach(functions, kept["seconds"])
    targets = all_targets()
    reach = find_reach(targets, jobs)
    if file is not None:
        places = {target[:2]: place for place, target in enumerate(targets)}
        rows = [(*function, [places[target[:2]] for target in found]) for function, found in reach.functions.items()]
        kept = {"targets": targets, "functions": rows, "seconds": reach.seconds}
        Path(file).write_text(json.dumps(kept), encoding="utf-8")
    return reach


def _runs(targets: Sequence[Target]) -> list[tuple[list[Function] | None, float]]:
    """Run each target in a fork of its own, of a process in which all that is kept between runs is there already."""
    import test_defect_matrix  # noqa: F401
    import test_fixtures  # noqa: F401
    from lint_migration_plan.lint import registry

    for rule in registry.ENTRIES:
        registry.load(rule)
    for target in [target for target in targets if target.kind != "tests"][::20]:
        passes(target)
    found = []
    for target in targets:
        began = time.monotonic()
        functions = in_a_fork(functools.partial(functions_run, target), PATIENCE)
        found.append((functions, time.monotonic() - began))
    return found


def interval(killed: int, tried: int) -> tuple[float, float]:
    """Give Wilson's interval of 95 % for a share, in percent."""
    z, share = 1.96, killed / tried
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried)) / (1 + z * z / tried)
    return 100 * (middle - half), 100 * (middle + half)


def main() -> None:
    parser = argparse.ArgumentParser(description="Try the tests on mutants of the code.")
    parser.add_argument("--sample", type=int, default=1000, help="so many mutants, drawn evenly from all; 0 takes all")
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="begin no mutant after so many; the rest is a sample too"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", nargs="*", default=["plan", "rules"], help="folders or files within the package")
    parser.add_argument("--jobs", type=int, default=1, help="so many processes at once")
    parser.add_argument("--reach", help="a file that keeps which functions are run by what, for the next time")
    parser.add_argument("--trace", action="store_true", help="print what goes wrong in a fork")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    warm_up()
    files = sorted({file for name in options.files for file in [PACKAGE / name, *(PACKAGE / name).rglob("*.py")]})
    found = [(file, number) for file in files if file.is_file() for number in range(len(changes(file)[2]))]
    chance = random.Random(options.seed)  # noqa: S311 - a sample needs no secret
    sample = chance.sample(found, min(options.sample or len(found), len(found)))
    print(f"{len(found)} mutants, of which {len(sample)} are to be tried, by the seed {options.seed}", flush=True)
    started = time.monotonic()
    reach = kept_reach(options.reach, options.jobs)
    print(f"{len(reach.functions)} functions are run; found out in {time.monotonic() - started:.0f} s", flush=True)
    end = time.monotonic() + 60 * options.minutes
    parts = [sample[job :: options.jobs] for job in range(options.jobs)]
    tried = [functools.partial(try_all, part, reach, options.seed, end) for part in parts]
    print_score([how for part in side_by_side(tried) for how in part])


def try_all(places: Sequence[tuple[Path, int]], reach: Reach, seed: int, end: float) -> list[str]:
    """Try mutants until the time is up, print of each what noticed it or what it changes, and say how each ended."""
    chance = random.Random(seed)  # noqa: S311 - nor does a choice of what to run
    ends = []
    for file, number in places:
        if time.monotonic() > end:
            break
        changed = mutant(file, number)
        if changed is None:
            continue
        began = time.monotonic()
        targets = chosen(changed, reach, chance)
        answer = in_a_fork(functools.partial(_tried, changed, targets), PATIENCE) if targets else [None]
        ends.append("killed" if answer != [None] else "survived" if targets else "not run")
        how = "ended or hung" if answer is None else answer[0] or f"{ends[-1].upper()}, {len(targets)} targets"
        shown = f"\n{changed.change}" if ends[-1] != "killed" else ""
        print(f"{time.monotonic() - began:.1f} s {changed.file}:{changed.line}: {how}{shown}", flush=True)
    return ends


def print_score(ends: Sequence[str]) -> None:
    """Print how many mutants ended how; what nothing runs counts as not noticed."""
    counts = Counter(ends)
    low, high = interval(counts["killed"], len(ends)) if ends else (0, 100)
    share = 100 * counts["killed"] / max(len(ends), 1)
    print(f"{len(ends)} tried: " + ", ".join(f"{counts[how]} {how}" for how in ("killed", "survived", "not run")))
    print(f"{share:.1f} % killed ({low:.1f} to {high:.1f} with 95 %)")


def _tried(mutant: Mutant, targets: Sequence[Target]) -> list[str | None]:
    with redirect_stderr(io.StringIO()):
        return [killer(mutant, targets)]


def warm_up() -> None:
    """Import what all forks need and what is none of ours, so that no fork pays for it."""
    import hypothesis  # noqa: F401
    import markdown_it  # noqa: F401
    import mdformat  # noqa: F401
    import wcwidth  # noqa: F401
    import yaml  # noqa: F401

    assert not any(name.startswith("lint_migration_plan") for name in sys.modules)


if __name__ == "__main__":
    main()
