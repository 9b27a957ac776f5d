"""Find what a template left to be filled in.

A value that is nothing but a placeholder is told by its form. In running text only few forms are sure: in real plans
every other ``{x}``, ``<x>``, TODO and ``____`` was a route, a macro, a status or a rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lint_migration_plan.plan.fold import fold
from lint_migration_plan.plan.vocabulary import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.markdown.inline import Text

#: The longest text in the guide's own braces has about half of it.
_LONGEST = 300

_WORDS = re.compile(
    r"tbd|tbc|tba|fixme|x{3,}|\?+|_{3,}|placeholder|lorem ipsum.*|fill (?:me |this |it )?in"
    r"|to be (?:determined|decided|defined|confirmed|announced|agreed|specified|discussed|estimated|filled in)"
    r"|待定|未定|待确认|待補|à définir|à déterminer|a definir|por definir|por determinar|noch offen|уточняется",
    re.IGNORECASE,
)
_DOTS = re.compile(r"\.{3,}|…+")
_DATE_FORM = r"(?:yyyy[-/.]mm[-/.]dd|dd[-/.]mm[-/.]yyyy|mm/dd/yyyy|yyyy-mm|hh:mm)"
_DATE_FORMS = re.compile(rf"{_DATE_FORM}(?:\s*(?:to|until|through|[-–—→,~])\s*{_DATE_FORM})?")
_STAGE_N = re.compile(
    r"(?:stages?|phases?|steps?|waves?|sprints?)\s+n(?:\s*[-–—+]\s*1)?"
    r"(?:\s*\(?\s*or\s+[\"']?none[\"']?\s*\)?)?(?:\s*[—–-]\s*\{?name\}?)?"
)
_GUIDE_PHRASES = re.compile(
    r"brief description|specific change \d+|how to confirm the stage succeeded|exact steps to undo this stage"
    r"|(?:current|target) state summary\b.{0,40}|why now\? what triggers the migration\?|condition \d+: e\.g\..{0,120}"
)

_BLANK = r"(?:\{\{[^{}]*\}\}|\{[^{}]*\}|<[^<>]+>)"
_BLANKS = re.compile(rf"{_BLANK}(?:[\s,;/+&|:–—-]{{1,5}}{_BLANK})*")
#: What stands in braces or angle brackets and is no blank to fill in: a route, a macro, an attribute, data, files.
_NO_BLANK = re.compile(r"[#:.%$!/=\"'-]|.*(?:\w\.\w|[\w\]]=|:\s*[\d\"'\[{]|\w,\w|\w\(|/\Z)", re.DOTALL)
_FOR_EXAMPLE = re.compile(r"\b(?:e\.\s?g|i\.\s?e)\.", re.IGNORECASE)

_BRACKETS = re.compile(r"\[\s*([^\[\]]+?)\s*\]")
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
_OR = re.compile(r"\s*(?:,\s*or\b|\bor\b|[/|,])\s*")

_TAG = re.compile(r"<([a-z][\w-]*)(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_TAGS = re.compile(rf"[\s*_]*(?:{_TAG.pattern}[\s*_.,/–—-]*)+", re.IGNORECASE)
_HTML = """
a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center
cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure
font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p param path picture
pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary
sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_HTML_NAMES = frozenset(_HTML.split())

_IN_PROSE = re.compile(
    r"(?<![\w#\"'“‘/.$-])TBD(?![\w\"'”’]|[-/]\w)"
    r"|(?<![\w#\"'“‘/.$-])(?:TODO|FIXME)(?:\([^()\n]{0,40}\))?\s?:(?!//)"
    r"|\[(?:tbd|todo|fixme)\](?![(\[])"
    r"|\A\s*TODO\s[—–-]\s"
    r"|(?<![\w/.$={-])\{(?:name|dates?|duration|hours|notes|brief description|specific change \d+|gap \d+"
    r"|how to confirm the stage succeeded|exact steps to undo this stage|why now\?[^{}]{0,60}"
    r"|condition \d+:[^{}]{0,200}|(?:current|target) state summary[^{}]{0,60}|infrastructure / data /[^{}]{0,60})\}"
    r"(?![\w/}=-]|[.:]\w)"
    r"|(?<=[:：]\s)\[[^\[\]]{2,80}\]\s*\Z",
    re.IGNORECASE,
)
_GUIDE_NAMES = re.compile(r"\{(?:name|dates?|duration|hours|notes)\}", re.IGNORECASE)
#: Talk of placeholders and notes, which are then none: "no TBD left", "TODO: comments".
_TALK_BEFORE = re.compile(r"\b(?:no|any|all|every|each|without|zero|remaining|fix|the|these|those)\s+\Z", re.IGNORECASE)
_TALK_BEHIND = re.compile(r"\s*(?:entr(?:y|ies)|items?|values?|markers?|tags?|placeholders?|cells?|rows?|comments?)\b")
_SHOUTING = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,}\s+\Z")


def is_placeholder(text: Text) -> bool:
    """Say whether a value, an item or a cell is nothing but a placeholder."""
    if len(text) > _LONGEST:
        return False
    prose = text.prose.strip()
    # Tags show as nothing, so that a value of tags alone shows at most the marks between them.
    if not any(char.isalnum() for char in prose) and _is_unknown_tags(text.raw):
        return True
    return bool(prose) and _is_placeholder(prose)


def placeholders_in(text: Text) -> Iterator[Text]:
    """Find the placeholders that stand in a text, code and links left out."""
    prose = text.prose
    for match in _IN_PROSE.finditer(prose):
        if _is_sure(prose, match):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield text.slice(start, match.start() + len(match[0].rstrip(" —–-")))


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
        return _is_bracketed_blank(bracketed[1])
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
        and not all(char.isupper() for char in letters)
        and re.sub(r"[^\w]", "", words[0]).lower() not in _REMARKS
    )


def _is_choice(lower: str) -> bool:
    """Say whether a value is a list of choices of which none was taken; with commas alone it is an enumeration."""
    if not re.search(r"[/|]|\bor\b", lower):
        return False
    members = _OR.split(lower.strip("{}[]() ").replace("n/a", "na"))
    given = {member.strip(" \"'`") for member in members}
    return len(given) == len(members) and any(all_of <= given <= all_of | more for all_of, more in _CHOICES)


def _is_unknown_tags(raw: str) -> bool:
    """Say whether Markdown is nothing but tags that HTML does not know: ``<name>``, ``<start date> – <end date>``."""
    if len(raw) > _LONGEST or not _TAGS.fullmatch(raw):
        return False
    return all(tag.lower() not in _HTML_NAMES for tag in _TAG.findall(raw))


def _is_sure(prose: str, match: re.Match[str]) -> bool:
    found = match[0].strip()
    before = prose[max(match.start() - 40, 0) : match.start()]
    if found.startswith("{"):
        # The short names are macros and routes too; at the beginning of a value they are the guide's.
        return not _GUIDE_NAMES.fullmatch(found) or not before.strip() or before.rstrip().endswith((":", "："))
    bracketed = _BRACKETS.fullmatch(found)
    if bracketed and bracketed[1].upper() not in {"TBD", "TODO", "FIXME"}:
        return _is_bracketed_blank(bracketed[1])
    if not bracketed and found[:4] not in {"TBD", "TODO", "FIXM"}:
        # "Todo" is a word in Spanish, and "tbd" the name of a file type.
        return False
    if found[:1] != "[" and found[:3] != "TBD" and _SHOUTING.search(before):
        return False
    return not _TALK_BEFORE.search(before) and not _TALK_BEHIND.match(prose, match.end())
