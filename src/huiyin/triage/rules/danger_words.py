"""Words that call for something before any dispatch: a telephone number, the leader on duty, or
another channel. Hints only: the page shows them, a person decides, the record is kept after.

· emergency (practice.md §0.7, 国办 12345 规范: 紧急事项不走工单): fire, gas, trapped, injured
  → 119 / 110 / 120 first, before the form goes on;
· alert: self-harm, threats, unpaid wages 欠薪, crowds 聚集 → 110 and the leader on duty;
· wrongdoing 检举控告 of officials → 12388 (discipline) or 12380 (selection of cadres); the text
  goes to nobody in the line (practice.md §0.8, 纪检监察机关处理检举控告工作规则). Whoever writes
  怀疑, 是不是 or 不知 accuses no less: the page asks every time, the writer answers;
· elsewhere: already in court, arbitration, review, petition or disclosure → that channel
  (practice.md §1.3 六类特别处理).

A rule is a row. HARMLESS words hold a danger word and mean none; they are blanked out first, so
that positions of hits stay those of the text as given (code points).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRE_BRIGADE, POLICE, AMBULANCE = "119", "110", "120"
DISCIPLINE, CADRES = "12388", "12380"

# Whoever is in danger writes little: of 7 700 real letters hardly one of more than 200 characters
# with such a word spoke of the moment. Those show the numbers and start no clock of hours.
SHORT = 200

EMERGENCY, ALERT, WRONGDOING, ELSEWHERE = "emergency", "alert", "wrongdoing", "elsewhere"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what is looked for, whom to ring in which order, and what the screen says why.

    `to_resident`: the resident sees it too; otherwise the desk only. `key` of an elsewhere rule is
    one of the codes under which a legal channel is told. `unless`: words anywhere in the text that
    make it speak of something else.
    """

    kind: str
    key: str
    pattern: re.Pattern[str]
    numbers: tuple[str, ...]
    message: str
    to_resident: bool = True
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: the word as written, its place (code points, end excluded) and what it calls for.

    `now` is false in long texts and where the clause speaks of the past, of a habit or of something
    feared: the numbers are shown all the same, but no clock of hours should start from it.
    """

    word: str
    start: int
    end: int
    kind: str
    key: str
    numbers: tuple[str, ...]
    message: str
    to_resident: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Alerts:
    """All finds in the order of the text."""

    hits: tuple[Hit, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers to ring, those of emergencies first, each once."""
        ordered = [h for h in self.hits if h.kind == EMERGENCY]
        ordered += [h for h in self.hits if h.kind == ALERT]
        ordered += [h for h in self.hits if h.kind == WRONGDOING]
        return tuple(dict.fromkeys(number for hit in ordered for number in hit.numbers))

    @property
    def emergency(self) -> bool:
        """Whether 119, 110 or 120 stands before everything else."""
        return any(hit.kind == EMERGENCY for hit in self.hits)

    @property
    def life(self) -> bool:
        """Whether somebody seems to be in danger now: emergency, self-harm or threat."""
        return any(
            hit.now and (hit.kind == EMERGENCY or hit.key in ("self_harm", "threat"))
            for hit in self.hits
        )

    @property
    def leader_on_duty(self) -> bool:
        """Whether the leader on duty is told beside 110."""
        return any(hit.kind == ALERT for hit in self.hits)

    @property
    def wrongdoing(self) -> bool:
        """Whether the text seems to accuse an official: it goes to nobody in the line."""
        return any(hit.kind == WRONGDOING for hit in self.hits)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Codes of the channels in which the matter stands already."""
        return tuple(dict.fromkeys(hit.key for hit in self.hits if hit.kind == ELSEWHERE))


def scan(text: str) -> Alerts:
    """All danger words, alert words, accusations and other channels in a text."""
    shown, brief = _blanked(text), len(text) <= SHORT
    hits = []
    for rule in RULES:
        if rule.unless is not None and rule.unless.search(text):
            continue
        polite = _without_address(shown) if rule.kind == WRONGDOING else shown
        for found in rule.pattern.finditer(polite):
            start, end = found.span()
            now = brief and not NOT_NOW.search(_clause(shown, start, end))
            hits.append(
                Hit(
                    text[start:end], start, end, rule.kind, rule.key, rule.numbers, rule.message,
                    rule.to_resident, now,
                )
            )  # fmt: skip
    return Alerts(tuple(sorted(hits, key=lambda hit: (hit.start, hit.end))))


# ── words that mean no danger ────────────────────────────────────────────────────────────────

_HARMLESS = re.compile(
    # 火 that burns nothing
    r"火锅|火车站?|上火|火爆|火热|火腿|火龙果|火星|火炬|火山|火速|红火|恼火|发火|冒火|窝火|惹火|火大"
    r"|香火|烟火气|人间烟火|万家灯火|灯火|战火|过火|火化|火葬|火力|火候|柴火|炉火|生火|打火机?|玩火"
    # fire safety as a subject
    r"|消防(?:通道|栓|水带|水管|设施|器材|设备|演练|演习|车道|登高面|验收|安全|检查|培训|知识|宣传|站"
    r"|大队|支队|队员?|部门|电梯|门|泵|池|水池|管网|系统|意识|隐患|法)|防火(?:墙|门|分区|间距|安全|意识)?"
    r"|灭火器?|森林防火|火灾(?:隐患|报警器?|自动报警|预防|保险|演练)|烟感|烟雾报警器?|自动报警"
    # smoke, gas and taps that are daily nuisance or works
    r"|油烟|抽烟|吸烟|烟道|排烟(?:管|道|口|机|系统)|烟囱|烟草|烟酒|烟花|香烟|二手烟"
    r"|(?:天然气|煤气|燃气)(?:管道?|公司|费|价格?|开户|初装费?|报装|安装|入户|表|灶|改造|未通|没通|开通|接通)"
    # crowds that meet in peace, people who compete, things that sit in corners
    r"|聚集(?:区|地|了?人气)|人群聚集地|人口聚集|产业聚集"
    r"|垃圾腐败|腐败(?:发臭|变质|气味)|跳楼价|跳楼大?甩卖|旅游行|杀虫|杀毒|杀菌|刹车|砍树|砍价|砍伐"
    r"|威胁(?:到)?(?:居民|业主|群众|村民|学生|行人|大家|我们)?的?(?:生命|健康|安全|财产|出行|房屋)"
    r"|堵塞|拥堵|爆炸性|信息爆炸|爆炸式|受困|困难|贫困|困扰|困惑|围困|中毒性|食物中毒(?:预防|事件)?的?隐患"
)
# What is addressed or asked for, not accused: 尊敬的王书记, 请领导, 望市长.
_ADDRESS = re.compile(
    r"(?:尊敬的?|敬爱的|各位|亲爱的|请|望|希望|恳请|肯请|恳求|请求|感谢|求|盼|呼吁|拜托|麻烦|向|给|写信给)"
    r"[^。！？!?\n]{0,14}?(?:领导|书记|市长|县长|区长|镇长|乡长|局长|厅长|省长|主任|部门|组织)(?:们|同志)?"
    r"|(?:领导|书记|市长|县长|区长|镇长|局长|厅长|省长|主任)(?:们|同志)?[,，:：]?(?:您|你)们?好"
    r"|^[^。！？!?\n]{0,14}(?:领导|书记|市长|县长|区长|局长|厅长|省长|主任)(?:们|同志)?[:：,，]"
    # titles that are no office
    r"|班主任|主任医师|教导主任|业委会主任|业主委员会主任|物业主任|车间主任|物业领导|公司领导|单位领导"
)
# In the same clause: long ago, or feared, or said in general.
NOT_NOW = re.compile(
    r"去年|前年|前几年|上次|以前|曾经?|当年|多年前|\d{4}年|隐患|容易|万一|一旦|如果|要是|假如|怕|担心"
    r"|可能|防止|预防|避免|会不会|造成过|发生过|什么时候|以免|风险|每天|经常|常常|时常|多次|数次|几次|时有"
    r"|频繁|排放|排出|烟囱|月月|好比|等于|就像|好像|有什么区别|才能"
)
_CLAUSE = re.compile(r"[。！？!?；;\n，,、]")


def _blanked(text: str) -> str:
    return _HARMLESS.sub(lambda found: "\0" * len(found[0]), text)


def _without_address(text: str) -> str:
    return _ADDRESS.sub(lambda found: "\0" * len(found[0]), text)


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a find."""
    begin = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    return text[begin : after.start() if after else len(text)]


