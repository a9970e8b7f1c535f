"""Every figure of an article, where it stands, and nothing that only looks like one.

    find_figures("…15名现场述职对象共点出30个方面成绩…")

finds 15名 and 30个方面 with value, unit, bound and their code points in the text as given. Dates,
ordinals, numbers of documents and services, names and slogans are told apart by `not_figures`; a
slogan that names a known structure (三级联动, 三审三校) or a configured norm (每季度更新一次) is a figure
of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from huiyin.documents.rules import not_figures
from huiyin.documents.rules.numbers import (
    Bound,
    UnreadableNumber,
    next_step,
    printed_step,
    read_quantity,
)
from huiyin.documents.rules.running_text import Running, running

Kind = Literal["measured", "structure", "norm"]


@dataclass(frozen=True)
class Figure:
    """One figure. `start`, `end` = code points of the text as given; `first`, `last` the same in the
    running text. `step` = what the last printed digit is worth; `reach` = how far 余 goes."""

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound
    kind: Kind
    first: int
    last: int
    step: Decimal = Decimal(1)
    reach: Decimal = Decimal(1)

    @property
    def in_ten_thousands(self) -> bool:
        """Printed in 万 or 亿 or with decimals: it agrees when the value rounds to it."""
        return self.bound == "rounded" or self.step != 1


@dataclass(frozen=True)
class Structure:
    """A set phrase that states how something is built: the words, and (value, unit) of each figure."""

    words: str
    parts: tuple[tuple[int, str], ...]


#: Structures that the installation's configuration states (levels, types, review steps).
STRUCTURES: tuple[Structure, ...] = (
    Structure("三级联动", ((3, "级"),)),
    Structure("四型", ((4, "型"),)),
    Structure("三级责任链条", ((3, "级"),)),
    Structure("三审三校", ((6, "环"),)),
    Structure("三屏联动", ((3, "屏"),)),
    Structure("2+3", ((2, "方面"), (3, "方面"))),
)

_C = "零〇一二两三四五六七八九十百千"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)[十百千]?[余多]?(?:万亿|[万亿])?[余多]?"
    rf"|[{_C}]+(?:点[{_C}]+)?[余多来]?(?:万亿|[万亿])?[余多]?|[万亿][余多]?"
)
_SCALED = rf"(?:{_NUMBER})(?:(?<=[万亿])(?:\d{{2,4}}|[{_C}]{{2,}})(?![.\d])万?)?"
_BEFORE = (
    "不少于|不低于|不小于|不超过|不多于|不高于|不足|不到|不满|至少|最少|起码|至多|最多|多达|高达|少于|低于|小于|"
    "突破|超过|超出|多于|高于|大于|逾|超|约为|大约|大概|大致|约|将近|接近|临近|近|上(?=[百千万亿])|过(?=[百千万亿半\\d])"
)
_AFTER = "(?:及?以上|以内|之内|及?以下|左右|上下|内(?![部容外涵环]))"
#: Longest first where one begins another.
UNITS: tuple[str, ...] = (
    "个工作日", "个百分点", "个百分点", "百分点", "个端口", "个季度", "个月", "个小时", "个方面", "个星期",
    "平方公里", "平方千米", "平方米", "立方米", "万平方米", "人次", "户次", "件次", "场次", "批次", "班次",
    "轮次", "台次", "车次", "家次", "课时", "学时", "人日", "工作日", "公里", "千米", "小时", "分钟", "季度", "方面",
    "公斤", "千克", "千瓦", "㎡", "个", "件", "名", "人", "位", "户", "起", "次", "场", "处", "组", "套", "家", "条",
    "项", "份", "本", "册", "部", "台", "辆", "盏", "栋", "幢", "座", "间", "块", "张", "片", "支", "批", "轮", "段", "类", "种",
    "篇", "幅", "面", "只", "棵", "株", "桶", "箱", "包", "瓶", "枚", "对", "道", "根", "宗", "例", "桩", "单", "票", "期", "门",
    "所", "句", "字", "页", "具", "亩", "米", "吨", "元", "美元", "天", "日", "年", "周", "月", "秒", "分", "倍", "成", "颗", "孔",
    "把", "顶", "床", "架", "艘", "层", "眼", "口", "队", "通", "笔", "趟", "声", "步", "岗", "格", "点", "%", "‰", "型", "级",
)  # fmt: skip
#: Units that begin other words: 分类, 项目, 名称, 部门, 期间 count nothing.
_NO_UNIT = {"分": "类别为布贝析工级期给配发管头", "项": "目", "部": "门分署", "期": "间", "名": "称字单录义", "点": "评击", "面": "对向貌积",
            "位": "于置", "条": "件例", "人": "民员大", "场": "所馆", "组": "织成", "周": "边", "处": "理置罚", "支": "部持付出", "批": "准评",
            "对": "象比", "成": "立员功果本效绩为", "通": "过报知", "次": "性", "门": "口", "口": "径", "单": "位", "类": "别似", "本": "地市区",
            "道": "路", "层": "面级", "篇": "幅", "间": "隔", "台": "账", "块": "钱"}  # fmt: skip
_UNIT = "|".join(
    re.escape(u) + (f"(?![{_NO_UNIT[u]}])" if u in _NO_UNIT else "")
    for u in sorted(set(UNITS), key=len, reverse=True)
)
_SHARE = (
    rf"[百千万\d{_C}]+分之(?:[{_C}]+(?:点[{_C}]+)?|\d+(?:\.\d+)?)|(?<![\d/])\d/\d{{1,2}}(?![\d/])|"
    rf"(?:[{_C}]|\d(?:\.\d+)?)[多余]?成半?[多余]?(?=$|[以左，。；、的）)\n]|[^立员功果本效熟长分为都交就品绩套年因人])"
)
_WHOLE = "过半数?|超半数|近半数?|一半|半数"
_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?(?:(?P<share>{_SHARE})|(?P<whole>{_WHOLE})|(?P<number>{_SCALED})(?P<more>(?<=[万亿])[余多])?(?P<unit>{_UNIT})?(?P<more2>余|多(?=[年天]))?)"
    rf"(?P<after>{_AFTER})?"
)
#: A Chinese numeral of one digit counts only with one of these; others make set phrases.
_COUNTING = frozenset(
    "个件名人位户起次场处组套家条项份本部台辆栋座张支批篇天年周" "倍"
) | {"人次", "场次", "户次", "件次", "批次", "个月", "小时", "个小时", "分钟", "平方米", "个工作日", "工作日", "个百分点"}  # fmt: skip
#: Times that last count something only when they stand for themselves, not for a period or a plan.
_EVERY = {"日": "日", "天": "日", "周": "周", "星期": "周", "月": "月", "个月": "月", "季度": "季", "季": "季",
          "半年": "半年", "年": "年", "年度": "年"}  # fmt: skip
_NORM = re.compile(
    r"每(?P<many>[两二三四五六]|\d{1,2})?(?:一|个)?(?P<every>季度|半年|个?月|年度?|周|星期|天|日|季)"
    r"(?P<between>[^，。；！？\n、\d]{0,12}?)(?P<n>[一两二三四五六七八九十]|\d{1,2})(?:次|遍|轮|回)(?!性|数)"
)
#: 每月张榜公布: a bare “every month” before what is done; not before a number of its own.
_MONTHLY = re.compile(
    r"每(?P<every>个?月|季度|周|半年)(?=(?P<what>[^，。；、\n\d一二三四五六七八九十两百千约近]{2,14})[，。；、\n“])"
)
_OPEN, _CLOSE = "“‘「『", "”’」』"


def find_figures(
    raw: str, *, names: Iterable[str] = (), structures: Sequence[Structure] = STRUCTURES
) -> list[Figure]:
    """All figures in reading order."""
    return figures_of(running(raw), raw, names=names, structures=structures)


def figures_of(
    text: Running,
    raw: str,
    *,
    names: Iterable[str] = (),
    structures: Sequence[Structure] = STRUCTURES,
) -> list[Figure]:
    """…of a text whose layout was taken out already."""
    found = [*_structures(text, raw, structures), *_norms(text, raw)]
    taken = [(f.first, f.last) for f in found]
    nothing = not_figures.covered(text.text, names)
    for match in _FIGURE.finditer(text.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        figure = _read(text, raw, match, nothing)
        if figure is not None:
            found.append(figure)
    return sorted(found, key=lambda f: (f.first, f.last))


def _structures(text: Running, raw: str, structures: Sequence[Structure]) -> list[Figure]:
    found = []
    for one in structures:
        for match in re.finditer(re.escape(one.words), text.text):
            if (
                re.match(r"[\d.]", text.text[match.end() :])
                or text.text[match.start() - 1 : match.start()].isdigit()
            ):
                continue
            for value, unit in one.parts:
                found.append(
                    _figure(text, raw, match.span(), Decimal(value), unit, "exact", "structure")
                )
    return found


def _norms(text: Running, raw: str) -> list[Figure]:
    """每季度更新一次 = 1 次/季; 每月 before a meeting that is held = at least 1 次/月."""
    found = []
    for match in _NORM.finditer(text.text):
        many = match["many"] or ""
        unit = f"次/{many}{_EVERY[match['every']]}"
        value = Decimal(read_quantity(match["n"]).value)
        bound: Bound = "at_least" if re.search("至少|不少于", match["between"]) else "exact"
        found.append(_figure(text, raw, match.span(), value, unit, bound, "norm"))
    for match in _MONTHLY.finditer(text.text):
        if not re.match("的|均|平均|[初末底中]|工资|报表|简报|都", match["what"]):
            unit = f"次/{_EVERY[match['every']]}"
            if not any(f.first <= match.start() < f.last for f in found):
                span = (match.start(), match.end("every"))
                found.append(_figure(text, raw, span, Decimal(1), unit, "at_least", "norm"))
    return found


def _figure(
    text: Running, raw: str, span: tuple[int, int], value: Decimal, unit: str, bound: Bound,
    kind: Kind = "measured", step: Decimal = Decimal(1), reach: Decimal = Decimal(1),
) -> Figure:  # fmt: skip
    start, end = text.span(*span)
    return Figure(raw[start:end], start, end, value, unit, bound, kind, *span, step, reach)


def _read(
    text: Running, raw: str, match: re.Match[str], nothing: list[not_figures.NoFigure]
) -> Figure | None:
    """The figure of a match, or None where it counts nothing."""
    name = next(n for n in ("share", "whole", "number") if match[n])
    core = match.span(name)
    if any(n.start <= core[0] and core[1] <= n.end for n in nothing):
        return None
    if name == "number" and not _counts(text.text, match):
        return None
    number = re.sub("[,，](?=\\d{3})", "", match[name]) + (match["more"] or match["more2"] or "")
    unit = match["unit"] or ""
    try:
        quantity = read_quantity(
            (match["before"] or "") + number + ("%" if unit == "%" else "") + (match["after"] or "")
        )
        step = printed_step(number + ("‰" if unit == "‰" else ""))
        reach = next_step(number)
    except UnreadableNumber:
        return None
    value, bound = Decimal(quantity.value), quantity.bound
    if name != "number" or unit == "%":
        unit = "%"
    elif unit == "‰":
        value, unit = value / 10, "%"
    elif unit in ("个百分点", "百分点"):
        unit = "个百分点"
    unit = "方面" if unit == "个方面" else unit
    if bound == "rounded" and step == 1 and unit != "%":
        bound = "exact"
    if bound == "exact" and step < 1 and name == "number":
        bound = "rounded"
    return _figure(
        text, raw, match.span(), value, unit, bound, _kind(text.text, match), step, reach
    )


def _kind(text: str, match: re.Match[str]) -> Kind:
    """连续16个月火灾零发生 and 篇幅不超过三分之一 state a norm, not what was counted."""
    before = text[max(0, match.start() - 16) : match.start()]
    if before.endswith("每"):
        return "norm"
    if before.endswith("连续") and (match["unit"] or "") in ("个月", "年", "天"):
        return "norm"
    if (
        match["share"]
        and match["before"]
        and "篇幅" in before + text[max(0, match.start() - 40) : match.start()]
    ):
        return "norm"
    return "measured"


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number that no table dismissed counts something."""
    number, unit = match["number"], match["unit"] or ""
    before = text[: match.start("number")]
    rest = text[match.end("unit") if unit else match.end("number") :]
    if number[0].isdigit():
        return _counts_in_digits(number, unit, before, rest)
    bound = bool(match["before"])
    if _quoted_shortly(text, match):
        return False
    if unit in (
        "",
        "级",
        "型",
        "点",
        "格",
        "步",
        "期",
        "层",
        "面",
        "口",
        "眼",
        "声",
        "队",
        "门",
        "分",
    ):
        return False
    if unit in ("年", "日", "月") and not before.endswith("连续"):
        return False
    plain = number.rstrip("余多来")
    if plain in ("百", "千", "万", "亿"):
        return bound or plain != number
    if plain == "一":
        return False
    if plain == "十":
        return unit in _COUNTING
    if len(plain) == 1:
        return unit in _COUNTING and not _set_phrase(unit, rest)
    return True


