"""The settings that a run or a file is judged by, and how one layer of them is laid over another.

This module is imported at every start: reading a configuration needs more, and imports it then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lint_migration_plan.config.paths import absolute, as_named, below, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMMAND_LINE = "command line"
FRONT_MATTER = "front matter"


class Origin(NamedTuple):
    """Where a setting is from: a file as it was named, and the way to the value in it, or another source."""

    source: str
    keys: tuple[str | int, ...] = ()


class PlanSettings(NamedTuple):
    """What the front matter of one plan sets; ``gap_map`` is relative to the plan."""

    type: str | None = None
    gap_map: str | None = None


class Layer(NamedTuple):
    """Some settings by attribute, to be laid over others, and where each key is from."""

    given: Mapping[str, Any]
    origins: Mapping[str, Origin]


class Override(NamedTuple):
    """A layer for the files that one of the patterns holds for."""

    files: tuple[str, ...]
    layer: Layer


class PairSettings(NamedTuple):
    """Two milestones of an ordering whose order matters, by their names, and why."""

    first: str
    then: str
    why: str


class OrderingSettings(NamedTuple):
    """A team's ordering: for each milestone what the names of its stages begin with, and the pairs of milestones."""

    milestones: Mapping[str, tuple[str, ...]]
    pairs: tuple[PairSettings, ...]


@dataclass(frozen=True, slots=True)
class VocabularySettings:
    """A team's own words, as it writes them; letter case makes no difference between them."""

    stage_words: tuple[str, ...] = ()
    layers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    risks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours_per_day: float = 8.0
    working_days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    date_order: str | None = None
    stage_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coupled_pairs: tuple[tuple[str, str], ...] = ()
    compatible: tuple[str, ...] = ()
    removable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The settings; without arguments those that hold where nothing is configured.

    ``severities`` and ``rule_options`` hold only the rules that are configured. ``file`` is the configuration as it was
    named, ``root`` its folder, which patterns are relative to; both are None where there is none. ``beneath`` are the
    settings without the command line's, which ``command_line`` holds.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    plans_only: bool = False
    max_file_size: int = 10 * 1024 * 1024
    max_nesting: int = 100
    max_diagnostics: int = 1000
    max_gap_map_links: int = 1
    type: str | None = None
    gap_map: str | None = None
    baseline: str | None = None
    orderings: Mapping[str, OrderingSettings] = field(default_factory=dict)
    vocabulary: VocabularySettings = field(default_factory=VocabularySettings)
    rule_options: Mapping[str, Any] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    root: str | None = None
    file: str | None = None
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict, compare=False)
    beneath: Config | None = field(default=None, compare=False)
    command_line: Layer | None = field(default=None, compare=False)

    @property
    def baseline_file(self) -> str | None:
        """The baseline, None where there is none; it is relative to the configuration, or named absolutely."""
        return None if self.baseline is None else as_named(inside(self.root or "", self.baseline))

    def enabled_rules(self) -> tuple[str, ...]:
        """Give the ids of the rules that run, in the order of the registry."""
        from lint_migration_plan.config.selection import chosen_rules

        return chosen_rules(self.select, self.extend_select, self.ignore)

    def severity_of(self, rule_id: str) -> str | None:
        """Give the severity that is configured for a rule."""
        return self.severities.get(rule_id)

    def excludes(self, path: str) -> bool:
        """Tell whether a file is left out; so is a folder, for which the path ends with a slash."""
        return bool(self.exclude) and self._any_holds(self.exclude, path)

    def for_file(self, path: str) -> Config:
        """Lay the overrides that hold for a file over these settings, and the command line over both."""
        layers = [override.layer for override in self.overrides if self._any_holds(override.files, path)]
        if not layers:
            return self
        config = self.beneath or self
        for layer in layers:
            config = config.laid_under(layer)
        return config if self.command_line is None else config.laid_under_command_line(self.command_line)

    def with_plan_settings(self, settings: PlanSettings) -> Config:
        """Lay the front matter of a plan over these settings."""
        given = {name: value for name, value in settings._asdict().items() if value is not None}
        if not given:
            return self
        return self.laid_under(Layer(given, {name.replace("_", "-"): Origin(FRONT_MATTER) for name in given}))

    def with_baseline(self, file: str | None) -> Config:
        """Take another baseline, named from where we stand, or none; a command line is laid over this."""
        return self.laid_under(Layer({"baseline": file and absolute(file)}, {"baseline": Origin(COMMAND_LINE)}))

    def with_command_line(  # noqa: PLR0913 - one for each option
        self,
        *,
        select: Iterable[str] | None = None,
        extend_select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
        severities: Mapping[str, str] | None = None,
        fail_on: str | None = None,
        plans_only: bool | None = None,
        limits: Mapping[str, int | str | None] | None = None,
    ) -> Config:
        """Lay the options of the command line over these settings; those that are None were not given.

        ``limits`` holds sizes and numbers by the names of their settings. Raises ConfigError where an option names no
        rule or no severity, or a limit that is none.
        """
        options = {
            "select": select if select is None else tuple(select),
            "extend_select": extend_select if extend_select is None else tuple(extend_select),
            "ignore": ignore if ignore is None else tuple(ignore),
            "severities": severities,
            "fail_on": fail_on,
            "plans_only": plans_only,
            **(limits or {}),
        }
        given = {name: value for name, value in options.items() if value is not None}
        if not given:
            return self
        from lint_migration_plan.config.command_line import checked_layer

        return self.laid_under_command_line(checked_layer(given))

    def laid_under_command_line(self, layer: Layer) -> Config:
        """Lay the command line's layer over these settings, so that it also wins over their overrides."""
        return replace(self.laid_under(layer), beneath=self, command_line=layer)

    def laid_under(self, layer: Layer) -> Config:
        """Lay a layer over these settings.

        What it gives takes the place of what was; tables (severities, orderings, vocabulary, options) are merged key by
        key, and ``extend_select`` and ``ignore`` grow. ``select`` starts anew: what was added to the old selection
        goes, and so does each ignored word that the layer itself selects.
        """
        given, origins = layer.given, {**self.origins}
        selected = {*given.get("select", ()), *given.get("extend_select", ())}
        extended = () if "select" in given else self.extend_select
        if "select" in given:
            origins.pop("extend-select", None)
        for key, origin in layer.origins.items():
            origins[key] = (*origins.get(key, ()), origin) if key in {"extend-select", "ignore"} else (origin,)
        merged = {
            "extend_select": (*extended, *given.get("extend_select", ())),
            "ignore": (*(word for word in self.ignore if word not in selected), *given.get("ignore", ())),
            "severities": {**self.severities, **given.get("severities", {})},
            "orderings": {**self.orderings, **given.get("orderings", {})},
            "vocabulary": replace(self.vocabulary, **given.get("vocabulary", {})),
            "rule_options": {
                **self.rule_options,
                **{
                    rule: replace(self.rule_options.get(rule) or options(), **values)
                    for rule, (options, values) in given.get("rule_options", {}).items()
                },
            },
        }
        return replace(self, **{**given, **merged}, origins=origins)

    def _any_holds(self, patterns: tuple[str, ...], path: str) -> bool:
        from lint_migration_plan.config.globs import holds

        relative = below(self.root or "", path)
        return any(holds(pattern, relative) for pattern in patterns)
