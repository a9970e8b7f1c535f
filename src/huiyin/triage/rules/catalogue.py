"""The dispatch catalogue 派单目录: which function leads a matter, who supports, how to tell.

Starter rows of practice.md §1.8; every one is 待本地确认 until the city backs it with its list of
duties (镇街履职事项清单). A community 社区 only ever supports. Nothing here is a decision: three
suggestions with reasons and a confidence, or 不确定, and a dispatcher clicks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiyin.triage.rules.functions import NEVER_LEAD, function_label

LIFE, UTILITY, NORMAL = "life", "utility", "normal"
PRACTICE = "小区诉求默认派单目录（通行做法），待本地确认"
DUTIES = "部门三定职责的通行划分，待本地确认"

# How many confirmed dispatches outweigh the catalogue.
CATALOGUE_WEIGHS = 4.0
# A dispatch of the parent category counts this much, of the grandparent this much squared.
PARENT_WEIGHS = 0.3
# Below this confidence, or nearer than this to the second, the screen says 不确定.
SURE_FROM = 0.45
MARGIN = 0.1
# What a category weighs beside keywords (which weigh their letters).
CATEGORY_WEIGHS = 6.0

Learned = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Lead:
    """A function that may lead. `words` turn the matter to it; `when` says so on the screen."""

    function: str
    when: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One matter. The first lead is the default; `categories` are names of the tree, any level.

    `document` and `confirmed` are set when the city has confirmed the row (文号).
    """

    code: str
    matter: str
    keywords: tuple[str, ...]
    leads: tuple[Lead, ...]
    support: tuple[str, ...]
    urgency: str
    deadline: str
    how_to_tell: str
    categories: tuple[str, ...] = ()
    origin: str = PRACTICE
    document: str = ""

    def __post_init__(self) -> None:
        if any(lead.function in NEVER_LEAD for lead in self.leads):
            raise ValueError(f"{self.matter}：社区只能协助，不能主办。")

    @property
    def basis(self) -> str:
        """What to show beside the row: the local document, else where the default comes from."""
        return self.document or self.origin


@dataclass(frozen=True, slots=True)
class UnitSuggestion:
    """One function that may lead, its confidence (0 … 1) and why."""

    function: str
    label: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """Up to three leads, best first; who supports; the matter recognised, if any."""

    leads: tuple[UnitSuggestion, ...]
    support: tuple[str, ...]
    matter: Row | None
    uncertain: bool


def suggest_units(
    text: str,
    category: Sequence[str] = (),
    learned: Learned | None = None,
    *,
    category_code: str = "",
    rows: Sequence[Row] | None = None,
    not_available: Collection[str] = (),
) -> Units:
    """Three functions that may lead this text, with reasons.

    `category` = the names of the suggested category, first level first; `learned[key][function]` =
    confirmed dispatches, key a category code or a matter's code; `not_available` = functions that
    cannot lead here (no firm at the place, or the unit that the report is about).
    """
    found = matching_rows(text, category, ROWS if rows is None else rows)
    scores: dict[str, float] = {}
    reasons: dict[str, list[str]] = {}
    total = sum(score for _, score, _ in found) or 1.0
    for row, score, words in found[:3]:
        for lead, share, why in _lead_shares(text, row):
            if lead.function not in not_available:
                part = CATALOGUE_WEIGHS * score / total * share
                scores[lead.function] = scores.get(lead.function, 0.0) + part
                reasons.setdefault(lead.function, []).append(_because(row, words, why))
    keys = _keys(category_code, [row.code for row, _, _ in found[:1]])
    for key, weight in keys:
        for function, count in (learned or {}).get(key, {}).items():
            if function not in not_available and function not in NEVER_LEAD and count > 0:
                scores[function] = scores.get(function, 0.0) + weight * count
                if weight == 1.0:
                    reasons.setdefault(function, []).insert(0, f"同类事项已确认派给此处 {count} 件")
    return _ranked(scores, reasons, found[0][0] if found else None)


