"""Where a figure stands: its clause, what is said before and after it, and what of that is filling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rjieba

from huiyin.documents.rules.figures import Figure
from huiyin.documents.rules.running_text import Running

#: Words between a term and its figure that change nothing about what is counted.
FILLING = (
    "截至目前", "共计", "总计", "合计", "累计", "一共", "总共", "全部", "全年", "先后", "已经", "现已", "分别", "其中", "平均",
    "各类", "各种", "各项", "有关", "相关", "群众", "居民", "市民", "百姓", "企业群众", "来电", "来信", "来访", "反映", "有效",
    "诉求", "问题", "工单", "事项", "件数", "数量", "总数", "总量", "总额", "数", "量", "合", "共", "总", "已", "达到", "达", "为",
    "是", "有", "了", "的", "到", "至", "约", "近", "余", "等", "类", "项", "件", "各", "也", "均", "都", "则", "仅", "只", "就", "又",
    "还", "并", "且", "和", "与", "及", "以及", "其", "该", "在", "于", "从", "由", "对", "将", "把", "通过", "按照", "今年", "当年", "期间",
    "情况", "方面", "来看", "上看", "中", "里", "内", "上", "下", "后", "前", "时", "人员", "占比", "占", "比例", "比重", "比", "较",
    "另有", "另外", "另", "此外", "同时", "其余", "剩余", "余下", "申请", "办理", "服务", "活动", "超过", "突破", "不足", "不到", "接近",
    "左右", "以上", "以下", "目前", "现有", "实现", "完成", "认真", "及时", "有序", "持续", "积极", "扎实", "快速", "依法", "高效",
    "全市", "全区", "全县", "全镇", "全街道", "我市", "我区", "我县", "本市", "辖区", "：", "“", "”", "（", "）", "(", ")", "—",
    "稿子", "写", "仅", "实际", "一栏", "最后", "却", "少于", "多于", "高于", "低于", "降", "升", "水平", "指标", "最多", "最高", "最少", "最低", "人数", "次数", "个数", "一项", "稳定", "保持", "多", "件次", "热线", "平台", "渠道",
    "涉及", "属于", "承办单位", "责任单位", "职能部门", "部门", "单位", "受理中心", "中心", "居住地", "群众认为", "认为", "最",
    "有的", "来自", "裁定", "有序", "逐一", "认领", "顺利", "提出", "做出", "作出", "登记", "收到", "组织", "开展", "参与", "参加", "给予", "经", "被", "得到", "成功", "一律",
    "累计达", "每", "月", "年", "天", "日", "周", "季度", "均为", "升至", "降至", "升到", "降到", "提高", "提升", "增长", "上升", "增加",
    "下降", "减少", "降低", "同比", "环比", "同期", "去年", "上年", "上月", "百分点", "个", "名", "位", "次", "人",
)  # fmt: skip
_FILLING = re.compile("|".join(map(re.escape, sorted(FILLING, key=len, reverse=True))))
_NOUNS = ("n", "a", "k", "vn", "nz", "ns", "nr", "nt", "l", "an", "b", "j")


@dataclass(frozen=True)
class Setting:
    """[clause_start, clause_end) of the clause; `before` = from the figure (or 、) before to this one;
    `after` = from this one to the next mark or figure. All indices of the running text."""

    clause_start: int
    clause_end: int
    before: tuple[int, int]
    after: tuple[int, int]
    sentence: int
    paragraph: int


def setting_of(text: Running, figures: Sequence[Figure], n: int) -> Setting:
    """The surroundings of figure n."""
    figure, t = figures[n], text.text
    sentence = text.sentence(figure.first)
    first, words = text.sentence_text(sentence)
    last = first + len(words)
    clause_start = max([first, *(m.end() + first for m in re.finditer("[，；：,;！？]", words)
                                 if m.end() + first <= figure.first and not _within_number(t, m.start() + first))])  # fmt: skip
    ends = [m.start() + first for m in re.finditer("[，；。！？：,;\n]", words)
            if m.start() + first >= figure.last and not _within_number(t, m.start() + first)]  # fmt: skip
    clause_end = min([last, *ends])
    earlier = [f.last for f in figures[:n] if f.last <= figure.first and f.last > clause_start]
    begin = max([clause_start, *earlier])
    later = [f.first for f in figures[n + 1 :] if f.first >= figure.last]
    stop = min([clause_end, *later[:1]])
    pause = t.find("、", figure.last, stop)
    end = pause if pause >= 0 else stop
    return Setting(
        clause_start, clause_end, (begin, figure.first), (figure.last, end), sentence,
        text.paragraph(figure.first),
    )  # fmt: skip


def told_apart(
    text: Running, figures: Sequence[Figure], n: int, setting: Setting
) -> tuple[tuple[int, int], ...]:
    """What stands for figure n where a list is told apart: of 咨询、求助分别为412件、530件 the item of
    that figure and the words behind 分别. Else just what stands before the figure."""
    t = text.text
    at = t.rfind("分别", setting.clause_start, figures[n].first)
    if at < 0:
        return (setting.before,)
    group = list_of(text, figures, n, at)
    begin = (
        max(setting.clause_start, *(f.last for f in figures[:n] if f.last <= at), 0)
        if n
        else setting.clause_start
    )
    items = [m.span() for m in re.finditer(r"(?:(?!以及)[^、和与及\n])+", t[begin:at])]
    if len(items) != len(group) or n not in group or len(items) < 2:
        return (setting.before,)
    a, b = items[group.index(n)]
    behind = (at + 2, figures[group[0]].first)
    own = (begin + a, begin + b)
    last = (
        begin + items[-1][0],
        at,
    )  # 云富街道、太平镇受理量分别为: the number stands with the last
    return (own, behind) if own == last else (own, last, behind)


def list_of(text: Running, figures: Sequence[Figure], n: int, at: int) -> list[int]:
    """The figures after a word that stand in one list with figure n."""
    return [
        i for i, f in enumerate(figures) if f.first > at and _one_list(text.text, figures, n, i)
    ]


def _one_list(text: str, figures: Sequence[Figure], n: int, i: int) -> bool:
    """Whether figures n and i belong to one list: nothing but 、 and 和 between its figures."""
    first, last = min(n, i), max(n, i)
    return all(
        re.fullmatch("[、，和与及以]{1,2}", text[figures[k].last : figures[k + 1].first])
        is not None
        for k in range(first, last)
    )


def _within_number(text: str, at: int) -> bool:
    return text[at] == "," and at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit()


def foreign(text: str, start: int, end: int, known: Iterable[tuple[int, int]]) -> str:
    """What stands in [start, end) that is neither filling nor covered by `known` spans."""
    left = [text[i] for i in range(start, end)]
    for a, b in known:
        for i in range(max(a, start), min(b, end)):
            left[i - start] = "\x00"
    rest = "".join(left)
    rest = re.sub(r"[、，\s\d.%+]", "\x00", rest)
    return _FILLING.sub("", rest).replace("\x00", "")


_LIGHT = re.compile("其中|共计?|累计|总计|合计|先后|已经?|达到?|分别|全年|约|近|为|的|了|有")


def key_of(
    text: str, stretches: Iterable[tuple[int, int]], left_out: Iterable[tuple[int, int]]
) -> str:
    """Words by which a choice is remembered: without place, period, numbers and little words."""
    spans, said = list(left_out), ""
    for start, end in stretches:
        kept = [
            c for i, c in enumerate(text[start:end], start) if not any(a <= i < b for a, b in spans)
        ]
        said += _LIGHT.sub("", re.sub(r"[^\u4e00-\u9fff]", "", "".join(kept)))
    return said[-40:] if len(said) > 1 else ""


def noun_after(text: str, start: int, end: int) -> str:
    """The noun phrase right after a figure: 居民小区 in “85个居民小区治理效能”, "" when a verb follows."""
    words: list[str] = []
    for word, tag in rjieba.tag(text[start : min(end, start + 12)]):
        if word in ("的",) and not words:
            continue
        if not tag.startswith(_NOUNS) or word in ("、", "，") or word[0] in "不均都全已还并且":
            break
        words.append(word)
    return "".join(words)


def subject_of(text: str, setting: Setting, before: tuple[int, int]) -> str:
    """What a figure counts, in the article's own words: the noun after it, else what stands before."""
    noun = noun_after(text, *setting.after)
    if noun:
        return noun
    words = text[slice(*before)] or text[setting.clause_start : setting.before[1]]
    words = re.sub(r"[“”‘’《》（）()\s]", "", words).strip("、，：；。—…")
    words = re.sub("(?:共计?|累计|达到?|已|为|约|分别)+$", "", words)
    return words[-20:].strip("、，：；。—…")
