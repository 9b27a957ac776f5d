"""The kinds of tables: of declared keys, of rules, of words, and the list of overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.config.faults import Fault, Keys, dotted, quoted, suggestion, wrong
from lint_migration_plan.config.kinds import GLOB, NAME, WORDS, Choice, Kind, Listed, Schema
from lint_migration_plan.config.rule_options import OptionsClass, options_class, options_of
from lint_migration_plan.config.selection import unknown_word
from lint_migration_plan.config.words import LAYERS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What was given for some keys, by the names that the settings have for them.
Given = dict[str, Any]


class Key(NamedTuple):
    """A key: its name, the attribute of the settings that it sets, its kind, and what it is for.

    ``per_file`` says that it may stand in an override.
    """

    name: str
    attribute: str
    kind: Kind
    doc: str
    per_file: bool = False


class Table(NamedTuple):
    """A table of declared keys; ``elsewhere`` names keys that are known but have no place in this one, and says why."""

    keys: tuple[Key, ...]
    elsewhere: tuple[str, ...] = ()
    reason: str = ""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> Given:
        """Read the keys that are given."""
        given: Given = {}
        known = {key.name: key for key in self.keys}
        for name, held in _items(value, keys, "a table of keys", faults):
            here = (*keys, name)
            if name in known:
                given[known[name].attribute] = known[name].kind.read(held, here, faults)
            elif name in self.elsewhere:
                faults.append(Fault(here, f"{quoted(name)} {self.reason}", at_key=True))
            else:
                faults.append(_unknown(here, known))
        return given

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        properties = {key.name: {**key.kind.schema(), "description": key.doc} for key in self.keys}
        return {"type": "object", "additionalProperties": False, "properties": properties}


class SeverityTable:
    """A severity for each of some rules."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> dict[str, str]:
        """Read the severities by rule."""
        severities = {}
        for rule, severity in _rules(value, keys, "a table of rules and their severities", faults):
            here = (*keys, rule)
            if severity is False or severity in _NO_SEVERITY:
                faults.append(Fault(here, f"{dotted(here)} turns the rule off; put the rule into 'ignore' for that"))
            else:
                severities[rule] = Choice(SEVERITIES).read(severity, here, faults)
        return severities

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/rule"},
            "additionalProperties": {"$ref": "#/$defs/severity"},
        }


class RuleOptions(NamedTuple):
    """The options that are given for a rule: their class, and the values by field."""

    options: OptionsClass
    values: dict[str, Any]


class RuleTable:
    """The options of some rules."""

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> dict[str, RuleOptions]:
        """Read the options by rule; only the rules that stand here are imported."""
        read = {}
        for rule, held in _rules(value, keys, "a table of rules and their options", faults):
            here = (*keys, rule)
            options = options_class(rule)
            known = {option.name: option for option in options_of(options)}
            values: dict[str, Any] = {}
            for name, option_value in _items(held, here, "a table of options", faults):
                if name in known:
                    values[known[name].field] = known[name].kind.read(option_value, (*here, name), faults)
                elif known:
                    faults.append(_unknown((*here, name), known))
                else:
                    faults.append(
                        Fault((*here, name), f"rule {rule} has no options, but {quoted(name)} is given", at_key=True)
                    )
            read[rule] = RuleOptions(options, values)
        return read

    def schema(self) -> Schema:
        """Write the JSON Schema, for which all rules are imported."""
        from lint_migration_plan.lint.registry import ENTRIES

        rules: Schema = {}
        for entry in ENTRIES.values():
            options = {
                option.name: {**option.kind.schema(), "default": as_written(option.default)}
                for option in options_of(options_class(entry.id))
            }
            rules[entry.id] = {
                "type": "object",
                "description": entry.summary,
                "additionalProperties": False,
                "properties": options,
            }
        return {"type": "object", "additionalProperties": False, "properties": rules}


