"""Which period a figure of an article speaks of: 今年以来, 2024年, 去年同期, 截至9月底, 1至10月 …

Each mention becomes a period code that `indicators` reads. A figure takes the nearest mention before
it in its sentence, else what the sentences before said (design §7: 两年来 = the two years before,
no period = everything until the day of the article).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
#: Said beside a period these say little; alone they mean: until today.
WEAK = "截至目前|截止目前|目前|现有|至今|迄今|如今|现已|累计"
_YEAR = r"(?P<y>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})年度?"
_THIS = r"(?P<y>(?:19|20)\d\d年度?|今年|本年度?|去年|上年度?|前年)?的?"


@dataclass(frozen=True)
class Mention:
    """[start, end) of the running text; `code` = the period, or "" where it cannot be told.
    `refers` = it names what something is compared with (去年同期), not what is counted."""

    start: int
    end: int
    code: str
    refers: bool = False
    weak: bool = False

    @property
    def until(self) -> bool:
        """Everything until a day: said of what stands there then, not of what follows."""
        return self.code.startswith("@")


def everything(as_of: date) -> str:
    """No period is said: everything until the day of the article."""
    return f"@{as_of.isoformat()}"


def year_to_date(as_of: date) -> str:
    """今年以来."""
    return f"{as_of.year}-01-01/{as_of.isoformat()}"


def mentions(text: str, as_of: date) -> list[Mention]:
    """All mentions in the order of the text, none within another."""
    found: list[Mention] = []
    for pattern, make in _TABLE:
        for match in pattern.finditer(text):
            code = make(match, _Now(as_of, _year_before(found, text, match.start(), as_of)))
            if code is not None:
                refers = "同期" in match.group() or text[
                    max(0, match.start() - 1) : match.start()
                ] in ("比", "较", "与", "是", "于", "从", "由", "和")
                weak = pattern.pattern == WEAK
                found.append(Mention(match.start(), match.end(), code, refers, weak))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@dataclass(frozen=True)
class _Now:
    as_of: date
    year: int


#: How far the beginning of an article and its title reach: the year in a title holds for a bare 上半年.
LEAD, TITLE = 300, 60
_NAMED_YEAR = re.compile(r"(?<![比较与和])(?:((?:19|20)\d\d)年|(今年|本年))")


def _year_before(found: list[Mention], text: str, at: int, as_of: date) -> int:
    """The year that a bare 9月 or 上半年 means: one named before in its sentence, else in its
    paragraph, else at the beginning of the article, else the article's own."""
    sentence = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    paragraph = text.rfind("\n", 0, at) + 1
    for begin, end, which in ((sentence, at, -1), (paragraph, at, -1), (0, min(TITLE, at), 0)):
        years = list(_NAMED_YEAR.finditer(text, begin, end))
        if years:
            year = years[which]
            return int(year[1]) if year[1] else as_of.year
    return as_of.year


