"""The declarations: every key of a configuration, of its overrides, and of a plan's front matter.

Reading, checking, ``--show-config`` and the JSON Schema all come from here. The defaults stand in ``settings``, beside
the attributes that the keys set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.config.kinds import (
    GLOBS,
    RELATIVE_PATH,
    SELECTORS,
    SOME_SELECTORS,
    SOME_WEEKDAYS,
    WORDS,
    Choice,
    Flag,
    Listed,
    Number,
    Pair,
    Size,
    Whole,
)
from lint_migration_plan.config.orderings import OrderingTable, PlanType
from lint_migration_plan.config.tables import (
    FILES,
    LAYER_SYNONYMS,
    Key,
    OverrideList,
    RuleTable,
    SeverityTable,
    Synonyms,
    Table,
)
from lint_migration_plan.config.words import DATE_ORDERS, FAIL_ON, FIELD_LABELS, RISKS, STAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPE_DOC = "The type of the migration, which has an order of stages: one of the guide's, or one of the orderings."

VOCABULARY = Table(
    (
        Key(
            "stage-words",
            "stage_words",
            WORDS,
            'Words that this team writes for "Stage"; they are accepted as they are.',
        ),
        Key(
            "layers",
            "layers",
            LAYER_SYNONYMS,
            "Layers beside the guide's six: their names, or a table of names and synonyms.",
        ),
        Key(
            "labels",
            "labels",
            Synonyms(FIELD_LABELS, "field labels"),
            "Other labels for the guide's fields, accepted as they are.",
        ),
        Key("risks", "risks", Synonyms(RISKS, "risks"), "Other words for the guide's three risks."),
        Key("hours-per-day", "hours_per_day", Number(above=0, at_most=24), "The working hours of a day."),
        Key(
            "working-days",
            "working_days",
            SOME_WEEKDAYS,
            "The weekdays that are worked on, mon to fri by default; a week of effort has as many days.",
        ),
        Key("date-order", "date_order", Choice(DATE_ORDERS), "How to read a date such as 03/04/2026."),
        Key(
            "stage-kinds",
            "stage_kinds",
            Synonyms(STAGE_KINDS, "kinds of stages"),
            "Words that the name of a stage of some kind begins with, beside those that are known.",
        ),
        Key(
            "coupled-pairs",
            "coupled_pairs",
            Listed(Pair(), "pairs of layers such as 'code/data'"),
            "Pairs of layers that must work together, beside code/data, code/consumers and code/config.",
        ),
        Key("compatible", "compatible", WORDS, "Further words that say that old and new both work."),
        Key("removable", "removable", WORDS, "Further things that keep old and new working and must go again."),
    )
)

_KEYS = (
    Key(
        "select",
        "select",
        SOME_SELECTORS,
        'The rules that run, by rule or category, or "all"; without it, those that are on by default.',
        per_file=True,
    ),
    Key("extend-select", "extend_select", SELECTORS, "Rules that run as well.", per_file=True),
    Key(
        "ignore",
        "ignore",
        SELECTORS,
        "Rules that do not run. A rule's id weighs more than its category; of equals, ignore wins.",
        per_file=True,
    ),
    Key("severity", "severities", SeverityTable(), "The severity of a rule, in place of its own.", per_file=True),
    Key("fail-on", "fail_on", Choice(FAIL_ON), "The least severity that makes the exit status 1."),
    Key("exclude", "exclude", GLOBS, "Files and folders that are left out, also where the command line names them."),
    Key("plans-only", "plans_only", Flag(), "Skip files that hold no plan, and say nothing of them.", per_file=True),
    Key("max-file-size", "max_file_size", Size(), 'The size up to which a file is read, in bytes or such as "10 MiB".'),
    Key(
        "max-nesting",
        "max_nesting",
        Whole(least=10, most=100),
        "How deep blocks may lie in one another; a list is one level, and each of its items another.",
    ),
    Key(
        "max-diagnostics",
        "max_diagnostics",
        Whole(least=1),
        "The most diagnostics that are reported of one file; one more says how many there are beyond them.",
    ),
    Key(
        "max-gap-map-links",
        "max_gap_map_links",
        Whole(least=1, most=10),
        "How many links may lead from a plan to its gap map: with 2, a document that only links to the map will do.",
    ),
    Key("type", "type", PlanType(), _TYPE_DOC, per_file=True),
    Key(
        "orderings",
        "orderings",
        OrderingTable(),
        "A team's own orderings, by the type of the migration; one of a guide's name takes the place of the guide's.",
        per_file=True,
    ),
    Key(
        "gap-map", "gap_map", RELATIVE_PATH, "The gap map, relative to the folder of the configuration.", per_file=True
    ),
    Key(
        "baseline",
        "baseline",
        RELATIVE_PATH,
        "The file of what is known and not reported, relative to the folder of the configuration.",
    ),
    Key("vocabulary", "vocabulary", VOCABULARY, "Words that this team uses for the guide's things.", per_file=True),
    Key("rules", "rule_options", RuleTable(), "The options of rules.", per_file=True),
)

_OVERRIDE = Table(
    (FILES, *(key for key in _KEYS if key.per_file)),
    elsewhere=(*(key.name for key in _KEYS if not key.per_file), "overrides"),
    reason="holds for the whole run, and has no place in an override",
)

OVERRIDES = Key(
    "overrides",
    "overrides",
    OverrideList(_OVERRIDE),
    "Settings for some files, laid over the others in their order.",
)

#: The whole configuration.
TOP = Table((*_KEYS, OVERRIDES))


def plan_table(types: Iterable[str]) -> Table:
    """Give what stands under ``migration-plan:`` in the front matter of a plan; ``types`` are those of a migration."""
    return Table(
        (
            Key("type", "type", Choice(tuple(types)), _TYPE_DOC),
            Key("gap-map", "gap_map", RELATIVE_PATH, "The gap map, relative to the plan."),
        )
    )
