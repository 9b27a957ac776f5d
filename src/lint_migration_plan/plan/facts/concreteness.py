"""Judge whether what an author wrote gives a second person anything to do or to observe.

The judgement is on the safe side: a text says nothing only if `phrases` knows every word of it, and a list says nothing
only if no item, value, code or table in it says more.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.markdown.document import Html, List, Paragraph, ThematicBreak
from lint_migration_plan.markdown.inline import NO_PROSE
from lint_migration_plan.plan.facts import phrases
from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.terms import FieldName
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder, places_of_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lint_migration_plan.markdown.document import Block
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.nodes import Field, Stage

_EMPTINESS: Mapping[FieldName, phrases.Emptiness] = MappingProxyType(
    {
        FieldName.CHANGES: phrases.CHANGE,
        FieldName.VERIFICATION: phrases.VERIFICATION,
        FieldName.ROLLBACK: phrases.ROLLBACK,
    }
)

#: No empty phrase is longer, and no longer text is worth a look.
_LONGEST = 160

_WORD = LazyPattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Words with a slash that is no path's.
_SLASHED = LazyPattern(r"\b(?:and/or|n/a)\b", re.IGNORECASE, needs=("/",))
_TASK_BOX = LazyPattern(r"\A\s*\[[ xX]\]\s", needs=("[",))
#: What makes a text say something, whatever its words: digits, quotes, the marks of paths, flags, addresses and sums.
_TELLING = LazyPattern(r"[\d_`\"“”„«»/\\<>=$@#%&+*^~|{}\[\]→←]|\w[.:]\w|(?<!\w)['‘’-]\w")


def vague_text(stage: Stage, name: FieldName) -> Text | None:
    """Give the first item of a stage's Changes, Verification or Rollback where the whole of it says nothing.

    Where it has no items, its value. None where it says something, and where it is missing or empty. A placeholder is
    no empty word: another rule speaks of it.
    """
    fields = [field for field in stage.fields if field.name is name]
    if not all(says_nothing(text, _EMPTINESS[name]) for text in field_texts(fields)) or holds_more_than_text(fields):
        return None
    items = (item.text for field in fields for item in field.items if item.text)
    first = next(items, None) or next(field_texts(fields), None)
    if first is None:
        return None
    box = _TASK_BOX.match(first.plain)
    return first.slice(box.end()) if box else first


@once_a_text
def says_nothing(text: Text, emptiness: phrases.Emptiness) -> bool:
    """Say whether a text is nothing but empty words."""
    if len(text) > _LONGEST or NO_PROSE in text.prose:
        return False
    plain = _SLASHED.sub(_without_slash, _TASK_BOX.sub("", text.plain).strip())
    if _TELLING.search(plain):
        return False
    words = []
    for match in _WORD.finditer(plain):
        if _is_name(match[0], plain, match.start()):
            return False
        words.append(match[0].lower().replace("’", "'"))
    nouns = [word for word in words if word not in emptiness.words]
    if not all(word in emptiness.nouns for word in nouns):
        return False
    return bool(words) and (not nouns or any(word in emptiness.remarks for word in words))


def field_texts(fields: Iterable[Field]) -> Iterator[Text]:
    """Give all texts of some fields: values, paragraphs and items, nested ones too."""
    for field in fields:
        yield from field.texts


def holds_more_than_text(fields: Iterable[Field]) -> bool:
    """Say whether code, a table, a quote or a heading stands in a field: it is not read, and may say anything."""
    return any(_hold_more_than_text(field.blocks) for field in fields if field.blocks)


def _hold_more_than_text(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                if _hold_more_than_text(item.blocks):
                    return True
        elif not isinstance(block, Paragraph | ThematicBreak) and not _is_comment(block):
            return True
    return False


def is_unfilled(text: Text) -> bool:
    """Say whether a text holds a placeholder."""
    return is_placeholder(text) or bool(places_of_placeholders(text))


def _without_slash(found: re.Match[str]) -> str:
    return "none" if found[0].lower() == "n/a" else "or"


def _is_name(word: str, plain: str, start: int) -> bool:
    """Say whether a word is written as a name: in capitals, or with a capital inside a sentence."""
    if word.isupper() and len(word) > 1:
        return word not in phrases.SHOUTED and not plain.isupper()
    before = plain[:start].rstrip()
    inside = any(char.isalpha() for char in before) and not before.endswith((".", "!", "?", ":", ";", "(", "—", "–"))
    return inside and word[0].isupper() and word != "I"


def _is_comment(block: Block) -> bool:
    if not isinstance(block, Html):
        return False
    content = block.content.strip()
    return content.startswith("<!--") and content.endswith("-->") and content.count("<!--") == 1