def number(text: str) -> int:
    """9, 九, 十二, 二〇二五 → int."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def _year(word: str | None, now: _Now) -> int:
    if not word:
        return now.year
    if word.startswith(("今", "本")):
        return now.as_of.year
    if word.startswith(("去", "上")):
        return now.as_of.year - 1
    if word.startswith("前"):
        return now.as_of.year - 2
    return number(re.sub("年度?$", "", word))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _span(first: date, last: date, now: _Now) -> str:
    """A/B, not beyond the day of the article."""
    return f"{first.isoformat()}/{max(first, min(last, now.as_of)).isoformat()}"


def _to_date(m: re.Match[str], now: _Now) -> str:
    return year_to_date(now.as_of)


def _last_year_alike(m: re.Match[str], now: _Now) -> str:
    last = _year_ago(now.as_of)
    return f"{last.year}-01-01/{last.isoformat()}"


def _year_ago(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)  # fmt: skip


def _whole_year(m: re.Match[str], now: _Now) -> str:
    return str(_year(m["y"], now))


def _half(m: re.Match[str], now: _Now) -> str:
    return f"{_year(m['y'], now)}H{1 if m['h'] in '上前' else 2}"


def _quarter(m: re.Match[str], now: _Now) -> str:
    return f"{_year(m['y'], now)}Q{number(m['q'])}"


def _quarters(m: re.Match[str], now: _Now) -> str:
    year = _year(m["y"], now)
    return _span(date(year, 1, 1), _month_end(year, 3 * number(m["n"])), now)


def _month(m: re.Match[str], now: _Now) -> str | None:
    month = number(m["m"])
    return f"{_year(m['y'], now)}-{month:02d}" if 1 <= month <= 12 else None


def _months(m: re.Match[str], now: _Now) -> str | None:
    year, first, last = _year(m["y"], now), number(m["m"]), number(m["n"])
    later = year if last >= first else year + 1
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return _span(date(year, first, 1), _month_end(later, last), now)


def _days(m: re.Match[str], now: _Now) -> str | None:
    year, month = _year(m["y"], now), number(m["m"])
    last_year = _year(m["y2"], now) if m["y2"] else year
    last_month = number(m["n"]) if m["n"] else month
    try:
        first, last = date(year, month, number(m["d"])), date(last_year, last_month, number(m["e"]))
    except ValueError:
        return None
    return f"{first.isoformat()}/{last.isoformat()}" if last >= first else None


def _day(m: re.Match[str], now: _Now) -> str | None:
    try:
        return date(_year(m["y"], now), number(m["m"]), number(m["d"])).isoformat()
    except ValueError:
        return None


def _until(m: re.Match[str], now: _Now) -> str | None:
    year, month = _year(m["y"], now), number(m["m"])
    try:
        end = date(year, month, number(m["d"])) if m["d"] else _month_end(year, month)
    except ValueError:
        return None
    return f"@{end.isoformat()}"


def _until_end_of_year(m: re.Match[str], now: _Now) -> str:
    return f"@{min(date(_year(m['y'], now), 12, 31), now.as_of).isoformat()}"


def _since(m: re.Match[str], now: _Now) -> str | None:
    try:
        first = date(_year(m["y"], now), number(m["m"]), number(m["d"]) if m["d"] else 1)
    except ValueError:
        return None
    return _span(first, now.as_of, now) if first <= now.as_of else None


def _since_year(m: re.Match[str], now: _Now) -> str:
    return _span(date(_year(m["y"], now), 1, 1), now.as_of, now)


def _years_back(m: re.Match[str], now: _Now) -> str:
    n, year = number(m["n"]), now.as_of.year
    if (
        n == 2
    ):  # the two years until the article's day; 2Y, the two calendar years, is said beside it
        return f"{(_year_ago(_year_ago(now.as_of)) + timedelta(days=1)).isoformat()}/{now.as_of.isoformat()}"
    return f"{year - n}-01-01/{year - 1}-12-31"


def _months_back(m: re.Match[str], now: _Now) -> str:
    n, end = number(m["n"]), now.as_of
    if end != _month_end(
        end.year, end.month
    ):  # whole months before this one, or this one if it is over
        end = end.replace(day=1) - timedelta(days=1)
    months = end.year * 12 + end.month - n
    return f"{date(months // 12, months % 12 + 1, 1).isoformat()}/{end.isoformat()}"


def _this_month(m: re.Match[str], now: _Now) -> str:
    return f"{now.as_of.year}-{now.as_of.month:02d}"


def _last_month(m: re.Match[str], now: _Now) -> str:
    before = now.as_of.replace(day=1) - timedelta(days=1)
    return f"{before.year}-{before.month:02d}"


def _week(back: int) -> Callable[[re.Match[str], _Now], str]:
    def make(m: re.Match[str], now: _Now) -> str:
        year, week, _ = (now.as_of - timedelta(days=7 * back)).isocalendar()
        return f"{year}-W{week:02d}"

    return make


def _this_quarter(back: int) -> Callable[[re.Match[str], _Now], str]:
    def make(m: re.Match[str], now: _Now) -> str:
        quarters = now.as_of.year * 4 + (now.as_of.month - 1) // 3 - back
        return f"{quarters // 4}Q{quarters % 4 + 1}"

    return make


def _today(m: re.Match[str], now: _Now) -> str:
    return f"@{now.as_of.isoformat()}"


def _untold(m: re.Match[str], now: _Now) -> str:
    return ""


_TO = "[—–\\-~～至到]+"
_ROWS: tuple[tuple[str, Callable[[re.Match[str], _Now], str | None]], ...] = (
    (rf"{_THIS}(?P<m>{_N})月(?P<d>{_N})[日号]?{_TO}(?P<y2>(?:20)\d\d年)?(?:(?P<n>{_N})月)?(?P<e>{_N})[日号]", _days),
    (rf"(?:截至|截止到?|到|至){_THIS}(?P<m>{_N})月(?:(?P<d>{_N})[日号]|底|末)", _until),
    (rf"(?:截至|截止到?){_THIS}(?P<m>{_N})月(?P<d>)", _until),
    (rf"{_THIS}(?P<m>{_N})月[底末](?P<d>)", _until),
    (r"(?:截至|截止)?(?<![去上])年[底末]", lambda m, n: f"@{min(date(n.year, 12, 31), n.as_of).isoformat()}"),
    (r"(?:截至|截止到?|到|至)(?P<y>20\d\d年|今年|去年)(?:年)?[底末]|(?P<y3>20\d\d)年[底末]", lambda m, n: (
        f"@{(m['y3'] or str(_year(m['y'], n)))}-12-31")),
    (rf"(?:自|从)?{_THIS}(?P<m>{_N})月(?:份)?(?:(?P<d>{_N})[日号])?(?:以来|起|至今)", _since),
    (rf"(?:自|从)?{_YEAR}(?:以来|起|至今)", _since_year),
    (rf"{_THIS}(?P<m>{_N})月?(?:份)?{_TO}(?P<n>{_N})月(?:份|底|末)?", _months),
    (rf"{_THIS}(?P<m>{_N})月(?P<d>{_N})[日号]", _day),
    (rf"{_THIS}前(?P<n>[一二三两四123])个?季度", _quarters),
    (rf"{_THIS}前(?P<n>{_N})个月", lambda m, n: _span(
        date(_year(m["y"], n), 1, 1), _month_end(_year(m["y"], n), number(m["n"])), n)),
    (rf"{_THIS}第?(?P<q>[一二三四1-4])季度", _quarter),
    (rf"{_THIS}(?P<h>[上下])半年", _half),
    (rf"{_THIS}全年", lambda m, n: str(_year(m["y"], n))),
    (rf"{_THIS}(?P<m>{_N})月(?:份|全月|当月)?(?![底末日])", _month),
    (r"(?:去年|上年)同期", _last_year_alike),
    (r"今年(?:以来|至今|内)?|年初以来|本年度?(?:以来)?|年内|开年以来", _to_date),
    (r"去年(?:全年)?|上年度?|上一年度?", lambda m, n: str(n.as_of.year - 1)),
    (r"前年", lambda m, n: str(n.as_of.year - 2)),
    (_YEAR, _whole_year),
    (r"(?:近|过去|最近|这|前)?(?P<n>[两二三四五2-5])年多?(?:来|间|以来)|(?:近|过去|最近)(?P<n2>[两二三四五2-5])年", lambda m, n: (
        _years_back(m, n) if m["n"] else _years_back(re.match(f"(?P<n>{m['n2']})", m["n2"]), n))),  # type: ignore[arg-type]
    (rf"(?:近|过去|最近|这)(?P<n>{_N})个月(?:来|以来|间)?|(?P<n4>{_N})个月(?:来|以来)", lambda m, n: (
        _months_back(m, n) if m["n"] else _months_back(re.match(f"(?P<n>{m['n4']})", m["n4"]), n))),  # type: ignore[arg-type]
    (r"年初(?!以来)|(?:去年|上年)[底末]", lambda m, n: f"@{n.as_of.year - 1}-12-31"),
    (r"上个?月(?:份)?", _last_month),
    (r"本月(?:份)?|当月|这个月", _this_month),
    (r"本周|这一?周", _week(0)), (r"上一?周", _week(1)),
    (r"本季度?|这个?季度", _this_quarter(0)), (r"上个?季度", _this_quarter(1)),
    (WEAK, _today),
    (r"(?:国庆|春节|中秋|五一|端午|清明|元旦|节)(?:假期|期间|长假|黄金周)+|汛期|暑假期?|寒假期?", _untold),
)  # fmt: skip
_TABLE = tuple((re.compile(pattern), make) for pattern, make in _ROWS)
