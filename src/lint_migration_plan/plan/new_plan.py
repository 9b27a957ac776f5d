"""Write a new plan: the guide's structure, with the stages of a type of migration in the guide's order.

Layers, risks and dependencies are filled in where the guide knows them; all else is its template, to be filled in.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.fields import STEP_FIELDS
from lint_migration_plan.plan.orderings import DATABASE_UPGRADE, DEPENDENCY_UPGRADE, PLATFORM
from lint_migration_plan.plan.overview import TIMELINE
from lint_migration_plan.plan.tables import GAP_COLUMNS, VERIFICATION_COLUMNS
from lint_migration_plan.plan.template import ABORT_LEAD, FIELDS, GAP_ROW, SECTIONS, VERIFICATION_ROW
from lint_migration_plan.plan.template import TIMELINE as TIMES
from lint_migration_plan.plan.terms import REQUIRED_FIELDS, FieldName, SectionKind
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lint_migration_plan.plan.orderings import Ordering

#: A plan of no type, with one stage to copy.
BLANK = "blank"

#: The longest name that a migration may have, in characters.
LONGEST_NAME = 200


class _Known(NamedTuple):
    """What the guide says of a stage besides its name; empty where it says nothing."""

    layer: str = ""
    risk: str = ""


#: What the guide says of the milestones of its orderings, by what they are about. The risks are those that it gives
#: where it has the lowest risk first: development tooling and shims without an effect on production, configuration,
#: the data, the application's code, the switch.
_KNOWN: Mapping[str, Mapping[str, _Known]] = MappingProxyType(
    {
        DEPENDENCY_UPGRADE.name: {
            "add-shims": _Known("code", "low"),
            "develop": _Known("dependencies", "low"),
            "fix-warnings": _Known("code", "medium"),
            "production": _Known("dependencies"),
            "remove-shims": _Known("code"),
        },
        PLATFORM.name: {
            "set-up": _Known("infrastructure"),
            "deploy": _Known("code"),
            "configure": _Known("config", "low"),
            "data": _Known("data", "high"),
            "switch": _Known("infrastructure", "high"),
            "decommission": _Known("infrastructure"),
        },
        DATABASE_UPGRADE.name: {
            "fix": _Known("code", "medium"),
            "set-up": _Known("infrastructure"),
            "replicate": _Known("data", "high"),
            "verify": _Known("data"),
            "switch": _Known("data", "high"),
            "decommission": _Known("infrastructure"),
        },
    }
)
_ORDERINGS: Mapping[str, Ordering] = MappingProxyType(
    {ordering.name: ordering for ordering in (DEPENDENCY_UPGRADE, PLATFORM, DATABASE_UPGRADE)}
)
#: What a new plan can be.
TYPES = (*_ORDERINGS, BLANK)

#: Characters that may be markup in a heading, or the end of one.
_MARKUP = frozenset("\\`*_[]<>#|&~!$")


class _Stage(NamedTuple):
    name: str
    known: _Known


def new_plan(kind: str, name: str = "") -> str:
    """Write a plan of one of the `TYPES`, with a placeholder for a name where none is given."""
    ordering = _ORDERINGS.get(kind)
    known = _KNOWN.get(kind, {})
    stages = [_Stage("{Name}", _Known())]
    if ordering is not None:
        stages = [_Stage(each.line, known.get(each.name, _Known())) for each in ordering.milestones]
    return "\n\n".join(_parts(ordering, stages, heading_text(name) if name else "{name}")) + "\n"


def heading_text(name: str) -> str:
    """Write a name so that it reads as it is given: on one line, without control characters, its markup escaped."""
    shown = "".join(_shown(char) for char in name)
    return "".join(f"\\{char}" if char in _MARKUP else char for char in " ".join(shown.split()))


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    # Control characters, and those that turn the direction of writing; what joins the parts of an emoji stays.
    if category == "Cc" or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff":
        return " "
    return char


def _parts(ordering: Ordering | None, stages: list[_Stage], name: str) -> Iterator[str]:
    """Give the paragraphs of the plan."""
    if ordering is not None:
        yield f"---\nmigration-plan:\n  type: {ordering.name}\n---"
    yield f"## Migration: {name}"
    layers = [layer for layer in LAYERS if any(stage.known.layer == layer for stage in stages)]
    for kind in (SectionKind.FROM, SectionKind.TO, SectionKind.MOTIVATION, SectionKind.TIMELINE, SectionKind.ABORT):
        yield from _section(kind, layers, len(stages))
    for number, stage in enumerate(stages, 1):
        yield from _stage(number, stage)
    for kind in (SectionKind.MAPPING, SectionKind.VERIFICATION):
        yield from _section(kind, layers, len(stages))


def section_skeleton(kind: SectionKind, stages: int) -> str:
    """Write a section of a plan with so many stages, to be filled in."""
    return "\n\n".join(_section(kind, (), stages))


def stage_skeleton(number: int) -> str:
    """Write a stage, to be filled in."""
    return "\n\n".join(_stage(number, _Stage("{Name}", _Known())))


def _section(kind: SectionKind, layers: Sequence[str], stages: int) -> Iterator[str]:
    """Give the paragraphs of a section; tables stand a level higher than the parts of the overview."""
    is_table = kind in {SectionKind.MAPPING, SectionKind.VERIFICATION}
    yield f"{'##' if is_table else '###'} {kind.value}"
    if kind in {SectionKind.FROM, SectionKind.TO}:
        state = "current" if kind is SectionKind.FROM else "target"
        lines = [f"- {layer.capitalize()}: {{{state} state}}" for layer in layers]
        yield "\n".join(lines) or f"- {SECTIONS[kind]}"
    elif kind is SectionKind.TIMELINE:
        yield "\n".join(f"- {entry.capitalize()}: {TIMES[entry]}" for entry in TIMELINE)
    elif kind is SectionKind.ABORT:
        yield ABORT_LEAD
        yield f"- {SECTIONS[kind]}"
    elif kind is SectionKind.MAPPING:
        yield _table(GAP_COLUMNS, [[GAP_ROW[column] for column in GAP_COLUMNS]])
    elif kind is SectionKind.VERIFICATION:
        rows = [[str(number), *VERIFICATION_ROW.values()] for number in range(1, stages + 1)]
        yield _table(VERIFICATION_COLUMNS, rows)
    else:
        yield SECTIONS[kind]


def _stage(number: int, stage: _Stage) -> Iterator[str]:
    yield f"### Stage {number} — {stage.name}"
    yield from _fields(number, stage)


def _fields(number: int, stage: _Stage) -> Iterator[str]:
    """Give the fields of a stage: those that are one line together, the others each with its list."""
    values = {
        **FIELDS,
        FieldName.LAYERS: stage.known.layer or FIELDS[FieldName.LAYERS],
        FieldName.RISK: stage.known.risk or FIELDS[FieldName.RISK],
        FieldName.DEPENDENCIES: f"Stage {number - 1}" if number > 1 else "none",
    }
    lines: list[str] = []
    for field in REQUIRED_FIELDS:
        if field not in STEP_FIELDS:
            lines.append(f"**{field.value}**: {values[field]}")
            continue
        if lines:
            yield "\n".join(lines)
            lines = []
        yield f"**{field.value}**:"
        yield f"- {values[field]}"
    yield "\n".join(lines)


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in (columns, *rows)
    ]
    dashes = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], dashes, *lines[1:]))
