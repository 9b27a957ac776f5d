"""The options of a rule, read by the fields of the dataclass that its module declares."""

from __future__ import annotations

from dataclasses import MISSING, fields
from importlib.util import find_spec
from typing import Any, NamedTuple, get_type_hints

from lint_migration_plan.config.kinds import ANY_TEXT, WORDS, Flag, Kind, Number, Whole

# Any: what a rule's options are is known to the rule alone.
OptionsClass = type[Any]

_KINDS: dict[object, Kind] = {
    bool: Flag(),
    int: Whole(),
    float: Number(),
    str: ANY_TEXT,
    tuple[str, ...]: WORDS,
}


class Option(NamedTuple):
    """An option: the field that holds it, its name as the configuration writes it, its kind and its default."""

    field: str
    name: str
    kind: Kind
    default: object


def options_class(rule_id: str) -> OptionsClass:
    """Import a rule's module and give the class of its options."""
    from lint_migration_plan.lint import registry
    from lint_migration_plan.lint.rule import NoOptions

    entry = registry.ENTRIES[rule_id]
    module = f"lint_migration_plan.rules.{entry.category}.{rule_id.replace('-', '_')}"
    return registry.load(rule_id).options if find_spec(module) else NoOptions


def options_of(options: OptionsClass) -> tuple[Option, ...]:
    """List the options that a dataclass declares; a field of another type than the five known is a TypeError."""
    types = get_type_hints(options)
    found = []
    for field in fields(options):
        kind = _KINDS.get(types[field.name])
        if kind is None:
            raise TypeError(f"{options.__name__}.{field.name}: no option can be a {types[field.name]}")
        default = field.default if field.default_factory is MISSING else field.default_factory()
        found.append(Option(field.name, field.name.replace("_", "-"), kind, default))
    return tuple(found)
