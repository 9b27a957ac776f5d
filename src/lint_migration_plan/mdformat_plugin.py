"""A plugin for mdformat: in a migration plan each field keeps a line of its own, however text is wrapped.

mdformat takes the lines of a paragraph for running text, and with ``--wrap`` joins ``**Risk**: low`` and
``**Dependencies**: none``. Here the parser notes at which tokens a field begins, and the renderer puts a line break
before it and none into its label; fields that were joined before are parted again. All else is mdformat's.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from markdown_it.token import Token
from mdformat.renderer import WRAP_POINT

from lint_migration_plan.config.discover import ConfigFinder
from lint_migration_plan.config.faults import ConfigError
from lint_migration_plan.config.settings import Config
from lint_migration_plan.lint.words import vocabulary_of
from lint_migration_plan.markdown.parser import parse_document
from lint_migration_plan.plan.builder import build_plans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping, Sequence
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from mdformat.renderer import RenderContext, RenderTreeNode
    from mdformat.renderer.typing import Postprocess, Render

    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Plan

#: The note on a token: a line ends with it, or it is a label, which no line break may part.
_LINE_ENDS, _LABEL = "lint-migration-plan: line ends", "lint-migration-plan: label"

#: What is compared of a text, to see whether a label begins there.
_ENOUGH = 200

_SOME_LABEL = re.compile(r"[^\W\d_][^:.;!?]{0,40}:(?:\s|\Z)")


def update_mdit(mdit: MarkdownIt) -> None:
    """Have the parser note where fields begin."""
    mdit.core.ruler.push("migration_plan_fields", _note_fields)


def _note_fields(state: StateCore) -> None:
    document = parse_document(state.src)
    config = _config(state.md.options)
    plans = build_plans(document, vocabulary_of(config.vocabulary, config.orderings))
    evident = [plan for plan in plans if plan.evident]
    if not evident:
        return
    found = sorted((label for plan in evident for label in _labels_of(plan)), key=lambda label: label.span)
    labels = deque((document.source.position(label.span.start).line - 1, _plain(label.plain)) for label in found)
    for paragraph, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if paragraph.type != "paragraph_open" or not inline.map or not inline.children:
            continue
        first, behind = inline.map
        while labels and labels[0][0] < first:
            labels.popleft()
        own = deque[str]()
        while labels and labels[0][0] < behind:
            own.append(labels.popleft()[1])
        if own or _is_list_of_labels(inline.children):
            _note_in(inline, own)


def _is_list_of_labels(tokens: Sequence[Token]) -> bool:
    """Tell whether the first line begins with a label and another one too: ``Owner: shop team``."""
    starts = [0, *(index + 1 for index, token in enumerate(tokens) if token.type == "softbreak")]
    labelled = [_is_labelled(_plain(_seen(tokens, start))) for start in starts]
    # Further lines may go on with the one before.
    return labelled[0] and any(labelled[1:])


def _labels_of(plan: Plan) -> Iterator[Text]:
    for stage in plan.stages:
        yield from (field.label for field in stage.fields)
    overview = plan.overview
    labels = [line.label for line in (*overview.from_lines, *overview.to_lines)]
    labels += [entry.label for entry in overview.timeline]
    yield from (label for label in labels if label is not None)


def _config(options: MutableMapping[str, Any]) -> Config:
    """Find the configuration of the file, for the labels of its team; the linter says what is wrong with one."""
    name = options.get("mdformat", {}).get("filename") or ""
    if not name:
        return Config()
    try:
        return ConfigFinder().config_for(name).for_file(name)
    except ConfigError:
        return Config()


def _note_in(inline: Token, labels: deque[str]) -> None:
    """Note the labels of a paragraph that holds some, and what else looks like one at the beginning of a line.

    A field that goes on from the line of another gets a line break before it, as if its author had written one.
    """
    tokens = inline.children or []
    noted: list[Token] = []
    before: Token | None = None
    for index, token in enumerate(tokens):
        if token.level > 0 or token.type.endswith("_close") or (token.type == "text" and not token.content):
            # Within a label or a link no field begins.
            noted.append(token)
            before = token if token.level == 0 and token.type.endswith("_close") else before
            continue
        begins_line = before is None or before.type in {"softbreak", "hardbreak"}
        seen = _plain(_seen(tokens, index)).lstrip(" ")
        known = bool(labels) and seen.startswith(labels[0]) and (begins_line or token.type == "strong_open")
        if known:
            labels.popleft()
        if known or (begins_line and _is_labelled(seen)):
            token.meta[_LABEL] = True
            if before is not None and before.type == "text" and before.content.endswith(" "):
                before.content = before.content.rstrip(" ")
                noted.append(Token("softbreak", "br", 0))
            if noted and noted[-1].type == "text" and not noted[-1].content and len(noted) > 1:
                # The parser leaves an empty text beside a bold one.
                noted[-2].meta[_LINE_ENDS] = noted[-2].type == "softbreak"
            elif noted:
                noted[-1].meta[_LINE_ENDS] = noted[-1].type == "softbreak"
        noted.append(token)
        before = token
    inline.children = noted


def _seen(tokens: Sequence[Token], start: int) -> str:
    """Give the visible text from a token on, as far as a label may reach."""
    parts: list[str] = []
    length = 0
    for token in tokens[start : start + _ENOUGH]:
        parts.append(" " if token.type in {"softbreak", "hardbreak"} else token.content)
        length += len(parts[-1])
        if length > _ENOUGH:
            break
    return "".join(parts)


def _is_labelled(seen: str) -> bool:
    """Tell whether the beginning of a line is the label of something."""
    return not seen[:1].islower() and _SOME_LABEL.match(seen) is not None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _end_line(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    del context
    return "\n" if node.meta.get(_LINE_ENDS) else text


def _keep_label(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    del context
    return text.replace(WRAP_POINT, " ").replace("\n", " ") if node.meta.get(_LABEL) else text


RENDERERS: Mapping[str, Render] = {}
POSTPROCESSORS: Mapping[str, Postprocess] = {"softbreak": _end_line, "strong": _keep_label}
