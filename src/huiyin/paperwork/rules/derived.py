"""Figures that come from two numbers: share, growth, difference, multiple, average.

The words around a figure say which; `earlier` gives the period with which it is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.documents.rules.figures import Figure
from huiyin.paperwork.rules.article_context import Setting

#: X比Y多, X是Y的: two numbers side by side.
SIDE_BY_SIDE = re.compile(
    r"(?P<mark>比)(?P<other>[^，。；]{1,16}?)(?:要)?(?P<less>多|少|高|低)[^，。；\d]{0,4}$"
    r"|(?P<mark2>是|为|相当于)(?P<other2>[^，。；]{1,16}?)的$"
)
_RISING = "增幅|涨幅|增长|上升|提高|提升|增加|净增|多出?|上涨|升高|扩大"
_FALLING = "下降|减少|降低|少|下滑|回落|缩短|压降|压减|降幅|下跌"
_YEAR_AGO = "同比|去年同期|上年同期|(?:比|较)(?:去年|上年|上一年度?)|(?:20\\d\\d年)同期"
_BEFORE = "环比|(?:比|较|与)(?:上个?月|上个?季度|上一?周|上半年|上期|上年度)|较前一"
_MULTIPLE = re.compile(r"是(?P<of>[^，。；]{0,12})的$|相当于[^，。；]{0,12}的?$")
_RIGHT_BEFORE = re.compile(f"(?:{_RISING}|{_FALLING})(?:了|约|近|超过?|达到?|幅度?)*[：:]?$")
#: 已经达到去年全年的53%: the same number, of another time.
_PART_OF_EARLIER = re.compile(
    "(?:达到|相当于|占|是|为|完成)(?:了)?(?:去年|上年|\\d{4}年)[^，。占]{0,4}的$"
)
_PER = (
    ("月", "月均|平均每个?月|每月平均|每个?月平均"),
    ("周", "周均|平均每周|每周平均"),
    ("日", "日均|平均每[天日]|每[天日]平均"),
    ("社区", "平均每个?社区|每个?社区平均|社均"),
    ("街道", "平均每个?(?:街道|镇)|每个?(?:街道|镇)平均"),
    ("次", "每次平均|平均每次|次均|场均|平均每场"),
    ("人", "人均|平均每[名人位]|每[名位]党员平均"),
    ("个", "平均每个(?!月|季度|星期|社区|街道)|平均每家"),
    ("季度", "季均|平均每个?季度|每季度平均"),
)  # fmt: skip


@dataclass(frozen=True)
class Clue:
    """`how`: change, multiple, average or share. `back`: year, period or a code of its own."""

    how: str
    back: str = ""
    per: str = ""
    falling: bool = False
    against: str = ""


def clue_of(
    text: str, setting: Setting, figure: Figure, *, sentence: int, against: str
) -> Clue | None:
    """What the words around a figure say about how it comes about; None = a number itself.

    `sentence` = where its sentence begins; `against` = a period that it is compared with by name
    (较二季度), "" where none is.
    """
    own = text[slice(*setting.before)]
    clause = text[setting.clause_start : figure.first]
    for per, pattern in _PER:
        if re.search(pattern, own):
            return Clue("average", per=per)
    if figure.unit != "倍" and re.search("的$", own) and not re.search("占|达到|相当于", own):
        return None  # 比去年同期的1178件: the number with which something is compared
    said = list(re.finditer(f"({_YEAR_AGO})|({_BEFORE})", text[sentence : figure.first]))
    compared = said[-1] if said else None
    direction = re.search(f"(?P<up>{_RISING})|(?P<down>{_FALLING})", own)
    if re.search("(?:到|至|为)(?:约|近|了)?$", own):
        direction = None  # 增加到151个: what it is now, not by how much it grew
    if figure.unit == "%" and _PART_OF_EARLIER.search(own):
        return Clue("part of earlier")
    if figure.unit in ("个百分点", "倍") or (direction and (compared or against)):
        back = "period" if compared and compared[2] else "year"
        if figure.unit == "倍" and _MULTIPLE.search(own):
            return Clue("multiple", back, against=against)
        if not (compared or against) and figure.unit == "倍":
            return None
        falling = bool(direction and direction["down"])
        return Clue("change", back, falling=falling, against=against)
    if figure.unit == "%" and direction and _RIGHT_BEFORE.search(own):
        return Clue("change", falling=bool(direction["down"]))
    if figure.unit == "%" and re.search("占|比重|比例|其中", clause + text[slice(*setting.after)]):
        return Clue("share")
    return None


def how_for(clue: Clue, kind: str, unit: str, same_unit: bool) -> str | None:
    """The computation for a number of that kind and a figure of that unit, or None."""
    if clue.how == "average":
        return "average" if kind not in ("ratio", "mean") and same_unit else None
    if clue.how == "multiple":
        return "multiple" if kind != "ratio" else None
    if unit == "个百分点":
        return "points" if kind == "ratio" else None
    if unit == "倍":
        return "times"
    if unit == "%":
        return "points" if kind == "ratio" else "growth"
    return "difference" if same_unit else None


def whole_of(text: str, regions: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    """Where the whole of a share is named: 占受理总量的31.2%, 占全部派单的…."""
    for begin, end in reversed(regions):
        at = text.rfind("占", begin, end)
        if at >= 0:
            return at + 1, end
    return None


def earlier(code: str, clue: Clue) -> str:
    """The period with which this one is compared."""
    if clue.against:
        return clue.against
    return period_before(code) if clue.back == "period" else year_before(code)


def year_before(code: str) -> str:
    """The same span a year earlier."""
    days = re.findall(r"\d{4}-\d{2}-\d{2}", code)
    if days:
        for day in dict.fromkeys(days):
            code = code.replace(day, _shifted(date.fromisoformat(day)).isoformat())
        return code
    return re.sub(r"\d{4}", lambda m: str(int(m[0]) - 1), code, count=1)


def period_before(code: str) -> str:
    """The period of the same kind just before."""
    if m := re.fullmatch(r"(\d{4})-(\d{2})", code):
        months = int(m[1]) * 12 + int(m[2]) - 2
        return f"{months // 12}-{months % 12 + 1:02d}"
    if m := re.fullmatch(r"(\d{4})([QH])(\d)", code):
        n = 4 if m[2] == "Q" else 2
        index = int(m[1]) * n + int(m[3]) - 2
        return f"{index // n}{m[2]}{index % n + 1}"
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", code):
        day = date.fromisocalendar(int(m[1]), int(m[2]), 1) - timedelta(days=7)
        return f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}"
    if m := re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", code):
        first, last = date.fromisoformat(m[1]), date.fromisoformat(m[2] or m[1])
        end = first - timedelta(days=1)
        return f"{(end - (last - first)).isoformat()}/{end.isoformat()}"
    return year_before(code)


def _shifted(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)  # fmt: skip
