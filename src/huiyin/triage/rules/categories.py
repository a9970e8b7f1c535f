"""The tree of categories: three levels with codes of two digits each, 01 › 0102 › 010203.

A city brings its own sheet (一级分类, 二级分类, 三级分类 as in the sheets of the 国家信访局 kind) or
starts with the small tree below: compounds' matters of practice.md §1.8 in the twelve-class manner
of GB/T 39666-2020. Codes never move: a name that was numbered once keeps its code when a longer
sheet is imported later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEVELS = 3
HEADINGS = (
    ("一级分类", "一级标签", "一级类别", "大类", "一级"),
    ("二级分类", "二级标签", "二级类别", "中类", "二级"),
    ("三级分类", "三级标签", "三级类别", "小类", "三级"),
)
KEYWORD_HEADINGS = ("关键词", "关键字", "提示词")

Path = tuple[str, ...]


class NoCategories(ValueError):
    """The sheet has no columns or rows of categories."""


@dataclass(frozen=True, slots=True)
class Category:
    """One node. `parent` is "" at the first level; `keywords` speak for it in a text."""

    code: str
    name: str
    level: int
    parent: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """All nodes by code, parents before children."""

    nodes: tuple[Category, ...]

    def get(self, code: str) -> Category | None:
        return next((node for node in self.nodes if node.code == code), None)

    def children(self, code: str = "") -> tuple[Category, ...]:
        """Nodes directly below, in the order of the sheet; below nothing = first level."""
        return tuple(node for node in self.nodes if node.parent == code)

    def path(self, code: str) -> Path:
        """Names from the first level down to this node; empty for an unknown code."""
        names = [
            node.name for size in range(2, len(code) + 1, 2) if (node := self.get(code[:size]))
        ]
        return tuple(names)

    def find(self, *names: str) -> Category | None:
        """The node with that path of names."""
        at = ""
        node = None
        for name in names:
            node = next((n for n in self.children(at) if n.name == name), None)
            if node is None:
                return None
            at = node.code
        return node

    def by_keywords(self, text: str) -> list[tuple[Category, tuple[str, ...]]]:
        """Nodes whose keywords stand in the text, those of most letters first, with the words."""
        hits = []
        for node in self.nodes:
            words = tuple(word for word in node.keywords if word in text)
            if words:
                hits.append((node, words))
        hits.sort(key=lambda hit: (-sum(map(len, hit[1])), -hit[0].level, hit[0].code))
        return hits


def read_sheet(rows: Sequence[Sequence[object]], *, known: Iterable[Category] = ()) -> Tree:
    """A tree from the rows of a sheet; the heading row is found, also below a title.

    Merged or left-out cells of the first two columns repeat what stands above. Names in `known`
    keep their codes and keywords; new ones are numbered after them. Raises NoCategories.
    """
    head, columns, words = _header(rows)
    paths: dict[Path, tuple[str, ...]] = {}
    above: list[str] = [""] * LEVELS
    for row in rows[head + 1 :]:
        cells = [_cell(row, column) for column in columns]
        for level, cell in enumerate(cells):
            if cell and cell != above[level]:
                above[level] = cell
                above[level + 1 :] = cells[level + 1 :] + [""] * (LEVELS - len(cells))
        path = tuple(cell or above[level] for level, cell in enumerate(cells))
        while path and not path[-1]:
            path = path[:-1]
        if path and all(path):
            paths.setdefault(path, _keywords(_cell(row, words)))
    if not paths:
        raise NoCategories(
            "表中没有类别：请保留“一级分类、二级分类、三级分类”三列并从下一行开始填写。"
        )
    return numbered(paths, known=known)


def numbered(
    paths: Mapping[Path, tuple[str, ...]] | Iterable[Path], *, known: Iterable[Category] = ()
) -> Tree:
    """A tree from paths of names (with keywords), new names numbered after known ones."""
    standing = Tree(tuple(known))
    codes: dict[Path, Category] = {standing.path(node.code): node for node in standing.nodes}
    last: dict[str, int] = {}
    for node in standing.nodes:
        last[node.parent] = max(last.get(node.parent, 0), int(node.code[-2:]))
    keywords = dict(paths) if isinstance(paths, Mapping) else dict.fromkeys(paths, ())
    for path, words in keywords.items():
        for level in range(1, len(path) + 1):
            here = path[:level]
            if here not in codes:
                parent = codes[here[:-1]].code if level > 1 else ""
                last[parent] = last.get(parent, 0) + 1
                if last[parent] > 99:
                    raise NoCategories(f"“{'›'.join(here[:-1]) or '一级'}”下的类别超过 99 个。")
                code = f"{parent}{last[parent]:02d}"
                codes[here] = Category(code, here[-1], level, parent)
            if here == path and words:
                node = codes[here]
                codes[here] = Category(node.code, node.name, node.level, node.parent, words)
    return Tree(tuple(sorted(codes.values(), key=lambda node: node.code)))


def _header(rows: Sequence[Sequence[object]]) -> tuple[int, list[int], int]:
    """Row of the headings, columns of the levels (one to three), column of keywords or −1."""
    for at, row in enumerate(rows[:20]):
        cells = [re.sub(r"\s", "", str(cell)) for cell in row]
        columns = []
        for names in HEADINGS:
            column = next((cells.index(name) for name in names if name in cells), -1)
            if column < 0:
                break
            columns.append(column)
        if columns:
            words = next((cells.index(n) for n in KEYWORD_HEADINGS if n in cells), -1)
            return at, columns, words
    raise NoCategories("找不到类别列：表头须有“一级分类”（及“二级分类、三级分类”）。")


def _cell(row: Sequence[object], column: int) -> str:
    value = row[column] if 0 <= column < len(row) else ""
    return re.sub(r"\s+", "", str(value)) if value is not None else ""


def _keywords(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in re.split(r"[、,，;；|/]", cell) if word))


#: The tree a city starts with: (first, second, third) → keywords. Origin: practice.md §1.8, 待本地确认.
COLD_START: dict[Path, tuple[str, ...]] = {
    ("房屋与物业", "公共设施", "管道漏水"): ("漏水", "渗水", "水管", "爆管", "下水道", "管道", "堵塞", "反水", "返水"),
    ("房屋与物业", "公共设施", "电梯故障"): ("电梯", "停梯", "困梯", "轿厢", "维保"),
    ("房屋与物业", "公共设施", "外墙屋面"): ("外墙", "瓷砖脱落", "墙皮", "屋顶", "屋面", "掉砖"),
    ("房屋与物业", "公共设施", "门禁照明"): ("门禁", "单元门", "楼道灯", "路灯", "监控"),
    ("房屋与物业", "装修违建", "违规装修"): ("承重墙", "装修", "拆墙", "改结构"),
    ("房屋与物业", "装修违建", "违法建设"): ("违建", "违章建筑", "违章搭建", "乱搭", "加建", "私搭", "彩钢棚"),
    ("房屋与物业", "物业服务", "服务质量"): ("物业", "保洁", "保安", "不作为", "管家"),
    ("房屋与物业", "物业服务", "收费争议"): ("物业费", "停车费", "公摊", "乱收费", "收费不公示", "维修资金", "维修基金"),
    ("房屋与物业", "业主自治", "业委会选举"): ("业委会", "业主委员会", "业主大会", "换届", "投票"),
    ("房屋与物业", "房屋产权", "产权办证"): ("房产证", "不动产证", "产权证", "办证", "过户"),
    ("房屋与物业", "房屋产权", "购房交付"): ("交房", "烂尾", "开发商", "购房", "捆绑", "定金"),
    ("水电气", "供水", "停水水压"): ("停水", "断水", "没水", "水压", "水质", "供水"),
    ("水电气", "供电", "停电"): ("停电", "断电", "没电", "跳闸", "供电", "电压"),
    ("水电气", "供气", "停气燃气"): ("停气", "燃气", "天然气", "煤气", "管道气"),
    ("消防安全", "用电充电", "飞线充电"): ("飞线", "电动车充电", "楼道充电", "充电桩", "电瓶车", "电动车"),
    ("消防安全", "疏散通道", "消防通道占用"): ("消防通道", "堵塞通道", "占用通道", "楼道堆", "杂物"),
    ("消防安全", "消防设施", "设施损坏"): ("消防栓", "灭火器", "消防设施", "烟感"),
    ("城市管理", "停车", "停车纠纷"): ("停车", "车位", "乱停", "僵尸车", "地锁"),
    ("城市管理", "市容环境", "占道经营"): ("占道", "摆摊", "流动摊", "夜市"),
    ("城市管理", "市容环境", "垃圾清运"): ("垃圾", "清运", "臭味", "卫生死角", "保洁"),
    ("城市管理", "市容环境", "油烟"): ("油烟", "烧烤", "餐馆", "排烟"),
    ("城市管理", "市政道路", "道路破损"): ("路面", "坑洼", "井盖", "道路破损", "人行道", "积水"),
    ("城市管理", "公共交通", "公交出行"): ("公交", "班车", "站台", "出租车", "线路"),
    ("噪声与环境", "噪声", "社会生活噪声"): ("噪音", "噪声", "广场舞", "音响", "唱歌", "KTV", "扰民", "麻将"),
    ("噪声与环境", "噪声", "施工噪声"): ("施工", "工地", "打桩", "夜间施工", "搅拌站"),
    ("噪声与环境", "污染", "水气污染"): ("污水", "废气", "粉尘", "扬尘", "排污", "污染", "化工"),
    ("邻里与调解", "邻里", "邻里纠纷"): ("邻居", "楼上", "楼下", "养狗", "高空抛物", "纠纷"),
    ("移民与安置", "搬迁安置", "安置遗留"): ("移民", "搬迁", "安置", "拆迁", "回迁", "补偿", "过渡费"),
    ("劳动与社保", "劳动", "欠薪"): ("工资", "欠薪", "工钱", "加班费", "劳动合同"),
    ("劳动与社保", "社保", "社保待遇"): ("社保", "医保", "养老金", "养老保险", "退休", "失业金", "工伤"),
    ("教育医疗", "教育", "入学教育"): ("学校", "入学", "幼儿园", "学区", "老师", "补课", "学位"),
    ("教育医疗", "医疗", "医疗服务"): ("医院", "医生", "看病", "药", "诊所", "疫苗"),
    ("市场与消费", "消费", "消费纠纷"): ("退款", "欺诈", "假货", "预付卡", "价格", "食品", "过期"),
    ("民政救助", "救助", "低保救助"): ("低保", "困难补助", "残疾", "救助", "养老院", "殡葬"),
}  # fmt: skip


def cold_start() -> Tree:
    """The small built-in tree, numbered."""
    return numbered(COLD_START)
