"""All regular expressions of the package, and for each the texts that would make it go back most.

`collect` finds them as they are made, wherever that is: in modules, in functions, from words of a configuration.
`pumps` reads a pattern as the compiler does, and for each thing in it that repeats builds texts that lead there,
repeat it many times, and then fail.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import re._constants as sre  # type: ignore[import-not-found] # the compiler's own names, which only tests may use
import re._parser as sre_parser  # type: ignore[import-not-found]
import sys
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import lint_migration_plan
from hostile.shapes import SHAPES
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE = Path(lint_migration_plan.__file__).parent

#: What stands for a set of characters: of those that are in it, the first few.
_ALPHABET = " a1-,.\t\n_é(*[`<\"'|/:;&#~x0Z—\x00日"
_REPRESENTATIVES = 3
_VARIANTS = 4
#: What comes behind, so that no match is found in the end.
_ENDS = ("\x00", "", " !")

_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
#: A repetition of fewer is no burden by itself.
_FEW = 16


class Found:
    """A pattern, in the place of which it stands: where it was made, and what it was asked for."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self.compiled = compiled
        #: What its matches cannot do without, as its maker says.
        self.needs: set[tuple[str, ...]] = set()
        #: Modules and lines.
        self.places: set[tuple[str, int]] = set()
        #: For each method the longest text that it got.
        self.asked: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self.compiled, name)
        if name not in _METHODS:
            return asked

        def ask(*arguments: Any, **named: Any) -> Any:
            string = arguments[_METHODS[name]]
            self.asked[name] = max(self.asked.get(name, 0), len(string))
            return asked(*arguments, **named)

        return ask


#: The methods of a pattern, and which of their arguments is the text.
_METHODS = {"match": 0, "fullmatch": 0, "search": 0, "finditer": 0, "findall": 0, "split": 0, "sub": 1, "subn": 1}


def collect() -> list[Found]:
    """Import everything anew with a watch on what is compiled, and lint what makes it be used."""
    found: dict[tuple[str, int], Found] = {}
    compile_ = re._compile  # type: ignore[attr-defined] # noqa: SLF001 - all functions of `re` go through it

    def made(pattern: str, flags: int) -> Found | None:
        """Note a pattern that the package makes; None for others."""
        frame = sys._getframe(2)  # noqa: SLF001 - there is no other way to see who asks
        while frame and frame.f_code.co_filename.endswith((f"re{os.sep}__init__.py", "lazy_pattern.py")):
            frame = frame.f_back  # type: ignore[assignment]
        path = frame.f_code.co_filename
        if not path.startswith(str(PACKAGE)):
            return None
        key = pattern, int(flags)
        if key not in found:
            found[key] = Found(compile_(pattern, flags))
        found[key].places.add((os.path.relpath(path, PACKAGE), frame.f_lineno))
        return found[key]

    def watched(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Found):
            return pattern
        return (made(pattern, flags) if isinstance(pattern, str) else None) or compile_(pattern, flags)

    def init(self: LazyPattern, pattern: str, flags: int = 0, needs: tuple[str, ...] = ()) -> None:
        self.pattern, self.flags, self._compiled = pattern, flags, made(pattern, flags)  # type: ignore[assignment]
        # Each is asked, also for a text without these.
        self.needs = ()
        if needs and isinstance(self._compiled, Found):
            self._compiled.needs.add(needs)

    gone = [name for name in sys.modules if name.partition(".")[0] == "lint_migration_plan"]
    kept = {name: sys.modules.pop(name) for name in gone if name != LazyPattern.__module__}
    try:
        with mock.patch.object(re, "_compile", watched), mock.patch.object(LazyPattern, "__init__", init):
            for path in sorted(PACKAGE.rglob("*.py")):
                name = ".".join(("lint_migration_plan", *path.relative_to(PACKAGE).with_suffix("").parts))
                if not name.endswith("__main__"):
                    importlib.import_module(name.removesuffix(".__init__"))
            _use()
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "lint_migration_plan"]:
            if name not in kept and name != LazyPattern.__module__:
                del sys.modules[name]
        sys.modules.update(kept)
    return list(found.values())


