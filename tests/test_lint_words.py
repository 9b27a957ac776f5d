"""A team's own words, from its configuration to the vocabulary that plans are read with."""

from __future__ import annotations

from lint_migration_plan import Config, lint_text
from lint_migration_plan.config.settings import VocabularySettings
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.plan.vocabulary import COUPLED_PAIRS

PLAN = """\
## Migration: Prices in cents

### Stage 1 — Convert the prices

**What changes**: The column `price` of the shop holds cents.
**Layers affected**: {first}

### Stage 2 — Deploy the shop 5.0

**What changes**: The shop reads cents from the column `price`{more}.
**Layers affected**: code
"""


def windows(first: str, words: VocabularySettings, more: str = "") -> list[str]:
    config = Config(vocabulary=words).with_command_line(select=["missing-compatibility-window"])
    return [diagnostic.message for diagnostic in lint_text(PLAN.format(first=first, more=more), config=config)]


def test_pairs_are_added_and_known_ones_stay_as_they_are() -> None:
    vocabulary = vocabulary_of(VocabularySettings(coupled_pairs=(("Data", "code"), ("code", "Queue"))))
    assert vocabulary.coupled_pairs == (*COUPLED_PAIRS, ("code", "queue"))


def test_a_pair_of_the_team_is_judged_like_any_other() -> None:
    assert windows("dependencies", VocabularySettings()) == []
    (message,) = windows("dependencies", VocabularySettings(coupled_pairs=(("code", "dependencies"),)))
    assert "nothing keeps the old code working with the new dependencies" in message


def test_words_of_the_team_open_a_window() -> None:
    assert len(windows("data", VocabularySettings(), ", with the Janus reader")) == 1
    assert windows("data", VocabularySettings(compatible=("Janus reader",)), ", with the Janus reader") == []


def test_a_thing_of_the_team_must_go_again() -> None:
    config = Config(vocabulary=VocabularySettings(removable=("Janus gate",)))
    config = config.with_command_line(select=["lingering-compatibility"])
    text = PLAN.format(first="data", more="").replace("**Layers", "Add a Janus gate for the reports.\n**Layers")
    (diagnostic,) = lint_text(text, config=config)
    assert "'Add a Janus gate'" in diagnostic.message
