"""Layers are read from lists with explanations; what is none is kept with the layer that it may mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lint_migration_plan.markdown.inline import literal
from lint_migration_plan.plan.terms import State
from lint_migration_plan.plan.values.layers import meant_layer, read_layers, state_layers
from lint_migration_plan.plan.vocabulary import DEFAULT

LISTS = {
    ("data",): (
        *("data", "Data", "**Data**", "`data`", "data.", "the data layer", "data (orders schema, and more)", "✅ data"),
        *(
            "data — orders, invoices and payments",
            "data: the orders schema, all rows",
            "data - orders & carts",
            "data only",
        ),
        *("data (orders (old), carts", "Data. The orders, that is."),
    ),
    ("data", "code"): (
        *("data, code", "Data / Code", "data and code", "data & code", "data + code", "data; code", "data<br>code"),
        *("data, and code", "data | code", "data、code", "[data, code]", "data (orders), code (handlers)"),
        *(
            "data: schema, code: handlers",
            "data - orders; code - handlers",
            "data, code.",
            "data und code",
            "both data and code",
        ),
    ),
    ("infrastructure", "data", "dependencies", "code", "config", "consumers"): (
        "infrastructure, data, dependencies, code, config and consumers",
    ),
}


@pytest.mark.parametrize(("value", "names"), [(value, names) for names, values in LISTS.items() for value in values])
def test_layers_are_read(value: str, names: tuple[str, ...]) -> None:
    reading = read_layers(literal(value), DEFAULT)
    assert reading.value is not None
    assert tuple(layer.name for layer in reading.value) == names


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        ("database", [("database", "data")]),
        ("code, databse", [("databse", "data")]),
        ("Infrastucture", [("Infrastucture", "infrastructure")]),
        ("third-party and front-end", [("third-party", "dependencies"), ("front-end", "code")]),
        ("orders database", [("orders database", "data")]),
        ("Affects the orders schema", [("Affects the orders schema", "data")]),
        ("data — orders; kode — handlers", [("kode", None)]),
        ("data — orders, kode — handlers", []),
        ("CI/CD", [("CI/CD", None)]),
        ("n/a", [("n/a", None)]),
        ("all", [("all", None)]),
        ("none", [("none", None)]),
        ("data, observability (logs)", [("observability", None)]),
    ],
)
def test_a_name_that_is_none_is_kept(value: str, unknown: list[tuple[str, str | None]]) -> None:
    reading = read_layers(literal(value), DEFAULT)
    assert reading.state is State.READ
    assert [(layer.text.plain, layer.meant) for layer in reading.value or () if layer.name is None] == unknown


def test_a_name_stands_where_its_author_wrote_it() -> None:
    value = "**data** (old), `databse`"
    layer = (read_layers(literal(value), DEFAULT).value or ())[1]
    assert value[slice(*layer.text.span)] == "databse"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("", State.EMPTY),
        ("{infrastructure / data}", State.PLACEHOLDER),
        ("infrastructure / data / dependencies / code / config / consumers", State.PLACEHOLDER),
        ("data, TBD", State.PLACEHOLDER),
        ("—", State.UNREADABLE),
        ("(data)", State.UNREADABLE),
    ],
)
def test_a_list_without_names_is_told_apart(value: str, state: State) -> None:
    assert read_layers(literal(value), DEFAULT).state is state


def test_a_layer_of_the_team_is_known() -> None:
    team = replace(DEFAULT, layers={**DEFAULT.layers, "observability": "observability", "db": "data"})
    reading = read_layers(literal("Observability, DB"), team)
    assert [layer.name for layer in reading.value or ()] == ["observability", "data"]
    assert meant_layer("observabilty", team) == "observability"


@pytest.mark.parametrize(
    ("label", "names"),
    [
        *[("Database", ("data",)), ("Data and code", ("data", "code")), ("Database / config", ("data", "config"))],
        *[("Application (Python)", ("code",)), ("API", ("consumers",)), ("**Infra**", ("infrastructure",))],
        *[("Config & secrets", ("config",)), ("Data layer", ("data",)), ("The database", ("data",))],
        *[("Orders", ()), ("Python", ()), ("", ()), ("Databse", ()), ("Data and reporting", ("data",))],
    ],
)
def test_the_label_of_a_state_line_names_layers(label: str, names: tuple[str, ...]) -> None:
    assert state_layers(literal(label), DEFAULT) == names
