"""Places and units of the demonstration. Areas are the real division codes; compounds, firms and
people are invented, apart from the four compounds and the communities that the published page names.
"""

from __future__ import annotations

from dataclasses import dataclass

#: county code → (short name of the centre, demo weight of its live work)
COUNTIES = {"530681": ("水富市", 6), "530602": ("昭阳区", 3), "530621": ("鲁甸县", 1)}


@dataclass(frozen=True)
class UnitPlan:
    """A unit of each county: name behind the county's, short name, function, kind."""

    name: str
    short: str
    function: str
    kind: str = "department"


#: The thirteen units of the task force 治理特勤队 come first.
DEPARTMENTS = (
    UnitPlan("住房和城乡建设局", "住建局", "housing"),
    UnitPlan("城市管理综合执法局", "综合执法局", "enforcement"),
    UnitPlan("公安局", "公安局", "police"),
    UnitPlan("消防救援大队", "消防大队", "fire", "brigade"),
    UnitPlan("自然资源局", "自然资源局", "land"),
    UnitPlan("市场监督管理局", "市场监管局", "market"),
    UnitPlan("生态环境分局", "生态环境分局", "environment"),
    UnitPlan("司法局", "司法局", "justice"),
    UnitPlan("搬迁安置办公室", "搬迁安置办", "resettlement"),
    UnitPlan("民政局", "民政局", "civil_affairs"),
    UnitPlan("供水公司", "供水公司", "water"),
    UnitPlan("供电局", "供电局", "power"),
    UnitPlan("燃气公司", "燃气公司", "gas"),
)

#: compound → (county, community, households, firm index or None); where it stands: rules.points
COMPOUNDS: tuple[tuple[str, str, str, int, int | None], ...] = (
    ("新天地小区", "530681", "团结路社区", 812, 0),
    ("枫叶新城小区", "530681", "安江社区", 1260, 1),
    ("天福园小区", "530681", "田坝社区", 540, 2),
    ("盐丰小区", "530681", "人民路社区", 468, None),
    ("金江花园小区", "530681", "人民路社区", 620, 0),
    ("云水人家小区", "530681", "人民路社区", 384, 3),
    ("横江雅苑小区", "530681", "团结路社区", 455, 1),
    ("兴化苑小区", "530681", "兴化路社区", 276, None),
    ("温泉国际小区", "530681", "温泉社区", 930, 2),
    ("双江佳园小区", "530681", "双江社区", 318, 3),
    ("田坝老粮站家属院", "530681", "田坝社区", 64, None),
    ("邵女坪安置小区", "530681", "邵女坪社区", 702, None),
    ("安江移民安置小区（北区）", "530681", "安江社区", 588, None),
    ("凤凰城小区", "530602", "母鹿社区", 1430, 4),
    ("母鹿新苑小区", "530602", "母鹿社区", 366, 5),
    ("崇义佳园小区", "530602", "崇义街社区", 512, 4),
    ("幸福馨居小区", "530602", "幸福馨居社区", 2240, 5),
    ("文屏花园小区", "530621", "文昌宫社区", 420, 6),
)

FIRMS = ("安居", "和谐家园", "江畔", "众邻", "昭福", "乌蒙", "文屏")

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "启明", "若溪", "守田", "云起", "知秋", "向晚", "立夏", "怀谷", "景行", "思远", "望舒", "承泽",
    "听澜", "木清", "允中", "采薇", "浩川", "映雪", "长庚", "归舟", "南乔", "既白", "星野", "可期",
)  # fmt: skip


def invented_name(n: int) -> str:
    """The n-th invented name: surnames and given names that do not repeat within 700."""
    return SURNAMES[n % len(SURNAMES)] + GIVEN[(n * 7 + n // len(SURNAMES)) % len(GIVEN)]
