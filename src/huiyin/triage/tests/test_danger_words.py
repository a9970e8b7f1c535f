"""Words that call for a number, the leader on duty or another channel, and words that do not."""

from __future__ import annotations

import pytest

from huiyin.triage.rules.danger_words import ALERT, EMERGENCY, scan
from huiyin.triage.services.text_files import read_sheet
from huiyin.triage.tests.real_data import real_file

FIRE, POLICE, AMBULANCE = "119", "110", "120"


@pytest.mark.parametrize(
    ("text", "key", "first"),
    [
        ("三楼着火了，快来人！", "fire", FIRE),
        ("配电房起火，烟很大", "fire", FIRE),
        ("楼道里冒浓烟", "fire", FIRE),
        ("家里冒烟了", "fire", FIRE),
        ("电动车爆炸烧起来了", "fire", FIRE),
        ("楼道里有很重的燃气味", "gas", FIRE),
        ("厨房天然气泄漏", "gas", FIRE),
        ("煤气漏了，头晕", "gas", FIRE),
        ("两个人被困在电梯里", "trapped", FIRE),
        ("电梯困人，已经二十分钟", "trapped", FIRE),
        ("小孩掉进井里了", "trapped", FIRE),
        ("老人摔倒昏迷不醒", "injured", AMBULANCE),
        ("工人触电了", "injured", AMBULANCE),
        ("有人坠楼", "injured", AMBULANCE),
        ("孩子溺水了", "injured", AMBULANCE),
        ("有人持刀在门口", "violence", POLICE),
        ("楼下正在打架", "violence", POLICE),
    ],
)
def test_an_emergency_shows_its_number_first(text: str, key: str, first: str) -> None:
    alerts = scan(text)

    assert alerts.emergency
    assert alerts.life
    assert key in {hit.key for hit in alerts.hits}
    assert alerts.numbers[0] == first


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("我不想活了", "self_harm"),
        ("再不解决我就跳楼", "self_harm"),
        ("他扬言要报复", "threat"),
        ("打电话威胁我", "threat"),
        ("包工头拖欠我们三个月工资", "wages"),
        ("老板欠薪跑了", "wages"),
        ("工资一直拿不到", "wages"),
        ("工资拖了三个月", "wages"),
        ("拖欠工钱", "wages"),
        ("工钱被拖欠半年", "wages"),
        ("血汗钱", "wages"),
        ("还我血汗钱", "wages"),
        ("民工的血汗钱要不回来", "wages"),
        ("老板躲着不见，这是我们一年的血汗钱", "wages"),
        ("工资欠了半年", "wages"),
        ("工资卡三个月没有进账", "wages"),
        ("赊账工钱，一年了还不给", "wages"),
        ("工程款不结，农民工等着过年", "wages"),
        ("开发商欠工程款没付，几十个工人等钱", "wages"),
        ("薪水没着落", "wages"),
        ("几个月没有发工资了", "wages"),
        ("加班费没给", "wages"),
        ("包工头跑了，工人的钱一分没给", "wages"),
        ("干完活不给钱", "wages"),
        ("很多业主聚集在售楼部", "crowd"),
        ("工人堵了工地大门拉横幅", "crowd"),
        ("小区门口有人员聚集", "crowd"),
        ("环卫工人罢工", "crowd"),
    ],
)
def test_an_alert_goes_to_110_and_the_leader_on_duty(text: str, key: str) -> None:
    alerts = scan(text)

    assert alerts.leader_on_duty
    assert key in {hit.key for hit in alerts.hits if hit.kind == ALERT}
    assert POLICE in alerts.numbers


HARMLESS: list[str] = [
    "楼下火锅店油烟太大", "火车站附近停车难", "火车晚点", "高铁火车票怎么买", "消防通道被车占了", "消防车道没有划线",
    "孩子上火了", "天热容易上火", "生意火爆，排队扰民", "气氛火热", "晚会红火", "灭火器过期了", "灭火设备没人管",
    "消防栓没有水", "消防设施坏了", "什么时候搞消防演练", "消防安全检查", "防火门关不上", "防火墙", "森林防火宣传",
    "火灾隐患没人管", "烟感一直响", "烟雾报警器坏了", "火灾报警器误报", "打火机", "烟花爆竹售卖点", "抽烟的人很多",
    "电梯里有人吸烟", "二手烟", "烟道串味", "烟囱", "烟草专卖", "香烟", "火腿肠过期", "火龙果烂了", "殡仪馆火化费用",
    "火葬场在哪", "万家灯火", "夜市烟火气", "他冲我发火", "很恼火", "冒火", "窝火", "香火", "炉火", "火力发电厂招工",
    "火候", "火速处理", "天然气什么时候开通", "天然气公司收费", "燃气费太高", "燃气管道改造", "煤气管道什么时候入户",
    "人口聚集区", "人群聚集地", "下水道堵塞", "道路拥堵", "生活困难", "贫困户", "停车问题困扰多年", "跳楼价清仓",
    "跳楼大甩卖", "杀虫剂味道", "汽车刹车声", "砍树", "商贩砍价", "垃圾腐败发臭", "威胁居民安全的广告牌", "路灯罢工",
    "电梯又罢工", "旅游行业", "信息爆炸", "水费", "申请低保", "办理身份证", "广场舞扰民", "油烟扰民", "烧烤排烟管",
]  # fmt: skip


