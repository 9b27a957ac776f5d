"""Build a stage: its heading, its fields, and what their values mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from lint_migration_plan.markdown.source import Span
from lint_migration_plan.plan.nodes import Field, Stage
from lint_migration_plan.plan.terms import FieldName, Reading, State
from lint_migration_plan.plan.values.amounts import read_effort
from lint_migration_plan.plan.values.choices import read_risk, read_rollback_tested
from lint_migration_plan.plan.values.compatibility import read_compatibility
from lint_migration_plan.plan.values.layers import read_layers
from lint_migration_plan.plan.values.references import Dependencies, read_dependencies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.stage_headings import Candidate, Outline
    from lint_migration_plan.plan.values.references import StageLabels
    from lint_migration_plan.plan.vocabulary import Vocabulary

T = TypeVar("T")


def build_stage(candidate: Candidate, outline: Sequence[Outline], vocabulary: Vocabulary, stages: StageLabels) -> Stage:
    """Build a stage; ``stages`` are the labels of all stages of its plan."""
    fields = (*candidate.fields, *candidate.listed)
    own: dict[FieldName, Field] = {}
    for field in sorted(fields, key=lambda field: field.precedence):
        own.setdefault(field.name, field)
    layers = _read_all(own.get(FieldName.LAYERS), lambda text: read_layers(text, vocabulary))
    label = candidate.label
    dependencies = _read_all(
        own.get(FieldName.DEPENDENCIES),
        lambda text: read_dependencies(text, vocabulary, stages.names, labels=stages.all, own=label),
    )
    last = outline[candidate.end - 1].block.span.end
    return Stage(
        heading=candidate.heading,
        number=int(label) if label.isascii() and label.isdigit() else None,
        label=label,
        fields=fields,
        parent=candidate.parent,
        risk=_read(own.get(FieldName.RISK), lambda text: read_risk(text, vocabulary)),
        layers=_merged(layers, lambda values: tuple(layer for value in values for layer in value)),
        effort=_read(own.get(FieldName.EFFORT), lambda text: read_effort(text, vocabulary)),
        dependencies=_merged(dependencies, _merged_dependencies),
        rollback_tested=_read(own.get(FieldName.ROLLBACK_TESTED), read_rollback_tested),
        compatibility=_read(own.get(FieldName.COMPATIBILITY), lambda text: read_compatibility(text, vocabulary)),
        span=Span(candidate.heading.span.start, max(last, candidate.heading.span.end)),
    )


def _read(field: Field | None, read: Callable[[Text], Reading[T]]) -> Reading[T] | None:
    """Read the value of a field that has one value: behind its label, or alone in the list below it."""
    if field is None:
        return None
    return read(_values(field)[0])


def _read_all(field: Field | None, read: Callable[[Text], Reading[T]]) -> list[Reading[T]]:
    return [] if field is None else [read(text) for text in _values(field)]


def _merged(readings: list[Reading[T]], merge: Callable[[list[T]], T]) -> Reading[T] | None:
    """Make one reading of a list's items; one that cannot be read speaks for all."""
    if not readings:
        return None
    for reading in readings:
        if reading.state is not State.READ or reading.value is None:
            return reading
    values = [reading.value for reading in readings if reading.value is not None]
    return Reading(readings[0].text, State.READ, merge(values))


def _merged_dependencies(values: list[Dependencies]) -> Dependencies:
    references = tuple(reference for value in values for reference in value.references)
    elsewhere = tuple(reference for value in values for reference in value.elsewhere)
    return Dependencies(references, not references and not elsewhere, elsewhere)


def _values(field: Field) -> list[Text]:
    if field.value or not field.items:
        return [field.value]
    return [item.text for item in field.items if item.text] or [field.value]