# ── the rows ─────────────────────────────────────────────────────────────────────────────────

_WHO = r"(?:有人|老人|孩子|小孩|学生|工人|居民|住户|业主|行人|女孩|男孩|妇女|家人|父亲|母亲|他|她|我|人)"
_OFFICIAL = (
    r"(?:书记|主任|局长|科长|所长|股长|镇长|乡长|县长|市长|区长|村长|村主任|厅长|处长|站长|队长|院长|校长"
    r"|干部|领导|公务员|民警|警察|辅警|法官|检察官|政府工作人员|国家工作人员|公职人员|执法人员|村委会?|村两委"
    r"|居委会|支书|官员|城管队?员?|镇政府|乡政府|县政府|区政府|市政府|街道办|派出所|法院|检察院|[\u4e00-\u9fff]局(?!面|部|限|势|促|域|外))"
)
_OFFENCE = (
    r"(?:贪污|贪腐|腐败|受贿|索贿|行贿|贿赂|以权谋私|滥用职权|徇私|玩忽职守|渎职|失职|吃拿卡要|权钱"
    r"|(?:收|收了|收受|收取|索要|给了?)[^。！？\n]{0,6}(?:红包|好处费?|回扣|黑钱|贿)|挪用|侵吞|私分|截留"
    r"|优亲厚友|暗箱操作|包庇|官官相护|打击报复|利益输送|虚报|冒领|套取|骗取国家|中饱|捞取"
    r"|假公济私|监守自盗|吃空饷|小金库|敛财|勾结|串通|入股|参股|有股份|通风报信"
    r"|情妇|情人|包养|乱搞男女|生活作风|(?:吞|(?<!克)扣|吃)[了掉下]?[^。！？\n，,]{0,6}(?:补偿款|补助|补贴|低保|救济|救助))"
)
# Nearer than an offence may stand: 派出所所长收钱, but not 到派出所交材料，窗口那边收钱.
_TAKES = (
    r"[^。！？!?\n，,\0]{0,8}(?:收|拿|要|吃)[了过]?(?:人家|别人|老板|商家|企业|黑)?的?"
    r"(?:钱(?!办证|办理|吗)|现金|烟酒|礼金|好处)"
)
_KIN = (
    r"[^。！？!?\n\0]{0,16}(?:给|让|照顾|安排|是)了?(?:自己|他|她|其|自家)?的?"
    r"(?:亲戚|亲属|亲友|家人|老婆|小舅子|侄子|儿子|女儿|关系户|亲信)"
)
#: Nobody but somebody in office can do these.
_OF_OFFICE = (
    r"保护伞|权钱交易|官商勾结|警匪勾结|警商勾结|权力寻租|检举控告|贪官|贪腐|公车私用|公费旅游"
    r"|公款(?:旅游|吃喝|吃请|消费|送礼|私用|私存|私吞|宴请|接待)|包养情[妇人]"
    r"|(?:低保|补助|补贴|名额|指标|公益岗位?|公益性岗位|救助)[^。！？!?\n，,\0]{0,8}(?:给|转给|落到)了?[^。！？!?\n，,\0]{0,6}(?:亲戚|亲属|关系户)"
)
_CADRE = (
    r"(?:买官|卖官|跑官要官|带病提拔|违规提拔|拉票贿选|贿选|选人用人|任人唯亲|干部任用|突击提拔)"
)