#: More than a folded text has.
_LONG = 1500
#: Says what no shape says, and makes the patterns be made that are made where they are asked.
_PLAN = """\
## Migration: Orders

### Phase 1 — Move it

**Risk**: meduim
**Dependencies**: none, Stage 2
**Rollback**: not possible, `orders` is gone

### Timeline

- Execution: until 3 May 2026 at the latest
- Cleanup: from 4 May 2026 onwards

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|---|---|---|---|---|
| {a} {b} | low | 1h | Stage 1 | |
"""


def _use() -> None:
    """Lint what is long and what is odd, mend it, and complete it, so that all that is made is used."""
    fixer, runner, sieve = (importlib.import_module(f"lint_migration_plan.lint.{name}") for name in _LINT)
    kinds = importlib.import_module("lint_migration_plan.config.kinds")
    settings = importlib.import_module("lint_migration_plan.config.settings")
    words = settings.VocabularySettings(
        stage_words=("Phase", "Sprint"),
        layers={"queue": ("broker",)},
        labels={"Rollback": ("Back-out",)},
        risks={"medium": ("moderate",)},
        stage_kinds={"monitor": ("Bake time",)},
        compatible=("tolerant reader",),
        removable=("strangler proxy",),
        coupled_pairs=(("code", "dependencies"),),
    )
    plain, own = (
        settings.Config(vocabulary=vocabulary).with_command_line(select=["all"])
        for vocabulary in (settings.VocabularySettings(), words)
    )
    for shape in SHAPES.values():
        runner.lint_text(shape.text(_LONG), config=plain)
    # How a pattern is asked is seen where it is: one that is not asked is tried in all ways.
    fixtures = Path(__file__).parent.parent.parent / "fixtures"
    for path in (*sorted(fixtures.glob("*/invalid*.md"))[::_FEW], *fixtures.glob("*/valid-*form*.md")):
        runner.lint_text(path.read_bytes().decode("utf-8", "replace"), config=plain)
    for config in (plain, own):
        fixer.fix_text(_PLAN, config=config, unsafe=True)
        runner.judge_text(_PLAN, "it.md", config, known=sieve.Known())
    kinds.Size().read("10 MiB", (), [])
    kinds.NAME.read("Back-out", (), [])
    _complete(_PLAN)


_LINT = ("fixer", "runner", "sieve")


def _complete(text: str) -> None:
    """Ask what may stand behind each word of a text, as an editor does."""
    completion = importlib.import_module("lint_migration_plan.lsp.completion")
    parse_file = importlib.import_module("lint_migration_plan.lint.parse_file").parse_file
    config = importlib.import_module("lint_migration_plan.config.settings").Config()
    (plan,) = parse_file(text, config)[0].plans
    completion._mentions(plan, "as Phase 1", 0)  # noqa: SLF001 - the whole of it needs an editor


def call_sites() -> Iterator[tuple[tuple[str, int], str | None]]:
    """Yield the places in the package where patterns are made, with the pattern where it stands there as it is."""
    makers = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            asked = node.func
            is_re = (
                isinstance(asked, ast.Attribute)
                and isinstance(asked.value, ast.Name)
                and asked.value.id == "re"
                and asked.attr in makers
            )
            if is_re or (isinstance(asked, ast.Name) and asked.id == "LazyPattern"):
                first = node.args[0] if node.args else None
                literal = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
                yield (os.path.relpath(path, PACKAGE), node.lineno), literal


