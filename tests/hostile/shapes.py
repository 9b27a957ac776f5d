"""Shapes of text that make a careless program slow: each grows with a number, and is a plan or stands in one.

A *run* repeats something within one piece of text, of which no more is read than `LONGEST_TEXT` characters. It is put
in all places that the linter reads word by word. What grows by the *file* may be as large as a file may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

#: A plan with a place for a run wherever words count; each is a piece of text of its own.
_PLACES = """\
## Migration: Orders {run}

### From

- Data: {run}

### To

- Data: {run}

### Motivation

{run}

### Timeline

- Planning: {run}
- Total: 3 weeks

### Abort criteria

- {run}

### Stage 1 — Move {run}

**What changes**: {run}

**Layers affected**: {run}

**Risk**: low

**Estimated effort**: {run}

**Dependencies**: {run}

**Changes**:

- {run}

**Verification**:

- {run}

**Rollback**:

- {run}

**Rollback tested**: yes {run}

**Compatibility**: {run}

## Gap → Stage Mapping

| Gap | Risk | Effort | Stage | Notes |
|---|---|---|---|---|
| {run} | low | {run} | Stage 1 {run} | {run} |

## Verification per stage

| Stage | Automated test | Manual check | Rollback test |
|---|---|---|---|
| Stage 1 | {run} | {run} | {run} |
"""

_HEAD = "## Migration: Orders\n\n### From\n\n- Data: old\n\n### To\n\n- Data: new\n\n"
_GAPS = "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n"
_CHECKS = "## Verification per stage\n\n| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n"


class Shape(NamedTuple):
    """A shape: ``text(size)`` has about so many characters. ``is_run`` tells whether it is bound by the longest text."""

    text: Callable[[int], str]
    is_run: bool


def _run(unit: str, end: str = "") -> Shape:
    def text(size: int) -> str:
        # One place in this many characters is what the size speaks of: each run is as long as it says.
        return _PLACES.replace("{run}", unit * max(size // len(unit), 1) + end)

    return Shape(text, is_run=True)


def _file(line: Callable[[int], str], before: str = _HEAD, after: str = "") -> Shape:
    def text(size: int) -> str:
        parts, length, number = [before], 0, 1
        while length < size:
            parts.append(line(number))
            length += len(parts[-1])
            number += 1
        return "".join((*parts, after))

    return Shape(text, is_run=False)


def _stage(number: int, needs: str = "none", name: str = "Move part") -> str:
    return (
        f"### Stage {number} — {name} {number}\n\n**What changes**: part {number} moves\n**Layers affected**: data\n"
        f"**Risk**: low\n**Estimated effort**: 2d\n**Dependencies**: {needs}\n\n**Changes**:\n\n- Copy part {number}\n\n"
        f"**Verification**:\n\n- `count {number}` says the same on both sides\n\n**Rollback**:\n\n"
        f"- Delete the copy of part {number}\n\n**Rollback tested**: yes, in staging\n\n"
    )


def _ladder(number: int) -> str:
    return _stage(number, f"Stages {max(number - 60, 1)}-{number - 1}" if number > 2 else "none")


def _ticks(size: int) -> str:
    """Runs of backticks of which no two are as long, so that none closes another."""
    runs: list[str] = []
    length = 0
    while length < size:
        runs.append("`" * (len(runs) + 1) + "a")
        length += len(runs[-1])
    return _PLACES.replace("{run}", " ".join(runs))


SHAPES = {
    # Within a piece of text.
    "brackets": _run("["),
    "closing brackets": _run("a]"),
    "pairs of brackets": _run("[a]"),
    "links in links": _run("[a](", "b"),
    "links": _run("[a](b) "),
    "images": _run("![", "a"),
    "stars": _run("*a "),
    "stars both ways": _run("a**b"),
    "underscores": _run("_a "),
    "backticks": Shape(_ticks, is_run=True),
    "pairs of backticks": _run("`a` "),
    "tags": _run("<a "),
    "comments": _run("<!-- a -->"),
    "open comments": _run("<!--"),
    "autolinks": _run("<http:a"),
    "entities": _run("&amp;"),
    "broken entities": _run("&#"),
    "escapes": _run("\\*"),
    "pipes": _run("\\|"),
    "quotes": _run("'a\" "),
    "parentheses": _run("((a"),
    "spaces": _run("a     "),
    "colons": _run("a: "),
    "dashes": _run("a - – — "),
    "commas": _run("a, and b; or "),
    "stage numbers": _run("Stage 1, "),
    "ranges of stages": _run("1-2, "),
    "amounts": _run("1h ~ 2d + "),
    "dates": _run("2026-01-01 – 3 May 2026, "),
    "gap ids": _run("GAP-1, "),
    "placeholders": _run("{a} TBD "),
    "both work": _run("until stage 2 both work and "),
    "depends on": _run("depends on stage 2 before stage 3, "),
    "layers": _run("data, code, "),
    "combining marks": _run("a\u0301\u0302"),
    "letters": _run("a"),
    # By the file.
    "paragraphs": _file(lambda n: f"a paragraph {n}\n\n"),
    "quotes one below another": _file(lambda _: "> a\n\n"),
    "a quote": _file(lambda _: "> a\n"),
    "items": _file(lambda _: "- a\n"),
    "numbered items": _file(lambda n: f"{n}. a\n"),
    "nested items": _file(lambda n: "  " * (n % 40) + "- a\n"),
    "headings": _file(lambda n: f"{'#' * (n % 6 + 1)} a {n}\n\n"),
    "sections": _file(lambda n: f"### {('Motivation', 'Timeline', 'From')[n % 3]}\n\na\n\n"),
    "references": _file(lambda n: f"[a{n}]: b\n"),
    "references that are used": _file(lambda n: f"[a{n}]: b\n\n[a{n}] [a][a{n}]\n\n"),
    "fences": _file(lambda _: "```\na\n```\n"),
    "HTML": _file(lambda _: "<div>\n\na\n\n"),
    "comments alone": _file(lambda _: "<!-- lint-migration-plan: ignore[unknown-risk] -->\n\na\n\n"),
    "comments that hide": _file(
        lambda n: f"{_stage(n).rstrip()}\n\n<!-- lint-migration-plan: ignore[vague-change] -->\n\n"
    ),
    "front matter": _file(lambda n: f"a{n}: [b, {{c: d}}]\n", before="---\n", after="---\n\n" + _HEAD),
    "setext headings": _file(lambda n: f"a {n}\n---\n\n"),
    "labels": _file(lambda _: "**Risk**: low\n", before=_HEAD + "### Stage 1 — Move it\n\n"),
    "criteria": _file(lambda n: f"- More than {n} errors\n", before=_HEAD + "### Abort criteria\n\n"),
    "timelines": _file(lambda n: f"- Phase {n}: 3 May 2026 – 4 May 2026\n", before=_HEAD + "### Timeline\n\n"),
    "wide table": Shape(lambda size: f"{_HEAD}{'| a ' * (size // 8)}|\n{'|---' * (size // 8)}|\n", is_run=False),
    "tall table": _file(lambda n: f"| a {n} | b |\n", before=_HEAD + "| a | b |\n|---|---|\n"),
    "gaps": _file(lambda n: f"| No copy of part {n} | low | 1h | Stage 1 | |\n", before=_HEAD + _stage(1) + _GAPS),
    "gaps with ids": _file(
        lambda n: f"| GAP-{n:03} | low | 1h | Stage 1 | after GAP-{n - 1:03} |\n", before=_HEAD + _stage(1) + _GAPS
    ),
    "gaps of many stages": _file(lambda n: f"| No copy {n} | low | 1h | 1-{n % 9 + 80} | |\n", before=_HEAD + _GAPS),
    "checks": _file(lambda n: f"| Stage {n} | `count {n}` | look | restored |\n", before=_HEAD + _CHECKS),
    "stages": _file(_stage),
    "stages of one name": _file(lambda n: _stage(n).replace(f"part {n}\n", "part\n")),
    "stages of one number": _file(lambda n: _stage(1, name=f"Move part {n}")),
    "stages in a chain": _file(lambda n: _stage(n, f"Stage {n - 1}" if n > 1 else "none")),
    "stages in a ladder": _file(_ladder),
    "stages in rings": _file(lambda n: _stage(n, f"Stage {n + 1 if n % 2 else n - 1}")),
    "stages that need later ones": _file(lambda n: _stage(n, f"Stage {n + 3}")),
    "stages without fields": _file(lambda n: f"### Stage {n} — Move it\n\n"),
    "stages of all layers": _file(
        lambda n: _stage(n).replace("data\n", "data, code, config, infrastructure, consumers\n")
    ),
    "stages both ways": _file(
        lambda n: (
            _stage(n, f"Stage {n - 1}" if n > 1 else "none")
            .replace("data\n", ("data\n", "code\n", "config\n")[n % 3])
            .replace("moves\n", f"moves; old and new both work until stage {n + 2}\n")
        )
    ),
    "plans": _file(lambda n: f"## Migration: Number {n}\n\n### From\n\n- Data: a\n\n{_stage(1)}", before=""),
}