# The card, slip or proof of wages is a question, not a debt.
_WAGES = r"(?:工资|薪资|薪水|薪酬|工钱|血汗钱|加班费|劳务费|民工款|辛苦钱)(?!调整|标准|改革|待遇|卡|条|单|证明|流水)"
# Of 100 real letters that say 血汗钱 nine in ten speak of a flat, an investment or a fee.
_NOT_EARNED = (
    r"房|楼盘|烂尾|商铺|门面|车位|业主|开发商|购买|买了|投资|集资|理财|平台|贷|存款|被骗|诈骗|驾校|学费|培训|退款|退费|首付"
    r"|物业|纳税|医保|公积金|彩礼|租金|侵吞|股东|充值"
)
_UNPAID = (
    r"(?:拖欠|克扣|不发|没发|没有发|未发|不给|没给|欠|赊|拖着|压着|赖着|不结|没结|未结|打白条)"
)
_STILL_OUT = (
    r"拖了|拖到|拖着|一拖|没着落|没有着落|没到账|没有到账|没拿到|没领到|没兑现|拿不到|领不到|要不到|要不回|结不"
    r"|拿不回|打了?水漂|一分(?:钱)?(?:没|都没|未)|没见到"
)


def _rule(
    kind: str, key: str, pattern: str, numbers: tuple[str, ...], message: str,
    resident: bool = True, unless: str = "",
) -> Rule:  # fmt: skip
    other = re.compile(unless) if unless else None
    return Rule(kind, key, re.compile(pattern), numbers, message, resident, other)