class Pump(NamedTuple):
    """A text that can be of any length: what leads to the thing that repeats, what is repeated, what ends it."""

    lead: str
    body: str
    end: str

    def text(self, length: int) -> str:
        """Write about so many characters."""
        return self.lead + self.body * (length // len(self.body)) + self.end


def pumps(pattern: str, flags: int) -> list[Pump]:
    """List texts that make a pattern go back as much as it can."""
    parsed = sre_parser.parse(pattern, flags & ~re.DEBUG)
    found: dict[Pump, None] = {}
    for lead, bodies in _repeats(list(parsed), "", parsed.state):
        for body, end in product(bodies, _ENDS):
            # What leads there may be repeated too: a search begins anew at each of them.
            for pump in (Pump(lead, body, end), Pump("", lead + body, end), Pump("", lead, end)):
                if pump.body:
                    found[pump] = None
    return list(found)


def _repeats(nodes: Sequence[Any], before: str, state: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield what repeats, at any depth: a text that leads there, and some texts that are repeated."""
    for index, (kind, value) in enumerate(nodes):
        lead = before + next(iter(_samples(nodes[:index], state)), "")
        if kind in _REPEATS:
            _, most, body = value
            bodies = list(islice(_samples(list(body), state), _VARIANTS))
            if most >= _FEW:
                yield lead, bodies
            yield from _repeats(list(body), lead, state)
        for inner in _children(kind, value):
            yield from _repeats(list(inner), lead, state)


def _children(kind: Any, value: Any) -> Iterator[Any]:
    if kind is sre.SUBPATTERN:
        yield value[-1]
    elif kind is sre.BRANCH:
        yield from value[1]
    elif kind in {sre.ASSERT, sre.ASSERT_NOT}:
        yield value[1]
    elif kind is sre.ATOMIC_GROUP:
        yield value
    elif kind is sre.GROUPREF_EXISTS:
        yield from (part for part in value[1:] if part is not None)


def _samples(nodes: Sequence[Any], state: Any) -> Iterator[str]:
    """Yield some texts that a sequence of nodes takes, as short as may be; what looks around takes none."""
    choices = [list(islice(_of_node(kind, value, state), _VARIANTS)) or [""] for kind, value in nodes]
    # All first ones, then those that differ in one place: the whole product would be without end.
    yield "".join(choice[0] for choice in choices)
    for at, choice in enumerate(choices):
        for other in choice[1:]:
            yield "".join(other if index == at else each[0] for index, each in enumerate(choices))


def _of_node(kind: Any, value: Any, state: Any) -> Iterator[str]:
    if kind is sre.LITERAL:
        yield chr(value)
    elif kind in {sre.NOT_LITERAL, sre.IN, sre.ANY}:
        yield from islice(_characters(kind, value), _REPRESENTATIVES)
    elif kind in _REPEATS:
        least, most, body = value
        for sample in islice(_samples(list(body), state), _VARIANTS):
            yield sample * max(least, 1 if most else 0)
    elif kind is sre.SUBPATTERN:
        yield from _samples(list(value[-1]), state)
    elif kind is sre.BRANCH:
        for branch in value[1]:
            yield from islice(_samples(list(branch), state), 1)
    elif kind is sre.ATOMIC_GROUP:
        yield from _samples(list(value), state)
    elif kind is sre.GROUPREF_EXISTS:
        yield from _samples(list(value[1]), state)


def _characters(kind: Any, value: Any) -> Iterator[str]:
    compiled = re.compile(_class_source(kind, value), re.DOTALL)
    yield from (char for char in _ALPHABET if compiled.match(char))
    if kind is sre.IN:
        yield from (chr(item[1]) for item in value if item[0] is sre.LITERAL)
        yield from (chr(item[1][0]) for item in value if item[0] is sre.RANGE)


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _class_source(kind: Any, value: Any) -> str:
    """Write a set of characters as a pattern again."""
    if kind is sre.ANY:
        return "."
    if kind is sre.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    parts: list[str] = []
    for item, what in value:
        if item is sre.NEGATE:
            parts.insert(0, "^")
        elif item is sre.LITERAL:
            parts.append(re.escape(chr(what)))
        elif item is sre.RANGE:
            parts.append(f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}")
        elif item is sre.CATEGORY:
            parts.append(_CATEGORIES[what])
    return f"[{''.join(parts)}]"