def matching_rows(
    text: str, category: Sequence[str], rows: Iterable[Row]
) -> list[tuple[Row, float, tuple[str, ...]]]:
    """Rows that the text or its category speaks for: (row, score, words found), best first."""
    hits = []
    for row in rows:
        words = tuple(word for word in row.keywords if word in text)
        score = float(sum(len(word) for word in words))
        if any(name in row.categories for name in category):
            score += CATEGORY_WEIGHS
        if score:
            hits.append((row, score, words))
    hits.sort(key=lambda hit: (-hit[1], hit[0].code))
    return hits


def _lead_shares(text: str, row: Row) -> list[tuple[Lead, float, str]]:
    """How the leads of a row share it: the default three to one, unless words turn it."""
    turned = [sum(word in text for word in lead.words) for lead in row.leads]
    weights = [
        (3.0 if at == 0 and not any(turned) else 1.0) + 6.0 * min(hits, 2)
        for at, hits in enumerate(turned)
    ]
    total = sum(weights)
    return [
        (lead, weight / total, lead.when) for lead, weight in zip(row.leads, weights, strict=True)
    ]


def _because(row: Row, words: Sequence[str], when: str) -> str:
    said = f"（文中有“{'、'.join(words[:3])}”）" if words else "（按类别）"
    return f"派单目录“{row.matter}”{said}{'：' + when if when else ''}；{row.basis}"


def _keys(category_code: str, matters: Sequence[str]) -> list[tuple[str, float]]:
    """Keys under which confirmed dispatches are counted, each with its weight."""
    keys = [(matter, 1.0) for matter in matters]
    weight = 1.0
    for size in range(len(category_code), 0, -2):
        keys.append((category_code[:size], weight))
        weight *= PARENT_WEIGHS
    return keys


def _ranked(
    scores: Mapping[str, float], reasons: Mapping[str, Sequence[str]], matter: Row | None
) -> Units:
    total = sum(scores.values())
    order = sorted(scores, key=lambda function: (-scores[function], function))[:3]
    leads = tuple(
        UnitSuggestion(
            function,
            function_label(function),
            round(scores[function] / total, 4),
            tuple(dict.fromkeys(reasons.get(function, ("同一大类的确认派单",))))[:3],
        )
        for function in order
    )
    first = leads[0].confidence if leads else 0.0
    second = leads[1].confidence if len(leads) > 1 else 0.0
    taken = {lead.function for lead in leads[:1]}
    support = tuple(f for f in (matter.support if matter else ()) if f not in taken)
    uncertain = first < SURE_FROM or first - second < MARGIN
    return Units(leads, support, matter, uncertain)


