"""Which ordering a plan follows, which of its stages are which milestones, and what is not plain enough to say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lint_migration_plan import Config, lint_text
from lint_migration_plan.config.settings import OrderingSettings, PairSettings
from lint_migration_plan.config.words import PLAN_TYPES
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.plan.builder import parse_plan
from lint_migration_plan.plan.facts.milestones import course
from lint_migration_plan.plan.orderings import GUIDE, Ordering

if TYPE_CHECKING:
    from lint_migration_plan.plan.nodes import Plan

RULE = "out-of-sequence-stage"
STATES = """\
### From

- Infrastructure: old servers of Hetzner in Falkenstein
- Data: MySQL 5.7

### To

- Infrastructure: Exoscale cluster
- Data: MySQL 8.4

"""


def text_of(*names: str, title: str = "Orders", states: str = STATES) -> str:
    stages = "".join(f"### Stage {number} — {name}\n\n**Risk**: low\n\n" for number, name in enumerate(names, 1))
    return f"## Migration: {title}\n\n{states}{stages}"


def plan_of(*names: str, kind: str | None = None, title: str = "Orders") -> Plan:
    (plan,) = parse_plan(text_of(*names, title=title))
    return replace(plan, type=kind)


def milestones(name: str, kind: str) -> tuple[str, str]:
    """Give what a name is for certain, and what it may be, as words."""
    found = course(plan_of(name, kind=kind))
    assert found is not None
    seen = found.sightings.items()
    certain = [milestone for milestone, places in seen if places.certain]
    return " ".join(certain), " ".join(milestone for milestone, places in seen if places.maybe)


@pytest.mark.parametrize("ordering", GUIDE.values(), ids=GUIDE)
def test_the_pairs_of_the_guide_are_of_its_milestones_and_in_its_order(ordering: Ordering) -> None:
    places = {milestone.name: place for place, milestone in enumerate(ordering.milestones)}
    assert len(places) == len(ordering.milestones)
    assert len({(pair.first, pair.then) for pair in ordering.pairs}) == len(ordering.pairs)
    assert all(places[pair.first] < places[pair.then] for pair in ordering.pairs)


def test_the_types_are_the_guides_orderings() -> None:
    assert tuple(GUIDE) == PLAN_TYPES
    assert all(GUIDE[name].name == name for name in GUIDE)


@pytest.mark.parametrize("ordering", GUIDE.values(), ids=GUIDE)
def test_the_guides_own_lines_are_its_milestones_and_in_sequence(ordering: Ordering) -> None:
    lines = [milestone.line for milestone in ordering.milestones]
    found = course(plan_of(*lines, kind=ordering.name))
    assert found is not None
    assert {name: places.certain for name, places in found.sightings.items()} == {
        milestone.name: (place,) for place, milestone in enumerate(ordering.milestones)
    }
    assert lint_text(text_of(*lines), config=Config(type=ordering.name).with_command_line(select=[RULE])) == ()


CERTAIN = [
    # the ordering, the name of a stage, its milestone
    ("platform", "Switch the traffic", "switch"),
    ("platform", "🚀 Switch DNS to the cluster (2 h)", "switch"),
    ("platform", "Cutover", "switch"),
    ("platform", "Go live", "switch"),
    ("platform", "Point DNS at the new cluster", "switch"),
    ("platform", "Set up the Exoscale cluster", "set-up"),
    ("platform", "**Decommission** the old platform", "decommission"),
    ("platform", "Shut down Hetzner", ""),  # Hetzner is no thing, only where the servers stand
    ("platform", "Turn off the old servers", "decommission"),
    ("platform", "Decommission", "decommission"),
    ("platform", "Decommission the old servers after two weeks", ""),
    ("database-upgrade", "Upgrade production", "switch"),
    ("database-upgrade", "Start replication from old to new", "replicate"),
    ("database-upgrade", "Reconcile row counts", "verify"),
    ("database-upgrade", "Drop the old database", "decommission"),
    ("database-upgrade", "Set up MySQL 8.4", "set-up"),
    ("database-upgrade", "Delete MySQL 5.7", "decommission"),
    ("database-upgrade", "Hypercare", "monitor"),
    ("dependency-upgrade", "Bump the framework in production", "production"),
    ("dependency-upgrade", "Remove the adapter layer", "remove-shims"),
]


@pytest.mark.parametrize(("kind", "name", "milestone"), CERTAIN)
def test_a_name_of_known_words_is_a_milestone(kind: str, name: str, milestone: str) -> None:
    assert milestones(name, kind)[0] == milestone


DOUBTFUL = [
    # the ordering, the name of a stage, what it may be among others
    ("platform", "Rehearse the switch", "verify"),
    ("platform", "Switch the staging traffic", "switch"),
    ("platform", "Switch the traffic back", "switch"),
    ("platform", "Switch the traffic of the youth choir", "switch"),
    ("platform", "Decommission the old mail server", "decommission"),
    ("platform", "Decommission the unused server", "decommission"),
    ("platform", "Change the TTL of the DNS records", "switch"),
    ("database-upgrade", "Monitor the replication lag", "monitor"),
    ("database-upgrade", "Compare the costs", "verify"),
    ("dependency-upgrade", "Remove the compatibility shims of the test suite", "remove-shims"),
]


@pytest.mark.parametrize(("kind", "name", "milestone"), DOUBTFUL)
def test_a_name_with_another_word_only_may_be_one(kind: str, name: str, milestone: str) -> None:
    certain, maybe = milestones(name, kind)
    assert certain == ""
    assert milestone in maybe.split()


@pytest.mark.parametrize("kind", GUIDE)
@pytest.mark.parametrize(
    "name", ["Train the team", "Convert the prices", "Move the office", "Model the domains", "数据", ""]
)
def test_most_names_are_nothing_for_certain(kind: str, name: str) -> None:
    assert milestones(name, kind)[0] == ""


def test_a_summary_that_speaks_of_practice_makes_a_stage_none() -> None:
    text = text_of("Switch the traffic").replace("**Risk**", "**What changes**: A dry run on staging.\n**Risk**")
    (plan,) = parse_plan(text)
    found = course(replace(plan, type="platform"))
    assert found is not None
    assert found.sightings["switch"].certain == ()
    assert found.sightings["switch"].maybe == (0,)


def test_the_words_of_the_title_are_known_where_it_names_one_thing() -> None:
    def certain(title: str) -> tuple[int, ...]:
        found = course(plan_of("Switch the booking traffic", kind="platform", title=title))
        assert found is not None
        return found.sightings["switch"].certain

    assert certain("Booking engine") == (0,)
    assert certain("Booking and billing engines") == ()


SEEN = [
    # names of stages, the ordering that is plain
    (["Set up the cluster", "Deploy the application to the cluster", "Switch the traffic"], "platform"),
    (["Deploy the application to the cluster", "Switch the traffic"], None),
    (["Switch the traffic", "Cutover", "Go live"], None),
    (["Set up the cluster", "Copy the data", "Switch the traffic"], None),
    (
        ["Test the application against MySQL 8.4", "Replicate the data", "Compare the row counts", "Go live"],
        "database-upgrade",
    ),
    (["Add shims", "Fix the deprecation warnings", "Upgrade production"], "dependency-upgrade"),
    (["Move the office", "Train the team", "Close the door"], None),
    ([], None),
]


@pytest.mark.parametrize(("names", "kind"), SEEN)
def test_three_milestones_of_one_ordering_alone_make_it_plain(names: list[str], kind: str | None) -> None:
    found = course(plan_of(*names))
    assert (found.ordering.name if found else None) == kind


@pytest.mark.parametrize("labels", [(1, 3, 2), (1, 1, 2), ("1", "2.1", "3")])
def test_nothing_is_said_of_stages_whose_order_is_not_plain(labels: tuple[object, ...]) -> None:
    names = ("Set up the cluster", "Deploy the application to the cluster", "Switch the traffic")
    text = text_of(*names)
    for number, label in enumerate(labels, 1):
        text = text.replace(f"### Stage {number} —", f"### Stage_{label} —")
    (plan,) = parse_plan(text.replace("Stage_", "Stage "))
    assert course(plan) is None


# --- the rule ---------------------------------------------------------------------------------------------------------

TURNED = ("Set up the cluster", "Switch the traffic", "Verify the application on the cluster")


def said(text: str, config: Config | None = None) -> list[str]:
    return [found.message for found in lint_text(text, config=(config or Config()).with_command_line(select=[RULE]))]


def test_the_type_is_from_front_matter_before_the_configuration() -> None:
    text = text_of(*TURNED)
    assert len(said(text)) == 1
    assert len(said(text, Config(type="platform"))) == 1
    assert said(text, Config(type="dependency-upgrade")) == []
    front_matter = "---\nmigration-plan: {type: platform}\n---\n\n"
    assert len(said(front_matter + text, Config(type="dependency-upgrade"))) == 1


def test_one_milestone_out_of_place_is_said_once() -> None:
    text = text_of("Decommission the old servers", *TURNED[:1], TURNED[2], TURNED[1])
    (found,) = lint_text(text, config=Config(type="platform").with_command_line(select=[RULE]))
    assert "stage 1, 'Decommission the old servers', comes before stage 4, 'Switch the traffic'" in found.message
    assert [place.message for place in found.related] == [
        "this is stage 4",
        "stage 2 comes too late as well",
        "stage 3 comes too late as well",
    ]


def test_a_milestone_that_comes_too_late_is_said_once() -> None:
    text = text_of(*TURNED[:2], "Decommission the old servers", TURNED[2])
    (found,) = lint_text(text, config=Config(type="platform").with_command_line(select=[RULE]))
    assert "stage 2, 'Switch the traffic', comes before stage 4" in found.message
    assert [place.message for place in found.related] == ["this is stage 4", "stage 3 comes too early as well"]


def test_two_milestones_out_of_place_are_two() -> None:
    names = ("Remove the shims", "Add shims", "Upgrade production", "Update the development dependency")
    first, second = said(text_of(*names), Config(type="dependency-upgrade"))
    assert "'Remove the shims', comes before stage 3" in first
    assert "'Upgrade production', comes before stage 4" in second


def test_a_stage_that_depends_on_the_later_one_is_left_to_other_rules() -> None:
    text = text_of(*TURNED)
    assert len(said(text)) == 1
    depending = text.replace(f"— {TURNED[1]}\n", f"— {TURNED[1]}\n\n**Dependencies**: Stage 3\n")
    assert said(depending) == []


def test_what_may_be_a_milestone_keeps_the_rule_silent() -> None:
    assert len(said(text_of(*TURNED), Config(type="platform"))) == 1
    assert said(text_of(TURNED[0], "Smoke test in the lab", *TURNED[1:]), Config(type="platform")) == []
    assert said(text_of(*TURNED, "Switch the traffic of the branch"), Config(type="platform")) == []


def test_a_database_that_stays_for_now_is_moved_when_it_pleases() -> None:
    names = ("Set up the cluster", "Switch the traffic", "Move the database")
    text = text_of(*names)
    assert len(said(text, Config(type="platform"))) == 1
    stays = text.replace("**Risk**", "**What changes**: The application keeps the old database.\n**Risk**", 2)
    assert said(stays, Config(type="platform")) == []


OWN = {
    "pier": OrderingSettings(
        {"moor": ("Moor", "Make fast"), "unload": (), "sail": ("Sail",)},
        (PairSettings("moor", "unload", "the ship drifts"), PairSettings("unload", "sail", "the cargo goes along")),
    )
}


def test_a_teams_own_ordering_is_known_by_what_names_begin_with() -> None:
    text = text_of("Sail with the tide", "The making fast of it", "Unload 40 crates", "Make fast at pier 3")
    first, second = said(text, Config(orderings=OWN))
    assert first == (
        "stage 1, 'Sail with the tide', comes before stage 3, 'Unload 40 crates', but in the ordering pier 'unload' "
        "comes before 'sail': the cargo goes along"
    )
    assert second.startswith("stage 3, 'Unload 40 crates', comes before stage 4, 'Make fast at pier 3', but")
    assert said(text_of("Make fast", "Unload", "Sail"), Config(orderings=OWN)) == []


def test_words_of_a_team_end_where_their_letters_do_and_a_trial_is_none() -> None:
    names = ("Sailing lessons", "Rehearse: sail", "Unloading", "Moor")
    (plan,) = parse_plan(text_of(*names), vocabulary_of(Config().vocabulary, OWN))
    found = course(replace(plan, type="pier"))
    assert found is not None
    assert {name: places.certain for name, places in found.sightings.items()} == {
        "moor": (3,),
        "unload": (),
        "sail": (),
    }


def test_an_ordering_of_the_guides_name_takes_the_place_of_the_guides() -> None:
    own = {"platform": OWN["pier"]}
    assert said(text_of(*TURNED), Config(type="platform", orderings=own)) == []


def test_a_type_that_names_no_ordering_is_judged_by_none() -> None:
    assert course(plan_of(*TURNED, kind="unknown")) is None
