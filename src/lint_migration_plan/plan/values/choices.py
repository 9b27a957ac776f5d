"""Read the values that are one of few words: a risk, whether a rollback was tested, why no stage closes a gap."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.spelling import distance
from lint_migration_plan.plan.terms import Reading, Risk, State
from lint_migration_plan.plan.values.fold import BREAK, EMOJI, LIMIT, fold, folded
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern
from lint_migration_plan.plan.values.placeholders import is_placeholder
from lint_migration_plan.plan.values.readings import unread, unreadable
from lint_migration_plan.plan.vocabulary import RISK_HINTS, RISK_SHORT

if TYPE_CHECKING:
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.plan.vocabulary import Vocabulary

_SYMBOLS = rf"(?:{EMOJI}|\s)*"


class Answer(Enum):
    """The guide's three answers to "Rollback tested"; the value is the guide's word."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "N/A"


class RollbackTested(NamedTuple):
    """Whether a rollback was tested; ``why`` is what the author adds to the answer, maybe empty."""

    answer: Answer
    why: Text


class Exemption(NamedTuple):
    """Why no stage closes a gap: ``kind`` is "accepted risk", "deferred" or "not applicable".

    ``why`` is what the author adds, None where the bare word stands. ``status`` is True where the word is given as the
    gap's status ("deferred to Q3", "Accepted risk: read-only table"), False where it stands in a sentence, or in the
    notes as a bare "N/A", which often only says that there are no notes.
    """

    kind: str
    why: Text | None
    status: bool


def read_risk(text: Text, vocabulary: Vocabulary) -> Reading[Risk]:
    """Read a risk: a level of the vocabulary, maybe with an explanation that names no other level."""
    if reading := unread(text):
        return reading
    string = folded(text)
    levels = _levels(tuple(vocabulary.risks))
    found = levels.value.match(string)
    if found is None:
        return unreadable(text)
    risk = vocabulary.risks[found["level"]]
    for clause in levels.clause.finditer(string, found.end("level")):
        if vocabulary.risks[clause["level"]] is not risk:
            return unreadable(text, "it names two risks; a stage has one", text.slice(*clause.span("level")))
    return Reading(text, State.READ, risk)


def suggest_risk(string: str) -> str | None:
    """Say which risk an unreadable value most likely means; None where that is not plain."""
    lower = fold(string)
    if _levels(_GUIDE_LEVELS).value.match(lower):
        # It begins with a level and is unreadable all the same, because it names another one too.
        return None
    words = re.split(BREAK, lower.strip(), maxsplit=1)[0]
    bare = re.sub(r"^\W+|\W+\Z|\s+(?:risk|level)\b.*", "", words or lower).strip()
    hint = _risk_hints().get(bare)
    if hint is None and not bare:
        marks = [risk for mark, risk in _risk_hints().items() if mark and not mark[0].isalnum() and mark in lower]
        hint = marks[0] if len(marks) == 1 else None
    if hint is None and re.fullmatch(r"[^\W\d_]{3,9}", bare):
        hint = min(Risk, key=lambda risk: distance(bare, str(risk)))
        if distance(bare, str(hint)) > 1 + (len(bare) >= len("medum")):
            return None
    return str(hint) if hint is not None else None


def mistyped_risk(text: Text) -> tuple[Text, str] | None:
    """Find the word of an unreadable value that can mean one risk only, and that risk.

    It is an abbreviation, a sign or a slip of the pen at the beginning; "moderate" or "critical" are words of another
    scale, and what they come to is for the author to say.
    """
    string = folded(text)
    found = _FIRST_WORD.match(string)
    if found is None:
        return None
    word = found["word"]
    short = RISK_SHORT.get(word)
    slip = suggest_risk(word) if word not in _risk_hints() else None
    meant = str(short) if short is not None else slip
    return (text.slice(*found.span("word")), meant) if meant else None


def read_rollback_tested(text: Text) -> Reading[RollbackTested]:
    """Read whether the rollback was tested: the first word or tick decides."""
    if reading := unread(text):
        return reading
    string = folded(text)
    found = _ANSWER.match(string)
    if found is None or (found["no"] and _NOTHING.match(string, found.end())):
        return unreadable(text)
    word = _answer(found)
    mark = (Answer.YES if found["mark"] in _TICKS else Answer.NO) if found["mark"] else None
    answer = word or mark
    if answer is None:
        return unreadable(text)
    if word is not None and mark is not None and word is not mark:
        return unreadable(text, "its tick and its word disagree")
    return Reading(text, State.READ, RollbackTested(answer, _explanation(text, found.end())))


def suggest_rollback_tested(string: str) -> str | None:
    """Say which answer an unreadable value most likely means: yes, no, N/A or None."""
    lower = fold(string).strip(" .!*")
    return next((answer for pattern, answer in _ANSWER_HINTS if pattern.match(lower)), None)


