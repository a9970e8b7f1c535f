"""Which places a text names, found by their endings and by how people repeat them; no list of names.

A place name in Chinese ends in a word of kind (新城, 苑, 小区, 路, 街道, 小学 …). Where it begins is
learned from all texts together: from the ending leftwards a name grows as long as most of the
people who use it (GROWS) write the further character too. What is left is a name if it stands
mostly before such endings (伊景 → 园), or at least is no everyday word (附近, 安置, 整个).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ENDINGS = (
    # where people live
    "小区", "社区", "花园", "家园", "新城", "新村", "新苑", "公寓", "公馆", "嘉园", "佳园", "佳苑", "雅苑", "名苑",
    "名城", "名园", "花苑", "华苑", "华庭", "华府", "豪庭", "豪苑", "山庄", "安置区", "家属院", "家属区", "宿舍", "苑",
    "园", "城", "府", "庭", "郡", "湾", "居", "轩", "墅", "院", "坊", "邸", "国际", "小镇",
    # what stands in a town
    "大厦", "广场", "商场", "超市", "市场", "商城", "大楼", "酒店", "学校", "小学", "中学", "学院", "大学", "幼儿园",
    "医院", "公园", "车站", "地铁站", "高铁站", "火车站", "工业园", "产业园", "物流园", "水库", "大桥", "立交桥",
    "体育馆", "图书馆", "码头", "机场",
    # streets and areas
    "街道", "大道", "路", "街", "巷", "镇", "乡", "村", "湖", "河", "江", "山", "岭", "站", "桥", "屯", "寨",
    "片区", "新区", "开发区", "示范区",
)  # fmt: skip
# What ends like a place and is none.
NO_PLACES = (
    "政府", "市政府", "法院", "检察院", "国务院", "住院", "出院", "入院", "家庭", "法庭", "马路", "道路", "线路",
    "公路", "铁路", "高速公路", "十字路", "出路", "思路", "半路", "修路", "网路", "电路", "邻居", "定居", "移居",
    "旧居", "安居", "步行街", "城乡", "家乡", "下乡", "文明城", "商城", "长城", "农村", "城中村", "公交站", "加油站",
    "搅拌站", "变电站", "充电站", "收费站", "工作站", "服务站", "卫生院", "敬老院", "养老院", "江湖", "江山", "走投无路",
    "无路", "必经之路", "交叉路", "高架桥",
)  # fmt: skip
LONGEST_NAME = 8
GROWS = 0.6
STANDS_ALONE = 0.3
MOSTLY = 0.8
FEWEST_PEOPLE = 2

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_ENDING = re.compile(
    "(?=(" + "|".join(sorted([*ENDINGS, *NO_PLACES], key=len, reverse=True)) + "))"
)
# 周边居民, 城管, 园区: the character that follows makes it another word.
_GOES_ON = {
    "居": "民住委然士",
    "城": "市管乡镇建投",
    "园": "区林长丁",
    "院": "子长落校",
    "站": "在着出立",
}
# What a name does not reach over: administrative names before it, and words that join.
_BOUNDARY = re.compile(
    r".*(?:[省州市县区的在与及从到离是有被把对就这那条请]|希望|请求|街道|[镇乡])"
)
_EVERYDAY = frozenset((
    "业主", "居民", "物业", "住宅", "商业", "政府", "人民政府", "城市", "农村", "农贸", "菜", "批发", "综合", "服务",
    "行政", "高速", "公共", "大型", "小型", "高档", "商品房", "保障", "廉租", "棚户", "公办", "民办", "公立", "私立",
    "普惠性", "全体", "当地", "首末", "本地", "国际", "安置", "周边", "附近", "旁边", "对面", "整个", "工业", "产业",
    "技术", "职业", "人行", "主干", "出入", "公交", "地铁", "轻轨", "火车", "汽车", "高铁", "加油", "充电", "社区",
    "小区", "学校", "医院", "街道", "楼盘", "项目", "开发商", "公司", "国家", "大家",
))  # fmt: skip
_EVERYDAY_TAGS = frozenset((
    "v", "vn", "vd", "f", "r", "d", "p", "m", "q", "c", "u", "a", "ad", "an", "b", "t",
    "y", "x", "l",
))  # fmt: skip

_NONE = frozenset(NO_PLACES)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as most people call it, its longer and shorter spellings, the rows that name it."""

    name: str
    spellings: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    """An ending in a text: the characters that may belong to it (ending included), its length."""

    letters: str
    ending: int


