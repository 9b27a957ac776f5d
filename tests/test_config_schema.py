"""The JSON Schema that editors use says what the reader says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_migration_plan.config import schema as schema_module
from lint_migration_plan.config import tables
from lint_migration_plan.config.keys import TOP
from lint_migration_plan.config.schema import schema, schema_text
from lint_migration_plan.lint.registry import ENTRIES

if TYPE_CHECKING:
    from lint_migration_plan.config.faults import Fault


@dataclass(frozen=True)
class Options:
    """One option of each kind."""

    flag: bool = False
    whole_number: int = 1
    number: float = 1.5
    text: str = ""
    words: tuple[str, ...] = ("a",)


@pytest.fixture(scope="module")
def validator() -> Any:  # noqa: ANN401 - jsonschema's validators are made at run time
    """Validate by the schema as it would be if each rule had the options above."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "options_class", lambda _: Options)
        return jsonschema.Draft202012Validator(schema())


def reader_accepts(value: object, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(tables, "options_class", lambda _: Options)
    faults: list[Fault] = []
    TOP.read(value, (), faults)
    # That one word has two meanings is more than a schema can say.
    return not [fault for fault in faults if " would mean both " not in fault.message]


def test_the_file_is_current() -> None:
    path = Path(schema_module.__file__).with_name(schema_module.FILE_NAME)
    assert path.read_text(encoding="utf-8") == schema_text(), "run python -m lint_migration_plan.config.schema"


def test_it_is_a_schema_with_words_and_defaults_for_editors() -> None:
    written: Any = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(written)
    assert set(written["properties"]) == {key.name for key in TOP.keys}
    assert all(key["description"] for key in written["properties"].values())
    assert written["properties"]["fail-on"]["default"] == "warning"
    assert written["properties"]["vocabulary"]["properties"]["hours-per-day"]["default"] == 8.0
    assert set(written["properties"]["rules"]["properties"]) == set(ENTRIES)


def test_the_options_of_rules_are_in_it(validator: Any) -> None:  # noqa: ANN401 - see validator
    options = validator.schema["properties"]["rules"]["properties"]["unknown-risk"]["properties"]
    assert options == {
        "flag": {"type": "boolean", "default": False},
        "whole-number": {"type": "integer", "default": 1},
        "number": {"type": "number", "default": 1.5},
        "text": {"type": "string", "default": ""},
        "words": {"type": "array", "items": options["words"]["items"], "default": ["a"]},
    }


SHOP = {"milestones": {"a": ["Lay"], "b": []}, "pairs": [{"first": "a", "then": "b", "why": "no network"}]}

GOOD: list[dict[str, Any]] = [
    {},
    {"select": ["all", "stages", "unknown-risk"], "extend-select": [], "ignore": ["gaps"]},
    {"severity": {"unknown-risk": "info"}, "fail-on": "never", "plans-only": True},
    {"exclude": ["docs/**", "/a", "b/", "[!x]*"], "max-file-size": 3.0},
    {"max-file-size": "1.5 MiB", "type": "platform", "gap-map": "../a b.md"},
    {"vocabulary": {"stage-words": ["Phase"], "layers": ["queue"], "risks": {"high": ["critical"]}}},
    {"vocabulary": {"layers": {"queue": []}, "labels": {"What changes": ["Summary"]}, "hours-per-day": 24}},
    {"vocabulary": {"coupled-pairs": ["code / config", "data/consumers"], "stage-kinds": {"switch": ["flip"]}}},
    {"vocabulary": {"working-days": ["sun", "monday"]}},
    {"orderings": {"shop": SHOP}, "type": "shop"},
    {"orderings": {}},
    {"rules": {"unknown-risk": {"flag": True, "whole-number": 2, "number": 2, "text": "x", "words": []}}},
    {"overrides": [{"files": ["a"], "select": ["gaps"], "vocabulary": {"date-order": "day-month"}, "gap-map": "x"}]},
]
BAD: list[Any] = [
    [],
    None,
    {"selct": []},
    {"select": []},
    {"select": ["x"]},
    {"select": "all"},
    {"severity": {"stages": "info"}},
    {"severity": {"unknown-risk": "off"}},
    {"fail-on": True},
    {"plans-only": 1},
    {"exclude": ["!a"]},
    {"exclude": ["a\\b"]},
    {"exclude": ["a/../b"]},
    {"exclude": ["{a,b}"]},
    {"exclude": ["x" * 1001]},
    {"max-file-size": 0},
    {"max-file-size": 1.5},
    {"max-file-size": "-1"},
    {"max-file-size": True},
    {"type": None},
    {"gap-map": "/x"},
    {"gap-map": "c:x"},
    {"vocabulary": {"stage-words": [" "]}},
    {"vocabulary": {"stage-words": ["a\nb"]}},
    {"vocabulary": {"layers": {"": []}}},
    {"vocabulary": {"labels": {"risk": []}}},
    {"vocabulary": {"risks": []}},
    {"vocabulary": {"hours-per-day": 0}},
    {"vocabulary": {"hours-per-day": 25}},
    {"vocabulary": {"coupled-pairs": ["code"]}},
    {"vocabulary": {"coupled-pairs": ["/data"]}},
    {"vocabulary": {"coupled-pairs": ["code/data/config"]}},
    {"vocabulary": {"coupled-pairs": ["code/\ndata"]}},
    {"vocabulary": {"stage-kinds": {"sing": []}}},
    {"vocabulary": {"working-days": []}},
    {"vocabulary": {"working-days": ["Mon"]}},
    {"type": ["platform"]},
    {"orderings": []},
    {"orderings": {"shop": {}}},
    {"orderings": {"shop": {**SHOP, "milestones": []}}},
    {"orderings": {"shop": {**SHOP, "milestones": {}}}},
    {"orderings": {"shop": {**SHOP, "pairs": []}}},
    {"orderings": {"shop": {**SHOP, "pairs": [{"first": "a", "then": "b"}]}}},
    {"orderings": {"shop": {**SHOP, "words": []}}},
    {"orderings": {" ": SHOP}},
    {"rules": {"nothing": {}}},
    {"rules": {"unknown-risk": {"whole_number": 1}}},
    {"rules": {"unknown-risk": {"whole-number": True}}},
    {"overrides": [{}]},
    {"overrides": [{"files": []}]},
    {"overrides": [{"files": ["a"], "fail-on": "info"}]},
    {"overrides": [{"files": ["a"], "overrides": []}]},
    {"overrides": [{"files": ["a"], "max-file-size": 1}]},
]


@pytest.mark.parametrize("value", GOOD)
def test_both_accept(value: object, validator: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    assert validator.is_valid(value)
    assert reader_accepts(value, monkeypatch)


@pytest.mark.parametrize("value", BAD)
def test_both_refuse(value: object, validator: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    assert not validator.is_valid(value)
    assert not reader_accepts(value, monkeypatch)


# One defect at most in most of these, so that a difference between the two shows.
WORDS = st.sampled_from(
    [
        "all", "stages", "unknown-risk", "error", "info", "off", "never", "platform", "day-month", "mon", "", " ", "10 MiB",
        "4k", "0", "a/b", "../a", "/a", "!a", "a\\b", "Risk", "high", "data", "a\tb", "{a,b}", "{a}", "~", "http://x",
        "x" * 201,
    ]
)  # fmt: skip
SCALARS = WORDS | st.booleans() | st.none() | st.integers(-2, 30) | st.floats(allow_nan=False, allow_infinity=False)
ITEMS = st.lists(WORDS, max_size=2) | st.lists(SCALARS, max_size=2)
NAMES = st.sampled_from(
    [
        "unknown-risk", "stages", "Risk", "What changes", "risk", "high", "queue", "", "x" * 201,
        "stage-words", "layers", "labels", "risks", "hours-per-day", "working-days", "date-order",
        "flag", "whole-number", "number", "text", "words", "files", *(key.name for key in TOP.keys),
    ]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS | ITEMS | st.dictionaries(NAMES, ITEMS | SCALARS, max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=5,
)


@given(value=st.dictionaries(st.sampled_from([key.name for key in TOP.keys]), VALUES, min_size=1, max_size=1))
def test_the_two_agree(value: object, validator: Any) -> None:  # noqa: ANN401 - see validator
    with pytest.MonkeyPatch.context() as patch:
        assert validator.is_valid(value) is reader_accepts(value, patch)


@given(
    value=st.dictionaries(
        st.sampled_from([key.name for key in TOP.keys if key.per_file]), VALUES, min_size=1, max_size=1
    )
)
def test_the_two_agree_about_overrides(value: dict[str, Any], validator: Any) -> None:  # noqa: ANN401 - see validator
    whole = {"overrides": [{"files": ["a"], **value}]}
    with pytest.MonkeyPatch.context() as patch:
        assert validator.is_valid(whole) is reader_accepts(whole, patch)


@given(table=st.sampled_from(["vocabulary", "rules", "severity"]), inner=st.dictionaries(NAMES, VALUES, max_size=1))
def test_the_two_agree_about_tables(table: str, inner: dict[str, Any], validator: Any) -> None:  # noqa: ANN401
    for value in ({table: inner}, {"rules": {"unknown-risk": inner}}, {"vocabulary": {"labels": inner}}):
        with pytest.MonkeyPatch.context() as patch:
            assert validator.is_valid(value) is reader_accepts(value, patch)