ROWS: tuple[Row, ...] = (
    Row("pipe_leak", "管道漏水（共用管）",
        ("漏水", "渗水", "爆管", "水管", "下水道", "管道", "反水", "返水", "倒灌", "堵塞", "化粪池"),
        (Lead("firm", "有物业的由物业"),
         Lead("service_team", "无物业的由社区服务队", ("没有物业", "无物业", "弃管", "老旧小区")),
         Lead("housing", "涉及维修资金、保修期", ("维修资金", "维修基金", "保修", "质保", "开发商", "新房"))),
        ("community", "housing"), NORMAL, "爆管 2 小时；一般 3 日", "专有还是共有、是否在保修期、是否动用维修资金",
        ("管道漏水",)),
    Row("cut_off", "停水停电停气",
        ("停水", "断水", "没水", "停电", "断电", "没电", "停气", "断气", "没气", "水压", "跳闸", "供水", "供电"),
        (Lead("water", "供水企业", ("停水", "断水", "没水", "水压", "供水", "自来水", "二次供水")),
         Lead("power", "供电企业", ("停电", "断电", "没电", "跳闸", "供电", "电压", "变压器")),
         Lead("gas", "燃气企业", ("停气", "断气", "没气", "燃气", "天然气", "煤气"))),
        ("firm",), UTILITY, "2 小时响应、24 小时恢复或答复", "先查计划停供公告，咨询即答",
        ("停水水压", "停电", "停气燃气", "自来水供应", "电力供应", "燃气供应")),
    Row("gas_or_fire", "燃气异味、冒烟着火",
        ("燃气味", "煤气味", "天然气味", "燃气泄漏", "煤气泄漏", "漏气", "着火", "起火", "冒烟"),
        (Lead("fire", "先拨 119，不走工单，只补登记"),
         Lead("gas", "燃气抢修", ("燃气", "煤气", "天然气", "漏气"))),
        ("community",), LIFE, "即时", "先拨 119 或燃气抢修，这里只补登记", ()),
    Row("lift", "电梯困人、故障",
        ("电梯", "困梯", "停梯", "轿厢", "升降机"),
        (Lead("firm", "物业督促维保"),
         Lead("market", "困人、带病运行由市场监管（特种设备）", ("困人", "被困", "掉层", "下坠", "年检", "检验", "超期", "维保")),
         Lead("housing", "涉及维修资金更换", ("维修资金", "维修基金", "更换电梯"))),
        ("market",), NORMAL, "困人 30 分钟到场；故障 3 日", "停梯公告、维修资金应急使用",
        ("电梯故障", "特种设备管理")),
    Row("outer_wall", "外墙脱落",
        ("外墙", "瓷砖", "墙皮", "墙砖", "掉砖", "屋面", "屋顶"),
        (Lead("firm", "物业、业主"),
         Lead("housing", "政府改造项目、保修期内", ("改造", "保修", "开发商", "质保", "施工方"))),
        ("enforcement", "fire"), NORMAL, "围挡 2 小时；处置 15 日", "是否在保修期、改造项目是否在保",
        ("外墙屋面",)),
    Row("illegal_building", "违规装修、拆承重墙、违建",
        ("承重墙", "违建", "违章建筑", "违章搭建", "违法建设", "乱搭", "加建", "私搭", "拆墙", "改结构", "违规装修", "彩钢棚",
         "搭建"),
        (Lead("enforcement", "违法建设由综合执法",
              ("违建", "违章建筑", "违章搭建", "违法建设", "加建", "私搭", "彩钢棚", "搭建")),
         Lead("housing", "房屋结构由住建", ("承重墙", "装修", "结构", "拆墙"))),
        ("firm", "community"), NORMAL, "1 日到场", "社区没有执法权；物业劝阻并报告",
        ("违规装修", "违法建设", "违章建筑", "修缮装修")),
    Row("flying_wire", "飞线充电、楼道停车",
        ("飞线", "拉线充电", "楼道充电", "电瓶车", "电动车", "充电桩", "楼道停放"),
        (Lead("firm", "物业劝阻"),
         Lead("fire", "拒不改正", ("拒不", "不听", "多次", "劝阻无效", "屡禁")),
         Lead("police", "拒不改正由派出所", ("派出所", "报警"))),
        ("community",), NORMAL, "1 日", "配套充电口是否够用", ("飞线充电",)),
    Row("fire_lane", "消防通道占用",
        ("消防通道", "消防车道", "占用通道", "堵塞通道", "楼道堆", "堆放杂物", "堆杂物", "安全出口"),
        (Lead("firm", "物业清理"),
         Lead("fire", "拒不改正", ("拒不", "不听", "多次", "长期", "屡禁", "消防隐患")),
         Lead("traffic_police", "车辆占用公共道路", ("违停", "公共道路", "路边", "马路"))),
        ("community",), NORMAL, "2 小时", "是否划线标识", ("消防通道占用", "消防安全")),
    Row("parking", "车位改造、停车纠纷",
        ("停车", "车位", "乱停", "僵尸车", "地锁", "停车场"),
        (Lead("locality", "社区大党委议事，街道牵头"),
         Lead("traffic_police", "道路违停", ("违停", "马路", "路边", "人行道", "道路")),
         Lead("housing", "车位买卖、物业管理", ("捆绑", "销售", "买车位", "产权车位", "开发商")),
         Lead("market", "停车收费", ("停车费", "收费标准", "乱收费"))),
        ("housing", "traffic_police", "land", "community"), NORMAL, "15 日议定", "共有部位须业主表决（四分之三）",
        ("停车纠纷",)),
    Row("firm_service", "物业服务差、费用争议",
        ("物业", "物业费", "公摊", "保洁", "保安", "管家", "维修资金", "维修基金"),
        (Lead("housing", "住建（信用）"),
         Lead("locality", "街道调处", ("更换物业", "换物业", "矛盾", "调解")),
         Lead("market", "价格违法", ("乱收费", "价格", "收费标准", "不公示"))),
        ("locality", "community"), NORMAL, "7 日", "欠费的民事部分告知诉讼或仲裁",
        ("服务质量", "收费争议", "物业服务", "小区管理")),
    Row("owners_committee", "业委会选举换届",
        ("业委会", "业主委员会", "业主大会", "换届", "筹备组"),
        (Lead("locality", "街道指导"),), ("housing", "community"), NORMAL, "按法定程序",
        "双三分之二参与；业委会选出 30 日内备案", ("业委会选举",)),
    Row("noise", "噪音",
        ("噪音", "噪声", "扰民", "广场舞", "音响", "KTV", "吵", "低频"),
        (Lead("police", "社会生活噪声由公安",
              ("广场舞", "音响", "唱歌", "KTV", "麻将", "酒吧", "邻居", "楼上", "夜宵", "烧烤")),
         Lead("enforcement", "施工噪声由综合执法", ("施工", "工地", "打桩", "渣土车", "夜间施工")),
         Lead("environment", "工业噪声由生态环境", ("工厂", "厂房", "搅拌站", "企业", "风机", "空调外机", "车间"))),
        ("firm",), NORMAL, "夜间 2 小时", "声源类型决定部门",
        ("社会生活噪声", "施工噪声", "噪音污染")),
    Row("street", "油烟、占道、垃圾",
        ("油烟", "占道", "摆摊", "流动摊", "夜市", "垃圾", "清运", "牛皮癣", "小广告", "渣土", "路灯", "井盖"),
        (Lead("enforcement"),
         Lead("firm", "小区内垃圾由物业", ("小区内", "物业", "楼道"))),
        ("community",), NORMAL, "3 日", "小区内还是公共区域", ("占道经营", "垃圾清运", "油烟", "城管执法", "环境卫生")),
    Row("neighbours", "邻里纠纷",
        ("邻居", "楼上", "楼下", "邻里", "养狗", "遛狗", "高空抛物", "吵架"),
        (Lead("locality", "街道牵头，社区调解（自愿）"),
         Lead("police", "治安情形", ("打人", "威胁", "狗咬", "报警", "高空抛物")),
         Lead("justice", "司法所人民调解", ("调解", "协议", "赔偿"))),
        ("community", "justice", "police"), NORMAL, "7 日内首次调解", "自愿；不计解决率", ("邻里纠纷",)),
    Row("resettlement", "移民、搬迁安置遗留",
        ("移民", "搬迁", "安置房", "安置费", "拆迁", "回迁", "过渡费", "征收", "征地"),
        (Lead("resettlement", "搬迁安置"),
         Lead("land", "征地、产权", ("征地", "土地", "宅基地", "产权", "不动产", "房产证")),
         Lead("housing", "安置房质量、征收补偿", ("质量", "漏水", "房屋征收", "棚改", "旧城改造"))),
        ("locality",), NORMAL, "疑难 15 日并挂账", "安置协议、产权", ("安置遗留", "安置补偿", "回迁房", "房屋拆迁")),
    # Beside §1.8: what residents bring to any desk.
    Row("wages", "欠薪、劳动争议",
        ("工资", "欠薪", "工钱", "加班费", "劳动合同", "辞退", "克扣", "农民工"),
        (Lead("labour"), Lead("housing", "工程款引起的", ("工程款", "项目款"))),
        ("locality",), NORMAL, "10 个工作日", "有合同或工资表；可告知仲裁", ("欠薪", "工资发放", "农民工权益"), DUTIES),
    Row("insurance", "社保医保",
        ("社保", "医保", "养老金", "养老保险", "退休", "失业金", "工伤", "公积金", "新农合"),
        (Lead("labour"),
         Lead("insurance", "医疗、生育保险", ("医保", "新农合", "报销", "生育保险", "合作医疗")),
         Lead("housing", "公积金", ("公积金",))),
        (), NORMAL, "5 个工作日", "险种与参保地", ("社保待遇",), DUTIES),
    Row("school", "入学与学校",
        ("学校", "入学", "幼儿园", "学区", "老师", "补课", "学位", "招生", "培训机构", "小学", "中学"),
        (Lead("education"), Lead("market", "收费、合同", ("退费", "退款", "合同"))),
        (), NORMAL, "5 个工作日", "公办还是民办", ("入学教育", "招生录取"), DUTIES),
    Row("medical", "医疗卫生",
        ("医院", "医生", "看病", "诊所", "疫苗", "卫生院", "医疗", "护士"),
        (Lead("health"), Lead("insurance", "报销", ("报销", "医保"))), (), NORMAL, "5 个工作日",
        "医疗服务还是费用", ("医疗服务",), DUTIES),
    Row("consumer", "消费与食品",
        ("退款", "欺诈", "假货", "假冒", "预付卡", "会员卡", "食品", "过期", "超市", "虚假宣传", "传销", "明码标价"),
        (Lead("market"),), (), NORMAL, "10 个工作日", "有票据、付款记录", ("消费纠纷", "食品安全", "商品质量"), DUTIES),
    Row("transport", "公交、客运、道路",
        ("公交", "班车", "站台", "出租车", "网约车", "客运", "公路", "县道", "乡道"),
        (Lead("transport"), Lead("traffic_police", "交通秩序", ("红绿灯", "违停", "超速", "拥堵"))),
        (), NORMAL, "5 个工作日", "城市道路属城管，公路属交通", ("公交出行", "公共汽车", "旅客运输"), DUTIES),
    Row("road", "道路与市政设施",
        ("路面", "坑洼", "破损", "人行道", "积水", "井盖", "断头路", "路灯", "修路", "红绿灯", "斑马线"),
        (Lead("enforcement", "市政设施"),
         Lead("housing", "在建、规划道路", ("规划", "断头路", "什么时候修", "建设", "开通")),
         Lead("traffic_police", "信号灯、标线", ("红绿灯", "斑马线", "标线"))),
        ("locality",), NORMAL, "7 日", "公共道路还是小区内", ("道路破损", "城市公共设施"), DUTIES),
    Row("pollution", "污染",
        ("污水", "废气", "粉尘", "扬尘", "排污", "污染", "化工", "臭气", "黑烟", "养殖场"),
        (Lead("environment"),
         Lead("enforcement", "工地扬尘", ("工地", "扬尘", "渣土")),
         Lead("agriculture", "畜禽养殖", ("养殖场", "养猪", "养鸡"))),
        ("locality",), NORMAL, "10 个工作日", "污染源是谁", ("水气污染", "水污染", "大气污染"), DUTIES),
    Row("house_deed", "购房、产权、办证",
        ("房产证", "不动产证", "产权证", "交房", "烂尾", "开发商", "购房", "首付", "预售", "楼盘", "定金"),
        (Lead("housing", "商品房销售与交付"),
         Lead("land", "不动产登记", ("房产证", "不动产", "产权证", "过户"))),
        ("locality",), NORMAL, "10 个工作日", "卡在验收、欠税还是查封", ("产权办证", "购房交付", "房产证登记、办理"), DUTIES),
    Row("relief", "低保救助",
        ("低保", "困难补助", "残疾", "救助", "养老院", "殡葬", "五保", "孤儿"),
        (Lead("civil_affairs"),), ("community", "locality"), NORMAL, "5 个工作日", "户籍与收入", ("低保救助", "农村低保", "城镇低保"),
        DUTIES),
)  # fmt: skip

#: Codes of the matters that every installation starts with.
STARTERS = frozenset(row.code for row in ROWS)