def find_places(texts: Sequence[str], people: Sequence[str]) -> list[Place]:
    """Places that two people or more name, those of most people first.

    `people[i]` says who wrote texts[i] (any key): who writes ten times is counted once.
    """
    uses = [list(_uses(text)) for text in texts]
    writers: dict[str, set[str]] = {}
    for i, found in enumerate(uses):
        for use in found:
            for start in range(len(use.letters) - use.ending):
                writers.setdefault(use.letters[start:], set()).add(people[i])
    rows: dict[str, set[int]] = {}
    stems: dict[str, str] = {}
    for i, found in enumerate(uses):
        for use in found:
            name = _grown(use, writers)
            if len(name) >= use.ending + 2 and len(writers[name]) >= FEWEST_PEOPLE:
                rows.setdefault(name, set()).add(i)
                stems[name] = name[: -use.ending]
    kept = _names(rows, stems, texts)
    return _joined({name: rows[name] for name in kept}, people)


def _uses(text: str) -> Iterator[_Use]:
    """Each place where a text has an ending, with up to LONGEST_NAME characters before it."""
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        longest: dict[int, int] = {}
        for found in _ENDING.finditer(run):
            end = found.end(1)
            longest[end] = max(longest.get(end, 0), end - found.start())
        for end, ending in longest.items():
            follows = run[end : end + 1]
            if run[end - ending : end] in _NONE or (
                follows and follows in _GOES_ON.get(run[end - 1], "")
            ):
                continue
            before = run[max(0, end - ending - LONGEST_NAME) : end - ending]
            edge = _BOUNDARY.match(before)
            before = before[edge.end() :] if edge else before
            if before:
                yield _Use(before + run[end - ending : end], ending)


def _grown(use: _Use, writers: dict[str, set[str]]) -> str:
    """The ending with as much before it as most people write; at least two characters, if any."""
    size = min(len(use.letters), use.ending + 2)
    while size < len(use.letters):
        here, further = use.letters[-size:], use.letters[-size - 1 :]
        if len(writers[further]) < max(GROWS * len(writers[here]), FEWEST_PEOPLE):
            break
        size += 1
    return use.letters[-size:]


def _names(rows: dict[str, set[int]], stems: dict[str, str], texts: Sequence[str]) -> list[str]:
    """Names that are names: their stem stands mostly before endings, or is no everyday word."""
    import rjieba

    stands: dict[str, set[int]] = {}
    for name, found in rows.items():
        stands.setdefault(stems[name], set()).update(found)
    everywhere = _rows_with(set(stands), texts)
    kept = []
    for name, stem in stems.items():
        tags = rjieba.tag(name)
        if stem in _EVERYDAY or (len(tags) == 1 and tags[0][1] == "n"):
            continue
        alone = len(stands[stem]) >= STANDS_ALONE * max(everywhere[stem], 1)
        first = rjieba.tag(stem)[0]
        if alone or (first[1] not in _EVERYDAY_TAGS and first[0] not in _EVERYDAY):
            kept.append(name)
    return kept


def _rows_with(stems: set[str], texts: Sequence[str]) -> dict[str, int]:
    """In how many texts each stem stands, in one pass over the texts."""
    sizes = sorted({len(stem) for stem in stems})
    counts = dict.fromkeys(stems, 0)
    for text in texts:
        here: set[str] = set()
        for run in _RUN.findall(text):
            for size in sizes:
                here.update(run[at : at + size] for at in range(len(run) - size + 1))
        for stem in here & stems:
            counts[stem] += 1
    return counts


def _joined(rows: dict[str, set[int]], people: Sequence[str]) -> list[Place]:
    """Join spellings: what begins with a name, or ends one and is mostly written so, is that place."""
    order = sorted(rows, key=lambda name: (len(name), name))
    root: dict[str, str] = {}
    for name in order:
        starts = (name[:size] for size in range(3, len(name)))
        root[name] = next((root[start] for start in starts if start in rows), name)
    for longer in order:
        for size in range(3, len(longer)):
            name = longer[-size:]
            if root.get(name) == name and len(rows[longer]) >= MOSTLY * len(rows[name]):
                root[name] = root[longer]
    together: dict[str, list[str]] = {}
    for name in order:
        head = name
        while root[head] != head:
            head = root[head]
        together.setdefault(head, []).append(name)
    places = []
    for names in together.values():
        found = sorted(set().union(*(rows[name] for name in names)))
        best = max(names, key=lambda name: (len(rows[name]), -len(name)))
        places.append(Place(best, tuple(names), tuple(found)))
    places.sort(key=lambda p: (-len({people[i] for i in p.rows}), p.name))
    return places
