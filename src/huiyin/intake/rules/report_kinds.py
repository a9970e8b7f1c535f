"""What somebody wants, 咨询 求助 建议 投诉 举报, for reports that come without being asked.

From the column where there is one, else from words of the title, else from what the text says of
itself (“特此举报”). A hint that decides the time limit; the desk changes it with a click.
"""

from __future__ import annotations

import re

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


def kind_of(*, said: str = "", title: str = "", text: str = "") -> str:
    """A key of cases.rules.words.KINDS. `said` = the cell of a column for it, if any.

    Nothing recognised gives help 求助, whose time limit is the usual one.
    """
    head = title or re.split(r"[。！!；;\n]", text, maxsplit=1)[0][:HEAD]
    for source, table in ((said, _SAID), (head, _TITLES), (text, _TEXTS)):
        for kind, pattern in table:
            if source and pattern.search(source):
                return kind
    return DEFAULT