HARMLESS += [
    "工资调整文件拖了一年", "工资标准是多少", "请假一天扣工资合法吗", "工程款审计结果什么时候公布", "工人修路很辛苦",
    "工资卡怎么换银行", "工资卡没发下来，去哪里领", "工资卡不发短信了", "不给办工资卡行吗", "工资条没发到手机上",
    "单位不给开工资证明", "工资流水怎么打", "用一辈子的血汗钱买的房子漏水", "开发商还我血汗钱", "驾校退我血汗钱",
    "理财平台骗了我们的血汗钱", "退休工资怎么算", "老板跑来跑去态度很好", "赊账买菜", "薪水太低", "水费拖了三个月才出账单",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_words_that_hold_a_danger_word_trigger_nothing(text: str) -> None:
    assert scan(text).hits == ()


def test_a_danger_beside_a_harmless_word_is_still_found() -> None:
    alerts = scan("火锅店着火了，消防通道堵着，人被困在二楼")

    assert [hit.word for hit in alerts.hits] == ["着火", "被困"]
    assert alerts.numbers == ("119", "120")


def test_a_hit_says_where_it_stands_in_the_text_as_given() -> None:
    text = "火锅店楼上　着火了"

    hit = scan(text).hits[0]

    assert text[hit.start : hit.end] == hit.word == "着火"
    assert hit.kind == EMERGENCY
    assert "119" in hit.message


@pytest.mark.parametrize(
    "text", ["去年这里起火过", "万一着火怎么办", "担心老人被困", "电梯多次困人", "可能会爆炸"]
)
def test_past_and_feared_dangers_show_numbers_but_start_no_clock(text: str) -> None:
    alerts = scan(text)

    assert alerts.emergency
    assert not alerts.life


def test_a_long_letter_starts_no_clock() -> None:
    alerts = scan("着火了。" + "以下是我们小区多年来反映的各项情况说明材料。" * 10)

    assert alerts.emergency
    assert not alerts.life


def test_wages_and_crowds_are_for_the_desk_and_not_for_the_resident() -> None:
    hits = {hit.key: hit.to_resident for hit in scan("拖欠工资，工人堵门，有人要跳楼").hits}

    assert hits == {"wages": False, "crowd": False, "self_harm": True}


@pytest.mark.parametrize(
    "text",
    [
        "村支书贪污扶贫款",
        "镇长收受红包",
        "举报某局局长以权谋私",
        "民警徇私枉法，包庇对方",
        "这家砂场背后有保护伞",
        "街道办主任收了开发商好处费",
        "我们社区王书记贪污低保款",
        "举报派出所所长收钱",
        "社区主任把低保给亲戚",
        "低保名额都给了亲戚",
        "局长包养情妇，公款旅游",
        "村干部和砂场勾结",
        "单位公车私用",
        # anger or doubt accuses no less: the page asks
        "怀疑书记贪污",
        "村主任是不是收了好处费",
        "不知局长收了开发商多少回扣",
        "违建没人管，是不是有保护伞？",
    ],
)
def test_an_accusation_of_an_official_names_12388(text: str) -> None:
    alerts = scan(text)

    assert alerts.wrongdoing
    assert alerts.numbers[-1] == "12388"


def test_buying_posts_names_12380() -> None:
    alerts = scan("单位领导买官卖官，任人唯亲")

    assert alerts.wrongdoing
    assert "12380" in alerts.numbers


@pytest.mark.parametrize(
    "text",
    [
        "尊敬的王书记：物业公司挪用维修资金",
        "请领导查一查物业经理收回扣的事",
        "业委会主任挪用公共收益",
        "班主任收红包",
        "到派出所办证要交多少钱",
        "城管队员收了我的秤",
        "社区主任给老人送饭",
        "派出所收钱办证吗",
        "请领导给我们安排路灯",
        "教育局克扣我的离岗补助",
        "希望局长重视垃圾腐败发臭的问题",
        "感谢民警同志",
    ],
)
def test_addressing_an_official_or_asking_for_a_service_is_no_accusation(text: str) -> None:
    assert not scan(text).wrongdoing


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("我已经起诉物业，下周开庭", "litigation"),
        ("法院已经立案", "litigation"),
        ("劳动仲裁裁决以后公司不执行", "litigation"),
        ("已申请行政复议", "review"),
        ("信访局已受理，编号还在", "petition"),
        ("已经提交信息公开申请", "disclosure"),
    ],
)
def test_a_matter_that_is_elsewhere_is_told_by_its_channel(text: str, channel: str) -> None:
    assert scan(text).elsewhere == (channel,)


@pytest.mark.parametrize(
    "text", ["物业让我去法院起诉", "要不要打官司", "信访局电话是多少", "法院不受理，我该找谁"]
)
def test_a_channel_that_was_only_spoken_of_is_not_where_the_matter_is(text: str) -> None:
    assert scan(text).elsewhere == ()


def test_an_ordinary_report_calls_for_nothing() -> None:
    alerts = scan("三栋楼下的路灯坏了，晚上看不见路。")

    assert alerts.hits == ()
    assert alerts.numbers == ()
    assert not (alerts.emergency or alerts.life or alerts.leader_on_duty or alerts.wrongdoing)


@pytest.mark.slow
def test_few_real_letters_are_asked_whether_they_accuse() -> None:
    """4,711 letters to leaders, angrier than calls: 222 asked (159 before the words were widened)."""
    sheet = read_sheet(real_file("messages/labelled.csv.gz"), ("留言主题", "留言详情"))
    letters = zip(sheet.column("留言主题"), sheet.column("留言详情"), strict=True)

    asked = sum(scan(f"{title}。{text}").wrongdoing for title, text in letters)

    assert 180 <= asked <= 240
