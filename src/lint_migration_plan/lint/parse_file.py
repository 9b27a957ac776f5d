"""From the text of a file to what is judged, and the settings that its front matter lays over its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.subject import File
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.builder import build_plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from lint_migration_plan.config.front_matter import FrontMatterError
    from lint_migration_plan.config.settings import Config
    from lint_migration_plan.markdown.document import Document


def parse_file(
    text: str,
    config: Config,
    *,
    unreadable: str = "",
    parse: Callable[[str, int], Document] = parse_document,
) -> tuple[File, Config]:
    """Parse a text by settings that are already those for it; ``unreadable`` says why it is a guess at best.

    With ``plans_only`` what is not plainly a plan is none. ``parse`` makes a document of a text and the most levels.
    """
    document = parse(text, config.max_nesting)
    if document.loss is not None and not unreadable:
        line = document.source.position(document.loss.span.start).line
        unreadable = f"line {line} {document.loss.reason}"
    config, wrong = _with_front_matter(document, config)
    plans = build_plans(document, vocabulary_of(config.vocabulary, config.orderings), config.type)
    if config.plans_only:
        plans = tuple(plan for plan in plans if plan.evident)
    return File(document, plans, unreadable, wrong), config


def _with_front_matter(document: Document, config: Config) -> tuple[Config, FrontMatterError | None]:
    """Lay what the front matter sets over the settings, or give what is wrong with it."""
    if document.front_matter is None:
        return config, None
    # YAML is expensive to import, and most plans have no front matter.
    from lint_migration_plan.config.front_matter import FrontMatterError, read_front_matter

    settings = read_front_matter(document.front_matter.content, config.orderings)
    if isinstance(settings, FrontMatterError):
        return config, settings
    return config.with_plan_settings(settings), None