_UNPAID_WAGES = "欠薪：报告值班领导和人社部门，防止过激；出现聚集或伤人苗头联系 110。"

RULES: tuple[Rule, ...] = (
    _rule(EMERGENCY, "fire",
          r"着火|着了火|起火|失火|火灾|火势|大火|燃起来|烧起来|烧着了|冒[出着]?(?:黑|浓|白|大)?烟|浓烟|爆炸|爆燃",
          (FIRE_BRIGADE,), "着火或冒烟：请先拨 119，人先撤到安全处；本表不是报警，随后可以补登。"),
    _rule(EMERGENCY, "gas",
          r"(?:燃气|煤气|天然气|液化气|沼气|瓦斯)[^。！？\n]{0,8}(?:味|泄[漏露]|漏气|漏了|在漏)"
          r"|漏(?:燃|煤|天然)气|(?:煤气|一氧化碳)中毒",
          (FIRE_BRIGADE, AMBULANCE),
          "闻到燃气：不开关电器、不在室内打电话，开窗到室外再拨 119 或燃气抢修电话；有人不适拨 120。"),
    _rule(EMERGENCY, "trapped",
          r"被困|困在|困住|困人|关在电梯|卡在电梯|埋在|被埋|压在(?:下面|里面|底下)|(?:掉|落)[进入到](?:井|河|坑|水)",
          (FIRE_BRIGADE, AMBULANCE), "有人被困：请先拨 119（电梯困人也可拨轿厢内的维保电话或 96333）；有伤者拨 120。"),
    _rule(EMERGENCY, "injured",
          _WHO + r"[^。！？\n，,]{0,8}(?:受伤|重伤|摔伤|砸伤|烧伤|烫伤|晕倒|昏倒|昏迷|触电|中毒|溺水|落水|休克|抽搐)"
          r"|(?:砸|撞|压|烧|电)死(?:了?人|了)|流血不止|大出血|坠楼|没有?呼吸|心脏病发|命在旦夕|生命垂危",
          (AMBULANCE, POLICE), "有人受伤：请先拨 120；有人为伤害或事故的同时拨 110。"),
    _rule(EMERGENCY, "violence",
          r"持刀|拿(?:着)?刀|砍人|要杀人|杀人了|正在(?:打人|殴打|打架)|(?:遭|被|有人)抢劫|被(?:人)?绑架了",
          (POLICE,), "正在发生的伤害：请先拨 110，离开现场。"),
    _rule(ALERT, "self_harm",
          r"自杀|跳楼|轻生|不想活|自残|割腕|寻短见|活不下去|一死了之|以死|喝农药|没有活路|自焚",
          (POLICE, AMBULANCE), "有轻生的意思：请立即拨 110 或 120；心理援助 12356。同时报告值班领导。"),
    _rule(ALERT, "threat",
          r"扬言|人身威胁|威胁(?:我|他|她|要|说|恐吓|业主|居民|群众|老人|家人)|恐吓|要杀(?:了|我|他|她|人)|砍死|打死|弄死"
          r"|同归于尽|报复社会|鱼死网破|打人|殴打|被打(?!造|扫|理|断|乱|开|破|着|上)",
          (POLICE,), "有人身威胁：有危险请拨 110；同时报告值班领导。"),
    _rule(ALERT, "wages",
          rf"欠薪|讨薪|{_UNPAID}[^。！？\n，,]{{0,12}}{_WAGES}|{_WAGES}[^。！？\n，,]{{0,8}}(?:{_UNPAID}|{_STILL_OUT})"
          r"|工程款[^。！？\n]{0,20}(?:欠|拖|没|不[结付给]|未[结付]|取不到|赖)[^。！？\n]{0,16}(?:农民工|民工|工人)"
          r"|(?:农民工|民工|工人)[^。！？\n]{0,16}(?:欠|拖|没|不[结付给]|未[结付]|取不到|拿不到|赖)[^。！？\n]{0,8}工程款"
          r"|(?:欠|拖)[^。！？\n]{0,8}(?:农民工|民工|工人)[^。！？\n，,]{0,4}(?:款|钱)"
          r"|(?:包工头|工头|老板)[^。！？\n，,]{0,4}(?:跑路|跑了|失联|卷款)[^。！？\n]{0,20}(?:钱|工资|薪)"
          r"|(?:干|做)[完了]?(?:的)?活[^。！？\n，,]{0,6}(?:不给|没给|不结|没结)(?:工)?钱"
          r"|工资卡[^。！？\n，,]{0,12}(?:没进账|没有进账|没到账|没有到账|没打钱|没有钱进|一分没)",
          (POLICE,), _UNPAID_WAGES, False),
    _rule(ALERT, "wages", r"血汗钱", (POLICE,), _UNPAID_WAGES, False, unless=_NOT_EARNED),
    _rule(ALERT, "crowd",
          r"聚众|聚集[^。！？\n，,]{0,8}(?:人|业主|居民|群众|村民|学生|闹|上访|维权)"
          r"|(?:人员?|业主|居民|群众|村民|司机)[^。！？\n，,]{0,6}聚集|(?:堵|围堵|封堵)[^。！？\n，,]{0,4}(?:路|大?门|政府|工地)|拉横幅|集体上访|集访|群体性|静坐|游行|示威"
          r"|(?:工人|员工|职工|司机|教师|老师|集体|环卫)[^。！？\n，,]{0,6}罢(?:工|运|课)|罢运",
          (POLICE,), "人员聚集：报告值班领导，联系 110 到场维持秩序。", False),
    _rule(WRONGDOING, "cadre", _CADRE, (CADRES,),
          "反映选人用人问题：请拨 12380 或登录 12380 举报网；这里不受理，所写内容不会交给任何承办单位。"),
    _rule(WRONGDOING, "discipline",
          rf"{_OFFICIAL}[^。！？!?\n\0]{{0,24}}{_OFFENCE}|{_OFFENCE}[^。！？!?\n\0]{{0,12}}{_OFFICIAL}"
          rf"|{_OFFICIAL}{_TAKES}|{_OFFICIAL}{_KIN}|{_OF_OFFICE}",
          (DISCIPLINE,),
          "检举控告公职人员：请拨 12388 或登录 12388 举报网；这里不受理，所写内容不会交给任何承办单位。"),
    _rule(ELSEWHERE, "litigation",
          r"(?:已经?|正在|正|早已)[^。！？\n，,]{0,8}(?:起诉|诉讼|开庭|仲裁|打官司|上诉|申请(?:强制)?执行)"
          r"|(?:法院|仲裁委?员?会?|仲裁院)(?!关于|《)[^。！？\n，,]{0,10}(?:已|正在|(?<!不)(?<!不予)受理|(?<!无法)(?<!不予)立案|判决|判了|审理|裁决|裁定|调解书)"
          r"|(?:一审|二审|终审|再审)[^。！？\n，,]{0,6}(?:判|裁|胜诉|败诉)|(?:劳动)?仲裁(?:赢|胜|输|败|裁决)|判决书?(?:已|生效|下来)",
          (), "已进入诉讼或仲裁：按原渠道办理，请告知案号和受理日期，不重复办理。"),
    _rule(ELSEWHERE, "review",
          r"(?:已经?|正在|申请了|提出了?|提起了?)[^。！？\n，,]{0,6}行政复议|行政复议[^。！？\n，,]{0,6}(?:受理|决定|期间|办)",
          (), "已申请行政复议：按原渠道办理，请告知受理机关和日期，不重复办理。"),
    _rule(ELSEWHERE, "petition",
          r"(?:已经?|正在|刚)[^。！？\n，,]{0,8}(?:信访|上访)|信访(?:局|办|部门)?[^。！？\n，,]{0,6}"
          r"(?:(?<!不)(?<!不予)受理|编号|登记|答复意见|处理意见|复查|复核)",
          (), "已在信访办理：按原渠道办理，请告知受理单位和编号，不重复办理。"),
    _rule(ELSEWHERE, "disclosure",
          r"(?:已经?|正在|提交了?|申请了)[^。！？\n，,]{0,8}信息公开",
          (), "已申请信息公开：由原受理机关答复，不重复办理。"),
)  # fmt: skip

#: Keys of finds of which the leader on duty is told.
LEADER_KEYS = frozenset(rule.key for rule in RULES if rule.kind == ALERT)
