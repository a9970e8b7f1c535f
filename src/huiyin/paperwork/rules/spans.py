"""Periods as forms say them: 本月, 本年累计, 1-10月, 上年同期, 三季度, 截至10月底 – relative to the period
for which a form is filled, so that a settled cell holds for the next month too."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

MONTH, QUARTER, HALF, YEAR, WEEK, DAY = "month", "quarter", "half", "year", "week", "day"
_NUMERAL = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"十": 10, "十一": 11, "十二": 12}
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_Y = r"(?:(20\d\d)年度?)"
#: 2026年10月31日, 2026-10-31; never the 2026年10月12 of 2026年10月12345热线.
_DATE = r"(20\d\d)(?:年(?=\d{1,2}月\d{1,2}日)|[./-])(\d{1,2})[月./-](\d{1,2})(?:日|(?!\d))"


@dataclass(frozen=True)
class Span:
    """What words say of a period. `unit`: its length (本月, 本季度 …); `back`: how many units earlier;
    `years_back`: 同期; `year`, `months`, `quarter`, `half`: as printed; `to_date`: from the first of
    January (累计); `edge`: end or start, for what there is on a day; `until`: everything until then."""

    unit: str = ""
    back: int = 0
    years_back: int = 0
    year: int = 0
    months: tuple[int, int] | None = None
    quarter: int = 0
    half: int = 0
    to_date: bool = False
    edge: str = ""
    until: bool = False
    days: tuple[str, str] | None = None

    @property
    def said(self) -> bool:
        """Whether anything is said at all."""
        return self != NOTHING

    @property
    def whole(self) -> bool:
        """Names a period by itself, not only 同期 or 累计."""
        return bool(
            self.unit or self.months or self.quarter or self.half or self.to_date or self.days
        )

    def then(self, inner: Span) -> Span:
        """Both said, the inner one more nearly: 2026年 / 1月."""
        given = {f.name: getattr(inner, f.name) for f in fields(inner)
                 if getattr(inner, f.name) != f.default}  # fmt: skip
        if inner.whole and not inner.years_back and not (self.unit == YEAR or self.year):
            return replace(inner, years_back=self.years_back, year=inner.year or self.year)
        if inner.months or inner.quarter or inner.half:
            base = replace(self, unit="", to_date=False, months=None, quarter=0, half=0)
            years = 1 if self.unit == YEAR and self.back else 0
            return replace(
                base,
                **(
                    given | {"years_back": max(years, base.years_back, inner.years_back), "back": 0}
                ),
            )
        return replace(self, **given)

    def as_json(self) -> dict[str, Any]:
        return {k: v for k, v in asdict(self).items() if v}


def from_json(said: Mapping[str, Any]) -> Span:
    """A kept span."""
    given = dict(said)
    for name in ("months", "days"):
        if given.get(name):
            given[name] = tuple(given[name])
    return Span(**given)


#: No word of a period.
NOTHING = Span()

_PLAIN: tuple[tuple[str, Span], ...] = (
    (r"(?:本年|今年|当年|本年度|年初|自年初|年)?(?:以来)?(?:至今)?累计(?:数|完成|至本月|到本月)?", Span(to_date=True)),
    (r"(?:今年|本年|年初)以来(?:累计)?|年初至今|自年初(?:起)?|本年(?:1月)?至本(?:月|期)|1[-—–~至]本月", Span(to_date=True)),
    (r"(?:上年|去年|上一年)同期累计(?:数)?|(?:上年|去年)累计同期", Span(to_date=True, years_back=1)),
    (r"(?:上年|去年|上一年|上年度|往年)?同期(?:数|值)?", Span(years_back=1)),
    (r"(?:上年|去年)(?:同月|本月)", Span(unit=MONTH, years_back=1)),
    (r"上年末|去年末|去年底|上年底|年初(?:数|在册|存量)?|上年结转", Span(unit=YEAR, back=1, edge="end")),
    (r"上月末|上月底|月初|上月结转|上月结存", Span(unit=MONTH, back=1, edge="end")),
    (r"上季末|季初|上季度末", Span(unit=QUARTER, back=1, edge="end")),
    (r"期初|上期末|上期结转|上期结存", Span(back=1, edge="end")),
    (r"本?期末|月末|月底|季末|季度末|年末|年底|本月末|本月底|本季末|本季度末|目前|截至目前|截止目前|截至期末|截至本月末|截至本月底|截至本期末|当前", Span(edge="end")),
    (r"本年(?:度)?|今年|当年(?:度)?", Span(unit=YEAR)),
    (r"全年", Span(months=(1, 12))),
    (r"上年(?:度)?|去年(?:全年)?|上一年(?:度)?", Span(unit=YEAR, back=1)),
    (r"本月份?(?:数)?|当月(?:数)?", Span(unit=MONTH)),
    (r"上个?月份?(?:数)?", Span(unit=MONTH, back=1)),
    (r"本季度?|当季度?", Span(unit=QUARTER)),
    (r"上(?:一|个)?季度?", Span(unit=QUARTER, back=1)),
    (r"本周|当周", Span(unit=WEEK)),
    (r"上周", Span(unit=WEEK, back=1)),
    (r"当日|本日|今日", Span(unit=DAY)),
    (r"本期(?:数)?|报告期内?(?:数)?", Span()),
    (r"上(?:一)?期(?:数)?", Span(back=1)),
    (r"上半年", Span(half=1)), (r"下半年", Span(half=2)),
    (r"前三季度", Span(months=(1, 9))),
)  # fmt: skip


def number(text: str) -> int:
    """'10', '十' → 10."""
    return int(text) if text.isdigit() else _NUMERAL[text]


def _printed(text: str) -> tuple[Span, int] | None:
    """A period with figures at the head of a text: (what it says, how many characters)."""
    if m := re.match(rf"截[至止](?:到)?{_Y}?({_M})月(?:(\d{{1,2}})日|底|末)", text):
        year, month = int(m[1] or 0), number(m[2])
        if m[3]:
            return Span(until=True, year=year, months=(month, month), edge=m[3]), m.end()
        return Span(until=True, year=year, months=(month, month), edge="end"), m.end()
    if m := re.match(
        rf"{_DATE}[-—–~至到](?:(20\d\d)[年./-])?(\d{{1,2}})[月./-](\d{{1,2}})(?:日|(?!\d))", text
    ):
        first = _iso(m[1], m[2], m[3])
        last = _iso(m[4] or m[1], m[5], m[6])
        return (Span(days=(first, last)), m.end()) if first and last else None
    if m := re.match(rf"{_Y}?({_M})(?:月份?)?[-—–~至到]({_M})月份?(?:累计)?", text):
        return Span(year=int(m[1] or 0), months=(number(m[2]), number(m[3]))), m.end()
    if m := re.match(rf"{_Y}?第?([一二三四1-4])季度?(?!度)", text):
        return Span(year=int(m[1] or 0), quarter=number(m[2])), m.end()
    if m := re.match(rf"{_Y}(上|下)半年", text):
        return Span(year=int(m[1]), half=1 if m[2] == "上" else 2), m.end()
    if m := re.match(_DATE, text):
        day = _iso(m[1], m[2], m[3])
        return (Span(days=(day, day)), m.end()) if day else None
    if m := re.match(rf"{_Y}?({_M})月份?(?!\d)", text):
        return Span(year=int(m[1] or 0), months=(number(m[2]), number(m[2]))), m.end()
    if m := re.match(rf"{_Y}", text):
        return Span(year=int(m[1])), m.end()
    return None


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


_COMPILED = tuple((re.compile(pattern), span) for pattern, span in _PLAIN)


def at_head(text: str) -> tuple[Span, int] | None:
    """The longest saying of a period at the head of a text, and its length; None when none."""
    best = _printed(text)
    for pattern, span in _COMPILED:
        m = pattern.match(text)
        if m and m.end() and (best is None or m.end() > best[1]):
            best = (span, m.end())
    return best


# -- from words to days ------------------------------------------------------------------------------
def days_of(span: Span, first: date, last: date) -> tuple[date, date] | None:
    """First and last day that a span means in a form for the days first – last; None where its words
    do not fit such a form (本月 in a form of a quarter)."""
    if span.days:
        return date.fromisoformat(span.days[0]), date.fromisoformat(span.days[1])
    if span.year and span.unit in (MONTH, QUARTER, WEEK, DAY):
        span = replace(span, year=0, years_back=last.year - span.year)
    year = (span.year or last.year) - span.years_back
    if span.until and span.months:
        day = int(span.edge) if span.edge.isdigit() else monthrange(year, span.months[1])[1]
        return None if day > 31 else (date(1990, 1, 1), date(year, span.months[1], day))
    if span.months:
        found = _months(year, *span.months)
    elif span.quarter:
        found = _months(year, 3 * span.quarter - 2, 3 * span.quarter)
    elif span.half:
        found = _months(year, 6 * span.half - 5, 6 * span.half)
    elif span.to_date:
        end = _years_earlier(last, last.year - year)
        found = (date(end.year, 1, 1), end)
    elif span.unit:
        found = _unit(span, first, last)
    elif span.year:
        whole = span.year < last.year or length_of(first, last) == YEAR
        found = _months(year, 1, 12) if whole else (date(year, 1, 1), last)
    else:
        found = _moved(first, last, span.years_back)
        if found and span.back:
            found = earlier(*found, span.back)
    if found and span.edge == "end":
        return found[1], found[1]
    return found


def _months(year: int, a: int, b: int) -> tuple[date, date] | None:
    return (date(year, a, 1), date(year, b, monthrange(year, b)[1])) if 1 <= a <= b <= 12 else None


def _unit(span: Span, first: date, last: date) -> tuple[date, date] | None:
    found: tuple[date, date] | None
    if span.unit == YEAR:
        whole = _months(last.year, 1, 12)
        if span.back:
            found = _months(last.year - span.back, 1, 12)
        else:
            found = whole if (first, last) == whole else (date(last.year, 1, 1), last)
        return _moved(*found, span.years_back) if found else None
    if span.unit == MONTH:
        if (first.year, first.month) != (last.year, last.month):
            return None
        found = _months(last.year, last.month, last.month)
        if first.day != 1 or (found and last != found[1]):
            found = (first, last) if length_of(first, last) == MONTH else found
    elif span.unit == QUARTER:
        quarter = (last.month + 2) // 3
        if (first.year, (first.month + 2) // 3) != (last.year, quarter):
            return None
        found = _months(last.year, 3 * quarter - 2, 3 * quarter)
    elif span.unit == WEEK:
        monday = last - timedelta(days=last.weekday())
        if first < monday:
            return None
        found = (monday, monday + timedelta(days=6))
    else:
        if first != last:
            return None
        found = (first, last)
    if found and span.back:
        found = earlier(*found, span.back)
    return _moved(*found, span.years_back) if found else None


def length_of(first: date, last: date) -> str:
    """Month, quarter, half, year where the days are exactly one; else ''."""
    if first.day != 1 or last != _months(last.year, last.month, last.month)[1]:  # type: ignore[index]
        return ""
    if first.year != last.year:
        return ""
    n = last.month - first.month + 1
    names = {1: MONTH, 3: QUARTER, 6: HALF, 12: YEAR}
    return names[n] if n in names and (first.month - 1) % n == 0 else ""


def earlier(first: date, last: date, n: int = 1) -> tuple[date, date]:
    """The period of the same kind, n before."""
    kind = length_of(first, last)
    if not kind:
        length = (last - first).days + 1
        return first - timedelta(days=length * n), last - timedelta(days=length * n)
    months = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}[kind]
    index = first.year * 12 + first.month - 1 - months * n
    begin = date(index // 12, index % 12 + 1, 1)
    end_index = index + months - 1
    return begin, date(end_index // 12, end_index % 12 + 1, monthrange(end_index // 12, end_index % 12 + 1)[1])  # fmt: skip


def _years_earlier(day: date, years: int) -> date:
    """The same day of an earlier year; the last of a month stays the last."""
    if not years:
        return day
    end = monthrange(day.year - years, day.month)[1]
    is_end = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - years, day.month, end if is_end else min(day.day, end))


def _moved(first: date, last: date, years: int) -> tuple[date, date]:
    return _years_earlier(first, years) if first.day != monthrange(first.year, first.month)[1] else date(first.year - years, first.month, min(first.day, monthrange(first.year - years, first.month)[1])), _years_earlier(last, years)  # fmt: skip


def code_of(first: date, last: date) -> str:
    """The code by which the indicators name these days."""
    if first == date(1990, 1, 1):
        return f"@{last.isoformat()}"
    kind = length_of(first, last)
    if kind == MONTH:
        return f"{first.year}-{first.month:02d}"
    if kind == QUARTER:
        return f"{first.year}Q{(first.month + 2) // 3}"
    if kind == HALF:
        return f"{first.year}H{1 if first.month == 1 else 2}"
    if kind == YEAR:
        return str(first.year)
    if first == last:
        return first.isoformat()
    return f"{first.isoformat()}/{last.isoformat()}"