def mistyped_rollback_tested(text: Text) -> tuple[Text, str] | None:
    """Find what a value begins with that can be one answer only, and that answer.

    A reason may follow. "Tested" is an answer by itself, "tested on paper" is for its author to weigh.
    """
    string = folded(text)
    for pattern, answers in ((_OTHER_ANSWER, _OTHER_ANSWERS), (_WHOLE_ANSWER, _WHOLE_ANSWERS)):
        found = pattern.match(string)
        if found is not None and found["word"] in answers:
            return text.slice(*found.span("word")), answers[found["word"]].value
    return None


def read_exemption(stage: Text | None, notes: Text | None) -> Exemption | None:
    """Read why no stage closes a gap, from its Stage cell or else from its notes; None where neither says so."""
    in_stage = _exemption(stage) if stage is not None else None
    in_notes = _exemption(notes) if notes is not None else None
    if in_stage is None:
        if in_notes and in_notes.kind == "not applicable" and in_notes.why is None:
            return Exemption(in_notes.kind, None, status=False)
        return in_notes
    if in_stage.why is None and notes is not None:
        # The status stands in one cell, its reason in the other.
        why = in_notes.why if in_notes else notes.strip()
        if why and not is_placeholder(why) and any(char.isalnum() for char in why.plain[:LIMIT]):
            return Exemption(in_stage.kind, why, in_stage.status)
    return in_stage


class _Levels(NamedTuple):
    """The patterns of the levels of a vocabulary: at the beginning of a value, and at that of a later clause."""

    value: LazyPattern
    clause: LazyPattern


_GUIDE_LEVELS = tuple(str(risk) for risk in Risk)


@lru_cache(maxsize=8)
def _levels(words: tuple[str, ...]) -> _Levels:
    level = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return _Levels(
        LazyPattern(
            rf"{_SYMBOLS}(?P<level>{level})(?!\w)(?:[ -](?:risk(?!\w)|level(?!\w))){{0,2}}{_SYMBOLS}"
            rf"(?:{BREAK}|\s*(?:because|since|due to|as)\s)"
        ),
        LazyPattern(
            rf"(?:[,;(.\[—–/|\n→]|\s-|->)\s*(?P<level>{level})(?!\w)"
            r"(?=\s*(?:\Z|[,;.)\]—–\n/])|\s-\s|[ ](?:for|during|if|when|until|while|once|otherwise|risk)(?!\w))",
            needs=(",", ";", "(", ".", "[", "—", "–", "/", "|", "\n", "→", "-"),
        ),
    )


_FIRST_WORD = LazyPattern(rf"\s*(?P<word>[^\W\d_]{{1,9}}|{EMOJI})(?={BREAK})")


@lru_cache(maxsize=1)
def _risk_hints() -> dict[str, Risk]:
    return {fold(word).strip(): risk for word, risk in RISK_HINTS.items()} | {str(risk): risk for risk in Risk}


#: Other words for an answer, and slips of the pen in one.
_OTHER_ANSWERS = {
    **dict.fromkeys(("y", "yep", "yeah", "yup", "yess", "yse", "eys", "yees", "true"), Answer.YES),
    **dict.fromkeys(("n", "nope", "noo", "nno", "false"), Answer.NO),
    **dict.fromkeys(
        ("n\\a", "n-a", "not aplicable", "not applicable", "not applicabe", "not applicble"), Answer.NOT_APPLICABLE
    ),
    **dict.fromkeys(("non applicable", "non-applicable", "inapplicable"), Answer.NOT_APPLICABLE),
}
#: Words that are an answer only where nothing follows them.
_WHOLE_ANSWERS = {
    **dict.fromkeys(("tested", "done", "verified", "[x]"), Answer.YES),
    **dict.fromkeys(("not tested", "untested", "not yet", "not yet tested"), Answer.NO),
}
_OTHER_ANSWER = LazyPattern(r"\s*(?P<word>[^\W\d_]{1,14}(?:[ \\-][^\W\d_]{1,14})?)(?=\s*(?:\Z|[,;:.(—–])|\s-\s)")
_WHOLE_ANSWER = LazyPattern(r"\s*(?P<word>[^\W\d_][\w ]{1,20}|\[x\])[\s.!]*\Z")