class Synonyms(NamedTuple):
    """Further words for things that have a name; for declared names only, or for others as well (``open``).

    A word may not have two meanings. Letter case makes no difference between words, but stays as it is written.
    """

    names: tuple[str, ...]
    what: str
    open: bool = False

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
        """Read the words by name; where names are open, a list of them will do."""
        if self.open and isinstance(value, list):
            return {self._canonical(str(name)): () for name in Listed(NAME, self.what).read(value, keys, faults)}
        words: dict[str, tuple[str, ...]] = {}
        expected = (
            f"a list of {self.what}, or a table of them and their synonyms" if self.open else f"a table of {self.what}"
        )
        for name, held in _items(value, keys, expected, faults):
            here = (*keys, name)
            if name in self.names:
                pass
            elif not self.open:
                known = ", ".join(self.names)
                near = suggestion(name, self.names) or f"; known are: {known}"
                faults.append(Fault(here, f"{quoted(name)} is none of the {self.what}{near}", at_key=True))
                continue
            else:
                NAME.read(name, here, faults)
            words[self._canonical(name)] = tuple(str(word) for word in WORDS.read(held, here, faults))
        self._report_second_meanings(words, keys, faults)
        return words

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        table: Schema = {"type": "object", "additionalProperties": WORDS.schema()}
        if not self.open:
            return {**table, "propertyNames": {"enum": list(self.names)}}
        table["propertyNames"] = NAME.schema()
        return {"anyOf": [Listed(NAME, self.what).schema(), table]}

    def _canonical(self, name: str) -> str:
        by_folded = {known.casefold(): known for known in self.names}
        return by_folded.get(name.strip().casefold(), name.strip())

    def _report_second_meanings(self, words: dict[str, tuple[str, ...]], keys: Keys, faults: list[Fault]) -> None:
        meanings = {name.casefold(): name for name in (*self.names, *words)}
        for name, synonyms in words.items():
            for index, word in enumerate(synonyms):
                meaning = meanings.setdefault(word.casefold(), name)
                if meaning != name:
                    here = (*keys, name, index)
                    both = f"both {quoted(meaning)} and {quoted(name)}"
                    faults.append(Fault(here, f"{dotted(here)} {quoted(word)} would mean {both}"))


class FileOverride(NamedTuple):
    """What an override gives, and for which files."""

    files: tuple[str, ...]
    given: Given


class OverrideList(NamedTuple):
    """Overrides: tables with patterns for files, and the keys that hold for these files."""

    table: Table

    def read(self, value: object, keys: Keys, faults: list[Fault]) -> tuple[FileOverride, ...]:
        """Read the overrides in their order."""
        if not isinstance(value, list):
            faults.append(wrong(keys, value, "a list of tables"))
            return ()
        overrides = []
        for index, held in enumerate(value):
            here = (*keys, index)
            given = self.table.read(held, here, faults)
            if isinstance(held, dict) and "files" not in held:
                faults.append(Fault(here, f"{dotted(here)} has no 'files', a list of patterns such as 'docs/**/*.md'"))
            overrides.append(FileOverride(given.pop("files", ()), given))
        return tuple(overrides)

    def schema(self) -> Schema:
        """Write the JSON Schema."""
        override = self.table.schema()
        # What may stand at the top as well is described there.
        override["properties"] = {
            key.name: key.kind.schema() if key is FILES else {"$ref": f"#/properties/{key.name}"}
            for key in self.table.keys
        }
        return {"type": "array", "items": {**override, "required": [FILES.name]}}


FILES = Key(
    "files",
    "files",
    Listed(GLOB, "patterns such as 'docs/**/*.md'", least=1),
    "The files that this override is for: patterns relative to the folder of the configuration.",
)

LAYER_SYNONYMS = Synonyms(LAYERS, "layers", open=True)

#: What people write to turn a rule off; YAML reads a bare off as false.
_NO_SEVERITY = ("off", "none", "ignore", "never", "disabled")


def as_written(value: object) -> object:
    """Give a value of the settings as a configuration would write it: a tuple as a list, one with names as a table."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, tuple):
        return [as_written(item) for item in value]
    if isinstance(value, dict):
        return {key: as_written(item) for key, item in value.items()}
    return value


def _items(value: object, keys: Keys, right: str, faults: list[Fault]) -> Iterable[tuple[str, object]]:
    if isinstance(value, dict):
        return value.items()
    faults.append(wrong(keys, value, right))
    return ()


def _rules(value: object, keys: Keys, right: str, faults: list[Fault]) -> Iterable[tuple[str, object]]:
    """Yield what a table holds for the rules that there are."""
    for rule, held in _items(value, keys, right, faults):
        message = unknown_word(rule, categories=False)
        if message:
            faults.append(Fault((*keys, rule), message, at_key=True))
        else:
            yield rule, held


def _unknown(keys: Keys, known: Iterable[str]) -> Fault:
    known = tuple(known)
    near = suggestion(str(keys[-1]), known) or f"; known are: {', '.join(known)}"
    return Fault(keys, f"unknown key {quoted(str(keys[-1]))}{near}", at_key=True)