def _counts_in_digits(number: str, unit: str, before: str, rest: str) -> bool:
    last = before[-1:]
    if last in "第.-—+＋/×:：" and last and not (last in "—：:" and unit):
        return False
    if last and (last.isascii() and last.isalnum()):
        return False
    if not unit:
        if re.match(r"[A-Za-z+＋×/:：\-]|号|时|届|度|版|路|室|楼", rest):
            return False
        plain = number.rstrip("余多万亿")
        if plain.isdigit() and len(plain) >= 7:
            return False
        if len(plain) < 2 and "." not in plain and plain == number:
            return False
        return bool(re.match(r"[，。；）)\n的]|$", rest)) and bool(
            re.search(r"[\u4e00-\u9fff：:（(]$", before)
        )
    if unit == "年" and re.fullmatch(r"(19|20)\d\d", number):
        return False
    if unit in ("月", "级", "格", "步", "点", "声", "型", "眼"):
        return False
    if unit == "日":
        return bool(re.match("内|以内|之内", rest))
    return True


def _quoted_shortly(text: str, match: re.Match[str]) -> bool:
    """A Chinese numeral within quotation marks around a few characters belongs to a slogan."""
    opening = max(text.rfind(mark, 0, match.start()) for mark in _OPEN)
    if opening < 0 or any(c in _CLOSE for c in text[opening : match.start()]):
        return False
    closing = min(
        (p for p in (text.find(mark, match.end()) for mark in _CLOSE) if p >= 0), default=-1
    )
    return 0 <= closing - opening <= 12


def _set_phrase(unit: str, rest: str) -> bool:
    """两个维护, 三件套, 三次分配, 四个现代化: no counts."""
    phrases = {
        "个": "一|意识|自信|维护|确立|代表|务必|必由|现代化|文明|结合|到位|转变|人|字|层面|环节|维度|阶段|步骤|关键|重点|角度",
        "件": "套|事实", "次": "分配|元|方", "本": "账|经", "条": "腿", "项": "改革", "人": "行|小组|份", "位": "一体",
        "天": "两头", "家": "之言", "部": "曲", "组": "对", "名": "", "年": "",
    }  # fmt: skip
    words = phrases.get(unit, "")
    return bool(words) and re.match(words, rest) is not None
