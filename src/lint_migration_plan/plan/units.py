"""The words for amounts of time, as data and as patterns over folded strings: English first, then other languages."""

from __future__ import annotations

import re

#: The units from the shortest to the longest.
ORDER = ("minute", "hour", "day", "week", "month", "quarter", "year")

_LATIN = {
    "minute": "m min mins minute minutes minuten mn minuto minutos minuti минут минуты минута мин",
    "hour": (
        "h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur uren timer timmar timmer ч час часа"
        " часов godzina godziny godzin godz"
    ),
    "day": (
        "d day days pd md tag tage tagen arbeitstag arbeitstage werktag werktage personentag personentage j jour jours"
        " jh día días dia dias giorno giorni dag dagen dager dagar dage дн день дня дней dzień dni"
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
_OTHERS = {
    "minute": "分钟 分鐘 分間 分 분 דקות",
    "hour": "个小时 個小時 小时 小時 时间 時間 시간 שעות שעה",
    "day": "个工作日 個工作日 工作日 营业日 営業日 人日 人天 日間 天 日 일 ימים יום",
    "week": "个星期 星期 週間 周 週 주 שבועות שבוע",
    "month": "个月 個月 か月 ヶ月 カ月 ケ月 人月 개월 חודשים חודש",
    "year": "年間 年 년",
}
UNITS = {word: unit for table in (_LATIN, _OTHERS) for unit, words in table.items() for word in words.split()}

_WORKING = "working|work|business|net|arbeits|工作|营业|営業"
_ADJECTIVES = (
    f"{_WORKING}|calendar|full|person|people|man|dev|developer|development|engineer|engineering|eng|staff|elapsed|team"
    "|ideal|focused|consecutive|more|volle|рабочих|рабочий|рабочие|рабочая"
)

FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
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
NUMBER_WORDS = {word: value for value, words in _NUMBERS.items() for word in words.split()}


def _any_of(words: str | list[str]) -> str:
    return "|".join(map(re.escape, sorted(words.split() if isinstance(words, str) else words, key=len, reverse=True)))


_LATIN_WORDS = _any_of(" ".join(_LATIN.values()))
_OTHER_WORDS = _any_of(" ".join(_OTHERS.values()))
_ASCII_NUMBERS = _any_of([word for word in NUMBER_WORDS if ord(word[0]) < 0x3000])  # noqa: PLR2004 - CJK begins here
_CJK_NUMBERS = "".join(word for word in NUMBER_WORDS if ord(word[0]) >= 0x3000)  # noqa: PLR2004

#: A number: digits with a decimal mark or a fraction, or a word, which only counts before a unit.
NUMBER = re.compile(
    r"(?:(?P<whole>\d{1,3})\s)?(?P<upper>[13])/(?P<lower>[24])(?!\d)"
    r"|(?P<digits>\d{1,6}(?:[.,]\d{1,4})?)(?!\d)(?:\s?(?P<fraction>[½¼¾]))?|(?P<alone>[½¼¾])"
    rf"|(?P<word>half(?=[\s-]an?[\s-])|(?:{_ASCII_NUMBERS})(?![^\W\d_])|[{_CJK_NUMBERS}])"
    r"(?P<article>(?<=half)[\s-]an?(?=[\s-]))?"
)
#: A unit behind a number, with what kind of day or hour it is: "person-days", "working weeks".
UNIT = re.compile(
    rf"(?P<more>\s?\+)?[\s-]{{0,2}}(?P<kind>(?:(?:{_ADJECTIVES})[\s-]){{0,2}})"
    rf"(?P<unit>(?:{_LATIN_WORDS})(?![^\W\d_])|{_OTHER_WORDS})"
    r"(?P<behind>\s+(?:ouvr(?:é|e|able)s?|hábiles|laborables|úteis|lavorativi))?",
)
_WORKING_UNIT = re.compile(rf"(?:{_WORKING})|arbeitstag|werktag")

#: What may stand before an amount: words that only blur it, and those that leave one end of it open.
UP_TO = r"up to|under|below|max(?:imum)?\.?(?: of)?|at most|less than|no more than|not more than|within|<=?|≤|bis zu"
AT_LEAST = r"at least|min(?:imum)?\.?(?: of)?|more than|over|>=?|≥|mindestens"
LEAD = re.compile(
    rf"\s*(?:(?P<up_to>{UP_TO})(?![^\W\d_])|(?P<at_least>{AT_LEAST})(?![^\W\d_])"
    r"|(?:~|≈|±|about|approx(?:imately)?\.?|around|roughly|ca\.?|circa|c\.|est(?:imated?)?\.?:?|some|in total|total"
    r"|from|between|takes?|de|von|zwischen|entre|etwa|rund|environ|env\.?|unos|aprox\.?|cerca de|от|около|примерно)"
    r"(?![^\W\d_])|约|大约|約)\s*"
)


def number(found: re.Match[str]) -> float:
    """Give the number that a match of `NUMBER` stands for."""
    if found["upper"]:
        return int(found["whole"] or 0) + int(found["upper"]) / int(found["lower"])
    if found["alone"]:
        return FRACTIONS[found["alone"]]
    if found["word"]:
        return NUMBER_WORDS[found["word"]]
    digits = found["digits"]
    # A comma before three digits parts the thousands, any other is a decimal mark.
    thousands = re.fullmatch(r"\d{1,3},\d{3}", digits) is not None and not digits.startswith("0")
    plain = float(digits.replace(",", "" if thousands else "."))
    return plain + (FRACTIONS[found["fraction"]] if found["fraction"] else 0)


def is_working(found: re.Match[str]) -> bool:
    """Say whether a match of `UNIT` speaks of working days, not of those of the calendar."""
    return bool(found["behind"]) or _WORKING_UNIT.match(found["kind"] + found["unit"]) is not None
