"""The words and marks around dates, as patterns over folded strings: what opens, joins, ends and explains them."""

from __future__ import annotations

from lint_migration_plan.plan.values.fold import EMOJI
from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

#: Any word that is long enough for the name of a month.
_NAME = r"[^\W\d_]{3,12}(?![^\W\d_])"
_NTH = r"(?:st|nd|rd|th|er|º|\.)?"
_WEEKDAY = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
BEFORE = LazyPattern(
    rf"\s*(?:{EMOJI}|[\"'*(]|(?P<about>[~≈])|{_WEEKDAY}(?:\.?,?\s+|\.)(?=\d|{_NAME})"
    r"|(?P<until>by|before|until|till|no later than|not later than|due(?: by)?|bis(?: zum)?|avant|hasta|vor)(?=\s)"
    r"|(?P<since>from|after|since|starting(?: on| from)?|starts?(?: on)?|begins?|as of|not before|ab|von|dès|desde"
    r"|del?|du|nach)(?=\s)|(?P<week>week (?:of|commencing|starting|beginning)|w/c)(?=\s)"
    r"|(?P<rough>early|mid|late|(?:the )?(?:end|start|beginning|middle|first half|second half|first week|last week) of"
    r"|around|about|approx\.?|approximately|ca\.|circa|anfang|mitte|ende|début|fin|mi|principios de|finales de)"
    r"(?=[\s-])-?|(?:on|in|at|the|during|between|planned(?: for)?|scheduled(?: for)?|target(?:ed)?(?: date)?|expected"
    r"|est\.?|estimated|am|im|le|el|en|zwischen|entre|au)(?=[\s:]):?)\s*"
)
_CLOCK = (
    r"(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{1,2}(?=\s?[ap]\.?m\b)|\d{1,2}h(?:\d{2})?(?!\w))"
    r"(?:\s?[ap]\.?m\.?(?!\w))?"
)
_ZONE = (
    r"(?:\s?(?:z|utc|gmt|cet|cest|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|ist|jst|msk|aest|aedt|et|pt|ct|mt|uhr"
    r"|local(?: time)?|[+-]\d{2}:?\d{2})(?!\w))*"
)
TIME = LazyPattern(
    rf"(?:t|,?\s+(?:at\s+|um\s+|à\s+|@\s?)?){_CLOCK}{_ZONE}"
    rf"(?:\s*(?:[-–—]|to)\s*{_CLOCK}(?![-/.\d]){_ZONE})?",
    needs=(":", "am", "a.m", "pm", "p.m", "h"),
)
TO = LazyPattern(
    r"\s*(?:–|—|--?>|=>|→|~|\.\.\.?|…|--?)\s*|/(?=\d)|(?<=[^\W\d_])/(?=[^\W\d_])"
    r"|\s+(?:to|until|till|through|thru|up to|bis(?: zum)?|à|au|al?|até|hasta|по|до|and|&|und|et|y)\s+"
)
#: A separator that promises a second date; behind a dash an explanation may stand.
PROMISE = LazyPattern(r"\s*(?:--?>|=>|→)\s*|\s+(?:to|until|till|through|thru|up to|bis|hasta)\s+")
ALSO = LazyPattern(r"\s*[,;&+]\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+")
FIRST_DAY = LazyPattern(
    rf"(?P<whole>(?P<day>\d{{1,2}}){_NTH})\s*(?:[-–—/&]|\s(?:to|bis|au|al?|und|and|et|y)\s)\s*"
    rf"(?=\d{{1,2}}{_NTH}[\s-]*(?:of\s+|de\s+)?(?P<name>{_NAME})|\d{{1,2}}\.\s?\d{{1,2}}\.)"
)
LAST_DAY = LazyPattern(rf"(?P<day>\d{{1,2}}){_NTH}(?:(?:\s*,)?\s+(?P<year>(?:19|20|21)\d{{2}})(?!\d))?(?![\w:/-]|\.\d)")
LAST_MONTH_DAY = LazyPattern(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\w-])")
LAST_WEEK = LazyPattern(r"(?P<week>\d{1,2})(?![\w:/-]|\.\d)")
YEAR_BEHIND = LazyPattern(r"(?:\s?[,/]\s?|\s+(?:of\s+)?)(?P<year>(?:19|20|21)\d{2})(?![\w/-])")
CLEAN_END = LazyPattern(r"\s*(?:\Z|[,;:.)(\[—–|\n\"'*])|\s+-|-\s")
SINCE_BEHIND = LazyPattern(
    r"\s*(?:\+(?!\s*\w)|onwards?\b|or later\b|and (?:later|after)\b|ff\b)",
    needs=("+", "onward", "later", "after", "ff"),
)
UNTIL_BEHIND = LazyPattern(r"\s*,?\s*(?:at the latest|latest|or earlier)\b", needs=("latest", "earlier"))
LENGTH = LazyPattern(r"\s*(?:\(|,|for\s|\+|plus\s|[–—:|-])?\s*")
CANDIDATE = LazyPattern(
    rf"(?<![\w.,/:-])(?=(?:19|20|21)\d\d|\d{{1,2}}{_NTH}[\s./–—-]|q[1-4]|h[12]|(?:week|day|month|sprint)s?\s?\d"
    rf"|{_NAME})"
)
OPENS = LazyPattern(r"(?:by|before|until|till|after|from|since|starting|mid|early|late|end of)[\s-](?:the\s)?\Z")
WEEKDAY_BEHIND = LazyPattern(
    rf"\s*[,(]?\s*{_WEEKDAY}(?!\w)\.?\)?",
    needs=(
        *("mo", "tu", "we", "th", "fr", "sa", "su", "di", "mi", "do", "so", "lu", "ma", "me", "je", "ju", "ve", "vi"),
        "sá",
    ),
)