_TICKS = frozenset("✅✔✓☑👍")
_ANSWER = LazyPattern(
    r"\s*(?P<mark>[✅✔✓☑👍❌✖✗✘🚫👎])?\s*"
    r"(?:(?:(?P<yes>yes)|(?P<no>no)|(?P<na>n\s?/\s?a|n\.\s?a\.?|na|not\s+applicable))(?![\w/|?'])(?!-\w))?"
    r"(?!\s*[/|?]|\s+(?:and|or)\s+(?:no|yes|n/a)(?!\w))"
)
#: What begins with "no" and says that there is nothing to test, or nothing at all about a test.
_NOTHING = LazyPattern(
    r"\s+(?:need|longer|one|idea|way|changes?|data|state|impact|risk"
    r"|rollback\s+(?:is\s+)?(?:needed|required|necessary|possible|available|exists?))(?!\w)"
)
_ANSWER_HINTS = (
    (
        LazyPattern(
            r"none|nil|[-—–]+\Z|not? (?:needed|required|necessary|relevant)|irrelevant|nothing to|no (?:need|longer)"
            r"|no (?:changes?|data|state|rollback (?:is )?(?:needed|required|necessary))"
            r"|entfällt|sans objet|no aplica|не применимо|不适用|対象外"
        ),
        "N/A",
    ),
    (
        LazyPattern(
            r"not\b|never|un(?:tested|verified)|pending|planned|to ?do|to be|in progress|part(?:ly|ial)|soon|later"
            r"|will\b|scheduled|n\Z|false|nope|nein|non\b|não|нет|否|いいえ|未|⏳|☐|⬜|\[ \]"
        ),
        "no",
    ),
    (
        LazyPattern(
            r"[\"'(]?yes\b(?!\s*(?:/|and|or))|tested|done|verified|passed|ok(?:ay)?\b|true|y\Z|yep|yeah|ja\b|oui|s[ií]\b"
            r"|sim\b|да\b|是|はい|complete|success|rehearsed|fully|\[x\]"
        ),
        "yes",
    ),
)

_LEADING_MARKS = LazyPattern(r"[\s,;:.!=|–—-]*")

#: What "deferred to" is followed by where it speaks of time, and not of another part of the system.
_LATER = (
    r"(?:q[1-4]|h[12]|[12]\d{3}|v?\d+\.\d|next|later|after|a (?:later|future|follow|second)|the (?:next|following)"
    r"|stage|phase|release|sprint|version|follow|backlog|week|end of|future|post|early|mid|late|jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter)"
)
_ACCEPTED = r"(?:accepted\s+risk|risk\s+(?:is\s+|was\s+)?accepted|accepted\s+as\s+(?:a\s+)?risk|risk\s+acceptance)"
_BEHIND = rf"(?=\)|{BREAK}|\s+(?:until|till|because|since|due|for now|pending|per|as)(?!\w))"
_STATUS = LazyPattern(
    rf"(?:\A\W{{0,8}}|[;.(—–\n]\s*|\s-\s+)(?:(?P<accepted>{_ACCEPTED}){_BEHIND}"
    rf"|(?P<deferred>deferred)(?:{_BEHIND}|(?=\s+to\s+{_LATER}))"
    rf"|(?P<na>not\s+applicable|n\s?/\s?a|n\.\s?a\.?){_BEHIND})"
)
_IN_SENTENCE = LazyPattern(
    rf"(?:\b(?P<accepted>{_ACCEPTED}|accept(?:s|ed|ing)?\s+(?:the|this|that|its)\s+(?:\w+\s+)?risk)"
    rf"|\b(?:is|was|are|were|been)\s+(?P<deferred>deferred)(?=\s+to\s+{_LATER}|\s+because)"
    rf"|(?:\A\W{{0,3}}|\b(?:is|are)\s+)(?P<na>not\s+applicable|n/a))\b"
)
#: Without one of these there is no exemption; nearly all notes have none.
_EXEMPT = ("accept", "deferred", "applicable", "n/a", "n /", "n.", "/ a")
_KINDS = {"accepted": "accepted risk", "deferred": "deferred", "na": "not applicable"}


def _answer(found: re.Match[str]) -> Answer | None:
    for name, answer in (("yes", Answer.YES), ("no", Answer.NO), ("na", Answer.NOT_APPLICABLE)):
        if found[name]:
            return answer
    return None


def _exemption(text: Text) -> Exemption | None:
    string = folded(text)
    if not any(word in string for word in _EXEMPT):
        return None
    found = _STATUS.search(string)
    status = found is not None
    if found is None:
        found = _IN_SENTENCE.search(string)
    if found is None or found.lastgroup is None:
        return None
    why = _explanation(text, found.end(found.lastgroup))
    if not why and not status:
        why = text.slice(0, found.start()).strip()
    return Exemption(_KINDS[found.lastgroup], why if _says_something(why) else None, status)


def _explanation(text: Text, start: int) -> Text:
    """Take what stands behind a word, without the marks and brackets around it; empty where nothing does."""
    plain = text.plain
    begin = _LEADING_MARKS.match(plain, start)
    rest = text.slice(begin.end() if begin else start).strip()
    string = rest.plain
    if string.startswith("(") and string.rstrip(" .").endswith(")"):
        rest = rest.slice(1, len(string.rstrip(" .")) - 1).strip()
    elif string.endswith(")") and "(" not in string:
        rest = rest.slice(0, len(string) - 1).strip()
    return rest if _says_something(rest) else text.slice(len(plain))


def _says_something(text: Text) -> bool:
    return any(char.isalnum() for char in text.plain[:LIMIT])
