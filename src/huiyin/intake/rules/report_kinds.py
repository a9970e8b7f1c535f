"""What somebody wants, 咨询 求助 建议 投诉 举报, for reports that come without being asked.

From the column where there is one, else from words of the title, else from what the text says of
itself (“特此举报”). A hint that decides the time limit; the desk changes it with a click. Where no
word says which, it is a guess, and nobody may ring whoever reported until a person has looked: most
of what sounds like a call for help complains about somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT = "help"
HEAD = 40
"""Where there is no title, the first sentence stands for it, up to so many characters."""

#: A cell of 诉求类型. 举报 before 投诉: 投诉举报 is kept closed, which harms nobody.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("accusation", re.compile(r"举报|检举|控告|揭发")),
    ("complaint", re.compile(r"投诉|申诉")),
    ("enquiry", re.compile(r"咨询|询问|查询")),
    ("suggestion", re.compile(r"建议|意见|建言|表扬|感谢")),
    ("help", re.compile(r"求助|求决|帮助|报修|救助|反映|诉求|申请")),
)
#: Somebody does wrong, or does not do what is theirs to do.
_AGAINST = re.compile(
    r"态度(?:很|太|极|十分|非常|特别)?(?:差|恶劣|不好|蛮横|冷漠|冷淡|傲慢)|乱收|多收|强收|私收|强制收|收费不合理|高收费"
    r"|骂人|辱骂|骂(?:我|业主|居民|老人|骂咧咧)|打人|殴打|恐吓|敲诈|坑(?:人|害|骗|业主|老百姓)|欺负|刁难|霸王条款|被骗"
    r"|私自|擅自|违规|违章|违法|违建|非法|私搭|乱搭|强行|强制|霸占|侵占|占道|占用|乱停|乱停乱放|堵(?:门|住)(?:口|了)?消防"
    r"|(?:拆|砸|打)(?:了|掉)?承重墙|偷工减料|以次充好|虚假|假冒|过期食品|不兑现|不退|拒绝|拒不|拒收"
    r"|吵(?:死|闹|人|得|到|架|醒)|(?:半夜|夜里|夜间|晚上|凌晨|深夜|通宵)[^。！？\n]{0,8}(?:吵|响|施工|唱|闹|放歌|放音乐)"
    r"|噪[音声]|扰民|狗叫|乱扔|高空抛物|油烟|排污|偷排|黑臭|臭味|恶臭|粉尘|扬尘"
    r"|推诿|踢皮球|推来推去|不作为|不(?:管|处理|解决|理睬|履行|上班|打扫)|[没无]人(?:管|理|处理|打扫)|乱象|拖欠|克扣|欠薪"
)
#: Something is broken or missing, nobody is at fault.
_BROKEN = re.compile(
    r"停水|停电|停气|断水|断电|没水|没电|没气|漏水|渗水|漏电|爆管|水管|跳闸|不亮|坏了|损坏|破损|失灵|故障|堵了|堵塞|塌陷"
    r"|报修|维修|来修|修一下|修好|疏通|救助|求助|帮忙|帮帮|走失|补办"
)
#: Titles of 4,900 real letters: the first pattern that is in one decides.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("accusation", re.compile(r"举报|检举|控告|揭发")),
    ("suggestion", re.compile(r"^(?:强烈|再次)?建议|的建议$|(?:提个|几点|一些)建议|[，,]建议")),
    ("complaint", re.compile(r"投诉(?!无门|没|未|过|多次|后)|扰民|乱收费|违规收费|(?:拒不|拒绝|不予?)退(?:还|费|款|钱)|欺诈|欺骗|态度恶劣|不作为")),
    ("enquiry", re.compile(
        r"^(?:我?想)?(?:咨询|请问|询问|求解)|的?咨询$|咨询(?:一?下|有关|关于)|请问|问一?下"
        # A question that accuses (“难道没人管吗？”) asks for no information.
        r"|^(?!.*(?:难道|凭什么|[没无]人管|乱象|拖欠|污染|违法|合法))"
        r".*(?:什么时候|何时|多久|多少|哪里|哪些|怎么办理|怎样|如何|能否|能不能|可否|是否|吗)[^。！]{0,24}[？?]$")),
    ("suggestion", re.compile(r"建议")),
)  # fmt: skip
#: What a text says of itself.
_TEXTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("accusation", re.compile(r"(?:我要?|我们要?|特此?|现|实名|匿名|在此)(?:向[^。\n]{1,12})?(?:举报|检举|控告)")),
    ("complaint", re.compile(r"(?:我要?|我们要?|特此?|现|在此|强烈)投诉(?!无门|没|未|过|多次|后)")),
    ("suggestion", re.compile(r"(?:我|特|在此|强烈)建议|^建议")),
    ("enquiry", re.compile(r"^.{0,80}(?:我想|我要|特此?|现|想)(?:咨询|请问|问一?下|了解一?下)|^(?:咨询|请问)")),
)  # fmt: skip
#: What is left over, by its first sentence; whole, where it is short.
_LAST = (("complaint", _AGAINST), ("help", _BROKEN))
SHORT = 200


@dataclass(frozen=True)
class Guess:
    """A key of cases.rules.words.KINDS; `sure` = some word said it."""

    kind: str
    sure: bool


def kind_of(*, said: str = "", title: str = "", text: str = "") -> str:
    """A key of cases.rules.words.KINDS. `said` = the cell of a column for it, if any."""
    return guess(said=said, title=title, text=text).kind


def guess(*, said: str = "", title: str = "", text: str = "") -> Guess:
    """The kind, and whether any word said so.

    Nothing recognised gives help 求助, whose time limit is the usual one.
    """
    head = title or re.split(r"[。！!；;\n]", text, maxsplit=1)[0][:HEAD]
    brief = text if len(text) <= SHORT else ""
    tables = ((said, _SAID), (head, _TITLES), (text, _TEXTS), (head, _LAST), (brief, _LAST))
    for source, table in tables:
        for kind, pattern in table:
            if source and pattern.search(source):
                return Guess(kind, True)
    return Guess(DEFAULT, False)
