"""The numbers and units of time in a string, and their words: English first, then other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lint_migration_plan.plan.values.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re

#: The units from the shortest to the longest.
ORDER = ("minute", "hour", "day", "week", "month", "quarter", "year")

_WORDS = {
    "minute": "m min mins minute minutes minuten mn minuto minutos minuti минут минуты минута мин",
    "hour": (
        "h hr hrs hour hours manhour manhours stunde stunden std heure heures hora horas ora ore uur uren timer timmar"
        " timmer ч час часа часов godzina godziny godzin godz"
    ),
    "day": (
        "d day days pd md manday mandays tag tage tagen arbeitstag arbeitstage werktag werktage personentag"
        " personentage j jour jours jh día días dia dias giorno giorni dag dagen dager dagar dage дн день дня дней"
        " dzień dni"
    ),
    "week": (
        "w wk wks week weeks woche wochen semaine semaines sem semana semanas settimana settimane weken uke uker vecka"
        " veckor uge uger нед неделя недели недель неделю tydzień tygodnie tygodni"
    ),
    "month": (
        "mo mos month months monat monate monaten mois mes meses mês mese mesi maand maanden måned måneder månader мес"
        " месяц месяца месяцев miesiąc miesiące miesięcy"
    ),
    "quarter": "quarter quarters quartal quartale trimestre trimestres квартал квартала",
    "year": "y yr yrs year years jahr jahre an ans année années año años ano anos jaar jaren år год года лет rok lata",
}
#: Words of languages that write without spaces: what follows them may be a letter.
_UNSPACED = {
    "minute": "分钟 分鐘 分間 分 분 דקות",
    "hour": "个小时 個小時 小时 小時 时间 時間 시간 שעות שעה",
    "day": "个工作日 個工作日 工作日 营业日 営業日 人日 人天 日間 天 日 일 ימים יום",
    "week": "个星期 星期 週間 周 週 주 שבועות שבוע",
    "month": "个月 個月 か月 ヶ月 カ月 ケ月 人月 개월 חודשים חודש",
    "year": "年間 年 년",
}
_UNITS = {word: unit for table in (_WORDS, _UNSPACED) for unit, words in table.items() for word in words.split()}
_LONGEST_UNSPACED = 4

_WORKING = frozenset(("working", "work", "business", "net", "рабочих", "рабочий", "рабочие", "рабочая"))
_WORKING_DAYS = ("arbeitstag", "werktag", "个工作日", "個工作日", "工作日", "营业日", "営業日")
_WORKING_BEHIND = frozenset(("ouvrés", "ouvré", "ouvrables", "ouvrées", "hábiles", "laborables", "úteis", "lavorativi"))
_KINDS = _WORKING | frozenset(
    [
        "calendar",
        "full",
        "person",
        "people",
        "man",
        "dev",
        "developer",
        "development",
        "engineer",
        "engineering",
        "eng",
        "staff",
        "elapsed",
        "team",
        "ideal",
        "focused",
        "consecutive",
        "more",
        "volle",
    ]
)

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_NUMBERS = {
    0.5: "half halber demi medio полдня 半",
    1: "a an one ein eine einen un une una um uma один одна 一",
    2: "two zwei deux dos dois duas два две 两 兩 二",
    3: "three drei trois tres três три 三",
    4: "four vier quatre cuatro quatro четыре 四",
    5: "five fünf cinq cinco пять 五",
    6: "six sechs seis шесть 六",
    7: "seven sieben sept siete sete семь 七",
    8: "eight acht huit ocho oito восемь 八",
    9: "nine 九",
    10: "ten zehn dix diez dez десять 十",
    12: "twelve zwölf douze doce doze",
}
_NUMBER_WORDS = {word: value for value, words in _NUMBERS.items() for word in words.split()}

_DIGITS = LazyPattern(
    r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?=\s?h(?:rs?|ours?)?(?!\w))"
    r"|(?:(?P<whole>\d{1,3})\s)?(?P<upper>[13])/(?P<lower>[24])(?!\d)"
    r"|(?P<digits>\d{1,6}(?:[.,]\d{1,4})?)(?!\d)(?:\s?(?P<fraction>[½¼¾]))?|(?P<alone>[½¼¾])"
)
_WORD = LazyPattern(r"[^\W\d_]+")
_AND_A_HALF = LazyPattern(r"\s+and\s+a\s+half(?=\s)")
_HALF_A = LazyPattern(r"half[\s-]an?(?=[\s-])", needs=("half",))
_BEFORE_UNIT = LazyPattern(r"(?P<more>\s?\+)?[\s-]{0,2}")
_BETWEEN_WORDS = LazyPattern(r"[\s-]")

#: What may stand before an amount: words that only blur it, and those that leave one end of it open.
_UP_TO = r"up to|under|below|max(?:imum)?\.?(?: of)?|at most|less than|no more than|not more than|within|<=?|≤|bis zu"
_AT_LEAST = r"at least|min(?:imum)?\.?(?: of)?|more than|over|>=?|≥|mindestens"
LEAD = LazyPattern(
    rf"\s*(?:(?P<up_to>{_UP_TO})(?![^\W\d_])|(?P<at_least>{_AT_LEAST})(?![^\W\d_])"
    r"|(?:~|≈|±|about|approx(?:imately)?\.?|around|roughly|ca\.?|circa|c\.|est(?:imated?)?\.?:?|some|in total|in|total"
    r"|from|between|takes?|de|von|zwischen|entre|etwa|rund|environ|env\.?|unos|aprox\.?|cerca de|от|около|примерно)"
    r"(?![^\W\d_])|约|大约|約)\s*"
)


class Number(NamedTuple):
    """A number and where it ends; ``spelled`` is True for one in words, which means nothing without a unit."""

    value: float
    spelled: bool
    end: int


class Unit(NamedTuple):
    """A unit and where it ends; ``working`` is True for working days, ``more`` for the plus in "2+ days"."""

    name: str
    working: bool
    more: bool
    end: int


def number_at(string: str, start: int) -> Number | None:
    """Read the number that stands at an index of a folded string, in figures or in words."""
    found = _DIGITS.match(string, start)
    if found is not None:
        return Number(_value(found), spelled=False, end=found.end())
    half = _HALF_A.match(string, start)
    if half is not None:
        return Number(_FRACTIONS["½"], spelled=True, end=half.end())
    word = _WORD.match(string, start)
    if word is None:
        return None
    if word[0] in _NUMBER_WORDS:
        half = _AND_A_HALF.match(string, word.end())
        value = _NUMBER_WORDS[word[0]] + (_FRACTIONS["½"] if half else 0)
        return Number(value, spelled=True, end=half.end() if half else word.end())
    first = word[0][0]
    if first > "\u2fff" and first in _NUMBER_WORDS:
        return Number(_NUMBER_WORDS[first], spelled=True, end=start + 1)
    return None


def unit_at(string: str, start: int) -> Unit | None:
    """Read the unit that stands at an index, with what kind of day it is: "person-days", "working weeks"."""
    before = _BEFORE_UNIT.match(string, start)
    more, position = (bool(before["more"]), before.end()) if before else (False, start)
    working = False
    for _ in range(3):
        word = _WORD.match(string, position)
        if word is None:
            return None
        name, end = _unit(word[0]), word.end()
        if name is not None:
            return Unit(_UNITS[name], working or _is_working(name, string, end), more, position + len(name))
        between = _BETWEEN_WORDS.match(string, end)
        if word[0] not in _KINDS or between is None:
            return None
        working = working or word[0] in _WORKING
        position = between.end()
    return None


def _unit(word: str) -> str | None:
    if word in _UNITS:
        return word
    if ord(word[0]) < 0x590:  # noqa: PLR2004 - below Hebrew all alphabets write spaces
        return None
    starts = (word[:length] for length in range(min(_LONGEST_UNSPACED, len(word)), 0, -1))
    return next((start for start in starts if start in _UNITS), None)


def _is_working(name: str, string: str, end: int) -> bool:
    if name.startswith(_WORKING_DAYS):
        return True
    behind = _WORD.match(string, end + 1)
    return behind is not None and behind[0] in _WORKING_BEHIND


def _value(found: re.Match[str]) -> float:
    if found["hours"]:
        return int(found["hours"]) + int(found["minutes"]) / 60
    if found["upper"]:
        return int(found["whole"] or 0) + int(found["upper"]) / int(found["lower"])
    if found["alone"]:
        return _FRACTIONS[found["alone"]]
    digits = found["digits"]
    # A comma before three digits parts the thousands, any other is a decimal mark.
    whole, comma, rest = digits.partition(",")
    thousands = bool(comma) and len(rest) == 3 and not whole.startswith("0")  # noqa: PLR2004
    plain = float(digits.replace(",", "" if thousands else "."))
    return plain + (_FRACTIONS[found["fraction"]] if found["fraction"] else 0)
