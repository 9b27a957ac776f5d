"""Find what a template left to be filled in.

A value that is nothing but a placeholder is told by its form. In running text only few forms are sure: in real plans
every other ``{x}``, ``<x>``, TODO and ``____`` was a route, a macro, a status or a rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.plan.once import once_a_text
from lint_migration_plan.plan.values.fold import fold
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text

#: The longest text in the guide's own braces has about half of it.
_LONGEST = 300

_WORDS = LazyPattern(
    r"tbd|tbc|tba|fixme|x{3,}|\?+|_{3,}|placeholder|lorem ipsum.*|fill (?:me |this |it )?in"
    r"|to be (?:determined|decided|defined|confirmed|announced|agreed|specified|discussed|estimated|filled in)"
    r"|待定|未定|待确认|待補|à définir|à déterminer|a definir|por definir|por determinar|noch offen|уточняется",
    re.IGNORECASE,
)
_DOTS = LazyPattern(r"\.{3,}|…+", needs=("...", "…"))
_DATE_FORM = r"(?:yyyy[-/.]mm[-/.]dd|dd[-/.]mm[-/.]yyyy|mm/dd/yyyy|yyyy-mm|hh:mm)"
_DATE_FORMS = LazyPattern(rf"{_DATE_FORM}(?:\s*(?:to|until|through|[-–—→,~])\s*{_DATE_FORM})?", needs=("yyyy", "hh:mm"))
_STAGE_N = LazyPattern(
    r"(?:stages?|phases?|steps?|waves?|sprints?)\s+n(?:\s*[-–—+]\s*1)?"
    r"(?:\s*\(?\s*or\s+[\"']?none[\"']?\s*\)?)?(?:\s*[—–-]\s*\{?name\}?)?"
)
_GUIDE_PHRASES = LazyPattern(
    r"brief description|specific change \d+|how to confirm the stage succeeded|exact steps to undo this stage"
    r"|(?:current|target) state summary\b.{0,40}|why now\? what triggers the migration\?|condition \d+: e\.g\..{0,120}",
    needs=("brief", "specific change", "how to confirm", "exact steps", "state summary", "why now?", "condition"),
)

_BLANK = r"(?:\{\{[^{}]*\}\}|\{[^{}]*\}|<[^<>]+>)"
_BLANKS = LazyPattern(rf"{_BLANK}(?:[\s,;/+&|:–—-]{{1,5}}{_BLANK})*", needs=("{", "<"))
#: What stands in braces or angle brackets and is no blank to fill in: a route, a macro, an attribute, data, files.
_NO_BLANK = LazyPattern(r"[#:.%$!/=\"'-]|.*(?:\w\.\w|[\w\]]=|:\s*[\d\"'\[{]|\w,\w|\w\(|/\Z)", re.DOTALL)
_FOR_EXAMPLE = LazyPattern(r"\b(?:e\.\s?g|i\.\s?e)\.", re.IGNORECASE)

_BRACKETS = LazyPattern(r"\[([^\[\]]+)\]", needs=("[",))
#: Single words that a template has in square brackets.
_BLANK_WORDS = frozenset(
    (
        *("tbd", "tbc", "tba", "todo", "fixme", "pending", "name", "date", "dates", "description", "hours", "days"),
        *("duration", "owner", "notes", "number", "team", "author", "title", "risk", "effort", "weeks", "estimate"),
        *("component", "criterion", "specify", "placeholder", "amount", "time", "link", "reason"),
    )
)
#: Words that begin a remark or a status in square brackets.
_REMARKS = frozenset(
    (
        *("done", "in", "not", "no", "none", "see", "draft", "optional", "deprecated", "complete", "completed", "ok"),
        *("blocked", "skip", "skipped", "will", "already", "accepted", "deferred", "out", "yes", "resolved", "closed"),
        *("breaking", "internal", "external", "stage", "stages", "phase", "phases", "step", "steps", "wave", "sprint"),
        *("low", "medium", "high", "risk", "needs", "only", "same", "removed", "added", "new", "started", "planned"),
    )
)

#: The choices of the guide: the members that must all be there, and those that teams add.
_CHOICES = (
    (frozenset(("low", "medium", "high")), frozenset(("critical", "none", "very high", "very low"))),
    (frozenset(("yes", "no")), frozenset(("na", "partial", "partially", "not applicable"))),
    (frozenset(LAYERS), frozenset[str]()),
    (frozenset(("hours", "days")), frozenset(("minutes", "weeks", "months"))),
)
_CHOOSING = LazyPattern(r"[/|]|\bor\b")
_OR = LazyPattern(r"\s*(?:,\s*or\b|\bor\b|[/|,])\s*")

#: The first characters of what may be a placeholder in running text; most texts hold none of them.
_BEGINNING = LazyPattern(r"TBD|TODO|FIXME|[{\[]")
_IN_PROSE = LazyPattern(
    r"(?<![\w#\"'“‘/.$-])TBD(?![\w\"'”’]|[-/]\w)"
    r"|(?<![\w#\"'“‘/.$-])(?:TODO|FIXME)(?:\([^()\n]{0,40}\))?\s?:(?!//)"
    r"|(?i:\[(?:tbd|todo|fixme)\])(?![(\[])"
    r"|(?<![\w/.$={-])(?i:\{(?:name|dates?|duration|hours|notes|brief description|specific change \d+|gap \d+"
    r"|how to confirm the stage succeeded|exact steps to undo this stage|why now\?[^{}]{0,60}"
    r"|condition \d+:[^{}]{0,200}|(?:current|target) state summary[^{}]{0,60}|infrastructure / data /[^{}]{0,60})\})"
    r"(?![\w/}=-]|[.:]\w)"
)
#: A note to oneself that a text begins with, and a blank that it ends with: "DBA: [Add contact]".
_FIRST_TODO = LazyPattern(r"\s*(TODO)\s[—–-]\s")
_LAST_BLANK = LazyPattern(r"[:：]\s{1,5}(\[([^\[\]]{2,80})\])\s{0,9}\Z")
_NOTES = frozenset(("TBD", "TODO", "FIXME"))
_GUIDE_NAMES = LazyPattern(r"\{(?:name|dates?|duration|hours|notes)\}", re.IGNORECASE)
#: Talk of placeholders and notes, which are then none: "no TBD left", "TODO: comments".
_TALK_BEFORE = LazyPattern(
    r"\b(?:no|any|all|every|each|without|zero|remaining|fix|the|these|those)\s+\Z", re.IGNORECASE
)
_TALK_BEHIND = LazyPattern(r"\s*(?:entr(?:y|ies)|items?|values?|markers?|tags?|placeholders?|cells?|rows?|comments?)\b")
#: In Spanish capitals TODO is a word like others.
_SHOUTING = LazyPattern(r"\b[A-ZÁÉÍÓÚÑ]{2,}\s+\Z")


@once_a_text
def is_placeholder(text: Text) -> bool:
    """Say whether a value, an item or a cell is nothing but a placeholder."""
    if len(text) > _LONGEST:
        return False
    prose = text.prose.strip()
    return bool(prose) and _is_placeholder(prose)


def placeholders_in(text: Text) -> Iterator[Text]:
    """Find the placeholders that stand in a text, code and links left out."""
    return (text.slice(*place) for place in places_of_placeholders(text))


@once_a_text
def places_of_placeholders(text: Text) -> tuple[tuple[int, int], ...]:
    """Find where in a text placeholders begin and end, code and links left out."""
    return tuple(_places(text.prose)) if _BEGINNING.search(text.prose) else ()


def _places(prose: str) -> Iterator[tuple[int, int]]:
    if first := _FIRST_TODO.match(prose):
        yield first.span(1)
    end = 0
    for beginning in _BEGINNING.finditer(prose):
        found = _IN_PROSE.match(prose, beginning.start()) if beginning.start() >= end else None
        if found is not None and _is_sure(prose, found):
            end = found.end()
            yield found.span()
    last = _LAST_BLANK.search(prose, max(len(prose) - 120, 0))
    if last is not None and last[2].upper() not in _NOTES and _is_bracketed_blank(last[2]):
        yield last.span(1)


def _is_placeholder(prose: str) -> bool:
    if _DOTS.fullmatch(prose):
        return True
    core = prose.rstrip(".,;:! ")
    for opening, closing in ("()", '""', "“”", "''"):
        if core.startswith(opening) and core.endswith(closing):
            core = core[1:-1].strip()
    if core == "TODO" or _WORDS.fullmatch(core):
        return True
    lower = fold(core)
    if _STAGE_N.fullmatch(lower) or _DATE_FORMS.fullmatch(lower) or _GUIDE_PHRASES.fullmatch(lower):
        return True
    if _BLANKS.fullmatch(core):
        return all(_is_blank(blank.strip("{}<> ")) for blank in re.findall(_BLANK, core))
    bracketed = _BRACKETS.fullmatch(core)
    if bracketed:
        return _is_bracketed_blank(bracketed[1].strip())
    return _is_choice(lower)


def _is_blank(inner: str) -> bool:
    return any(char.isalpha() for char in inner) and not _NO_BLANK.match(_FOR_EXAMPLE.sub("", inner))


def _is_bracketed_blank(inner: str) -> bool:
    """Judge what stands in square brackets: words with a capital, not a task box, a tag, a status or a reference."""
    if inner.lower() in _BLANK_WORDS or _DATE_FORMS.fullmatch(inner.lower()) or _WORDS.fullmatch(inner):
        return True
    if _is_choice(inner.lower()):
        return True
    words = inner.split()
    letters = [char for char in inner if char.isalpha()]
    return (
        len(words) > 1
        and words[0][0].isupper()
        and not re.search(r"\d{4}", inner)
        and not all(char.isupper() for char in letters)
        and re.sub(r"[^\w]", "", words[0]).lower() not in _REMARKS
    )


def _is_choice(lower: str) -> bool:
    """Say whether a value is a list of choices of which none was taken; with commas alone it is an enumeration."""
    if not _CHOOSING.search(lower):
        return False
    members = _OR.split(lower.strip("{}[]() ").replace("n/a", "na"))
    given = {member.strip(" \"'`") for member in members}
    return len(given) == len(members) and any(all_of <= given <= all_of | more for all_of, more in _CHOICES)


def _is_sure(prose: str, match: re.Match[str]) -> bool:
    found = match[0]
    before = prose[max(match.start() - 40, 0) : match.start()]
    if found.startswith("{"):
        # The short names are macros and routes too; at the beginning of a value they are the guide's.
        return not _GUIDE_NAMES.fullmatch(found) or not before.strip() or before.rstrip().endswith((":", "："))
    if found.startswith(("TODO", "FIXME")) and _SHOUTING.search(before):
        return False
    return not _TALK_BEFORE.search(before) and not _TALK_BEHIND.match(prose, match.end())
